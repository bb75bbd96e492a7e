"""Security headers for every response.

Plain ASGI, so that streamed answers pass through untouched.
"""

import re
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.document import STATIC_URL, message_page
from ui.wording import Language

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# The user interface library would let pages of other sites read ours; nobody needs that.
_SHARED_WITH_OTHERS = (
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-expose-headers",
)
_UNCHANGING = re.compile(rf"{STATIC_URL}/|/assets/|/static/")


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
                for name in _SHARED_WITH_OTHERS:
                    del headers[name]
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", PAGE_POLICY)
                headers.setdefault(
                    "cache-control", cache if message["status"] < 400 else "no-store"
                )
            await send(message)

        await self.app(scope, receive, with_headers)


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
