"""The routes on which accounts are managed. The door lets administrators in only."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hochoi.errors import HocHoiError, NotFoundError
from hochoi.people.accounts import LOCAL, Account
from hochoi.people.passwords import temporary_password
from hochoi.people.person import Role
from ui.admin.users_page import PATH, user_page, users_page
from ui.door.door import Door
from ui.door.forms import CheckedForm, Form, FormRefusedError
from ui.door.refusals import refusal_page
from ui.door.routes import language_from
from ui.door.state import visitor_of
from ui.wording import error_sentence
from ui.wording.people import ROLE_MISSING


def add_user_routes(app: FastAPI, door: Door) -> None:
    """Add `/admin/users` and a page per account."""

    def listed(request: Request, status: int = 200, sentence: str | None = None, name: str = "",
               ) -> Response:  # fmt: skip
        rows = [(account, door.accounts.wait_s(account)) for account in door.accounts.all()]
        html = users_page(
            rows, language_from(request), visitor_of(request), sentence=sentence, name=name
        )
        return HTMLResponse(html, status_code=status)

    @app.get(PATH)
    def users(request: Request) -> Response:
        return listed(request)

    @app.post(PATH)
    def add(request: Request, form: CheckedForm) -> Response:
        name, roles, password = form.text("name"), _roles(form), temporary_password()
        if not roles:
            return listed(request, 422, ROLE_MISSING, name[:64])
        by = visitor_of(request).actor
        try:
            account = door.accounts.add(name, roles, by, password=password, must_change=True)
        except HocHoiError as exc:
            return listed(request, 422, error_sentence(exc), name[:64])
        return _shown(request, door, account, password=password)

    _add_user_page(app, door)


def _add_user_page(app: FastAPI, door: Door) -> None:
    @app.get(PATH + "/{person_id}")
    def user(request: Request, person_id: str) -> Response:
        try:
            return _shown(request, door, door.accounts.with_id(person_id))
        except NotFoundError:
            return refusal_page(request, 404, "account_not_found")

    @app.post(PATH + "/{person_id}")
    def act(request: Request, person_id: str, form: CheckedForm) -> Response:
        try:
            account = door.accounts.with_id(person_id)
        except NotFoundError:
            return refusal_page(request, 404, "account_not_found")
        try:
            return _acted(request, door, account, form)
        except HocHoiError as exc:
            return _shown(request, door, account, status=422, sentence=error_sentence(exc))


def _acted(request: Request, door: Door, account: Account, form: Form) -> Response:
    """Do one thing to an account and show it."""
    visitor = visitor_of(request)
    by = visitor.actor
    match form.text("action"):
        case "role":
            roles = _roles(form)
            if not roles:
                return _shown(request, door, account, status=422, sentence=ROLE_MISSING)
            door.accounts.set_roles(account, roles, by)
        case "disable":
            door.accounts.disable(account, by)
        case "enable":
            door.accounts.enable(account, by)
        case "unlock":
            door.accounts.unlock(account, by)
        case "logout":
            door.accounts.end_sessions(account, by)
        case "password" if account.origin == LOCAL:
            password = temporary_password()
            door.accounts.set_password(account, password, by, must_change=True)
            return _shown(request, door, account, password=password)
        case _:
            raise FormRefusedError(400, "bad_form")
    if account.person_id == visitor.person.id:  # one's own session may be over
        return RedirectResponse(f"{PATH}/{account.person_id}", 303)
    return _shown(request, door, account, done_key="account_changed")


def _shown(
    request: Request, door: Door, account: Account, *, status: int = 200,
    sentence: str | None = None, done_key: str | None = None, password: str | None = None,
) -> Response:  # fmt: skip
    now = door.accounts.with_id(account.person_id)
    html = user_page(
        now,
        door.accounts.wait_s(now),
        door.sessions.count(now.person_id),
        language_from(request),
        visitor_of(request),
        sentence=sentence,
        done_key=done_key,
        password=password,
    )
    return HTMLResponse(html, status_code=status)


def _roles(form: Form) -> tuple[Role, ...]:
    """Return the roles that are ticked.

    Raises:
        FormRefusedError: If there is no such role; our pages offer none.
    """
    try:
        return tuple(Role(name) for name in form.values("role"))
    except ValueError as exc:
        raise FormRefusedError(400, "bad_form") from exc
