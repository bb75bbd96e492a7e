"""Word documents (DOCX) -> lines: paragraphs, tables, text boxes and notes in reading order.

Deleted text and fallbacks for older programs are left out, inserted text is kept. Headers and
footers of the pages are not read.
"""

import re

from hochoi.errors import EmptyTextError, UnreadableFileError
from hochoi.types import SourceFile
from ingest.legacy_encodings import encoding_of_font, from_font, repaired
from ingest.markup import Page, visible_lines
from ingest.readers.containers import Attributes, Container, open_container, walk_xml
from ingest.readers.flow import Flow
from ingest.readers.found import Found, letters, loss_warning

_DOCUMENT = re.compile(r"word/document\d*\.xml")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_LEFT_OUT = ("mc:Fallback", "w:del", "w:moveFrom", "w:instrText")
_HEADING = re.compile(r"heading\s*[1-6]|title|tiêu\s*đề", re.IGNORECASE)
_TEXT = re.compile(
    rb"<w:t(?: [^>]*)?>([^<]+)</w:t>"
    rb"|</?(?:mc:Fallback|w:del|w:moveFrom)\b(?![^>]*/>)"  # what lies between is not shown
)


def read_docx(source: SourceFile) -> Found:
    """Return what a Word document shows.

    Raises:
        PasswordNeededError, TooManyPartsError, UnreadableFileError: As `open_container`.
        EmptyTextError: If it shows no letter.
    """
    container = open_container(source)
    names = container.archive.namelist()
    path = next((name for name in names if _DOCUMENT.fullmatch(name)), None)
    if path is None:
        raise UnreadableFileError(source.name, "it has no main text")
    styles = _Styles(container)
    document = container.part(path)
    reading = _Reading(styles)
    walk_xml(source.name, document, reading.start, reading.end, reading.text)
    counted = _counted(document)
    for note in _NOTES:
        part = container.part(note)
        if part:
            walk_xml(source.name, part, reading.start, reading.end, reading.text)
            counted += _counted(part)
    lines, hidden = _shown(reading.flow.lines)
    if not lines:
        raise EmptyTextError(source.name)
    encodings = reading.encodings | ({hidden} if hidden else set())
    warnings = tuple(f"encoding|{name}" for name in sorted(encodings))
    warnings += loss_warning(reading.shown, counted)
    headings = visible_lines("\n".join(reading.flow.headings))
    return Found("docx", Page(lines, lines, (), headings, {}), warnings=warnings)


def _shown(lines: list[str]) -> tuple[tuple[str, ...], str | None]:
    text, hidden = repaired("\n".join(lines))
    return visible_lines(text), hidden


def _counted(part: bytes) -> int:
    """Return how many letters a part shows, counted on its bytes without an XML parser."""
    total = hidden = 0
    for found in _TEXT.finditer(part):
        if found[1] is None:
            hidden += -1 if found[0].startswith(b"</") else 1
        elif hidden <= 0:
            text = re.sub(r"&(?:#\w+|\w+);", "x", found[1].decode("utf-8", "replace"))
            total += letters(text)
    return total


class _Styles:
    """Which paragraph styles are headings, and which font a style or the document has."""

    def __init__(self, container: Container) -> None:
        self.headings: set[str] = set()
        self.fonts: dict[str, str] = {}
        self.default_font = ""
        self._style = ""
        part = container.part("word/styles.xml")
        if part:
            walk_xml(container.name, part, self._start, self._end, lambda _: None)

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "w:style":
            self._style = attributes.get("w:styleId", "")
        elif tag == "w:name" and self._style and _HEADING.match(attributes.get("w:val", "")):
            self.headings.add(self._style)
        elif tag == "w:outlineLvl" and self._style:
            self.headings.add(self._style)
        elif tag == "w:rFonts":
            font = _font(attributes)
            if self._style:
                self.fonts[self._style] = font
            else:
                self.default_font = font

    def _end(self, tag: str) -> None:
        if tag == "w:style":
            self._style = ""


def _font(attributes: Attributes) -> str:
    return attributes.get("w:ascii") or attributes.get("w:hAnsi") or ""


class _Reading:
    """Turns the markup of one document into lines."""

    def __init__(self, styles: _Styles) -> None:
        self.flow = Flow()
        self.encodings: set[str] = set()
        self.shown = 0  # letters
        self._styles = styles
        self._skipping: list[str] = []
        self._in_text = False
        self._in_run = False
        self._style_font = self._run_font = styles.default_font

    def start(self, tag: str, attributes: Attributes) -> None:  # noqa: C901 - one line per element
        """Meet the beginning of an element."""
        flow = self.flow
        if self._skipping or tag in _LEFT_OUT:
            self._skipping.append(tag)
        elif tag == "w:t":
            self._in_text = True
        elif tag == "w:r":
            self._in_run, self._run_font = True, self._style_font
        elif tag == "w:p":
            flow.begin_paragraph()
            self._style_font = self._run_font = self._styles.default_font
        elif tag in ("w:tab", "w:ptab") and self._in_run:
            flow.text(" ")
        elif tag in ("w:br", "w:cr"):
            flow.text("\n")
        elif tag in ("w:noBreakHyphen", "w:softHyphen"):
            flow.text("-" if tag == "w:noBreakHyphen" else "")
        elif tag == "w:rFonts" and self._in_run:
            self._run_font = _font(attributes) or self._run_font
        elif tag in ("w:pStyle", "w:rStyle"):
            self._style(tag, attributes.get("w:val", ""))
        elif tag == "w:numPr":
            flow.mark(prefix="- ")
        elif tag == "w:tbl":
            flow.begin_table()
        elif tag == "w:tr":
            flow.begin_row()
        elif tag == "w:tblHeader":
            flow.say_header()
        elif tag == "w:tc":
            flow.begin_cell()

    def _style(self, tag: str, style: str) -> None:
        font = self._styles.fonts.get(style)
        if tag == "w:rStyle":
            self._run_font = font or self._run_font
            return
        self._style_font = self._run_font = font or self._style_font
        if style in self._styles.headings:
            self.flow.mark(is_heading=True)

    def end(self, tag: str) -> None:
        """Meet the end of an element."""
        if self._skipping:
            self._skipping.pop()
        elif tag == "w:t":
            self._in_text = False
        elif tag == "w:r":
            self._in_run = False
        elif tag == "w:p":
            self.flow.end_paragraph()
        elif tag == "w:tc":
            self.flow.end_cell()
        elif tag == "w:tbl":
            self.flow.end_table()

    def text(self, text: str) -> None:
        """Meet text."""
        if not self._in_text or self._skipping:
            return
        self.shown += letters(text)
        encoding = encoding_of_font(self._run_font)
        if encoding is not None:
            self.encodings.add(encoding)
        self.flow.text(from_font(text, self._run_font))
