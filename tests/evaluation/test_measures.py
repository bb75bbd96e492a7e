"""Measures against numbers worked out by hand."""

import sys
from subprocess import run as run_process

import pytest

from evaluation.measures import RETRIEVAL_MEASURES, Result, interval, score
from evaluation.runs import RankedDocument, Ranking, Run
from tests.evaluation.evaluation_builders import make_testset, result_of, run_of

QRELS = """
a d1 2
a d2 1
b d3 1
b d4 1
c d5 1
"""


def values(results: tuple[Result, ...]) -> dict[str, list[float]]:
    return {r.measure: [round(metric.value, 4) for metric in r.metrics] for r in results}


def test_score_small_run_gives_numbers_worked_out_by_hand() -> None:
    run = run_of({"a": "d2 x d1", "b": "x y z u v d3", "c": ""})
    assert values(score(run, make_testset(QRELS))) == {
        "Success@1": [1.0, 0.0, 0.0],
        "Success@5": [1.0, 0.0, 0.0],
        "Success@10": [1.0, 1.0, 0.0],
        "RR@10": [1.0, 0.1667, 0.0],
        # a: (1/log2 2 + 2/log2 4) / (2/log2 2 + 1/log2 3) = 2 / 2.6309
        # b: (1/log2 7) / (1/log2 2 + 1/log2 3) = 0.3562 / 1.6309
        "nDCG@10": [0.7602, 0.2184, 0.0],
        "R@10": [1.0, 0.5, 0.0],
    }


def test_score_document_at_rank_eleven_is_not_found_at_ten() -> None:
    run = run_of({"c": " ".join(f"x{i}" for i in range(10)) + " d5"})
    results = score(run, make_testset("c d5 1"))
    assert [result.mean for result in results] == [0.0] * len(RETRIEVAL_MEASURES)


def test_score_question_without_ranking_counts_as_zero() -> None:
    results = score(run_of({"a": "d1 d2"}), make_testset(QRELS))
    assert [result.mean for result in results if result.measure == "R@10"] == [pytest.approx(1 / 3)]
    assert all(len(result.metrics) == 3 for result in results)


def test_score_question_outside_the_set_is_ignored() -> None:
    with_more = score(run_of({"a": "d1", "zz": "d1"}), make_testset(QRELS))
    assert with_more == score(run_of({"a": "d1"}), make_testset(QRELS))


def test_score_order_of_the_ranking_counts_whatever_the_scores() -> None:
    upside_down = (RankedDocument("x", 1.0), RankedDocument("d5", 9.0), RankedDocument("y", 9.0))
    run = Run("t", "f", (Ranking("c", upside_down),))
    (result,) = score(run, make_testset("c d5 1"), ["RR@10"])
    assert result.mean == 0.5


def test_score_run_of_another_set_is_refused() -> None:
    with pytest.raises(ValueError, match="belongs to test set g, got f"):
        score(run_of({"a": "d1"}, fingerprint="g"), make_testset(QRELS))


@pytest.mark.parametrize("measure", ["Hit@1", "nonsense", ""])
def test_score_unknown_measure_is_refused(measure: str) -> None:
    with pytest.raises(ValueError, match="knows no measure"):
        score(run_of({"a": "d1"}), make_testset(QRELS), [measure])


def test_interval_same_seed_gives_same_numbers_around_the_mean() -> None:
    result = result_of(*[1.0, 0.0] * 50)
    found = interval(result, seed=7)
    assert found == interval(result, seed=7)
    # The standard error of 100 coin flips is 0.05, so 95 of 100 means lie within 0.098 of 0.5.
    assert found.low == pytest.approx(0.40, abs=0.02)
    assert found.high == pytest.approx(0.60, abs=0.02)


def test_interval_of_equal_values_has_no_width() -> None:
    assert interval(result_of(0.5, 0.5)) == interval(result_of(0.5, 0.5, 0.5))
    assert (interval(result_of()).low, interval(result_of()).high) == (0.0, 0.0)


@pytest.mark.parametrize(("confidence", "resamples"), [(0.0, 10), (1.0, 10), (0.9, 0)])
def test_interval_out_of_range_is_refused(confidence: float, resamples: int) -> None:
    with pytest.raises(ValueError, match="must"):
        interval(result_of(1.0), confidence=confidence, resamples=resamples)


def test_measures_import_does_not_load_ir_measures() -> None:
    code = "import sys, evaluation.measures; sys.exit('ir_measures' in sys.modules)"
    assert run_process([sys.executable, "-c", code], check=False).returncode == 0
