"""The evaluations of a running server: the kept ones, and at most one that runs in a thread."""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from evaluation.archive import Archive, Head, State
from evaluation.drafts import DraftQuestion, Drafts
from evaluation.evaluating import Subject
from evaluation.feedback import drafts_of
from evaluation.library import open_library
from evaluation.rows import Row
from evaluation.running import run_evaluation
from evaluation.sets import Known, TestSets
from evaluation.testset import TestSet
from hochoi.errors import HocHoiError
from hochoi.people.database import PeopleDatabase
from hochoi.people.opinions import Opinions
from hochoi.types import Report
from hochoi.workspace import Workspace
from ui.evaluate.drawing import Drawn, draw
from ui.evaluate.places import archive_of, drafts_in, propose, sets_of
from ui.wording import Language

logger = logging.getLogger(__name__)

PAGES_KEPT = 8

MakeDrafts = Callable[[], tuple[DraftQuestion, ...]]
OpenLibrary = Callable[[TestSet], AbstractContextManager[Workspace]]


@dataclass(frozen=True, slots=True)
class Running:
    """What runs now, or ran last: `problem` says why it ended early."""

    testset: str
    done: int = 0
    all: int = 0
    problem: HocHoiError | None = None


class EvaluationDesk:
    """Starts, stops and shows evaluations; safe to use from several requests at once."""

    def __init__(
        self,
        archive: Archive,
        sets: TestSets,
        drafts: Drafts,
        open_library: OpenLibrary,
        *,
        propose: MakeDrafts,
        feedback: MakeDrafts,
        reports: Callable[[], Iterable[Report]],
        topic_names: Mapping[str, str],
    ) -> None:
        """Take what is evaluated with; `reports` gives the published ones. Nothing runs yet."""
        self.archive, self.sets, self.drafts = archive, sets, drafts
        self.propose, self.feedback, self._open_library = propose, feedback, open_library
        self.reports, self.topic_names = reports, topic_names
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._running: Running | None = None
        self._drawn: dict[tuple[str, State, int, Language], Drawn] = {}

    @property
    def running(self) -> Running | None:
        """What runs now; None when nothing does."""
        with self._lock:
            alive = self._thread is not None and self._thread.is_alive()
            return self._running if alive else None

    @property
    def problem(self) -> HocHoiError | None:
        """Why the last one ended early; None when it did not."""
        with self._lock:
            return self._running.problem if self._running else None

    def drawn(self, head: Head, language: Language) -> Drawn:
        """Return the page of an evaluation without its failures, and those; the last are kept."""
        key = (head.evaluation_id, head.state, head.done, language)
        with self._lock:
            known = self._drawn.get(key)
        if known is None:
            known = draw(self.archive, head, language)
            with self._lock:
                self._drawn[key] = known
                while len(self._drawn) > PAGES_KEPT:
                    del self._drawn[next(iter(self._drawn))]
        return known

    def before(self, head: Head) -> tuple[Head, tuple[Row, ...]] | None:
        """Return the finished evaluation of the same set before this one, None without any."""
        for other in self.archive.heads():
            is_earlier = other.evaluation_id < head.evaluation_id
            if is_earlier and other.fingerprint == head.fingerprint and other.state is State.DONE:
                return other, self.archive.rows(other.evaluation_id)
        return None

    def added_sets(self) -> tuple[str, ...]:
        """Return the names of the sets that questions can be added to."""
        return tuple(known.name for known in self.sets.all() if self.sets.is_added(known))

    def approve(self, draft_id: str, testset: str, by: str) -> None:
        """Add a draft question to an added set, which is made if need be.

        Raises:
            NotFoundError: If there is no such draft.
            TestSetError: If the name is bad or that of a shipped set, or the draft incomplete.
        """
        self.drafts.approve(draft_id, self.sets.checked_name(testset), by)

    def start(self, known: Known) -> bool:
        """Run a test set in the background; False when another one runs or it cannot be read."""
        testset = known.testset
        with self._lock:
            if testset is None or (self._thread is not None and self._thread.is_alive()):
                return False
            self._stop.clear()
            self._running = Running(known.name)
            self._thread = threading.Thread(
                target=self._run, args=(known, testset), name="evaluation", daemon=True
            )
            self._thread.start()
        return True

    def stop(self, *, wait_s: float | None = 0) -> None:
        """Ask the running evaluation to end after its question, and wait for that at most so long.

        Args:
            wait_s: Seconds; None waits until it has ended.
        """
        self._stop.set()
        thread = self._thread
        if thread is not None and (wait_s is None or wait_s > 0):
            thread.join(wait_s)

    def _run(self, known: Known, testset: TestSet) -> None:
        try:
            with self._open_library(testset) as ws:
                run_evaluation(
                    self.archive,
                    Subject.of(ws, testset),
                    known.folder,
                    on_progress=self._show,
                    should_stop=self._stop.is_set,
                )
        except HocHoiError as exc:
            logger.warning("evaluation of %s ended early: %s", known.name, exc)
            with self._lock:
                self._running = Running(known.name, problem=exc)

    def _show(self, done: int, total: int) -> None:
        with self._lock:
            if self._running is not None:
                self._running = Running(self._running.testset, done, total)


def desk_of(ws: Workspace, people: PeopleDatabase) -> EvaluationDesk:
    """Return the desk of a running server.

    A set that brings its own documents gets a library of its own, as on the command line; any
    other one is run on the library that is being served.
    """
    settings = ws.settings

    def library(testset: TestSet) -> AbstractContextManager[Workspace]:
        if testset.documents:
            return open_library(testset, settings, encoder=ws.encoder)
        return nullcontext(ws)

    return EvaluationDesk(
        archive_of(settings),
        sets_of(settings),
        drafts_in(settings),
        library,
        propose=lambda: propose(settings),
        feedback=lambda: drafts_of(Opinions(people).all()),
        reports=lambda: ws.reports.values(),
        topic_names={code: ws.topics.name(code) for code in ws.topics.codes},
    )
