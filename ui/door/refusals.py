"""Pages that say no, each in one sentence."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from ui.document import message_page
from ui.wording import LANGUAGE_COOKIE, language_of

_TITLES = {
    404: "not_found_title",
    405: "not_found_title",
}


def refusal_page(request: Request, status: int, sentence_key: str) -> HTMLResponse:
    """Return a page with a status and the sentence of a label."""
    language = language_of(request.cookies.get(LANGUAGE_COOKIE))
    title_key = _TITLES.get(status, "refused_title")
    return HTMLResponse(message_page(title_key, sentence_key, language), status_code=status)
