"""The routes of draft questions: list, propose, take over feedback, decide."""

from dataclasses import replace

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from evaluation.drafts import DraftQuestion, Status
from hochoi.errors import TestSetError
from ui.door.door import Door
from ui.door.forms import CheckedForm, Form
from ui.door.state import visitor_of
from ui.evaluate.desk import EvaluationDesk
from ui.evaluate.drafts_page import DRAFTS_PATH, draft_page, drafts_page
from ui.evaluate.requests import found_or_404, page_number, reader_of


def add_draft_routes(app: FastAPI, desk: EvaluationDesk, door: Door) -> None:
    """Add `/evaluate/drafts` and all below it."""

    @app.get(DRAFTS_PATH)
    def drafts(request: Request) -> Response:
        asked = request.query_params
        status = next((s for s in Status if s.value == asked.get("status")), Status.PROPOSED)
        html = drafts_page(
            desk.drafts.all(),
            reader_of(request),
            status=status,
            origin=asked.get("origin", ""),
            number=page_number(asked.get("page", "1")),
        )
        return HTMLResponse(html)

    @app.post(f"{DRAFTS_PATH}/propose")
    def propose(request: Request, form: CheckedForm) -> Response:
        desk.drafts.add(desk.propose())
        door.audit.write(visitor_of(request).actor, "testset.propose")
        return RedirectResponse(DRAFTS_PATH, 303)

    @app.post(f"{DRAFTS_PATH}/feedback")
    def feedback(request: Request, form: CheckedForm) -> Response:
        desk.drafts.add(desk.feedback())
        door.audit.write(visitor_of(request).actor, "testset.feedback")
        return RedirectResponse(f"{DRAFTS_PATH}?origin=feedback", 303)

    @app.get(f"{DRAFTS_PATH}/{{draft_id}}")
    def draft(request: Request, draft_id: str) -> Response:
        def make() -> Response:
            found = desk.drafts.find(draft_id)
            return HTMLResponse(draft_page(found, desk.added_sets(), reader_of(request)))

        return found_or_404(request, make)

    @app.post(f"{DRAFTS_PATH}/{{draft_id}}")
    def decide(request: Request, draft_id: str, form: CheckedForm) -> Response:
        return found_or_404(request, lambda: _decided(request, desk, door, draft_id, form))


def _decided(
    request: Request, desk: EvaluationDesk, door: Door, draft_id: str, form: Form
) -> Response:
    """Save what a person changed, and approve or reject the draft if that is what was pressed."""
    changed = _changed(desk.drafts.find(draft_id), form)
    actor, deed = visitor_of(request).actor, form.text("do")
    try:
        desk.drafts.edit(changed)
        if deed == "approve":
            desk.approve(draft_id, form.text("set"), actor.who)
        elif deed == "reject":
            desk.drafts.reject(draft_id, actor.who)
    except TestSetError as exc:
        html = draft_page(changed, desk.added_sets(), reader_of(request), exc)
        return HTMLResponse(html, status_code=400)
    if deed in ("approve", "reject"):
        door.audit.write(actor, f"testset.{deed}", draft_id)
    return RedirectResponse(f"{DRAFTS_PATH}/{draft_id}" if deed == "save" else DRAFTS_PATH, 303)


def _changed(draft: DraftQuestion, form: Form) -> DraftQuestion:
    """Return a draft as the form has it."""

    def lines(name: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in form.text(name).splitlines() if line.strip())

    return replace(
        draft,
        question=" ".join(form.text("question").split()),
        history=lines("history"),
        answerable=bool(form.text("answerable")),
        ask_back=bool(form.text("ask_back")),
        expected=lines("expected"),
        relevant=lines("relevant"),
        nearest=form.text("nearest").strip() or None,
        kind=form.text("kind").strip(),
        tags=tuple(form.text("tags").split()),
    )
