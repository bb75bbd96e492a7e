"""Events of a text document -> its lines: paragraphs, headings, tables, boxes, in reading order."""

from dataclasses import dataclass, field

from ingest.tables import table_lines


@dataclass(slots=True)
class _Paragraph:
    text: list[str] = field(default_factory=list)
    prefix: str = ""
    is_heading: bool = False


@dataclass(slots=True)
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    has_header: bool = False


class Flow:
    """Collects what a document shows while its markup is read.

    Paragraphs may stand in paragraphs (text boxes), tables in cells. What is inside a paragraph
    follows it.
    """

    def __init__(self) -> None:
        self._open: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._lines: list[list[str]] = [[]]  # of the document, then of each open cell
        self._behind: list[list[str]] = []  # lines of boxes inside open paragraphs
        self.headings: list[str] = []

    @property
    def lines(self) -> list[str]:
        """The lines so far."""
        return self._lines[0]

    def begin_paragraph(self) -> None:
        """Begin a paragraph."""
        self._open.append(_Paragraph())
        self._behind.append([])

    def mark(self, *, prefix: str | None = None, is_heading: bool = False) -> None:
        """Make the paragraph under way an item or a heading."""
        if self._open:
            self._open[-1].prefix = prefix if prefix is not None else self._open[-1].prefix
            self._open[-1].is_heading |= is_heading

    def text(self, text: str) -> None:
        """Add text to the paragraph under way; outside of one there is nothing to show."""
        if self._open:
            self._open[-1].text.append(text)

    def end_paragraph(self) -> None:
        """End the paragraph under way."""
        if not self._open:
            return
        paragraph, behind = self._open.pop(), self._behind.pop()
        shown = "".join(paragraph.text).strip()
        found = [line.strip() for line in shown.split("\n") if line.strip()]
        if found and paragraph.is_heading:
            self.headings.append(" ".join(found[0].split()))
        elif found:
            found[0] = paragraph.prefix + found[0]
        self._add([*found, *behind])

    def _add(self, lines: list[str]) -> None:
        (self._behind[-1] if self._open else self._lines[-1]).extend(lines)

    def begin_table(self) -> None:
        """Begin a table."""
        self._tables.append(_Table())

    def begin_row(self) -> None:
        """Begin a row of the table under way."""
        if self._tables:
            self._tables[-1].rows.append([])

    def say_header(self) -> None:
        """The row under way names the columns."""
        if self._tables and len(self._tables[-1].rows) == 1:
            self._tables[-1].has_header = True

    def begin_cell(self) -> None:
        """Begin a cell; its paragraphs are kept apart until it ends."""
        self._lines.append([])

    def end_cell(self, *, repeat: int = 1) -> None:
        """End a cell."""
        if len(self._lines) > 1 and self._tables and self._tables[-1].rows:
            text = "\n".join(self._lines.pop())
            self._tables[-1].rows[-1] += [text] * repeat

    def end_table(self) -> None:
        """End the table under way; its lines follow what came before it."""
        if self._tables:
            table = self._tables.pop()
            self._add(table_lines(table.rows, has_header=table.has_header))
