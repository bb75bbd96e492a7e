"""The fact that opens an answer: from the visit record, or the exact words of one sentence.

Says nothing when it is not clear which words are meant; the quoted sentence then comes first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hochoi.dates.finding import find_dates
from hochoi.drafting.fact_signs import answers_when
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.selection import Scored
from hochoi.language.document_numbers import find_document_numbers
from hochoi.question import QUESTION_WORDS, Query, Wanted
from hochoi.reading import Reading
from hochoi.text import fold
from hochoi.types import Person, Report, Span, Stated

EVENT_SHARE = 0.25  # of the best score: the sentence that dates the visit is what is asked for
OTHER_DATE_SHARE = 0.3  # ... unless another date fits the question this much better
SURE_SHARE = 0.5  # of the best judgement: a fact in a weaker sentence does not open an answer


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence to show and the spans of the report that it rests on."""

    text: str
    report: Report
    spans: tuple[Span, ...]


def lead(
    query: Query, reading: Reading, scored: Sequence[Scored], phrases: Phrases
) -> DraftSentence | None:
    """Return the fact that answers, None when there is none to single out."""
    for wanted in query.wanted:
        found = _from_record(wanted, reading.report, phrases)
        if found is None and wanted is Wanted.DATE:
            found = _date(query, reading, scored, phrases)
        if found is None and wanted is Wanted.NUMBER and len(query.wanted) == 1:
            found = _number(query, reading.report, scored, phrases)
        if found is None and wanted is Wanted.DOCUMENT:
            found = _document(reading.report, scored, phrases)
        if found is not None:
            return found
    return None


def _from_record(wanted: Wanted, report: Report, phrases: Phrases) -> DraftSentence | None:
    visit = report.visit
    if wanted is Wanted.HEAD and visit.head_of_delegation is not None:
        head = visit.head_of_delegation
        key = "fact.head" if head.value.name else "fact.head_title_only"
        said = phrases.say(key, person=_person(head.value))
        return DraftSentence(said, report, (Span(head.start, head.end),))
    if wanted is Wanted.DEPUTY and visit.deputy_heads:
        return _people("fact.deputy", report, visit.deputy_heads, phrases)
    if wanted is Wanted.HOST_LEAD and visit.host_leads:
        return _people("fact.host_lead", report, visit.host_leads, phrases)
    if wanted is Wanted.PARTICIPANTS and visit.participants is not None:
        stated = visit.participants
        span = _with_noun(report.text, Span(stated.start, stated.end))
        return _words("fact.participants", report, span, phrases)
    return None


def _people(
    key: str, report: Report, people: Sequence[Stated[Person]], phrases: Phrases
) -> DraftSentence:
    names = "; ".join(_person(p.value) for p in people)
    spans = tuple(Span(p.start, p.end) for p in people)
    return DraftSentence(phrases.say(key, person=names), report, spans)


def _person(person: Person) -> str:
    return ", ".join(part for part in (person.name, person.title) if part)


def _words(key: str, report: Report, span: Span, phrases: Phrases) -> DraftSentence:
    words = " ".join(report.text[span.start : span.end].split())
    return DraftSentence(phrases.say(key, words=words), report, (span,))


_COUNTED = re.compile(
    r"\s+(?:người|thành viên|đại biểu|học viên|đồng chí|cán bộ|chuyên gia|khách|lãnh đạo|giám đốc)"
)


def _with_noun(text: str, span: Span) -> Span:
    """Return the span of a head count together with the word for what is counted."""
    match = _COUNTED.match(text, span.end)
    return Span(span.start, match.end()) if match else span


def event_unit(reading: Reading, scored: Sequence[Scored]) -> Scored | None:
    """Return the sentence that says when the visit took place, None when none does."""
    words = reading.report.visit.date_text
    if words is None or words.end == 0:
        return None
    return next(
        (s for s in scored if s.unit.span.start <= words.start and words.end <= s.unit.span.end),
        None,
    )


