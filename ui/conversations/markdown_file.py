"""A paper as Markdown with footnotes. Text of reports and questions stays text."""

import re
from collections.abc import Iterable

from ui.conversations.paper import Grid, Paper, Part, note_texts
from ui.wording import Language, label

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_STARTS = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


def markdown(paper: Paper) -> str:
    """Return the file's text."""
    blocks = [f"# {escaped(paper.title)}", f"*{escaped(paper.made_on)}*"]
    for number, part in enumerate(paper.parts, 1):
        blocks += _part(number, part)
    blocks += ["---", f"*{escaped(paper.closing)}*"]
    blocks += [f"[^{n}]: {escaped(text)}" for n, text in enumerate(note_texts(paper), 1)]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Return text in which no sign means anything to Markdown, on one line."""
    one_line = " ".join(text.split())
    return _STARTS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", one_line))


def _part(number: int, part: Part) -> Iterable[str]:
    yield f"## {number}. {escaped(part.question)}"
    yield f"*{label('paper_asked_at', Language.VI, moment=part.asked_at)}*"
    if part.within:
        yield f"*{escaped(part.within)}*"
    if part.notice:
        yield escaped(part.notice)
    for line in part.lines:
        sign = "> " if line.is_quote else ""
        lines = [sign + escaped(text) for text in line.text.split("\n")]
        yield "\\\n".join(lines) + _marks(line.notes)
    if part.grid is not None:
        yield _table(part.grid)
    if part.nearest:
        yield f"{label('related', Language.VI)}:"
        yield "\n".join(f"- {escaped(title)}" for title in part.nearest)


def _marks(notes: Iterable[int]) -> str:
    return "".join(f"[^{n}]" for n in notes)


def _table(grid: Grid) -> str:
    rows = [
        [*(escaped(cell) for cell in row[:-1]), escaped(row[-1]) + _marks(notes)]
        for row, notes in zip(grid.rows, grid.notes, strict=True)
    ]
    head = [escaped(name) for name in grid.head]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
