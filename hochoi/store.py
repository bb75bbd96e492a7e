"""The record of what is published: reports, passages, vectors and one commit row per report.

One process writes at a time (`ProcessLock`); any number read. Everything derived from it, the
vector index and the lexical index, can be thrown away and made again. Does not embed and does
not search. Drafts, older versions and received files are in `hochoi/record/`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hochoi.errors import NotFoundError, StoreError
from hochoi.record.checking import problems_of
from hochoi.record.database import Database
from hochoi.record.writing import commit_report, delete_report, insert_report
from hochoi.report_rows import REPORT_COLUMNS, report_from
from hochoi.types import Passage, Report, SourceFile

Vectors = NDArray[np.float32]  # [n, d], one row per passage, L2-normalised

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
        self.database = Database(path)

    def close(self) -> None:
        """Close the record. Safe to repeat."""
        self.database.close()

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[str, ...]]:
        return self.database.rows(sql, values)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything read inside come from one revision, whatever others write meanwhile.

        Keep it short: a writer and other threads of this process wait for its end.
        """
        with self.database.snapshot():
            yield

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make every change inside one: all of them become visible together, or none."""
        with self.database.changing():
            yield

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
        with self.database.changing() as db:
            for item in publications:
                insert_report(db, item.source, item.report, item.passages)
                ids = [p.passage_id for p in item.passages]
                commit_report(db, item.report.report_id, ids, item.vectors, encoder)

    def replace_vectors(
        self, report_id: str, passage_ids: Sequence[str], vectors: Vectors, *, encoder: str
    ) -> None:
        """Exchange the vectors of one report for those of another encoder, in one transaction.

        Raises:
            NotFoundError: If there is no such report.
            ValueError: If ids and vectors differ in number, or the ids are not all its passages.
        """
        with self.database.changing() as db:
            own = db.execute(
                "SELECT passage_id FROM passages JOIN commits USING (report_id)"
                " WHERE report_id = ? ORDER BY ordinal",
                (report_id,),
            ).fetchall()
            if not own and not self.has_report(report_id):
                raise NotFoundError("report", report_id)
            if [row[0] for row in own] != list(passage_ids):
                raise ValueError(f"{len(passage_ids)} ids are not the passages of {report_id}")
            commit_report(db, report_id, passage_ids, vectors, encoder)

    def remove(self, report_id: str) -> None:
        """Remove a report, its passages, vectors and, when no other report needs it, its original.

        Raises:
            NotFoundError: If there is no such report.
        """
        with self.database.changing() as db:
            if not delete_report(db, report_id):
                raise NotFoundError("report", report_id)

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
        with self.database.reading() as db:
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
        with self.database.reading() as db:
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
        return tuple(str(problem) for problem in problems_of(self.database))
