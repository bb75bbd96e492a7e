"""Draft an answer from the exact words of one report: the fact first, then the sentences.

Every character outside the fixed phrases stands in the report. Needs no model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hochoi.drafting.phrases import Phrases
from hochoi.drafting.selection import (
    QueryTerms,
    ScoredSentence,
    is_general,
    score_sentences,
    score_substance,
)
from hochoi.question import Query, Wanted
from hochoi.reading import Reading
from hochoi.types import Person, Report, Span, Stated

MAX_SENTENCES = 3  # quoted beside the lead; a list counts as one
MAX_CONTENT_SENTENCES = 5
MAX_LIST_ITEMS = 8
NUMBER_COVERAGE = 0.15  # a sentence this close answers "how many" though it counts in other words
KEEP_SHARE = 0.6  # of the best score; a weaker sentence is not quoted
_FACTUAL = (Wanted.HEAD, Wanted.DEPUTY, Wanted.HOST_LEAD, Wanted.PARTICIPANTS)


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence to show and the spans of the report that it rests on."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Sentences from one report; empty when the report does not state what was asked."""

    report: Report
    sentences: tuple[DraftSentence, ...]
    missing: tuple[Wanted, ...]  # kinds of fact asked for that the report does not state


def draft(query: Query, reading: Reading, phrases: Phrases, terms: QueryTerms) -> Draft:
    """Return the answer to a query in the words of one report."""
    report = reading.report
    if query.wanted == (Wanted.CONTENT,) and is_general(reading, terms):
        scored = score_substance(reading)
    else:
        scored = score_sentences(query, reading, terms)
    missing = tuple(w for w in query.wanted if not _is_stated(w, report, scored))
    if not scored or (missing and len(missing) == len(query.wanted)):
        return Draft(report, (), missing or query.wanted)
    lead = _lead(query, report, phrases)
    chosen = _choose(query, scored, lead)
    source = _source(report, phrases)
    sentences: list[DraftSentence] = []
    if lead is not None:
        text = phrases.say("cite.fact", source=source, fact=lead.text)
        sentences.append(DraftSentence(text, lead.spans))
    for span in chosen:
        quote = " ".join(report.text[span.start : span.end].split())
        key, names = ("cite.more", {"quote": quote})
        if not sentences:
            key, names = ("cite.quote", {"quote": quote, "source": source})
        sentences.append(DraftSentence(phrases.say(key, **names), (span,)))
    return Draft(report, tuple(sentences), missing)


def _source(report: Report, phrases: Phrases) -> str:
    words = report.visit.date_text
    when = phrases.say("cite.when", date=words.value) if words else ""
    return phrases.say("cite.report", title=report.title, when=when)


def _is_stated(wanted: Wanted, report: Report, scored: Sequence[ScoredSentence]) -> bool:
    visit = report.visit
    stated = {
        Wanted.HEAD: visit.head_of_delegation is not None,
        Wanted.DEPUTY: bool(visit.deputy_heads),
        Wanted.HOST_LEAD: bool(visit.host_leads),
        Wanted.PARTICIPANTS: visit.participants is not None,
        Wanted.CONTENT: True,
    }
    if stated.get(wanted, False) or any(wanted in s.facts for s in scored):
        return True
    best = max(scored, key=lambda s: s.score)
    return (
        wanted is Wanted.NUMBER
        and best.coverage >= NUMBER_COVERAGE
        and any(c.isdigit() for c in best.sentence.text)
    )


def _lead(query: Query, report: Report, phrases: Phrases) -> DraftSentence | None:
    """Return the fact from the visit record, for the kinds that stand there."""
    visit = report.visit
    for wanted in query.wanted:
        if wanted is Wanted.HEAD and visit.head_of_delegation is not None:
            head = visit.head_of_delegation
            key = "fact.head" if head.value.name else "fact.head_title_only"
            return DraftSentence(phrases.say(key, person=_person(head.value)), (_span(head),))
        if wanted is Wanted.DEPUTY and visit.deputy_heads:
            return _people("fact.deputy", visit.deputy_heads, phrases)
        if wanted is Wanted.HOST_LEAD and visit.host_leads:
            return _people("fact.host_lead", visit.host_leads, phrases)
        if wanted is Wanted.PARTICIPANTS and visit.participants is not None:
            span = _with_noun(report.text, _span(visit.participants))
            words = report.text[span.start : span.end]
            return DraftSentence(phrases.say("fact.participants", words=words), (span,))
    return None


def _people(key: str, people: Sequence[Stated[Person]], phrases: Phrases) -> DraftSentence:
    names = "; ".join(_person(p.value) for p in people)
    return DraftSentence(phrases.say(key, person=names), tuple(_span(p) for p in people))


def _person(person: Person) -> str:
    return ", ".join(part for part in (person.name, person.title) if part)


_COUNTED = re.compile(
    r"\s+(?:người|thành viên|đại biểu|học viên|đồng chí|cán bộ|chuyên gia|khách|lãnh đạo|giám đốc)"
)


def _with_noun(text: str, span: Span) -> Span:
    """Return the span of a head count together with the word for what is counted."""
    match = _COUNTED.match(text, span.end)
    return Span(span.start, match.end()) if match else span


def _span(stated: Stated[Person] | Stated[int]) -> Span:
    return Span(stated.start, stated.end)


def _choose(
    query: Query, scored: Sequence[ScoredSentence], lead: DraftSentence | None
) -> list[Span]:
    """Return the spans to quote, in the order of the report."""
    if lead is not None and query.wanted[0] in _FACTUAL:
        holding = [s for s in scored if any(_inside(span, s.sentence.span) for span in lead.spans)]
        picked = [s.sentence.span for s in holding[:MAX_SENTENCES]]
        if len(query.wanted) == 1 and picked:
            return picked
    ranked = sorted(scored, key=lambda s: (-s.score, s.sentence.span.start))
    best = ranked[0]
    kept: list[ScoredSentence] = []
    for wanted in query.wanted:
        with_fact = [s for s in ranked if wanted in s.facts]
        if with_fact and with_fact[0] not in kept:
            kept.append(with_fact[0])
    is_content = query.wanted == (Wanted.CONTENT,)
    most, share = (MAX_CONTENT_SENTENCES, 0.5) if is_content else (MAX_SENTENCES, KEEP_SHARE)
    for sentence in ranked:
        if len(kept) >= most:
            break
        if sentence not in kept and sentence.score >= share * best.score:
            kept.append(sentence)
    spans = [
        s.sentence.span
        if s.sentence.is_item and not is_content
        else _with_list(scored.index(s), scored)
        for s in kept
    ]
    return _joined(sorted(spans, key=lambda s: s.start))


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _with_list(n: int, scored: Sequence[ScoredSentence]) -> Span:
    """Widen an item of a list, or the line above it, to the whole list.

    A heading says nothing itself: what follows it stands for it.
    """
    sentences = [s.sentence for s in scored]
    first = n
    while first > 0 and sentences[first].is_item:
        first -= 1
    last = first
    while last + 1 < len(sentences) and sentences[last + 1].is_item:
        last += 1
    if last == first and sentences[n].is_heading and n + 1 < len(sentences):
        return sentences[n + 1].span
    too_long = last - first > MAX_LIST_ITEMS
    if not sentences[first].introduces or last == first or (too_long and sentences[n].is_item):
        return sentences[n].span
    return Span(sentences[first].span.start, sentences[min(last, first + MAX_LIST_ITEMS)].span.end)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Join spans that overlap."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
