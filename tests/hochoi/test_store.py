"""Laws of the record: what is published comes back, what is removed is gone, one revision."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hochoi.errors import (
    NotFoundError,
)
from hochoi.store import Publication, Store
from tests.fakes import make_report, publication
from tests.hochoi.small_record import (
    LAO_CAI,
    TABLES,
    VINH_LONG,
    Watched,
    publish,
    rows,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store(path)) as opened:
        yield opened


# -- what is published comes back --------------------------------------------------------------


def test_publish_report_comes_back_equal(store: Store) -> None:
    item = publication(VINH_LONG)
    publish(store, item)
    assert store.reports() == (VINH_LONG,)
    assert store.report("aaaa") == VINH_LONG
    assert store.passages_of("aaaa") == item.passages
    assert store.original(VINH_LONG.source_sha256) == item.source.content


def test_publish_vectors_come_back_bit_for_bit(store: Store) -> None:
    item = publication(VINH_LONG)
    publish(store, item)
    ids, vectors = store.vectors_of("aaaa")
    assert ids == tuple(p.passage_id for p in item.passages)
    assert vectors.dtype == np.float32
    np.testing.assert_array_equal(vectors, item.vectors)


def test_publish_vector_is_stored_little_endian(store: Store, path: Path) -> None:
    item = publication(LAO_CAI)
    vectors = np.array([[1.0, -2.0]], dtype=np.float32)
    publish(store, Publication(item.source, item.report, item.passages, vectors))
    with closing(sqlite3.connect(path)) as db:
        (blob,) = db.execute("SELECT vector FROM vectors").fetchone()
    assert blob == bytes.fromhex("0000803f000000c0")


def test_passages_by_id_are_cut_from_the_text(store: Store) -> None:
    """SQLite counts characters like Python does, an emoji as one."""
    publish(store, publication(VINH_LONG), publication(LAO_CAI))
    found = store.passages(["aaaa:19-38", "aaaa:39-56", "bbbb:23-36", "cccc:0-1"])
    assert {i: p.text for i, p in found.items()} == {
        "aaaa:19-38": "Đoàn gồm 9 người 🎉.",
        "aaaa:39-56": "Đoàn về ngày 4/5.",
        "bbbb:23-36": "Hai điểm cầu.",
    }
    assert all(VINH_LONG.text[p.start : p.end] == p.text for p in store.passages_of("aaaa"))


def test_reports_are_listed_in_order_of_publication(store: Store) -> None:
    publish(store, publication(LAO_CAI))
    publish(store, publication(VINH_LONG))
    assert [r.report_id for r in store.reports()] == ["bbbb", "aaaa"]


def test_report_of_original_known_bytes_names_the_report(store: Store) -> None:
    publish(store, publication(LAO_CAI))
    assert store.report_of_original(LAO_CAI.source_sha256) == "bbbb"
    assert store.report_of_original("0" * 64) is None


def test_publish_report_without_passages_has_no_vectors(store: Store) -> None:
    item = publication(LAO_CAI)
    empty = np.zeros((0, 4), dtype=np.float32)
    publish(store, Publication(item.source, LAO_CAI, (), empty))
    assert store.vectors_of("bbbb")[0] == ()
    assert store.passages_of("bbbb") == ()


@pytest.mark.parametrize("call", ["report", "passages_of", "remove", "original"])
def test_unknown_name_raises_not_found(store: Store, call: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        getattr(store, call)("zzzz")
    assert caught.value.name == "zzzz"


# -- removing ----------------------------------------------------------------------------------


def test_remove_after_publish_leaves_no_row(store: Store, path: Path) -> None:
    publish(store, publication(VINH_LONG))
    store.remove("aaaa")
    assert rows(path) == dict.fromkeys(TABLES, 0)


def test_remove_leaves_no_word_in_the_file(store: Store, path: Path) -> None:
    publish(store, publication(VINH_LONG))
    words = "Đoàn gồm 9 người".encode()
    assert words in path.read_bytes()
    store.remove("aaaa")
    assert words not in path.read_bytes()


def test_remove_one_of_two_keeps_the_other_whole(store: Store) -> None:
    kept = publication(LAO_CAI)
    publish(store, publication(VINH_LONG), kept)
    store.remove("aaaa")
    assert store.reports() == (LAO_CAI,)
    assert store.passages_of("bbbb") == kept.passages
    assert store.integrity_problems() == ()


def test_remove_keeps_an_original_that_another_report_was_made_from(store: Store) -> None:
    first = publication(VINH_LONG)
    sha256 = VINH_LONG.source_sha256
    second = make_report("cccc", "Vĩnh Long (bản hai)", "Khác.")
    shared = publication(replace(second, source_sha256=sha256))
    publish(store, first, shared)
    store.remove("aaaa")
    assert store.original(sha256) == first.source.content
    store.remove("cccc")
    with pytest.raises(NotFoundError):
        store.original(sha256)


def test_remove_twice_raises_not_found_and_changes_nothing(store: Store) -> None:
    publish(store, publication(VINH_LONG))
    store.remove("aaaa")
    revision = store.revision()
    with pytest.raises(NotFoundError):
        store.remove("aaaa")
    assert store.revision() == revision


# -- several readers, one revision --------------------------------------------------------------


def test_reader_during_publication_sees_nothing_of_it(store: Store, path: Path) -> None:
    seen: list[int] = []
    with closing(Store(path)) as reader:
        items = [publication(LAO_CAI), publication(VINH_LONG)]
        watched = Watched(items, lambda: seen.append(len(reader.reports())))
        store.publish_many(watched, encoder="e")
        seen.append(len(reader.reports()))
    assert seen == [0, 2]


def test_snapshot_shows_one_revision_throughout(store: Store, path: Path) -> None:
    publish(store, publication(LAO_CAI))
    with closing(Store(path)) as reader, reader.snapshot():
        assert reader.revision() == 1
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            with closing(sqlite3.connect(path, timeout=0)) as writer, writer:
                writer.execute("UPDATE meta SET value = '7'")
        assert reader.revision() == 1


def test_revision_grows_with_every_change_and_only_then(store: Store, path: Path) -> None:
    seen = [store.revision()]
    publish(store, publication(LAO_CAI))
    seen.append(store.revision())
    store.reports()
    seen.append(store.revision())
    store.remove("bbbb")
    with closing(Store(path)) as reader:
        seen.append(reader.revision())
    assert seen == [0, 1, 1, 2]


def test_commits_say_what_vectors_are_made_of(store: Store) -> None:
    item = publication(VINH_LONG)
    publish(store, item, encoder="mô hình 1")
    (commit,) = store.commits()
    assert (commit.report_id, commit.revision, commit.passages) == ("aaaa", 1, 2)
    assert commit.encoder == "mô hình 1"
    assert commit.vectors_sha256 == hashlib.sha256(item.vectors.tobytes()).hexdigest()


# -- another encoder ----------------------------------------------------------------------------


def test_replace_vectors_exchanges_all_and_renews_the_commit(store: Store) -> None:
    publish(store, publication(VINH_LONG), encoder="old")
    ids, _ = store.vectors_of("aaaa")
    fresh = np.array([[1, 0], [0, 1]], dtype=np.float32)
    store.replace_vectors("aaaa", ids, fresh, encoder="new")
    np.testing.assert_array_equal(store.vectors_of("aaaa")[1], fresh)
    assert [(c.encoder, c.revision) for c in store.commits()] == [("new", 2)]
    assert store.integrity_problems() == ()


@pytest.mark.parametrize(
    ("report_id", "ids", "error"),
    [
        ("zzzz", [], NotFoundError),
        ("aaaa", ["aaaa:19-38"], ValueError),
        ("aaaa", ["aaaa:19-38", "bbbb:23-36"], ValueError),
    ],
    ids=["unknown report", "one missing", "of another report"],
)
def test_replace_vectors_of_other_passages_changes_nothing(
    store: Store, report_id: str, ids: list[str], error: type[Exception]
) -> None:
    publish(store, publication(VINH_LONG), publication(LAO_CAI), encoder="old")
    before = store.commits()
    vectors = np.ones((len(ids), 2), dtype=np.float32)
    with pytest.raises(error):
        store.replace_vectors(report_id, ids, vectors, encoder="new")
    assert store.commits() == before
