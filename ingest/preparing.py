"""Source file -> report with its passages; only the vectors are missing.

This is what a reading process does. Asks neither record nor model.
"""

import hashlib
from dataclasses import dataclass, replace

from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.text import nfc
from hochoi.types import Passage, Report, SourceFile
from ingest.chunking import chunk
from ingest.personal_data import Mark, find_marks
from ingest.readers import read
from ingest.visit_fields import describe


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source file read, described and cut."""

    source: SourceFile
    report: Report
    passages: tuple[Passage, ...]
    marks: tuple[Mark, ...] = ()  # of what must not go live unseen


def report_id_of(text: str) -> str:
    """Return the id of a report with this text: 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(nfc(text).encode()).hexdigest()[:16]


def prepare(
    source: SourceFile, provinces: ProvinceTable, topics: TopicTable, *, max_bytes: int
) -> Prepared:
    """Return a source file as a report with its passages.

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
        pages=extraction.pages,
    )
    passages = chunk(report.report_id, report.text, extraction.headings)
    return Prepared(source, report, passages, find_marks(report.text))


def prepare_elsewhere(
    provinces: ProvinceTable, topics: TopicTable, max_bytes: int, source: SourceFile
) -> Prepared:
    """Return what `prepare` returns, without the bytes, which the asking process has.

    Raises:
        IngestError: If it cannot be read.
    """
    prepared = prepare(source, provinces, topics, max_bytes=max_bytes)
    return replace(prepared, source=SourceFile(source.name, b""))
