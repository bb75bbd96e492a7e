"""The routes of all pages for administrators. The door lets administrators in only."""

from fastapi import FastAPI
from starlette.responses import RedirectResponse, Response

from ui.admin.audit_routes import add_audit_routes
from ui.admin.keeper import Keeper
from ui.admin.library_routes import add_library_routes
from ui.admin.review_routes import add_review_routes
from ui.admin.users_page import PATH
from ui.admin.users_routes import add_user_routes
from ui.door.door import Door
from ui.site import Site


def add_admin_routes(app: FastAPI, door: Door, site: Site, keeper: Keeper | None) -> None:
    """Add `/admin` and everything below it; without a keeper only people and the log."""
    if keeper is not None:
        add_library_routes(app, keeper, door)
        add_review_routes(app, site, keeper, door)
    else:

        @app.get("/admin")
        def first() -> Response:
            return RedirectResponse(PATH, 303)

    add_user_routes(app, door)
    add_audit_routes(app, door)
