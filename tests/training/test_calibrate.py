"""Limits, folds and the curve of refusals, on cases that can be counted by hand."""

import numpy as np

from hochoi.weighing import SIGNALS
from training.calibrate import Row, across, best_per_case, fit, limit_for
from training.fit_translation import fit_translation
from training.risk_curve import draw, risk_curve, table

CASES = [(True, 0.9, True), (True, 0.6, True), (True, 0.8, False), (False, 0.7, False)]


def row(group: str, value: float, states: bool) -> Row:
    signals = tuple(value if name == "fact" else 0.0 for name in SIGNALS)
    return Row(group, f"{group}{value}", states, signals, states, states)


ROWS = [row(f"r{n}", 0.8 + n / 100, True) for n in range(12)] + [
    row(f"r{n}", n / 100, False) for n in range(12)
]


def test_fit_gives_what_separates_a_positive_weight() -> None:
    model = fit(ROWS, [r.states for r in ROWS])
    assert model.weights["fact"] > 0
    assert model.weights["words"] == 0


def test_across_judges_reports_by_models_that_have_not_seen_them() -> None:
    found = across(ROWS, [r.states for r in ROWS])
    assert found[:12].min() > found[12:].max()


def test_best_per_case_keeps_the_most_probable_report() -> None:
    pair = [row("a", 0.1, False), row("b", 0.9, True)]
    same = [Row(r.group, "q1", True, r.signals, r.is_meant, r.states) for r in pair]
    assert best_per_case(same, np.array([0.2, 0.7])) == [(True, 0.7, True)]


def test_limit_lets_at_most_the_share_of_unanswerable_pass() -> None:
    cases = [(False, n / 10, False) for n in range(10)]
    limit = limit_for(cases, 0.2)
    assert sum(p >= limit for _, p, _ in cases) == 2


def test_curve_counts_coverage_risk_and_missed_refusals() -> None:
    at = {point.limit: point for point in risk_curve(CASES)}[0.7]
    assert (at.coverage, at.risk, at.missed) == (2 / 3, 2 / 3, 1.0)


def test_curve_is_drawn_without_anything_from_outside() -> None:
    drawn = draw(risk_curve(CASES))
    assert drawn.startswith("<svg")
    assert "href" not in drawn
    assert "| 0.7 | 0.667 | 0.667 | 1.000 |" in table(risk_curve(CASES), ["4 cases"])


def test_fit_translation_learns_what_answers_who() -> None:
    pairs = [(("ai", "x"), {"#name", "ong"}), (("khi", "x"), {"#n", "ngay"})] * 10
    learned = fit_translation(pairs).by_question
    assert learned["ai"]["#name"] > learned["ai"].get("#n", 0.0)
    assert learned["khi"]["#n"] > learned["khi"].get("#name", 0.0)
