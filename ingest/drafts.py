"""Reports that wait for a person: list, show, correct, publish, refuse. For command line and page.

Every decision is noted with who made it. Does not print and knows no page.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hochoi.errors import DecisionNeededError, NotFoundError
from hochoi.index_text import index_text
from hochoi.language.sentences import sentence_spans
from hochoi.record.corrections import KEYS, Corrections, part_of
from hochoi.record.shelf import Hold
from hochoi.record.states import FileState, Standing
from hochoi.types import Origin, Passage, Report, Span, Visit
from ingest.correcting import corrected
from ingest.intake import OnKin, WriteSide, receipts_of, shelf_of
from ingest.kinship import Difference, differences
from ingest.personal_data import Mark, find_marks


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line of the list of drafts."""

    report_id: str
    file_name: str
    title: str
    hold: Hold


@dataclass(frozen=True, slots=True)
class ReadField:
    """A visit field as it stands, with the sentences of the report it was read from."""

    name: str  # one of `hochoi.record.corrections.KEYS`
    values: tuple[str, ...]  # as text; empty: not stated
    spans: tuple[Span, ...]  # of `Report.text`; of a value that a person typed there is none
    sentences: tuple[str, ...]  # around the spans, each once
    origin: Origin
    corrected_by: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a person needs to decide about a draft."""

    report: Report
    hold: Hold
    fields: tuple[ReadField, ...]
    marks: tuple[Mark, ...]
    passages: tuple[Passage, ...]
    kin: Report | None  # the published report it seems to be a new version of
    changes: tuple[Difference, ...]  # from the text of `kin` to its own


def list_drafts(ws: WriteSide) -> tuple[DraftLine, ...]:
    """Return all drafts, the longest waiting first."""
    shelf = shelf_of(ws)
    lines = ((hold, shelf.report(hold.report_id)) for hold in shelf.holds())
    return tuple(DraftLine(r.report_id, r.file_name, r.title, hold) for hold, r in lines)


def draft(ws: WriteSide, report_id: str) -> Draft:
    """Return one draft.

    Raises:
        NotFoundError: If there is no such draft.
    """
    shelf = shelf_of(ws)
    hold, report = shelf.hold_of(report_id), shelf.report(report_id)
    kin = _kin(ws, hold)
    return Draft(
        report=report,
        hold=hold,
        fields=fields_of(ws, report),
        marks=find_marks(report.text),
        passages=shelf.passages_of(report_id),
        kin=kin,
        changes=differences(kin.text, report.text) if kin else (),
    )


def _kin(ws: WriteSide, hold: Hold) -> Report | None:
    """Return the live version of the report that a draft resembles, if there is one still."""
    current = shelf_of(ws).current_of(hold.kin_id) if hold.kin_id else None
    return ws.store.report(current) if current else None


def fields_of(ws: WriteSide, report: Report) -> tuple[ReadField, ...]:
    """Return all visit fields of a report of any standing, in the order of `KEYS`."""
    by = {c.field: c.corrected_by for c in Corrections(ws.store.database).of(report.report_id)}
    sentences = sentence_spans(report.text)
    return tuple(_read_field(report, name, by.get(name), sentences) for name in KEYS)


def _read_field(
    report: Report, name: str, corrected_by: str | None, sentences: Sequence[Span]
) -> ReadField:
    stored = json.loads(part_of(report.visit, name))
    items = [i for v in stored.values() for i in (v if isinstance(v, list) else [v]) if i]
    stated = [item for item in items if isinstance(item, dict)]
    spans = tuple(Span(i["start"], i["end"]) for i in stated if i["end"] > i["start"])
    around = (s for s in sentences if any(s.start < p.end and p.start < s.end for p in spans))
    return ReadField(
        name=name,
        values=tuple(_shown(item) for item in items),
        spans=spans,
        sentences=tuple(report.text[s.start : s.end] for s in around),
        origin=Origin.PERSON if corrected_by else Origin.RULE,
        corrected_by=corrected_by,
    )


def _shown(item: object) -> str:
    value = item["value"] if isinstance(item, dict) else item
    if isinstance(value, dict):  # a party or a person
        parts = [value["text"]] if "text" in value else [value["name"], value["title"]]
        return ", ".join(str(part) for part in parts if part)
    return str(value)


def correct(ws: WriteSide, report_id: str, field: str, typed: str, by: str) -> Report:
    """Set a visit field of a draft or a published report as a person typed it.

    The text and its vectors stay as they are. The correction stays over every later reading of
    the report, and goes over to a new version whose text says the same there.

    Raises:
        NotFoundError: If the report is not in the record.
        CorrectionError: If there is no such field, or it cannot hold that.
    """
    shelf = shelf_of(ws)
    before = shelf.report(report_id).visit
    after = corrected(before, field, typed, ws.provinces, ws.topics)
    with ws.store.transaction():
        Corrections(ws.store.database).set(report_id, field, before, after, by)
        shelf.decide(f"correct {field}", report_id, by)
    return shelf.report(report_id)


def publish(ws: WriteSide, report_id: str, by: str, on_kin: OnKin = OnKin.ASK) -> str | None:
    """Make a draft, or an older version, live.

    An older version takes the place of the live one. Embedding happens here, so that what was
    corrected meanwhile is embedded too.

    Returns:
        The id of the report that it replaced, None if it replaced none.

    Raises:
        NotFoundError: If there is no such draft or older version.
        DecisionNeededError: If it seems to be a new version, and `on_kin` does not decide.
    """
    shelf = shelf_of(ws)
    standing = shelf.standing(report_id)
    if standing is Standing.REPLACED:
        replaced = shelf.current_of(report_id)
    else:
        kin = _kin(ws, shelf.hold_of(report_id))
        if kin is not None and on_kin is OnKin.ASK:
            raise DecisionNeededError(report_id, kin.report_id)
        replaced = kin.report_id if kin and on_kin is OnKin.REPLACE else None
    with ws.store.transaction():
        if replaced is not None and standing is Standing.DRAFT:
            _carry_over(ws, replaced, report_id)
        report, passages = shelf.report(report_id), shelf.passages_of(report_id)
        vectors = ws.encoder.encode_passages([index_text(report.visit, p) for p in passages])
        shelf.publish(report_id, vectors, encoder=ws.encoder_name)
        if replaced is not None:
            shelf.supersede(replaced, report_id)
        receipts_of(ws).settle(report_id, FileState.PUBLISHED)
        shelf.decide("replace" if replaced else "publish", report_id, by, replaced)
    return replaced


def _carry_over(ws: WriteSide, old_id: str, new_id: str) -> None:
    """Bring over corrections of the version before; those made to the draft itself stay."""
    corrections = Corrections(ws.store.database)
    own: Visit = shelf_of(ws).report(new_id).visit
    corrections.carry_over(old_id, new_id, own)


def refuse(ws: WriteSide, report_id: str, by: str) -> None:
    """Delete a draft with everything that belongs to it.

    Raises:
        NotFoundError: If there is no such draft.
    """
    shelf = shelf_of(ws)
    with ws.store.transaction():
        shelf.discard(report_id)
        shelf.decide("refuse", report_id, by)


def removed_with(ws: WriteSide, report_id: str) -> tuple[str, ...]:
    """Return the ids that removing a report removes: with a live one its older versions.

    Raises:
        NotFoundError: If it is not in the record.
    """
    shelf = shelf_of(ws)
    if not shelf.is_kept(report_id):
        raise NotFoundError("report", report_id)
    if shelf.standing(report_id) is not Standing.PUBLISHED:
        return (report_id,)
    return tuple(version.report_id for version in shelf.versions_of(report_id))


def remove(ws: WriteSide, report_id: str, by: str, keep_days: int = 0) -> tuple[str, ...]:
    """Delete a report of any standing; with a live one its older versions.

    Args:
        ws: The open library.
        report_id: The report.
        by: Who decided.
        keep_days: How long originals are kept; 0 deletes them at once.

    Returns:
        The ids that were removed.

    Raises:
        NotFoundError: If it is not in the record.
    """
    shelf = shelf_of(ws)
    if not shelf.is_kept(report_id):
        raise NotFoundError("report", report_id)
    until = datetime.now(UTC) + timedelta(days=keep_days)
    keep_until = until.isoformat(timespec="seconds") if keep_days else None
    with ws.store.transaction():
        gone = shelf.remove(report_id, keep_until)
        for one in gone:
            shelf.decide("remove", one, by)
    return gone
