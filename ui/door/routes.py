"""The routes of the door: sign in and out, first administrator, one's own account."""

import logging
import secrets

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hochoi.errors import HocHoiError, LoginRefusedError, PasswordError, SignOnError
from hochoi.people.audit import REFUSED, Actor
from hochoi.people.person import Role
from ui.door.cookies import FORM_COOKIE, SESSION_COOKIE, SIGN_ON_COOKIE, cookie_header, read_cookie
from ui.door.door import Door
from ui.door.forms import CheckedForm, Form, FormRefusedError
from ui.door.pages import account_page, login_page, setup_page
from ui.door.policy import rule_for
from ui.door.refusals import refusal_page
from ui.door.sign_on import ORIGIN, SignOn
from ui.door.state import form_token_from, visitor_of
from ui.door.trial import new_trial_token
from ui.wording import LANGUAGE_COOKIE, Language, error_sentence, language_of

logger = logging.getLogger(__name__)


def language_from(request: Request) -> Language:
    """Return the language that the person reads labels in."""
    return language_of(request.cookies.get(LANGUAGE_COOKIE))


def add_door_routes(app: FastAPI, door: Door) -> None:
    """Add the pages of the door, and the answer to forms that cannot be taken."""
    _add_login(app, door)
    if door.sign_on is not None:
        _add_sign_on(app, door, door.sign_on)
    _add_setup(app, door)
    _add_account(app, door)

    @app.exception_handler(FormRefusedError)
    async def refused(request: Request, exc: FormRefusedError) -> Response:
        return refusal_page(request, exc.status, exc.sentence_key)


def _add_login(app: FastAPI, door: Door) -> None:
    def page(request: Request, status: int = 200, **shown: str) -> Response:
        token, fresh = _form_token(request)
        html = login_page(
            language_from(request),
            token,
            next_path=shown.get("next_path", "/"),
            name=shown.get("name", ""),
            sentence=shown.get("sentence"),
            open_asking=door.options.open_asking,
            sign_on=door.sign_on is not None,
        )
        return _with_cookies(HTMLResponse(html, status_code=status), fresh)

    @app.get("/login")
    def login(request: Request) -> Response:
        wanted = next_path(request.query_params.get("next", "/"))
        if visitor_of(request).person.is_known:
            return RedirectResponse(wanted, 303)
        return page(request, next_path=wanted)

    @app.post("/login")
    def sign_in(request: Request, form: CheckedForm) -> Response:
        name, wanted = form.text("name"), next_path(form.text("next"))
        visitor = visitor_of(request)
        try:
            token = door.login.with_password(name, form.text("password"), visitor.address)
        except HocHoiError as exc:
            status = 401 if isinstance(exc, LoginRefusedError) else 429
            return page(
                request, status, next_path=wanted, name=name[:64], sentence=error_sentence(exc)
            )
        return _signed_in(request, door, token, wanted)

    @app.post("/logout")
    def sign_out(request: Request, form: CheckedForm) -> Response:
        visitor = visitor_of(request)
        if visitor.session is not None:
            door.sessions.end(visitor.session.token_sha256)
            door.audit.write(visitor.actor, "session.end", visitor.person.name)
        return _signed_out(request)


def _add_sign_on(app: FastAPI, door: Door, sign_on: SignOn) -> None:
    def failed(request: Request, exc: HocHoiError) -> Response:
        logger.warning("sign-on failed: %s", exc)
        token, fresh = _form_token(request)
        html = login_page(
            language_from(request), token, sentence=error_sentence(exc),
            open_asking=door.options.open_asking, sign_on=True,
        )  # fmt: skip
        return _with_cookies(HTMLResponse(html, status_code=401), fresh)

    @app.get("/login/sso")
    def leave(request: Request) -> Response:
        visitor = visitor_of(request)
        scheme = "https" if visitor.is_secure else "http"
        back = f"{scheme}://{request.headers['host']}/login/sso/back"
        try:
            address, state = sign_on.leave(next_path(request.query_params.get("next", "/")), back)
        except HocHoiError as exc:
            return failed(request, exc)
        kept = cookie_header(SIGN_ON_COOKIE, state, is_secure=visitor.is_secure, max_age_s=600)
        return _with_cookies(RedirectResponse(address, 303), kept)

    @app.get("/login/sso/back")
    def back(request: Request) -> Response:
        visitor, asked = visitor_of(request), request.query_params
        held = read_cookie(request, SIGN_ON_COOKIE, is_secure=visitor.is_secure) or ""
        state = asked.get("state", "")
        try:
            if not state or not secrets.compare_digest(state.encode(), held.encode()):
                raise SignOnError("another browser left with this state")
            name, wanted = sign_on.come_back(state, asked.get("code", ""))
            token = door.login.with_sign_on(name, ORIGIN, visitor.address)
        except HocHoiError as exc:
            return failed(request, exc)
        return _signed_in(request, door, token, wanted)


