"""Draft an answer from the exact words of reports: the fact first, then the sentences.

Every character outside the fixed phrases stands in a report. Needs no language model and decides
nothing about which reports may answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hochoi.drafting.asked_field import counts_in_other_words, fits_field, shares_matter
from hochoi.drafting.leads import DraftSentence, lead
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.selection import (
    QueryTerms,
    Rarity,
    Scored,
    is_general,
    score_substance,
    score_units,
)
from hochoi.drafting.substance import leans_on_previous
from hochoi.drafting.visit_facts import (
    asks_about_visit,
    asks_visit_date,
    event_unit,
    host_leads,
    is_of_another_stop,
    within_sentence,
)
from hochoi.question import Query, Wanted
from hochoi.ranking.sentence_judge import SentenceJudge
from hochoi.reading import BULLET, Reading
from hochoi.text import tidy_lines
from hochoi.types import Report, Span

MAX_SENTENCES = 3  # quoted beside the lead; a list counts as one
MIN_CONTENT_SENTENCES = 2  # where a second one says something at all
MAX_CONTENT_SENTENCES = 5
MAX_FROM_OTHERS = 2  # sentences from each further report
KEEP_SHARE = 0.2  # of the best score; a weaker sentence is not quoted
KEEP_CONTENT_SHARE = 0.1
LEANING_SHARE = 0.3  # of those, for a sentence that goes on about what the quoted one names
OTHER_WORDS_SHARE = 0.7
COUNTED_MATTER = 0.2  # of the question's words beyond the visit, beside the noun that is counted
PAID_MATTER = 0.5  # the same, beside a sum of money
OTHER_DATE_SHARE = 0.3
MAX_LIKENESS = 0.6  # share of terms two quotes may have in common
_FACTUAL = (Wanted.HEAD, Wanted.DEPUTY, Wanted.HOST_LEAD, Wanted.PARTICIPANTS)
# "...; cụ thể:", "..., trong đó:" at the end of a sentence that says something before it.
_ANNOUNCES = re.compile(r"[;,][^;,:]{0,60}:$")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one report holds for a query."""

    reading: Reading
    scored: tuple[Scored, ...]
    missing: tuple[Wanted, ...]  # kinds of fact asked for that the report does not state

    @property
    def report(self) -> Report:
        """The report that was read."""
        return self.reading.report

    def states_some(self, query: Query) -> bool:
        """Return whether at least one kind of fact asked for is there."""
        return bool(self.scored) and len(self.missing) < len(query.wanted)


@dataclass(frozen=True, slots=True)
class Draft:
    """Sentences from one or more reports; empty when none states what was asked."""

    sentences: tuple[DraftSentence, ...]


def find(
    query: Query, reading: Reading, terms: QueryTerms, judge: SentenceJudge, rarity: Rarity
) -> Finding:
    """Return what a report holds for a query."""
    if query.wanted == (Wanted.CONTENT,) and is_general(reading, terms):
        scored = score_substance(reading, terms)
    else:
        scored = score_units(query, reading, terms, judge, rarity)
    missing = tuple(w for w in query.wanted if fact_share(w, query, reading, scored) <= 0)
    return Finding(reading, tuple(scored), missing)


def fact_share(wanted: Wanted, query: Query, reading: Reading, scored: Sequence[Scored]) -> float:
    """Return how surely a report states a kind of fact, 0..1; 0 when it does not.

    1 when the visit record has it; else the judgement of the best sentence of that kind. A
    number that counts in other words than the question stands for less.
    """
    visit = reading.report.visit
    in_record = {
        Wanted.HEAD: visit.head_of_delegation is not None,
        Wanted.DEPUTY: bool(visit.deputy_heads),
        Wanted.HOST_LEAD: bool(host_leads(query, reading)),
        Wanted.PARTICIPANTS: visit.participants is not None,
    }
    if in_record.get(wanted, False):
        return 1.0
    if wanted is Wanted.CONTENT:
        return 1.0 if scored else 0.0
    if wanted is Wanted.DATE and asks_visit_date(query, reading):
        return 1.0
    fitting = [
        s
        for s in scored
        if wanted in s.facts
        and fits_field(wanted, s.unit, query, reading)
        and not is_of_another_stop(s.unit.span.start, query, reading)
    ]
    best = max((s.judged for s in fitting), default=0.0)
    if wanted is Wanted.DATE and asks_about_visit(query):
        words = visit.date_text
        if words is None or not is_of_another_stop(words.start, query, reading):
            # the visit has no date so exact; others are of something else
            best *= OTHER_DATE_SHARE if visit.visitors or words else 1.0
    if wanted is Wanted.NUMBER:
        other = max(
            (
                s.judged
                for s in scored
                if s.unit.tokens.numbers and counts_in_other_words(s.unit, query, reading)
            ),
            default=0.0,
        )
        counted = any(shares_matter(s.unit, query, reading, COUNTED_MATTER) for s in fitting)
        best = max(best, OTHER_WORDS_SHARE * max(other, counted))
    if wanted is Wanted.MONEY and any(
        shares_matter(s.unit, query, reading, PAID_MATTER) for s in fitting
    ):
        best = max(best, OTHER_WORDS_SHARE)
    if wanted is Wanted.DOCUMENT and best > 0:  # few sentences name one: hardly another is meant
        best = max(best, OTHER_WORDS_SHARE)
    return best


def draft(query: Query, findings: Sequence[Finding], phrases: Phrases) -> Draft:
    """Return the answer to a query in the words of reports, the best report first.

    Args:
        query: The question.
        findings: Of the reports that answer, best first; more than one to be shown together.
        phrases: What stands around the quotes.
    """
    sentences: list[DraftSentence] = []
    for place, finding in enumerate(findings):
        if not finding.states_some(query):
            continue
        most = MAX_FROM_OTHERS if place else None
        sentences += _from_report(query, finding, phrases, most)
    return Draft(tuple(sentences))


