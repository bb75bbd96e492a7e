"""Fields of a visit that a person corrected: kept beside the report, laid over what rules read.

A field is one or several keys of the stored form of a visit (`hochoi/visit_codec.py`). Does not
know how a person writes a value; `ingest/correcting.py` does.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from hochoi.record.database import Database
from hochoi.record.writing import now
from hochoi.types import Visit
from hochoi.visit_codec import decode_visit, encode_visit

KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "host": ("host",),
    "visitors": ("visitors",),
    "date": ("date_text", "date_first", "date_last"),
    "places": ("places",),
    "head_of_delegation": ("head_of_delegation",),
    "deputy_heads": ("deputy_heads",),
    "host_leads": ("host_leads",),
    "participants": ("participants",),
    "document_numbers": ("document_numbers",),
    "topics": ("topics",),
    "source_url": ("source_url",),
    "published": ("published",),
}
"""Each field that can be corrected, with the keys of the stored visit that it sets."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One corrected field. `value` and `was` are JSON objects with the keys of the field."""

    report_id: str
    field: str
    value: str
    was: str  # what the field held before the first correction
    corrected_by: str
    corrected_at: str


def part_of(visit: Visit, field: str) -> str:
    """Return a field of a visit as JSON.

    Raises:
        KeyError: If there is no such field.
    """
    stored = json.loads(encode_visit(visit))
    return json.dumps({key: stored[key] for key in KEYS[field]}, ensure_ascii=False)


def with_part(visit: Visit, part: str) -> Visit:
    """Return a visit with a field set to what `part_of` returned for another one."""
    return decode_visit(json.dumps(json.loads(encode_visit(visit)) | json.loads(part)))


class Corrections:
    """The corrections of all reports."""

    def __init__(self, database: Database) -> None:
        """Use an open record."""
        self._database = database

    def of(self, report_id: str) -> tuple[Correction, ...]:
        """Return the corrections of a report, by name of the field."""
        rows = self._database.rows(
            "SELECT report_id, field, value, was, corrected_by, corrected_at FROM corrections"
            " WHERE report_id = ? ORDER BY field",
            (report_id,),
        )
        return tuple(Correction(*row) for row in rows)

    def set(self, report_id: str, field: str, before: Visit, after: Visit, by: str) -> None:
        """Store a corrected field and the visit with it, in one transaction.

        The vectors stay; readers see the change through the revision of the commit row.
        """
        with self._database.changing() as db:
            db.execute(
                "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " value = excluded.value, corrected_by = excluded.corrected_by,"
                " corrected_at = excluded.corrected_at",
                (report_id, field, part_of(after, field), part_of(before, field), by, now()),
            )
            self.store_visit(report_id, after)

    def store_visit(self, report_id: str, visit: Visit) -> None:
        """Exchange the visit of a report, as part of the transaction under way if there is one."""
        with self._database.changing() as db:
            db.execute(
                "UPDATE reports SET visit = ? WHERE report_id = ?",
                (encode_visit(visit), report_id),
            )
            db.execute(
                "UPDATE commits SET revision ="
                " (SELECT CAST(value AS INTEGER) + 1 FROM meta WHERE key = 'revision')"
                " WHERE report_id = ?",
                (report_id,),
            )

    def carry_over(self, old_id: str, new_id: str, visit: Visit) -> tuple[Visit, tuple[str, ...]]:
        """Give a new version the corrections of the one before, where its text says the same.

        A field is carried over when the rules read from the new text what they had read from the
        old one before the correction; else the new text speaks for itself.

        Args:
            old_id: The version before.
            new_id: The new version; its row must be in the record.
            visit: Of the new version, as the rules read it.

        Returns:
            The visit with the corrections, and the fields that were not carried over.
        """
        left: list[str] = []
        with self._database.changing() as db:
            for item in self.of(old_id):
                if _values(part_of(visit, item.field)) != _values(item.was):
                    left.append(item.field)
                    continue
                visit = with_part(visit, item.value)
                db.execute(
                    "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        new_id,
                        item.field,
                        item.value,
                        item.was,
                        item.corrected_by,
                        item.corrected_at,
                    ),
                )
            self.store_visit(new_id, visit)
        return visit, tuple(left)


def _values(part: str) -> object:
    """Return the values of a field without the places they were read from."""

    def plain(item: object) -> object:
        if isinstance(item, dict):
            return {k: plain(v) for k, v in item.items() if k not in ("start", "end", "origin")}
        return [plain(v) for v in item] if isinstance(item, list) else item

    return plain(json.loads(part))
