"""Runs: produced, written and read again."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from evaluation.runs import latency, produce, read_run, replace_text, write_run
from evaluation.testset import Question
from hochoi.errors import TestSetError
from hochoi.types import Hit
from tests.evaluation.evaluation_builders import hit_of, make_testset, run_of

TWO = make_testset("q1 a.md 1\nq2 b.md 1")


class Ticks:
    """A clock that moves by the next of the given seconds between two looks."""

    def __init__(self, *seconds: float) -> None:
        self._steps = [step for second in seconds for step in (0.0, second)]
        self._now = 0.0

    def __call__(self) -> float:
        self._now += self._steps.pop(0)
        return self._now


def test_produce_passages_collapse_to_their_best_documents() -> None:
    def search(question: Question, k: int) -> Sequence[Hit]:
        return [hit_of("r1", 9, 1), hit_of("r2", 8, 2), hit_of("r1", 7, 3), hit_of("r3", 6, 4)][:k]

    run = produce(TWO, search, document_ids={"r1": "a.md", "r2": "b.md"}, k=10)
    found = [(d.doc_id, d.score) for d in run.rankings[0].documents]
    assert found == [("a.md", 9.0), ("b.md", 8.0), ("r3", 6.0)]


def test_produce_ties_and_disordered_scores_keep_the_rank_order() -> None:
    def search(question: Question, k: int) -> Sequence[Hit]:
        return [hit_of("x", 1.0, 1), hit_of("y", 1.0, 2), hit_of("z", 5.0, 3)]

    documents = produce(TWO, search, document_ids={}).rankings[0].documents
    scores = [document.score for document in documents]
    assert [document.doc_id for document in documents] == ["x", "y", "z"]
    assert scores[0] > scores[1] > scores[2] > 0.999


def test_produce_nothing_found_is_an_empty_ranking() -> None:
    run = produce(TWO, lambda question, k: (), document_ids={})
    assert [(r.query_id, r.documents) for r in run.rankings] == [("q1", ()), ("q2", ())]


def test_produce_times_each_search_and_reports_progress() -> None:
    seen: list[tuple[int, int]] = []
    run = produce(
        TWO,
        lambda question, k: (),
        document_ids={},
        on_progress=lambda done, total: seen.append((done, total)),
        clock=Ticks(0.010, 0.030),
    )
    assert run.timings_ms == pytest.approx((10.0, 30.0))
    assert seen == [(1, 2), (2, 2)]


def test_produce_k_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1, got 0"):
        produce(TWO, lambda question, k: (), document_ids={}, k=0)


def test_latency_percentiles_of_one_to_hundred() -> None:
    found = latency([float(n) for n in range(1, 101)])
    assert found is not None
    assert found.p50_ms == 50.5  # halfway between the 50th and the 51st
    assert found.p95_ms == pytest.approx(95.05)  # 0.95 * 99 steps above 1


def test_latency_of_nothing_is_none() -> None:
    assert latency([]) is None
    assert run_of({}).latency is None


def test_write_run_then_read_changes_nothing_but_timings(tmp_path: Path) -> None:
    testset = make_testset("q1 a 1\nq2 a 1")
    run = run_of({"q1": "báo-cáo%20.md z a", "q2": ""})
    write_run(run, tmp_path / "x.run")
    assert read_run(tmp_path / "x.run", testset) == run


def test_write_run_numpy_scores_are_plain_numbers(tmp_path: Path) -> None:
    def search(question: Question, k: int) -> Sequence[Hit]:
        return [hit_of("a.md", np.float64(0.25), 1)]

    write_run(produce(TWO, search, document_ids={}), tmp_path / "x.run")
    assert "q1 Q0 a.md 1 0.25 hochoi\n" in (tmp_path / "x.run").read_text(encoding="utf-8")


def test_write_run_ids_with_spaces_survive(tmp_path: Path) -> None:
    def search(question: Question, k: int) -> Sequence[Hit]:
        return [hit_of("r1", 0.5, 1)]

    run = produce(TWO, search, document_ids={"r1": "Báo cáo\u00a0số 1 %.md"}, tag="của tôi")
    path = tmp_path / "x.run"
    write_run(run, path)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "q1 Q0 Báo%20cáo%C2%A0số%201%20%25.md 1 0.5 của%20tôi"
    assert read_run(path, TWO).rankings == run.rankings
    assert read_run(path, TWO).tag == "của tôi"


def test_read_run_of_another_system_orders_by_score_like_trec_eval(tmp_path: Path) -> None:
    path = tmp_path / "peer.run"
    path.write_text("q1 Q0 a 1 0.1 p\nq1\tQ0\tb\t2\t0.9\tp\nq1 Q0 c 3 0.9 p\n", encoding="utf-8")
    run = read_run(path, TWO)
    assert [d.doc_id for d in run.rankings[0].documents] == ["c", "b", "a"]
    assert run.rankings[1].documents == ()
    assert run.latency is None


def test_read_run_bad_rows_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.run"
    path.write_text(
        "q1 Q0 a 1 high p\nq1 Q0 a 1 0.5 p\nq1 Q0 a 2 0.4 p\nq9 Q0 a 1 0.5 p\nq1 a 1\n"
        "q1 Q0 b 1 nan p\n",
        encoding="utf-8",
    )
    with pytest.raises(TestSetError) as caught:
        read_run(path, TWO)
    assert [row.split(": ")[0] for row in caught.value.rows] == [
        f"bad.run:{line}" for line in (1, 3, 4, 5, 6)
    ]


def test_read_run_missing_or_binary_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.run").write_bytes(b"\xff\xfe")
    for name in ("none.run", "x.run"):
        with pytest.raises(TestSetError, match=name):
            read_run(tmp_path / name, TWO)


def test_replace_text_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "kept.txt"
    replace_text(path, "cũ")
    with pytest.raises(UnicodeEncodeError):
        replace_text(path, "mới\ud800")
    assert path.read_text(encoding="utf-8") == "cũ"
    assert [found.name for found in tmp_path.iterdir()] == ["kept.txt"]
