"""Rows survive their file."""

import pytest

from evaluation.rows import Place, Row, Why, read_row, row_line
from tests.evaluation.row_builders import answered, row_of


def test_row_read_from_its_line_is_the_same() -> None:
    place = Place("a", "r1", "r1:0-5", 3, 0.25, "Đoàn\ncông tác", (("keywords", 0.5),))
    row = row_of("q1", answered=answered(), history=("Trước đó?",), tags=("accented",))
    row = Row(row.asked, row.documents, ("r1:0-5",), ("r1:0-5",), 4.5, row.answered,
              Why("outranked", place, None), {"RR@10": 0.5})  # fmt: skip
    line = row_line(row)
    assert "\n" not in line
    assert "công tác" in line
    assert read_row(line) == row


@pytest.mark.parametrize("line", ["", "{}", '{"asked": {"query_id": "q1"}}', "[1]"])
def test_read_row_line_that_is_no_row_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        read_row(line)


def test_row_without_answer_has_failed_when_search_missed_it() -> None:
    row = row_of("q1")
    assert not row.with_values({"Success@10": 1.0}).has_failed
    assert row.with_values({"Success@10": 0.0}).has_failed


def test_row_with_answer_has_failed_when_it_has_reasons() -> None:
    assert not row_of("q1", answered=answered()).has_failed
    assert row_of("q1", answered=answered(reasons=("expected words are missing",))).has_failed
