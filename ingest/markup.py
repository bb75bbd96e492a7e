"""HTML and Markdown to lines of visible text. Knows nothing about portals."""

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, cast

from hochoi.text import clean
from ingest.dom import inside
from ingest.hidden_markup import hidden_texts
from ingest.tables import is_data, table_lines

if TYPE_CHECKING:
    from resiliparse.parse.html import DOMNode, HTMLTree

MAX_DEPTH = 1000  # of nested elements; the parser's time grows with the square of it

_MAX_NESTING = 100  # of Markdown; what lies deeper would be lost without a word
_MAX_BRACKETS = 2000  # the time for links grows with the square of them

_BULLET = re.compile(r"^[•◦▪‣·●○]\s*")
_SPACES = re.compile(r"[ \t]+")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_TABLE = re.compile("<table", re.IGNORECASE)
_FIRST_LEVEL = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_NEVER_OPEN = frozenset(  # elements that are empty, or that the next one of their kind closes
    "area base br col embed hr img input link meta source track wbr"
    " p li dt dd td th tr thead tbody tfoot option optgroup colgroup body html head".split()
)


class TooDeepError(ValueError):
    """Markup is nested too deeply to be read whole in reasonable time."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows and says about itself."""

    lines: tuple[str, ...]  # all that is visible, in order, stripped, none empty
    article: tuple[str, ...]  # the part an extractor takes for the main content
    titles: tuple[str, ...]  # what it calls its title, best first
    headings: tuple[str, ...]
    meta: dict[str, str]  # <meta name=...> and <meta property=...>, keys in lower case
    hidden: tuple[str, ...] = ()  # texts among the lines that a browser would not show


def visible_lines(text: str) -> tuple[str, ...]:
    """Return the non-empty lines in NFC, spaces collapsed, list bullets as `- `."""
    lines = (_SPACES.sub(" ", line).strip() for line in clean(text).split("\n"))
    return tuple(_BULLET.sub("- ", line) for line in lines if line)


def _is_too_deep(html: str) -> bool:
    """Whether elements are nested deeper than `MAX_DEPTH`, judged by their tags alone."""
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _NEVER_OPEN:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > MAX_DEPTH:
                return True
    return False


def read_html(html: str) -> Page:
    """Return what an HTML document shows.

    Raises:
        TooDeepError: If its elements are nested deeper than `MAX_DEPTH`.
    """
    if _is_too_deep(html):
        raise TooDeepError
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    document = tree.document
    if document is None:
        return Page((), (), (), (), {})
    hidden = hidden_texts(html, document)
    if _TABLE.search(html):
        _tell_tables(tree, document)
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
    shown = tuple(t for t in titles if t)
    return Page(everything, article, shown, tuple(headings), meta, hidden)


def _tell_tables(tree: "HTMLTree", root: "DOMNode") -> None:
    """Put lines in the place of tables of data, so that each row says what its values are."""
    for table in _innermost_tables(root):
        cells = [
            [_line(cell.text) for cell in inside(row) if cell.tag in ("td", "th")]
            for row in inside(table)
            if row.tag == "tr"
        ]
        if table.parent is not None and is_data(cells):
            block = cast("DOMNode", tree.create_element("div"))
            block.html = "".join(f"<p>{escape(line)}</p>" for line in table_lines(cells))
            table.parent.replace_child(block, table)


def _innermost_tables(root: "DOMNode") -> "list[DOMNode]":
    """Return the tables of a page that hold no table; others only place text."""
    tables = [node for node in inside(root) if node.tag == "table"]
    return [table for table in tables if all(node.tag != "table" for node in inside(table))]


def read_markdown(text: str) -> Page:
    """Return what a Markdown document shows.

    Its title is its first heading of the first level, or a heading on its first line.

    Raises:
        TooDeepError: If lists or quotes are nested so deeply that words would be lost.
    """
    from markdown_it import MarkdownIt

    options = {"html": False, "maxNesting": _MAX_NESTING}
    parser = MarkdownIt("commonmark", options).enable("table")
    if text.count("[") > _MAX_BRACKETS:
        parser.disable(["link", "image"])
    tokens = parser.parse(text)
    if any(token.level >= _MAX_NESTING - 2 for token in tokens):
        raise TooDeepError
    html = parser.renderer.render(tokens, parser.options, {})
    page = read_html(f"<html><body>{html}</body></html>")
    first = _FIRST_LEVEL.search(html)
    titles: tuple[str, ...]
    if first is not None:
        titles = (" ".join(read_html(first[1]).lines),)
    else:
        titles = page.headings[:1] if page.headings[:1] == page.lines[:1] else ()
    return Page(page.lines, page.lines, titles, page.headings, {})


def _line(text: str | None) -> str:
    return " ".join(visible_lines(" ".join((text or "").split())))
