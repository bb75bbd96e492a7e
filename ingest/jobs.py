"""The queue of uploaded files: kept in the record, worked off by one thread of the server.

A job survives restarts: its bytes and how far each file has come are in the record. Does not
know pages; `hochoi jobs` and the pages call `Queue`.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from hochoi.encoder import Encoder, Vectors
from hochoi.errors import HocHoiError, IngestError, StoreLockedError, UnreadableFileError
from hochoi.language.topics import TopicTable
from hochoi.locks import ProcessLock
from hochoi.provinces import ProvinceTable
from hochoi.record.database import Database
from hochoi.record.receipts import Job, Receipt, Receipts
from hochoi.record.states import FileState
from hochoi.store import Store
from hochoi.types import SourceFile
from hochoi.workspace import Workspace
from ingest.batch import publish
from ingest.intake import (
    IngestResult,
    IngestStatus,
    OnKin,
    Policy,
    judge,
    present,
    receipts_of,
    shelf_of,
)
from ingest.kinship import Kindred
from ingest.pipeline import prepared

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3  # a file during which the process ended so often is refused
POLL_S = 0.5
_RATED_FILES = 20  # the time left is judged by so many finished files
_BLOCK = 256  # passages embedded between two notes of progress
_STATES = {
    IngestStatus.ADDED: FileState.PUBLISHED,
    IngestStatus.REPLACED: FileState.PUBLISHED,
    IngestStatus.HELD: FileState.DRAFT,
    IngestStatus.PRESENT: FileState.PRESENT,
}


class JobState(Enum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"  # some of its files never had their turn


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as people see it."""

    job: Job
    state: JobState
    done: int  # files that are finished, whatever became of them
    bytes_done: int
    bytes_total: int
    seconds_left: float | None  # None: too little is finished to tell

    @property
    def count(self) -> int:
        """The number of its files."""
        return len(self.job.files)


class Queue:
    """What people do with jobs: hand files over, look, cancel, try again."""

    def __init__(self, database: Database) -> None:
        """Use an open record."""
        self._receipts = Receipts(database)

    def enqueue(
        self,
        files: Sequence[SourceFile],
        policy: Policy,
        refused: Sequence[tuple[SourceFile, IngestError]] = (),
    ) -> int:
        """Keep files for the worker and return the number of their job.

        When this returns, every byte is safe on the disk. Those of `refused` are shown in the job
        as refused.

        Raises:
            ValueError: If there is no file.
            StoreUnwritableError: If the disk refuses; nothing is kept then.
        """
        if not files and not refused:
            raise ValueError("a job needs at least one file")
        return self._receipts.open_job(
            files,
            asked_by=policy.by,
            review=policy.review,
            on_kin=policy.on_kin.value,
            refused=refused,
        )

    def jobs(self) -> tuple[JobView, ...]:
        """Return all jobs, the newest first."""
        return tuple(_view(job) for job in self._receipts.jobs())

    def job(self, job_id: int) -> JobView:
        """Return one job.

        Raises:
            NotFoundError: If there is no such job.
        """
        return _view(self._receipts.job(job_id))

    def cancel(self, job_id: int) -> int:
        """Take the files of a job whose turn has not come out of line; returns how many.

        Raises:
            NotFoundError: If there is no such job.
        """
        return self._receipts.cancel(job_id)

    def retry(self, job_id: int) -> int:
        """Put the refused files of a job in line again; returns how many.

        Raises:
            NotFoundError: If there is no such job.
        """
        return self._receipts.retry(job_id)


def _view(job: Job) -> JobView:
    done = [f for f in job.files if f.state.is_final]
    if len(done) < len(job.files):
        state = JobState.RUNNING if job.started_at else JobState.WAITING
    elif any(f.state is FileState.CANCELLED for f in job.files):
        state = JobState.CANCELLED
    else:
        state = JobState.DONE
    bytes_done, total = sum(f.size for f in done), sum(f.size for f in job.files)
    return JobView(
        job, state, len(done), bytes_done, total, _seconds_left(done, total - bytes_done)
    )


def _seconds_left(done: Sequence[Receipt], bytes_left: int) -> float | None:
    """Return the seconds that the rest takes at the pace of the files finished last."""
    worked = sorted((f for f in done if f.attempts), key=lambda f: f.changed_at)[-_RATED_FILES:]
    if not bytes_left or len(worked) < 3:
        return None
    first, last = (datetime.fromisoformat(f.changed_at) for f in (worked[0], worked[-1]))
    elapsed, read = (last - first).total_seconds(), sum(f.size for f in worked[1:])
    if elapsed < 2 or not read:
        return None
    since = (datetime.now(UTC) - last).total_seconds()
    return max(1.0, elapsed / read * bytes_left - min(since, elapsed))


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of an open library that the worker needs, with a connection of its own.

    So that readers of the server never wait for a lock inside the process.
    """

    store: Store
    encoder: Encoder
    encoder_name: str
    provinces: ProvinceTable
    topics: TopicTable
    max_file_bytes: int


@dataclass(frozen=True, slots=True)
class _Telling:
    """An encoder that tells how many passages of a report are embedded."""

    inner: Encoder
    tell: Callable[[int], None]

    @property
    def dimension(self) -> int:
        """The width of the vectors."""
        return self.inner.dimension

    @property
    def fingerprint(self) -> str:
        """The name of the model."""
        return self.inner.fingerprint

    def encode_query(self, text: str) -> Vectors:
        """Return float32[d] of a query."""
        return self.inner.encode_query(text)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32[n, d], telling after each block."""
        import numpy as np

        if len(texts) <= _BLOCK:
            return self.inner.encode_passages(texts)
        blocks = []
        for n in range(0, len(texts), _BLOCK):
            blocks.append(self.inner.encode_passages(texts[n : n + _BLOCK]))
            self.tell(min(n + _BLOCK, len(texts)))
        return np.concatenate(blocks)


