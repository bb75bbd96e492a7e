"""Files received, and what became of each: the lines of a job, and what commands refused.

A waiting file's bytes are among the originals, so that work goes on after a restart. Does not
read files and does not publish.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from hochoi.errors import IngestError, NotFoundError
from hochoi.record.database import Database
from hochoi.record.refusals import decode_refusal, encode_refusal
from hochoi.record.states import FileState, may_follow
from hochoi.record.writing import drop_original, insert_original, now
from hochoi.types import SourceFile

_COLUMNS = (
    "receipt_id, job_id, file_name, sha256, size, state, attempts, report_id, passages, embedded,"
    " reason, received_at, changed_at"
)
_UNDER_WAY = tuple(s.value for s in FileState if not s.is_final)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One received file."""

    receipt_id: int
    job_id: int | None  # None: a command read it from the disk
    file_name: str
    sha256: str
    size: int  # bytes
    state: FileState
    attempts: int
    report_id: str | None
    passages: int
    embedded: int  # of these passages
    refusal: IngestError | None
    received_at: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Job:
    """Files that were handed over together."""

    job_id: int
    asked_by: str
    review: bool  # hold every report as a draft
    on_kin: str  # what to do with a new version: "ask", "replace" or "keep both"
    asked_at: str
    started_at: str | None
    ended_at: str | None
    files: tuple[Receipt, ...] = ()


