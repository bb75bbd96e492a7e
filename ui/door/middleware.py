"""The door itself: every request is judged here before any page sees it. Plain ASGI.

In this order: is the host name ours, is there such a page, does a page of ours send this, who is
it, may they. A long answer ends when its session does.
"""

import time
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.door.cookies import cookie_header
from ui.door.door import Door
from ui.door.gradio_sessions import STREAM, BodyTooLargeError, GradioSessions, word_of
from ui.door.identify import identify, is_still_in
from ui.door.peer import Peer, host_is_allowed, is_same_origin, peer_of
from ui.door.policy import Access, Verdict, rule_for, verdict
from ui.door.refusals import refusal_page
from ui.door.state import Visitor, form_token_from, set_visitor
from ui.door.trial import TRIAL_COOKIE, TRIAL_S, new_trial_token, trial_person
from ui.wording import LANGUAGE_COOKIE, label, language_of

RECHECK_S = 3.0
_SAFE = frozenset({"GET", "HEAD"})
_FREE_WHILE_CHANGING = ("/account", "/logout")
_LIBRARY = "/gradio_api/"  # called by scripts, whose requests always tell where they come from


class DoorMiddleware:
    """Knows the person of every request and lets them as far as the policy says."""

    def __init__(self, app: ASGIApp, door: Door, recheck_s: float = RECHECK_S) -> None:
        """Wrap `app`.

        Args:
            app: What is behind the door.
            door: Who may come in.
            recheck_s: How long a stream may go on after its session has ended.
        """
        self.app, self.door, self.recheck_s = app, door, recheck_s
        self.pages = GradioSessions()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; what is not HTTP, but for start and stop, is turned away."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        else:
            await self._judge(Request(scope, receive), scope, receive, send)

    async def _judge(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        peer = peer_of(request, self.door.options)
        set_visitor(scope, Visitor(address=peer.address, is_secure=peer.is_secure))
        rule = rule_for(scope["path"])
        refusal = self._refusal_before_asking_who(request)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        assert rule is not None
        if rule.access is Access.FILES:
            await self.app(scope, receive, send)
            return
        visitor = await run_in_threadpool(identify, request, self.door, peer)
        open_asking = self.door.options.open_asking
        if rule.access is Access.ASKING and open_asking and not visitor.person.id:
            visitor, send = _on_trial(peer, send)
        set_visitor(scope, visitor)
        match verdict(rule.access, visitor.person, open_asking=open_asking):
            case Verdict.SIGN_IN:
                await _sign_in(request)(scope, receive, send)
            case Verdict.FORBIDDEN:
                await refusal_page(request, 403, "forbidden")(scope, receive, send)
            case Verdict.OPEN:
                await self._let_in(request, visitor, receive, send)
            case Verdict.CLOSED:
                await refusal_page(request, 404, "page_not_found")(scope, receive, send)

    def _refusal_before_asking_who(self, request: Request) -> Response | None:
        """Return the refusal of a request that is wrong whoever sends it."""
        if "content-length" in request.headers and "transfer-encoding" in request.headers:
            # A proxy in front may see another end of this request: nothing after it is believed.
            refusal = refusal_page(request, 400, "bad_form")
            refusal.headers["connection"] = "close"
            return refusal
        if not host_is_allowed(request, self.door.options):
            return refusal_page(request, 400, "wrong_host")
        path, method = request.scope["path"], request.method
        rule = rule_for(path)
        if rule is None or rule.access is Access.CLOSED:
            return refusal_page(request, 404, "page_not_found")
        if method not in rule.methods:
            return refusal_page(request, 405, "page_not_found")
        if method not in _SAFE:
            ours = is_same_origin(request, self.door.options)
            if ours is False or (ours is None and path.startswith(_LIBRARY)):
                return refusal_page(request, 403, "other_site")
        return None

    async def _let_in(
        self, request: Request, visitor: Visitor, receive: Receive, send: Send
    ) -> None:
        scope = request.scope
        must_change = visitor.session is not None and visitor.session.must_change
        if must_change and not scope["path"].startswith(_FREE_WHILE_CHANGING):
            response: Response = _detail(request, 403, "must_change")
            if _wants_page(request):
                response = RedirectResponse("/account", 303)
            await response(scope, receive, send)
            return
        try:
            word, receive = await word_of(scope, receive)
        except BodyTooLargeError:
            await refusal_page(request, 413, "too_large")(scope, receive, send)
            return
        if word is not None and not self.pages.is_owner(word, visitor.person):
            await refusal_page(request, 404, "page_not_found")(scope, receive, send)
            return
        # The stream of an ask page is not cut: its page would wait for the rest for good, and what
        # it asks next would go down with it. Its events look themselves who is still in.
        if visitor.session is not None and scope["path"] != STREAM:
            send = self._while_signed_in(request, send)
        await self.app(scope, receive, send)

    def _while_signed_in(self, request: Request, send: Send) -> Send:
        """Return a `send` that ends the response once the person is no longer who they were."""
        looked, is_over = time.monotonic(), False

        async def checked(message: Message) -> None:
            nonlocal looked, is_over
            if is_over:
                return
            if (
                message["type"] == "http.response.body"
                and time.monotonic() - looked >= self.recheck_s
            ):
                is_over = not await run_in_threadpool(is_still_in, request, self.door)
                looked = time.monotonic()
                if is_over:
                    message = {"type": "http.response.body", "body": b"", "more_body": False}
            await send(message)

        return checked


def _on_trial(peer: Peer, send: Send) -> tuple[Visitor, Send]:
    """Return a new person on trial, and a `send` that hands the browser its cookie."""
    token = new_trial_token()
    person = trial_person(token)
    assert person is not None
    kept = cookie_header(TRIAL_COOKIE, token, is_secure=peer.is_secure, max_age_s=TRIAL_S)

    async def with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", kept)
        await send(message)

    return Visitor(person, peer.address, peer.is_secure, form_token_from(token)), with_cookie


def _wants_page(request: Request) -> bool:
    return request.method in _SAFE and "text/html" in request.headers.get("accept", "")


def _sign_in(request: Request) -> Response:
    """Return the way to the login page and back, or for scripts that there is no session."""
    if not _wants_page(request):
        return _detail(request, 401, "sign_in_first")
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(here, safe='/')}", 303)


def _detail(request: Request, status: int, key: str) -> Response:
    """Return a sentence for a script, in the form that the user interface library shows."""
    language = language_of(request.cookies.get(LANGUAGE_COOKIE))
    return JSONResponse({"detail": label(key, language)}, status_code=status)
