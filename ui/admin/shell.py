"""The frame of every page for administrators: one heading, the ways between the pages."""

from enum import Enum

from markupsafe import Markup

from ui.document import document
from ui.door.state import Visitor
from ui.elements import attribute, words
from ui.masthead import Section
from ui.wording import Language, label


class AdminPage(Enum):
    """A page for administrators: what its link says and where it leads."""

    UPLOAD = ("admin_upload", "/admin")
    DRAFTS = ("admin_drafts", "/admin/drafts")
    REPORTS = ("admin_reports", "/admin/reports")
    HEALTH = ("admin_health", "/admin/health")
    USERS = ("admin_users", "/admin/users")
    AUDIT = ("admin_audit", "/admin/audit")


def admin_page(
    page: AdminPage,
    main: Markup,
    language: Language,
    visitor: Visitor,
    *,
    kind: str = "wide",
    heading: str | None = None,
) -> str:
    """Return a whole page.

    Args:
        page: Which of the pages it is, or belongs to.
        main: HTML below the heading.
        language: Of the labels.
        visitor: Who looks at it.
        kind: "wide" for tables, "" for forms.
        heading: Of a page about one thing, e.g. the name of an account.
    """
    key, _ = page.value
    whole = Markup('{}<div class="forms {}"><h1>{}</h1>{}</div>').format(
        _ways(page, language), kind, heading or words(key, language), main
    )
    return document(
        heading or label(key, language),
        whole,
        language,
        person=visitor.person,
        section=Section.ADMIN,
        styles=("reader.css", "forms.css", "admin.css"),
        scripts=("library.js",) if page is AdminPage.UPLOAD else (),
    )


def _ways(here: AdminPage, language: Language) -> Markup:
    links = Markup("").join(
        Markup('<a href="{}"{}>{}</a>').format(
            path, Markup(' aria-current="page"') if page is here else "", words(key, language)
        )
        for page in AdminPage
        for key, path in [page.value]
    )
    return Markup('<nav class="ways" {}>{}</nav>').format(
        attribute("aria-label", "admin_ways", language), links
    )
