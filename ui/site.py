"""What the pages need from the library, and nothing more. Built from a workspace in one place."""

from __future__ import annotations

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
    follow_ups: Callable[[Answer], tuple[str, ...]]  # at most `FOLLOW_UPS`, each answerable

    def report_count(self) -> int:
        """Return the number of published reports."""
        return len(self.store.commits())


def site_of(ws: Workspace) -> Site:
    """Return the site that an open workspace serves."""
    from hochoi.answering import stream
    from hochoi.followups import follow_up_questions
    from hochoi.starters import starter_questions

    known: dict[int, tuple[str, ...]] = {}  # starters by revision of the record; one at most

    def starters() -> tuple[str, ...]:
        revision = ws.store.revision()
        if revision not in known:
            fresh = starter_questions(ws, STARTERS)
            known.clear()
            known[revision] = fresh
        return known.get(revision, ())

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
        follow_ups=lambda given: follow_up_questions(ws, given, FOLLOW_UPS),
    )
