"""The text layer of a PDF page -> lines where they stand -> paragraphs."""

import ctypes
import re
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_ITEM = re.compile(
    r"(?:[-–—+*•●▪◦]|\(?[0-9]{1,2}[.)]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.?|[a-zđ][.)]|[IVXLC]{1,5}[.)]"
    r"|(?:Điều|Chương|Mục|Phần)\s+[0-9IVX]+)\s",
)
_PAGE_NUMBER = re.compile(r"[-–]?\s*\d{1,4}\s*[-–]?")
_HYPHENS = {0xFFFE: "-", 2: "-"}  # how the parser marks a hyphen at the end of a line
_FULL = 0.88  # of the width of the text; a shorter line ends its paragraph
_INDENT = 9.0  # points
_SPACE = 0.17  # of the height of a letter; a wider gap parts words
_LEADING = 1.35  # of the usual distance of lines; a wider gap parts paragraphs


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; positions in points, from the left and from the bottom."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    left: float
    right: float
    bottom: float
    top: float


def text_lines(page: "PdfPage") -> list[Line]:
    """Return the lines of a page in the order of its text layer."""
    with closing(page.get_textpage()) as layer:
        text = layer.get_text_range().translate(_HYPHENS)
        lines = []
        start = 0
        for piece in re.split("\r?\n", text):
            end = start + len(piece)
            if piece.strip():
                lines.append(_placed(layer, piece, start, end))
            start = end + (2 if text[end : end + 1] == "\r" else 1)
    return lines


def _placed(layer: "PdfTextPage", piece: str, start: int, end: int) -> Line:
    first = start + len(piece) - len(piece.lstrip())
    last = end - 1 - (len(piece) - len(piece.rstrip()))
    a, b = _box(layer, first), _box(layer, last)
    height = max(a.top - a.bottom, b.top - b.bottom, 1.0)
    return Line(piece.strip(), a.left, b.right, min(a.bottom, b.bottom), height)


def _box(layer: "PdfTextPage", text_index: int) -> _Char:
    """Return where a character stands; unknown places are 0."""
    from pypdfium2 import raw

    index = raw.FPDFText_GetCharIndexFromTextIndex(layer, text_index)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(layer, index, left, right, bottom, top)
    return _Char("", left.value, right.value, bottom.value, top.value)


def rebuilt(page: "PdfPage") -> list[Line]:
    """Return the lines of a page by where each letter stands, whatever their order in the file."""
    chars = _chars(page)
    if not chars:
        return []
    height = median(c.top - c.bottom for c in chars)
    rows: list[list[_Char]] = []
    for char in sorted(chars, key=lambda c: -_middle(c)):
        if rows and _middle(rows[-1][0]) - _middle(char) < height * 0.6:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [_row(sorted(row, key=lambda c: c.left), height) for row in rows]


def _middle(char: _Char) -> float:
    return char.bottom


def _row(row: list[_Char], height: float) -> Line:
    text = row[0].text
    for before, char in pairwise(row):
        gap = char.left - before.right
        text += (" " if gap > _SPACE * height else "") + char.text
    bottom = median(c.bottom for c in row)
    return Line(text, row[0].left, row[-1].right, bottom, height)


def _chars(page: "PdfPage") -> list[_Char]:
    """Return the visible characters of a page; their boxes reach from baseline to ascent."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    chars = []
    with closing(page.get_textpage()) as layer:
        for index in range(layer.count_chars()):
            text = chr(raw.FPDFText_GetUnicode(layer, index))
            if text.isspace() or not text.isprintable():
                continue
            raw.FPDFText_GetCharBox(layer, index, left, right, bottom, top)
            raw.FPDFText_GetCharOrigin(layer, index, x, y)
            size = raw.FPDFText_GetFontSize(layer, index) or 10.0
            chars.append(_Char(text, left.value, right.value, y.value, y.value + size * 0.7))
    return chars


def paragraphs(lines: list[Line]) -> list[str]:
    """Return the lines of a page joined to paragraphs; page numbers are left out.

    A line is joined to the next one when it reaches the right edge of the text and the next one
    neither begins an item, nor is indented, nor stands apart.
    """
    lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]
    if not lines:
        return []
    right = _high(sorted(line.right for line in lines))
    left = min(line.left for line in lines)
    width = max(right - left, 1.0)
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.bottom > b.bottom + 2]
    leading = min(median(steps), 40.0) if steps else 0.0
    joined = [lines[0].text]
    for before, line in pairwise(lines):
        is_full = before.right - left >= _FULL * width
        is_near = 0 < before.bottom - line.bottom < _LEADING * leading
        is_indented = line.left > left + _INDENT and line.left > before.left + _INDENT
        starts_item = _ITEM.match(line.text) is not None
        if is_full and is_near and not is_indented and not starts_item:
            joined[-1] += " " + line.text
        else:
            joined.append(line.text)
    return joined


def _high(values: list[float]) -> float:
    """Return the 90th percentile of sorted values."""
    return values[min(len(values) - 1, int(len(values) * 0.9))]
