"""Two evaluations side by side."""

import pytest

from evaluation.comparing import compare_rows, holm
from evaluation.figures import with_values
from evaluation.rows import Row
from tests.evaluation.row_builders import answered, row_of


def rows_of(found: dict[str, bool]) -> tuple[Row, ...]:
    return with_values([
        row_of(q, "a" if right else "b", answered=answered(is_right=right))
        for q, right in found.items()
    ])  # fmt: skip


def test_compare_same_rows_finds_nothing() -> None:
    rows = rows_of({f"q{i}": i % 2 == 0 for i in range(12)})
    found = compare_rows(rows, rows)
    assert (found.questions, found.flips) == (12, ())
    assert {c.p_value for c in found.overall} == {1.0}


def test_compare_lists_each_flip_once_worse_ones_first() -> None:
    before = rows_of({"q1": True, "q2": False, "q3": True})
    after = rows_of({"q1": False, "q2": True, "q3": True})
    flips = compare_rows(before, after).flips
    assert [(f.after.query_id, f.is_better) for f in flips] == [("q1", False), ("q2", True)]


def test_compare_uses_the_questions_of_both() -> None:
    found = compare_rows(rows_of({"q1": True, "q2": True}), rows_of({"q2": False, "q3": True}))
    assert (found.questions, len(found.flips)) == (1, 1)


def test_compare_slice_that_fell_is_significant_after_correction() -> None:
    before = rows_of({f"q{i}": True for i in range(20)})
    after = rows_of({f"q{i}": i > 12 for i in range(20)})
    (first, *_) = compare_rows(before, after).slices
    assert (first.dimension, first.value) == ("kind", "who")
    assert first.comparison.difference < 0
    assert first.comparison.p_value <= first.corrected_p < 0.01


@pytest.mark.parametrize(
    ("p_values", "corrected"),
    [
        ([], []),
        ([0.04], [0.04]),
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),  # by hand: 3*.01, 2*.03, max with 1*.04
        ([0.5, 0.9], [1.0, 1.0]),
    ],
)
def test_holm_multiplies_by_the_tests_that_are_left(
    p_values: list[float], corrected: list[float]
) -> None:
    assert holm(p_values) == pytest.approx(corrected)
