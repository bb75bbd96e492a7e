"""One streamed chat completion over HTTP, inside time and size limits, through LangChain.

Redirects are not followed and proxy variables of the environment not read. Does not retry, does
not count failures and does not know prompts or reports.
"""

import logging
import os
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hochoi.errors import ModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how large one completion may be."""

    connect_s: float = 2.0
    first_s: float = 10.0  # until the first chunk
    idle_s: float = 10.0  # between two chunks
    total_s: float = 60.0
    chars: int = 12_000
    bytes: int = 4_000_000  # as received, events and all


class GenerationError(ModelError):
    """A language model gave no usable answer; the extractive answer stands in."""

    def __init__(
        self,
        model: str,
        reason: str,
        *,
        passing: bool = False,
        retry_after_s: float | None = None,
        needs_admin: bool = False,
    ) -> None:
        """Keep what the caller decides by; `reason` never quotes the server.

        Args:
            model: Name of the model.
            reason: What went wrong, in English.
            passing: Whether the same call may well succeed when made again at once.
            retry_after_s: What the server asked for.
            needs_admin: Whether only an administrator can help: key, address, model name.
        """
        super().__init__(model, reason)
        self.passing, self.retry_after_s, self.needs_admin = passing, retry_after_s, needs_admin


class SecretText:
    """A text that is never shown: `str` and `repr` hide it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself."""
        return self._text

    def __str__(self) -> str:
        return "***"

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """Where a model is served. The key is in no text form of this record."""

    model: str
    url: str
    key: SecretText


@dataclass(frozen=True, slots=True)
class _End:
    """The stream ended: with the finish reason of the model, or None when it was cut off."""

    reason: str | None


_Event = str | _End | GenerationError


class ModelClient:
    """Speaks with one model. Every completion has a connection and a thread of its own."""

    def __init__(self, address: ModelAddress, limits: Limits | None = None) -> None:
        self.address = address
        self.limits = limits or Limits()
        self._building = threading.Lock()
        self._model: BaseChatModel | None = None
        self._calls: dict[int, _Call] = {}  # by thread

    def complete(self, rules: str, request: str, total_s: float | None = None) -> Iterator[str]:
        """Yield the text of an answer as it arrives; closing the iterator hangs up.

        Args:
            rules: The system message.
            request: The user message.
            total_s: A shorter limit for all of it than the configured one.

        Raises:
            GenerationError: If no answer arrives within the limits, or none that is whole. What
                was yielded before must then not be shown as an answer.
        """
        model = self._built()  # before any limit runs: the first time takes seconds
        call = _Call(self.address.model)

        def run() -> None:
            self._calls[threading.get_ident()] = call
            try:
                call.run(model, [("system", rules), ("human", request)])
            finally:
                del self._calls[threading.get_ident()]

        threading.Thread(target=run, name="language model", daemon=True).start()
        try:
            yield from self._texts(call, total_s or self.limits.total_s)
        finally:
            call.hang_up()

    def prepare(self) -> None:
        """Build the client now. Opens no connection.

        Raises:
            GenerationError: If a library is missing.
        """
        self._built()

    def _built(self) -> "BaseChatModel":
        """Return the client, built at the first call.

        Raises:
            GenerationError: If a library is missing.
        """
        with self._building:
            if self._model is None:
                try:
                    self._model = _chat_model(self.address, self.limits, self._connected)
                except ImportError as exc:
                    reason = f"{exc.name} is not installed"
                    raise GenerationError(self.address.model, reason, needs_admin=True) from exc
            return self._model

    def _connected(self, connected: socket.socket) -> None:
        call = self._calls.get(threading.get_ident())
        if call is not None:
            call.connected(connected)

    def _texts(self, call: "_Call", total_s: float) -> Iterator[str]:
        limits, model = self.limits, self.address.model
        started = time.monotonic()
        wait_s, chars = limits.first_s, 0
        while True:
            left_s = started + total_s - time.monotonic()
            event = call.next_event(min(wait_s, left_s)) if left_s > 0 else None
            if event is None:
                is_slow = left_s <= wait_s
                reason = f"longer than {total_s:g} s" if is_slow else f"silent for {wait_s:g} s"
                raise GenerationError(model, reason)
            if isinstance(event, GenerationError):
                raise event
            if isinstance(event, _End):
                return _check_end(event, model, chars)
            wait_s = limits.idle_s
            chars += len(event)
            if chars > limits.chars:
                raise GenerationError(model, f"more than {limits.chars} characters")
            if event:
                yield event


_WHOLE = frozenset({"stop", "eos", "end_turn", "eos_token"})


def _check_end(end: _End, model: str, chars: int) -> None:
    if end.reason is None:
        raise GenerationError(model, "the stream was cut off", passing=chars == 0)
    if end.reason not in _WHOLE:
        raise GenerationError(model, f"finished because of {end.reason[:20]!r}")
    if not chars:
        raise GenerationError(model, "empty answer")


class _Call:
    """One completion: its events, and the way to stop it from outside."""

    def __init__(self, model_name: str) -> None:
        self._model_name = model_name
        self._events: queue.Queue[_Event] = queue.Queue(maxsize=64)
        self._is_over = threading.Event()
        self._sockets: list[socket.socket] = []

    def next_event(self, wait_s: float) -> _Event | None:
        """Return what arrives within some seconds, None when nothing does."""
        try:
            return self._events.get(timeout=wait_s)
        except queue.Empty:
            return None

    def hang_up(self) -> None:
        """Close the connection, also under a thread that waits for it."""
        self._is_over.set()
        for connected in self._sockets:
            try:
                connected.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed already
                logger.debug("connection to the model was closed already")

    def connected(self, connected: socket.socket) -> None:
        """Take note of the connection."""
        self._sockets.append(connected)
        if self._is_over.is_set():
            self.hang_up()

    def run(self, model: "BaseChatModel", messages: list[tuple[str, str]]) -> None:
        """Read the stream to its end and put its events into the queue."""
        import httpx2
        import openai

        reason: str | None = None
        try:
            for chunk in model.stream(messages):
                reason = chunk.response_metadata.get("finish_reason") or reason
                if not self._put(str(chunk.text)):
                    return
            self._put(_End(reason))
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError, OSError) as exc:
            self._put(_translated(exc, self._model_name))
        except (ValueError, TypeError, LookupError, AttributeError, RuntimeError) as exc:
            # What clients raise over answers that are not the protocol.
            self._put(GenerationError(self._model_name, f"no protocol: {type(exc).__name__}"))
        finally:
            self._put(_End(None))  # whatever happened, nobody waits for more

    def _put(self, event: _Event) -> bool:
        """Hand over an event; False when nobody wants it any more."""
        while not self._is_over.is_set():
            try:
                self._events.put(event, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False


def _chat_model(
    address: ModelAddress, limits: Limits, on_connected: Callable[[socket.socket], None]
) -> "BaseChatModel":
    """Return LangChain's client for a server; opens no connection."""
    os.environ["LANGSMITH_TRACING"] = "false"  # nothing is reported to anybody
    os.environ["LANGCHAIN_TRACING_V2"] = "false"
    import httpx2
    from langchain.chat_models import init_chat_model

    from hochoi.chat_model.transport import GuardedTransport

    verify = ssl.create_default_context() if address.url.startswith("https:") else False
    http = httpx2.Client(
        transport=GuardedTransport(verify, limits.bytes, on_connected),
        timeout=httpx2.Timeout(max(limits.first_s, limits.idle_s), connect=limits.connect_s),
        trust_env=False,
        follow_redirects=False,
    )
    return init_chat_model(
        address.model,
        model_provider="openai",
        base_url=address.url,
        api_key=address.key.reveal() or "none",
        openai_proxy=None,
        http_client=http,
        max_retries=0,
        temperature=0.0,
        stream_usage=False,
        use_responses_api=False,
    )


_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_FOR_ADMINS = frozenset({301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 413, 422})


def _translated(exc: Exception, model: str) -> GenerationError:
    """Return our error for a client's, without any words of the server."""
    status = getattr(exc, "status_code", None)
    if isinstance(status, int):
        return GenerationError(
            model,
            f"HTTP status {status}",
            passing=status in _PASSING,
            retry_after_s=_retry_after(getattr(getattr(exc, "response", None), "headers", {})),
            needs_admin=status in _FOR_ADMINS,
        )
    name = type(exc.__cause__ or exc).__name__
    is_timeout = "Timeout" in name or "Timeout" in type(exc).__name__
    return GenerationError(model, f"connection failed: {name}", passing=not is_timeout)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds a server asks to wait; a date counts as long."""
    text = headers.get("retry-after", "")
    if not text:
        return None
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else float("inf")
