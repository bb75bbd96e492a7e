"""Source file -> extraction. The kind is found by looking at the content, never at the name."""

import re

from hochoi.errors import (
    EmptyTextError,
    LimitExceededError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from hochoi.language.sentences import sentence_spans
from hochoi.types import Extraction, SourceFile
from ingest.boilerplate import is_prose, split_page, split_plain
from ingest.markup import Page, TooDeepError, read_html, read_markdown, visible_lines

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "Word 97-2003 file"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"\x1f\x8b", "gzip archive"),
    (b"SQLite format 3", "database"),
)
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
_SITE = re.compile(r"\s+[-–|»]\s+(?:cổng|trang|báo|website)\b.*", re.IGNORECASE)
_HEADLINE_CHARS = 120
_KEYS = ("source_url", "published", "compiled_from")


def read(source: SourceFile, max_bytes: int) -> Extraction:
    """Return title and text of a source file.

    The text is NFC, one paragraph per line, the title first and a blank line after it.

    Raises:
        LimitExceededError: If it is larger than `max_bytes`.
        UnsupportedFormatError: If it is no text, HTML or Markdown.
        UnreadableFileError: If its bytes are in no encoding that is known.
        EmptyTextError: If nothing is left to read.
    """
    size = len(source.content)
    if size > max_bytes:
        raise LimitExceededError(source.name, f"{max_bytes // 2**20} MB", f"{size / 2**20:.1f} MB")
    if not source.content.strip():
        raise EmptyTextError(source.name)
    text = _decode(source).replace("\r\n", "\n").replace("\r", "\n")
    front, text = _split_front_matter(text)
    kind, page = _page(source, text)
    given = front | {key: page.meta[key] for key in _KEYS if page.meta.get(key)}
    title, body = _title_and_body(kind, page)
    if not title:
        raise EmptyTextError(source.name)
    lines = frozenset(body)
    return Extraction(
        title=title,
        text="\n".join([title, "", *body]) if body else title,
        format=kind,
        headings=tuple(h for h in page.headings if h in lines),
        source_url=given.get("source_url"),
        published=given.get("published"),
        compiled_from=given.get("compiled_from"),
    )


def _page(source: SourceFile, text: str) -> tuple[str, Page]:
    try:
        if _is_html(text):
            return "html", read_html(text)
        if _MARKDOWN.search(text):
            return "md", read_markdown(text)
    except TooDeepError as exc:
        raise UnreadableFileError(source.name, "its markup is nested too deeply") from exc
    lines = visible_lines(text)
    return "txt", Page(lines, lines, (), (), {})


def _is_html(text: str) -> bool:
    """Whether a text is a page, or a piece of one: it begins and ends with a tag."""
    start = _COMMENTS.match(text)
    top = text[start.end() if start else 0 :][:4096]
    return _HTML.search(top) is not None or _FRAGMENT.match(text) is not None


def _decode(source: SourceFile) -> str:
    content = source.content
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise UnsupportedFormatError(source.name, kind)
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "utf-8")
    if encoding == "utf-8" and b"\x00" in content:
        raise UnsupportedFormatError(source.name, "binary data")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as exc:
        reason = f"the bytes at position {exc.start} are not {encoding}"
        raise UnreadableFileError(source.name, reason) from exc
    if "\x00" in text:
        raise UnsupportedFormatError(source.name, "binary data")
    return text


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


def _title_and_body(kind: str, page: Page) -> tuple[str, tuple[str, ...]]:
    """Return the title, "" when there is no text at all, and the body lines.

    A page whose first line is already a sentence has no title of its own: it gets a headline, and
    keeps the sentence.
    """
    title, body = split_plain(page) if kind == "md" else split_page(page)
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
