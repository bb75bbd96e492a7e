"""The database about people, `people.sqlite3` beside the record. Knows no table's meaning.

Kept apart from the record of reports so that a backup of reports carries no person's data and
the reader of reports never waits for a login. Server and command line may write at once.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from hochoi.errors import StoreUnwritableError
from hochoi.people.tables import PEOPLE_MIGRATIONS
from hochoi.sqlite_file import Connection, SqliteFile

__all__ = ["Connection", "PeopleDatabase"]


class PeopleDatabase(SqliteFile):
    """The open database. Safe to use from several threads of one process."""

    def __init__(self, path: Path) -> None:
        """Open the database, creating and migrating it as needed; only its owner may read it.

        Raises:
            StoreUnwritableError: If the folder or the file cannot be created.
            StoreError: If the file is no readable database, or its schema is too new.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        except OSError as exc:
            raise StoreUnwritableError(str(path.parent), str(exc)) from exc
        super().__init__(path, PEOPLE_MIGRATIONS, "database of people")

    def __enter__(self) -> Self:
        """Return the open database."""
        return self

    def __exit__(self, *reason: object) -> None:
        """Close it, whatever happened inside."""
        self.close()

    def writing(self) -> AbstractContextManager[Connection]:
        """Run one transaction; see `transaction`."""
        return self.transaction()
