"""An open ask page without a browser: the requests that the page's scripts send, over HTTP.

Finds the events of the page in its configuration by what triggers them, so that it breaks loudly
when the page changes. Draws nothing and judges nothing.
"""

import json
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

_OUTCOME = re.compile(r'data-outcome="(\w+)"')
_CONVERSATION = re.compile(r'data-conversation="([^"]+)"')
_TURN = re.compile(r'data-turn="(\d+)"')
_REPORT = re.compile(r'href="(/reports/[^"#?]+)')
_PROBLEM = re.compile(r'class="problem"[^>]*>(?:<[^>]+>)*([^<]+)')


class EventFailedError(Exception):
    """The server did not carry an event out; the text says what it answered."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one event brought to the page."""

    html: str  # everything that was drawn, in the order it came
    first_ms: float  # from sending to the first thing drawn
    total_ms: float  # to the end of the event

    @property
    def outcomes(self) -> tuple[str, ...]:
        """How the turns ended, in every state that was drawn."""
        return tuple(_OUTCOME.findall(self.html))

    @property
    def conversation(self) -> str | None:
        """The id of the conversation, once there is one."""
        found = _CONVERSATION.findall(self.html)
        return found[-1] if found else None

    @property
    def turn(self) -> int:
        """The number of the newest turn, 0 while there is none."""
        return max(map(int, _TURN.findall(self.html)), default=0)

    @property
    def reports(self) -> tuple[str, ...]:
        """The addresses of reports that are linked, each once."""
        return tuple(dict.fromkeys(_REPORT.findall(self.html)))

    @property
    def problem(self) -> str | None:
        """The sentence that the page shows when something cannot be done."""
        found = _PROBLEM.search(self.html)
        return found[1] if found else None


class AskClient:
    """One open page of one person; the person's cookies are those of `http`."""

    def __init__(self, http: httpx.Client, config: Mapping[str, Any]) -> None:
        """Open no page yet; `config` is what the server gives at `/config`."""
        self._http = http
        self._headers = {"origin": str(http.base_url).rstrip("/")}
        self._word = secrets.token_hex(6)
        self._config = config
        self._conversation = ""  # as the page names it in every event
        self._names = {
            c["id"]: c.get("props", {}).get("elem_id") or c["type"] for c in config["components"]
        }

    def opened(self, conversation: str | None = None) -> Seen:
        """Bring the page up to date, with a kept conversation if one is named."""
        query = {"c": conversation} if conversation else {}
        return self._event("load", None, {}, query)

    def ask(self, question: str, context: str = "") -> Seen:
        """Send a question."""
        return self._event("click", "send", {"question": question, "context": context})

    def order(self, **details: object) -> Seen:
        """Press a button of the drawn page."""
        return self._event("click", "go", {"order": json.dumps(details, ensure_ascii=False)})

    def followed(self) -> Seen:
        """Ask for the questions to go on with, as the page does after each answer."""
        return self._event("then", None, {})

    def _event(
        self,
        kind: str,
        trigger: str | None,
        values: Mapping[str, str],
        query: Mapping[str, str] | None = None,
    ) -> Seen:
        event = self._find(kind, trigger)
        given = {**values, "conversation-id": self._conversation}
        body = {
            "data": [given.get(self._names[i]) for i in event["inputs"]],
            "fn_index": event["id"],
            "session_hash": self._word,
            "event_data": None,
            "trigger_id": None,
        }
        began = time.perf_counter()
        sent = self._http.post(
            "/gradio_api/queue/join", json=body, params=query or {}, headers=self._headers
        )
        if sent.status_code != 200:
            raise EventFailedError(f"{trigger or kind}: {sent.status_code} {sent.text[:200]}")
        first_ms, parts = 0.0, []
        for message in self._messages(sent.json()["event_id"]):
            drawn = list(_texts(message.get("output", {})))
            if drawn and not first_ms:
                first_ms = (time.perf_counter() - began) * 1000
            parts += drawn
            if message["msg"] == "process_completed" and not message.get("success"):
                raise EventFailedError(f"{trigger or kind}: {json.dumps(message)[:200]}")
        seen = Seen("\n".join(parts), first_ms, (time.perf_counter() - began) * 1000)
        self._conversation = seen.conversation or self._conversation
        return seen

    def _find(self, kind: str, trigger: str | None) -> Mapping[str, Any]:
        for event in self._config["dependencies"]:
            for component, name in event["targets"]:
                if name == kind and (trigger is None or self._names.get(component) == trigger):
                    found: Mapping[str, Any] = event
                    return found
        raise EventFailedError(f"the page has no event {kind} of {trigger}")

    def _messages(self, event_id: str) -> Iterator[dict[str, Any]]:
        """Yield what the stream says about an event, up to its end."""
        with self._http.stream(
            "GET", "/gradio_api/queue/data", params={"session_hash": self._word}
        ) as stream:
            if stream.status_code != 200:
                raise EventFailedError(f"stream: {stream.status_code}")
            for line in _lines(stream.iter_bytes()):
                if not line.startswith(b"data:"):
                    continue
                message = json.loads(line.removeprefix(b"data:"))
                if message["msg"] == "unexpected_error":
                    raise EventFailedError(f"stream: {line[:200]!r}")
                if message.get("event_id") != event_id:
                    continue
                yield message
                if message["msg"] == "process_completed":
                    return
        raise EventFailedError("the stream ended before the event")


def _lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield lines that end with a line feed, and nothing else, as in a stream of events."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


def _texts(value: object) -> Iterator[str]:
    """Yield every text within what an event brought."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
