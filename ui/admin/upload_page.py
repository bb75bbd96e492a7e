"""The page on which files are added, and how far each has come."""

from collections.abc import Sequence

from markupsafe import Markup

from hochoi.record.receipts import Receipt
from hochoi.record.states import FileState
from ingest.jobs import JobView
from ui.admin.keeper import MAX_FILES
from ui.admin.listing import listing
from ui.admin.shell import AdminPage, admin_page
from ui.door.fields import button, form, problem
from ui.door.forms import token_field
from ui.door.state import Visitor
from ui.elements import attribute, reader_url, words
from ui.local_time import day_and_time
from ui.wording import Language, error_sentence, number_words

PATH = "/admin"
UPLOAD_PATH = "/admin/upload"
JOBS_PATH = "/admin/jobs"


def upload_page(
    jobs: Sequence[JobView],
    waits_for: str | None,
    max_mb: int,
    language: Language,
    visitor: Visitor,
    sentence: str | None = None,
) -> str:
    """Return the page: rules, form, jobs.

    Args:
        jobs: The newest first.
        waits_for: Who uses the library while the queue has to wait.
        max_mb: The largest file that is taken.
        language: Of the labels.
        visitor: Who looks at it.
        sentence: What went wrong, if something did.
    """
    rules = words("upload_rules", language, mb=str(max_mb), files=str(MAX_FILES))
    main = Markup(
        '{}<p class="hint">{}</p><p class="hint">{}</p>'
        '<form id="upload" class="upload" method="post" action="{}" enctype="multipart/form-data">'
        '{}<label class="drop"><span>{}</span><input type="file" name="files" multiple></label>'
        '<label class="tick"><input type="checkbox" name="review" value="1"> {}</label>'
        '<p class="buttons"><button type="submit" class="main">{}</button></p>'
        '<p id="sending" role="status" {} hidden></p></form>'
        '<section aria-live="polite"><h2>{}</h2><div id="jobs">{}</div></section>'
    ).format(
        problem(sentence),
        rules,
        words("upload_held_info", language),
        UPLOAD_PATH,
        token_field(visitor.form_token),
        words("upload_files", language),
        words("upload_review", language),
        words("upload_send", language),
        attribute("title", "upload_lost", language),
        words("jobs", language),
        jobs_part(jobs, waits_for, language, visitor),
    )
    return admin_page(AdminPage.UPLOAD, main, language, visitor)


def jobs_part(
    jobs: Sequence[JobView], waits_for: str | None, language: Language, visitor: Visitor
) -> Markup:
    """Return the jobs as the page shows them; asked for again while one is under way."""
    if not jobs:
        return Markup("<p>{}</p>").format(words("jobs_none", language))
    is_running = any(view.done < view.count for view in jobs)
    note = Markup("")
    if waits_for is not None and is_running:
        note = Markup('<p class="notice">{}</p>').format(
            words("job_waits", language, owner=waits_for)
        )
    parts = Markup("").join(
        _job(view, language, visitor, is_open=n == 0) for n, view in enumerate(jobs)
    )
    return Markup("<div{}>{}{}</div>").format(
        Markup(" data-running") if is_running else "", note, parts
    )


def _job(view: JobView, language: Language, visitor: Visitor, *, is_open: bool) -> Markup:
    title = words(
        "job_title", language, number=str(view.job.job_id), done=number_words(view.done),
        all=number_words(view.count),
    )  # fmt: skip
    by = words("job_by", language, who=view.job.asked_by, when=day_and_time(view.job.asked_at))
    rows = Markup("").join(_file(file, language) for file in view.job.files)
    return Markup(
        '<details class="job"{}><summary>{} <span class="hint">{}</span></summary>{}{}{}</details>'
    ).format(
        Markup(" open") if is_open or view.done < view.count else "",
        title,
        by,
        _progress(view, language),
        listing(("file_name", "file_state"), rows, language, "files"),
        _deeds(view, language, visitor),
    )


def _progress(view: JobView, language: Language) -> Markup:
    if view.done == view.count:
        return Markup("")
    left = Markup("")
    if view.seconds_left is not None:
        minutes = round(view.seconds_left / 60)
        key = "job_left" if minutes else "job_left_little"
        left = words(key, language, minutes=str(minutes)) if minutes else words(key, language)
    return Markup('<progress max="{}" value="{}"></progress> {}').format(
        view.bytes_total or 1, view.bytes_done, left
    )


def _deeds(view: JobView, language: Language, visitor: Visitor) -> Markup:
    path = f"{JOBS_PATH}/{view.job.job_id}"
    parts = []
    if any(file.state is FileState.RECEIVED for file in view.job.files):
        parts.append(
            form(f"{path}/cancel", visitor.form_token, [button("job_cancel", language, "plain")])
        )
    if any(file.state is FileState.REFUSED for file in view.job.files):
        parts.append(
            form(f"{path}/retry", visitor.form_token, [button("job_retry", language, "plain")])
        )
    return Markup('<div class="row">{}</div>').format(Markup("").join(parts))


def _file(file: Receipt, language: Language) -> Markup:
    is_refused = file.state is FileState.REFUSED
    state = _state(file, language)
    if is_refused and file.refusal is not None:
        state = Markup("{}: {}").format(state, error_sentence(file.refusal))
    name: Markup | str = file.file_name
    if file.report_id and file.state in (FileState.PUBLISHED, FileState.PRESENT):
        name = Markup('<a href="{}">{}</a>').format(reader_url(file.report_id), file.file_name)
    elif file.report_id and file.state is FileState.DRAFT:
        name = Markup('<a href="/admin/drafts/{}">{}</a>').format(file.report_id, file.file_name)
    row = Markup(' class="refused"') if is_refused else ""
    return Markup("<tr{}><td>{}</td><td>{}</td></tr>").format(row, name, state)


def _state(file: Receipt, language: Language) -> Markup:
    key = f"file_{file.state.value.replace(' ', '_')}"
    if file.state is FileState.DESCRIBED:
        done, total = number_words(file.embedded), number_words(file.passages)
        return words(key, language, done=done, all=total)
    return words(key, language)
