"""The log of who did what, as a page and as a file for spreadsheet programs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from hochoi.people.audit import REFUSED, Event
from hochoi.spreadsheet import spreadsheet_csv
from ui.admin.listing import listing
from ui.admin.shell import AdminPage, admin_page
from ui.door.fields import ROLE_LABELS
from ui.door.state import Visitor
from ui.elements import attribute, words
from ui.local_time import day_and_time
from ui.wording import Language, label

PATH = "/admin/audit"
CSV_PATH = "/admin/audit.csv"
SHOWN = 300  # on the page; the file holds all that fit
ACTION_LABELS: Mapping[str, str] = {
    "account.add": "audit_account_add",
    "account.roles": "audit_account_roles",
    "account.disable": "audit_account_disable",
    "account.enable": "audit_account_enable",
    "account.password": "audit_account_password",
    "account.unlock": "audit_account_unlock",
    "account.setup": "audit_account_setup",
    "report.upload": "audit_report_upload",
    "report.ingest": "audit_report_ingest",
    "report.publish": "audit_report_publish",
    "report.refuse": "audit_report_refuse",
    "report.correct": "audit_report_correct",
    "report.remove": "audit_report_remove",
    "job.cancel": "audit_job_cancel",
    "job.retry": "audit_job_retry",
    "library.check": "audit_library_check",
    "library.backup": "audit_library_backup",
    "library.restore": "audit_library_restore",
    "library.rebuild": "audit_library_rebuild",
    "library.repair": "audit_library_repair",
    "evaluation.start": "audit_evaluation_start",
    "evaluation.stop": "audit_evaluation_stop",
    "evaluation.remove": "audit_evaluation_remove",
    "testset.add": "audit_testset_add",
    "testset.feedback": "audit_testset_feedback",
    "testset.propose": "audit_testset_propose",
    "audit.export": "audit_audit_export",
    "session.begin": "audit_session_begin",
    "session.end": "audit_session_end",
    "session.end_all": "audit_session_end_all",
}
"""Words for actions; one without is shown as it is written."""
_GROUPS = (("", "audit_all"), ("session.", "audit_sessions"), ("account.", "audit_accounts"),
           ("report.", "audit_reports"), ("evaluation.", "audit_evaluations"))  # fmt: skip
_COLUMNS = ("audit_number", "audit_at", "audit_who", "audit_address", "audit_what",
            "audit_object", "audit_result", "audit_detail")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are wanted; empty texts leave all in. Days are of Vietnam."""

    who: str = ""
    action: str = ""
    since: str = ""
    until: str = ""

    def address(self, path: str) -> str:
        """Return the address of a page with these conditions."""
        pairs = {k: getattr(self, k) for k in ("who", "action", "since", "until")}
        query = urlencode({k: v for k, v in pairs.items() if v})
        return f"{path}?{query}" if query else path


def audit_page(
    events: Sequence[Event],
    wanted: Wanted,
    problems: Sequence[str],
    language: Language,
    visitor: Visitor,
) -> str:
    """Return the page.

    Args:
        events: Newest first, at most one more than `SHOWN`.
        wanted: What they were chosen by.
        problems: What is wrong with the log, in English; nothing when it is whole.
        language: Of the labels.
        visitor: Who looks at it.
    """
    if problems:
        state = Markup('<p class="problem" role="alert">{} <span lang="en">{}</span></p>').format(
            words("audit_broken", language), "; ".join(problems)
        )
    else:
        state = Markup('<p class="hint">{}</p>').format(words("audit_whole", language))
    more = Markup("")
    if len(events) > SHOWN:
        more = Markup('<p class="hint">{}</p>').format(
            words("audit_more", language, count=str(SHOWN))
        )
    link = Markup('<p><a href="{}" download>{}</a></p>').format(
        wanted.address(CSV_PATH), words("audit_export", language)
    )
    main = Markup("").join(
        [state, _filter(wanted, language), link, _table(events[:SHOWN], language), more]
    )
    return admin_page(AdminPage.AUDIT, main, language, visitor)


def audit_csv(events: Sequence[Event], language: Language) -> bytes:
    """Return one line per event under one line of headings, in UTF-8."""
    headings = [label(key, language) for key in _COLUMNS]
    return spreadsheet_csv([headings, *(_values(e, language) for e in events)]).encode()


def _values(event: Event, language: Language) -> tuple[str, ...]:
    key = ACTION_LABELS.get(event.action)
    return (
        str(event.number),
        day_and_time(event.at, seconds=True),
        _who_words(event.who, language),
        event.address,
        label(key, language) if key else event.action,
        event.object,
        label("audit_refused" if event.result == REFUSED else "audit_done", language),
        _detail_words(event.detail, language),
    )


def _who_words(who: str, language: Language) -> str:
    """Return who did it, with what is no account in the language of the labels."""
    if who == "setup code":
        return label("audit_setup_code", language)
    return who.replace("command line", label("audit_command_line", language), 1)


def _detail_words(detail: str, language: Language) -> str:
    """Return what changed, with roles by their names."""
    names = {role.value: label(key, language) for role, key in ROLE_LABELS.items()}
    text = re.sub(r"\b(?:official|admin|evaluator)\b", lambda found: names[found[0]] + ",", detail)
    return text.replace("->", "→").replace(", →", " →").replace(", (", " (").removesuffix(",")


def _table(events: Sequence[Event], language: Language) -> Markup:
    if not events:
        return Markup('<p class="notice">{}</p>').format(words("audit_none", language))
    rows = Markup("").join(_row(event, language) for event in events)
    return listing(_COLUMNS[1:], rows, language, "log")


def _row(event: Event, language: Language) -> Markup:
    values = _values(event, language)
    key = ACTION_LABELS.get(event.action)
    is_refused = event.result == REFUSED
    cells: list[Markup | str] = [*values[1:]]
    cells[3] = words(key, language) if key else event.action
    cells[5] = words("audit_refused" if is_refused else "audit_done", language)
    row = Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells)
    return Markup("<tr{}>{}</tr>").format(Markup(' class="refused"') if is_refused else "", row)


def _filter(wanted: Wanted, language: Language) -> Markup:
    options = Markup("").join(
        Markup('<option value="{}"{} data-t="{}">{}</option>').format(
            value, Markup(" selected") if value == wanted.action else "", key, label(key, language)
        )
        for value, key in _GROUPS
    )
    return Markup(
        '<form class="filters" action="{path}" method="get" role="search" {name}>'
        '<label><span>{who}</span><input type="text" name="who" value="{who_value}"></label>'
        '<label><span>{what}</span><select name="action">{options}</select></label>'
        '<label><span>{since}</span><input type="text" name="since" value="{since_value}" {day}>'
        '</label><label><span>{until}</span>'
        '<input type="text" name="until" value="{until_value}" {day}></label>'
        '<p class="buttons"><button type="submit" class="plain">{go}</button></p></form>'
    ).format(
        day=Markup('inputmode="numeric" autocomplete="off" placeholder="{}"').format("dd/mm/yyyy"),
        path=PATH, name=attribute("aria-label", "audit_filter", language),
        who=words("audit_who", language), who_value=wanted.who,
        what=words("audit_what", language), options=options,
        since=words("audit_since", language), since_value=wanted.since,
        until=words("audit_until", language), until_value=wanted.until,
        go=words("audit_go", language),
    )  # fmt: skip
