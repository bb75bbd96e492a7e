"""Visits in the order of time: a bar per year, and every visit under its month."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from hochoi.types import Report
from ui.browse.address import Wanted
from ui.browse.names import named
from ui.elements import attribute, reader_url, when, words
from ui.wording import Language, number_words

_BAR_MAX = 120  # px, of the year with most visits
_STEP = 64  # px from year to year
_TOP = 24  # px for the number above a bar


def timeline(reports: Sequence[Report], wanted: Wanted, language: Language) -> Markup:
    """Return the bars and the visits, latest first; those without a full date come last."""
    dated = [r for r in reports if r.visit.date_first is not None]
    undated = [r for r in reports if r.visit.date_first is None]
    dated.sort(key=lambda r: (str(r.visit.date_first), r.report_id), reverse=True)
    parts = [_bars(_per_year(dated), wanted, language)] if dated else []
    for year, of_year in groupby(dated, key=lambda r: str(r.visit.date_first)[:4]):
        parts.append(_year(year, list(of_year), wanted, language))
    if undated:
        heading = Markup('<h2 id="undated">{}</h2>').format(words("undated", language))
        parts.append(_section("undated", heading, _items(undated, wanted, language)))
    return Markup('<div class="timeline">{}</div>').format(Markup("").join(parts))


def _per_year(dated: Iterable[Report]) -> dict[int, int]:
    """Return the number of visits per year, oldest first, years without any included."""
    counts: dict[int, int] = {}
    for report in dated:
        if report.visit.date_first is not None:
            year = report.visit.date_first.year
            counts[year] = counts.get(year, 0) + 1
    return {year: counts.get(year, 0) for year in range(min(counts), max(counts) + 1)}


def _bars(counts: Mapping[int, int], wanted: Wanted, language: Language) -> Markup:
    most = max(counts.values())
    width, height = _STEP * len(counts), _TOP + _BAR_MAX + 28
    bars = Markup("").join(
        _bar(n, year, count, most, wanted) for n, (year, count) in enumerate(counts.items())
    )
    return Markup(
        '<figure class="bars scrolling" tabindex="0" {label}><figcaption>{caption}</figcaption>'
        '<svg role="group" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        "{label}>{bars}</svg></figure>"
    ).format(
        label=attribute("aria-label", "per_year", language),
        caption=words("per_year", language),
        width=width,
        height=height,
        bars=bars,
    )


def _bar(place: int, year: int, count: int, most: int, wanted: Wanted) -> Markup:
    tall = round(_BAR_MAX * count / most)
    left, middle, foot = place * _STEP + 12, place * _STEP + _STEP // 2, _TOP + _BAR_MAX
    drawn = Markup(
        '<text class="count" x="{middle}" y="{over}">{count}</text>'
        '<rect x="{left}" y="{top}" width="40" height="{tall}" rx="3"></rect>'
        '<text x="{middle}" y="{under}">{year}</text>'
    ).format(
        middle=middle, over=foot - tall - 7, count=count, left=left, top=foot - tall, tall=tall,
        under=foot + 20, year=year,
    )  # fmt: skip
    if count == 0:
        return Markup('<g class="none">{}</g>').format(drawn)
    return Markup('<a href="{}" aria-label="{}: {}">{}</a>').format(
        wanted.behind(year=year), year, count, drawn
    )


def _year(year: str, reports: list[Report], wanted: Wanted, language: Language) -> Markup:
    heading = Markup('<h2 id="y{year}">{year} <span class="hint">{count}</span></h2>').format(
        year=year, count=words("visits_count", language, count=number_words(len(reports)))
    )
    months = Markup("")
    for month, of_month in groupby(reports, key=lambda r: str(r.visit.date_first)[5:7]):
        title = Markup("<h3>{}</h3>").format(words("month_of", language, month=str(int(month))))
        months += title + _items(of_month, wanted, language)
    return _section(f"y{year}", heading, months)


def _section(key: str, heading: Markup, content: Markup) -> Markup:
    return Markup('<section aria-labelledby="{}">{}{}</section>').format(key, heading, content)


def _items(reports: Iterable[Report], wanted: Wanted, language: Language) -> Markup:
    return Markup("<ol>{}</ol>").format(
        Markup("").join(_item(report, wanted, language) for report in reports)
    )


def _item(report: Report, wanted: Wanted, language: Language) -> Markup:
    visit = report.visit
    sides = [named(side, wanted.names, language) for side in (visit.visitors, visit.host)]
    arrow = Markup(' <span aria-hidden="true">→</span> ')
    return Markup(
        '<li><span class="when">{}</span> <span class="who">{}</span>'
        '<a href="{}" lang="vi">{}</a></li>'
    ).format(
        when(visit) or words("not_stated", language),
        arrow.join(side for side in sides if side),
        reader_url(report.report_id),
        report.title,
    )
