"""The Chroma index: kept, brought forward, and when its files cannot be trusted."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from hochoi.errors import StoreError, StoreUnwritableError
from hochoi.exact_index import Batch
from hochoi.index import ChromaIndex
from hochoi.index_state import Fingerprint, read_state, reason_to_rebuild, write_state

Vectors = NDArray[np.float32]

N, D = 1010, 8  # above 1,000 rows Chroma writes all its files
HOLDS = Fingerprint("digest", N)
HOLDS_LESS = Fingerprint("less", N + 30)


def unit_rows(n: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(n, D)).astype(np.float32)
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


IDS = [f"r{n}" for n in range(N)]
ROWS = unit_rows(N, 1)
QUERY = unit_rows(1, 2)[0]
BEST = [IDS[n] for n in np.argsort(-(ROWS @ QUERY))[:10]]


def record() -> list[Batch]:
    return [(IDS, ROWS)]


def opened(folder: Path) -> ChromaIndex:
    return ChromaIndex(folder, HOLDS, record)


def found(index: ChromaIndex) -> list[str]:
    return [i for i, _ in index.search(QUERY, 10)]


@pytest.fixture(scope="module")
def closed_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index that was built and closed in order."""
    folder = tmp_path_factory.mktemp("built") / "index"
    opened(folder).close()
    return folder


@pytest.fixture
def folder(closed_index: Path, tmp_path: Path) -> Path:
    return shutil.copytree(closed_index, tmp_path / "index")


# -- Chroma: kept, and brought forward ------------------------------------------------------------


def test_chroma_closed_in_order_is_opened_as_it_is(folder: Path) -> None:
    with closing(opened(folder)) as index:
        assert index.rebuilt_because is None
        assert found(index) == BEST


def test_chroma_not_closed_is_compared_and_opened(folder: Path) -> None:
    write_state(folder, replace(read_state(folder), files=""))
    with closing(opened(folder)) as index:
        assert index.rebuilt_because is None
        assert found(index) == BEST


def test_chroma_apply_then_open_again_holds_the_changes(folder: Path) -> None:
    added, now = unit_rows(3, 5), Fingerprint("later", N - 2 + 3)
    with closing(opened(folder)) as index:
        index.apply([(["x", "y"], added[:2]), (["z"], added[2:])], [BEST[0], BEST[4]], now)
    with closing(ChromaIndex(folder, now, record)) as index:
        assert index.rebuilt_because is None
        assert found(index)[:8] == [i for i in BEST if i not in (BEST[0], BEST[4])]
        assert index.search(added[1], 1)[0][0] == "y"


def test_chroma_behind_the_record_is_brought_forward(folder: Path) -> None:
    added, now = unit_rows(3, 5), Fingerprint("later", N - 2 + 3)
    kept = [n for n, i in enumerate(IDS) if i not in (BEST[0], BEST[4])]
    batches: list[Batch] = [([IDS[n] for n in kept], ROWS[kept]), (["x", "y", "z"], added)]
    with closing(ChromaIndex(folder, now, lambda: batches)) as index:
        assert index.rebuilt_because is None
        assert index.passage_ids() == {i for ids, _ in batches for i in ids}
        assert found(index)[:8] == [i for i in BEST if i not in (BEST[0], BEST[4])]
        assert index.search(added[1], 1)[0][0] == "y"
    with closing(ChromaIndex(folder, now, list)) as index:
        assert index.rebuilt_because is None


def test_chroma_behind_with_other_vectors_is_built_anew(folder: Path) -> None:
    others = unit_rows(N, 9)
    with closing(ChromaIndex(folder, Fingerprint("o", N), lambda: [(IDS, others)])) as index:
        assert index.rebuilt_because == "LookupError: stored vectors differ from the record"
        assert index.search(others[3], 1)[0][0] == IDS[3]


def test_chroma_that_would_lose_most_of_its_rows_is_built_anew(folder: Path) -> None:
    few: list[Batch] = [(IDS[:9], ROWS[:9])]
    with closing(ChromaIndex(folder, Fingerprint("few", 9), lambda: few)) as index:
        assert index.rebuilt_because == "LookupError: most of it is in the record no longer"
        assert index.passage_ids() == set(IDS[:9])


def test_chroma_applied_gently_asks_before_each_step_and_may_stop(folder: Path) -> None:
    added, now = unit_rows(100, 5), Fingerprint("later", N + 100)
    batches: list[Batch] = [([f"x{n}" for n in range(100)], added)]
    answers = iter([False, True, True])
    with closing(opened(folder)) as index:
        assert not index.apply_gently(batches, [], now, lambda: next(answers))
        assert N < len(index) < N + 100
    with closing(ChromaIndex(folder, now, lambda: [*record(), *batches])) as index:
        assert (index.rebuilt_because, len(index)) == (None, N + 100)
    with closing(ChromaIndex(folder, now, list)) as index:
        assert index.apply_gently([], IDS[:70], HOLDS_LESS, lambda: False)
        assert len(index) == N + 30


def test_chroma_rebuild_leaves_one_generation(folder: Path) -> None:
    with closing(opened(folder)) as index:
        index.rebuild(HOLDS, record())
        assert found(index) == BEST
    assert sorted(p.name for p in folder.iterdir()) == ["g2", "state.json"]


def test_chroma_closed_twice_is_closed(folder: Path) -> None:
    index = opened(folder)
    index.close()
    index.close()
    assert read_state(folder).files != ""


# -- Chroma: not to be trusted --------------------------------------------------------------------


