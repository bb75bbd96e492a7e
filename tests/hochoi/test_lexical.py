"""Keyword search: BM25 by hand, the two fields, and segments that come and go."""

import json
import math
import threading
from pathlib import Path

import numpy as np
import pytest

from hochoi.lexical import LexicalIndex, build_segment, join_segments, read_segment, write_segment

TEXTS = {
    "a:1": "Đoàn công tác tỉnh Bắc Kạn học tập chuyển đổi số",
    "a:2": "Trung tâm phục vụ hành chính công Quảng Ninh",
    "b:1": "Chuyển đổi số tại Đà Nẵng: đo lường và giám sát",
    "b:2": "Cải cách hành chính, một cửa điện tử",
    "c:1": "Số hoá hồ sơ, một cửa liên thông ở Quảng Ninh",
    "c:2": "",
    "d:1": "So sánh hành chính công giữa hai tỉnh",
}
QUERIES = ["chuyển đổi số", "hanh chinh cong quang ninh", "một cửa", "Đà Nẵng", "tỉnh", "SỐ"]


def memory(texts: dict[str, str] = TEXTS) -> LexicalIndex:
    index = LexicalIndex(None, owned=True)
    index.add(list(texts), texts.values())
    return index


def on_disk(folder: Path) -> LexicalIndex:
    return LexicalIndex(folder, owned=True)


def answers(index: LexicalIndex) -> list[list[tuple[str, float]]]:
    """Return ids and rounded scores per query."""
    return [[(i, round(s, 4)) for i, s in index.search(query, None)] for query in QUERIES]


# -- scores -------------------------------------------------------------------------------------


def test_search_two_texts_gives_bm25_by_hand() -> None:
    """Both have 3 terms, so lengths do not count: a term found once weighs its idf."""
    index = memory({"x": "ba con", "y": "ba ba"})
    assert dict(index.search("con", None)) == pytest.approx({"x": math.log(2)})
    once, twice = math.log(1.2), math.log(1.2) * 2 * 2.2 / (2 + 1.2)
    assert dict(index.search("ba", None)) == pytest.approx({"y": twice, "x": once})
    assert [i for i, _ in index.search("ba", None)] == ["y", "x"]


def test_search_longer_text_weighs_less_by_hand() -> None:
    """Lengths 1 and 5, mean 3: the norms are 1.2 * (.25 + .75 / 3) and 1.2 * (.25 + 3.75 / 3)."""
    index = memory({"x": "ba", "y": "ba con ca"})
    short, long = math.log(1.2) * 2.2 / 1.6, math.log(1.2) * 2.2 / 2.8
    assert dict(index.search("ba", None)) == pytest.approx({"x": short, "y": long})


def test_search_accented_and_folded_fields_are_summed_by_hand() -> None:
    index = memory({"x": "bà con", "y": "ba con"})
    accented, folded = 0.3 * math.log(2), 0.7 * math.log(1.2)
    assert dict(index.search("bà", None)) == pytest.approx({"x": accented + folded, "y": folded})


def test_search_neighbouring_words_outweigh_scattered_ones() -> None:
    index = memory({"apart": "một nơi và cửa khác", "together": "một cửa nơi và khác"})
    assert [i for i, _ in index.search("một cửa", None)] == ["together", "apart"]


def test_search_repeated_query_word_counts_twice() -> None:
    index = memory()
    once = dict(index.search("tỉnh", None))
    assert dict(index.search("tỉnh, tỉnh", None)) == pytest.approx(
        {i: 2 * s for i, s in once.items()}
    )


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("doan cong tac bac kan", "a:1"),
        ("đo lường", "b:1"),
        ("DO LUONG", "b:1"),
        ("số hóa hồ sơ", "c:1"),
        ("mot cua lien thong", "c:1"),
    ],
)
def test_search_without_diacritics_finds_accented_text(query: str, best: str) -> None:
    assert memory().search(query, 1)[0][0] == best


def test_search_accents_decide_between_words_that_fold_alike() -> None:
    index = memory({"compare": "so sánh", "number": "số lượng"})
    assert [i for i, _ in index.search("số", None)] == ["number", "compare"]


def test_search_only_passages_that_share_a_term_are_found() -> None:
    assert {i for i, _ in memory().search("một cửa", None)} == {"b:2", "c:1"}


@pytest.mark.parametrize("query", ["", "?!", "🎉", "xyzzy", "  \n"])
def test_search_nothing_in_common_finds_nothing(query: str) -> None:
    assert memory().search(query, 10) == []


def test_search_empty_index_finds_nothing() -> None:
    index = LexicalIndex(None, owned=True)
    assert index.search("một cửa", 10) == []
    assert len(index) == 0


@pytest.mark.parametrize("k", [0, 1, 2, 5, 100])
def test_search_k_gives_the_first_of_all(k: int) -> None:
    index = memory()
    assert index.search("số hành chính", k) == index.search("số hành chính", None)[:k]


