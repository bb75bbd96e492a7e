"""Whether the record keeps its own laws: every row where it belongs, every original unchanged.

Finds and names; `hochoi check --repair` makes again what is derived.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from hochoi.likeness import signature
from hochoi.record.database import Database
from hochoi.record.writing import drop_original, now

_QUERIES: tuple[tuple[str, str], ...] = (
    (
        "original {0} of report {1} is missing",
        "SELECT source_sha256, report_id FROM reports WHERE source_sha256 NOT IN"
        " (SELECT sha256 FROM originals)",
    ),
    (
        "original {0} belongs to no report and no waiting file",
        "SELECT sha256 FROM originals WHERE sha256 NOT IN (SELECT source_sha256 FROM reports)"
        " AND sha256 NOT IN (SELECT sha256 FROM receipts WHERE job_id IS NOT NULL)"
        " AND sha256 NOT IN (SELECT sha256 FROM kept_originals)",
    ),
    (
        "report {0} is {1} but has no commit row, draft row or newer version",
        "SELECT report_id, status FROM reports WHERE report_id NOT IN"
        " (SELECT report_id FROM commits UNION SELECT report_id FROM drafts"
        " UNION SELECT report_id FROM versions WHERE replaced_by IS NOT NULL)",
    ),
    (
        "report {0} is both published and a draft or an older version",
        "SELECT report_id FROM commits WHERE report_id IN (SELECT report_id FROM drafts"
        " UNION SELECT report_id FROM versions WHERE replaced_by IS NOT NULL)",
    ),
    (
        "passage {0} lies outside the text of its report",
        "SELECT passage_id FROM passages JOIN reports USING (report_id)"
        " WHERE first < 0 OR last <= first OR last > length(text)",
    ),
    (
        "passage {0} belongs to no report",
        "SELECT passage_id FROM passages WHERE report_id NOT IN (SELECT report_id FROM reports)",
    ),
    (
        "the file {1} was published as report {0}, which is not in the record",
        "SELECT report_id, file_name FROM receipts WHERE state = 'published'"
        " AND report_id NOT IN (SELECT report_id FROM reports)",
    ),
)
_DERIVED: tuple[tuple[str, str], ...] = (
    (
        "vector of passage {0} belongs to no published passage",
        "SELECT passage_id FROM vectors WHERE passage_id NOT IN"
        " (SELECT passage_id FROM passages JOIN commits USING (report_id))",
    ),
    (
        "report {0} has no signature to compare new reports with",
        "SELECT report_id FROM reports WHERE report_id NOT IN (SELECT report_id FROM signatures)",
    ),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it must be."""

    sentence: str  # English, names the row
    is_derived: bool = False  # it can be made again from the rest
    stale_vectors: str | None = None  # id of the report whose vectors must be made again

    def __str__(self) -> str:
        return self.sentence


def problems_of(database: Database) -> tuple[Problem, ...]:
    """Return everything that is wrong with a record, nothing for a sound one."""
    found = [Problem(r[0]) for r in database.rows("PRAGMA integrity_check") if r[0] != "ok"]
    for sentence, query in _QUERIES:
        found += [Problem(sentence.format(*row)) for row in database.rows(query)]
    found += _changed_originals(database)
    found += _vector_problems(database)
    for sentence, query in _DERIVED:
        found += [Problem(sentence.format(*row), is_derived=True) for row in database.rows(query)]
    return tuple(found)


def _changed_originals(database: Database) -> Iterator[Problem]:
    with database.reading() as db:
        for sha256, content in db.execute("SELECT sha256, content FROM originals"):
            if hashlib.sha256(content).hexdigest() != sha256:
                yield Problem(f"original {sha256} has other content than its name says")


def _vector_problems(database: Database) -> Iterator[Problem]:
    """Yield published reports whose passages or vectors are not those that were committed."""
    for row in database.rows(
        "SELECT c.report_id, COUNT(p.passage_id), COUNT(v.passage_id), c.passages,"
        " c.vectors_sha256 FROM commits c LEFT JOIN passages p USING (report_id)"
        " LEFT JOIN vectors v USING (passage_id) GROUP BY c.report_id"
    ):
        report_id, n_passages, n_vectors, committed, digest = row
        if n_passages != committed:
            yield Problem(
                f"report {report_id} has {n_passages} passages and {n_vectors} vectors,"
                f" its commit says {committed}"
            )
        elif n_vectors != committed:
            yield Problem(
                f"report {report_id} has {n_passages} passages and {n_vectors} vectors,"
                f" its commit says {committed}",
                is_derived=True,
                stale_vectors=report_id,
            )
        elif _vectors_digest(database, report_id) != digest:
            yield Problem(
                f"the vectors of report {report_id} are not those that were committed",
                is_derived=True,
                stale_vectors=report_id,
            )


def _vectors_digest(database: Database, report_id: str) -> str:
    rows = database.rows(
        "SELECT vector FROM passages JOIN vectors USING (passage_id) WHERE report_id = ?"
        " ORDER BY ordinal",
        (report_id,),
    )
    blobs = b"".join(bytes(row[0]) for row in rows)  # type: ignore[arg-type]
    return hashlib.sha256(blobs).hexdigest()


def repair_rows(database: Database) -> None:
    """Delete vectors of nothing and make missing signatures."""
    with database.changing() as db:
        db.execute(
            "DELETE FROM vectors WHERE passage_id NOT IN"
            " (SELECT passage_id FROM passages JOIN commits USING (report_id))"
        )
    sign_reports(database)


def sign_reports(database: Database) -> int:
    """Make the signatures that older versions did not; returns how many.

    Without them a new report is not compared with these.
    """
    unsigned = (
        "SELECT report_id, text FROM reports WHERE report_id NOT IN"
        " (SELECT report_id FROM signatures)"
    )
    found = database.rows(unsigned)
    if found:
        with database.noting() as db:
            db.executemany(
                "INSERT OR IGNORE INTO signatures VALUES (?, ?)",
                [(report_id, signature(text)) for report_id, text in found],
            )
    return len(found)


def forget_expired(database: Database) -> int:
    """Delete originals whose time of retention is over; returns how many."""
    expired = "SELECT sha256 FROM kept_originals WHERE until < ?"
    if not database.rows(expired, (now(),)):
        return 0
    with database.noting() as db:
        gone = [row[0] for row in db.execute(expired, (now(),)).fetchall()]
        for sha256 in gone:
            db.execute("DELETE FROM kept_originals WHERE sha256 = ?", (sha256,))
            drop_original(db, sha256)
    return len(gone)
