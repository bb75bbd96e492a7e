"""The keyword index as it grows: pruned searches stay exact, segments stay few."""

import random
from pathlib import Path

import pytest

from hochoi import lexical
from hochoi.lexical import LexicalIndex

# Words by rank: "tu0" stands in nearly every passage, "tu300" in few.
WORDS = [f"tu{n}" for n in range(300)]


def texts(count: int, seed: int = 1) -> dict[str, str]:
    rng = random.Random(seed)
    ranks = [1 / (n + 1) for n in range(len(WORDS))]
    return {f"p{n:05d}": " ".join(rng.choices(WORDS, ranks, k=40)) for n in range(count)}


@pytest.fixture(scope="module")
def large() -> LexicalIndex:
    """Enough passages in one segment that searches are pruned."""
    index = LexicalIndex(None, owned=True)
    passages = texts(4000)
    index.add(list(passages), passages.values())
    return index


@pytest.mark.parametrize(
    "query",
    [
        "tu0",
        "tu250",
        "tu0 tu1 tu2 tu3 tu4",
        "tu200 tu0 tu1 tu2 tu3 tu4 tu5",
        "tu120 tu130 tu0 tu0 tu1 tu9 tu2",
        "tu7 tu7 tu8 tu90 khongco",
    ],
)
@pytest.mark.parametrize("k", [1, 10, 100])
def test_search_best_k_equal_the_first_of_all(large: LexicalIndex, query: str, k: int) -> None:
    assert large.search(query, k) == large.search(query, None)[:k]


def test_search_best_k_among_some_equal_the_first_of_all(large: LexicalIndex) -> None:
    among = {f"p{n:05d}" for n in range(0, 4000, 7)}
    query = "tu150 tu0 tu1 tu2 tu3 tu4 tu5 tu6"
    assert large.search(query, 20, among) == large.search(query, None, among)[:20]


def test_search_best_k_without_removed_equal_the_first_of_all() -> None:
    """Scores of removed passages must not raise the bar for the others."""
    index = LexicalIndex(None, owned=True)
    passages = texts(3000) | {f"x{n}": "tu299 tu298 tu297" for n in range(50)}
    index.add(list(passages), passages.values())
    index.remove(f"x{n}" for n in range(50))
    query = "tu299 tu298 tu0 tu1 tu2 tu3 tu4"
    assert index.search(query, 10) == index.search(query, None)[:10]
    assert not [i for i, _ in index.search(query, None) if i.startswith("x")]


def test_add_of_very_many_equals_adding_them_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    passages = texts(60)
    whole, pieces = LexicalIndex(None, owned=True), LexicalIndex(None, owned=True)
    whole.add(list(passages), passages.values())
    monkeypatch.setattr(lexical, "_ADDED_TOGETHER", 7)
    pieces.add(list(passages), passages.values())
    assert pieces.wants_merge()
    assert pieces.search("tu50 tu1", None) == whole.search("tu50 tu1", None)


@pytest.mark.parametrize("count", [9, 6], ids=["too many texts", "too few texts"])
def test_add_unequal_numbers_in_pieces_is_refused(
    monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(lexical, "_ADDED_TOGETHER", 3)
    with pytest.raises(ValueError, match="ids but"):
        LexicalIndex(None, owned=True).add([str(n) for n in range(8)], ["một"] * count)


def test_remove_is_like_keeping_the_others() -> None:
    passages = texts(50)
    removed, kept = LexicalIndex(None, owned=True), LexicalIndex(None, owned=True)
    gone = {"p00003", "p00007", "p00049"}
    for index in (removed, kept):
        index.add(list(passages), passages.values())
    removed.remove([*gone, "unknown"])
    kept.keep_only(set(passages) - gone)
    assert removed.passage_ids() == kept.passage_ids() == set(passages) - gone
    assert removed.search("tu9 tu0", None) == kept.search("tu9 tu0", None)
    assert len(removed) == 47
    assert "p00003" not in removed
    assert "p00004" in removed


def test_removed_last_passage_deletes_its_segment(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path, owned=True)
    index.add(["a"], ["một"])
    index.add(["b"], ["hai"])
    index.remove(["a"])
    assert len(list(tmp_path.iterdir())) == 1


def test_merge_small_leaves_a_large_segment_alone(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path, owned=True)
    passages = texts(200)
    index.add(list(passages), passages.values())
    (large,) = tmp_path.iterdir()
    for n in range(8):
        index.add([f"x{n}"], [f"tu1 tu{n}"])
    assert index.wants_merge()
    before = index.search("tu1 tu5", None)
    index.merge_small()
    assert not index.wants_merge()
    assert len(list(tmp_path.iterdir())) == 2
    assert large.exists()
    assert index.search("tu1 tu5", None) == before
    assert LexicalIndex(tmp_path, owned=True).search("tu1 tu5", None) == before


def test_segment_that_lost_most_rows_is_written_anew(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path, owned=True)
    passages = texts(20)
    index.add(list(passages), passages.values())
    index.add(["x"], ["tu1"])
    index.remove(list(passages)[:9])
    assert not index.wants_merge()
    index.remove(list(passages)[:11])
    assert index.wants_merge()
    index.merge_small()
    assert not index.wants_merge()
    assert len(LexicalIndex(tmp_path, owned=True)) == 10


def test_growing_bit_by_bit_keeps_segments_few() -> None:
    index = LexicalIndex(None, owned=True)
    for n in range(200):
        index.add([f"p{n}"], [f"tu{n}"])
        if index.wants_merge():
            index.merge_small()
    assert len(index) == 200
    assert [i for i, _ in index.search("tu77", 1)] == ["p77"]
    assert not index.wants_merge()


def test_rarities_equal_rarity_of_each(large: LexicalIndex) -> None:
    terms = ["tu0", "tu0_tu1", "tu250", "khongco", "tu0"]
    assert large.rarities(terms) == {term: large.rarity(term) for term in terms}


def test_rarity_follows_what_is_added() -> None:
    index = LexicalIndex(None, owned=True)
    index.add(["a"], ["một"])
    before = index.rarity("mot")
    index.add(["b", "c"], ["hai", "ba"])
    assert index.rarity("mot") > before


def test_empty_index_has_rarities() -> None:
    assert LexicalIndex(None, owned=True).rarities(["mot"])["mot"] >= 0
