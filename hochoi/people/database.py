"""The database about people, `people.sqlite3` beside the record. Knows no table's meaning.

Kept apart from the record of reports so that a backup of reports carries no person's data and
the reader of reports never waits for a login. Server and command line may write at once.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from hochoi.errors import StoreError, StoreUnwritableError
from hochoi.people.tables import PEOPLE_MIGRATIONS
from hochoi.schema import migrate

_BUSY_TIMEOUT_S = 5.0

Connection = sqlite3.Connection


class PeopleDatabase:
    """The open database. Safe to use from several threads of one process."""

    def __init__(self, path: Path) -> None:
        """Open the database, creating and migrating it as needed; only its owner may read it.

        Raises:
            StoreUnwritableError: If the folder or the file cannot be created.
            StoreError: If the file is no readable database, or its schema is too new.
        """
        self.path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._db = sqlite3.connect(
                path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.OperationalError) as exc:
            raise StoreUnwritableError(str(path.parent), str(exc)) from exc
        try:
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
            migrate(self._db, str(path), PEOPLE_MIGRATIONS)
        except sqlite3.OperationalError as exc:
            self._db.close()
            raise StoreUnwritableError(str(path), str(exc)) from exc
        except sqlite3.DatabaseError as exc:
            self._db.close()
            raise StoreError(str(path), f"not a readable database of people: {exc}") from exc
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the database. Safe to repeat."""
        self._db.close()

    def __enter__(self) -> Self:
        """Return the open database."""
        return self

    def __exit__(self, *reason: object) -> None:
        """Close it, whatever happened inside."""
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend the connection; what SQLite cannot read becomes a `StoreError`."""
        with self._lock:
            try:
                yield self._db
            except sqlite3.DatabaseError as exc:
                raise StoreError(str(self.path), f"cannot be read: {exc}") from exc

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Run one transaction: everything in it becomes visible, or nothing.

        Inside another `writing` of the same thread it joins that transaction.

        Raises:
            StoreUnwritableError: If the disk refuses or another process writes for too long.
        """
        with self._lock:
            if self._db.in_transaction:
                yield self._db
                return
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                self._db.execute("COMMIT")
            except BaseException as exc:
                if self._db.in_transaction:  # SQLite itself rolls back on some errors
                    self._db.execute("ROLLBACK")
                if isinstance(exc, sqlite3.OperationalError):
                    raise StoreUnwritableError(str(self.path), str(exc)) from exc
                if isinstance(exc, sqlite3.DatabaseError):
                    raise StoreError(str(self.path), f"refused a change: {exc}") from exc
                raise
