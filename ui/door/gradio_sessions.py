"""Lets only the person who opened an ask page read and steer its stream.

The user interface library knows a page by a random word that the page itself has made up. Whoever
learned it could listen; here the first person to use a word owns it.
"""

import json
import re
from collections import OrderedDict
from urllib.parse import parse_qs

from starlette.types import Message, Receive, Scope

from hochoi.people.person import Person

MAX_BODY_BYTES = 256 * 1024  # a question with its filters; files go through our own routes
STREAM = "/gradio_api/queue/data"  # brings a page what its events yield
_KEPT = 20_000  # pages; the longest unused are forgotten first
_IN_BODY = re.compile(r"/gradio_api/(?:queue/join|cancel|reset)/?")


class BodyTooLargeError(Exception):
    """A request carries more than any page of ours sends."""


class GradioSessions:
    """Who owns which page's word. Lives in the event loop of one server."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()

    def is_owner(self, word: str, person: Person) -> bool:
        """Whether the word is this person's, who becomes its owner if nobody is."""
        owner = self._owners.setdefault(word, person.id)
        self._owners.move_to_end(word)
        if len(self._owners) > _KEPT:
            self._owners.popitem(last=False)
        return owner == person.id


async def word_of(scope: Scope, receive: Receive) -> tuple[str | None, Receive]:
    """Return the word that a request names, if it names one, and what to read the body from.

    Raises:
        BodyTooLargeError: If the body is longer than `MAX_BODY_BYTES`.
    """
    path = scope["path"]
    if path == STREAM:
        words = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [])
        return (words[-1] if words else None), receive  # of several FastAPI takes the last
    if not _IN_BODY.fullmatch(path):
        return None, receive
    body = await _whole_body(receive)
    return _word_in(body), _replay(body, receive)


async def _whole_body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            raise BodyTooLargeError
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)


def _word_in(body: bytes) -> str | None:
    try:
        data = json.loads(body)
    except ValueError:
        return None
    word = data.get("session_hash") if isinstance(data, dict) else None
    return word if isinstance(word, str) else None


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body once and then goes on as before."""
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
