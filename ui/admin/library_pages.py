"""The list of published reports, the question before one is removed, and the health page."""

from collections.abc import Sequence

from markupsafe import Markup

from hochoi.settings import Settings, setting_rows
from hochoi.types import Report
from ui.admin.drafts_pages import REPORTS_PATH, done_note
from ui.admin.keeper import Health
from ui.admin.listing import listing
from ui.admin.shell import AdminPage, admin_page
from ui.door.fields import button, form
from ui.door.forms import token_field
from ui.door.state import Visitor
from ui.elements import facts, parties, reader_url, when, words
from ui.wording import Language, number_words

HEALTH_PATH = "/admin/health"
ON_A_PAGE = 50


def reports_page(
    found: Sequence[tuple[Report, int]],
    total: int,
    searched: str,
    number: int,
    language: Language,
    visitor: Visitor,
    done_key: str | None = None,
) -> str:
    """Return the list of published reports.

    Args:
        found: The reports of this page, each with the number of its version.
        total: How many there are on all pages.
        searched: The words they were searched by.
        number: Of the page, from 1.
        language: Of the labels.
        visitor: Who looks at it.
        done_key: What was done, if something was.
    """
    heads = ("draft_report", "host", "visitors", "date", "report_versions", "list_deeds")
    rows = Markup("").join(_report(report, version, language) for report, version in found)
    main = Markup(
        '{}<form class="filters" method="get" action="{}" role="search"><label><span>{}</span>'
        '<input type="search" name="q" value="{}"></label><p class="buttons">'
        '<button type="submit" class="plain">{}</button></p></form><p role="status">{}</p>{}{}'
    ).format(
        done_note(done_key, language),
        REPORTS_PATH,
        words("reports_search", language),
        searched,
        words("reports_go", language),
        words("library_count", language, count=number_words(total)),
        listing(heads, rows, language),
        _pager(total, searched, number, language),
    )
    return admin_page(AdminPage.REPORTS, main, language, visitor)


def _report(report: Report, version: int, language: Language) -> Markup:
    path = f"{REPORTS_PATH}/{report.report_id}"
    return Markup(
        '<tr><td class="long"><a href="{}" lang="vi">{}</a><br><span class="hint">{}</span></td>'
        '<td lang="vi">{}</td><td lang="vi">{}</td><td>{}</td><td>{}</td>'
        '<td><a href="{}/fields">{}</a><br><a href="{}/remove">{}</a></td></tr>'
    ).format(
        reader_url(report.report_id),
        report.title,
        report.file_name,
        parties(report.visit.host, language),
        parties(report.visit.visitors, language),
        when(report.visit) or "",
        version,
        path,
        words("report_edit", language),
        path,
        words("report_remove", language),
    )


def _pager(total: int, searched: str, number: int, language: Language) -> Markup:
    pages = max(1, -(-total // ON_A_PAGE))
    links = [
        Markup('<a href="{}?q={}&amp;page={}">{}</a>').format(
            REPORTS_PATH, searched, target, words(key, language)
        )
        for target, key in ((number - 1, "previous_page"), (number + 1, "next_page"))
        if 1 <= target <= pages
    ]
    return Markup('<p class="row">{}</p>').format(Markup(" ").join(links))


def remove_page(report: Report, language: Language, visitor: Visitor) -> str:
    """Return the question before a report is removed."""
    path = f"{REPORTS_PATH}/{report.report_id}/remove"
    main = Markup(
        '<p><strong lang="vi">{}</strong><br><span class="hint">{}</span></p><p>{}</p>'
        '<div class="row">{}<a href="{}">{}</a></div>'
    ).format(
        report.title,
        report.file_name,
        words("report_remove_hint", language),
        form(path, visitor.form_token, [button("report_remove_yes", language, "danger")]),
        REPORTS_PATH,
        words("report_remove_no", language),
    )
    heading = words("report_remove_title", language).striptags()
    return admin_page(AdminPage.REPORTS, main, language, visitor, kind="", heading=heading)


def health_page(
    health: Health,
    settings: Settings,
    language: Language,
    visitor: Visitor,
    problems: Sequence[str] | None = None,
) -> str:
    """Return how the library is doing, what can be done about it, and the settings.

    Args:
        health: Of the library.
        settings: Of the product.
        language: Of the labels.
        visitor: Who looks at it.
        problems: What a check found; None before one was made.
    """
    main = Markup("").join(
        (
            _checked(problems, language),
            _library(health, language),
            _models(health, language),
            _deed("/check", "health_check", "health_check_hint", language, visitor),
            _deed("/backup", "health_backup", "health_backup_hint", language, visitor),
            _settings(settings, language),
        )
    )
    return admin_page(AdminPage.HEALTH, main, language, visitor)


def _checked(problems: Sequence[str] | None, language: Language) -> Markup:
    if problems is None:
        return Markup("")
    if not problems:
        return done_note("health_check_fine", language)
    items = Markup("").join(Markup('<li lang="en">{}</li>').format(p) for p in problems[:100])
    return Markup('<div class="problem" role="alert"><p>{}</p><ul>{}</ul></div>').format(
        words("health_check_bad", language, count=number_words(len(problems))), items
    )


def _library(health: Health, language: Language) -> Markup:
    index: Markup | str = health.index_problem or words("health_index_fine", language)
    rows: tuple[tuple[str, Markup | str | None], ...] = (
        ("health_reports", number_words(health.reports)),
        ("health_passages", number_words(health.passages)),
        ("health_waiting", number_words(health.waiting)),
        ("health_queue", number_words(health.in_line)),
        ("health_index", index),
        ("health_record", f"{health.record_mb:.1f} MB".replace(".", ",")),
        ("health_disk", f"{health.free_gb:.1f} GB".replace(".", ",")),
    )
    return Markup("<section><h2>{}</h2>{}</section>").format(
        words("health_library", language), facts(rows, language)
    )


def _models(health: Health, language: Language) -> Markup:
    rows = (
        ("health_embedding", health.embedding_model),
        ("health_reranker", health.reranker),
        ("health_generator", health.generator),
        ("health_version", health.version),
    )
    return Markup("<section><h2>{}</h2>{}</section>").format(
        words("health_models", language), facts(rows, language)
    )


def _deed(path: str, key: str, hint_key: str, language: Language, visitor: Visitor) -> Markup:
    return Markup(
        '<section><p class="hint">{}</p><form method="post" action="{}{}">{}{}</form></section>'
    ).format(
        words(hint_key, language),
        HEALTH_PATH,
        path,
        token_field(visitor.form_token),
        button(key, language, "plain"),
    )


def _settings(settings: Settings, language: Language) -> Markup:
    rows = Markup("").join(
        Markup("<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>").format(*row)
        for row in setting_rows(settings)
    )
    heads = ("setting_name", "setting_value", "setting_range")
    return Markup('<section><h2>{}</h2><p class="hint">{}</p>{}</section>').format(
        words("health_settings", language),
        words("health_settings_hint", language),
        listing(heads, rows, language),
    )
