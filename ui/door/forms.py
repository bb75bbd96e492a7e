"""Read a form that a page of ours has sent: short, plain, and with the token of its browser."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends
from markupsafe import Markup
from starlette.requests import Request

from ui.door.state import visitor_of

TOKEN_FIELD = "form_token"
TOKEN_HEADER = "x-form-token"  # for requests that scripts send, e.g. uploads
MAX_FORM_BYTES = 64 * 1024
_KIND = "application/x-www-form-urlencoded"


class FormRefusedError(Exception):
    """A form cannot be taken; `status` and the label `sentence_key` say why."""

    def __init__(self, status: int, sentence_key: str) -> None:
        super().__init__(sentence_key)
        self.status, self.sentence_key = status, sentence_key


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form; a field that is missing is empty."""

    fields: Mapping[str, list[str]]

    def text(self, name: str) -> str:
        """Return the first value of a field, as typed."""
        return self.fields.get(name, [""])[0]

    def values(self, name: str) -> tuple[str, ...]:
        """Return all values of a field, e.g. of boxes that are ticked."""
        return tuple(self.fields.get(name, []))


async def checked_form(request: Request) -> Form:
    """Return the form of a request; routes take it as a parameter of the type `CheckedForm`.

    Raises:
        FormRefusedError: If it is too long, no form, or not from a page of this browser.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _KIND:
        raise FormRefusedError(403, "other_site")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_FORM_BYTES:
            raise FormRefusedError(413, "too_large")
    try:
        text = body.decode("ascii")
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=200, errors="strict")
    except ValueError as exc:
        raise FormRefusedError(400, "bad_form") from exc
    form = Form(fields)
    check_form_token(request, form.text(TOKEN_FIELD))
    return form


CheckedForm = Annotated[Form, Depends(checked_form)]


def check_form_token(request: Request, token: str) -> None:
    """Refuse what does not carry the token of its browser.

    Raises:
        FormRefusedError: If the token is another one, or the browser has none.
    """
    expected = visitor_of(request).form_token
    if not expected or not secrets.compare_digest(token.encode(), expected.encode()):
        raise FormRefusedError(403, "form_expired")


def token_field(form_token: str) -> Markup:
    """Return the hidden field that every form of ours holds."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, form_token)
