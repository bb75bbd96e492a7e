"""Source files -> published reports, in order; a bad file never stops the others.

Files are read and described in confined processes (`ingest.workers`); `ingest/batch.py` publishes.
"""

import logging
import os
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from hochoi.errors import (
    HocHoiError,
    IngestError,
    MissingFileError,
    ReaderEndedError,
    ReadingMemoryError,
    ReadingTimeError,
    UnreadableFileError,
)
from hochoi.record.states import FileState
from hochoi.types import SourceFile
from ingest.archives import is_archive, unpacked
from ingest.batch import BATCH_REPORTS, BATCH_WAIT_S, Batch, Step, publish
from ingest.files import label, load, source_paths
from ingest.intake import (
    IngestResult,
    IngestStatus,
    Policy,
    Verdict,
    WriteSide,
    already_there,
    judge,
    present,
    receipts_of,
    shelf_of,
)
from ingest.kinship import Kindred
from ingest.preparing import Prepared, prepare, prepare_elsewhere, report_id_of
from ingest.sandbox import Limits
from ingest.workers import WorkerLostError, Workers, shared_workers

__all__ = [
    "BATCH_REPORTS",
    "IngestResult",
    "IngestStatus",
    "Policy",
    "Prepared",
    "ingest_path",
    "ingest_paths",
    "ingest_source",
    "prepare",
    "prepared",
    "reading_processes",
    "report_id_of",
    "source_paths",
]

logger = logging.getLogger(__name__)

WORKERS = 2
_AHEAD_FILES, _AHEAD_BYTES = 32, 64 * 2**20  # under way in the workers
_AS_IT_COMES = Policy()

S = TypeVar("S")


def ingest_paths(
    ws: WriteSide, paths: Iterable[Path], policy: Policy = _AS_IT_COMES
) -> Generator[IngestResult]:
    """Read, describe, embed and publish files; yield one result per file, in order.

    A result is yielded when its report is safe on the disk. Closing the iterator early leaves
    the record whole: what was not published by then can be added by the same call again.

    Raises:
        StoreError, ModelError: If no file can be published any more.
    """
    batch = Batch(ws, policy, partial(_published_alone, ws, policy))
    with closing(_steps(ws, list(paths))) as steps:
        for step in steps:
            if step is not None:
                batch.add(step)
            if step is None or batch.is_due():
                yield from batch.publish()
    yield from batch.publish()


def ingest_path(ws: WriteSide, path: Path, policy: Policy = _AS_IT_COMES) -> IngestResult:
    """Read, describe, embed and publish one file; the result says what became of it.

    Raises:
        StoreError, ModelError: If no file can be published any more.
    """
    found = _opened(ws, path)
    if isinstance(found, IngestResult):
        return found
    return _told(ws, found, lambda: ingest_source(ws, found, policy))


def ingest_source(ws: WriteSide, source: SourceFile, policy: Policy = _AS_IT_COMES) -> IngestResult:
    """Publish one source file, or hold it, unless the same content is in the record already.

    Raises:
        IngestError: If it cannot be read; nothing is stored then.
        StoreError: If the record refuses; nothing is visible then.
    """
    known = present(ws, source)
    if known is not None:
        return known
    item = prepared(ws, source)
    if shelf_of(ws).is_kept(item.report.report_id):
        return already_there(ws, source.name, item.report.report_id)
    return publish(ws, [judge(item, policy, Kindred(ws.store))], policy)[0]


def _published_alone(ws: WriteSide, policy: Policy, verdict: Verdict) -> IngestResult:
    source = verdict.item.source
    return _told(ws, source, lambda: publish(ws, [verdict], policy)[0])


def reading_processes(ws: WriteSide) -> Workers[Prepared]:
    """Return the confined processes that read and describe files for a library.

    They start when they are needed, and stay until this process ends.
    """
    task = partial(prepare_elsewhere, ws.provinces, ws.topics, ws.max_file_bytes)
    return shared_workers(task, min(WORKERS, len(os.sched_getaffinity(0))))


def prepared(ws: WriteSide, source: SourceFile) -> Prepared:
    """Return one file as a reading process prepares it.

    Raises:
        IngestError: If it cannot be read, or its process did not survive it.
    """
    return _finished(source, reading_processes(ws).submit(source))


