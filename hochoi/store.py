"""The record: originals, reports, passages, vectors and one commit row per report, in SQLite.

One process writes at a time (`ProcessLock`); any number read. Everything derived from it, the
vector index and the lexical index, can be thrown away and made again. Does not embed and does
not search.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hochoi.errors import NotFoundError, StoreError, StoreUnwritableError
from hochoi.report_rows import REPORT_COLUMNS, report_from, report_row
from hochoi.schema import migrate
from hochoi.types import Passage, Report, SourceFile

Vectors = NDArray[np.float32]  # [n, d], one row per passage, L2-normalised

BUSY_TIMEOUT_S = 5.0
_SELECT_REPORT = f"SELECT {REPORT_COLUMNS} FROM reports JOIN commits USING (report_id)"
_SELECT_PASSAGE = (
    "SELECT passage_id, report_id, section, first, last, substr(text, first + 1, last - first)"
    " FROM passages JOIN reports USING (report_id) JOIN commits USING (report_id)"
)


@dataclass(frozen=True, slots=True)
class Commit:
    """The row that makes a report visible, with what its vectors are made of."""

    report_id: str
    revision: int
    passages: int
    encoder: str
    vectors_sha256: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A report with everything that becomes visible together with it."""

    source: SourceFile
    report: Report
    passages: Sequence[Passage]
    vectors: Vectors


