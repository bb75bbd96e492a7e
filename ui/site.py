"""What the pages need from the library, and nothing more. Built from a workspace in one place."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hochoi.provinces import ProvinceTable
from hochoi.store import Store
from hochoi.types import Answer, Filters, Progress, Report

if TYPE_CHECKING:
    from hochoi.workspace import Workspace

STARTERS = 6
FOLLOW_UPS = 3
STARTERS_S = 300.0  # how long those of a record that has changed are still shown


class Ask(Protocol):
    """Answers a question; the last item is the `Answer`."""

    def __call__(
        self, question: str, history: tuple[str, ...], filters: Filters
    ) -> Iterator[Progress | Answer]:
        """Yield steps, then the answer.

        Raises:
            QuestionError: If the question is empty or too long.
        """


@dataclass(frozen=True, slots=True)
class Site:
    """The seam between the pages and the core."""

    store: Store
    ask: Ask
    starters: Callable[[], tuple[str, ...]]  # at most `STARTERS`, each one answerable
    topic_names: Mapping[str, str]  # Vietnamese name per topic code
    reports: Callable[[], Mapping[str, Report]]  # all published ones by id
    provinces: ProvinceTable
    prepare: Callable[[], None]  # makes starters anew once they are old; not for a visitor to do
    follow_ups: Callable[[Answer], tuple[str, ...]]  # at most `FOLLOW_UPS`, each answerable

    def report_count(self) -> int:
        """Return the number of published reports, what another process published included.

        Reads the record: pages, which many open at once, count `reports()`.
        """
        return len(self.store.commits())


class KeptStarters:
    """Starters that are made anew after the record has changed, while nobody waits for them.

    Making them takes seconds of processor time in a large library. The server makes them before
    anybody asks and looks every second whether they are still good (`ui.server.prepared`). While
    reports are ingested the record changes several times a second: they are made at most every
    `STARTERS_S`.
    """

    def __init__(
        self,
        revision: Callable[[], int],
        make: Callable[[], tuple[str, ...]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make none yet."""
        self._revision, self._make, self._clock = revision, make, clock
        self._making = threading.Lock()
        self._kept: tuple[str, ...] = ()
        self._of, self._made_at = -1, 0.0  # revision; when

    def __call__(self) -> tuple[str, ...]:
        """Return the starters; only as long as there are none a visitor waits for them."""
        if not self._kept:
            self.refresh()
        return self._kept

    def refresh(self) -> None:
        """Make them if there are none, or if the record has changed long enough ago."""
        with self._making:
            if self._are_good():
                return
            revision = self._revision()  # before making: what comes meanwhile is made again
            self._kept = self._make()
            self._of, self._made_at = revision, self._clock()

    def _are_good(self) -> bool:
        if self._of == self._revision():
            return True
        return bool(self._kept) and self._clock() - self._made_at < STARTERS_S


def site_of(ws: Workspace) -> Site:
    """Return the site that an open workspace serves."""
    from hochoi.answering import stream
    from hochoi.followups import follow_up_questions
    from hochoi.starters import starter_questions
    from hochoi.tries import Tries

    tries = Tries(ws)
    starters = KeptStarters(ws.store.revision, lambda: starter_questions(ws, STARTERS, tries))

    def ask(
        question: str, history: tuple[str, ...], filters: Filters
    ) -> Iterator[Progress | Answer]:
        return stream(ws, question, filters, history)

    return Site(
        store=ws.store,
        ask=ask,
        starters=starters,
        topic_names={code: ws.topics.name(code) for code in ws.topics.codes},
        reports=lambda: ws.reports,
        provinces=ws.provinces,
        prepare=starters.refresh,
        follow_ups=lambda given: follow_up_questions(ws, given, FOLLOW_UPS, tries),
    )
