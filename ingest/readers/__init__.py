"""Source file -> extraction, by what the file holds, never by its name.

One module per format turns bytes into lines; what lines are title and body is decided here.
"""

import re
from collections.abc import Sequence

from hochoi.errors import (
    EmptyTextError,
    LimitExceededError,
    TooManyPartsError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from hochoi.language.sentences import sentence_spans
from hochoi.types import Extraction, SourceFile
from ingest.boilerplate import is_prose, split_page, split_plain
from ingest.markup import Page, TooDeepError, visible_lines
from ingest.readers.found import Found, letters
from ingest.readers.kinds import Kind, kind_of

_SITE = re.compile(r"\s+[-–|»]\s+(?:cổng|trang|báo|website)\b.*", re.IGNORECASE)
_HEADLINE_CHARS = 120
_WITH_CHROME = ("html", "txt")  # pages of portals, saved or pasted
MAX_CHARS = 3_000_000  # of one report; a thousand pages

_KEYS = ("source_url", "published", "compiled_from")


def read(source: SourceFile, max_bytes: int) -> Extraction:
    """Return title and text of a source file.

    The text is NFC, one paragraph or table row per line, the title first and a blank line after.

    Raises:
        LimitExceededError, TooManyPartsError: If it is larger than `max_bytes`, or holds more
            than one report can.
        UnsupportedFormatError: If no reader knows its kind.
        PasswordNeededError: If it is encrypted.
        UnreadableFileError: If it is damaged, or its bytes are in no encoding that is known.
        ToolMissingError: If it needs a program that is not installed.
        EmptyTextError: If nothing is left to read.
    """
    size = len(source.content)
    if size > max_bytes:
        raise LimitExceededError(source.name, f"{max_bytes // 2**20} MB", f"{size / 2**20:.1f} MB")
    if not source.content.strip():
        raise EmptyTextError(source.name)
    try:
        found = _found(source)
    except TooDeepError as exc:
        raise UnreadableFileError(source.name, "its markup is nested too deeply") from exc
    n_chars = sum(map(len, found.page.lines))
    if n_chars > MAX_CHARS:
        raise TooManyPartsError(source.name, "characters", MAX_CHARS, n_chars)
    return _extraction(source, found)


def _found(source: SourceFile) -> Found:
    """Return what the reader of a file's kind finds in it. Readers are imported when needed."""
    kind = kind_of(source.content)
    if kind is Kind.OLE:
        from ingest.readers.office import modern_form

        source = modern_form(source)
        kind = kind_of(source.content)
    if kind is Kind.TEXT:
        from ingest.readers.text import read_text

        return read_text(source)
    if kind is Kind.PDF:
        from ingest.readers.pdf import read_pdf

        return read_pdf(source)
    if kind is Kind.DOCX:
        from ingest.readers.word import read_docx

        return read_docx(source)
    if kind is Kind.ODT:
        from ingest.readers.opendocument import read_odt

        return read_odt(source)
    if kind is Kind.XLSX:
        from ingest.readers.sheets import read_xlsx

        return read_xlsx(source)
    if kind is Kind.RTF:
        from ingest.readers.office import read_rtf

        return read_rtf(source)
    if kind is Kind.MAIL:
        from ingest.readers.mail import read_mail

        return read_mail(source)
    if kind is Kind.IMAGE:
        from ingest.readers.ocr import read_image

        return read_image(source)
    raise UnsupportedFormatError(source.name, kind.value)


def _extraction(source: SourceFile, found: Found) -> Extraction:
    page = found.page
    title, body = _title_and_body(found.format, page)
    if not title:
        raise EmptyTextError(source.name)
    kept = frozenset(body)
    text = "\n".join([title, "", *body]) if body else title
    given = found.front | {key: page.meta[key] for key in _KEYS if page.meta.get(key)}
    return Extraction(
        title=title,
        text=text,
        format=found.format,
        headings=tuple(h for h in page.headings if h in kept),
        source_url=given.get("source_url"),
        published=given.get("published"),
        compiled_from=given.get("compiled_from"),
        warnings=(*found.warnings, *_hidden(page, text)),
        pages=_page_starts(title, body, found),
    )


def _hidden(page: Page, text: str) -> tuple[str, ...]:
    """Return a warning when words that a browser would not show are in the text."""
    read = "".join(text.split())
    pieces = ["".join("".join(visible_lines(piece)).split()) for piece in page.hidden]
    hidden = sum(letters(piece) for piece in pieces if piece and piece in read)
    return (f"hidden_text|{hidden}",) if hidden else ()


def _page_starts(title: str, body: Sequence[str], found: Found) -> tuple[int, ...]:
    """Return where each page begins in the text: `starts[n - 1]` is the start of page n.

    A page that begins with a line that was left out begins where the next line does. The body
    is made of the lines in their order, so each is looked for after the one before.
    """
    if not found.page_marks:
        return ()
    lines = found.page.lines
    places: list[int | None] = [None] * len(lines)
    place, offset = 0, len(title) + 2
    for line in body:
        place = next((n for n in range(place, len(lines)) if lines[n] == line), place)
        places[place] = offset
        place, offset = place + 1, offset + len(line) + 1
    starts = [0]
    for line_number, character in found.page_marks[1:]:
        kept = places[line_number] if line_number < len(places) else None
        later = (p for p in places[line_number:] if p is not None)
        start = kept + character if kept is not None else next(later, offset)
        starts.append(max(start, starts[-1]))
    return tuple(starts)


def _title_and_body(kind: str, page: Page) -> tuple[str, tuple[str, ...]]:
    """Return the title, "" when there is no text at all, and the body lines.

    A page whose first line is already a sentence has no title of its own: it gets a headline, and
    keeps the sentence.
    """
    title, body = split_page(page) if kind in _WITH_CHROME else split_plain(page)
    if not title and body:
        title = (_named(page) if is_prose(body[0]) else "") or _headline(body[0])
        body = body[1:] if body[0] == title else body
    return title, body


def _named(page: Page) -> str:
    """Return what a page calls its title where it does not show it, without the portal's name."""
    return _SITE.sub("", page.titles[0]).strip() if page.titles else ""


def _headline(line: str) -> str:
    """Return the beginning of a line as a title: its first sentence, at most 120 characters."""
    span = sentence_spans(line)[0]
    sentence = line[span.start : span.end].rstrip(" .;:!?…")
    if len(sentence) > _HEADLINE_CHARS:
        cut = sentence.rfind(" ", 0, _HEADLINE_CHARS)
        sentence = sentence[: cut if cut > 0 else _HEADLINE_CHARS].rstrip(" .,;:!?…")
    return sentence or line
