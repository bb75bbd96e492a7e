"""A table of the administrators' pages. Does not know what is listed."""

from collections.abc import Iterable

from markupsafe import Markup

from ui.elements import words
from ui.wording import Language


def listing(head_keys: Iterable[str], rows: Markup, language: Language, kind: str = "") -> Markup:
    """Return rows under their headings; a narrow screen scrolls them, by keyboard as well.

    Args:
        head_keys: Labels of the headings; "list_deeds", of a column of links, is only read aloud.
        rows: `<tr>` elements.
        language: Of the labels.
        kind: A class of the table besides "list".
    """
    heads = Markup("").join(
        Markup('<th scope="col"><span class="{}">{}</span></th>').format(
            "unseen" if key == "list_deeds" else "", words(key, language)
        )
        for key in head_keys
    )
    return Markup(
        '<div class="scrolling" tabindex="0"><table class="list {}"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(kind, heads, rows)