def _from_report(
    query: Query, finding: Finding, phrases: Phrases, most: int | None
) -> list[DraftSentence]:
    report = finding.report
    opening = lead(query, finding.reading, finding.scored, phrases)
    source = _source(report, opening, phrases)
    sentences: list[DraftSentence] = []
    if opening is not None:
        text = phrases.say("cite.fact", source=source, fact=opening.text)
        sentences.append(DraftSentence(text, report, opening.spans))
    for span in choose(query, finding, opening)[:most]:
        span = _without_bullet(span, report.text)
        quote = tidy_lines(report.text[span.start : span.end])
        key, names = ("cite.more", {"quote": quote})
        if not sentences:
            key, names = ("cite.quote", {"quote": quote, "source": source})
        sentences.append(DraftSentence(phrases.say(key, **names), report, (span,)))
    return sentences


def _without_bullet(span: Span, text: str) -> Span:
    """Return an item of a list quoted alone without its mark."""
    words = text[span.start : span.end]
    mark = BULLET.match(words)
    is_alone = mark is not None and "\n" not in words.strip()
    return Span(span.start + mark.end(), span.end) if mark and is_alone else span


def _source(report: Report, opening: DraftSentence | None, phrases: Phrases) -> str:
    """Return the name of a report with the date of the visit, unless the opening says it."""
    words = report.visit.date_text
    is_said = (
        words is not None
        and opening is not None
        and any(s.start <= words.start and words.end <= s.end for s in opening.spans)
    )
    when = ""
    if words is not None and not is_said:
        when = phrases.say("cite.when", date=within_sentence(words.value))
    return phrases.say("cite.report", title=report.title, when=when)


def choose(query: Query, finding: Finding, opening: DraftSentence | None) -> list[Span]:
    """Return the spans to quote, the one that holds the fact first, then in the report's order.

    After a person or a date from the record only the sentences that it rests on are quoted.
    """
    scored = finding.scored
    ranked = sorted(scored, key=lambda s: (-s.score, s.unit.span.start))
    kept: list[Scored] = []
    if opening is not None:
        holding = [s for s in scored if any(_inside(x, s.unit.span) for x in opening.spans)]
        kept = holding[:MAX_SENTENCES]
        if len(query.wanted) == 1 and kept and query.wanted[0] in (*_FACTUAL, Wanted.DATE):
            return _quotable(kept, finding.reading)
    event = event_unit(finding.reading, scored) if Wanted.DATE in query.wanted else None
    if event is not None and event not in kept and event.score >= KEEP_SHARE:
        kept.append(event)
    for wanted in query.wanted:
        with_fact = [s for s in ranked if wanted in s.facts]
        if with_fact and with_fact[0] not in kept:
            kept.append(with_fact[0])
    is_content = query.wanted == (Wanted.CONTENT,)
    most = MAX_CONTENT_SENTENCES if is_content else MAX_SENTENCES
    share = KEEP_CONTENT_SHARE if is_content else KEEP_SHARE
    for candidate in ranked:
        if len(kept) >= most or candidate.score < share * LEANING_SHARE:
            break
        is_needed = is_content and len(kept) < MIN_CONTENT_SENTENCES
        if candidate.score < share and not (is_needed or _goes_on(candidate, kept, scored)):
            continue
        if candidate not in kept and not any(_alike(candidate, other) for other in kept):
            kept.append(candidate)
    first = kept[0].unit.span if kept else None
    spans = _quotable(kept, finding.reading)
    return sorted(spans, key=lambda s: (first is None or not _inside(s, first), s.start))


def _goes_on(candidate: Scored, kept: Sequence[Scored], scored: Sequence[Scored]) -> bool:
    """Return whether a sentence leans on the one before it, which is quoted."""
    place = scored.index(candidate)
    return place > 0 and scored[place - 1] in kept and leans_on_previous(candidate.unit)


def _alike(one: Scored, other: Scored) -> bool:
    """Return whether two quotes say nearly the same."""
    a, b = one.unit.tokens.terms, other.unit.tokens.terms
    return len(a & b) > MAX_LIKENESS * min(len(a), len(b)) and not (
        one.sentence.is_item or other.sentence.is_item
    )


def _quotable(kept: Sequence[Scored], reading: Reading) -> list[Span]:
    """Return the spans of quotes in the order of the report, lists whole, none left open.

    Two items of a list, or its opening line, become the list. A line that opens a list too long
    to quote says nothing alone: it is left out unless it holds a fact, then its last words are.
    """
    lists = [unit.span for unit in reading.wholes if unit.is_list]
    spans: list[Span] = []
    for scored in kept:
        own = scored.unit.span
        around = next((s for s in lists if _inside(own, s)), None)
        inside = [s for s in kept if around is not None and _inside(s.unit.span, around)]
        opens = around is not None and own.start == around.start
        if around is not None and (opens or len(inside) > 1):
            spans.append(around)
        elif (closed := _without_announcing(own, reading.report.text)) is not None:
            spans.append(closed)
    return _joined(sorted(spans, key=lambda s: s.start))


def _without_announcing(span: Span, text: str) -> Span | None:
    """Return a sentence without the words that only announce a list; None when there are none."""
    words = text[span.start : span.end]
    if not words.endswith(":"):
        return span
    tail = _ANNOUNCES.search(words)
    return None if tail is None else Span(span.start, span.start + tail.start())


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Join spans that overlap."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
