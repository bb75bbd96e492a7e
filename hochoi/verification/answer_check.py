"""Check a finished answer against the reports it cites, whoever wrote it.

An extractive answer may hold fixed phrases and words of reports, nothing else, in sentences, cells
and questions back; every sentence must be supported by its own quotes. A sentence over many visits
may also count, and name what the question asked for. Used by tests and by the evaluation.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from hochoi.drafting.stated_facts import FactReader
from hochoi.ranking.visit_roles import known_roles
from hochoi.types import Answer, Cell, Citation, Person, Report, Sentence, Stated
from hochoi.verification.support import faults

_JOINERS = (", ", "; ", ".", ",", "…")  # between the names and titles of one fact
_COUNT = re.compile(r"\d+")
_BEFORE_NAME = ("", "tỉnh ", "thành phố ", "Thành phố ")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one sentence of an answer, or with another part (`sentence` None)."""

    sentence: int | None  # 0-based
    reason: str


def check_answer(
    answer: Answer, reports: Mapping[str, Report], facts: FactReader, fixed: Sequence[str]
) -> tuple[Problem, ...]:
    """Return everything that is wrong with an answer; nothing for one that was not answered.

    Args:
        answer: The finished answer.
        reports: The published reports by id.
        facts: The tables to read facts with.
        fixed: The fixed phrases that stand around quotes (`Phrases.fixed`).
    """
    parts = chain(
        _numbering(answer),
        _wrong_cells(answer, reports, fixed),
        _wrong_choices(answer, reports, fixed),
    )
    problems = [Problem(None, reason) for reason in parts]
    asked = list(_asked(answer))
    for n, sentence in enumerate(answer.sentences):
        wrong = list(_misquoted(sentence.citations, reports))
        if not wrong and answer.generator is None:
            more = [*asked, *_counted(answer, sentence)] if answer.table is not None else []
            wrong = list(_untraced_sentence(sentence, reports, fixed, more))
        elif not wrong:
            wrong = list(_unsupported(sentence, reports, facts))
        problems += [Problem(n, reason) for reason in wrong]
    return tuple(problems)


def _numbering(answer: Answer) -> Iterator[str]:
    """Yield what is wrong with the numbers: 1, 2, ... in order of first use, one per report."""
    first_uses = dict.fromkeys(c.number for s in answer.sentences for c in s.citations)
    if list(first_uses) != list(range(1, len(first_uses) + 1)):
        yield f"numbers {list(first_uses)} are not in order of first use"
    own = {source.number: source.report.report_id for source in answer.sources}
    if len(own) != len(answer.sources) or len(set(own.values())) != len(own):
        yield "two sources share a number or a report"
    for sentence in answer.sentences:
        for citation in sentence.citations:
            if own.get(citation.number) != citation.report_id:
                yield f"number {citation.number} is not {citation.report_id}"


def _wrong_cells(
    answer: Answer, reports: Mapping[str, Report], fixed: Sequence[str]
) -> Iterator[str]:
    """Yield what is wrong with the table: quotes, and words that no report and no question has."""
    table = answer.table
    for row in table.rows if table is not None else ():
        wrong = list(_misquoted(row.citations, reports))
        yield from wrong
        own = [] if wrong else [reports[i] for i in {c.report_id for c in row.citations}]
        for cell in row.cells if own else ():
            yield from _untraced(cell.text or "", fixed, _words_of_cell(answer, cell, own))


def _words_of_cell(answer: Answer, cell: Cell, own: Sequence[Report]) -> Iterator[str]:
    yield from _asked(answer)
    yield from (c.quote for c in cell.citations)
    for report in own:
        yield from _header(report)
        yield from _provinces(report)
        participants = report.visit.participants
        yield str(participants.value) if participants else ""


def _wrong_choices(
    answer: Answer, reports: Mapping[str, Report], fixed: Sequence[str]
) -> Iterator[str]:
    """Yield the words of questions back that neither a report nor the question has."""
    known = [words for report in reports.values() for words in _header(report)]
    for choice in answer.choices:
        for text in (choice.label, choice.question):
            yield from _untraced(text, [*fixed, " – "], [*known, answer.question])


def _asked(answer: Answer) -> Iterator[str]:
    """Yield what the question says, as typed and as it was understood."""
    yield answer.question
    if answer.understood is not None:
        yield answer.understood.question
        yield from (chip.text for chip in answer.understood.chips)


