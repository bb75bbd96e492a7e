"""Fill a data directory with generated reports, by the same code that ingests files."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generated_reports import generated_reports
from hochoi.index_text import index_text
from hochoi.store import Publication
from hochoi.types import Report, SourceFile
from hochoi.workspace import Workspace
from ingest.chunking import chunk
from ingest.files import source_paths
from ingest.pipeline import ingest_paths, report_id_of
from ingest.readers import read
from ingest.visit_fields import describe

_TOGETHER = 200  # reports of one transaction
_OPENING_CHARS = 450  # title and lead, which name host, visitor, date and head


@dataclass(frozen=True, slots=True)
class Filled:
    """How much was published, and how long it took in seconds."""

    reports: int
    passages: int
    seconds: float

    @property
    def rate(self) -> float:
        """Passages per second."""
        return self.passages / self.seconds


def ingest_files(ws: Workspace, passages: int) -> Filled:
    """Ingest files of generated reports until `passages` are published."""
    with TemporaryDirectory(prefix="hochoi-files-") as folder:
        total = 0
        for source in generated_reports(passages):
            (Path(folder) / source.name).write_bytes(source.content)
            extraction = read(source, 2**26)
            total += len(chunk("", extraction.text, extraction.headings))
            if total >= passages:
                break
        started = time.perf_counter()
        results = list(ingest_paths(ws, source_paths([Path(folder)])))
        elapsed = time.perf_counter() - started
    return Filled(len(results), sum(r.passages for r in results), elapsed)


def fill_quickly(ws: Workspace, skip: int, passages: int) -> Filled:
    """Publish generated reports, after the first `skip`, until `passages` more are there.

    The rules that read a visit see its opening only, and all is done in large transactions:
    this makes a large record in minutes, and its duration says nothing about ingesting.
    """
    started = time.perf_counter()
    reports = total = 0
    sources = islice(generated_reports(10**9), skip, None)
    while total < passages:
        batch = list(_publications(ws, islice(sources, _TOGETHER)))
        ws.store.publish_many(batch, encoder=ws.encoder_name)
        reports += len(batch)
        total += sum(len(p.passages) for p in batch)
    return Filled(reports, total, time.perf_counter() - started)


def _publications(ws: Workspace, sources: Iterator[SourceFile]) -> Iterator[Publication]:
    for source in sources:
        extraction = read(source, 2**26)
        opening = replace(extraction, text=extraction.text[:_OPENING_CHARS])
        report = Report(
            report_id=report_id_of(extraction.text),
            file_name=source.name,
            text=extraction.text,
            format=extraction.format,
            source_sha256=hashlib.sha256(source.content).hexdigest(),
            visit=describe(opening, ws.provinces, ws.topics),
        )
        passages = chunk(report.report_id, report.text, extraction.headings)
        vectors = ws.encoder.encode_passages([index_text(report.visit, p) for p in passages])
        yield Publication(source, report, passages, vectors)
