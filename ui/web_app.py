"""The web application: ask page, report pages, health, headers. Does not listen anywhere."""

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from hochoi.errors import NotFoundError
from hochoi.people.conversations import Conversations
from hochoi.people.opinions import Opinions
from hochoi.record.shelf import Shelf
from hochoi.record.states import Standing
from hochoi.types import Report
from ui.admin.keeper import Keeper
from ui.admin.routes import add_admin_routes
from ui.ask.exchange import Desk
from ui.browse.routes import add_browse_routes
from ui.conversations.routes import add_conversation_routes
from ui.document import STATIC, STATIC_URL, WORDING_NAME, wording_script
from ui.door.door import Door
from ui.door.middleware import DoorMiddleware
from ui.door.routes import add_door_routes
from ui.door.state import person_of
from ui.evaluate.desk import EvaluationDesk
from ui.evaluate.routes import add_evaluate_routes
from ui.headers import SecurityHeaders, not_found
from ui.page_shell import AskPageShell
from ui.reader_page import marks_within, reader_page
from ui.site import Site
from ui.wording import LANGUAGE_COOKIE, Language, language_of


def build_app(
    site: Site, door: Door, desk: EvaluationDesk | None = None, keeper: Keeper | None = None
) -> FastAPI:
    """Return the whole web application behind the door.

    Without a desk nothing is evaluated; without a keeper nothing is added, reviewed or removed.
    """
    from ui.ask.page import mount_ask_page

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    _add_routes(app, site)
    add_door_routes(app, door)
    add_admin_routes(app, door, site, keeper)
    add_browse_routes(app, site)
    if desk is not None:
        add_evaluate_routes(app, desk, door)
    kept = Conversations(door.people)
    add_conversation_routes(app, kept, site.topic_names, site.reports)
    mount_ask_page(app, site, Desk(site.ask, kept, Opinions(door.people)), door)
    app.add_middleware(AskPageShell)
    app.add_middleware(DoorMiddleware, door=door)
    app.add_middleware(SecurityHeaders)
    return app


def _add_routes(app: FastAPI, site: Site) -> None:
    """Add everything that is not the ask page."""

    @app.get("/healthz")
    def health() -> JSONResponse:
        return JSONResponse({"status": "ok", "reports": site.report_count()})

    @app.get("/favicon.ico")
    def favicon() -> FileResponse:
        return FileResponse(STATIC / "favicon.svg", media_type="image/svg+xml")

    @app.get(f"{STATIC_URL}/{WORDING_NAME}")
    def wording() -> Response:
        return Response(wording_script(), media_type="text/javascript; charset=utf-8")

    app.mount(STATIC_URL, StaticFiles(directory=STATIC))

    @app.get("/reports/{report_id}")
    def read(request: Request, report_id: str) -> HTMLResponse:
        return _read(site, request, report_id)

    @app.get("/reports/{report_id}/original")
    def original(request: Request, report_id: str) -> Response:
        return _original(site, request, report_id)


def _language(request: Request) -> Language:
    return language_of(request.cookies.get(LANGUAGE_COOKIE))


def _read(site: Site, request: Request, report_id: str) -> HTMLResponse:
    """Return the page of a report, with the words marked that the address asks for."""
    shelf = Shelf(site.store.database)
    try:
        report = _readable(shelf, report_id)
        headings = {p.section for p in shelf.passages_of(report_id)}
    except NotFoundError:
        return _no_report(shelf, report_id, _language(request))
    starts, ends = (request.query_params.getlist(name) for name in ("start", "end"))
    marks = marks_within(starts, ends, len(report.text))
    return HTMLResponse(
        reader_page(
            report,
            marks,
            headings - {""},
            site.topic_names,
            _language(request),
            person_of(request),
            shelf.current_of(report_id) if report.status == Standing.REPLACED.value else None,
        )
    )


def _readable(shelf: Shelf, report_id: str) -> Report:
    """Return a live report or an older version.

    Raises:
        NotFoundError: If there is none with this id, or it waits as a draft.
    """
    if shelf.standing(report_id) not in (Standing.PUBLISHED, Standing.REPLACED):
        raise NotFoundError("report", report_id)
    return shelf.report(report_id)


def _no_report(shelf: Shelf, report_id: str, language: Language) -> HTMLResponse:
    is_removed = shelf.standing(report_id) is Standing.REMOVED
    return not_found("report_removed" if is_removed else "report_not_found", language)


def _original(site: Site, request: Request, report_id: str) -> Response:
    """Return the bytes that were received, as a download that no browser renders."""
    shelf = Shelf(site.store.database)
    try:
        report = _readable(shelf, report_id)
        content = site.store.original(report.source_sha256)
    except NotFoundError:
        return _no_report(shelf, report_id, _language(request))
    name = quote(report.file_name.replace("/", "_").replace("\\", "_"), safe="")
    disposition = f"attachment; filename*=UTF-8''{name}"
    headers = {"content-disposition": disposition}
    return Response(content, media_type="application/octet-stream", headers=headers)
