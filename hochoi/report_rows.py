"""A report as the row that the record keeps, and back. Does not talk to the database."""

import json
from collections.abc import Sequence

from hochoi.types import Report
from hochoi.visit_codec import decode_visit, encode_visit

REPORT_COLUMNS = (
    "report_id, file_name, format, source_sha256, text, visit, status, version, warnings,"
    " compiled_from, pages"
)


def report_row(report: Report) -> tuple[object, ...]:
    """Return the values of a report in the order of `REPORT_COLUMNS`."""
    return (
        report.report_id,
        report.file_name,
        report.format,
        report.source_sha256,
        report.text,
        encode_visit(report.visit),
        report.status,
        report.version,
        json.dumps(report.warnings, ensure_ascii=False),
        report.compiled_from,
        json.dumps(report.pages),
    )


def report_from(row: Sequence[str]) -> Report:
    """Return the report of a row in the order of `REPORT_COLUMNS`.

    Raises:
        KeyError, TypeError, ValueError: If the row was not written by `report_row`.
    """
    return Report(
        report_id=row[0],
        file_name=row[1],
        format=row[2],
        source_sha256=row[3],
        text=row[4],
        visit=decode_visit(row[5]),
        status=row[6],
        version=int(row[7]),
        warnings=tuple(json.loads(row[8])),
        compiled_from=row[9],
        pages=tuple(json.loads(row[10])),
    )