def _counted(answer: Answer, sentence: Sentence) -> Iterator[str]:
    """Yield what a sentence over many visits may say of itself: counts, sides of the visits."""
    yield from _COUNT.findall(sentence.text)
    for source in answer.sources:
        yield from _header(source.report)
        yield from _provinces(source.report)


def _misquoted(citations: Iterable[Citation], reports: Mapping[str, Report]) -> Iterator[str]:
    for citation in citations:
        report = reports.get(citation.report_id)
        if report is None:
            yield f"report {citation.report_id} is not published"
        elif not citation.quote.strip():
            yield "an empty quote"
        elif report.text[citation.start : citation.end] != citation.quote:
            yield f"quote differs from {citation.report_id}:{citation.start}-{citation.end}"


def _unsupported(
    sentence: Sentence, reports: Mapping[str, Report], facts: FactReader
) -> Iterator[str]:
    cited = [reports[i] for i in dict.fromkeys(c.report_id for c in sentence.citations)]
    quoted = facts.read("\n".join(c.quote for c in sentence.citations))
    found = faults(facts.read(sentence.text), quoted, known_roles(cited), facts.provinces)
    yield from (f"not supported: {fault.value}" for fault in found)


def _untraced_sentence(
    sentence: Sentence,
    reports: Mapping[str, Report],
    fixed: Sequence[str],
    more: Sequence[str],
) -> Iterator[str]:
    cited = [reports[i] for i in dict.fromkeys(c.report_id for c in sentence.citations)]
    allowed = [*more, *(c.quote for c in sentence.citations)]
    allowed += [words for report in cited for words in _header(report)]
    yield from _untraced(sentence.text, fixed, allowed)


def _untraced(text: str, fixed: Sequence[str], allowed: Iterable[str]) -> Iterator[str]:
    """Yield the words that are neither a fixed phrase nor among the words allowed."""
    collapsed = _collapsed(text)
    reached = _reach(collapsed, [*fixed, *_JOINERS], [_collapsed(words) for words in allowed])
    if reached < len(collapsed):
        yield f"words from nowhere: {collapsed[reached : reached + 60]!r}"


def _provinces(report: Report) -> Iterator[str]:
    """Yield the names of the provinces of a visit, the present ones too."""
    for party in (*report.visit.host, *report.visit.visitors):
        for name in filter(None, (party.value.province, party.value.current)):
            yield from (before + name for before in _BEFORE_NAME)


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _header(report: Report) -> Iterator[str]:
    """Yield what the record says about the visit, in words that stand in the report."""
    visit, text = report.visit, _collapsed(report.text)
    people: list[Stated[Person]] = [*visit.deputy_heads, *visit.host_leads]
    people += [visit.head_of_delegation] if visit.head_of_delegation else []
    found = [report.title, *(p for s in people for p in (s.value.name, s.value.title) if p)]
    found += [visit.date_text.value] if visit.date_text else []
    found += [party.value.text for party in (*visit.host, *visit.visitors)]
    found += [stated.value for stated in (*visit.places, *visit.document_numbers)]
    yield from (words for words in map(_collapsed, found) if words and words in text)


def _reach(text: str, fixed: Sequence[str], allowed: Sequence[str]) -> int:
    """Return how far a text can be tiled with fixed pieces and whole words that are allowed."""
    best, open_places, seen = 0, [0], {0}
    while open_places:
        place = open_places.pop()
        best = max(best, place)
        ends = [place + len(p) for p in fixed if text.startswith(p, place)]
        ends += [e for words in allowed for e in _ends(text, place, words)]
        ends += [place + 1] if text[place : place + 1] == " " else []
        for end in ends:
            if end not in seen:
                seen.add(end)
                open_places.append(end)
    return best


def _ends(text: str, place: int, words: str) -> Iterator[int]:
    """Yield the word ends up to which `text[place:]` stands in some words.

    Where a stretch begins its first letter may be large for small or small for large.
    """
    if place and text[place - 1].isalnum() and text[place : place + 1].isalnum():
        return
    first = text[place : place + 1].swapcase()
    for begins in {text[place : place + 1], first if len(first) == 1 else ""}:
        stretch = begins + text[place + 1 :]
        low, high = 0, min(len(stretch), len(words))
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if stretch[:middle] in words else (low, middle - 1)
        for end in range(place + low, place, -1):
            if not (text[end - 1].isalnum() and text[end : end + 1].isalnum()):
                yield end
