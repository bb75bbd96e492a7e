"""Source file -> extraction. The kind is found by looking at the content, never at the name."""

import re

from hochoi.errors import (
    EmptyTextError,
    LimitExceededError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from hochoi.types import Extraction, SourceFile
from ingest.boilerplate import split_page
from ingest.markup import Page, read_html, read_markdown, visible_lines

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
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HTML = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+\S", re.MULTILINE)
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
    if _HTML.search(text[:4096]):
        page = read_html(text)
        front = {key: page.meta[key] for key in _KEYS if key in page.meta}
        return _extraction(source, "html", page, front, is_portal=True)
    if _HEADING.search(text):
        return _extraction(source, "md", read_markdown(text), front, is_portal=False)
    lines = visible_lines(text)
    page = Page(lines, lines, (), (), {})
    return _extraction(source, "txt", page, front, is_portal=True)


def _decode(source: SourceFile) -> str:
    content = source.content
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise UnsupportedFormatError(source.name, kind)
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "utf-8")
    if encoding == "utf-8" and b"\x00" in content:
        raise UnsupportedFormatError(source.name, "binary data")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as exc:
        reason = f"the bytes at position {exc.start} are not {encoding}"
        raise UnreadableFileError(source.name, reason) from exc


def _split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the known keys of a YAML block at the top, and the text below it."""
    import yaml

    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        block = yaml.load(match[1], Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return {}, text
    if not isinstance(block, dict):
        return {}, text
    return {k: str(block[k]) for k in _KEYS if block.get(k)}, text[match.end() :]


def _extraction(
    source: SourceFile, kind: str, page: Page, front: dict[str, str], *, is_portal: bool
) -> Extraction:
    if is_portal:
        title, body = split_page(page)
    else:
        title = page.titles[0] if page.titles else ""
        body = page.lines[1:] if page.lines[:1] == (title,) else page.lines
    if not title and body:
        title, body = body[0], body[1:]
    if not title:
        raise EmptyTextError(source.name)
    text = "\n".join([title, "", *body]) if body else title
    return Extraction(
        title=title,
        text=text,
        format=kind,
        source_url=front.get("source_url"),
        published=front.get("published"),
        compiled_from=front.get("compiled_from"),
        headings=tuple(h for h in page.headings if h != title),
    )