def test_search_among_some_gives_only_these_with_the_same_scores() -> None:
    index = memory()
    everywhere = index.search("hành chính công", None)
    among = {"a:2", "c:1", "unknown"}
    assert index.search("hành chính công", None, among) == [f for f in everywhere if f[0] in among]
    assert index.search("hành chính công", 10, set()) == []


def test_search_very_frequent_term_is_counted_without_overflow() -> None:
    index = memory({"x": "ba " * 1000, "y": "ba con"})
    assert index.search("ba", 1)[0][0] == "x"


def test_rarity_by_hand() -> None:
    index = memory({"x": "bà con", "y": "ba ca", "z": "cá"})
    assert index.rarity("con") == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert index.rarity("ba") == pytest.approx(math.log(1 + 1.5 / 2.5))
    assert index.rarity("ba_con") == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert index.rarity("nowhere") == pytest.approx(math.log(1 + 3.5 / 0.5))


# -- segments -----------------------------------------------------------------------------------


@pytest.fixture
def bit_by_bit(tmp_path: Path) -> LexicalIndex:
    """The same passages, added one by one on disk."""
    index = on_disk(tmp_path / "lexical")
    for passage_id, text in TEXTS.items():
        index.add([passage_id], [text])
    return index


def test_index_made_bit_by_bit_answers_like_one_made_at_once(bit_by_bit: LexicalIndex) -> None:
    assert answers(bit_by_bit) == answers(memory())


def test_merge_changes_no_answer(bit_by_bit: LexicalIndex) -> None:
    before = answers(bit_by_bit)
    bit_by_bit.merge()
    assert answers(bit_by_bit) == before


def test_removed_passages_are_not_found(bit_by_bit: LexicalIndex) -> None:
    bit_by_bit.keep_only(set(TEXTS) - {"b:1", "c:1"})
    found = {i for answer in answers(bit_by_bit) for i, _ in answer}
    assert found == {"a:1", "a:2", "b:2", "d:1"}
    assert bit_by_bit.passage_ids() == set(TEXTS) - {"b:1", "c:1"}


def test_merge_after_removal_answers_like_an_index_of_the_rest() -> None:
    """Until then the removed passages still count in how rare a word is."""
    index = memory()
    index.add(["e:1"], ["Tỉnh thứ ba"])
    kept = {i: t for i, t in TEXTS.items() if i not in ("a:1", "b:2")}
    index.keep_only(set(kept))
    index.merge()
    assert answers(index) == answers(memory(kept))
    assert index.rarity("chinh") == memory(kept).rarity("chinh")


def test_open_again_answers_alike(bit_by_bit: LexicalIndex, tmp_path: Path) -> None:
    assert answers(on_disk(tmp_path / "lexical")) == answers(bit_by_bit)
    bit_by_bit.merge()
    reopened = on_disk(tmp_path / "lexical")
    assert answers(reopened) == answers(bit_by_bit)
    assert len(list((tmp_path / "lexical").iterdir())) == 1


def test_removed_and_added_again_with_another_text_finds_the_new_one(tmp_path: Path) -> None:
    index = on_disk(tmp_path)
    index.add(["a:1", "a:2"], ["cũ", "giữ"])
    index.keep_only({"a:2"})
    index.add(["a:1"], ["mới"])
    assert index.search("cũ", None) == []
    assert [i for i, _ in index.search("mới", None)] == ["a:1"]
    assert len(index) == 2


def test_many_segments_ask_for_a_merge() -> None:
    index = LexicalIndex(None, owned=True)
    for n in range(8):
        index.add([f"p{n}"], [f"từ {n}"])
    assert not index.wants_merge()
    index.add(["p8"], ["từ 8"])
    assert index.wants_merge()
    index.merge()
    assert not index.wants_merge()
    assert len(index) == 9


def test_index_without_passages_can_be_merged_and_emptied() -> None:
    index = LexicalIndex(None, owned=True)
    index.merge()
    index.add([], [])
    index.keep_only(set())
    assert len(index) == 0


def test_add_unequal_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match="2 ids but 1 texts"):
        LexicalIndex(None, owned=True).add(["a", "b"], ["một"])


def test_join_segments_equals_one_segment() -> None:
    ids, texts = list(TEXTS), list(TEXTS.values())
    parts = [build_segment(ids[:3], texts[:3]), build_segment(ids[3:], texts[3:])]
    joined = join_segments([(p, np.ones(len(p.passage_ids), dtype=np.bool_)) for p in parts])
    whole = build_segment(ids, texts)
    assert joined.passage_ids == whole.passage_ids
    for name in ("terms", "starts", "rows", "counts", "lengths"):
        np.testing.assert_array_equal(getattr(joined, name), getattr(whole, name))


