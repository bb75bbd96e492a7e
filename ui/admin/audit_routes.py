"""The routes of the log. The door lets administrators in only."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from hochoi.people.audit import Event, verify_audit
from ui.admin.audit_page import CSV_PATH, PATH, SHOWN, Wanted, audit_csv, audit_page
from ui.door.door import Door
from ui.door.routes import language_from
from ui.door.state import visitor_of
from ui.local_time import day_begins, day_ends

_IN_FILE = 200_000  # more events than a year of an office has


def add_audit_routes(app: FastAPI, door: Door) -> None:
    """Add `/admin/audit` and its file."""

    def chosen(wanted: Wanted, limit: int) -> tuple[Event, ...]:
        return door.audit.events(
            who=wanted.who,
            action=wanted.action,
            since=day_begins(wanted.since),
            until=day_ends(wanted.until),
            limit=limit,
        )

    @app.get(PATH)
    def audit(request: Request) -> Response:
        wanted = _wanted(request)
        page = audit_page(
            chosen(wanted, SHOWN + 1),
            wanted,
            verify_audit(door.people),
            language_from(request),
            visitor_of(request),
        )
        return HTMLResponse(page)

    @app.get(CSV_PATH)
    def export(request: Request) -> Response:
        events = chosen(_wanted(request), _IN_FILE)
        door.audit.write(visitor_of(request).actor, "audit.export", detail=f"{len(events)}")
        return Response(
            audit_csv(events, language_from(request)),
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": 'attachment; filename="nhat-ky.csv"'},
        )


def _wanted(request: Request) -> Wanted:
    """Return what the address asks for; what is no day is left out."""
    texts = {
        k: request.query_params.get(k, "").strip() for k in ("who", "action", "since", "until")
    }
    for key in ("since", "until"):
        texts[key] = texts[key] if day_begins(texts[key]) else ""
    return Wanted(**texts)