class Worker:
    """Works off the queue, one file after the other."""

    def __init__(self, desk: Desk, lock_path: Path, on_published: Callable[[], object]) -> None:
        """Make ready.

        Args:
            desk: What to work with; nobody else uses its connection.
            lock_path: The lock of the one writer; held only while there is work.
            on_published: Called after each file that changed what readers see.
        """
        self._desk, self._lock_path, self._on_published = desk, lock_path, on_published
        self._receipts = receipts_of(desk)
        self.waits_for: str | None = None  # who holds the lock, while that keeps it from working

    def work(self, stop: threading.Event) -> int:
        """Work off everything that waits; return the number of files.

        Raises:
            StoreError: If the record cannot be read or written.
        """
        if not self._receipts.has_work():
            return 0
        try:
            lock = ProcessLock(self._lock_path, "working off uploaded files")
        except StoreLockedError as exc:
            self.waits_for = exc.owner
            return 0
        self.waits_for = None
        done = 0
        with lock:
            self._receipts.resume()  # whoever worked on them is gone: the lock was free
            for worn_out in self._receipts.worn_out(MAX_ATTEMPTS):
                reason = f"its processing ended unexpectedly {worn_out.attempts} times"
                refusal = UnreadableFileError(worn_out.file_name, reason)
                self._receipts.advance(worn_out.receipt_id, FileState.REFUSED, refusal=refusal)
            kindred = Kindred(self._desk.store)
            while not stop.is_set() and (file := self._receipts.next_file(MAX_ATTEMPTS)):
                self._receipts.begin(file.receipt_id)
                self._one(file, kindred)
                done += 1
        return done

    def _one(self, file: Receipt, kindred: Kindred) -> None:
        """Bring one file to its end; only trouble with the record or the model is raised."""
        try:
            result = self._published(file, kindred)
        except IngestError as exc:
            self._receipts.advance(file.receipt_id, FileState.REFUSED, refusal=exc)
            return
        except HocHoiError:
            raise
        except Exception as exc:  # one file must not stop the others
            reference = uuid.uuid4().hex[:6].upper()
            logger.error("refused reference=%s error=%s", reference, type(exc).__name__)
            logger.debug("refused reference=%s", reference, exc_info=True)
            reason = f"unexpected {type(exc).__name__} ({reference})"
            refusal = UnreadableFileError(file.file_name, reason)
            self._receipts.advance(file.receipt_id, FileState.REFUSED, refusal=refusal)
            return
        if result.status is not IngestStatus.PRESENT:
            self._on_published()

    def _published(self, file: Receipt, kindred: Kindred) -> IngestResult:
        desk = self._desk
        asked_by, review, on_kin = self._receipts.terms(file.job_id or 0)
        policy = Policy(review, OnKin(on_kin), asked_by)
        source = SourceFile(file.file_name, desk.store.original(file.sha256))
        known = present(desk, source)
        if known is not None:
            return self._noted(file, known)
        item = prepared(desk, source)
        report_id, n = item.report.report_id, len(item.passages)
        if shelf_of(desk).is_kept(report_id):
            return self._noted(file, IngestResult(source.name, IngestStatus.PRESENT, report_id))
        with desk.store.database.noting():  # one confined process does both
            self._receipts.advance(file.receipt_id, FileState.PARSED)
            self._receipts.advance(
                file.receipt_id, FileState.DESCRIBED, report_id=report_id, passages=n
            )

        def tell(embedded: int) -> None:
            self._receipts.advance(file.receipt_id, FileState.DESCRIBED, embedded=embedded)

        def note(result: IngestResult) -> None:
            self._noted(file, result)

        telling = replace(desk, encoder=_Telling(desk.encoder, tell))
        verdict = judge(item, policy, kindred)
        result = publish(telling, [verdict], policy, note)[0]
        if not verdict.reasons:
            kindred.add(item.report, verdict.replaces)
        return result

    def _noted(self, file: Receipt, result: IngestResult) -> IngestResult:
        """Note the end of a file, as part of the transaction that published its report."""
        state, number = _STATES[result.status], file.receipt_id
        if state is FileState.PUBLISHED:
            self._receipts.advance(number, FileState.EMBEDDED, embedded=result.passages)
        self._receipts.advance(number, state, report_id=result.report_id)
        return result


@contextmanager
def working(ws: Workspace) -> Iterator[Worker]:
    """Work off the queue in a thread of this process as long as the context lasts.

    Raises:
        StoreError: If the record cannot be opened once more.
    """
    stop = threading.Event()
    with closing(Store(ws.settings.database_path)) as store:
        desk = Desk(store, ws.encoder, ws.encoder_name, ws.provinces, ws.topics, ws.max_file_bytes)
        worker = Worker(desk, ws.settings.var / "writer.lock", ws.refresh)

        def run() -> None:
            while not stop.wait(POLL_S):
                try:
                    worker.work(stop)
                except HocHoiError as exc:  # a full disk, say: what waits keeps waiting
                    logger.warning("the queue stands still: %s", exc)
                    stop.wait(5)

        thread = threading.Thread(target=run, name="work-off-queue", daemon=True)
        thread.start()
        try:
            yield worker
        finally:
            stop.set()
            thread.join()
