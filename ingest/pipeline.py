"""Source files -> published reports, one after the other; a bad file never stops the others."""

import hashlib
import logging
import os
import stat
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from hochoi.errors import (
    HocHoiError,
    IngestError,
    LimitExceededError,
    MissingFileError,
    UnreadableFileError,
)
from hochoi.index_text import index_text
from hochoi.text import clean, nfc
from hochoi.types import Report, SourceFile
from hochoi.workspace import Workspace
from ingest.chunking import chunk
from ingest.readers import read
from ingest.visit_fields import describe

logger = logging.getLogger(__name__)


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


def report_id_of(text: str) -> str:
    """Return the id of a report with this text: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(nfc(text).encode()).hexdigest()[:16]


def source_paths(paths: Iterable[Path]) -> Iterator[Path]:
    """Return files in order, folders walked by name; hidden files and links are left out."""
    for path in paths:
        if not os.path.isdir(path):  # Path.is_dir raises for a name that is too long
            yield path
            continue
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
            if inner.is_file() and not inner.is_symlink() and not hidden:
                yield inner


def ingest_path(ws: Workspace, path: Path) -> IngestResult:
    """Read, describe, embed and publish one file; the result says what became of it.

    Raises:
        StoreError, ModelError: If no file can be published any more.
    """
    name = _label(path.name)
    try:
        return ingest_source(ws, _load(path, name, ws.settings.max_file_mb))
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


def ingest_source(ws: Workspace, source: SourceFile) -> IngestResult:
    """Publish one source file, unless the same content is published already.

    Raises:
        IngestError: If it cannot be read; nothing is stored then.
        StoreError: If the record refuses; nothing is visible then.
    """
    started = time.perf_counter()
    sha256 = hashlib.sha256(source.content).hexdigest()
    present = ws.store.report_of_original(sha256)
    if present is not None:
        return IngestResult(source.name, IngestStatus.PRESENT, present)
    extraction = read(source, ws.settings.max_file_mb * 2**20)
    report_id = report_id_of(extraction.text)
    if ws.store.has_report(report_id):
        return IngestResult(source.name, IngestStatus.PRESENT, report_id)
    report = Report(
        report_id=report_id,
        file_name=source.name,
        text=extraction.text,
        format=extraction.format,
        source_sha256=sha256,
        visit=describe(extraction, ws.provinces, ws.topics),
        warnings=extraction.warnings,
        compiled_from=extraction.compiled_from,
    )
    passages = chunk(report_id, report.text, extraction.headings)
    vectors = ws.encoder.encode_passages([index_text(report.visit, p) for p in passages])
    ws.store.publish(source, report, passages, vectors, encoder=ws.encoder_name)
    elapsed_ms = (time.perf_counter() - started) * 1000
    logger.info("published report_id=%s passages=%d ms=%.0f", report_id, len(passages), elapsed_ms)
    return IngestResult(source.name, IngestStatus.ADDED, report_id, len(passages))


def _load(path: Path, name: str, max_mb: int) -> SourceFile:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe or device may never end
            raise UnreadableFileError(name, "not a regular file")
        if found.st_size > max_mb * 2**20:
            raise LimitExceededError(name, f"{max_mb} MB", f"{found.st_size / 2**20:.1f} MB")
        return SourceFile(name, path.read_bytes())
    except FileNotFoundError as exc:
        raise MissingFileError(_label(str(path))) from exc
    except OSError as exc:
        raise UnreadableFileError(name, exc.strerror or str(exc)) from exc


def _label(name: str) -> str:
    """Return a file name as it is stored and shown: one line of NFC text, without odd bytes."""
    readable = os.fsencode(name).decode("utf-8", "replace")
    return clean(readable).replace("\n", " ").replace("\t", " ")
