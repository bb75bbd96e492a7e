"""The HTML around the ask page: language, title, masthead, our style and script, the policy.

The user interface library serves a fixed document; this edits it on the way out, so that the
first paint is ours, nothing in it points to another host and only its own scripts may run.
"""

import re
import secrets

from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hochoi.people.person import NOBODY, Person
from ui.document import static_url, wording_url
from ui.headers import ask_page_policy, cookie
from ui.masthead import Section, masthead
from ui.wording import LANGUAGE_COOKIE, Language, label, language_of

_PREVIEW_TAGS = re.compile(
    r'<meta\s+(?:property="og:|name="twitter:)[^>]*>|<link rel="manifest"[^>]*>'
)
_HEAD = Markup("""<title>{app_name}</title>
<meta name="description" content="{tagline}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<script src="{theme_js}"></script>
<link rel="icon" href="{favicon}" type="image/svg+xml">
<link rel="stylesheet" href="{base_css}">
<link rel="stylesheet" href="{ask_css}">
<script src="{wording_js}" defer></script>
<script src="{door_js}" defer></script>
<script src="{page_js}" defer></script>
<script src="{ask_js}" defer></script>
""")
_BEFORE = Markup('{}<noscript><p>{}</p></noscript><p class="opening" role="status">{}</p>')


def shell(html: str, nonce: str, language: Language, person: Person = NOBODY) -> str:
    """Return the library's document as our ask page.

    Raises:
        ValueError: If the document is not of the shape this was written for.
    """
    if html.count("<head>") != 1 or html.count("<gradio-app") != 1:
        raise ValueError("the user interface library's document has another shape than expected")
    html = _PREVIEW_TAGS.sub("", html)
    html = re.sub(r'<html\s+lang="en"', f'<html lang="{language.value}"', html, count=1)
    html = html.replace("<script", f'<script nonce="{nonce}"')
    html = html.replace("<head>", f"<head>\n{_head(language)}", 1)
    before = _BEFORE.format(
        masthead(language, person, Section.ASK),
        label("needs_script", language),
        label("opening", language),
    )
    return html.replace("<gradio-app", f"{before}<gradio-app", 1)


def _head(language: Language) -> Markup:
    return _HEAD.format(
        app_name=label("app_name", language),
        tagline=label("tagline", language),
        favicon=static_url("favicon.svg"),
        base_css=static_url("base.css"),
        ask_css=static_url("ask.css"),
        theme_js=static_url("theme.js"),
        wording_js=wording_url(),
        door_js=static_url("door.js"),
        page_js=static_url("page.js"),
        ask_js=static_url("ask.js"),
    )


class AskPageShell:
    """Passes `GET /` through `shell`; everything else as it is."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        headers = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        language = language_of(cookie(scope, LANGUAGE_COOKIE))
        person = scope.get("state", {}).get("person", NOBODY)
        rewriter = _Rewriter(send, secrets.token_urlsafe(16), language, person)
        await self.app({**scope, "headers": headers}, receive, rewriter.send)


class _Rewriter:
    """Holds a response back until its body is whole, then sends it changed."""

    def __init__(self, send: Send, nonce: str, language: Language, person: Person) -> None:
        self._send, self._nonce, self._language, self._person = send, nonce, language, person
        self._start: Message = {}
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        if self._start["status"] == 200:
            self._body = shell(
                self._body.decode(), self._nonce, self._language, self._person
            ).encode()
        headers = MutableHeaders(scope=self._start)
        headers["content-length"] = str(len(self._body))
        headers["content-security-policy"] = ask_page_policy(self._nonce)
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": self._body})
