"""What is wrong with a page that holds hostile texts, found without a browser."""

import csv
import io
from collections.abc import Iterator, Sequence

from tests.ui.html_reading import Element, elements

_TAGS = frozenset(
    "html head meta title link script body header nav main section article aside footer div span p "
    "h1 h2 h3 h4 a b i em strong small mark q cite blockquote pre code br hr time abbr ul ol li dl "
    "dt dd table caption thead tbody tr th td form label input textarea select option optgroup "
    "button fieldset legend details summary datalist output progress meter svg g path line circle "
    "rect text tspan title desc defs marker polygon figure figcaption noscript colgroup col".split()
)
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "srcset", "xlink:href"})
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def troubles(html: str, payloads: Sequence[str]) -> list[str]:
    """Return what could run, load or order something, and payloads that stand there as HTML."""
    found = [f"stands there as it is: {p}" for p in payloads if "<" in p and p in html]
    for element in elements(html):
        found += _troubles_of(element)
    return found


def _troubles_of(element: Element) -> Iterator[str]:
    if element.tag not in _TAGS:
        yield f"<{element.tag}>"
    if element.tag == "script" and not element.attributes.get("src", "").startswith("/page/"):
        yield f"a script {element.text[:80]}"
    for name, value in element.attributes.items():
        if name.startswith("on") or name in {"style", "srcdoc", "http-equiv", "nonce"}:
            yield f"<{element.tag} {name}={value}>"
        if name in _ADDRESSES and not _is_safe(element, value):
            yield f"<{element.tag} {name}={value}>"


def _is_safe(element: Element, value: str) -> bool:
    """Whether an address leads to our own pages, or is an outside link that says it is one."""
    if value.startswith(("/", "?", "#")):
        return not value.startswith(("//", "/\\"))
    is_link = element.tag == "a" and value.startswith(("https://", "http://"))
    return is_link and "external" in element.attributes.get("rel", "")


def shown(html: str) -> str:
    """Return all that a person can read on a page: texts and what stands in fields."""
    every = elements(html)
    return "\n".join([every[0].text, *(e.attributes.get("value", "") for e in every)])


def formulas(content: bytes) -> list[str]:
    """Return the cells of a CSV file that a spreadsheet program would calculate."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return [cell for row in rows for cell in row if cell.startswith(_FORMULA_SIGNS)]