_ABOUT_VISIT = re.compile(
    r"\b(?:doan|lam viec|buoi|chuyen (?:di|tham|cong tac)|tiep|don|den|tham|sang|ra|vao|len"
    r"|hoi thao|hop|ky|khai giang|hoc|kiem tra|khao sat)\b"
)


def asks_about_visit(query: Query) -> bool:
    """Return whether a question speaks of a delegation, a meeting or a journey."""
    return _ABOUT_VISIT.search(fold(query.standalone or query.plain_text)) is not None


def asks_visit_date(query: Query, reading: Reading) -> bool:
    """Return whether a question asks when a visit was, and the report says it exactly enough."""
    words = reading.report.visit.date_text
    if Wanted.DATE not in query.wanted or words is None:
        return False
    if not asks_about_visit(query):
        return False
    stated = find_dates(words.value)
    return not stated or any(answers_when(phrase, query) for phrase in stated)


def _date(
    query: Query, reading: Reading, scored: Sequence[Scored], phrases: Phrases
) -> DraftSentence | None:
    """Return when the visit was, or the only date of the best sentence that holds one."""
    report = reading.report
    words = report.visit.date_text
    event = event_unit(reading, scored)
    dated = [s for s in scored if Wanted.DATE in s.facts]
    best_share = max((s.score for s in dated), default=0.0)
    if words is not None and event is not None:
        is_about = asks_visit_date(query, reading)
        share = OTHER_DATE_SHARE * best_share if is_about else EVENT_SHARE
        if event.score >= share and (is_about or Wanted.DATE in event.facts):
            return _words("fact.date", report, Span(words.start, words.end), phrases)
    if not dated:
        return None
    best = max(dated, key=lambda s: s.score)
    fitting = [d for d in best.sentence.dates if answers_when(d, query)]
    if best.judged < SURE_SHARE or len(fitting) != 1:
        return None
    start = best.unit.span.start
    span = Span(start + fitting[0].start, start + fitting[0].end)
    return _words("fact.date", report, span, phrases)


# "106 xã, phường, thị trấn" counts all of them.
_PLACES_TOO = r"(?:, (?:thanh pho|phuong|thi tran|thi xa|dac khu|xa|huyen|quan)\b)*"


def _number(
    query: Query, report: Report, scored: Sequence[Scored], phrases: Phrases
) -> DraftSentence | None:
    """Return the number before the counted words in the best sentence, when it is the only one."""
    numbered = [s for s in scored if Wanted.NUMBER in s.facts]
    if not numbered or len(query.units) != 1:
        return None
    best = max(numbered, key=lambda s: s.score)
    if best.judged < SURE_SHARE:
        return None
    words = query.units[0].split()
    if words[0] in QUESTION_WORDS | {"tren", "moi"}:  # "thứ mấy trong bảng": nothing is counted
        return None
    for n in range(len(words), 0, -1):
        unit = r"[^\S\n]+".join(map(re.escape, words[:n]))
        number = rf"(?<![\w.,/])\d[\d.,/]*[^\S\n]+{unit}\b{_PLACES_TOO}"
        found = list(re.finditer(number, best.sentence.folded))
        if len(found) == 1 and len(best.sentence.folded) == len(best.sentence.text):
            start = best.unit.span.start + found[0].start()
            return _words("fact.number", report, Span(start, start + len(found[0][0])), phrases)
        if found:
            return None
    return None


def _document(report: Report, scored: Sequence[Scored], phrases: Phrases) -> DraftSentence | None:
    holding = [s for s in scored if Wanted.DOCUMENT in s.facts]
    if not holding:
        return None
    best = max(holding, key=lambda s: s.score)
    found = find_document_numbers(best.sentence.text)
    if best.judged < SURE_SHARE or len(found) != 1:
        return None
    start = best.unit.span.start
    span = Span(start + found[0].start, start + found[0].end)
    return _words("fact.document", report, span, phrases)