@pytest.mark.usefixtures("eager_threads")
def test_search_while_another_thread_changes_segments_raises_nothing() -> None:
    """The server's follower changed the list of segments under a running search."""
    index = memory()
    stop = threading.Event()

    def change() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            index.add([f"x{n}"], [f"một cửa {n}"])
            index.keep_only(set(TEXTS) | {f"x{n}"})
            if index.wants_merge():
                index.merge()

    thread = threading.Thread(target=change)
    thread.start()
    try:
        found = [{i for i, _ in index.search("một cửa", None)} for _ in range(300)]
    finally:
        stop.set()
        thread.join()
    assert all({"b:2", "c:1"} <= ids for ids in found)


# -- the folder ---------------------------------------------------------------------------------


def test_segment_comes_back_equal(tmp_path: Path) -> None:
    segment = build_segment(list(TEXTS), TEXTS.values())
    write_segment(tmp_path / "s", segment)
    read = read_segment(tmp_path / "s")
    assert read.passage_ids == segment.passage_ids
    for name in ("terms", "starts", "rows", "counts", "lengths"):
        np.testing.assert_array_equal(getattr(read, name), getattr(segment, name))


FILES = ("segment.json", "terms.npy", "starts.npy", "rows.npy", "counts.npy", "lengths.npy")


@pytest.mark.parametrize("how", ["deleted", "truncated", "flipped"])
@pytest.mark.parametrize("name", FILES)
def test_damaged_segment_is_dropped_and_made_again(tmp_path: Path, name: str, how: str) -> None:
    folder = tmp_path / "lexical"
    on_disk(folder).add(list(TEXTS), TEXTS.values())
    (path,) = folder.rglob(name)
    content = path.read_bytes()
    match how:
        case "deleted":
            path.unlink()
        case "truncated":
            path.write_bytes(content[:-1])
        case "flipped":
            path.write_bytes(content[:-3] + bytes([content[-3] ^ 0x11]) + content[-2:])
    index = on_disk(folder)
    missing = set(TEXTS) - index.passage_ids()
    assert missing
    index.keep_only(set(TEXTS))
    index.add(sorted(missing), [TEXTS[i] for i in sorted(missing)])
    index.merge()
    assert answers(on_disk(folder)) == answers(memory())


@pytest.mark.parametrize("content", ["[]", "{}", "null", '{"format": 1}', '{"format": 2}'])
def test_segment_of_another_kind_is_dropped(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "lexical"
    on_disk(folder).add(["a"], ["một"])
    (path,) = folder.rglob("segment.json")
    path.write_text(content, encoding="utf-8")
    assert len(on_disk(folder)) == 0
    assert not path.exists()


def test_segment_whose_ids_do_not_fit_its_rows_is_dropped(tmp_path: Path) -> None:
    on_disk(tmp_path).add(["a", "b"], ["một", "hai"])
    (path,) = tmp_path.rglob("segment.json")
    contents = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**contents, "passage_ids": ["a"]}), encoding="utf-8")
    assert len(on_disk(tmp_path)) == 0


def test_leftovers_of_a_killed_write_hide_nothing(tmp_path: Path) -> None:
    on_disk(tmp_path).add(["a"], ["một"])
    (tmp_path / "0000.new").mkdir()
    (tmp_path / "stray.txt").write_text("x", encoding="utf-8")
    assert [i for i, _ in on_disk(tmp_path).search("một", None)] == ["a"]


def test_both_sides_of_an_interrupted_merge_count_once(tmp_path: Path) -> None:
    segments = [build_segment([i], [TEXTS[i]]) for i in TEXTS]
    for n, segment in enumerate([*segments, build_segment(list(TEXTS), TEXTS.values())]):
        write_segment(tmp_path / f"{n}", segment)
    index = on_disk(tmp_path)
    index.keep_only(set(TEXTS))
    assert len(index) == len(TEXTS)
    assert answers(index) == answers(memory())


def test_index_of_a_reader_writes_and_deletes_nothing(tmp_path: Path) -> None:
    on_disk(tmp_path).add(["a"], ["một"])
    before = sorted((p.name, p.stat().st_mtime_ns) for p in tmp_path.rglob("*"))
    reader = LexicalIndex(tmp_path, owned=False)
    reader.add(["b"], ["hai"])
    reader.keep_only({"b"})
    reader.merge()
    assert [i for i, _ in reader.search("hai", None)] == ["b"]
    assert sorted((p.name, p.stat().st_mtime_ns) for p in tmp_path.rglob("*")) == before


def test_segment_that_the_disk_refuses_is_kept_in_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = on_disk(tmp_path / "lexical")
    (tmp_path / "lexical").write_text("a file in its place", encoding="utf-8")
    index.add(list(TEXTS), TEXTS.values())
    assert answers(index) == answers(memory())
    assert "lexical_segment_in_memory_only" in caplog.text
