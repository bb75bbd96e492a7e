"""The routes of the evaluators' pages. The door lets nobody without the role come here."""

import json

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from evaluation.report import rows_csv
from evaluation.sets import MAX_CSV_MB
from evaluation.sheet import to_csv
from hochoi.errors import HocHoiError, LimitExceededError, NotFoundError
from ui.door.door import Door
from ui.door.forms import CheckedForm, check_form_token
from ui.door.state import visitor_of
from ui.evaluate.desk import EvaluationDesk
from ui.evaluate.draft_routes import add_draft_routes
from ui.evaluate.fields_routes import add_fields_routes
from ui.evaluate.frame import PATH
from ui.evaluate.output import evaluation_json
from ui.evaluate.pages import compare_page, evaluation_page, question_page, start_page
from ui.evaluate.report_file import report_file
from ui.evaluate.requests import download, found_or_404, language_from, page_number, reader_of
from ui.headers import not_found
from ui.wording import Language

_CSV = "text/csv; charset=utf-8"


def add_evaluate_routes(app: FastAPI, desk: EvaluationDesk, door: Door) -> None:
    """Add `/evaluate` and all below it."""
    _add_runs(app, desk, door)
    _add_sets(app, desk, door)
    add_draft_routes(app, desk, door)
    add_fields_routes(app, desk)
    _add_evaluations(app, desk, door)  # last: its addresses hold any id


def _add_runs(app: FastAPI, desk: EvaluationDesk, door: Door) -> None:
    @app.get(PATH)
    def start(request: Request) -> Response:
        return HTMLResponse(start_page(desk, reader_of(request)))

    @app.post(PATH)
    def run(request: Request, form: CheckedForm) -> Response:
        def begin() -> Response:
            known = desk.sets.find(form.text("set"))
            if desk.start(known):
                door.audit.write(visitor_of(request).actor, "evaluation.start", known.name)
            return RedirectResponse(PATH, 303)

        return found_or_404(request, begin)

    @app.post(f"{PATH}/stop")
    def stop(request: Request, form: CheckedForm) -> Response:
        desk.stop()
        door.audit.write(visitor_of(request).actor, "evaluation.stop")
        return RedirectResponse(PATH, 303)


def _add_sets(app: FastAPI, desk: EvaluationDesk, door: Door) -> None:
    @app.get(f"{PATH}/sets/{{name}}.csv")
    def csv_of_set(request: Request, name: str) -> Response:
        def make() -> Response:
            known = desk.sets.find(name)
            if known.testset is None:
                raise NotFoundError("readable test set", name)
            return download(to_csv(known.testset), "bo-cau-hoi.csv", _CSV)

        return found_or_404(request, make)

    @app.post(f"{PATH}/sets")
    async def add_set(request: Request) -> Response:
        limit = MAX_CSV_MB * 2**20
        async with request.form(max_files=1, max_fields=4, max_part_size=limit) as form:
            check_form_token(request, str(form.get("form_token", "")))
            name, file = str(form.get("name", "")), form.get("file")
            content = await file.read(limit + 1) if file and not isinstance(file, str) else b""
        try:
            if len(content) > limit:
                raise LimitExceededError(f"{name}.csv", f"{MAX_CSV_MB} MB", f"{len(content)} bytes")
            made = desk.sets.add_csv(name, content)
        except HocHoiError as exc:
            return HTMLResponse(start_page(desk, reader_of(request), exc), status_code=400)
        door.audit.write(visitor_of(request).actor, "testset.add", made.name)
        return RedirectResponse(PATH, 303)


def _add_evaluations(app: FastAPI, desk: EvaluationDesk, door: Door) -> None:
    archive = desk.archive

    @app.get(f"{PATH}/compare")
    def compare(request: Request, before: str = "", after: str = "") -> Response:
        def make() -> Response:
            pair = [(archive.head(i), archive.rows(i)) for i in (before, after)]
            return HTMLResponse(compare_page(pair[0], pair[1], reader_of(request)))

        return found_or_404(request, make)

    @app.get(f"{PATH}/{{evaluation_id}}")
    def evaluation(
        request: Request, evaluation_id: str, cause: str = "", page: str = "1"
    ) -> Response:
        def make() -> Response:
            head, number = archive.head(evaluation_id), page_number(page)
            html = evaluation_page(desk, head, reader_of(request), cause or None, number)
            return HTMLResponse(html)

        return found_or_404(request, make)

    @app.post(f"{PATH}/{{evaluation_id}}/remove")
    def remove(request: Request, evaluation_id: str, form: CheckedForm) -> Response:
        def make() -> Response:
            archive.remove(evaluation_id)
            door.audit.write(visitor_of(request).actor, "evaluation.remove", evaluation_id)
            return RedirectResponse(PATH, 303)

        return found_or_404(request, make)

    _add_details(app, desk)


def _add_details(app: FastAPI, desk: EvaluationDesk) -> None:
    archive = desk.archive

    @app.get(f"{PATH}/{{evaluation_id}}/questions/{{query_id:path}}")
    def question(request: Request, evaluation_id: str, query_id: str) -> Response:
        def make() -> Response:
            head = archive.head(evaluation_id)
            row = archive.row(evaluation_id, query_id)
            return HTMLResponse(question_page(head, row, reader_of(request)))

        return found_or_404(request, make)

    @app.get(f"{PATH}/{{evaluation_id}}/{{name}}")
    def file(request: Request, evaluation_id: str, name: str) -> Response:
        return found_or_404(
            request, lambda: _file(desk, evaluation_id, name, language_from(request))
        )

    @app.get(f"{PATH}/{{rest:path}}")
    def nothing(request: Request, rest: str) -> Response:
        return not_found("page_not_found", language_from(request))


def _file(desk: EvaluationDesk, evaluation_id: str, name: str, language: Language) -> Response:
    """Return one of the files that an evaluation can be downloaded as."""
    head, rows = desk.archive.head(evaluation_id), desk.archive.rows(evaluation_id)
    full_name = f"{evaluation_id}-{name}"
    if name == "run.trec":
        content = desk.archive.file(evaluation_id, name).read_bytes()
        return download(content, full_name, "text/plain; charset=utf-8")
    if name == "questions.csv":
        return download(rows_csv(rows), full_name, _CSV)
    figures = desk.archive.figures(evaluation_id)
    if name == "report.html":
        html = report_file(head, rows, figures, language, desk.before(head))
        return download(html, full_name, "text/html; charset=utf-8")
    if name == "figures.json":
        run_path = desk.archive.folder / evaluation_id / "run.trec"
        found = evaluation_json(head, figures, rows, run_path)
        return download(json.dumps(found, ensure_ascii=False), full_name, "application/json")
    raise NotFoundError("evaluation file", name)
