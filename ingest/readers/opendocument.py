"""OpenDocument texts (ODT) -> lines: paragraphs, headings, tables, boxes and notes."""

from hochoi.errors import EmptyTextError, PasswordNeededError
from hochoi.types import SourceFile
from ingest.legacy_encodings import repaired
from ingest.markup import Page, visible_lines
from ingest.readers.containers import Attributes, open_container, walk_xml
from ingest.readers.flow import Flow
from ingest.readers.found import Found, letters

_LEFT_OUT = ("text:tracked-changes", "office:annotation", "office:forms", "text:note-citation")
_MAX_REPEAT = 50


def read_odt(source: SourceFile) -> Found:
    """Return what an OpenDocument text shows.

    Raises:
        PasswordNeededError, TooManyPartsError, UnreadableFileError: As `open_container`.
        EmptyTextError: If it shows no letter.
    """
    container = open_container(source)
    if b"encryption-data" in container.part("META-INF/manifest.xml"):
        raise PasswordNeededError(source.name)
    reading = _Reading()
    content = container.part("content.xml")
    walk_xml(source.name, content, reading.start, reading.end, reading.text)
    text, hidden = repaired("\n".join(reading.flow.lines))
    lines = visible_lines(text)
    if not any(map(letters, lines)):
        raise EmptyTextError(source.name)
    headings = visible_lines("\n".join(reading.flow.headings))
    warnings = (f"encoding|{hidden}",) if hidden else ()
    return Found("odt", Page(lines, lines, (), headings, {}), warnings=warnings)


class _Reading:
    """Turns the markup of one document into lines."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._skipping: list[str] = []
        self._repeats: list[int] = []
        self._in_item = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Meet the beginning of an element."""
        flow = self.flow
        if self._skipping or tag in _LEFT_OUT:
            self._skipping.append(tag)
        elif tag in ("text:p", "text:h"):
            flow.begin_paragraph()
            prefix = "- " if self._in_item else ""
            flow.mark(prefix=prefix, is_heading=tag == "text:h")
            self._in_item = False
        elif tag == "text:list-item":
            self._in_item = True
        elif tag in ("text:s", "text:tab"):
            flow.text(" ")
        elif tag == "text:line-break":
            flow.text("\n")
        elif tag == "table:table":
            flow.begin_table()
        elif tag == "table:table-row":
            flow.begin_row()
        elif tag == "table:table-cell":
            repeat = attributes.get("table:number-columns-repeated", "1")
            self._repeats.append(min(int(repeat) if repeat.isdigit() else 1, _MAX_REPEAT))
            flow.begin_cell()

    def end(self, tag: str) -> None:
        """Meet the end of an element."""
        if self._skipping:
            self._skipping.pop()
        elif tag in ("text:p", "text:h"):
            self.flow.end_paragraph()
        elif tag == "text:list-item":
            self._in_item = False
        elif tag == "table:table-cell":
            self.flow.end_cell(repeat=self._repeats.pop())
        elif tag == "table:table-header-rows":
            self.flow.say_header()
        elif tag == "table:table":
            self.flow.end_table()

    def text(self, text: str) -> None:
        """Meet text."""
        if not self._skipping:
            self.flow.text(" ".join(text.split("\n")))
