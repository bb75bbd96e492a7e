"""One SQLite file, opened, migrated and shared by the threads of a process.

Lends a connection for reading and for one transaction at a time; turns what SQLite refuses into
errors of the house. Does not know what the tables mean.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hochoi.errors import StoreError, StoreUnwritableError
from hochoi.schema import migrate

Connection = sqlite3.Connection

_BUSY_TIMEOUT_S = 5.0


class SqliteFile:
    """An open file. Safe to use from several threads of one process."""

    def __init__(self, path: Path, migrations: Sequence[str], contents: str) -> None:
        """Open the file, creating and migrating it as needed.

        Args:
            path: Where it is, or shall be.
            migrations: The numbered steps that build its tables.
            contents: What it is, for messages: "record".

        Raises:
            StoreUnwritableError: If the folder or the file cannot be created.
            StoreError: If the file is none of its kind, or its schema is too new.
        """
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0  # of nested transactions; the outermost one commits
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.OperationalError) as exc:
            raise StoreUnwritableError(str(path.parent), str(exc)) from exc
        try:
            # One writer and a rollback journal: the WAL reset race of SQLite < 3.51.3 cannot occur.
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
            migrate(self._connection, str(path), migrations)
        except sqlite3.OperationalError as exc:
            self.close()
            raise StoreUnwritableError(str(path), str(exc)) from exc
        except sqlite3.DatabaseError as exc:
            self.close()
            raise StoreError(str(path), f"not a readable {contents}: {exc}") from exc
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file. Safe to repeat."""
        self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend the connection; what SQLite cannot read becomes a `StoreError`."""
        with self._lock:
            try:
                yield self._connection
            except sqlite3.DatabaseError as exc:
                raise StoreError(str(self.path), f"cannot be read: {exc}") from exc

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Run one transaction: everything in it becomes visible, or nothing.

        Inside another transaction of the same thread it becomes part of that one.

        Raises:
            StoreUnwritableError: If the disk refuses, or another process holds the file.
            StoreError: If SQLite refuses the change.
        """
        with self._lock:
            if self._depth:
                yield self._connection
                return
            try:
                self._begin()
            except sqlite3.OperationalError as exc:
                raise StoreUnwritableError(str(self.path), str(exc)) from exc
            self._depth = 1
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

    def _begin(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        self._connection.execute("COMMIT")