class Receipts:
    """The received files of a record."""

    def __init__(self, database: Database) -> None:
        """Use an open record."""
        self._database = database

    # -- jobs ---------------------------------------------------------------------------------

    def open_job(
        self,
        files: Sequence[SourceFile],
        *,
        asked_by: str,
        review: bool,
        on_kin: str,
        refused: Sequence[tuple[SourceFile, IngestError]] = (),
    ) -> int:
        """Keep files and return the number of the job that will work on them.

        When this returns, every byte is safe on the disk. Those of `refused` stand in the job as
        refused, e.g. what could not be unpacked.
        """
        given = [*((source, None) for source in files), *refused]
        with self._database.noting() as db:
            job_id = db.execute(
                "INSERT INTO jobs (asked_by, review, on_kin, asked_at) VALUES (?, ?, ?, ?)",
                (asked_by, int(review), on_kin, now()),
            ).lastrowid
            for source, refusal in given:
                sha256 = hashlib.sha256(source.content).hexdigest()
                insert_original(db, sha256, source.content)
                state = FileState.RECEIVED if refusal is None else FileState.REFUSED
                reason = None if refusal is None else encode_refusal(refusal)
                db.execute(
                    "INSERT INTO receipts (job_id, file_name, sha256, size, state, attempts,"
                    " passages, embedded, reason, received_at, changed_at)"
                    " VALUES (?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?)",
                    (
                        *(job_id, source.name, sha256, len(source.content), state.value),
                        *(reason, now(), now()),
                    ),
                )
        return int(job_id or 0)

    def jobs(self) -> tuple[Job, ...]:
        """Return all jobs with their files, the newest first."""
        return self._jobs("", ())

    def job(self, job_id: int) -> Job:
        """Return one job with its files.

        Raises:
            NotFoundError: If there is no such job.
        """
        found = self._jobs("AND job_id = ?", (job_id,))
        if not found:
            raise NotFoundError("job", str(job_id))
        return found[0]

    def _jobs(self, chosen: str, values: Sequence[object]) -> tuple[Job, ...]:
        files: dict[int | None, list[Receipt]] = {}
        where = f"WHERE job_id IS NOT NULL {chosen} ORDER BY receipt_id"
        for file in self._receipts(where, values):
            files.setdefault(file.job_id, []).append(file)
        rows = self._database.rows(
            "SELECT job_id, asked_by, review, on_kin, asked_at, started_at, ended_at FROM jobs"
            f" WHERE 1 {chosen} ORDER BY job_id DESC",
            values,
        )
        return tuple(
            Job(
                job_id=int(r[0]),
                asked_by=r[1],
                review=bool(r[2]),
                on_kin=r[3],
                asked_at=r[4],
                started_at=r[5],
                ended_at=r[6],
                files=tuple(files.get(int(r[0]), ())),
            )
            for r in rows
        )

    def terms(self, job_id: int) -> tuple[str, bool, str]:
        """Return who asked for a job, whether all is held, and what becomes of new versions.

        Raises:
            NotFoundError: If there is no such job.
        """
        rows = self._database.rows(
            "SELECT asked_by, review, on_kin FROM jobs WHERE job_id = ?", (job_id,)
        )
        if not rows:
            raise NotFoundError("job", str(job_id))
        return rows[0][0], bool(rows[0][1]), rows[0][2]

    def has_work(self) -> bool:
        """Return whether any file of a job is not finished."""
        return bool(
            self._database.rows(
                "SELECT 1 FROM receipts WHERE job_id IS NOT NULL AND state IN"
                f" ({', '.join('?' * len(_UNDER_WAY))}) LIMIT 1",
                _UNDER_WAY,
            )
        )

    def next_file(self, max_attempts: int) -> Receipt | None:
        """Return the file whose turn it is; one tried too often is passed over."""
        found = self._receipts(
            "WHERE job_id IS NOT NULL AND state = 'received' AND attempts < ?"
            " ORDER BY job_id, receipt_id LIMIT 1",
            (max_attempts,),
        )
        return found[0] if found else None

    def worn_out(self, max_attempts: int) -> tuple[Receipt, ...]:
        """Return waiting files that were tried so often without an end."""
        return self._receipts(
            "WHERE job_id IS NOT NULL AND state = 'received' AND attempts >= ?", (max_attempts,)
        )

    def resume(self) -> int:
        """Put files back in line whose process ended in the middle; returns how many."""
        with self._database.noting() as db:
            return db.execute(
                "UPDATE receipts SET state = 'received', changed_at = ? WHERE job_id IS NOT NULL"
                f" AND state IN ({', '.join('?' * len(_UNDER_WAY))}) AND state != 'received'",
                (now(), *_UNDER_WAY),
            ).rowcount

    def begin(self, receipt_id: int) -> None:
        """Count one more attempt at a file, before anything is done with it."""
        with self._database.noting() as db:
            db.execute(
                "UPDATE receipts SET attempts = attempts + 1, reason = NULL, changed_at = ?"
                " WHERE receipt_id = ?",
                (now(), receipt_id),
            )
            db.execute(
                "UPDATE jobs SET started_at = COALESCE(started_at, ?), ended_at = NULL"
                " WHERE job_id = (SELECT job_id FROM receipts WHERE receipt_id = ?)",
                (now(), receipt_id),
            )

    def advance(
        self,
        receipt_id: int,
        state: FileState,
        *,
        report_id: str | None = None,
        passages: int | None = None,
        embedded: int | None = None,
        refusal: IngestError | None = None,
    ) -> None:
        """Note how far a file has come, as part of the transaction under way if there is one.

        The last file of a job ends the job. Bytes that nothing needs any more are deleted.

        Raises:
            NotFoundError: If there is no such file.
            ValueError: If this state may not follow the present one.
        """
        with self._database.noting() as db:
            found = self._receipts("WHERE receipt_id = ?", (receipt_id,))
            if not found:
                raise NotFoundError("file", str(receipt_id))
            before = found[0]
            if state is not before.state and not may_follow(before.state, state):
                raise ValueError(f"{state.value} may not follow {before.state.value}")
            db.execute(
                "UPDATE receipts SET state = ?, report_id = COALESCE(?, report_id),"
                " passages = COALESCE(?, passages), embedded = COALESCE(?, embedded),"
                " reason = ?, changed_at = ? WHERE receipt_id = ?",
                (
                    state.value,
                    report_id,
                    passages,
                    embedded,
                    encode_refusal(refusal) if refusal else None,
                    now(),
                    receipt_id,
                ),
            )
            if state.is_final:
                drop_original(db, before.sha256)
                db.execute(
                    "UPDATE jobs SET ended_at = ? WHERE job_id = ? AND NOT EXISTS (SELECT 1 FROM"
                    " receipts WHERE receipts.job_id = jobs.job_id AND state IN"
                    f" ({', '.join('?' * len(_UNDER_WAY))}))",
                    (now(), before.job_id, *_UNDER_WAY),
                )

    def cancel(self, job_id: int) -> int:
        """Take the files of a job that nobody works on yet out of line; returns how many."""
        self.job(job_id)
        with self._database.noting():
            waiting = [f for f in self.job(job_id).files if f.state is FileState.RECEIVED]
            for file in waiting:
                self.advance(file.receipt_id, FileState.CANCELLED)
        return len(waiting)

    def retry(self, job_id: int) -> int:
        """Put the refused files of a job in line again; returns how many."""
        self.job(job_id)
        with self._database.noting() as db:
            again = [f for f in self.job(job_id).files if f.state is FileState.REFUSED]
            for file in again:
                self.advance(file.receipt_id, FileState.RECEIVED)
                db.execute(
                    "UPDATE receipts SET attempts = 0 WHERE receipt_id = ?", (file.receipt_id,)
                )
            if again:
                db.execute("UPDATE jobs SET ended_at = NULL WHERE job_id = ?", (job_id,))
        return len(again)

    # -- files that a command read ------------------------------------------------------------

    def note(
        self,
        source: SourceFile,
        state: FileState,
        *,
        report_id: str | None = None,
        passages: int = 0,
        refusal: IngestError | None = None,
    ) -> None:
        """Note what became of a file without a job, once per content and name."""
        sha256 = hashlib.sha256(source.content).hexdigest() if source.content else ""
        reason = encode_refusal(refusal) if refusal else None
        with self._database.noting() as db:
            db.execute(
                "DELETE FROM receipts WHERE job_id IS NULL AND state = 'refused' AND sha256 = ?"
                " AND sha256 != '' AND file_name != ?",
                (sha256, source.name),
            )
            db.execute(
                "INSERT INTO receipts (file_name, sha256, size, state, attempts, report_id,"
                " passages, embedded, reason, received_at, changed_at)"
                " VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (sha256, file_name) WHERE job_id IS NULL DO UPDATE SET"
                " state = excluded.state, attempts = attempts + 1, report_id = excluded.report_id,"
                " passages = excluded.passages, embedded = excluded.embedded,"
                " reason = excluded.reason, changed_at = excluded.changed_at",
                (
                    *(source.name, sha256, len(source.content), state.value, report_id),
                    *(passages, passages, reason, now(), now()),
                ),
            )

    def settle(self, report_id: str, state: FileState) -> None:
        """Note what a person decided about the draft that was made of received files."""
        with self._database.noting() as db:
            db.execute(
                "UPDATE receipts SET state = ?, changed_at = ? WHERE report_id = ?"
                " AND state = 'draft'",
                (state.value, now(), report_id),
            )

    def refused(self) -> tuple[Receipt, ...]:
        """Return the files that were refused and not read since, the newest first."""
        return self._receipts("WHERE state = 'refused' ORDER BY receipt_id DESC")

    def forget(self, receipt_id: int) -> None:
        """Delete the line about a file, and its bytes when nothing needs them."""
        with self._database.noting() as db:
            row = db.execute(
                "DELETE FROM receipts WHERE receipt_id = ? RETURNING sha256", (receipt_id,)
            ).fetchone()
            if row is None:
                raise NotFoundError("file", str(receipt_id))
            drop_original(db, row[0])

    def _receipts(self, where: str, values: Sequence[object] = ()) -> tuple[Receipt, ...]:
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM receipts {where}", values)
        return tuple(
            Receipt(
                receipt_id=int(r[0]),
                job_id=None if r[1] is None else int(r[1]),
                file_name=r[2],
                sha256=r[3],
                size=int(r[4]),
                state=FileState(r[5]),
                attempts=int(r[6]),
                report_id=r[7],
                passages=int(r[8]),
                embedded=int(r[9]),
                refusal=decode_refusal(r[10]) if r[10] else None,
                received_at=r[11],
                changed_at=r[12],
            )
            for r in rows
        )
