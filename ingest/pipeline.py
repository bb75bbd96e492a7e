"""Source files -> published reports, in order; a bad file never stops the others.

Reports are published in small batches, because a commit costs a write to the disk whatever it
holds; many files are read and described in other processes.
"""

import hashlib
import logging
import os
import time
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TypeVar

from hochoi.errors import (
    HocHoiError,
    IngestError,
    UnreadableFileError,
)
from hochoi.index_text import index_text
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.store import Publication
from hochoi.text import nfc
from hochoi.types import Passage, Report, SourceFile
from hochoi.workspace import Workspace
from ingest.chunking import chunk
from ingest.files import label, load, source_paths
from ingest.readers import read
from ingest.visit_fields import describe
from ingest.workers import WorkerLostError, Workers

__all__ = [
    "IngestResult",
    "IngestStatus",
    "Prepared",
    "ingest_path",
    "ingest_paths",
    "ingest_source",
    "prepare",
    "report_id_of",
    "source_paths",
]

logger = logging.getLogger(__name__)

BATCH_REPORTS = 32  # published in one transaction
BATCH_WAIT_S = 0.5  # a report that is ready waits no longer for others
WORKERS = 2
WORTH_WORKERS = 100  # files; in the time that two processes take to start, so many are read
_AHEAD_FILES, _AHEAD_BYTES = 32, 64 * 2**20  # under way in the workers
_LARGE_BYTES = 2**20  # a file that may take seconds to read


class IngestStatus(Enum):
    """What became of a source file."""

    ADDED = "added"
    PRESENT = "already present"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """One line of the ingest report."""

    file_name: str
    status: IngestStatus
    report_id: str | None = None  # None when refused
    passages: int = 0
    error: IngestError | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source file read, described and cut; only its vectors are missing."""

    source: SourceFile
    report: Report
    passages: tuple[Passage, ...]


Step = Prepared | IngestResult  # how far a file has come
S = TypeVar("S")


def report_id_of(text: str) -> str:
    """Return the id of a report with this text: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(nfc(text).encode()).hexdigest()[:16]


def ingest_paths(ws: Workspace, paths: Iterable[Path]) -> Generator[IngestResult]:
    """Read, describe, embed and publish files; yield one result per file, in order.

    A result is yielded when its report is safe on the disk. Closing the iterator early leaves
    the record whole: what was not published by then can be added by the same call again.

    Raises:
        StoreError, ModelError: If no file can be published any more.
    """
    batch = _Batch(ws)
    listed = list(paths)
    n_workers = min(WORKERS, len(os.sched_getaffinity(0)))
    if len(listed) < WORTH_WORKERS or n_workers < 2:
        steps = _steps_here(ws, listed)
    else:
        steps = _steps_elsewhere(ws, listed, n_workers)
    for step in steps:
        if step is not None:
            batch.add(step)
        if step is None or batch.is_due():
            yield from batch.publish()
    yield from batch.publish()


def ingest_path(ws: Workspace, path: Path) -> IngestResult:
    """Read, describe, embed and publish one file; the result says what became of it.

    Raises:
        StoreError, ModelError: If no file can be published any more.
    """
    name = label(path.name)
    return _told(name, lambda: ingest_source(ws, load(path, ws.settings.max_file_mb)))


def ingest_source(ws: Workspace, source: SourceFile) -> IngestResult:
    """Publish one source file, unless the same content is published already.

    Raises:
        IngestError: If it cannot be read; nothing is stored then.
        StoreError: If the record refuses; nothing is visible then.
    """
    present = _present(ws, source)
    if present is not None:
        return present
    prepared = _prepare_here(ws, source)
    if ws.store.has_report(prepared.report.report_id):
        return IngestResult(source.name, IngestStatus.PRESENT, prepared.report.report_id)
    return _publish(ws, [prepared])[0]


def prepare(
    source: SourceFile, provinces: ProvinceTable, topics: TopicTable, *, max_bytes: int
) -> Prepared:
    """Return a source file as a report with its passages. Asks neither record nor model.

    Raises:
        IngestError: If it cannot be read.
    """
    extraction = read(source, max_bytes)
    report = Report(
        report_id=report_id_of(extraction.text),
        file_name=source.name,
        text=extraction.text,
        format=extraction.format,
        source_sha256=hashlib.sha256(source.content).hexdigest(),
        visit=describe(extraction, provinces, topics),
        warnings=extraction.warnings,
        compiled_from=extraction.compiled_from,
    )
    return Prepared(source, report, chunk(report.report_id, report.text, extraction.headings))


def _prepare_here(ws: Workspace, source: SourceFile) -> Prepared:
    max_bytes = ws.settings.max_file_mb * 2**20
    return prepare(source, ws.provinces, ws.topics, max_bytes=max_bytes)


def _prepare_in_worker(
    provinces: ProvinceTable, topics: TopicTable, max_bytes: int, source: SourceFile
) -> Prepared | None:
    """Return what a worker process makes of a file, None where it fails for any reason.

    The parent then prepares it again and tells the error, which may not survive the journey.
    """
    try:
        prepared = prepare(source, provinces, topics, max_bytes=max_bytes)
    except Exception as exc:
        logger.debug("left to the parent error=%s", type(exc).__name__)
        return None
    return replace(prepared, source=SourceFile(source.name, b""))  # the parent has the bytes


