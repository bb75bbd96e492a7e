"""Spreadsheets (XLSX, CSV) -> a line per row, each cell behind the name of its column."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from hochoi.errors import EmptyTextError, TooManyPartsError, UnreadableFileError
from hochoi.types import SourceFile
from ingest.legacy_encodings import repaired
from ingest.markup import Page, visible_lines
from ingest.readers.containers import open_container
from ingest.readers.found import Found
from ingest.tables import table_lines

if TYPE_CHECKING:
    from openpyxl.cell.read_only import ReadOnlyCell

MAX_CELLS = 500_000
_MAX_COLUMNS = 500
_DELIMITERS = (";", "\t", ",")
_SPACED = re.compile(r"[^\W\d], \w")  # a comma between words of a sentence
_MAX_CELL_CHARS = 200  # on average; longer ones are prose with punctuation


def read_xlsx(source: SourceFile) -> Found:
    """Return what the sheets of an Excel workbook show, hidden ones left out.

    Raises:
        PasswordNeededError, TooManyPartsError: As `open_container`, or with too many cells.
        UnreadableFileError: If it is damaged.
        EmptyTextError: If no cell holds anything.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    open_container(source)  # keeps to the limits
    lines: list[str] = []
    headings: list[str] = []
    try:
        book = load_workbook(io.BytesIO(source.content), read_only=True, data_only=True)
        shown = [s for s in book.worksheets if s.sheet_state == "visible"]
        counted = 0
        for sheet in shown:
            sheet.reset_dimensions()  # what the file says about its size may be wrong
            rows = [[_cell(c) for c in row[:_MAX_COLUMNS]] for row in sheet.iter_rows()]
            counted += sum(map(len, rows))
            if counted > MAX_CELLS:
                raise TooManyPartsError(source.name, "cells", MAX_CELLS, counted)
            found = sheet_lines(rows)
            if found and len(shown) > 1:
                headings.append(sheet.title)
                lines.append(sheet.title)
            lines += found
        book.close()
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        SyntaxError,
        IndexError,
    ) as exc:
        raise UnreadableFileError(source.name, "it is a damaged workbook") from exc
    return _found(source, "xlsx", lines, headings)


def sheet_lines(rows: Iterable[Iterable[str]]) -> list[str]:
    """Return the lines of a sheet: what stands above the table, then a line per row."""
    filled = [[cell.strip() for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    width = max((sum(map(bool, row)) for row in filled), default=0)
    header = next(
        (n for n, row in enumerate(filled) if sum(map(bool, row)) >= max(2, width * 0.7)), 0
    )
    above = [" ".join(filter(None, row)) for row in filled[:header]]
    if width < 2:
        return [" ".join(filter(None, row)) for row in filled]
    columns = [n for n in range(max(map(len, filled))) if any(len(r) > n and r[n] for r in filled)]
    table = [[row[n] if n < len(row) else "" for n in columns] for row in filled[header:]]
    return [*above, *table_lines(table, has_header=True)]


def _cell(cell: "ReadOnlyCell") -> str:
    """Return the value of a cell as a sheet in Vietnamese shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        has_time = value.time() != time(0)
        return value.strftime("%d/%m/%Y %H:%M" if has_time else "%d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    return str(value)


def _number(value: float, number_format: str) -> str:
    if "%" in number_format:
        return f"{_plain(round(value * 100, 4))}%"
    return _plain(value)


def _plain(value: float) -> str:
    """Return a number with a decimal comma and without needless zeros."""
    if float(value).is_integer():
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")


def read_csv(text: str) -> list[str] | None:
    """Return the lines of a table of separated values, None when a text is none.

    It is one when the same sign divides all of its rows into the same number of short cells.
    """
    for delimiter in _DELIMITERS:
        if text.count(delimiter) < 2:
            continue
        rows = [row for row in _rows(text, delimiter) if any(cell.strip() for cell in row)]
        widths = {len(row) for row in rows}
        needed = 3 if delimiter == "," else 2
        if delimiter == "," and _SPACED.search(text):
            continue
        if len(rows) < 3 or len(widths) != 1 or min(widths) < needed:
            continue
        if sum(len(cell) for row in rows for cell in row) <= _MAX_CELL_CHARS * len(rows) * min(
            widths
        ):
            return sheet_lines(rows)
    return None


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    except csv.Error:
        return


def _found(source: SourceFile, kind: str, lines: list[str], headings: list[str]) -> Found:
    text, hidden = repaired("\n".join(lines))
    shown = visible_lines(text)
    if not shown:
        raise EmptyTextError(source.name)
    warnings = (f"encoding|{hidden}",) if hidden else ()
    page = Page(shown, shown, (), visible_lines("\n".join(headings)), {})
    return Found(kind, page, warnings=warnings)