def damaged(folder: Path, name: str, how: str) -> None:
    (path,) = folder.rglob(name)
    content = path.read_bytes()
    match how:
        case "deleted":
            path.unlink()
        case "truncated":
            path.write_bytes(content[: len(content) // 2])
        case "flipped":
            middle = len(content) // 2
            flipped = bytes(byte ^ 0xFF for byte in content[middle : middle + 16])
            path.write_bytes(content[:middle] + flipped + content[middle + 16 :])


FILES = (
    "chroma.sqlite3",
    "data_level0.bin",
    "header.bin",
    "index_metadata.pickle",
    "length.bin",
    "link_lists.bin",
)


def test_chroma_writes_the_files_that_are_damaged_below(closed_index: Path) -> None:
    names = {p.name for p in closed_index.rglob("*") if p.is_file()}
    assert names == {*FILES, "state.json"}


@pytest.mark.parametrize("how", ["deleted", "truncated", "flipped"])
@pytest.mark.parametrize("name", FILES)
def test_chroma_damaged_file_is_noticed_before_chroma_reads_it(
    folder: Path, name: str, how: str
) -> None:
    damaged(folder, name, how)
    assert reason_to_rebuild(folder, HOLDS) == "its files were changed"


@pytest.mark.parametrize(
    ("name", "how"),
    [("data_level0.bin", "flipped"), ("header.bin", "truncated"), ("chroma.sqlite3", "deleted")],
)
def test_chroma_damaged_file_leads_to_a_rebuild_with_the_same_results(
    folder: Path, name: str, how: str
) -> None:
    damaged(folder, name, how)
    with closing(opened(folder)) as index:
        assert index.rebuilt_because == "its files were changed"
        assert found(index) == BEST
    with closing(opened(folder)) as index:
        assert index.rebuilt_because is None


@pytest.mark.parametrize(
    ("name", "how"), [("index_metadata.pickle", "truncated"), ("chroma.sqlite3", "deleted")]
)
def test_chroma_damaged_after_a_kill_is_rebuilt(folder: Path, name: str, how: str) -> None:
    write_state(folder, replace(read_state(folder), files=""))
    damaged(folder, name, how)
    with closing(opened(folder)) as index:
        assert index.rebuilt_because is not None
        assert found(index) == BEST


def test_chroma_other_vectors_than_the_record_are_rebuilt(folder: Path) -> None:
    write_state(folder, replace(read_state(folder), files=""))
    others = unit_rows(N, 9)
    with closing(ChromaIndex(folder, HOLDS, lambda: [(IDS, others)])) as index:
        assert index.rebuilt_because == "LookupError: stored vectors differ from the record"
        assert index.search(others[3], 1)[0][0] == IDS[3]


def test_chroma_killed_while_opening_is_rebuilt_by_the_next(folder: Path) -> None:
    """Damaged links made Chroma's core crash the process, at every start anew."""
    write_state(folder, replace(read_state(folder), files=""))
    code = f"""
import os, signal
from pathlib import Path
from hochoi.index import ChromaIndex
from hochoi.index_state import Fingerprint
kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
ChromaIndex(Path({str(folder)!r}), Fingerprint("digest", {N}), kill)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == -9
    with closing(opened(folder)) as index:
        assert index.rebuilt_because == "a write was interrupted"
        assert found(index) == BEST


def test_chroma_interrupted_apply_raises_and_is_rebuilt_by_the_next(tmp_path: Path) -> None:
    def failing() -> Iterator[Batch]:
        yield ["x"], unit_rows(1, 3)
        raise RuntimeError("the disk has gone")

    empty = Fingerprint("", 0)
    with closing(ChromaIndex(tmp_path, empty, lambda: [])) as index:
        with pytest.raises(StoreError, match="the disk has gone"):
            index.apply(failing(), [], Fingerprint("", 1))
    with closing(ChromaIndex(tmp_path, empty, lambda: [])) as index:
        assert index.rebuilt_because == "a write was interrupted"
        assert len(index) == 0


def test_chroma_apply_that_ends_with_another_count_raises(tmp_path: Path) -> None:
    with closing(ChromaIndex(tmp_path, Fingerprint("", 0), lambda: [])) as index:
        with pytest.raises(StoreError, match="1 passages, the record has 2"):
            index.apply([(["x"], unit_rows(1, 3))], [], Fingerprint("later", 2))


def test_chroma_discarded_is_built_anew(tmp_path: Path) -> None:
    index = ChromaIndex(tmp_path, Fingerprint("", 0), lambda: [])
    index.discard()
    with pytest.raises(StoreError):
        index.search(QUERY, 1)
    with closing(ChromaIndex(tmp_path, Fingerprint("", 0), lambda: [])) as index:
        assert index.rebuilt_because == "no index yet"


def test_chroma_zero_vector_does_not_look_like_damage(tmp_path: Path) -> None:
    """A passage without known words made every start rebuild the index."""
    rows = np.stack([QUERY, np.zeros(D, dtype=np.float32)])
    holds = Fingerprint("z", 2)
    for files, reason in (("", "no index yet"), ("", None), ("unclean", None)):
        if files:
            write_state(tmp_path, replace(read_state(tmp_path), files=""))
        with closing(ChromaIndex(tmp_path, holds, lambda: [(["a", "b"], rows)])) as index:
            assert index.rebuilt_because == reason


def test_chroma_in_an_impossible_folder_raises_unwritable(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreUnwritableError):
        ChromaIndex(tmp_path / "index", Fingerprint("", 0), lambda: [])
