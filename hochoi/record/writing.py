"""The statements that put a report into the record and take it out, inside a transaction.

Each function gets the connection of a transaction under way. None of them commits.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from hochoi.likeness import signature
from hochoi.report_rows import REPORT_COLUMNS, report_row
from hochoi.types import Passage, Report, SourceFile

Vectors = NDArray[np.float32]  # [n, d], one row per passage, L2-normalised

_PLACES = ", ".join("?" * len(REPORT_COLUMNS.split(",")))


def now() -> str:
    """Return this moment in UTC, to the second, as the record writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def insert_original(db: sqlite3.Connection, sha256: str, content: bytes) -> None:
    """Keep source bytes under their SHA-256, unless they are there."""
    db.execute("INSERT OR IGNORE INTO originals VALUES (?, ?, ?)", (sha256, content, now()))
    db.execute("DELETE FROM kept_originals WHERE sha256 = ?", (sha256,))


def insert_report(
    db: sqlite3.Connection, source: SourceFile, report: Report, passages: Sequence[Passage]
) -> None:
    """Put a report, its original and its passages in; nobody sees it before `commit_report`.

    Raises:
        ValueError: If a report with this id is there.
    """
    known = "SELECT 1 FROM reports WHERE report_id = ?"
    if db.execute(known, (report.report_id,)).fetchone():
        raise ValueError(f"report {report.report_id} is published already")
    insert_original(db, report.source_sha256, source.content)
    db.execute(f"INSERT INTO reports ({REPORT_COLUMNS}) VALUES ({_PLACES})", report_row(report))
    db.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)",
        [(p.passage_id, p.report_id, n, p.section, p.start, p.end) for n, p in enumerate(passages)],
    )
    db.execute("INSERT INTO signatures VALUES (?, ?)", (report.report_id, signature(report.text)))
    db.execute("DELETE FROM removals WHERE report_id = ?", (report.report_id,))


def commit_report(
    db: sqlite3.Connection,
    report_id: str,
    passage_ids: Sequence[str],
    vectors: Vectors,
    encoder: str,
) -> None:
    """Make a report visible with these vectors, in the place of any it had.

    Raises:
        ValueError: If ids and vectors differ in number.
    """
    if len(passage_ids) != len(vectors):
        raise ValueError(f"{len(passage_ids)} passages but {len(vectors)} vectors")
    rows = [np.ascontiguousarray(v, dtype="<f4").tobytes() for v in vectors]
    db.executemany(
        "INSERT OR REPLACE INTO vectors VALUES (?, ?)", zip(passage_ids, rows, strict=True)
    )
    digest = hashlib.sha256(b"".join(rows)).hexdigest()
    db.execute(
        "INSERT OR REPLACE INTO commits SELECT ?, CAST(value AS INTEGER) + 1, ?, ?, ?, ? FROM meta"
        " WHERE key = 'revision'",
        (report_id, len(rows), encoder, digest, now()),
    )


def hide_report(db: sqlite3.Connection, report_id: str) -> bool:
    """Take the commit row and the vectors of a report away; returns whether it was visible."""
    was_visible = db.execute("DELETE FROM commits WHERE report_id = ?", (report_id,)).rowcount > 0
    db.execute(
        "DELETE FROM vectors WHERE passage_id IN"
        " (SELECT passage_id FROM passages WHERE report_id = ?)",
        (report_id,),
    )
    return was_visible


def delete_report(db: sqlite3.Connection, report_id: str, keep_until: str | None = None) -> bool:
    """Delete a report with all that belongs to it; returns whether it was there.

    Its id stays behind in `removals`, so that what cites it can say that it was removed.

    Args:
        db: Of the transaction.
        report_id: The report.
        keep_until: Until when its original is kept, None to delete it at once. An original that
            another report or a waiting file needs stays anyway.
    """
    row = db.execute(
        "DELETE FROM reports WHERE report_id = ? RETURNING source_sha256", (report_id,)
    ).fetchone()
    if row is None:
        return False
    db.execute("DELETE FROM receipts WHERE report_id = ?", (report_id,))
    db.execute("INSERT OR REPLACE INTO removals VALUES (?, ?)", (report_id, now()))
    if keep_until is not None:
        db.execute("INSERT OR REPLACE INTO kept_originals VALUES (?, ?)", (row[0], keep_until))
    drop_original(db, row[0])
    return True


def drop_original(db: sqlite3.Connection, sha256: str) -> None:
    """Delete source bytes that nothing needs: no report, no file of a job, no retention."""
    db.execute(
        "DELETE FROM originals WHERE sha256 = :sha"
        " AND sha256 NOT IN (SELECT source_sha256 FROM reports)"
        " AND sha256 NOT IN (SELECT sha256 FROM kept_originals)"
        " AND sha256 NOT IN (SELECT sha256 FROM receipts WHERE job_id IS NOT NULL"
        " AND state IN ('received', 'parsed', 'described', 'embedded', 'refused'))",
        {"sha": sha256},
    )
