"""The file of the record, `library.sqlite3`: transactions, and the number of its revision.

Does not know what the tables mean.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from hochoi.schema import MIGRATIONS
from hochoi.sqlite_file import Connection, SqliteFile


class Database(SqliteFile):
    """An open record file. Safe to use from several threads of one process."""

    def __init__(self, path: Path) -> None:
        """Open the file, creating and migrating it as needed.

        Raises:
            StoreUnwritableError: If the folder or the file cannot be created.
            StoreError: If the file is no readable record, or its schema is too new.
        """
        self._is_visible = False  # whether the transaction changes what readers see
        super().__init__(path, MIGRATIONS, "record")

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
    def changing(self) -> Iterator[Connection]:
        """Run one transaction that readers see as one new revision: all of it, or nothing.

        Inside another transaction of the same thread it becomes part of that one.

        Raises:
            StoreUnwritableError: If the disk refuses, or another process holds the file.
            StoreError: If SQLite refuses the change.
        """
        with self.noting() as db:
            self._is_visible = True
            yield db

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """Run one transaction about work in progress: readers of reports see no new revision.

        Otherwise like `changing`.
        """
        with self.transaction() as db:
            yield db

    def _begin(self) -> None:
        super()._begin()
        self._is_visible = False

    def _commit(self) -> None:
        if self._is_visible:
            self._connection.execute(
                "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'"
            )
        super()._commit()
