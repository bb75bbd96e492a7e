"""Every vector index gives the same passages and similarities; the exact one is the reference."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from hochoi.exact_index import ExactIndex, VectorIndex
from hochoi.index import ChromaIndex
from hochoi.index_state import Fingerprint

Vectors = NDArray[np.float32]
Make = Callable[[int], VectorIndex]

EAST = np.array([1, 0, 0], dtype=np.float32)
NORTH_EAST = np.array([0.6, 0.8, 0], dtype=np.float32)
NORTH = np.array([0, 1, 0], dtype=np.float32)
WEST = np.array([-1, 0, 0], dtype=np.float32)
ZERO = np.zeros(3, dtype=np.float32)


@pytest.fixture(params=["exact", "chroma"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Return a maker of an empty index of the given width."""
    with ExitStack() as stack:

        def empty(dimension: int) -> VectorIndex:
            if request.param == "exact":
                return ExactIndex(dimension)
            index = ChromaIndex(tmp_path / "index", Fingerprint("", 0), lambda: [])
            return stack.enter_context(closing(index))

        yield empty


@pytest.fixture
def compass(make: Make) -> VectorIndex:
    index = make(3)
    index.add(["a:e", "a:ne"], np.stack([EAST, NORTH_EAST]))
    index.add(["b:n", "b:w"], np.stack([NORTH, WEST]))
    return index


def unit_rows(n: int, dimension: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(n, dimension)).astype(np.float32)
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def test_search_gives_cosines_best_first(compass: VectorIndex) -> None:
    found = compass.search(EAST, 4)
    assert [i for i, _ in found] == ["a:e", "a:ne", "b:n", "b:w"]
    assert [score for _, score in found] == pytest.approx([1, 0.6, 0, -1], abs=1e-4)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (1, 1), (3, 3), (4, 4), (5, 4), (1000, 4)])
def test_search_gives_at_most_k(compass: VectorIndex, k: int, n: int) -> None:
    assert len(compass.search(NORTH_EAST, k)) == n


def test_search_for_the_zero_vector_finds_nothing(compass: VectorIndex) -> None:
    """A question of stop words had a hundred arbitrary hits in one index and none in the other."""
    assert compass.search(ZERO, 3) == ()


def test_search_in_an_empty_index_finds_nothing(make: Make) -> None:
    index = make(3)
    assert len(index) == 0
    assert index.search(EAST, 5) == ()


def test_remove_takes_out_just_these_and_ignores_unknown_ids(compass: VectorIndex) -> None:
    compass.remove(["a:e", "z:unknown"])
    compass.remove([])
    assert len(compass) == 3
    assert [i for i, _ in compass.search(EAST, 9)] == ["a:ne", "b:n", "b:w"]


def test_remove_everything_leaves_an_empty_index(compass: VectorIndex) -> None:
    compass.remove(["a:e", "a:ne", "b:n", "b:w"])
    assert len(compass) == 0
    assert compass.search(EAST, 3) == ()


def test_add_again_after_removal_finds_the_new_vector(compass: VectorIndex) -> None:
    compass.remove(["a:e"])
    compass.add(["a:e"], NORTH[None, :])
    assert dict(compass.search(NORTH, 2))["a:e"] == pytest.approx(1, abs=1e-4)
    assert len(compass) == 4


def test_zero_vector_in_the_index_is_similar_to_nothing(compass: VectorIndex) -> None:
    compass.add(["c:zero"], ZERO[None, :])
    found = compass.search(EAST, 5)
    assert len(found) == 5
    assert dict(found)["c:zero"] == pytest.approx(0, abs=1e-4)


def test_search_over_many_passages_agrees_with_counting_by_hand(make: Make) -> None:
    rows, queries = unit_rows(400, 24, 1), unit_rows(15, 24, 2)
    index = make(24)
    index.add([f"r{n}" for n in range(400)], rows)
    index.remove([f"r{n}" for n in range(0, 400, 7)])
    kept = [n for n in range(400) if n % 7]
    for query in queries:
        cosines = {f"r{n}": float(np.dot(rows[n], query)) for n in kept}
        best = sorted(cosines, key=lambda i: -cosines[i])[:10]
        found = index.search(query, 10)
        assert [i for i, _ in found] == best
        assert [s for _, s in found] == pytest.approx([cosines[i] for i in best], abs=1e-4)
