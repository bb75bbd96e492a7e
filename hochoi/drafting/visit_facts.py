"""What the visit record says of a fact that was asked for, in the words of the report.

Persons, head counts, places and the date of the visit; reads no sentence beyond those.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hochoi.dates.finding import find_dates
from hochoi.drafting.asked_parts import AskedPart, Part
from hochoi.drafting.exact_spans import with_measure
from hochoi.drafting.fact_signs import answers_when, asks_period, lasts
from hochoi.drafting.named_spans import names_all, place_spans
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.selection import Scored
from hochoi.question import Query, Wanted
from hochoi.reading import Reading
from hochoi.text import fold
from hochoi.types import Person, Report, Span, Stated

EVENT_SHARE = 0.25  # of the best score: the sentence that dates the visit is what is asked for
CLEARLY = 1.25  # times as good a fit: another sentence is the one that is asked for
POSSIBLE_SHARE = 0.1  # of the best judgement: below, another date cannot be what is asked for
MAX_PLACES = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """What opens an answer, or a part of it, and the spans of the report that it rests on."""

    said: str
    spans: tuple[Span, ...]


def recorded(
    part: AskedPart, query: Query, reading: Reading, scored: Sequence[Scored], phrases: Phrases
) -> Fact | None:
    """Return what the record of the visit says of one value asked for; None when it does not."""
    report = reading.report
    if part.part is Part.RECORD:
        return _persons(part.field, query, reading, phrases)
    if part.field is Wanted.PARTICIPANTS and report.visit.participants is not None:
        stated = report.visit.participants
        span = with_measure(_with_noun(report.text, Span(stated.start, stated.end)), report.text)
        counted = fold(report.text[span.start : span.end])
        noun = fold(part.noun)
        is_same = noun.split()[0] in counted or noun.startswith(_ANYONE)
        return words_of("fact.participants", report, (span,), phrases) if is_same else None
    if part.part is Part.DATE:
        return _visit_date(part, query, reading, scored, phrases)
    if part.part is Part.PLACE and asks_about_visit(query):
        return _places(part, query, reading, scored, phrases)
    return None


def _persons(field: Wanted | None, query: Query, reading: Reading, phrases: Phrases) -> Fact | None:
    visit = reading.report.visit
    head = visit.head_of_delegation
    if field is Wanted.HEAD and head is not None:
        key = "fact.head" if head.value.name else "fact.head_title_only"
        said = phrases.say(key, person=_person(head.value))
        return Fact(said, (Span(head.start, head.end),))
    if field is Wanted.DEPUTY and visit.deputy_heads:
        return _people("fact.deputy", visit.deputy_heads, phrases)
    if field is Wanted.HOST_LEAD and (leads := host_leads(query, reading)):
        return _people("fact.host_lead", leads, phrases)
    return None


def _people(key: str, people: Sequence[Stated[Person]], phrases: Phrases) -> Fact:
    names = "; ".join(_person(p.value) for p in people)
    return Fact(phrases.say(key, person=names), tuple(Span(p.start, p.end) for p in people))


def _person(person: Person) -> str:
    return ", ".join(part for part in (person.name, person.title) if part)


def words_of(key: str, report: Report, spans: Sequence[Span], phrases: Phrases) -> Fact:
    """Return the exact words of some spans inside a phrase."""
    words = (" ".join(report.text[s.start : s.end].split()) for s in spans)
    said = "; ".join(map(within_sentence, words))
    return Fact(phrases.say(key, words=said), tuple(spans))


# Words with a capital only because they began a sentence of the report.
_OPENERS = (
    "Ngày Sáng Chiều Tối Trưa Tháng Năm Từ Trong Đầu Cuối Giữa Hai Tỷ Tỉ Đồng Ông Bà Khoảng"
    " Hơn Trên Gần Đạt Giảm Tăng Còn"
)


def within_sentence(words: str) -> str:
    """Return words as they are written inside a sentence: "ngày 24/7", not "Ngày 24/7"."""
    return words[0].lower() + words[1:] if words.split(" ")[0] in _OPENERS.split() else words


_ANYONE = ("nguoi", "thanh vien", "dai bieu", "can bo", "khach", "dong chi", "hoc vien")
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
    if not asks_about_visit(query) or is_of_another_stop(words.start, query, reading):
        return False
    stated = find_dates(words.value)
    return not stated or any(answers_when(phrase, query) for phrase in stated)


def is_of_another_stop(place: int, query: Query, reading: Reading) -> bool:
    """Return whether a question names one of several hosts, and the sentence at `place` others."""
    asked = {m.province for m in query.provinces}
    hosts = {s.value.province for s in reading.report.visit.host if s.value.province}
    if len(hosts) < 2 or not asked & hosts:
        return False
    around = next((s for s in reading.sentences if s.span.start <= place < s.span.end), None)
    named = {host for host in hosts if around is not None and fold(host) in around.folded}
    return bool(named) and not named & asked


def host_leads(query: Query, reading: Reading) -> tuple[Stated[Person], ...]:
    """Return who received the delegation, at the stop that the question names if it names one."""
    leads = reading.report.visit.host_leads
    return tuple(p for p in leads if not is_of_another_stop(p.start, query, reading))


def _visit_date(
    part: AskedPart, query: Query, reading: Reading, scored: Sequence[Scored], phrases: Phrases
) -> Fact | None:
    """Return when the visit was, when its date is what the question asks for."""
    words = reading.report.visit.date_text
    event = event_unit(reading, scored)
    if words is None or event is None or is_of_another_stop(words.start, query, reading):
        return None
    is_about = asks_visit_date(query, reading)
    dated = [
        s
        for s in scored
        if Wanted.DATE in s.facts and s is not event and s.judged >= POSSIBLE_SHARE
    ]
    others = max((matter_share(part, s, reading) for s in dated), default=0.0)
    is_period = asks_period(query) and any(map(lasts, find_dates(words.value)))
    if others > CLEARLY * matter_share(part, event, reading) and not is_period:
        return None
    is_dated = Wanted.DATE in event.facts and event.score >= EVENT_SHARE
    if is_about or is_dated:
        return words_of("fact.date", reading.report, (Span(words.start, words.end),), phrases)
    return None


def _is_elsewhere(
    part: AskedPart,
    own: Sequence[Stated[str]],
    asked: str,
    reading: Reading,
    scored: Sequence[Scored],
) -> bool:
    """Return whether places in a sentence about another matter are clearly what is asked for."""
    visited, others = [0.0], [0.0]
    for one in scored:
        span, share = one.unit.span, matter_share(part, one, reading)
        if any(span.start <= s.start and s.end <= span.end for s in own):
            visited.append(share)
        elif one.judged >= POSSIBLE_SHARE and place_spans(
            one.sentence.text, fold(part.noun), asked
        ):
            others.append(share)
    return max(others) > CLEARLY * max(visited)


def matter_share(part: AskedPart, scored: Scored, reading: Reading) -> float:
    """Return the share of the words of the asking clause that a sentence holds, 0..1.

    Words that name the visit do not count; 1 when the clause has no others.
    """
    own = part.matter - reading.header_terms
    return len(own & scored.unit.tokens.terms) / len(own) if own else 1.0


def fit(part: AskedPart, scored: Scored, reading: Reading) -> float:
    """Return how well a sentence answers one part of a question, 0..1: by matter and judgement."""
    return matter_share(part, scored, reading) * (1 + scored.judged) / 2


def _places(
    part: AskedPart, query: Query, reading: Reading, scored: Sequence[Scored], phrases: Phrases
) -> Fact | None:
    """Return where the visit went, of the sort asked for, without what the question names."""
    report, asked = reading.report, fold(query.plain_text)
    own = [s for s in report.visit.places if s.end > 0 and fold(part.noun) in fold(s.value)]
    if _is_elsewhere(part, own, asked, reading, scored):
        return None
    named = [
        Span(s.span.start + p.start, s.span.start + p.end)
        for s in reading.sentences
        for p in place_spans(s.text, fold(part.noun), asked)
    ]
    found: list[Span] = []
    for place in own:
        meeting = [n for n in named if n.start < place.end and place.start < n.end]
        start, end = place.start, place.end
        if part.noun and meeting:  # "phường nào": not the body that sits there
            start, end = meeting[0].start, meeting[0].end
        elif meeting:
            start = min(start, *(n.start for n in meeting))
            end = max(end, *(n.end for n in meeting))
        words = report.text[start:end]
        said = [report.text[s.start : s.end] for s in found]
        if not names_all(words, asked) and not any(words in other for other in said):
            found.append(Span(start, end))
    if not 0 < len(found) <= MAX_PLACES:
        return None
    return words_of("fact.place", report, found, phrases)
