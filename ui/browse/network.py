"""Who learned from whom, as a drawing: visitors left, hosts right, a line per pair."""

from collections.abc import Sequence

from markupsafe import Markup

from hochoi.browsing import Link
from ui.browse.address import Wanted
from ui.elements import attribute, words
from ui.wording import Language, label, number_words

LINKS_DRAWN = 40  # more would be a tangle; the rest is counted and listed by filtering
_ROW = 34  # px from name to name
_WIDTH, _LEFT, _RIGHT = 900, 330, 570  # px; the lines run between the two columns of names
_TOP = 40
_LONGEST = 40  # characters of a name; longer ones are cut, the whole one is in the label
_THICKEST = 14  # px


def network(links: Sequence[Link], wanted: Wanted, language: Language) -> Markup:
    """Return the drawing and, for those who cannot use it, the same pairs as a list."""
    shown = links[:LINKS_DRAWN]
    more = len(links) - len(shown)
    return Markup(
        '<figure class="network"><figcaption>{}</figcaption>'
        '<div class="scrolling" tabindex="0" {}>{}</div></figure>{}'
        "<details><summary>{}</summary><ul>{}</ul></details>"
    ).format(
        words("network_caption", language),
        attribute("aria-label", "view_network", language),
        _drawing(shown, wanted, language),
        _more(more, language),
        words("network_list", language),
        Markup("").join(_item(link, wanted, language) for link in shown),
    )


def _more(count: int, language: Language) -> Markup:
    if count <= 0:
        return Markup("")
    text = words("network_more", language, count=number_words(count))
    return Markup('<p class="hint">{}</p>').format(text)


def _item(link: Link, wanted: Wanted, language: Language) -> Markup:
    return Markup('<li><a href="{}">{}</a></li>').format(
        wanted.behind(visitor=link.visitor, host=link.host),
        words("network_link", language, **_values(link)),
    )


def _values(link: Link) -> dict[str, str]:
    return {
        "visitor": link.visitor,
        "host": link.host,
        "count": number_words(len(link.reports)),
    }


def _places(names: Sequence[str], height: int) -> dict[str, int]:
    """Return the height of the middle of each name, spread evenly over the drawing."""
    step = (height - _TOP) / max(1, len(names))
    return {name: round(_TOP + step * (n + 0.5)) for n, name in enumerate(names)}


def _by_weight(links: Sequence[Link], side: str) -> list[str]:
    weights: dict[str, int] = {}
    for link in links:
        name = link.visitor if side == "visitor" else link.host
        weights[name] = weights.get(name, 0) + len(link.reports)
    return sorted(weights, key=lambda name: -weights[name])


def _drawing(links: Sequence[Link], wanted: Wanted, language: Language) -> Markup:
    hosts = _by_weight(links, "host")
    # Visitors stand near the host they went to, so that few lines cross.
    visitors = sorted(
        _by_weight(links, "visitor"),
        key=lambda v: min(hosts.index(link.host) for link in links if link.visitor == v),
    )
    height = _TOP + _ROW * max(1, len(visitors), len(hosts)) + 8
    left, right = _places(visitors, height), _places(hosts, height)
    most = max((len(link.reports) for link in links), default=1)
    lines = (_line(link, left[link.visitor], right[link.host], most, wanted, language)
             for link in reversed(links))  # fmt: skip
    names = [_name(n, y, "visitor", wanted) for n, y in left.items()]
    names += [_name(n, y, "host", wanted) for n, y in right.items()]
    return Markup(
        '<svg role="group" viewBox="0 0 {w} {h}" width="{w}" height="{h}" {label}>'
        '<text class="heading end" x="{left}" y="20">{learners}</text>'
        '<text class="heading" x="{right}" y="20">{teachers}</text>{lines}{names}</svg>'
    ).format(
        w=_WIDTH,
        h=height,
        label=attribute("aria-label", "view_network", language),
        left=_LEFT - 12,
        right=_RIGHT + 12,
        learners=_svg_words("learners", language),
        teachers=_svg_words("teachers", language),
        lines=Markup("").join(lines),
        names=Markup("").join(names),
    )


def _svg_words(key: str, language: Language) -> Markup:
    return Markup('<tspan data-t="{}">{}</tspan>').format(key, label(key, language))


def _line(
    link: Link, start: int, end: int, most: int, wanted: Wanted, language: Language
) -> Markup:
    width = max(2, round(_THICKEST * len(link.reports) / most)) if most > 1 else 3
    middle = (_LEFT + _RIGHT) // 2
    return Markup(
        '<a class="line" href="{url}" {label}><path d="M{x0} {y0}C{m} {y0} {m} {y1} {x1} {y1}" '
        'stroke-width="{width}"><title>{title}</title></path></a>'
    ).format(
        url=wanted.behind(visitor=link.visitor, host=link.host),
        label=attribute("aria-label", "network_link", language, **_values(link)),
        x0=_LEFT, x1=_RIGHT, y0=start, y1=end, m=middle, width=width,
        title=label("network_link", language, **_values(link)),
    )  # fmt: skip


def _name(name: str, height: int, side: str, wanted: Wanted) -> Markup:
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
    is_left = side == "visitor"
    return Markup(
        '<a class="node" href="{url}" aria-label="{name}"><circle cx="{dot}" cy="{y}" r="4">'
        '</circle><text class="{css}" x="{x}" y="{base}">{short}<title>{name}</title></text></a>'
    ).format(
        url=wanted.behind(visitor=name) if is_left else wanted.behind(host=name),
        name=name,
        dot=_LEFT if is_left else _RIGHT,
        y=height,
        css="end" if is_left else "",
        x=_LEFT - 12 if is_left else _RIGHT + 12,
        base=height + 5,
        short=short,
    )
