"""What the administrators' routes do with every request."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from fastapi import Request
from fastapi.responses import Response

from hochoi.errors import NotFoundError
from hochoi.record.corrections import KEYS
from ingest.drafts import ReadField
from ui.admin.keeper import Keeper
from ui.door.door import Door
from ui.door.forms import Form
from ui.door.routes import language_from
from ui.door.state import visitor_of
from ui.headers import not_found

_DONE_KEYS = frozenset({"draft_saved", "draft_published", "draft_discarded", "removed_done"})


def found_or_404(request: Request, make: Callable[[], Response]) -> Response:
    """Return what `make` returns, or a page that says there is no such thing."""
    try:
        return make()
    except NotFoundError:
        return not_found("report_not_found", language_from(request))


def done_key(request: Request) -> str | None:
    """Return which of the known notes the address asks for."""
    key = request.query_params.get("done")
    return key if key in _DONE_KEYS else None


def as_typed(fields: Sequence[ReadField], form: Form | None) -> tuple[ReadField, ...]:
    """Return fields with what a person typed in the place of what is kept; None changes nothing."""
    if form is None:
        return tuple(fields)
    return tuple(
        replace(field, values=form.values("topics"))
        if field.name == "topics"
        else replace(field, values=(form.text(field.name),))
        for field in fields
    )


def correct_fields(
    request: Request, keeper: Keeper, door: Door, report_id: str, form: Form
) -> None:
    """Save the fields that were typed differently, each with who did it.

    A form without any of them changes nothing; boxes that are not ticked are not sent, so topics
    count as typed when another field is.
    """
    actor = visitor_of(request).actor
    typed = {name: form.text(name) for name in KEYS if name in form.fields and name != "topics"}
    if not typed:
        return
    typed["topics"] = "; ".join(form.values("topics"))
    changed = keeper.correct(report_id, typed, actor.who)
    if changed:
        door.audit.write(actor, "report.correct", report_id, detail=", ".join(changed))
