"""Text of a page that a browser would not show: by attribute, style, or class of its own sheet.

Judges by what the page itself says; sheets that it only names, and scripts, are not read.
"""

import re
from typing import TYPE_CHECKING

from ingest.dom import inside

if TYPE_CHECKING:
    from resiliparse.parse.html import DOMNode, ElementNode

_STYLE = re.compile(
    r"""(?:^|[;{\s"'])(?:
      display\s*:\s*none | visibility\s*:\s*(?:hidden|collapse)
      | opacity\s*:\s*0(?:\.0+)?\s*(?:[;}"']|$|!)
      | font-size\s*:\s*[01](?:px|pt|em)?\s*(?:[;}"']|$|!)
      | (?:left|top|right|text-indent|margin-left)\s*:\s*-\d{4,}
      | color\s*:\s*(?:\#fff(?:fff)?\b|white\b|transparent\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BACKGROUND = re.compile(r"background", re.IGNORECASE)
_MARK = re.compile(
    r"\shidden[\s=>/]|none|hidden|collapse|opacity|font-size|-\d{4}|#fff|white|transparent|rgb\(",
    re.IGNORECASE,
)  # nothing can be hidden without one of these
_SHEET = re.compile(r"<style\b[^>]*>(.*?)</style", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")


def hidden_texts(html: str, root: "DOMNode") -> tuple[str, ...]:
    """Return the texts below a node that a browser would not show, one line each.

    Args:
        html: The page as it was written.
        root: Its parsed form.
    """
    if not _MARK.search(html):
        return ()
    classes = {
        name
        for sheet in _SHEET.findall(html)
        for name, style in _RULE.findall(sheet)
        if _hides(style)
    }
    texts: list[str] = []
    for node in inside(root):
        if _is_hidden(node, classes):
            text = " ".join((node.text or "").split())
            if text and not (texts and text in texts[-1]):  # else inside the one before
                texts.append(text)
    return tuple(texts)


def _hides(style: str) -> bool:
    found = _STYLE.search(style)
    is_colour = found is not None and "color" in found[0].lower()
    return found is not None and not (is_colour and _BACKGROUND.search(style))


def _is_hidden(node: "ElementNode", classes: set[str]) -> bool:
    if node.hasattr("hidden") or _hides(node.getattr("style") or ""):
        return True
    return bool(classes) and not classes.isdisjoint((node.getattr("class") or "").split())
