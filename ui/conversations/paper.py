"""A conversation as a paper: parts, lines, notes. What every file format of it is written from.

Notes stand in order of first use over the whole conversation and name a source as official papers
do, with the page, section or paragraph. Knows no file format.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hochoi.people.conversations import SavedTurn
from hochoi.types import Answer, Citation, Hit, Outcome, Report, Source
from ui.ask.conversation_html import filter_names
from ui.ask.scene import Scene
from ui.elements import external_url, when
from ui.local_time import VIETNAM, day_and_time
from ui.wording import Language, label


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of an answer and the numbers of its notes."""

    text: str
    notes: tuple[int, ...]  # 1-based, of `Paper.notes`
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings, rows of cells, notes per row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One question with its answer, or with why there is none."""

    question: str
    asked_at: str  # dd/mm/yyyy hh:mm
    within: str  # what the search was restricted to, or nothing
    lines: tuple[Line, ...]
    grid: Grid | None
    notice: str  # why nothing was answered, or what was assumed; or nothing
    nearest: tuple[str, ...] = ()  # titles of the reports that a refusal names


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says: the source in full, and where in it the words stand."""

    source: str
    where: str  # page, section or paragraph; "" where none of them is known
    found_at: str  # file and address

    def in_full(self) -> str:
        """Return the note of a source that was not named before."""
        parts = (self.source, self.where, self.found_at)
        return ", ".join(part for part in parts if part) + "."

    def as_before(self, number: int) -> str:
        """Return the note of a source that note `number` named in full."""
        before = label("note_as_before", Language.VI, number=str(number))
        return ", ".join(part for part in (before, self.where) if part) + "."


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole conversation."""

    title: str
    made_on: str
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    closing: str


def paper_of(
    title: str,
    turns: Sequence[SavedTurn],
    topic_names: Mapping[str, str],
    reports: Mapping[str, Report],
    now: datetime,
) -> Paper:
    """Return a conversation as a paper in Vietnamese.

    Args:
        title: Of the conversation.
        turns: Oldest first.
        topic_names: Vietnamese name per topic code.
        reports: The published ones by id, in whose texts paragraphs are counted.
        now: The moment it is made, with its zone.
    """
    notes = _Notes(reports)
    scene = Scene(Language.VI, topic_names)
    parts = tuple(_part(turn, notes, scene) for turn in turns)
    local = now.astimezone(VIETNAM)
    made_on = label(
        "paper_made_on", Language.VI, day=f"{local:%d}", month=f"{local:%m}", year=f"{local:%Y}"
    )
    closing = label("ai_line", Language.VI)
    return Paper(title, made_on, parts, tuple(notes.all), closing)


def note_texts(paper: Paper) -> tuple[str, ...]:
    """Return the text of each note; a source named before is referred to by its first note."""
    first: dict[str, int] = {}
    texts = []
    for number, note in enumerate(paper.notes, 1):
        named = first.setdefault(note.source + note.found_at, number)
        texts.append(note.in_full() if named == number else note.as_before(named))
    return tuple(texts)


class _Notes:
    """Numbers places in sources over the whole conversation, each place once."""

    def __init__(self, reports: Mapping[str, Report]) -> None:
        self.all: list[Note] = []
        self._reports = reports
        self._numbers: dict[tuple[str, str], int] = {}

    def of(self, citations: Iterable[Citation], answer: Answer) -> tuple[int, ...]:
        """Return the numbers of the notes of a sentence or row, one per source."""
        sources = {source.number: source for source in answer.sources}
        by_source: dict[int, list[Citation]] = {}
        for citation in citations:
            by_source.setdefault(citation.number, []).append(citation)
        return tuple(
            self._number(sources[number], self._where(sources[number].report, cited, answer))
            for number, cited in by_source.items()
        )

    def _number(self, source: Source, where: str) -> int:
        key = source.report.report_id, where
        if key not in self._numbers:
            self.all.append(Note(_source_text(source), where, _found_at(source)))
            self._numbers[key] = len(self.all)
        return self._numbers[key]

    def _where(self, report: Report, cited: Sequence[Citation], answer: Answer) -> str:
        """Return the pages of words in their source, else the sections, else the paragraphs."""
        pages = {report.page_of(c.start) for c in cited} - {None}
        if pages:
            return label("note_pages", Language.VI, pages=_joined(pages))
        sections = dict.fromkeys(_section(c, answer.hits) for c in cited)
        if all(sections):
            names = ", ".join(f"“{name}”" for name in sections)
            return label("note_sections", Language.VI, names=names)
        whole = self._reports.get(report.report_id)
        if whole is None:
            return ""
        paragraphs = {_paragraph(whole, c.start) for c in cited}
        return label("note_paragraphs", Language.VI, paragraphs=_joined(paragraphs))


def _joined(numbers: Iterable[int | None]) -> str:
    return ", ".join(str(n) for n in sorted(n for n in numbers if n is not None))


def _section(citation: Citation, hits: Iterable[Hit]) -> str:
    """Return the heading above cited words, "" when it is not known or there is none."""
    found = (
        hit.passage.section
        for hit in hits
        if hit.passage.report_id == citation.report_id
        and hit.passage.start <= citation.start < hit.passage.end
    )
    return next(found, "")


def _paragraph(report: Report, start: int) -> int:
    """Return which paragraph of a report, from 1, holds a character; its title is none."""
    lines = [line.strip() for line in report.text[:start].split("\n")]
    before = [line for line in lines[:-1] if line and line != report.title]
    return len(before) + 1


def _source_text(source: Source) -> str:
    """Return where a source is found, as a footnote of an official paper says it."""
    visit = source.report.visit
    host = "; ".join(s.value.text for s in visit.host)
    visitors = "; ".join(s.value.text for s in visit.visitors)
    pieces = [label("note_report", Language.VI, title=source.report.title)]
    if host:
        pieces.append(label("note_host", Language.VI, host=host))
    if visitors:
        pieces.append(label("note_visitors", Language.VI, visitors=visitors))
    if when(visit):
        pieces.append(label("note_date", Language.VI, date=str(when(visit))))
    return ", ".join(pieces)


def _found_at(source: Source) -> str:
    file = label("note_file", Language.VI, name=source.report.file_name)
    address = external_url(source.report.visit.source_url)
    return f"{file}, {address}" if address else file


def _part(turn: SavedTurn, notes: _Notes, scene: Scene) -> Part:
    names = filter_names(turn.filters, scene)
    within = label("within", Language.VI, names="; ".join(names)) if names else ""
    answer = turn.answer
    lines: tuple[Line, ...] = ()
    grid: Grid | None = None
    if answer is None:
        notice = label("stopped", Language.VI)
    else:
        lines, grid = _lines(answer, notes), _grid(answer, notes)
        notice = answer.notice or ""
        if answer.outcome is not Outcome.ANSWERED and not notice:
            notice = label("no_notice", Language.VI)
    nearest: tuple[str, ...] = ()
    if answer is not None and answer.outcome is Outcome.ABSTAINED:
        nearest = tuple(report.title for report in answer.related)
    asked_at = day_and_time(turn.asked_at)
    return Part(turn.question, asked_at, within, lines, grid, notice, nearest)


def _lines(answer: Answer, notes: _Notes) -> tuple[Line, ...]:
    return tuple(
        Line(
            sentence.text,
            notes.of(sentence.citations, answer),
            sentence.is_quote,
        )
        for sentence in answer.sentences
    )


def _grid(answer: Answer, notes: _Notes) -> Grid | None:
    if answer.table is None:
        return None
    unstated = label("cell_not_stated", Language.VI)
    return Grid(
        tuple(label(f"heading_{column}", Language.VI) for column in answer.table.columns),
        tuple(tuple(c.text or unstated for c in row.cells) for row in answer.table.rows),
        tuple(notes.of(row.citations, answer) for row in answer.table.rows),
    )