class Store:
    """An open record. Safe to use from several threads of one process."""

    def __init__(self, path: Path) -> None:
        """Open the record, creating and migrating it as needed.

        Raises:
            StoreUnwritableError: If the folder or the file cannot be created.
            StoreError: If the file is no readable record, or its schema is too new.
        """
        self.path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.OperationalError) as exc:
            raise StoreUnwritableError(str(path.parent), str(exc)) from exc
        try:
            # One writer and a rollback journal: the WAL reset race of SQLite < 3.51.3 cannot occur.
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
            migrate(self._db, str(path))
        except sqlite3.OperationalError as exc:
            self._db.close()
            raise StoreUnwritableError(str(path), str(exc)) from exc
        except sqlite3.DatabaseError as exc:
            self._db.close()
            raise StoreError(str(path), f"not a readable record: {exc}") from exc
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the record. Safe to repeat."""
        self._db.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection; what SQLite cannot read becomes a `StoreError`."""
        with self._lock:
            try:
                yield self._db
            except sqlite3.DatabaseError as exc:
                raise StoreError(str(self.path), f"cannot be read: {exc}") from exc

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[str, ...]]:
        with self._reading() as db:
            return db.execute(sql, values).fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything read inside come from one revision, whatever others write meanwhile.

        Keep it short: a writer and other threads of this process wait for its end.
        """
        with self._reading() as db:
            db.execute("BEGIN")
            try:
                yield
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction: everything in it becomes visible, or nothing."""
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as exc:
                raise StoreUnwritableError(str(self.path), str(exc)) from exc
            try:
                yield self._db
                self._db.execute(
                    "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'"
                )
                self._db.execute("COMMIT")
            except BaseException as exc:
                if self._db.in_transaction:  # SQLite itself rolls back on some errors
                    self._db.execute("ROLLBACK")
                if isinstance(exc, sqlite3.OperationalError):
                    raise StoreUnwritableError(str(self.path), str(exc)) from exc
                if isinstance(exc, sqlite3.DatabaseError):
                    raise StoreError(str(self.path), f"refused a change: {exc}") from exc
                raise

    # -- writing ------------------------------------------------------------------------------

    def publish(
        self,
        source: SourceFile,
        report: Report,
        passages: Sequence[Passage],
        vectors: Vectors,
        *,
        encoder: str,
    ) -> None:
        """Make a report visible with everything that belongs to it, in one transaction.

        Args:
            source: The bytes received; kept under their SHA-256.
            report: The report; its id must not be published yet.
            passages: Its passages, in order.
            vectors: float32[n, d], one row per passage.
            encoder: Fingerprint of the encoder that made the vectors.

        Raises:
            ValueError: If passages and vectors differ in number, or the report is published.
            StoreUnwritableError: If the disk refuses; nothing is visible then.
        """
        self.publish_many([Publication(source, report, passages, vectors)], encoder=encoder)

    def publish_many(self, publications: Sequence[Publication], *, encoder: str) -> None:
        """Make several reports visible in one transaction: all of them, or none.

        A commit costs about 10 ms whatever it holds, so one for many is what makes test sets of
        thousands of documents quick to load.

        Raises:
            ValueError: If passages and vectors of a report differ in number, or one is
                published already.
            StoreUnwritableError: If the disk refuses; nothing is visible then.
        """
        for item in publications:
            if len(item.passages) != len(item.vectors):
                raise ValueError(f"{len(item.passages)} passages but {len(item.vectors)} vectors")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing() as db:
            for item in publications:
                self._insert(db, item, encoder, now)

    def _insert(self, db: sqlite3.Connection, item: Publication, encoder: str, now: str) -> None:
        report, passages = item.report, item.passages
        rows = [np.ascontiguousarray(v, dtype="<f4").tobytes() for v in item.vectors]
        known = "SELECT 1 FROM reports WHERE report_id = ?"
        if db.execute(known, (report.report_id,)).fetchone():
            raise ValueError(f"report {report.report_id} is published already")
        db.execute(
            "INSERT OR IGNORE INTO originals VALUES (?, ?, ?)",
            (report.source_sha256, item.source.content, now),
        )
        db.execute(
            f"INSERT INTO reports ({REPORT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            report_row(report),
        )
        db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)",
            [
                (p.passage_id, p.report_id, n, p.section, p.start, p.end)
                for n, p in enumerate(passages)
            ],
        )
        ids = [p.passage_id for p in passages]
        db.executemany("INSERT INTO vectors VALUES (?, ?)", zip(ids, rows, strict=True))
        self._commit_row(db, report.report_id, rows, encoder, now)

    def replace_vectors(
        self, report_id: str, passage_ids: Sequence[str], vectors: Vectors, *, encoder: str
    ) -> None:
        """Exchange the vectors of one report for those of another encoder, in one transaction.

        Raises:
            NotFoundError: If there is no such report.
            ValueError: If ids and vectors differ in number, or the ids are not all its passages.
        """
        rows = [np.ascontiguousarray(v, dtype="<f4").tobytes() for v in vectors]
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing() as db:
            own = db.execute(
                "SELECT passage_id FROM passages WHERE report_id = ? ORDER BY ordinal", (report_id,)
            ).fetchall()
            if not db.execute("DELETE FROM commits WHERE report_id = ?", (report_id,)).rowcount:
                raise NotFoundError("report", report_id)
            if [row[0] for row in own] != list(passage_ids):
                raise ValueError(f"{len(passage_ids)} ids are not the passages of {report_id}")
            db.executemany(
                "UPDATE vectors SET vector = ? WHERE passage_id = ?",
                zip(rows, passage_ids, strict=True),
            )
            self._commit_row(db, report_id, rows, encoder, now)

    @staticmethod
    def _commit_row(
        db: sqlite3.Connection, report_id: str, rows: Sequence[bytes], encoder: str, now: str
    ) -> None:
        digest = hashlib.sha256(b"".join(rows)).hexdigest()
        db.execute(
            "INSERT INTO commits SELECT ?, CAST(value AS INTEGER) + 1, ?, ?, ?, ? FROM meta"
            " WHERE key = 'revision'",
            (report_id, len(rows), encoder, digest, now),
        )

    def remove(self, report_id: str) -> None:
        """Remove a report, its passages, vectors and, when no other report needs it, its original.

        Raises:
            NotFoundError: If there is no such report.
        """
        with self._writing() as db:
            row = db.execute(
                "DELETE FROM reports WHERE report_id = ? RETURNING source_sha256", (report_id,)
            ).fetchone()
            if row is None:
                raise NotFoundError("report", report_id)
            db.execute(
                "DELETE FROM originals WHERE sha256 = ?"
                " AND sha256 NOT IN (SELECT source_sha256 FROM reports)",
                row,
            )

    # -- reading ------------------------------------------------------------------------------

    def revision(self) -> int:
        """Return the change counter; it grows with every committed change."""
        return int(self._rows("SELECT value FROM meta WHERE key = 'revision'")[0][0])

    def commits(self) -> tuple[Commit, ...]:
        """Return the commit rows, oldest first."""
        rows = self._rows(
            "SELECT report_id, revision, passages, encoder, vectors_sha256 FROM commits"
            " ORDER BY revision, report_id"
        )
        return tuple(Commit(r[0], int(r[1]), int(r[2]), r[3], r[4]) for r in rows)

    def reports(self) -> tuple[Report, ...]:
        """Return all published reports in the order they were committed."""
        rows = self._rows(_SELECT_REPORT + " ORDER BY revision, report_id")
        return tuple(self._report(row) for row in rows)

    def _report(self, row: Sequence[str]) -> Report:
        try:
            return report_from(row)
        except (KeyError, TypeError, ValueError) as exc:
            raise StoreError(str(self.path), f"report {row[0]} is damaged: {exc!r}") from exc

    def report(self, report_id: str) -> Report:
        """Return one published report.

        Raises:
            NotFoundError: If there is no such report.
        """
        rows = self._rows(_SELECT_REPORT + " WHERE report_id = ?", (report_id,))
        if not rows:
            raise NotFoundError("report", report_id)
        return self._report(rows[0])

    def report_of_original(self, sha256: str) -> str | None:
        """Return the id of the report made from these source bytes, if any."""
        rows = self._rows("SELECT report_id FROM reports WHERE source_sha256 = ?", (sha256,))
        return rows[0][0] if rows else None

    def has_report(self, report_id: str) -> bool:
        """Return whether a report with this id is published."""
        return bool(self._rows("SELECT 1 FROM commits WHERE report_id = ?", (report_id,)))

    def original(self, sha256: str) -> bytes:
        """Return the source bytes with this SHA-256.

        Raises:
            NotFoundError: If they are not stored.
        """
        with self._reading() as db:
            row = db.execute("SELECT content FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise NotFoundError("original", sha256)
        return bytes(row[0])

    def passages_of(self, report_id: str) -> tuple[Passage, ...]:
        """Return the passages of one published report, in order.

        Raises:
            NotFoundError: If there is no such report.
        """
        text = self.report(report_id).text
        rows = self._rows(
            "SELECT passage_id, section, first, last FROM passages WHERE report_id = ?"
            " ORDER BY ordinal",
            (report_id,),
        )
        return tuple(
            Passage(r[0], report_id, r[1], int(r[2]), int(r[3]), text[int(r[2]) : int(r[3])])
            for r in rows
        )

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Passage]:
        """Return the published passages among these ids; ids of removed ones are left out."""
        ids = json.dumps(list(passage_ids))
        rows = self._rows(
            _SELECT_PASSAGE + " WHERE passage_id IN (SELECT value FROM json_each(?))", (ids,)
        )
        return {r[0]: Passage(r[0], r[1], r[2], int(r[3]), int(r[4]), r[5]) for r in rows}

    def vectors_of(self, report_id: str) -> tuple[tuple[str, ...], Vectors]:
        """Return passage ids and vectors float32[n, d] of one published report, in order."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT passage_id, vector FROM passages JOIN vectors USING (passage_id)"
                " WHERE report_id = ? ORDER BY ordinal",
                (report_id,),
            ).fetchall()
        ids = tuple(row[0] for row in rows)
        width = len(rows[0][1]) // 4 if rows else 0
        flat = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4")
        return ids, flat.reshape(len(rows), width).astype(np.float32)

    def integrity_problems(self) -> tuple[str, ...]:
        """Return what SQLite's own check and the laws of the record find wrong, in English."""
        problems = [r[0] for r in self._rows("PRAGMA integrity_check") if r[0] != "ok"]
        problems += [
            f"report {r[0]} has {r[1]} passages and {r[2]} vectors, its commit says {r[3]}"
            for r in self._rows(
                "SELECT c.report_id, COUNT(p.passage_id), COUNT(v.passage_id), c.passages"
                " FROM commits c LEFT JOIN passages p USING (report_id)"
                " LEFT JOIN vectors v USING (passage_id) GROUP BY c.report_id"
                " HAVING COUNT(p.passage_id) != c.passages OR COUNT(v.passage_id) != c.passages"
            )
        ]
        problems += [
            f"original {r[0]} of report {r[1]} is missing"
            for r in self._rows(
                "SELECT source_sha256, report_id FROM reports WHERE source_sha256 NOT IN"
                " (SELECT sha256 FROM originals)"
            )
        ]
        with self._reading() as db:
            for sha256, content in db.execute("SELECT sha256, content FROM originals"):
                if hashlib.sha256(content).hexdigest() != sha256:
                    problems.append(f"original {sha256} has other content than its name says")
        problems += [
            f"the vectors of report {c.report_id} are not those that were committed"
            for c in self.commits()
            if hashlib.sha256(self.vectors_of(c.report_id)[1].tobytes()).hexdigest()
            != c.vectors_sha256
        ]
        return tuple(problems)
