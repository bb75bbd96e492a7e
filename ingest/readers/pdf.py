"""PDF -> lines with their pages.

The text layer first, its letters put in order where it is broken, recognised from the picture
where there is none.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hochoi.errors import (
    EmptyTextError,
    PasswordNeededError,
    ToolMissingError,
    TooManyPartsError,
    UnreadableFileError,
)
from hochoi.types import SourceFile
from ingest.legacy_encodings import repaired, share_of_possible_words, share_of_syllables
from ingest.markup import Page, visible_lines
from ingest.readers.found import Found, letters, loss_warning
from ingest.readers.ocr import recognise, tesseract_path
from ingest.readers.pdf_check import check_pdf
from ingest.readers.pdf_hidden import hidden_texts
from ingest.readers.pdf_layout import Line, paragraphs, rebuilt, text_lines
from ingest.readers.pdf_letters import mixes_alphabets

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 1000
MAX_SCANNED_PAGES = 60  # recognising one takes seconds
DPI = 300
MAX_PIXELS = 40_000_000  # of a page to be recognised; larger ones are drawn coarser

_FEW_LETTERS = 20  # on a page that is a picture with a stamp or page number
_POOR = 0.75  # share of possible syllables of a page whose letters are out of order
_ALONE = 0.15  # share of single letters of such a page
_LETTERS_WELL, _VIETNAMESE, _ENOUGH_WORDS = 0.965, 0.6, 100
_MIXED_WORDS = 3  # that no language has; names and slips of the pen make one or two
LOW_CONFIDENCE = 75  # of recognition, in percent


@dataclass(frozen=True, slots=True)
class _PageText:
    lines: tuple[str, ...]
    codes: int  # characters of the text layer, spaces left out
    confidence: float | None = None  # in percent, of a page that was recognised
    is_unread: bool = False
    is_doubtful: bool = False
    hidden: int = 0  # letters of the text layer that nobody sees


def read_pdf(source: SourceFile) -> Found:
    """Return what a PDF shows.

    Raises:
        PasswordNeededError: If it opens with a password only.
        UnreadableFileError: If no page can be opened.
        TooManyPartsError: If it has more pages than a report can have.
        ToolMissingError: If all its pages are pictures and nothing recognises letters here.
        EmptyTextError: If no page shows a letter.
    """
    with closing(_opened(source)) as document:
        n_pages = len(document)
        if n_pages == 0:
            raise UnreadableFileError(source.name, "no page of it can be opened")
        if n_pages > MAX_PAGES:
            raise TooManyPartsError(source.name, "pages", MAX_PAGES, n_pages)
        pages = list(_pages(document))
    if all(page.is_unread for page in pages):
        raise ToolMissingError(source.name, "tesseract")
    if not any(page.lines for page in pages):
        raise EmptyTextError(source.name)
    lines, marks, hidden = _joined(pages)
    warnings = tuple(_warnings(pages))
    if hidden is not None:
        warnings += (f"encoding|{hidden}",)
    warnings += _doubt(lines)
    checked = check_pdf(source.content, n_pages)
    read = sum(page.codes for page in pages)
    warnings += (*checked.warnings, *loss_warning(read, checked.codes))
    return Found("pdf", Page(lines, lines, (), (), {}), page_marks=marks, warnings=warnings)


def _doubt(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return a warning when too many words of a Vietnamese text cannot be Vietnamese.

    A few are enough where they mix letters that no language has together.
    """
    text = " ".join(lines)
    share, words = share_of_possible_words(text)
    if words >= _ENOUGH_WORDS and _VIETNAMESE <= share < _LETTERS_WELL:
        return (f"letters_doubtful|{round(100 * (1 - share))}",)
    mixed = sum(map(mixes_alphabets, text.split()))
    return (f"letter_table|{mixed}",) if mixed >= _MIXED_WORDS else ()


def _opened(source: SourceFile) -> "PdfDocument":
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(source.content)
    except PdfiumError as exc:
        if "assword" in str(exc):
            raise PasswordNeededError(source.name) from exc
        raise UnreadableFileError(source.name, "it is a damaged PDF") from exc


