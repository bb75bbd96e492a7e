"""Visits as a table, sortable by its headings; cards on a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from hochoi.browsing import Column
from hochoi.types import Report
from ui.browse.address import Wanted
from ui.browse.names import named
from ui.elements import attribute, reader_url, when, words
from ui.wording import Language

PAGE_ROWS = 50
_HEADINGS = (
    (Column.DATE, "date"),
    (Column.VISITORS, "visitors"),
    (Column.HOST, "host"),
    (Column.TITLE, "column_title"),
)


def visits_table(
    reports: Sequence[Report], wanted: Wanted, topic_names: Mapping[str, str], language: Language
) -> Markup:
    """Return one page of the table with the way to the other pages."""
    pages = max(1, -(-len(reports) // PAGE_ROWS))
    page = min(wanted.page, pages)
    shown = reports[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    rows = Markup("").join(_row(r, wanted, topic_names, language) for r in shown)
    head = Markup("").join(_heading(c, key, wanted, language) for c, key in _HEADINGS)
    topics = Markup('<th scope="col">{}</th>').format(words("topics", language))
    return Markup(
        '<table class="visits"><thead><tr>{}{}</tr></thead><tbody>{}</tbody></table>{}'
    ).format(head, topics, rows, _pager(wanted, page, pages, language))


def _heading(column: Column, key: str, wanted: Wanted, language: Language) -> Markup:
    """Return a heading that sorts by its column, the other way round when it already does."""
    is_chosen = wanted.column is column
    descending = not wanted.descending if is_chosen else column is Column.DATE
    sort, sign = Markup(""), ""
    if is_chosen:
        way = "descending" if wanted.descending else "ascending"
        sort, sign = Markup(' aria-sort="{}"').format(way), "↓" if wanted.descending else "↑"
    url = replace(wanted, column=column, descending=descending, page=1).url()
    return Markup(
        '<th scope="col"{}><a href="{}">{}<span aria-hidden="true"> {}</span></a></th>'
    ).format(sort, url, words(key, language), sign)


def _row(
    report: Report, wanted: Wanted, topic_names: Mapping[str, str], language: Language
) -> Markup:
    visit = report.visit
    unstated = Markup('<span class="gap">{}</span>').format(words("not_stated", language))
    title = Markup('<a href="{}" lang="vi">{}</a>').format(
        reader_url(report.report_id), report.title
    )
    cells = (
        ("date", "when", when(visit) or unstated),
        ("visitors", "who", named(visit.visitors, wanted.names, language) or unstated),
        ("host", "who", named(visit.host, wanted.names, language) or unstated),
        ("column_title", "title", title),
        ("topics", "about", _topics(report, wanted, topic_names)),
    )
    return Markup("<tr>{}</tr>").format(
        Markup("").join(
            Markup('<td class="{}"><span class="of" aria-hidden="true">{}</span>{}</td>').format(
                name, words(key, language), value
            )
            for key, name, value in cells
        )
    )


def _topics(report: Report, wanted: Wanted, topic_names: Mapping[str, str]) -> Markup:
    link = Markup('<a class="tag" lang="vi" href="{}">{}</a>')
    return Markup(" ").join(
        link.format(wanted.behind(topic=code), topic_names.get(code, code))
        for code in report.visit.topics
    )


def _pager(wanted: Wanted, page: int, pages: int, language: Language) -> Markup:
    if pages == 1:
        return Markup("")
    place = words("page_of", language, page=str(page), pages=str(pages))
    parts = [Markup("<span>{}</span>").format(place)]
    link = Markup('<a href="{}" rel="{}">{}</a>')
    if page > 1:
        url = replace(wanted, page=page - 1).url()
        parts.insert(0, link.format(url, "prev", words("previous_page", language)))
    if page < pages:
        url = replace(wanted, page=page + 1).url()
        parts.append(link.format(url, "next", words("next_page", language)))
    return Markup('<nav class="pager" {}>{}</nav>').format(
        attribute("aria-label", "pages_group", language), Markup(" ").join(parts)
    )
