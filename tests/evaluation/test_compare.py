"""Comparison of two results, with p values counted by hand."""

import pytest

from evaluation.compare import compare
from tests.evaluation.evaluation_builders import result_of


def test_compare_counts_better_worse_and_same() -> None:
    found = compare(result_of(0.0, 1.0, 0.5, 0.5), result_of(1.0, 0.5, 0.75, 0.5))
    assert [(c.query_id, c.difference) for c in found.better] == [("q0", 1.0), ("q2", 0.25)]
    assert [(c.query_id, c.before, c.after) for c in found.worse] == [("q1", 1.0, 0.5)]
    assert (found.same, found.mean_before, found.mean_after) == (1, 0.5, 0.6875)
    assert found.difference == pytest.approx(0.1875)


@pytest.mark.parametrize(
    ("after", "p_value"),
    [
        ((0.0, 0.0, 0.0), 1.0),  # nothing changed
        ((1.0, 0.0, 0.0), 1.0),  # one change: both signs are as large
        ((1.0, 1.0, 1.0), 0.25),  # 2 of 8 sign patterns sum to 3 or -3
        ((1.0, 1.0, -1.0), 1.0),  # every pattern sums to at least 1
    ],
)
def test_compare_few_changes_p_value_counts_all_patterns(
    after: tuple[float, ...], p_value: float
) -> None:
    assert compare(result_of(0.0, 0.0, 0.0), result_of(*after)).p_value == p_value


def test_compare_large_drop_is_significant_and_noise_is_not() -> None:
    before = result_of(*[1.0] * 100)
    dropped = compare(before, result_of(*[0.0] * 20, *[1.0] * 80))
    noisy = compare(result_of(*[1.0, 0.0] * 20), result_of(*[0.0, 1.0] * 20))
    # 20 losses: chance 2 / 2^20, so no random pattern of 10,000 is expected to reach it.
    assert dropped.p_value == pytest.approx(1 / 10_001)
    assert noisy.p_value == 1.0


def test_compare_same_seed_gives_same_p_value_in_both_directions() -> None:
    before = result_of(*[0.1 * (i % 7) for i in range(60)])
    after = result_of(*[0.1 * (i % 5) for i in range(60)])
    first = compare(before, after, seed=3)
    assert first == compare(before, after, seed=3)
    assert compare(after, before, seed=3).p_value == first.p_value
    assert 0 < first.p_value <= 1


def test_compare_other_questions_or_measures_are_refused() -> None:
    with pytest.raises(ValueError, match="1 questions stand in one result only, first 'q1'"):
        compare(result_of(1.0), result_of(1.0, 1.0))
    with pytest.raises(ValueError, match=r"RR@10 with R@10"):
        compare(result_of(1.0), result_of(1.0, measure="R@10"))
    with pytest.raises(ValueError, match="at least 1"):
        compare(result_of(1.0), result_of(1.0), permutations=0)
