"""Text in any encoding: plain, Markdown, HTML."""

import re
from html.parser import HTMLParser

from hochoi.errors import UnreadableFileError, UnsupportedFormatError
from hochoi.types import SourceFile
from ingest.legacy_encodings import decode, repaired, share_of_syllables
from ingest.markup import Page, read_html, read_markdown, visible_lines
from ingest.readers.found import Found, letters, loss_warning
from ingest.readers.sheets import read_csv
from ingest.readers.wrapped import unwrapped

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,8000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HTML = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
_COMMENTS = re.compile(r"\A(?:\s++|<\?xml.*?\?>|<!--.*?-->)++", re.DOTALL)  # before the first tag
_FRAGMENT = re.compile(
    r"\A\s*<(div|section|article|main|table|p|h[1-6]|center|font|span)[\s>].*>\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S|\A\s*\S.*\n={3,}[ \t]*$|^ {0,3}\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+",
    re.MULTILINE,
)
_KEYS = ("source_url", "published", "compiled_from")
_HIGH_BYTES = (0x00, 0x01, 0x03, 0x1E, 0x20)  # of Vietnamese letters and typographic signs
_NOT_SHOWN = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->")
_TORN_TAG = re.compile(r"<[A-Za-z/][^<>]*<")  # what follows the first sign is taken for a tag
_MAX_DAMAGE = 0.01  # share of bytes that are no UTF-8 in a text that is, but for damage
_ODD_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_text(source: SourceFile) -> Found:
    """Return what a text file shows.

    Raises:
        UnsupportedFormatError: If it is binary.
        UnreadableFileError: If its bytes are in no encoding that is known.
        TooDeepError: If its markup is nested too deeply.
    """
    text, warnings = _decoded(source)
    text, hidden = repaired(text)
    if hidden is not None:
        warnings = (*warnings, f"encoding|{hidden}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front, text = _split_front_matter(text)
    kind, page = _page(text)
    if kind == "html":
        counted = _letters_of_html(text)
        torn = len(_TORN_TAG.findall(_NOT_SHOWN.sub("", text)))
        warnings += (f"damaged_parts|{torn}",) if torn else ()
        warnings += loss_warning(sum(map(letters, page.lines)), counted)
    return Found(kind, page, front, (), warnings)


def _page(text: str) -> tuple[str, Page]:
    if _is_html(text):
        return "html", read_html(text)
    if _MARKDOWN.search(text):
        return "md", read_markdown(text)
    rows = read_csv(text)
    if rows is not None:
        shown = visible_lines("\n".join(rows))
        return "csv", Page(shown, shown, (), (), {})
    lines = visible_lines(unwrapped(text))
    return "txt", Page(lines, lines, (), (), {})


def _is_html(text: str) -> bool:
    """Whether a text is a page, or a piece of one: it begins and ends with a tag."""
    start = _COMMENTS.match(text)
    top = text[start.end() if start else 0 :][:4096]
    return _HTML.search(top) is not None or _FRAGMENT.match(text) is not None


def _decoded(source: SourceFile) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes, and warnings about how it was got."""
    content = source.content
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    if encoding is None:
        encoding = _utf16_without_mark(content) or "utf-8"
    if encoding == "utf-8" and b"\x00" in content:
        raise UnsupportedFormatError(source.name, "binary data")
    warnings: tuple[str, ...] = ()
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as exc:
        text, warnings = _recovered(source, encoding, exc)
    if "\x00" in text:
        raise UnsupportedFormatError(source.name, "binary data")
    return text, warnings


def _utf16_without_mark(content: bytes) -> str | None:
    """Return the byte order of UTF-16 text without a mark: every other byte is one of a few."""
    sample = content[: 2**16]
    if len(sample) < 4 or b"\x00" not in sample or len(content) % 2:
        return None
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if sum(map(high.count, _HIGH_BYTES)) > 0.98 * len(high):
            return name
    return None


def _recovered(
    source: SourceFile, encoding: str, exc: UnicodeDecodeError
) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes that are not what they seem: an old encoding, or damage.

    Raises:
        UnreadableFileError: If they make no Vietnamese text.
    """
    damaged = source.content.decode(encoding, "replace")
    n_bad = damaged.count("\ufffd")
    if n_bad <= max(2, len(damaged) * _MAX_DAMAGE) and share_of_syllables(damaged)[0] > 0.8:
        return damaged, (f"damaged_letters|{n_bad}",)
    found = decode(source.content) if encoding == "utf-8" else None
    if found is None or len(_ODD_CONTROLS.findall(found[1])) > len(found[1]) * _MAX_DAMAGE:
        reason = f"the bytes at position {exc.start} are not {encoding}"
        raise UnreadableFileError(source.name, reason) from exc
    return found[1], (f"encoding|{found[0]}",)


def _split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the known keys of a YAML block at the top, and the text below it."""
    import yaml

    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        block = yaml.load(match[1], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return {}, text
    if not isinstance(block, dict):
        return {}, text
    front = {k: block[k] for k in _KEYS if isinstance(block.get(k), str) and block[k]}
    return front, text[match.end() :]


class _Counter(HTMLParser):
    """Counts the letters that a page shows, with a parser that is not the one that reads it."""

    _HIDDEN = frozenset(
        "script style noscript template head title select textarea button option iframe object"
        " svg math canvas audio video figcaption".split()  # captions of pictures are left out
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.counted = 0
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element whose text is not shown."""
        if tag in self._HIDDEN:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        if tag in self._inside:
            while self._inside.pop() != tag:
                continue

    def handle_data(self, data: str) -> None:
        """Count letters and digits."""
        if not self._inside:
            self.counted += letters(data)


def _letters_of_html(html: str) -> int:
    counter = _Counter()
    counter.feed(html)
    counter.close()
    return counter.counted
