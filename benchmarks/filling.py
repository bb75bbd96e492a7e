"""Fill a data directory with generated reports, by the same code that ingests files."""

import hashlib
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generated_reports import generated_reports
from hochoi.index_text import index_text
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.store import Publication
from hochoi.types import Extraction, Passage, Report, SourceFile
from hochoi.workspace import Workspace
from ingest.chunking import chunk
from ingest.files import source_paths
from ingest.pipeline import ingest_paths, report_id_of
from ingest.readers import read
from ingest.visit_fields import describe

_TOGETHER = 200  # reports of one transaction
_PROCESSES = 2
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

    They are not written to files and not read, the rules that describe a visit see its opening
    only, two processes do that, and all is published in large transactions: this makes a large
    record in minutes, and its duration says nothing about ingesting.
    """
    started = time.perf_counter()
    reports = total = 0
    sources = islice(generated_reports(10**9), skip, None)
    describe_all = partial(_described, ws.provinces, ws.topics)
    with ProcessPoolExecutor(_PROCESSES, get_context("spawn")) as pool:
        under_way = deque(
            pool.submit(describe_all, list(islice(sources, _TOGETHER)))
            for _ in range(2 * _PROCESSES)
        )
        while total < passages:
            found = under_way.popleft().result()
            under_way.append(pool.submit(describe_all, list(islice(sources, _TOGETHER))))
            batch = [_embedded(ws, *item) for item in found]
            ws.store.publish_many(batch, encoder=ws.encoder_name)
            reports += len(batch)
            total += sum(len(p.passages) for p in batch)
        pool.shutdown(cancel_futures=True)
    return Filled(reports, total, time.perf_counter() - started)


Item = tuple[SourceFile, Report, tuple[Passage, ...]]


def _described(
    provinces: ProvinceTable, topics: TopicTable, sources: Sequence[SourceFile]
) -> list[Item]:
    items = []
    for source in sources:
        title, *paragraphs = source.content.decode().split("\n\n")
        extraction = Extraction(title, "\n".join([title, "", *paragraphs]), "txt")
        opening = replace(extraction, text=extraction.text[:_OPENING_CHARS])
        report = Report(
            report_id=report_id_of(extraction.text),
            file_name=source.name,
            text=extraction.text,
            format=extraction.format,
            source_sha256=hashlib.sha256(source.content).hexdigest(),
            visit=describe(opening, provinces, topics),
        )
        items.append((source, report, chunk(report.report_id, report.text, ())))
    return items


def _embedded(
    ws: Workspace, source: SourceFile, report: Report, passages: tuple[Passage, ...]
) -> Publication:
    vectors = ws.encoder.encode_passages([index_text(report.visit, p) for p in passages])
    return Publication(source, report, passages, vectors)
