"""The gate: a kept baseline, and what it lets through."""

from pathlib import Path

import pytest

from evaluation.gate import Rules, check, make_baseline, read_baseline, write_baseline
from hochoi.errors import TestSetError
from tests.evaluation.evaluation_builders import make_testset, result_of

SET = make_testset("q0 a 1\nq1 a 1", fingerprint="f1")


def test_write_baseline_then_read_changes_nothing(tmp_path: Path) -> None:
    baseline = make_baseline(SET, [result_of(1.0, 0.5), result_of(0.25, 0.0, measure="R@10")])
    write_baseline(baseline, tmp_path / "b.json")
    assert read_baseline(tmp_path / "b.json", SET) == baseline


def test_write_baseline_file_has_one_question_per_line(tmp_path: Path) -> None:
    write_baseline(make_baseline(SET, [result_of(1.0, 1 / 3)]), tmp_path / "b.json")
    assert (tmp_path / "b.json").read_text(encoding="utf-8") == (
        "{\n"
        '  "format": 1,\n'
        '  "test_set": "small",\n'
        '  "fingerprint": "f1",\n'
        '  "means": {"RR@10": 0.666667},\n'
        '  "values": {\n'
        '    "q0": {"RR@10": 1.0},\n'
        '    "q1": {"RR@10": 0.333333}\n'
        "  }\n"
        "}\n"
    )


def test_check_unchanged_or_better_results_pass() -> None:
    baseline = make_baseline(SET, [result_of(*[0.5] * 40)])
    assert check([result_of(*[0.5] * 40)], baseline) == ()
    assert check([result_of(*[1.0] * 40)], baseline) == ()


def test_check_noise_passes_and_real_drop_is_named() -> None:
    baseline = make_baseline(SET, [result_of(*[1.0] * 40)])
    assert check([result_of(0.0, 0.0, *[1.0] * 38)], baseline) == ()
    (problem,) = check([result_of(*[0.0] * 10, *[1.0] * 30)], baseline)
    assert (problem.measure, problem.reason) == ("RR@10", "drop")
    assert (problem.before, problem.after) == (1.0, 0.75)
    assert problem.worse[:2] == ("q0", "q1")
    assert len(problem.worse) == 10


def test_check_mean_below_its_floor_is_named() -> None:
    baseline = make_baseline(SET, [result_of(0.5, 0.5)])
    rules = Rules(floors=(("RR@10", 0.9), ("nDCG@10", 0.5)))
    problems = check([result_of(0.5, 0.5)], baseline, rules)
    assert [(p.measure, p.reason, p.before, p.after) for p in problems] == [
        ("RR@10", "floor", 0.9, 0.5),
        ("nDCG@10", "missing", 0.5, None),
    ]


def test_check_measure_that_is_gone_is_named() -> None:
    (problem,) = check([], make_baseline(SET, [result_of(1.0)]))
    assert (problem.measure, problem.reason) == ("RR@10", "missing")


def test_read_baseline_of_another_set_says_which(tmp_path: Path) -> None:
    write_baseline(make_baseline(SET, [result_of(1.0)]), tmp_path / "b.json")
    other = make_testset("q0 a 1", fingerprint="f2")
    with pytest.raises(TestSetError, match=r"made on test set small \(f1\), not on small \(f2\)"):
        read_baseline(tmp_path / "b.json", other)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"format": 2}',
        '{"format": 1, "fingerprint": "f1"}',
        '{"format": 1, "fingerprint": "f1", "values": {"q0": {"RR@10": "x"}}}',
    ],
)
def test_read_baseline_malformed_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "b.json").write_text(content, encoding="utf-8")
    with pytest.raises(TestSetError, match=r"b\.json"):
        read_baseline(tmp_path / "b.json", SET)


def test_read_baseline_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TestSetError, match="cannot be read"):
        read_baseline(tmp_path / "b.json", SET)


def test_check_values_that_a_file_rounds_are_no_drop(tmp_path: Path) -> None:
    testset = make_testset("\n".join(f"q{i} d 1" for i in range(40)))
    results = [result_of(*([1 / 3] * 20 + [2 / 7] * 20))]
    write_baseline(make_baseline(testset, results), tmp_path / "b.json")
    assert check(results, read_baseline(tmp_path / "b.json", testset)) == ()


def test_check_another_model_is_a_problem_and_one_without_record_is_not() -> None:
    testset = make_testset("q0 d 1")
    baseline = make_baseline(testset, [result_of(1.0)], [("embedding model", "a")])
    (problem,) = check([result_of(1.0)], baseline, models=[("embedding model", "b")])
    assert (problem.reason, problem.detail) == ("model", "a -> b")
    assert check([result_of(1.0)], baseline, models=[("generator", "x")]) == ()
