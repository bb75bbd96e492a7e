"""HTML and Markdown to lines of visible text. Knows nothing about portals."""

import re
from dataclasses import dataclass

from hochoi.text import nfc

_BULLET = re.compile(r"^[•◦▪‣·●○]\s*")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows and says about itself."""

    lines: tuple[str, ...]  # all that is visible, in order, stripped, none empty
    article: tuple[str, ...]  # the part an extractor takes for the main content
    titles: tuple[str, ...]  # what it calls its title, best first
    headings: tuple[str, ...]
    meta: dict[str, str]  # <meta name=...> and <meta property=...>, keys in lower case


def visible_lines(text: str) -> tuple[str, ...]:
    """Return the non-empty lines in NFC, spaces collapsed, list bullets as `- `."""
    cleaned = _INVISIBLE.sub("", nfc(text).replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in cleaned.split("\n"))
    return tuple(_BULLET.sub("- ", line) for line in lines if line)


def read_html(html: str) -> Page:
    """Return what an HTML document shows."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    document = tree.document
    if document is None:
        return Page((), (), (), (), {})
    meta: dict[str, str] = {}
    for node in document.query_selector_all("meta[content]"):
        key = node.getattr("name") or node.getattr("property")
        if key:
            meta[str(key).lower()] = str(node.getattr("content")).strip()
    headings = [_line(n.text) for n in document.query_selector_all("h1, h2, h3, h4, h5, h6")]
    named = document.query_selector_all("h1, [class*=title], [class*=headline], h2")
    titles = [meta.get("og:title", ""), *(_line(n.text) for n in named)]
    if tree.title:
        titles.append(_line(tree.title))
    everything = visible_lines(extract_plain_text(tree, alt_texts=False))
    article = visible_lines(extract_plain_text(tree, main_content=True, alt_texts=False))
    return Page(everything, article, tuple(t for t in titles if t), tuple(headings), meta)


def read_markdown(text: str) -> Page:
    """Return what a Markdown document shows; its first heading is its title."""
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    page = read_html(f"<html><body>{html}</body></html>")
    return Page(page.lines, page.lines, page.headings[:1], page.headings, {})


def _line(text: str | None) -> str:
    return " ".join(visible_lines(" ".join((text or "").split())))