def _finished(source: SourceFile, job: "Future[Prepared]") -> Prepared:
    """Return a file as its reading process prepared it, waiting for that.

    Raises:
        IngestError: If it cannot be read, or its process did not survive it.
    """
    try:
        return replace(job.result(), source=source)
    except WorkerLostError as exc:
        if exc.was_too_slow:
            raise ReadingTimeError(source.name, Limits().seconds) from exc
        if exc.was_too_large:
            raise ReadingMemoryError(source.name, Limits().memory_mb) from exc
        raise ReaderEndedError(source.name) from exc


def _told(ws: WriteSide, source: SourceFile, attempt: Callable[[], S]) -> S | IngestResult:
    """Return what an attempt returns; where the file is to blame, the result that says so.

    A refusal is noted in the record, unless there is no such file.

    Raises:
        StoreError, ModelError: If no file can be published any more.
    """
    try:
        return attempt()
    except IngestError as exc:
        logger.info("refused error=%s", type(exc).__name__)
        error = exc
    except HocHoiError:
        raise
    except Exception as exc:  # one file must not stop the others
        reference = uuid.uuid4().hex[:6].upper()
        logger.error("refused reference=%s error=%s", reference, type(exc).__name__)
        logger.debug("refused reference=%s", reference, exc_info=True)
        error = UnreadableFileError(source.name, f"unexpected {type(exc).__name__} ({reference})")
    if not isinstance(error, MissingFileError):
        receipts_of(ws).note(source, FileState.REFUSED, refusal=error)
    return IngestResult(source.name, IngestStatus.REFUSED, error=error)


def _opened(ws: WriteSide, path: Path) -> SourceFile | IngestResult:
    """Return the bytes of a file, or its result when that is known already."""

    def attempt() -> SourceFile | IngestResult:
        source = load(path, ws.max_file_bytes // 2**20)
        return present(ws, source) or source

    return _told(ws, SourceFile(label(path.name), b""), attempt)


def _sources(ws: WriteSide, path: Path) -> Iterator[SourceFile | IngestResult]:
    """Yield what a path holds: itself, or the files of an archive, or what became of them."""
    opened = _opened(ws, path)
    if isinstance(opened, IngestResult) or not is_archive(opened):
        yield opened
        return
    inside = unpacked(opened, ws.max_file_bytes)
    while True:
        found = _told(ws, opened, partial(next, inside, None))
        if found is None or isinstance(found, IngestResult):
            break
        yield _told(ws, _named(found), partial(_unless_known, ws, found))
    if isinstance(found, IngestResult):
        yield found


def _named(found: SourceFile | IngestError) -> SourceFile:
    return found if isinstance(found, SourceFile) else SourceFile(found.file_name, b"")


def _unless_known(ws: WriteSide, found: SourceFile | IngestError) -> SourceFile | IngestResult:
    """Return a file of an archive, or its result when the record has it.

    Raises:
        IngestError: If that is what stands for the file.
    """
    if isinstance(found, IngestError):
        raise found
    return present(ws, found) or found


def _steps(ws: WriteSide, paths: Sequence[Path]) -> Generator[Step | None]:
    """Yield each file prepared by reading processes, or its result; None while one takes long."""
    workers = reading_processes(ws)
    waiting: deque[IngestResult | tuple[SourceFile, Future[Prepared]]] = deque()
    under_way = 0  # bytes
    try:
        inputs = (found for path in paths for found in _sources(ws, path))
        for found in chain(inputs, [None]):
            if found is not None:
                if isinstance(found, IngestResult):
                    waiting.append(found)
                else:
                    waiting.append((found, workers.submit(found)))
                    under_way += len(found.content)
            while waiting and (
                found is None or len(waiting) > _AHEAD_FILES or under_way > _AHEAD_BYTES
            ):
                first = waiting[0]
                if isinstance(first, IngestResult):
                    waiting.popleft()
                    yield first
                    continue
                source, job = first
                while not wait([job], BATCH_WAIT_S).done:
                    yield None
                waiting.popleft()
                under_way -= len(source.content)
                yield _told(ws, source, partial(_finished, source, job))
    finally:
        for left in waiting:
            if not isinstance(left, IngestResult):
                workers.cancel(left[1])