def _add_setup(app: FastAPI, door: Door) -> None:
    @app.get("/setup")
    def setup(request: Request) -> Response:
        code = request.query_params.get("code", "")
        if not door.setup_code.fits(code):
            return _no_setup(request, door)
        token, fresh = _form_token(request)
        page = HTMLResponse(setup_page(language_from(request), token, code))
        return _with_cookies(page, fresh)

    @app.post("/setup")
    def create(request: Request, form: CheckedForm) -> Response:
        code, name = form.text("code"), form.text("name")
        visitor = visitor_of(request)
        by = Actor("setup code", visitor.address)
        if not door.setup_code.fits(code):
            return _no_setup(request, door)
        try:
            _check_repeated(form)
            with door.people.writing():
                if not door.setup_code.is_wanted():  # somebody was quicker
                    return _no_setup(request, door)
                account = door.accounts.add(name, tuple(Role), by, password=form.text("new"))
        except HocHoiError as exc:
            token, _ = _form_token(request)
            html = setup_page(
                language_from(request), token, code, name=name[:64], sentence=error_sentence(exc)
            )
            return HTMLResponse(html, status_code=422)
        token = door.sessions.begin(account.person_id, visitor.address)
        return _signed_in(request, door, token, "/account")


def _no_setup(request: Request, door: Door) -> Response:
    by = Actor("", visitor_of(request).address)
    door.audit.write(by, "account.setup", result=REFUSED)
    return refusal_page(request, 404, "setup_closed")


def _add_account(app: FastAPI, door: Door) -> None:
    def page(
        request: Request, status: int = 200, *, sentence: str | None = None,
        done_key: str | None = None,
    ) -> Response:  # fmt: skip
        visitor = visitor_of(request)
        session = visitor.session
        html = account_page(
            language_from(request),
            visitor.form_token,
            visitor.person,
            sessions=door.sessions.count(visitor.person.id),
            has_password=session is not None and door.accounts.has_password(visitor.person.id),
            must_change=session is not None and session.must_change and done_key is None,
            sentence=sentence,
            done_key=done_key,
        )
        return HTMLResponse(html, status_code=status)

    @app.get("/account")
    def account(request: Request) -> Response:
        return page(request)

    @app.post("/account/password")
    def change(request: Request, form: CheckedForm) -> Response:
        visitor = visitor_of(request)
        if visitor.session is None:
            return refusal_page(request, 403, "forbidden")
        try:
            _check_repeated(form)
            current, new = form.text("current"), form.text("new")
            if current == new:
                raise PasswordError("same")
            mine = door.login.check_password(visitor.person.name, current, visitor.address)
            keep = visitor.session.token_sha256
            door.accounts.set_password(mine, new, visitor.actor, keep_session=keep)
        except HocHoiError as exc:
            return page(request, 422, sentence=error_sentence(exc))
        return page(request, done_key="password_changed")

    @app.post("/account/logout-everywhere")
    def leave(request: Request, form: CheckedForm) -> Response:
        visitor = visitor_of(request)
        mine = door.accounts.with_id(visitor.person.id)
        door.accounts.end_sessions(mine, visitor.actor)
        return _signed_out(request)


def next_path(text: str) -> str:
    """Return where to go after signing in: an address of ours that has a page, else the first."""
    path = text.partition("?")[0]
    is_ours = text.startswith("/") and text.isprintable() and "\\" not in text
    return text if is_ours and not text.startswith("//") and rule_for(path) else "/"


def _check_repeated(form: Form) -> None:
    if form.text("new") != form.text("repeat"):
        raise PasswordError("repeat")


def _form_token(request: Request) -> tuple[str, str | None]:
    """Return the form token of a browser, and the cookie it needs first if it has none."""
    visitor = visitor_of(request)
    if visitor.form_token:
        return visitor.form_token, None
    held = new_trial_token()
    kept = cookie_header(FORM_COOKIE, held, is_secure=visitor.is_secure, same_site="Strict")
    return form_token_from(held), kept


def _with_cookies(response: Response, *cookies: str | None) -> Response:
    for cookie in cookies:
        if cookie is not None:
            response.headers.append("set-cookie", cookie)
    return response


def _signed_in(request: Request, door: Door, token: str, wanted: str) -> Response:
    """Hand out a new session; one that the browser had before ends."""
    is_secure = visitor_of(request).is_secure
    door.sessions.end_token(read_cookie(request, SESSION_COOKIE, is_secure=is_secure))
    kept = cookie_header(SESSION_COOKIE, token, is_secure=is_secure)
    return _with_cookies(RedirectResponse(wanted, 303), kept)


def _signed_out(request: Request) -> Response:
    gone = cookie_header(SESSION_COOKIE, "", is_secure=visitor_of(request).is_secure, max_age_s=0)
    return _with_cookies(RedirectResponse("/login", 303), gone)
