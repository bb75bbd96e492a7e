"""The record when something fails: all or nothing, damage told, files left alone."""

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hochoi.errors import (
    SchemaTooNewError,
    StoreError,
    StoreUnwritableError,
)
from hochoi.store import Publication, Store
from hochoi.types import SourceFile
from tests.fakes import make_report, publication
from tests.hochoi.small_record import (
    LAO_CAI,
    TABLES,
    VINH_LONG,
    publish,
    rows,
    run_sql,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store(path)) as opened:
        yield opened


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
from tests.hochoi.small_record import Watched
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
    publish(store, *(publication(make_report(str(n), f"Số {n}", "chữ " * 6000)) for n in range(9)))
    store.close()
    content = bytearray(path.read_bytes())
    rows_from = 2**18  # behind the pages that hold the schema
    content[rows_from:] = b"\xff" * (len(content) - rows_from)
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
