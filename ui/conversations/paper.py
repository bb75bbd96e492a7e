"""A conversation as a paper: parts, lines, notes. What every file format of it is written from.

Notes name each source once, in order of first use over the whole conversation, in the form that
official papers use. Knows no file format.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hochoi.people.conversations import SavedTurn
from hochoi.types import Answer, Citation, Outcome, Source
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


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole conversation."""

    title: str
    made_on: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    closing: str


def paper_of(
    title: str, turns: Sequence[SavedTurn], topic_names: Mapping[str, str], now: datetime
) -> Paper:
    """Return a conversation as a paper in Vietnamese.

    Args:
        title: Of the conversation.
        turns: Oldest first.
        topic_names: Vietnamese name per topic code.
        now: The moment it is made, with its zone.
    """
    notes = _Notes()
    scene = Scene(Language.VI, topic_names)
    parts = tuple(_part(turn, notes, scene) for turn in turns)
    local = now.astimezone(VIETNAM)
    made_on = label(
        "paper_made_on", Language.VI, day=f"{local:%d}", month=f"{local:%m}", year=f"{local:%Y}"
    )
    closing = label("ai_line", Language.VI)
    return Paper(title, made_on, parts, tuple(notes.texts), closing)


class _Notes:
    """Numbers sources over the whole conversation."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, source: Source) -> int:
        key = source.report.report_id
        if key not in self._numbers:
            self.texts.append(note_text(source))
            self._numbers[key] = len(self.texts)
        return self._numbers[key]


def note_text(source: Source) -> str:
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
    pieces.append(label("note_file", Language.VI, name=source.report.file_name))
    address = external_url(visit.source_url)
    if address:
        pieces.append(address)
    return ", ".join(pieces) + "."


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
    return Part(turn.question, day_and_time(turn.asked_at), within, lines, grid, notice)


def _lines(answer: Answer, notes: _Notes) -> tuple[Line, ...]:
    numbers = _numbers(answer, notes)
    return tuple(
        Line(
            sentence.text,
            _of(sentence.citations, numbers),
            sentence.is_quote,
        )
        for sentence in answer.sentences
    )


def _numbers(answer: Answer, notes: _Notes) -> dict[int, int]:
    """Return the number of the note for each number of a source in this answer."""
    return {source.number: notes.number(source) for source in answer.sources}


def _of(citations: Iterable[Citation], numbers: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers[c.number] for c in citations))


def _grid(answer: Answer, notes: _Notes) -> Grid | None:
    if answer.table is None:
        return None
    numbers = _numbers(answer, notes)
    unstated = label("cell_not_stated", Language.VI)
    return Grid(
        tuple(label(f"heading_{column}", Language.VI) for column in answer.table.columns),
        tuple(tuple(c.text or unstated for c in row.cells) for row in answer.table.rows),
        tuple(_of(row.citations, numbers) for row in answer.table.rows),
    )
