"""Visits as rows of a table: every cell in the words of the report, or empty when not stated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hochoi.drafting.overview import Overview
from hochoi.types import Cell, Citation, Party, Person, Report, Row, Source, Span, Stated, Table
from hochoi.understood import QuestionKind

# The sentences of a report that say most about the question; the second are the words of a side.
Quote = Callable[[Report, str | None], tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class CellWords:
    """What puts visits into words."""

    party: Callable[[Party], str]  # a host or visitor, with the present name of its province
    quote: Quote


@dataclass(frozen=True, slots=True)
class Side:
    """The visits of one side of a comparison, or of all of them with no name."""

    name: str | None  # as it is shown
    words: str | None  # as the question names it
    sources: tuple[Source, ...]


def make_table(overview: Overview, sides: Sequence[Side], words: CellWords) -> Table:
    """Return one row per visit, side by side when there are several sides."""
    columns = ["date", "visitors", "host"]
    if overview.kind is QuestionKind.COMPARE:
        columns.insert(0, "group")
    if overview.wants_head:
        columns.append("head")
    if overview.wants_host_leads:
        columns.append("host_leads")
    if overview.wants_places:
        columns.append("places")
    if overview.wants_participants:
        columns.append("participants")
    if overview.wants_content:
        columns.append("content")
    columns.append("title")
    rows = [
        Row(source.number, tuple(_cell(c, source, side, words) for c in columns))
        for side in sides
        for source in side.sources
    ]
    return Table(tuple(columns), tuple(rows))


def _cell(column: str, source: Source, side: Side, words: CellWords) -> Cell:
    report = source.report
    visit = report.visit
    if column == "group":
        return Cell(side.name)
    if column == "date":
        date = visit.date_text
        return Cell(date.value, _cited(source, [date])) if date else Cell(None)
    if column == "head":
        head = visit.head_of_delegation
        if head is None:
            return Cell(None)
        return Cell(_person(head.value), _cited(source, [head]))
    if column == "host_leads":
        named = [_person(s.value) for s in visit.host_leads]
        return Cell("; ".join(named) or None, _cited(source, visit.host_leads))
    if column == "places":
        text = "; ".join(s.value for s in visit.places)
        return Cell(text or None, _cited(source, visit.places))
    if column == "participants":
        people = visit.participants
        return Cell(str(people.value), _cited(source, [people])) if people else Cell(None)
    if column == "content":
        spans = words.quote(report, side.words)
        quotes = [" ".join(report.text[s.start : s.end].split()) for s in spans]
        return Cell(" … ".join(quotes) or None, tuple(_citation(source, s) for s in spans))
    if column == "title":
        return Cell(report.title, (title_citation(source),))
    parties = visit.host if column == "host" else visit.visitors
    text = "; ".join(words.party(s.value) for s in parties)
    return Cell(text or None, _cited(source, parties))


def _person(person: Person) -> str:
    return ", ".join(part for part in (person.name, person.title) if part)


def title_citation(source: Source) -> Citation:
    """Return the title of a report as a quote: what stands for a visit that is only counted."""
    return _citation(source, _title_span(source.report))


def _title_span(report: Report) -> Span:
    """Return where the title stands; the start of the text where an editor changed it."""
    start = max(report.text.find(report.title), 0)
    return Span(start, min(start + len(report.title), len(report.text)))


def _cited(
    source: Source,
    stated: Sequence[Stated[Party]]
    | Sequence[Stated[str]]
    | Sequence[Stated[Person]]
    | Sequence[Stated[int]],
) -> tuple[Citation, ...]:
    spans = dict.fromkeys(Span(s.start, s.end) for s in stated if s.start < s.end)
    return tuple(_citation(source, span) for span in spans)


def _citation(source: Source, span: Span) -> Citation:
    report = source.report
    quote = report.text[span.start : span.end]
    return Citation(source.number, report.report_id, span.start, span.end, quote)
