"""One SQLite file, opened, migrated and shared by the threads of a process.

Lends a connection for reading and for one transaction at a time; turns what SQLite refuses into
errors of the house. Does not know what the tables mean.
"""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from hochoi.errors import StoreError, StoreUnwritableError
from hochoi.schema import migrate

BUSY_TIMEOUT_S = 5.0


class Database:
    """An open record file. Safe to use from several threads of one process."""

    def __init__(self, path: Path) -> None:
        """Open the file, creating and migrating it as needed.

        Raises:
            StoreUnwritableError: If the folder or the file cannot be created.
            StoreError: If the file is no readable record, or its schema is too new.
        """
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0  # of nested transactions; the outermost one commits
        self._is_visible = False  # whether the transaction changes what readers see
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.OperationalError) as exc:
            raise StoreUnwritableError(str(path.parent), str(exc)) from exc
        try:
            # One writer and a rollback journal: the WAL reset race of SQLite < 3.51.3 cannot occur.
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
            migrate(self._connection, str(path))
        except sqlite3.OperationalError as exc:
            self.close()
            raise StoreUnwritableError(str(path), str(exc)) from exc
        except sqlite3.DatabaseError as exc:
            self.close()
            raise StoreError(str(path), f"not a readable record: {exc}") from exc
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file. Safe to repeat."""
        self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection; what SQLite cannot read becomes a `StoreError`."""
        with self._lock:
            try:
                yield self._connection
            except sqlite3.DatabaseError as exc:
                raise StoreError(str(self.path), f"cannot be read: {exc}") from exc

    def rows(
        self, sql: str, values: Sequence[object] | Mapping[str, object] = ()
    ) -> list[tuple[str, ...]]:
        """Return all rows of a query."""
        with self.reading() as db:
            return db.execute(sql, values).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything read inside come from one revision, whatever others write meanwhile.

        Keep it short: a writer and other threads of this process wait for its end.
        """
        with self.reading() as db:
            db.execute("BEGIN")
            try:
                yield
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction that readers see as one new revision: all of it, or nothing.

        Inside another transaction of the same thread it becomes part of that one.

        Raises:
            StoreUnwritableError: If the disk refuses, or another process holds the file.
            StoreError: If SQLite refuses the change.
        """
        with self._transaction() as db:
            self._is_visible = True
            yield db

    @contextmanager
    def noting(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction about work in progress: readers of reports see no new revision.

        Otherwise like `changing`.
        """
        with self._transaction() as db:
            yield db

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._depth:
                yield self._connection
                return
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as exc:
                raise StoreUnwritableError(str(self.path), str(exc)) from exc
            self._depth, self._is_visible = 1, False
            try:
                yield self._connection
                self._commit()
            except BaseException as exc:
                if self._connection.in_transaction:  # SQLite itself rolls back on some errors
                    self._connection.execute("ROLLBACK")
                if isinstance(exc, sqlite3.OperationalError):
                    raise StoreUnwritableError(str(self.path), str(exc)) from exc
                if isinstance(exc, sqlite3.DatabaseError):
                    raise StoreError(str(self.path), f"refused a change: {exc}") from exc
                raise
            finally:
                self._depth = 0

    def _commit(self) -> None:
        if self._is_visible:
            self._connection.execute(
                "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'"
            )
        self._connection.execute("COMMIT")
