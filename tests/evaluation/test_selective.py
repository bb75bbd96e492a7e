"""Coverage, risk and calibration, on answers that can be counted by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.figures import with_values
from evaluation.selective import Given, selective, selective_of
from hochoi.types import Outcome
from tests.evaluation.row_builders import answered, row_of

RIGHT, WRONG = (True, True), (True, False)  # answerable, right


def one(confidence: float, kind: tuple[bool, bool]) -> Given:
    return Given(confidence, *kind)


GIVENS = st.lists(
    st.builds(
        Given,
        st.floats(0, 1),
        st.just(True),
        st.booleans(),
    ),
    min_size=1,
    max_size=30,
)


def test_risk_is_that_of_the_surest_answers_first() -> None:
    found = selective([one(0.5, WRONG), one(0.9, RIGHT), one(0.7, RIGHT)], answerable=4)
    assert [(p.coverage, p.risk) for p in found.curve] == [
        (0.25, 0.0),
        (0.5, 0.0),
        (0.75, pytest.approx(1 / 3)),
    ]
    assert found.risk_at(0.6) == pytest.approx(1 / 3)
    assert found.risk_at(0.8) is None  # a fourth question should have been answered
    assert found.area == pytest.approx(1 / 9)


def test_answers_of_one_confidence_are_given_together() -> None:
    found = selective([one(0.9, RIGHT), one(0.9, WRONG)], answerable=2)
    assert [(p.coverage, p.risk) for p in found.curve] == [(1.0, 0.5)]


def test_an_answer_to_what_has_none_covers_nothing_and_is_wrong() -> None:
    found = selective([one(0.9, RIGHT), Given(0.8, is_answerable=False, is_right=False)], 1)
    assert [(p.coverage, p.risk) for p in found.curve] == [(1.0, 0.0), (1.0, 0.5)]


def test_calibration_error_is_the_distance_of_confidence_from_truth() -> None:
    found = selective([one(0.75, RIGHT), one(0.75, WRONG), one(0.05, WRONG)], answerable=3)
    assert [(b.answers, b.share_right) for b in found.bins] == [(1, 0.0), (2, 0.5)]
    assert found.calibration_error == pytest.approx((0.05 + 2 * 0.25) / 3)


@given(GIVENS)
def test_curve_rises_in_coverage_and_bins_hold_every_answer(given: list[Given]) -> None:
    found = selective(given, answerable=len(given))
    coverages = [p.coverage for p in found.curve]
    assert coverages == sorted(coverages)
    assert coverages[-1] == 1.0
    assert sum(b.answers for b in found.bins) == len(given)
    assert 0 <= found.area <= 1
    assert found == selective(given[::-1], answerable=len(given))


def test_rows_refused_stay_uncovered_and_rows_without_confidence_are_left_out() -> None:
    sure = replace(answered(), confidence=0.9)
    rows = {
        "right": sure,
        "wrong": replace(answered(is_right=False), confidence=0.4),
        "table": answered(),
        "refused": answered(Outcome.ABSTAINED, "", is_right=False),
    }
    found = selective_of(with_values([row_of(i, answered=a) for i, a in rows.items()]))
    assert found is not None
    assert [(p.coverage, p.risk) for p in found.curve] == [
        (pytest.approx(1 / 3), 0.0),
        (pytest.approx(2 / 3), 0.5),
    ]


def test_rows_without_any_confidence_have_no_curve() -> None:
    assert selective_of(with_values([row_of("q1", answered=answered()), row_of("q2")])) is None