def _pages(document: "PdfDocument") -> Iterator[_PageText]:
    from pypdfium2 import PdfiumError

    scanned = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except PdfiumError:
            yield _PageText((), 0, is_unread=True)
            continue
        with closing(page):
            found = _from_text_layer(page)
            if found is None:
                scanned += 1
                found = _from_picture(page, is_allowed=scanned <= MAX_SCANNED_PAGES)
            yield found


def _from_text_layer(page: "PdfPage") -> _PageText | None:
    """Return the text layer of a page, None where the page is a picture."""
    lines = text_lines(page)
    found = sum(letters(line.text) for line in lines)
    if found < _FEW_LETTERS and _has_picture(page):
        return None
    if _is_broken(lines):
        lines = rebuilt(page)
        if _is_broken(lines):
            return _PageText(_shown(lines), found, is_doubtful=True)
    hidden = sum(map(letters, hidden_texts(page)))
    return _PageText(_shown(lines), found, hidden=hidden)


def _shown(lines: list[Line]) -> tuple[str, ...]:
    return visible_lines("\n".join(paragraphs(lines)))


def _has_picture(page: "PdfPage") -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return next(iter(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _is_broken(lines: list[Line]) -> bool:
    """Whether letters stand apart from their words."""
    text = " ".join(line.text for line in lines)
    words = text.split()
    alone = sum(len(word) == 1 and word.isalpha() for word in words)
    share, marked = share_of_syllables(text)
    if len(words) < 10 or marked == 0:
        return False
    return alone / len(words) > _ALONE and share < _POOR + 0.2


def _from_picture(page: "PdfPage", *, is_allowed: bool) -> _PageText:
    if not is_allowed or tesseract_path() is None:
        return _PageText((), 0, is_unread=True)
    width, height = page.get_size()
    scale = DPI / 72
    pixels = width * height * scale**2
    if pixels > MAX_PIXELS:
        scale *= (MAX_PIXELS / pixels) ** 0.5
    image = page.render(scale=scale, grayscale=True).to_pil()
    text = recognise(image)
    if text is None:
        return _PageText((), 0, is_unread=True)
    return _PageText(visible_lines("\n".join(text.lines)), 0, confidence=text.confidence)


def _joined(
    pages: list[_PageText],
) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...], str | None]:
    """Return all lines, where each page begins in them, and the old encoding they were in.

    A paragraph that goes on overleaf is one line, with the beginning of the page inside it.
    """
    flat = [line for page in pages for line in page.lines]
    text, hidden = repaired("\n".join(flat))
    source = iter(text.split("\n"))
    lines: list[str] = []
    marks: list[tuple[int, int]] = []
    for page in pages:
        marks.append((len(lines), 0))
        for n, line in enumerate([next(source) for _ in page.lines]):
            if n == 0 and lines and _goes_on(lines[-1], line):
                marks[-1] = (len(lines) - 1, len(lines[-1]) + 1)
                lines[-1] += " " + line
            else:
                lines.append(line)
    return tuple(lines), tuple(marks), hidden


def _goes_on(above: str, line: str) -> bool:
    return line[:1].islower() and len(above) > 40 and above[-1] not in '.!?;:…”"'


def _warnings(pages: list[_PageText]) -> Iterator[str]:
    """Yield one warning per kind of trouble, with the numbers of its pages."""
    kinds = {
        "pages_recognised": [p.confidence is not None for p in pages],
        "pages_low": [p.confidence is not None and p.confidence < LOW_CONFIDENCE for p in pages],
        "pages_unread": [p.is_unread for p in pages],
        "pages_doubtful": [p.is_doubtful for p in pages],
        "pages_empty": [not (p.lines or p.is_unread or p.confidence is not None) for p in pages],
    }
    for key, flags in kinds.items():
        numbers = [str(n) for n, flag in enumerate(flags, 1) if flag]
        if numbers:
            yield f"{key}|{','.join(numbers)}"
    if hidden := sum(page.hidden for page in pages):
        yield f"hidden_text|{hidden}"
