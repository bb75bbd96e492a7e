"""The routes of all pages for administrators. The door lets administrators in only."""

from fastapi import FastAPI
from starlette.responses import RedirectResponse, Response

from ui.admin.audit_routes import add_audit_routes
from ui.admin.users_page import PATH
from ui.admin.users_routes import add_user_routes
from ui.door.door import Door


def add_admin_routes(app: FastAPI, door: Door) -> None:
    """Add `/admin` and everything below it."""

    @app.get("/admin")
    def first() -> Response:
        return RedirectResponse(PATH, 303)

    add_user_routes(app, door)
    add_audit_routes(app, door)
