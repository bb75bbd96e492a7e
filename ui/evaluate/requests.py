"""What the routes of evaluation do with every request."""

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response

from hochoi.errors import NotFoundError
from ui.door.state import visitor_of
from ui.evaluate.frame import Reader
from ui.headers import not_found
from ui.wording import LANGUAGE_COOKIE, Language, language_of


def reader_of(request: Request) -> Reader:
    """Return who looks at a page."""
    visitor = visitor_of(request)
    return Reader(visitor.person, language_from(request), visitor.form_token)


def language_from(request: Request) -> Language:
    """Return the language that the person reads labels in."""
    return language_of(request.cookies.get(LANGUAGE_COOKIE))


def page_number(text: str) -> int:
    """Return the number of a page as an address says it, 1 for anything else."""
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1


def download(content: str | bytes, name: str, kind: str) -> Response:
    """Return a file to keep; `name` is ASCII."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def found_or_404(request: Request, make: Callable[[], Response]) -> Response:
    """Return what `make` returns, or a page that says there is no such thing."""
    try:
        return make()
    except NotFoundError:
        return not_found("page_not_found", language_from(request))
