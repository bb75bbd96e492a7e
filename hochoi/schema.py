"""The tables of the record and the numbered, append-only steps that build them.

The byte layout of a vector is little-endian float32, dimension after dimension. A report is
visible only through its row in `commits`, which is written in the transaction that wrote the rest.
"""

import sqlite3
from collections.abc import Sequence

from hochoi.errors import SchemaTooNewError

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    INSERT INTO meta VALUES ('revision', '0');
    CREATE TABLE originals (
        sha256 TEXT PRIMARY KEY, content BLOB NOT NULL, received_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE reports (
        report_id TEXT PRIMARY KEY, file_name TEXT NOT NULL, format TEXT NOT NULL,
        source_sha256 TEXT NOT NULL REFERENCES originals (sha256),
        text TEXT NOT NULL, visit TEXT NOT NULL, status TEXT NOT NULL, version INTEGER NOT NULL,
        warnings TEXT NOT NULL, compiled_from TEXT
    ) STRICT;
    CREATE INDEX reports_by_source ON reports (source_sha256);
    CREATE TABLE passages (
        passage_id TEXT PRIMARY KEY, report_id TEXT NOT NULL REFERENCES reports ON DELETE CASCADE,
        ordinal INTEGER NOT NULL, section TEXT NOT NULL,
        first INTEGER NOT NULL, last INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX passages_by_report ON passages (report_id, ordinal);
    CREATE TABLE vectors (
        passage_id TEXT PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vector BLOB NOT NULL
    ) STRICT;
    CREATE TABLE commits (
        report_id TEXT PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
        revision INTEGER NOT NULL, passages INTEGER NOT NULL, encoder TEXT NOT NULL,
        vectors_sha256 TEXT NOT NULL, committed_at TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE jobs (
        job_id INTEGER PRIMARY KEY AUTOINCREMENT, asked_by TEXT NOT NULL, review INTEGER NOT NULL,
        on_kin TEXT NOT NULL, asked_at TEXT NOT NULL, started_at TEXT, ended_at TEXT
    ) STRICT;
    CREATE TABLE receipts (
        receipt_id INTEGER PRIMARY KEY AUTOINCREMENT,
        job_id INTEGER REFERENCES jobs ON DELETE CASCADE,
        file_name TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, state TEXT NOT NULL,
        attempts INTEGER NOT NULL, report_id TEXT, passages INTEGER NOT NULL,
        embedded INTEGER NOT NULL, reason TEXT, received_at TEXT NOT NULL, changed_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX receipts_by_job ON receipts (job_id, receipt_id);
    CREATE INDEX receipts_by_content ON receipts (sha256);
    CREATE INDEX receipts_by_report ON receipts (report_id);
    CREATE UNIQUE INDEX receipts_direct ON receipts (sha256, file_name) WHERE job_id IS NULL;
    CREATE TABLE drafts (
        report_id TEXT PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
        reasons TEXT NOT NULL, kin_id TEXT, likeness REAL, held_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE versions (
        report_id TEXT PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
        series TEXT NOT NULL, replaced_by TEXT, replaced_at TEXT
    ) STRICT;
    CREATE INDEX versions_by_series ON versions (series);
    CREATE TABLE corrections (
        report_id TEXT NOT NULL REFERENCES reports ON DELETE CASCADE, field TEXT NOT NULL,
        value TEXT NOT NULL, was TEXT NOT NULL, corrected_by TEXT NOT NULL,
        corrected_at TEXT NOT NULL, PRIMARY KEY (report_id, field)
    ) STRICT;
    CREATE TABLE signatures (
        report_id TEXT PRIMARY KEY REFERENCES reports ON DELETE CASCADE, minhash BLOB NOT NULL
    ) STRICT;
    CREATE TABLE removals (report_id TEXT PRIMARY KEY, removed_at TEXT NOT NULL) STRICT;
    CREATE TABLE kept_originals (
        sha256 TEXT PRIMARY KEY REFERENCES originals ON DELETE CASCADE, until TEXT NOT NULL
    ) STRICT;
    CREATE TABLE decisions (
        decision_id INTEGER PRIMARY KEY AUTOINCREMENT, decided_at TEXT NOT NULL,
        decided_by TEXT NOT NULL, action TEXT NOT NULL, report_id TEXT NOT NULL, other_id TEXT
    ) STRICT;
    """,
    """
    ALTER TABLE reports ADD COLUMN pages TEXT NOT NULL DEFAULT '[]';
    """,
)


def migrate(
    connection: sqlite3.Connection, path: str, migrations: Sequence[str] = MIGRATIONS
) -> None:
    """Bring the tables up to date, each step in one transaction.

    Safe when several processes open a new record at once: one makes the tables, the others wait.

    Args:
        connection: In autocommit mode.
        path: Of the record, for messages.
        migrations: The numbered steps, those of the record unless another database is meant.

    Raises:
        SchemaTooNewError: If the record was written by a newer version; nothing is changed.
    """
    while (found := _version(connection)) < len(migrations):
        _step(connection, found, migrations[found])
    if found > len(migrations):
        raise SchemaTooNewError(path, found, len(migrations))


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _step(connection: sqlite3.Connection, found: int, migration: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) == found:  # else another process was quicker
            for statement in migration.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {found + 1}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
