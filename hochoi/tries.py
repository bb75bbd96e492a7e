"""Tries questions that the library made up itself, and remembers what came of them for a while.

Makes up no questions and judges none.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from hochoi.answering import answer
from hochoi.types import Outcome
from hochoi.workspace import Workspace

KEPT_S = 300.0  # how long what was found is still believed after the library has changed
_KEPT = 4000  # questions; the longest unused are forgotten first


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a question."""

    report_id: str | None  # the first source of the answer; None: there is no answer
    said: tuple[str, ...] = ()  # the sentences of the answer


class Tries:
    """Asks a library, the same question once only. Safe to use from many threads."""

    def __init__(self, ws: Workspace, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember nothing yet of what `ws` answers."""
        self._ws, self._clock = ws, clock
        self._kept: OrderedDict[str, tuple[int, float, Tried]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, question: str) -> Tried:
        """Return what comes of a question."""
        revision, now = self._ws.store.revision(), self._clock()
        with self._lock:
            kept = self._kept.get(question)
            if kept is not None and (kept[0] == revision or now - kept[1] < KEPT_S):
                self._kept.move_to_end(question)
                return kept[2]
        tried = self._ask(question)
        with self._lock:
            self._kept[question] = (revision, now, tried)
            self._kept.move_to_end(question)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return tried

    def _ask(self, question: str) -> Tried:
        found = answer(self._ws, question, extractive_only=True)
        if found.outcome is not Outcome.ANSWERED or not found.sources:
            return Tried(None)
        return Tried(found.sources[0].report.report_id, tuple(s.text for s in found.sentences))
