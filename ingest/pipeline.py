"""Source files -> published reports, in order; a bad file never stops the others.

Many files are read and described in other processes; `ingest/batch.py` publishes.
"""

import hashlib
import logging
import os
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from hochoi.errors import HocHoiError, IngestError, MissingFileError, UnreadableFileError
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.record.states import FileState
from hochoi.text import nfc
from hochoi.types import Report, SourceFile
from ingest.batch import BATCH_REPORTS, BATCH_WAIT_S, Batch, Step, publish
from ingest.chunking import chunk
from ingest.files import label, load, source_paths
from ingest.intake import (
    IngestResult,
    IngestStatus,
    Policy,
    Prepared,
    Verdict,
    WriteSide,
    judge,
    present,
    receipts_of,
    shelf_of,
    without_bytes,
)
from ingest.kinship import Kindred
from ingest.personal_data import find_marks
from ingest.readers import read
from ingest.visit_fields import describe
from ingest.workers import WorkerLostError, Workers

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
    "report_id_of",
    "source_paths",
]

logger = logging.getLogger(__name__)

WORKERS = 2
WORTH_WORKERS = 100  # files; in the time that two processes take to start, so many are read
_AHEAD_FILES, _AHEAD_BYTES = 32, 64 * 2**20  # under way in the workers
_LARGE_BYTES = 2**20  # a file that may take seconds to read
_AS_IT_COMES = Policy()

S = TypeVar("S")


def report_id_of(text: str) -> str:
    """Return the id of a report with this text: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(nfc(text).encode()).hexdigest()[:16]


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
    item = _prepare_here(ws, source)
    if shelf_of(ws).is_kept(item.report.report_id):
        return IngestResult(source.name, IngestStatus.PRESENT, item.report.report_id)
    return publish(ws, [judge(item, policy, Kindred(ws.store))], policy)[0]


def _published_alone(ws: WriteSide, policy: Policy, verdict: Verdict) -> IngestResult:
    source = verdict.item.source
    return _told(ws, source, lambda: publish(ws, [verdict], policy)[0])


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
    passages = chunk(report.report_id, report.text, extraction.headings)
    return Prepared(source, report, passages, find_marks(report.text))


def _prepare_here(ws: WriteSide, source: SourceFile) -> Prepared:
    return prepare(source, ws.provinces, ws.topics, max_bytes=ws.max_file_bytes)


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
    return without_bytes(prepared)  # the parent has them


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


def _steps_here(ws: WriteSide, paths: Sequence[Path]) -> Iterator[Step | None]:
    """Yield each file prepared, or its result; None where the next one may take long."""
    for path in paths:
        found = _opened(ws, path)
        if isinstance(found, IngestResult):
            yield found
            continue
        if len(found.content) > _LARGE_BYTES:
            yield None
        yield _told(ws, found, partial(_prepare_here, ws, found))


def _steps_elsewhere(ws: WriteSide, paths: Sequence[Path], count: int) -> Iterator[Step | None]:
    """Yield each file prepared by worker processes, or its result; None while one takes long."""
    task = partial(_prepare_in_worker, ws.provinces, ws.topics, ws.max_file_bytes)
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
                yield _told(ws, first, partial(_finished, ws, workers, first))


def _finished(ws: WriteSide, workers: Workers[Prepared | None], source: SourceFile) -> Prepared:
    """Return the oldest file under way as a worker prepared it.

    Raises:
        IngestError: If it cannot be read, or its worker did not survive it.
    """
    try:
        prepared = workers.finish()
    except WorkerLostError as exc:
        raise UnreadableFileError(source.name, "its reader ended unexpectedly") from exc
    return _prepare_here(ws, source) if prepared is None else replace(prepared, source=source)
