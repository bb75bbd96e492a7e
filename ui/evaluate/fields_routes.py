"""The routes of the page of visit fields and of its files."""

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from evaluation.visit_fields import FieldFigures, field_figures
from hochoi.errors import NotFoundError, TestSetError
from hochoi.types import Report
from ui.evaluate.desk import EvaluationDesk
from ui.evaluate.fields_page import FIELDS_PATH, differences_csv, fields_page, figures_json
from ui.evaluate.pages import start_page
from ui.evaluate.requests import download, found_or_404, language_from, reader_of


def add_fields_routes(app: FastAPI, desk: EvaluationDesk) -> None:
    """Add `/evaluate/fields/NAME`, and the same as CSV and JSON."""

    def figures_of(name: str) -> tuple[FieldFigures, dict[str, Report]]:
        reports = {report.file_name: report for report in desk.reports()}
        visits = {name: report.visit for name, report in reports.items()}
        return field_figures(desk.sets.labels_named(name), visits), reports

    @app.get(f"{FIELDS_PATH}/{{name}}.{{ending}}")
    def file(request: Request, name: str, ending: str) -> Response:
        def make() -> Response:
            figures, _ = figures_of(name)
            if ending == "csv":
                content = differences_csv(figures, language_from(request))
                return download(content, f"{name}.csv", "text/csv; charset=utf-8")
            if ending == "json":
                return download(figures_json(figures), f"{name}.json", "application/json")
            raise NotFoundError("file of visit fields", f"{name}.{ending}")

        return found_or_404(request, make)

    @app.get(f"{FIELDS_PATH}/{{name}}")
    def fields(request: Request, name: str) -> Response:
        def make() -> Response:
            try:
                figures, reports = figures_of(name)
            except TestSetError as exc:
                return HTMLResponse(start_page(desk, reader_of(request), exc), status_code=400)
            return HTMLResponse(
                fields_page(name, figures, reports, desk.topic_names, reader_of(request))
            )

        return found_or_404(request, make)
