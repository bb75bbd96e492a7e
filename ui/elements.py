"""Small pieces of HTML that both pages use. Whatever comes from outside is escaped here.

`Markup.format` escapes every argument that is not `Markup` itself, so text from reports and
questions cannot become HTML, however it is put together. Knows no page.
"""

import json
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup

from hochoi.types import Party, Span, Stated, Visit
from ui.wording import Language, label

_SPAN = Markup('<span data-t="{key}"{values}>{text}</span>')


def words(key: str, language: Language, **values: str) -> Markup:
    """Return a label as an element that the language switch can put into the other language."""
    return _SPAN.format(key=key, values=_values(values), text=label(key, language, **values))


def attribute(name: str, key: str, language: Language, **values: str) -> Markup:
    """Return a label as an HTML attribute, e.g. `aria-label="..."`, switchable like `words`."""
    return Markup('{}="{}" data-t-{}="{}"{}').format(
        name, label(key, language, **values), name, key, _values(values)
    )


def _values(values: dict[str, str]) -> Markup:
    if not values:
        return Markup("")
    return Markup(' data-t-values="{}"').format(json.dumps(values, ensure_ascii=False))


def reader_url(report_id: str, spans: Iterable[Span] = ()) -> str:
    """Return the address of a report; with spans, the one where their words are marked."""
    path = f"/reports/{quote(report_id, safe='')}"
    pairs = [(name, n) for s in spans for name, n in (("start", s.start), ("end", s.end))]
    return f"{path}?{urlencode(pairs)}#mark" if pairs else path


def sure(summary_key: str, hint_key: str, deed: Markup, language: Language) -> Markup:
    """Return a deed that cannot be undone, behind a question that opens; needs no script."""
    return Markup('<details class="sure"><summary>{}</summary><p>{}</p>{}</details>').format(
        words(summary_key, language), words(hint_key, language), deed
    )


def external_url(address: str | None) -> str | None:
    """Return `address` when it is one that a link may lead to: http or https with a host."""
    if address is None or any(c.isspace() or not c.isprintable() for c in address):
        return None
    try:
        parts = urlsplit(address)
        return address if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def external_link(address: str, language: Language) -> Markup:
    """Return the link to the page a report was published on; it opens a new page."""
    return Markup(
        '<a href="{url}" target="_blank" rel="noopener noreferrer external">{text}'
        '<span class="arrow" aria-hidden="true"> ↗</span>'
        '<span class="unseen"> ({new_page})</span></a>'
    ).format(
        url=address, text=words("original_page", language), new_page=words("new_page", language)
    )


def day(value: date) -> str:
    """Return a date as it is written in Vietnam: dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}"


def when(visit: Visit) -> str | None:
    """Return the date of a visit, as dd/mm/yyyy where it is known, else in the report's words."""
    first, last = visit.date_first, visit.date_last
    if first is None:
        return visit.date_text.value if visit.date_text else None
    if last is None or last == first:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def parties(stated: Iterable[Stated[Party]], language: Language) -> Markup:
    """Return hosts or visitors as written, with the province's current name if that changed."""
    return Markup("; ").join(_party(s.value, language) for s in stated)


def _party(party: Party, language: Language) -> Markup:
    if party.current is None or party.current == party.province:
        return Markup("{}").format(party.text)
    return Markup('{} <span class="now">({})</span>').format(
        party.text, words("now_called", language, name=party.current)
    )


def facts(rows: Iterable[tuple[str, Markup | str | None]], language: Language) -> Markup:
    """Return a definition list of labels and values; rows whose value is empty are left out."""
    pairs = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(words(key, language), value)
        for key, value in rows
        if value
    )
    return Markup('<dl class="facts">{}</dl>').format(pairs) if pairs else Markup("")
