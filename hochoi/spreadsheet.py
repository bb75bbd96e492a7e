"""Rows as a CSV file that a spreadsheet opens with its accents and does not run. Reads none."""

import csv
import io
from collections.abc import Iterable

BOM = "\ufeff"  # a spreadsheet takes a file without it for another encoding than UTF-8
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet_csv(rows: Iterable[Iterable[str]]) -> str:
    """Return the rows, headings first, as CSV: a byte order mark, commas, CRLF.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    written = io.StringIO()
    csv.writer(written).writerows([_inert(value) for value in row] for row in rows)
    return BOM + written.getvalue()


def _inert(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA_SIGNS) else value
