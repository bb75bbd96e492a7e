"""The routes of the browse pages."""

from typing import TYPE_CHECKING

from ui.browse.address import CSV_PATH, PATH, read_address
from ui.browse.csv_export import visits_csv
from ui.browse.page import Library, browse_page, chosen_reports
from ui.door.state import person_of
from ui.site import Site
from ui.wording import LANGUAGE_COOKIE, Language, language_of

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_browse_routes(app: "FastAPI", site: Site) -> None:
    """Add `/visits` and `/visits.csv`."""
    from fastapi import Request
    from fastapi.responses import HTMLResponse, Response

    def library() -> Library:
        return Library(tuple(site.reports().values()), site.provinces, site.topic_names)

    def language(request: Request) -> Language:
        return language_of(request.cookies.get(LANGUAGE_COOKIE))

    @app.get(PATH)
    def visits(request: Request) -> HTMLResponse:
        here = library()
        wanted = read_address(request.query_params, here.provinces, here.topic_names)
        page = browse_page(here, wanted, language(request), person_of(request))
        return HTMLResponse(page)

    @app.get(CSV_PATH)
    def export(request: Request) -> Response:
        here = library()
        wanted = read_address(request.query_params, here.provinces, here.topic_names)
        reports = chosen_reports(here, wanted)
        content = visits_csv(reports, here.topic_names, language(request))
        return Response(
            content,
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": 'attachment; filename="chuyen-di.csv"'},
        )
