"""Have a language model draft an answer from offered passages. Verifies nothing.

The extractive answer needs no generator; whoever calls one falls back to it on any
`GenerationError`.
"""

import ipaddress
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from hochoi.chat_model.breaker import Breaker
from hochoi.chat_model.client import GenerationError, ModelAddress, ModelClient, SecretText
from hochoi.chat_model.prompting import Prompt, harmless, quoted
from hochoi.errors import SettingsError
from hochoi.verification.offers import Offered

logger = logging.getLogger(__name__)

EXTRACTIVE = "extractive"
NOTHING_FOUND = "KHÔNG CÓ"  # what the prompt tells the model to write when nothing fits
PROMPT_NAMES = ("question", "reports")
_PROVIDER = "openai:"
_LONGEST_WAIT_S = 2.0  # a server that asks for more is not called again


class Generator(Protocol):
    """Drafts answers whose sentences name passages by markers such as [1]."""

    @property
    def name(self) -> str:
        """What to call it in an answer."""

    def prepare(self) -> None:
        """Begin to get ready, so that the first draft need not wait; returns at once."""

    def draft(self, question: str, offered: Sequence[Offered]) -> Iterator[str]:
        """Yield the text of a draft in pieces; closing the iterator stops the work behind it.

        Raises:
            GenerationError: If there is no draft, or none that is whole.
        """


@dataclass(slots=True)
class ChatGenerator:
    """A chat model behind a prompt, one retry and a breaker. Safe to share between threads."""

    client: ModelClient
    prompt: Prompt
    breaker: Breaker = field(default_factory=Breaker)
    wait: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random  # 0..1

    @property
    def name(self) -> str:
        """The name of the model, as configured."""
        return self.client.address.model

    def prepare(self) -> None:
        """Import and build the client in the background: seconds that no reader should wait."""
        threading.Thread(target=self._prepare, name="language model", daemon=True).start()

    def _prepare(self) -> None:
        try:
            self.client.prepare()
        except GenerationError as exc:
            logger.error("generator_unusable model=%s reason=%s", exc.model, exc.reason)

    def draft(self, question: str, offered: Sequence[Offered]) -> Iterator[str]:
        """Yield the text of a draft in pieces; closing the iterator hangs up on the server.

        Raises:
            GenerationError: If there is no draft, or none that is whole.
        """
        if not self.breaker.allows():
            raise GenerationError(self.name, "not called for a while after failures")
        reports = "\n\n".join(quoted(o.number, o.report.title, o.text) for o in offered)
        request = self.prompt.fill(question=harmless(question), reports=reports)
        try:
            yield from self._attempts(request)
        except GenerationError as exc:
            self.breaker.failed()
            level = logging.ERROR if exc.needs_admin else logging.WARNING
            logger.log(level, "generation_failed model=%s reason=%s", exc.model, exc.reason)
            raise
        except GeneratorExit:
            self.breaker.abandoned()
            raise
        self.breaker.succeeded()

    def _attempts(self, request: str) -> Iterator[str]:
        """Yield the answer; a call that failed before its first word is made once more."""
        started = time.monotonic()
        has_begun = False
        try:
            for piece in self.client.complete(self.prompt.rules, request):
                has_begun = True
                yield piece
            return
        except GenerationError as exc:
            pause_s = max(0.1 + 0.4 * self.jitter(), exc.retry_after_s or 0.0)
            if has_begun or not exc.passing or pause_s > _LONGEST_WAIT_S:
                raise
        self.wait(pause_s)
        left_s = self.client.limits.total_s - (time.monotonic() - started)
        if left_s <= 0:
            raise GenerationError(self.name, "no time left for another call")
        yield from self.client.complete(self.prompt.rules, request, left_s)


def make_generator(kind: str, url: str, key: SecretText, prompt: Prompt) -> ChatGenerator | None:
    """Return the generator that settings name; None for the extractive answer alone.

    Raises:
        SettingsError: If the kind is unknown or the address is not acceptable.
    """
    if kind == EXTRACTIVE:
        return None
    model = kind.removeprefix(_PROVIDER).strip()
    if not kind.startswith(_PROVIDER) or not model:
        raise SettingsError("generator", kind, f'"{EXTRACTIVE}" or "{_PROVIDER}<model>"')
    return ChatGenerator(ModelClient(ModelAddress(model, checked_url(url), key)), prompt)


def checked_url(url: str) -> str:
    """Return the address of a model server without a slash at its end.

    Raises:
        SettingsError: If it is no http(s) address, holds a name and password, a query or a
            fragment, or points to a link-local address, where clouds keep their secrets.
    """
    expected = 'an address such as "http://127.0.0.1:8000/v1", without password and query'
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as exc:
        raise SettingsError("generator_url", "an address that cannot be read", expected) from exc
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain or port == 0:
        shown = url if is_plain and "@" not in url else "an address with a password or query"
        raise SettingsError("generator_url", shown, expected)
    if _is_link_local(parts.hostname):
        raise SettingsError("generator_url", url, "no link-local address")
    return url.strip().rstrip("/")


def _is_link_local(host: str) -> bool:
    if host.lower() == "metadata.google.internal":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_link_local or str(address) == "100.100.100.200"
