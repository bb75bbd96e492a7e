"""Security headers for every response, and a closed door for routes that no page uses.

Plain ASGI, so that streamed answers pass through untouched.
"""

import re
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.document import STATIC_URL, message_page
from ui.wording import LANGUAGE_COOKIE, Language, language_of

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_UNCHANGING = re.compile(rf"{STATIC_URL}/|/assets/|/static/")
_OPEN = re.compile(
    rf"/|/healthz|/favicon\.ico|/visits(?:\.csv)?|/reports/[^/]+(?:/original)?|{STATIC_URL}/[^/]+"
    # what the ask page loads from the user interface library
    r"|/assets/.+|/static/.+|/theme\.css|/config/?|/gradio_api/theme\.css"
    r"|/gradio_api/(?:startup-events|app_id|cancel|reset)/?|/gradio_api/queue/(?:join|data)/?"
    r"|/gradio_api/heartbeat/[^/]+"
)


def ask_page_policy(nonce: str) -> str:
    """Return the content security policy of the ask page.

    The user interface library compiles its templates with `Function`, hence `unsafe-eval`;
    inline scripts run only with the nonce and inline event handlers never.
    """
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
    )


class SecurityHeaders:
    """Adds the headers that a response does not already carry."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; anything but HTTP passes through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cache = "no-store"
        if _UNCHANGING.match(scope["path"]):
            cache = "public, max-age=31536000, immutable"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", PAGE_POLICY)
                headers.setdefault(
                    "cache-control", cache if message["status"] < 400 else "no-store"
                )
            await send(message)

        await self.app(scope, receive, with_headers)


class OpenRoutesOnly:
    """Answers 404 for every path that no page of ours uses.

    The user interface library brings routes to upload, proxy and edit; none of them is reachable.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say in Vietnamese that there is no such page."""
        if scope["type"] in {"http", "websocket"} and not _OPEN.fullmatch(scope["path"]):
            response = not_found("page_not_found", language_of(cookie(scope, LANGUAGE_COOKIE)))
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)


def cookie(scope: Scope, name: str) -> str | None:
    """Return the value of a cookie of the request, or None."""
    for header, value in scope["headers"]:
        if header == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                key, _, content = pair.strip().partition("=")
                if key == name:
                    return str(content)
    return None


def not_found(sentence_key: str, language: Language) -> HTMLResponse:
    """Return a 404 page that says one sentence."""
    return HTMLResponse(message_page("not_found_title", sentence_key, language), status_code=404)
