"""Reports that are in the record but not live: drafts that wait, and older versions.

They have no commit row, so nothing searches them. Publishing, replacing and discarding are one
transaction each. Does not embed and does not decide.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from hochoi.errors import NotFoundError, StoreError
from hochoi.record.database import Database
from hochoi.record.states import Standing
from hochoi.record.writing import (
    commit_report,
    delete_report,
    hide_report,
    insert_report,
    now,
)
from hochoi.report_rows import REPORT_COLUMNS, report_from
from hochoi.types import Passage, Report, SourceFile

Vectors = NDArray[np.float32]  # [n, d], one row per passage, L2-normalised


class HoldReason(Enum):
    """Why a report waits for a person."""

    REVIEW = "review"  # the person who added it asked for that
    PERSONAL_DATA = "personal data"
    SECRET = "secret stamp"
    NEW_VERSION = "new version"  # it seems to replace a published report


@dataclass(frozen=True, slots=True)
class Hold:
    """Why and since when a draft waits."""

    report_id: str
    reasons: tuple[HoldReason, ...]
    kin_id: str | None  # the published report it seems to be another version of
    likeness: float | None  # share of wording in common with it, 0..1
    held_at: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a report."""

    report_id: str
    number: int  # from 1
    standing: Standing
    replaced_by: str | None
    replaced_at: str | None