def _told(name: str, attempt: Callable[[], S]) -> S | IngestResult:
    """Return what an attempt returns; where the file is to blame, the result that says so.

    Raises:
        StoreError, ModelError: If no file can be published any more.
    """
    try:
        return attempt()
    except IngestError as exc:
        logger.info("refused error=%s", type(exc).__name__)
        return IngestResult(name, IngestStatus.REFUSED, error=exc)
    except HocHoiError:
        raise
    except Exception as exc:  # one file must not stop the others
        reference = uuid.uuid4().hex[:6].upper()
        logger.error("refused reference=%s error=%s", reference, type(exc).__name__)
        logger.debug("refused reference=%s", reference, exc_info=True)
        error = UnreadableFileError(name, f"unexpected {type(exc).__name__} ({reference})")
        return IngestResult(name, IngestStatus.REFUSED, error=error)


def _present(ws: Workspace, source: SourceFile) -> IngestResult | None:
    report_id = ws.store.report_of_original(hashlib.sha256(source.content).hexdigest())
    if report_id is None:
        return None
    return IngestResult(source.name, IngestStatus.PRESENT, report_id)


def _opened(ws: Workspace, path: Path) -> SourceFile | IngestResult:
    """Return the bytes of a file, or its result when that is known already."""
    name = label(path.name)

    def attempt() -> SourceFile | IngestResult:
        source = load(path, ws.settings.max_file_mb)
        return _present(ws, source) or source

    return _told(name, attempt)


def _steps_here(ws: Workspace, paths: Sequence[Path]) -> Iterator[Step | None]:
    """Yield each file prepared, or its result; None where the next one may take long."""
    for path in paths:
        found = _opened(ws, path)
        if isinstance(found, IngestResult):
            yield found
            continue
        if len(found.content) > _LARGE_BYTES:
            yield None
        yield _told(found.name, partial(_prepare_here, ws, found))


def _steps_elsewhere(ws: Workspace, paths: Sequence[Path], count: int) -> Iterator[Step | None]:
    """Yield each file prepared by worker processes, or its result; None while one takes long."""
    task = partial(_prepare_in_worker, ws.provinces, ws.topics, ws.settings.max_file_mb * 2**20)
    waiting: deque[SourceFile | IngestResult] = deque()
    under_way = 0  # bytes
    with Workers(task, count) as workers:
        for path in (*paths, None):
            if path is not None:
                found = _opened(ws, path)
                waiting.append(found)
                if isinstance(found, SourceFile):
                    workers.start(found)
                    under_way += len(found.content)
            while waiting and (
                path is None or len(waiting) > _AHEAD_FILES or under_way > _AHEAD_BYTES
            ):
                first = waiting.popleft()
                if isinstance(first, IngestResult):
                    yield first
                    continue
                while not workers.is_ready(BATCH_WAIT_S):
                    yield None
                under_way -= len(first.content)
                yield _told(first.name, partial(_finished, ws, workers, first))


def _finished(ws: Workspace, workers: Workers[Prepared | None], source: SourceFile) -> Prepared:
    """Return the oldest file under way as a worker prepared it.

    Raises:
        IngestError: If it cannot be read, or its worker did not survive it.
    """
    try:
        prepared = workers.finish()
    except WorkerLostError as exc:
        raise UnreadableFileError(source.name, "its reader ended unexpectedly") from exc
    return _prepare_here(ws, source) if prepared is None else replace(prepared, source=source)


class _Batch:
    """Files that were prepared and not yet published, with the results that stand between."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._steps: list[Step] = []
        self._new: set[str] = set()  # report ids
        self._since = 0.0

    def add(self, step: Step) -> None:
        """Add a file; one whose text is in the batch or the record already is present."""
        if isinstance(step, Prepared):
            report_id = step.report.report_id
            if report_id in self._new or self._ws.store.has_report(report_id):
                step = IngestResult(step.source.name, IngestStatus.PRESENT, report_id)
            else:
                self._since = self._since if self._new else time.monotonic()
                self._new.add(report_id)
        self._steps.append(step)

    def is_due(self) -> bool:
        """Whether it is full, has waited long enough, or holds nothing to publish."""
        waited = time.monotonic() - self._since
        return len(self._new) in (0, BATCH_REPORTS) or waited > BATCH_WAIT_S

    def publish(self) -> Iterator[IngestResult]:
        """Publish all of it and yield the results in order.

        Where that fails as a whole, each is published by itself.
        """
        steps, self._steps, self._new = self._steps, [], set()
        prepared = [step for step in steps if isinstance(step, Prepared)]
        try:
            published = iter(_publish(self._ws, prepared))
        except Exception as exc:
            logger.warning("publishing one by one because=%s", type(exc).__name__)
            published = (self._published_alone(item) for item in prepared)
        for step in steps:
            yield next(published) if isinstance(step, Prepared) else step

    def _published_alone(self, item: Prepared) -> IngestResult:
        return _told(item.source.name, lambda: _publish(self._ws, [item])[0])


def _publish(ws: Workspace, prepared: Sequence[Prepared]) -> list[IngestResult]:
    """Embed and publish reports in one transaction: all of them, or none."""
    if not prepared:
        return []
    started = time.perf_counter()
    texts = [index_text(item.report.visit, p) for item in prepared for p in item.passages]
    vectors = ws.encoder.encode_passages(texts)
    publications, results, row = [], [], 0
    for item in prepared:
        report, n = item.report, len(item.passages)
        rows = vectors[row : row + n]
        publications.append(Publication(item.source, report, item.passages, rows))
        results.append(IngestResult(report.file_name, IngestStatus.ADDED, report.report_id, n))
        row += n
    ws.store.publish_many(publications, encoder=ws.encoder_name)
    elapsed_ms = (time.perf_counter() - started) * 1000
    for item in prepared:
        logger.info("published report_id=%s passages=%d", item.report.report_id, len(item.passages))
    logger.info("committed reports=%d ms=%.0f", len(prepared), elapsed_ms)
    return results
