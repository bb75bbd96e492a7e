"""A second look at a PDF with another library: is it whole, how many letters does it show?

Counts the codes that text operators show, without looking up which letters they stand for.
"""

import logging
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, cast

from ingest.readers.pdf_letters import odd_letters, read_table

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.generic import DictionaryObject, PdfObject

_STREAM = re.compile(rb"/FlateDecode[^>]{0,200}(?:>[^>]{1,100}){0,3}>>\s*stream\r?\n")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})(?!\d|\s+\d+\s+R)")
_END_OF_LINE = 2
_TOKEN = re.compile(
    rb"/ActualText\s*(?:<(?P<spoken>[0-9A-Fa-f\s]*)>|\((?P<said>(?:[^()\\]|\\.)*)\))"
    rb"|/(?P<font>[^\s/<>\[\]()]+)\s+[-+\d.]+\s+Tf\b"
    rb"|<(?P<digits>[0-9A-Fa-f\s]+)>"
    rb"|\((?P<bytes>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)"
    rb"|\b(?P<end>EMC)\b",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b""}
_MAX_INFLATED = 64 * 2**20
_MAX_CHECKED_PAGES = 200  # a longer file is judged by its parts alone
_SPACES = (" ", "\xa0")
_UTF16_MARKS = (b"\xfe\xff", b"\xff\xfe")


@dataclass(frozen=True, slots=True)
class PdfCheck:
    """What the second look found. `codes`, spaces left out, is 0 where it could not count."""

    codes: int
    warnings: tuple[str, ...]


def check_pdf(content: bytes, n_pages: int) -> PdfCheck:
    """Return how many codes a PDF shows, and warnings where it is damaged.

    Args:
        content: The file.
        n_pages: How many pages the first reader found.
    """
    warnings = []
    if b"%%EOF" not in content[-2048:]:
        warnings.append("file_ends_early")
    if b"/Encrypt" not in content and (damaged := sum(_damaged_streams(content))):
        warnings.append(f"damaged_parts|{damaged}")
    codes, pages, empty, odd = _counted(content)
    if empty:
        warnings.append(f"damaged_parts|{empty}")
    if odd:
        warnings.append(f"letter_table|{odd}")
    if pages is None:
        warnings.append("not_cross_checked")
    elif pages > n_pages:
        warnings.append(f"pages_lost|{pages - n_pages}|{pages}")
    return PdfCheck(codes, tuple(warnings))


def _damaged_streams(content: bytes) -> Iterator[bool]:
    """Yield for each compressed part, pictures aside, whether it does not unpack whole."""
    for found in _STREAM.finditer(content):
        about = content[max(0, found.start() - 300) : found.end()].rpartition(b"obj")[2]
        if b"/Image" in about:
            continue
        unpacker = zlib.decompressobj()
        rest = content[found.end() :]
        try:
            unpacker.decompress(rest, _MAX_INFLATED)
        except zlib.error:
            yield True
            continue
        length = _LENGTH.search(about)
        used = len(rest) - len(unpacker.unused_data)
        is_cut = length is not None and int(length[1]) < used - _END_OF_LINE
        yield is_cut or not unpacker.eof  # readers stop at the length that is written


def _counted(content: bytes) -> tuple[int, int | None, int, int]:
    """Return how many codes all pages show, the number of pages, and of what is wrong with them.

    The number of pages is None for an unreadable file; then come pages that name a content which
    the file does not hold, and oddities of the tables of letters.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every byte it forgives
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        pages = len(reader.pages)
        checked = list(reader.pages[:_MAX_CHECKED_PAGES])
        fonts = _Fonts()
        codes = sum(_codes_of(page, fonts) for page in checked)
        empty = sum("/Contents" in page and page.get_contents() is None for page in checked)
    except (
        PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError,
        AssertionError, ArithmeticError, zlib.error, NotImplementedError, OSError, ImportError,
    ):  # fmt: skip
        return 0, None, 0, 0
    return (codes if pages <= _MAX_CHECKED_PAGES else 0), pages, empty, fonts.odd()


@dataclass(frozen=True, slots=True)
class _Font:
    width: int = 1  # bytes of a code
    spaces: frozenset[bytes] = frozenset({b" ", b"\xa0"})  # codes that show nothing
    table: Mapping[bytes, str] = field(default_factory=dict)  # what each code stands for
    used: set[bytes] = field(default_factory=set)  # codes shown so far


class _Fonts:
    """The fonts of a file, each taken apart once."""

    def __init__(self) -> None:
        self._known: dict[object, _Font] = {}

    def of(self, page: "PageObject") -> dict[str, _Font]:
        """Return the fonts of a page by the names that its text operators use."""
        resources = page.get("/Resources")
        named = resources.get_object().get("/Font") if resources is not None else None
        if named is None:
            return {}
        fonts = named.get_object()
        return {name[1:]: self._font(fonts.raw_get(name)) for name in fonts}

    def _font(self, reference: "PdfObject") -> _Font:
        key = getattr(reference, "idnum", id(reference))
        if key not in self._known:
            self._known[key] = _font(cast("DictionaryObject", reference.get_object()))
        return self._known[key]

    def odd(self) -> int:
        """Return how many of the entries that are used are odd or missing in all tables."""
        fonts = self._known.values()
        return sum(odd_letters(font.table, font.used - font.spaces) for font in fonts)


def _codes_of(page: "PageObject", known: _Fonts) -> int:
    """Return how many codes a page shows, those of spaces left out.

    Where the file says which text a stretch stands for, that text is counted.
    """
    contents = page.get_contents()
    if contents is None:
        return 0
    fonts = known.of(page)
    font, total, is_said = _Font(), 0, False
    for token in _TOKEN.finditer(contents.get_data()):
        if token["font"] is not None:
            font = fonts.get(token["font"].decode("latin-1"), _Font())
        elif token["end"] is not None:
            is_said = False
        elif token["spoken"] is not None or token["said"] is not None:
            is_said = True
            total += _letters_said(
                _from_digits(token["spoken"] or b"") or _unescaped(token["said"] or b"")
            )
        elif not is_said:
            digits = token["digits"]
            shown = _unescaped(token["bytes"]) if digits is None else _from_digits(digits)
            codes = [shown[n : n + font.width] for n in range(0, len(shown), font.width)]
            total += sum(code not in font.spaces for code in codes)
            font.used.update(codes)
    return total


def _from_digits(digits: bytes) -> bytes:
    packed = b"".join(digits.split())
    return bytes.fromhex((packed + b"0" * (len(packed) % 2)).decode("ascii"))


def _unescaped(text: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8) & 255]) if code[:1].isdigit() else _ESCAPES.get(code, code)

    return _ESCAPED.sub(plain, text)


def _letters_said(spoken: bytes) -> int:
    encoding = "utf-16" if spoken[:2] in _UTF16_MARKS else "latin-1"
    return len("".join(spoken.decode(encoding, "ignore").split()))


def _font(font: "DictionaryObject") -> _Font:
    """Return the width of a font's codes, which of them show a space, and what is odd in it."""
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    meaning = font.get("/ToUnicode")
    data = meaning.get_object().get_data() if meaning is not None else b""
    table = read_table(data, width)
    spaces = {code for code, letter in table.items() if letter in _SPACES}
    spaces.add(b"\0\3" if width == 2 else b" ")
    return _Font(width, frozenset(spaces), table)