class Shelf:
    """The reports of a record that are not live."""

    def __init__(self, database: Database) -> None:
        """Use an open record."""
        self._database = database

    # -- reading ------------------------------------------------------------------------------

    def standing(self, report_id: str) -> Standing | None:
        """Return what a report is to readers; None for an id that was never there."""
        row = self._database.rows(
            "SELECT EXISTS (SELECT 1 FROM commits WHERE report_id = :id),"
            " EXISTS (SELECT 1 FROM drafts WHERE report_id = :id),"
            " EXISTS (SELECT 1 FROM reports WHERE report_id = :id),"
            " EXISTS (SELECT 1 FROM removals WHERE report_id = :id)",
            {"id": report_id},
        )[0]
        order = (Standing.PUBLISHED, Standing.DRAFT, Standing.REPLACED, Standing.REMOVED)
        return next((s for s, there in zip(order, row, strict=True) if there), None)

    def is_kept(self, report_id: str) -> bool:
        """Return whether a report is in the record, whatever its standing."""
        return bool(self._database.rows("SELECT 1 FROM reports WHERE report_id = ?", (report_id,)))

    def report(self, report_id: str) -> Report:
        """Return a report whatever its standing.

        Raises:
            NotFoundError: If it is not in the record, or not any more.
        """
        rows = self._database.rows(
            f"SELECT {REPORT_COLUMNS} FROM reports WHERE report_id = ?", (report_id,)
        )
        if not rows:
            raise NotFoundError("report", report_id)
        try:
            return report_from(rows[0])
        except (KeyError, TypeError, ValueError) as exc:
            path = str(self._database.path)
            raise StoreError(path, f"report {report_id} is damaged: {exc!r}") from exc

    def others(self) -> tuple[Report, ...]:
        """Return all drafts and older versions, by id."""
        rows = self._database.rows(
            "SELECT report_id FROM reports WHERE report_id NOT IN (SELECT report_id FROM commits)"
            " ORDER BY report_id"
        )
        return tuple(self.report(row[0]) for row in rows)

    def passages_of(self, report_id: str) -> tuple[Passage, ...]:
        """Return the passages of a report whatever its standing, in order.

        Raises:
            NotFoundError: If it is not in the record.
        """
        text = self.report(report_id).text
        rows = self._database.rows(
            "SELECT passage_id, section, first, last FROM passages WHERE report_id = ?"
            " ORDER BY ordinal",
            (report_id,),
        )
        spans = ((r[0], r[1], int(r[2]), int(r[3])) for r in rows)
        return tuple(Passage(i, report_id, s, a, b, text[a:b]) for i, s, a, b in spans)

    def holds(self) -> tuple[Hold, ...]:
        """Return all drafts, the longest waiting first."""
        return self._holds("", ())

    def hold_of(self, report_id: str) -> Hold:
        """Return why a draft waits.

        Raises:
            NotFoundError: If there is no such draft.
        """
        found = self._holds("WHERE report_id = ?", (report_id,))
        if not found:
            raise NotFoundError("draft", report_id)
        return found[0]

    def _holds(self, where: str, values: Sequence[str]) -> tuple[Hold, ...]:
        rows = self._database.rows(
            f"SELECT report_id, reasons, kin_id, likeness, held_at FROM drafts {where}"
            " ORDER BY held_at, rowid",
            values,
        )
        return tuple(
            Hold(
                report_id=r[0],
                reasons=tuple(HoldReason(reason) for reason in json.loads(r[1])),
                kin_id=r[2],
                likeness=None if r[3] is None else float(r[3]),
                held_at=r[4],
            )
            for r in rows
        )

    def versions_of(self, report_id: str) -> tuple[Version, ...]:
        """Return all versions of a report, the oldest first; a report alone is version 1.

        Raises:
            NotFoundError: If it is not in the record.
        """
        rows = self._database.rows(
            "SELECT v.report_id, r.version, v.replaced_by, v.replaced_at FROM versions v"
            " JOIN reports r USING (report_id) WHERE v.series ="
            " (SELECT series FROM versions WHERE report_id = ?) ORDER BY r.version",
            (report_id,),
        )
        if not rows:
            number = self.report(report_id).version
            return (Version(report_id, number, self._standing(report_id), None, None),)
        return tuple(Version(r[0], int(r[1]), self._standing(r[0]), r[2], r[3]) for r in rows)

    def _standing(self, report_id: str) -> Standing:
        return self.standing(report_id) or Standing.REMOVED

    def current_of(self, report_id: str) -> str | None:
        """Return the id of the published version of a report, None when there is none."""
        rows = self._database.rows(
            "SELECT report_id FROM commits WHERE report_id = :id OR report_id IN"
            " (SELECT report_id FROM versions WHERE series ="
            " (SELECT series FROM versions WHERE report_id = :id))",
            {"id": report_id},
        )
        return rows[0][0] if rows else None

    # -- writing ------------------------------------------------------------------------------

    def hold(
        self,
        source: SourceFile,
        report: Report,
        passages: Sequence[Passage],
        reasons: Sequence[HoldReason],
        kin: tuple[str, float] | None = None,
    ) -> None:
        """Keep a report as a draft.

        Args:
            source: The bytes received.
            report: Its id must not be in the record.
            passages: Its passages, in order.
            reasons: Why it waits.
            kin: Id of the report it seems to replace, and their likeness.
        """
        kin_id, likeness = kin or (None, None)
        with self._database.changing() as db:
            insert_report(db, source, report, passages)
            db.execute(
                "UPDATE reports SET status = ? WHERE report_id = ?",
                (Standing.DRAFT.value, report.report_id),
            )
            db.execute(
                "INSERT INTO drafts VALUES (?, ?, ?, ?, ?)",
                (report.report_id, json.dumps([r.value for r in reasons]), kin_id, likeness, now()),
            )

    def publish(self, report_id: str, vectors: Vectors, *, encoder: str) -> None:
        """Make a draft or an older version live with these vectors.

        Raises:
            NotFoundError: If it is not in the record.
            ValueError: If the vectors are not one per passage, or it is published already.
        """
        if self.standing(report_id) is Standing.PUBLISHED:
            raise ValueError(f"report {report_id} is published already")
        ids = [p.passage_id for p in self.passages_of(report_id)]
        with self._database.changing() as db:
            db.execute("DELETE FROM drafts WHERE report_id = ?", (report_id,))
            db.execute(
                "UPDATE reports SET status = ? WHERE report_id = ?",
                (Standing.PUBLISHED.value, report_id),
            )
            db.execute(
                "UPDATE versions SET replaced_by = NULL, replaced_at = NULL WHERE report_id = ?",
                (report_id,),
            )
            commit_report(db, report_id, ids, vectors, encoder)

    def supersede(self, old_id: str, new_id: str) -> None:
        """Let a published report step back behind a newer version, which must be in the record.

        Its text stays readable under its id, so what cites it still opens.

        Raises:
            NotFoundError: If the old one is not published.
        """
        with self._database.changing() as db:
            if not hide_report(db, old_id):
                raise NotFoundError("report", old_id)
            db.execute(
                "UPDATE reports SET status = ? WHERE report_id = ?",
                (Standing.REPLACED.value, old_id),
            )
            db.execute("INSERT OR IGNORE INTO versions VALUES (?, ?, NULL, NULL)", (old_id, old_id))
            db.execute(
                "UPDATE versions SET replaced_by = ?, replaced_at = ? WHERE report_id = ?",
                (new_id, now(), old_id),
            )
            names = {"old": old_id, "new": new_id}
            db.execute(
                "INSERT INTO versions VALUES"
                " (:new, (SELECT series FROM versions WHERE report_id = :old), NULL, NULL)"
                " ON CONFLICT DO UPDATE SET series = excluded.series",
                names,
            )
            db.execute(
                "UPDATE reports SET version = 1 + (SELECT MAX(r.version) FROM reports r"
                " JOIN versions v USING (report_id) WHERE r.report_id != :new AND v.series ="
                " (SELECT series FROM versions WHERE report_id = :old)) WHERE report_id = :new",
                names,
            )

    def discard(self, report_id: str) -> None:
        """Delete a draft with everything that belongs to it.

        Raises:
            NotFoundError: If there is no such draft.
        """
        self.hold_of(report_id)
        with self._database.changing() as db:
            delete_report(db, report_id)

    def remove(self, report_id: str, keep_until: str | None = None) -> tuple[str, ...]:
        """Delete a report and, when it is the live one, its older versions.

        Args:
            report_id: A report of any standing.
            keep_until: Until when originals are kept, None to delete them at once.

        Returns:
            The ids that were removed.

        Raises:
            NotFoundError: If it is not in the record.
        """
        if self.standing(report_id) is Standing.PUBLISHED:
            gone = tuple(v.report_id for v in self.versions_of(report_id))
        else:
            gone = (report_id,)
        with self._database.changing() as db:
            for one in gone:
                if not delete_report(db, one, keep_until):
                    raise NotFoundError("report", one)
        return gone

    # -- decisions ----------------------------------------------------------------------------

    def decide(self, action: str, report_id: str, by: str, other_id: str | None = None) -> None:
        """Note a decision of a person, as part of the transaction under way if there is one."""
        with self._database.noting() as db:
            db.execute(
                "INSERT INTO decisions (decided_at, decided_by, action, report_id, other_id)"
                " VALUES (?, ?, ?, ?, ?)",
                (now(), by, action, report_id, other_id),
            )

    def decisions(self) -> tuple["Decision", ...]:
        """Return all decisions, the oldest first."""
        rows = self._database.rows(
            "SELECT decided_at, decided_by, action, report_id, other_id FROM decisions"
            " ORDER BY decision_id"
        )
        return tuple(Decision(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a report, and when."""

    decided_at: str
    decided_by: str
    action: str  # "publish", "replace", "keep both", "refuse", "correct", "remove"
    report_id: str
    other_id: str | None
