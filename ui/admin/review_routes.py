"""The routes on which reports are reviewed and their fields corrected."""

from dataclasses import replace
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from hochoi.errors import CorrectionError, DecisionNeededError, HocHoiError
from ingest.intake import OnKin
from ui.admin.drafts_pages import DRAFTS_PATH, REPORTS_PATH, draft_page, drafts_page, fields_page
from ui.admin.keeper import Keeper
from ui.admin.requests import as_typed, correct_fields, done_key, found_or_404
from ui.door.door import Door
from ui.door.forms import CheckedForm, Form
from ui.door.routes import language_from
from ui.door.state import visitor_of
from ui.site import Site
from ui.wording import error_sentence

_ON_KIN = {"publish": OnKin.ASK, "replace": OnKin.REPLACE, "keep_both": OnKin.KEEP_BOTH}


def add_review_routes(app: FastAPI, site: Site, keeper: Keeper, door: Door) -> None:
    """Add the pages of drafts and of the fields of published reports."""
    _add_drafts(app, site, keeper, door)
    _add_fields(app, site, keeper, door)


def _add_drafts(app: FastAPI, site: Site, keeper: Keeper, door: Door) -> None:
    @app.get(DRAFTS_PATH)
    def drafts(request: Request) -> Response:
        html = drafts_page(
            keeper.drafts(),
            language_from(request),
            visitor_of(request),
            done_key=done_key(request),
            published=site.reports().get(request.query_params.get("report", "")),
        )
        return HTMLResponse(html)

    def page(
        request: Request, report_id: str, typed: Form | None = None, exc: HocHoiError | None = None
    ) -> Response:
        draft = keeper.draft(report_id)
        html = draft_page(
            replace(draft, fields=as_typed(draft.fields, typed)),
            site.topic_names,
            language_from(request),
            visitor_of(request),
            sentence=None if exc is None else error_sentence(exc),
            done_key=done_key(request),
        )
        return HTMLResponse(html, status_code=200 if exc is None else 400)

    @app.get(f"{DRAFTS_PATH}/{{report_id}}")
    def draft(request: Request, report_id: str) -> Response:
        return found_or_404(request, lambda: page(request, report_id))

    @app.post(f"{DRAFTS_PATH}/{{report_id}}")
    def decide(request: Request, report_id: str, form: CheckedForm) -> Response:
        def make() -> Response:
            keeper.draft(report_id)
            try:
                where = _decided(request, keeper, door, report_id, form)
            except (CorrectionError, DecisionNeededError) as exc:
                return page(request, report_id, form, exc)
            return RedirectResponse(where, 303)

        return found_or_404(request, make)


def _decided(request: Request, keeper: Keeper, door: Door, report_id: str, form: Form) -> str:
    """Save, publish or delete a draft, as the button says that was pressed; return where to go."""
    actor, deed = visitor_of(request).actor, form.text("do")
    if deed == "discard":
        keeper.discard(report_id, actor.who)
        door.audit.write(actor, "report.refuse", report_id)
        return f"{DRAFTS_PATH}?done=draft_discarded"
    correct_fields(request, keeper, door, report_id, form)
    if deed not in _ON_KIN:
        return f"{DRAFTS_PATH}/{report_id}?done=draft_saved"
    keeper.publish(report_id, actor.who, _ON_KIN[deed])
    door.audit.write(actor, "report.publish", report_id, detail=deed)
    return f"{DRAFTS_PATH}?done=draft_published&report={quote(report_id)}"


def _add_fields(app: FastAPI, site: Site, keeper: Keeper, door: Door) -> None:
    def page(
        request: Request, report_id: str, typed: Form | None = None, exc: HocHoiError | None = None
    ) -> Response:
        report = keeper.report(report_id)
        html = fields_page(
            report,
            as_typed(keeper.fields(report), typed),
            site.topic_names,
            language_from(request),
            visitor_of(request),
            sentence=None if exc is None else error_sentence(exc),
            done_key=done_key(request),
        )
        return HTMLResponse(html, status_code=200 if exc is None else 400)

    @app.get(f"{REPORTS_PATH}/{{report_id}}/fields")
    def fields(request: Request, report_id: str) -> Response:
        return found_or_404(request, lambda: page(request, report_id))

    @app.post(f"{REPORTS_PATH}/{{report_id}}/fields")
    def save(request: Request, report_id: str, form: CheckedForm) -> Response:
        def make() -> Response:
            try:
                correct_fields(request, keeper, door, report_id, form)
            except CorrectionError as exc:
                return page(request, report_id, form, exc)
            where = f"{REPORTS_PATH}/{report_id}/fields?done=draft_saved"
            return RedirectResponse(where, 303)

        return found_or_404(request, make)
