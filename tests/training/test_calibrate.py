"""Folds, limits and the page of refusals, on cases that can be counted by hand."""

from dataclasses import replace

import pytest

from evaluation.selective import Given, selective
from evaluation.testset import Expectation, Question
from hochoi.question import Query, Wanted
from hochoi.settings import SHIPPED
from hochoi.types import Filters, Outcome
from hochoi.weighing import SIGNALS, read_weighing
from training.calibrate import (
    FOLDS,
    Decided,
    Row,
    across_answers,
    best_limit,
    fit_calibration,
    fit_meant,
    fit_states,
    folds_of,
    point,
)
from training.evidence_cases import Case, Sort
from training.fit_translation import fit_translation
from training.risk_curve import Point, draw, table

QUERY = Query("?", "?", "?", (Wanted.CONTENT,), (), (), (), (), Filters())


def row(group: str, value: float, states: bool) -> Row:
    signals = tuple(value if name == "fact" else 0.0 for name in SIGNALS)
    return Row(group, 0, signals, states, states)


ROWS = [row(f"r{n}", 0.8 + n / 100, True) for n in range(12)] + [
    row(f"r{n}", n / 100, False) for n in range(12)
]


def case(group: str, *, answerable: bool = True, sort: Sort = Sort.ASKED) -> Case:
    right = frozenset({group}) if answerable else frozenset()
    expectation = Expectation(group, answerable=answerable)
    return Case(sort, group, Question(group, "?"), expectation, QUERY, (), right)


def decided(group: str, outcome: Outcome, *, right: bool = False, **more: object) -> Decided:
    return Decided(case(group, **more), outcome, 2.0, right)  # type: ignore[arg-type]


DECIDED = [
    decided("a", Outcome.ANSWERED, right=True),
    decided("b", Outcome.ANSWERED),
    decided("c", Outcome.ABSTAINED),
    decided("d", Outcome.ANSWERED, answerable=False),
    decided("e", Outcome.ABSTAINED, answerable=False),
    decided("f", Outcome.ANSWERED, answerable=False, sort=Sort.MADE),
]


def test_fit_gives_what_separates_a_positive_weight() -> None:
    for model in (fit_states(ROWS), fit_meant(ROWS)):
        assert model.weights["fact"] > 0
        assert model.weights["words"] == 0


def test_fit_meant_leaves_out_what_is_not_known() -> None:
    unknown = [replace(row("x", 0.9, False), is_meant=None) for _ in range(50)]
    assert fit_meant([*ROWS, *unknown]) == fit_meant(ROWS)


def test_folds_keep_what_is_about_one_report_together() -> None:
    groups = [f"r{n % 25}" for n in range(100)]
    folds = folds_of(groups)
    assert {len({f for g, f in zip(groups, folds, strict=True) if g == own}) for own in groups} == {
        1
    }
    assert set(folds) == set(range(FOLDS))


def test_point_counts_answers_refusals_risk_and_what_was_missed() -> None:
    found = point(0.5, DECIDED)
    assert (found.coverage, found.refused) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert found.risk == pytest.approx(2 / 3)  # "b" and "d" of "a", "b", "d"
    assert dict(found.missed) == {"asked": 0.5, "taken away": 0.0, "made": 1.0}


def test_best_limit_is_the_highest_that_refuses_few() -> None:
    points = [Point(limit, 1.0, refused, 0.0, ()) for limit, refused in ((0.2, 0.0), (0.4, 0.02))]
    assert best_limit([*points, Point(0.6, 1.0, 0.2, 0.0, ())]) == 0.4
    assert best_limit([Point(0.3, 1.0, 0.5, 0.0, ())]) == 0.3


def test_calibration_gives_more_confidence_for_more_evidence() -> None:
    answers = [
        Decided(case(f"r{n}"), Outcome.ANSWERED, n / 10, is_right=n % 7 > 0 and n > 5)
        for n in range(60)
    ]
    scale = fit_calibration(answers)
    assert scale.slope > 0
    assert scale.confidence(0.0) < scale.confidence(6.0)
    assert len(across_answers(answers)) == 60


def test_page_holds_curve_and_calibration_and_is_drawn_without_anything_from_outside() -> None:
    curve = (point(0.5, DECIDED),)
    sure = selective([Given(0.95, is_answerable=True, is_right=True)], 1)
    assert draw(curve).startswith("<svg")
    assert "href" not in draw(curve)
    page = table(curve, 0.5, sure)
    assert "| 0.50 | 0.667 | 0.333 | 0.667 | 0.500 | 0.000 | 1.000 |" in page
    assert "| 0.9 to 1.0 | 1 | 0.950 | 1.000 |" in page


def test_shipped_page_is_of_the_shipped_weights() -> None:
    limits = read_weighing(SHIPPED / "models" / "hochoi-evidence" / "weights.json").limits
    page = (SHIPPED / "docs" / "refusals.md").read_text(encoding="utf-8")
    assert f"probability of {limits.states:.2f} on" in page
    assert best_limit(points_of(page)) == limits.states


def points_of(page: str) -> list[Point]:
    """Return limit, answered and refused of each line of the first table of the page."""
    cells = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| 0.")]
    rows = [[float(c) for c in row] for row in cells if len(row) == 7]
    return [Point(limit, covered, refused, 0.0, ()) for limit, covered, refused, *_ in rows]


def test_fit_translation_learns_what_answers_who() -> None:
    pairs = [(("ai", "x"), {"#name", "ong"}), (("khi", "x"), {"#n", "ngay"})] * 10
    learned = fit_translation(pairs).by_question
    assert learned["ai"]["#name"] > learned["ai"].get("#n", 0.0)
    assert learned["khi"]["#n"] > learned["khi"].get("#name", 0.0)
