"""A report goes into a row of the record and comes back the same."""

from dataclasses import replace

import pytest

from hochoi.report_rows import REPORT_COLUMNS, report_from, report_row
from tests.fakes import make_report

REPORT = replace(
    make_report("aaaa", "Hà Giang học An Giang", "Nội dung.", host="An Giang", visitor="Hà Giang"),
    status="draft",
    version=3,
    warnings=("mất bảng", "trang 2 “trống”"),
    compiled_from="public facts",
    pages=(0, 4),
)


def as_stored(values: tuple[object, ...]) -> list[str]:
    return list(values)  # type: ignore[arg-type]  # SQLite gives an int for the version


def test_report_from_its_row_is_equal() -> None:
    assert report_from(as_stored(report_row(REPORT))) == REPORT


def test_report_without_extras_stays_without() -> None:
    bare = make_report("bbbb", "Một")
    assert report_from(as_stored(report_row(bare))) == bare


def test_report_row_has_a_value_per_column() -> None:
    assert len(report_row(REPORT)) == len(REPORT_COLUMNS.split(", ")) == 11


@pytest.mark.parametrize("column", [5, 7, 8, 10])
def test_report_from_damaged_row_raises(column: int) -> None:
    values = as_stored(report_row(REPORT))
    values[column] = "{"
    with pytest.raises((KeyError, TypeError, ValueError)):
        report_from(values)
