"""What the administrators' routes do with every request."""

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response

from hochoi.errors import NotFoundError
from hochoi.record.corrections import KEYS
from ui.admin.keeper import Keeper
from ui.door.door import Door
from ui.door.forms import Form
from ui.door.routes import language_from
from ui.door.state import visitor_of
from ui.headers import not_found

_DONE_KEYS = frozenset({"draft_saved", "removed_done"})


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


def correct_fields(
    request: Request, keeper: Keeper, door: Door, report_id: str, form: Form
) -> None:
    """Save the fields that were typed differently, each with who did it."""
    actor = visitor_of(request).actor
    typed = {name: form.text(name) for name in KEYS if name in form.fields and name != "topics"}
    typed["topics"] = "; ".join(form.values("topics"))
    changed = keeper.correct(report_id, typed, actor.who)
    if changed:
        door.audit.write(actor, "report.correct", report_id, detail=", ".join(changed))
