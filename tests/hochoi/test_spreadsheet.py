"""What is written is read back with its accents; no cell begins like a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hochoi.spreadsheet import spreadsheet_csv

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@given(st.lists(st.lists(CELLS, min_size=1), min_size=1))
def test_csv_gives_back_every_cell_and_no_formula(rows: list[list[str]]) -> None:
    text = spreadsheet_csv(rows)
    assert text.startswith("\ufeff")
    found = read(text)
    assert [[c.removeprefix("'") for c in row] for row in found] == [
        [c.removeprefix("'") for c in row] for row in rows
    ]
    assert not any(c.startswith(("=", "+", "-", "@", "\t", "\r")) for row in found for c in row)


@pytest.mark.parametrize("cell", ["=1+1", "+84 24", "-5", "@cmd", "\t=1", "\r=1"])
def test_csv_cell_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert read(spreadsheet_csv([["Tên", cell]])) == [["Tên", f"'{cell}"]]
