"""Laws of the record: whole or not at all, nothing left behind, one revision at a time."""

import hashlib
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import overload

import numpy as np
import pytest

from hochoi.errors import (
    NotFoundError,
    SchemaTooNewError,
    StoreError,
    StoreUnwritableError,
)
from hochoi.store import Publication, Store
from hochoi.types import SourceFile
from tests.fakes import make_report, publication

TABLES = ("originals", "reports", "passages", "vectors", "commits")
VINH_LONG = make_report("aaaa", "Vĩnh Long đón đoàn", "Đoàn gồm 9 người 🎉.", "Đoàn về ngày 4/5.")
LAO_CAI = make_report("bbbb", "Lào Cai họp trực tuyến", "Hai điểm cầu.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store(path)) as opened:
        yield opened


def publish(store: Store, *items: Publication, encoder: str = "e") -> None:
    store.publish_many(items, encoder=encoder)


def rows(path: Path) -> dict[str, int]:
    """Return the number of rows per table, as another program sees them."""
    with closing(sqlite3.connect(path)) as db:
        return {t: db.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in TABLES}


def run_sql(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)


class Watched(Sequence[Publication]):
    """Publications that do something before the last one is handed over for writing."""

    def __init__(self, items: Sequence[Publication], act: Callable[[], object]) -> None:
        self._items, self._act, self._passes = items, act, 0

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Publication: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Publication]: ...
    def __getitem__(self, index: int | slice) -> Publication | Sequence[Publication]:
        return self._items[index]

    def __iter__(self) -> Iterator[Publication]:
        self._passes += 1
        yield from self._items[:-1]
        if self._passes == 2:  # the first pass only checks lengths
            self._act()
        yield self._items[-1]


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


# -- all or nothing ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "moment",
    [
        "INSERT ON originals",
        "INSERT ON reports",
        "INSERT ON passages WHEN new.ordinal = 1",
        "INSERT ON vectors WHEN new.passage_id LIKE '%:39-56'",
        "INSERT ON commits",
        "UPDATE ON meta",
    ],
)
def test_publish_failing_statement_leaves_nothing(store: Store, path: Path, moment: str) -> None:
    event, _, rest = moment.partition(" ON ")
    table, _, condition = rest.partition(" WHEN ")
    when = f"WHEN {condition}" if condition else ""
    run_sql(
        path,
        f"CREATE TRIGGER fail BEFORE {event} ON {table} {when}"
        " BEGIN SELECT RAISE(ABORT, 'no'); END;",
    )
    with pytest.raises(StoreError, match="no"):
        publish(store, publication(VINH_LONG))
    assert rows(path) == dict.fromkeys(TABLES, 0)
    assert store.revision() == 0
    run_sql(path, "DROP TRIGGER fail")
    publish(store, publication(VINH_LONG))
    assert store.reports() == (VINH_LONG,)


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """Refuse every write beyond `size` bytes of a file, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_publish_on_a_full_disk_leaves_nothing_until_there_is_room(
    store: Store, path: Path
) -> None:
    """Whichever write the disk refuses, the record stays as it was."""
    publish(store, publication(LAO_CAI))
    before = path.read_bytes()
    item = publication(VINH_LONG)
    large = Publication(
        SourceFile("large.txt", b"x" * 40_000), item.report, item.passages, item.vectors
    )
    refused = 0
    for size in range(1000, 400_000, 9_000):
        try:
            with files_up_to(size):
                publish(store, large)
        except StoreUnwritableError:
            refused += 1
            assert store.reports() == (LAO_CAI,)
            assert path.read_bytes() == before
        else:
            break
    assert refused > 5
    assert store.reports() == (LAO_CAI, VINH_LONG)


def test_publish_killed_half_way_leaves_nothing(store: Store, path: Path) -> None:
    publish(store, publication(LAO_CAI))
    code = f"""
import os, signal
from pathlib import Path
from hochoi.store import Store
from tests.fakes import make_report, publication
from tests.hochoi.test_store import Watched
items = [publication(make_report(str(n), f"Báo cáo {{n}}", "dòng " * 9000)) for n in range(20)]
kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
Store(Path({str(path)!r})).publish_many(Watched(items, kill), encoder="e")
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    with closing(Store(path)) as reopened:
        assert reopened.reports() == (LAO_CAI,)
        assert reopened.integrity_problems() == ()
    assert rows(path)["originals"] == 1


def test_publish_second_of_two_refused_leaves_neither(store: Store) -> None:
    publish(store, publication(LAO_CAI))
    with pytest.raises(ValueError, match="published already"):
        publish(store, publication(VINH_LONG), publication(LAO_CAI))
    assert store.reports() == (LAO_CAI,)


def test_publish_unequal_numbers_are_refused_with_both(store: Store) -> None:
    item = publication(VINH_LONG)
    with pytest.raises(ValueError, match="2 passages but 1 vectors"):
        publish(store, Publication(item.source, item.report, item.passages, item.vectors[:1]))


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


# -- damage -------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"rubbish" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_open_no_database_raises_and_leaves_the_file_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a readable record"):
        Store(path)
    assert path.read_bytes() == content


def test_open_newer_record_raises_and_leaves_the_file_alone(store: Store, path: Path) -> None:
    publish(store, publication(LAO_CAI))
    store.close()
    run_sql(path, "PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(SchemaTooNewError):
        Store(path)
    assert path.read_bytes() == before


def test_open_in_an_impossible_folder_raises_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreUnwritableError):
        Store(tmp_path / "file" / "library.sqlite3")
    (tmp_path / "library.sqlite3").mkdir()
    with pytest.raises(StoreUnwritableError):
        Store(tmp_path / "library.sqlite3")


def test_read_damaged_pages_raises_store_error(store: Store, path: Path) -> None:
    publish(store, *(publication(make_report(str(n), f"Số {n}", "chữ " * 2000)) for n in range(9)))
    store.close()
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    with closing(Store(path)) as damaged, pytest.raises(StoreError, match="cannot be read"):
        damaged.reports()
    with closing(Store(path)) as damaged, pytest.raises(StoreError, match="cannot be read"):
        damaged.vectors_of("3")


def test_read_damaged_visit_raises_store_error_naming_the_report(store: Store, path: Path) -> None:
    publish(store, publication(VINH_LONG))
    run_sql(path, "UPDATE reports SET visit = '{'")
    with pytest.raises(StoreError, match="report aaaa is damaged"):
        store.reports()


def test_integrity_sound_record_has_no_problems(store: Store) -> None:
    publish(store, publication(VINH_LONG), publication(LAO_CAI))
    assert store.integrity_problems() == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("DELETE FROM passages WHERE ordinal = 1", "1 passages and 1 vectors"),
        (
            "DELETE FROM vectors WHERE passage_id = 'aaaa:39-56'",
            "2 passages and 1 vectors",
        ),
        ("DELETE FROM originals", "is missing"),
        ("UPDATE originals SET content = x'00'", "other content"),
        ("UPDATE vectors SET vector = zeroblob(length(vector))", "not those that were committed"),
    ],
)
def test_integrity_damaged_record_names_what_is_wrong(
    store: Store, path: Path, change: str, words: str
) -> None:
    publish(store, publication(VINH_LONG))
    run_sql(path, change)
    assert words in store.integrity_problems()[0]
