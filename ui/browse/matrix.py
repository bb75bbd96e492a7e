"""Coverage: provinces down, topics across, a number per cell; a gap is shown as a gap."""

from collections.abc import Mapping

from markupsafe import Markup

from hochoi.browsing import Coverage
from ui.browse.address import Wanted
from ui.elements import attribute, words
from ui.wording import Language, number_words

_SHADES = 4


def coverage_matrix(
    found: Coverage, wanted: Wanted, topic_names: Mapping[str, str], language: Language
) -> Markup:
    """Return the matrix and the provinces that no report is about."""
    most = max(found.counts.values(), default=1)
    heads = Markup("").join(
        Markup('<th scope="col"><a href="{}" lang="vi"><span>{}</span></a></th>').format(
            wanted.behind(topic=topic), topic_names.get(topic, topic)
        )
        for topic in found.topics
    )
    rows = Markup("").join(
        _row(province, found, most, wanted, topic_names, language) for province in found.provinces
    )
    return Markup(
        '<p class="hint">{caption}</p><div class="scrolling" tabindex="0" {label}>'
        '<table class="matrix"><thead><tr><th scope="col">{province}</th>'
        '<th scope="col" class="total"><span>{total}</span></th>{heads}</tr></thead>'
        "<tbody>{rows}</tbody></table></div>{missing}"
    ).format(
        caption=words("coverage_caption", language),
        label=attribute("aria-label", "view_coverage", language),
        province=words("filter_province", language),
        total=words("coverage_total", language),
        heads=heads,
        rows=rows,
        missing=_missing(found, language),
    )


def _row(
    province: str,
    found: Coverage,
    most: int,
    wanted: Wanted,
    topic_names: Mapping[str, str],
    language: Language,
) -> Markup:
    cells = Markup("").join(
        _cell(province, topic, found.counts.get((province, topic), 0), most, wanted, topic_names)
        for topic in found.topics
    )
    url = wanted.behind(province=province)
    return Markup(
        '<tr><th scope="row"><a href="{}">{}</a></th><td class="total"><a href="{}">{}</a></td>'
        "{}</tr>"
    ).format(url, province, url, number_words(found.totals[province]), cells)


def _cell(
    province: str,
    topic: str,
    count: int,
    most: int,
    wanted: Wanted,
    topic_names: Mapping[str, str],
) -> Markup:
    title = f"{province}, {topic_names.get(topic, topic)}"
    if count == 0:
        return Markup('<td class="gap" title="{}: 0">–</td>').format(title)
    shade = min(_SHADES, 1 + (count - 1) * _SHADES // most)
    return Markup(
        '<td class="s{}"><a href="{}" title="{}: {}" aria-label="{}: {}">{}</a></td>'
    ).format(
        shade, wanted.behind(province=province, topic=topic), title, count, title, count, count
    )


def _missing(found: Coverage, language: Language) -> Markup:
    if not found.missing:
        return Markup("")
    count = words("coverage_missing", language, count=number_words(len(found.missing)))
    return Markup('<p class="missing"><strong>{}</strong> {}</p>').format(
        count, ", ".join(found.missing)
    )
