"""The tables of the record: made once, in order, and never over a newer record."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hochoi.errors import SchemaTooNewError
from hochoi.schema import MIGRATIONS, migrate

TABLES = {
    *("meta", "originals", "reports", "passages", "vectors", "commits"),
    *("jobs", "receipts", "drafts", "versions", "corrections", "signatures", "removals"),
    *("kept_originals", "decisions"),
}


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        yield opened


def tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    return {row[0] for row in rows}


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_migrate_new_record_makes_all_tables(connection: sqlite3.Connection) -> None:
    migrate(connection, "new")
    assert tables(connection) == TABLES
    assert version(connection) == len(MIGRATIONS)


def test_migrate_twice_changes_nothing(connection: sqlite3.Connection) -> None:
    migrate(connection, "new")
    before = list(connection.iterdump())
    migrate(connection, "new")
    assert list(connection.iterdump()) == before


def test_migrate_newer_record_is_refused_and_left_alone(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA user_version = 99")
    with pytest.raises(SchemaTooNewError) as caught:
        migrate(connection, "thư viện")
    assert (caught.value.found, caught.value.supported) == (99, len(MIGRATIONS))
    assert (tables(connection), version(connection)) == (set(), 99)


def test_migrate_failing_step_leaves_nothing(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE passages (something TEXT)")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection, "half")
    assert (tables(connection), version(connection)) == ({"passages"}, 0)
    assert not connection.in_transaction


def test_migrate_several_at_once_all_find_the_tables(tmp_path: Path) -> None:
    """Two first starts at the same moment ended with "table meta already exists"."""
    path = tmp_path / "new.sqlite3"
    barrier = threading.Barrier(6)
    found: list[set[str]] = []

    def start() -> None:
        with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as connection:
            barrier.wait()
            migrate(connection, str(path))
            found.append(tables(connection))

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [TABLES] * 6
