"""The exact index under threads and filters."""

import threading

import numpy as np
import pytest

from hochoi.exact_index import ExactIndex


@pytest.fixture
def exact() -> ExactIndex:
    index = ExactIndex(2)
    index.add(["a", "b", "c"], np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32))
    return index


def test_exact_search_among_some_gives_only_these(exact: ExactIndex) -> None:
    east = np.array([1, 0], dtype=np.float32)
    found = exact.search(east, 5, {"c", "b", "unknown"})
    assert [i for i, _ in found] == ["b", "c"]
    assert [score for _, score in found] == pytest.approx([0.8, 0])
    assert exact.search(east, 5, set()) == ()


def test_exact_scores_of_known_passages_are_cosines(exact: ExactIndex) -> None:
    found = exact.scores(np.array([0, 1], dtype=np.float32), ["c", "unknown", "b"])
    assert found == {"c": 1.0, "b": pytest.approx(0.6)}


def test_exact_equal_scores_keep_the_order_of_addition() -> None:
    index = ExactIndex(1)
    index.add([f"p{n}" for n in range(50)], np.ones((50, 1), dtype=np.float32))
    assert [i for i, _ in index.search(np.ones(1, np.float32), 50)] == [f"p{n}" for n in range(50)]


@pytest.mark.parametrize(("ids", "n"), [(["a"], 1), (["d", "d"], 2), (["d"], 2), (["d", "e"], 1)])
def test_exact_add_known_repeated_or_unequal_is_refused(
    exact: ExactIndex, ids: list[str], n: int
) -> None:
    with pytest.raises(ValueError, match="ids must be new"):
        exact.add(ids, np.ones((n, 2), dtype=np.float32))
    assert list(exact.passage_ids) == ["a", "b", "c"]


def test_exact_batch_added_to_another_gives_an_equal_index(exact: ExactIndex) -> None:
    other = ExactIndex(2)
    other.add_many([exact.batch(), ((), np.zeros((0, 0), dtype=np.float32))])
    query = np.array([0.6, 0.8], dtype=np.float32)
    assert other.search(query, 3) == exact.search(query, 3)


def test_exact_search_while_another_thread_changes_it_never_mixes_rows() -> None:
    """Server answers failed, or named the wrong report, at the moment one was removed."""
    index = ExactIndex(2)
    right = np.array([[1, 0]], dtype=np.float32)
    index.add(["kept"], right)
    others = [f"o{n}" for n in range(200)]
    wrong = np.tile(np.array([[0, 1]], dtype=np.float32), (200, 1))
    stop = threading.Event()

    def change() -> None:
        while not stop.is_set():
            index.remove(["kept"])
            index.add(others, wrong)
            index.add(["kept"], right)
            index.remove(others)

    thread = threading.Thread(target=change)
    thread.start()
    try:
        scores = [dict(index.search(right[0], 300)) for _ in range(400)]
    finally:
        stop.set()
        thread.join()
    assert all(score == (i == "kept") for found in scores for i, score in found.items())
