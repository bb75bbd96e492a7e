"""The routes on which files are added, reports listed and removed; health and backup."""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile

from hochoi.errors import HocHoiError
from hochoi.types import SourceFile
from ui.admin.drafts_pages import REPORTS_PATH
from ui.admin.keeper import MAX_FILES, Keeper
from ui.admin.library_pages import HEALTH_PATH, ON_A_PAGE, health_page, remove_page, reports_page
from ui.admin.requests import done_key, found_or_404
from ui.admin.upload_page import JOBS_PATH, PATH, UPLOAD_PATH, jobs_part, upload_page
from ui.door.door import Door
from ui.door.forms import CheckedForm, check_form_token
from ui.door.routes import language_from
from ui.door.state import visitor_of
from ui.wording import error_sentence, label

TURN_MB = 200  # sent at a time; each file is held in memory until it is safe on the disk


def add_library_routes(app: FastAPI, keeper: Keeper, door: Door) -> None:
    """Add the pages on which files are added and the library is looked after."""
    _add_upload(app, keeper, door)
    _add_jobs(app, keeper, door)
    _add_reports(app, keeper, door)
    _add_health(app, keeper, door)


# -- adding --------------------------------------------------------------------------------------


def _add_upload(app: FastAPI, keeper: Keeper, door: Door) -> None:
    max_mb = keeper.max_file_bytes // 2**20

    def page(request: Request, status: int = 200, sentence: str | None = None) -> Response:
        html = upload_page(
            keeper.jobs(), keeper.waits_for, max_mb, language_from(request), visitor_of(request),
            sentence,
        )  # fmt: skip
        return HTMLResponse(html, status_code=status)

    @app.get(PATH)
    def start(request: Request) -> Response:
        return page(request)

    @app.post(UPLOAD_PATH)
    async def upload(request: Request) -> Response:
        language = language_from(request)
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > TURN_MB * 2**20:
            return page(request, 413, label("upload_too_large", language, mb=str(TURN_MB)))
        async with request.form(max_files=MAX_FILES + 1, max_fields=8) as form:
            check_form_token(request, str(form.get("form_token", "")))
            sent = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
            review = form.get("review") == "1"
            if not sent:
                return page(request, 400, label("upload_none", language))
            if len(sent) > MAX_FILES:
                return page(request, 400, label("upload_too_many", language, files=str(MAX_FILES)))
            # One byte more than is taken: the reader refuses such a file with its sentence.
            limit = keeper.max_file_bytes + 1
            files = [SourceFile(f.filename or "", await f.read(limit)) for f in sent]
        actor = visitor_of(request).actor
        try:
            job = await run_in_threadpool(keeper.add, files, actor.who, review_all=review)
        except HocHoiError as exc:
            return page(request, 503, error_sentence(exc))
        door.audit.write(actor, "report.upload", str(job), detail=f"{len(files)} files")
        return RedirectResponse(PATH, 303)


def _add_jobs(app: FastAPI, keeper: Keeper, door: Door) -> None:
    @app.get(JOBS_PATH)
    def jobs(request: Request) -> Response:
        part = jobs_part(
            keeper.jobs(), keeper.waits_for, language_from(request), visitor_of(request)
        )
        return HTMLResponse(str(part))

    @app.post(f"{JOBS_PATH}/{{job_id}}/cancel")
    def cancel(request: Request, job_id: int, form: CheckedForm) -> Response:
        def make() -> Response:
            count = keeper.queue.cancel(job_id)
            door.audit.write(
                visitor_of(request).actor, "job.cancel", str(job_id), detail=f"{count} files"
            )
            return RedirectResponse(PATH, 303)

        return found_or_404(request, make)

    @app.post(f"{JOBS_PATH}/{{job_id}}/retry")
    def retry(request: Request, job_id: int, form: CheckedForm) -> Response:
        def make() -> Response:
            count = keeper.queue.retry(job_id)
            door.audit.write(
                visitor_of(request).actor, "job.retry", str(job_id), detail=f"{count} files"
            )
            return RedirectResponse(PATH, 303)

        return found_or_404(request, make)


# -- the library ---------------------------------------------------------------------------------


def _add_reports(app: FastAPI, keeper: Keeper, door: Door) -> None:
    @app.get(REPORTS_PATH)
    def reports(request: Request) -> Response:
        searched = request.query_params.get("q", "")[:200]
        asked = request.query_params.get("page", "1")
        number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1
        found = keeper.reports(searched)
        shown = found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        html = reports_page(
            [(report, len(keeper.versions(report.report_id))) for report in shown],
            len(found),
            searched,
            number,
            language_from(request),
            visitor_of(request),
            done_key(request),
        )
        return HTMLResponse(html)

    @app.get(f"{REPORTS_PATH}/{{report_id}}/remove")
    def ask(request: Request, report_id: str) -> Response:
        def make() -> Response:
            report = keeper.report(report_id)
            return HTMLResponse(remove_page(report, language_from(request), visitor_of(request)))

        return found_or_404(request, make)

    @app.post(f"{REPORTS_PATH}/{{report_id}}/remove")
    def remove(request: Request, report_id: str, form: CheckedForm) -> Response:
        def make() -> Response:
            actor = visitor_of(request).actor
            for gone in keeper.remove(report_id, actor.who):
                door.audit.write(actor, "report.remove", gone)
            return RedirectResponse(f"{REPORTS_PATH}?done=removed_done", 303)

        return found_or_404(request, make)


# -- health --------------------------------------------------------------------------------------


def _add_health(app: FastAPI, keeper: Keeper, door: Door) -> None:
    @app.get(HEALTH_PATH)
    def health(request: Request) -> Response:
        html = health_page(
            keeper.health(), keeper.settings, language_from(request), visitor_of(request)
        )
        return HTMLResponse(html)

    @app.post(f"{HEALTH_PATH}/check")
    def check(request: Request, form: CheckedForm) -> Response:
        problems = keeper.check(door.people)
        door.audit.write(
            visitor_of(request).actor, "library.check", detail=f"{len(problems)} problems"
        )
        html = health_page(
            keeper.health(), keeper.settings, language_from(request), visitor_of(request), problems
        )
        return HTMLResponse(html)

    @app.post(f"{HEALTH_PATH}/backup")
    def backup(request: Request, form: CheckedForm) -> Response:
        kept = keeper.backup()
        path: Path = kept.__enter__()
        door.audit.write(visitor_of(request).actor, "library.backup")
        return FileResponse(
            path,
            filename="hochoi-backup.zip",
            media_type="application/zip",
            background=BackgroundTask(kept.__exit__, None, None, None),
        )
