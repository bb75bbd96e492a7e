"""Curves and the table of an evaluation."""

import csv
import io
from dataclasses import replace

import pytest

from evaluation.charts import Panel, draw, draw_inline, thinned
from evaluation.figures import ANSWER_HIT, REFUSAL, with_values
from evaluation.report import (
    CURVE_POINTS,
    latency_curve,
    outcome_counts,
    rows_csv,
    success_curve,
)
from hochoi.spreadsheet import BOM
from hochoi.types import Outcome
from tests.evaluation.row_builders import answered, row_of


def test_success_curve_rises_with_k() -> None:
    curve = success_curve([row_of("q1", "a"), row_of("q2", "b c a"), row_of("q3", "b")])
    assert curve[0] == (1, pytest.approx(1 / 3))
    assert curve[2] == (3, pytest.approx(2 / 3))
    assert [y for _, y in curve] == sorted(y for _, y in curve)


def test_latency_curve_ends_with_all_questions() -> None:
    assert latency_curve([30, 10]) == [(10, 0.5), (30, 1.0)]


def test_outcomes_are_counted_by_what_was_wanted() -> None:
    rows = [
        row_of("q1", answered=answered()),
        row_of("q2", relevant="", answerable=False, answered=answered()),
        row_of("q3"),
    ]
    assert outcome_counts(rows) == {(ANSWER_HIT, ANSWER_HIT): 1, (REFUSAL, ANSWER_HIT): 1}


def test_rows_csv_opens_with_accents_and_runs_no_formula() -> None:
    row = row_of("q1", answered=replace(answered(), found_text="=HYPERLINK(1) Đoàn\nHuế"))
    text = rows_csv(with_values([row, row_of("q2")]))
    assert text.startswith(BOM)
    first, second = csv.DictReader(io.StringIO(text.removeprefix(BOM)))
    assert first["answer"] == "'=HYPERLINK(1) Đoàn\nHuế"
    assert (first["outcome"], second["outcome"]) == (Outcome.ANSWERED.value, "")
    assert (first["RR@10"], second["Answer hit"]) == ("1.0000", "")


def test_chart_names_are_escaped_and_its_words_say_the_values() -> None:
    panel = Panel('Tỷ lệ <k> "1"', {"tìm": [(1, 0.5), (2, 0.75)]}, [(1, "1"), (2, "2")], top=1)
    for svg in (draw([panel]), draw_inline(panel)):
        assert "<k>" not in svg
        assert "tìm" in svg
    assert "1 → 0.5, 2 → 0.75" in draw_inline(panel)


def test_thinned_keeps_the_ends() -> None:
    points = [(float(i), 0.0) for i in range(100)]
    assert (thinned(points)[0], thinned(points)[-1], len(thinned(points))) == (
        points[0], points[-1], 8,
    )  # fmt: skip


def test_latency_curve_of_many_questions_is_short_and_ends_where_all_are_done() -> None:
    curve = latency_curve([float(n) for n in range(50_000)])
    assert len(curve) <= CURVE_POINTS + 1
    assert curve == sorted(curve)
    assert (curve[0][0], curve[-1]) == (0.0, (49_999.0, 1.0))
    assert latency_curve([3.0, 1.0]) == [(1.0, 0.5), (3.0, 1.0)]
