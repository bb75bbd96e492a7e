"""`hochoi drafts`, `show-draft`, `publish`, `refuse`, `correct`."""

import argparse

from hochoi.errors import CorrectionError
from hochoi.settings import Settings
from hochoi.types import Report
from hochoi.workspace import Purpose, open_workspace
from ingest import drafts as review
from ingest.drafts import Draft, DraftLine, ReadField
from ui.admin_commands import on_kin
from ui.command_log import logged
from ui.json_output import Json, report_json
from ui.output import operator, print_json, print_line
from ui.wording.admin import CORRECTED_BY, EMPTY_DRAFTS, FIELDS, HELD, MARKS, NOT_STATED
from ui.wording.warnings import warning_sentence


def drafts(settings: Settings, options: argparse.Namespace) -> int:
    """List the reports that wait for a person."""
    with open_workspace(settings, Purpose.READ) as ws:
        lines = review.list_drafts(ws)
    if options.json:
        print_json([_line_json(line) for line in lines])
        return 0
    for line in lines:
        reasons = "; ".join(HELD[reason.value] for reason in line.hold.reasons)
        print_line(f"{line.report_id}  {line.file_name}  {line.title}\n{'':16s}  {reasons}")
    print_line(f"{len(lines)} drafts" if lines else EMPTY_DRAFTS)
    return 0


def _line_json(line: DraftLine) -> Json:
    return {
        "report_id": line.report_id,
        "file_name": line.file_name,
        "title": line.title,
        "reasons": [reason.value for reason in line.hold.reasons],
        "similar_to": line.hold.kin_id,
        "likeness": line.hold.likeness,
        "held_at": line.hold.held_at,
    }


def show_draft(settings: Settings, options: argparse.Namespace) -> int:
    """Show everything a person needs to decide about a draft."""
    with open_workspace(settings, Purpose.READ) as ws:
        found = review.draft(ws, options.report_id)
    if options.json:
        print_json(draft_json(found))
    else:
        _print_draft(found)
    return 0


def draft_json(found: Draft) -> Json:
    """Return a draft as the JSON object of `hochoi show-draft --json`."""
    report, hold = found.report, found.hold
    return {
        **report_json(report),
        "reasons": [reason.value for reason in hold.reasons],
        "held_at": hold.held_at,
        "passages": len(found.passages),
        "fields": [_field_json(field) for field in found.fields],
        "marks": [
            {
                "kind": mark.kind.value,
                "start": mark.start,
                "end": mark.end,
                "text": report.text[mark.start : mark.end],
            }
            for mark in found.marks
        ],
        "similar_to": found.kin.report_id if found.kin else None,
        "likeness": hold.likeness,
        "changes": [{"before": c.before, "after": c.after} for c in found.changes],
        "text": report.text,
    }


def _field_json(field: ReadField) -> Json:
    return {
        "name": field.name,
        "values": list(field.values),
        "spans": [[span.start, span.end] for span in field.spans],
        "sentences": list(field.sentences),
        "origin": field.origin.value,
        "corrected_by": field.corrected_by,
    }


def _print_draft(found: Draft) -> None:
    report = found.report
    print_line(f"{report.report_id}  {report.file_name}")
    print_line("; ".join(HELD[reason.value] for reason in found.hold.reasons))
    for warning in report.warnings:
        print_line(f"! {warning_sentence(warning)}")
    for mark in found.marks:
        words = report.text[mark.start : mark.end]
        print_line(f"! {MARKS[mark.kind.value]}: {words} ({mark.start}-{mark.end})")
    print_line()
    for field in found.fields:
        by = CORRECTED_BY.format(by=field.corrected_by) if field.corrected_by else ""
        values = "; ".join(field.values) or NOT_STATED
        print_line(f"{FIELDS[field.name]} ({field.name}): {values}" + (f"  [{by}]" if by else ""))
        for sentence in field.sentences:
            print_line(f"    “{sentence}”")
    if found.kin is not None:
        print_line(f"\n--- {found.kin.report_id}\n+++ {report.report_id}")
        for change in found.changes:
            for sign, side in (("-", change.before), ("+", change.after)):
                for row in side.splitlines():
                    print_line(f"{sign} {row}")
    print_line(f"\n{report.text}")


def publish(settings: Settings, options: argparse.Namespace) -> int:
    """Make a draft, or an older version, live."""
    with (
        logged(settings, "report.publish", options.report_id) as deed,
        open_workspace(settings, Purpose.WRITE) as ws,
    ):
        replaced = review.publish(ws, options.report_id, operator(), on_kin(options))
        report = ws.store.report(options.report_id)
        deed.detail = f"replaces {replaced}" if replaced else ""
    if options.json:
        print_json({**report_json(report), "replaces": replaced})
        return 0
    line = f"published {report.report_id}  {report.file_name}"
    print_line(line + (f"  replaces {replaced}" if replaced else ""))
    return 0


def refuse(settings: Settings, options: argparse.Namespace) -> int:
    """Delete a draft."""
    with (
        logged(settings, "report.refuse", options.report_id),
        open_workspace(settings, Purpose.WRITE) as ws,
    ):
        found = review.draft(ws, options.report_id).report
        review.refuse(ws, found.report_id, operator())
    if options.json:
        print_json({"refused": found.report_id, "file_name": found.file_name})
    else:
        print_line(f"refused {found.report_id}  {found.file_name}")
    return 0


def correct(settings: Settings, options: argparse.Namespace) -> int:
    """Set visit fields; all of them, or none when one cannot be set."""
    pairs = [typed.partition("=") for typed in options.fields]
    for field, sign, value in pairs:
        if not sign:
            raise CorrectionError(field, value, "FIELD=VALUE")
    with (
        logged(settings, "report.correct", options.report_id) as deed,
        open_workspace(settings, Purpose.WRITE) as ws,
        ws.store.transaction(),
    ):
        report: Report | None = None
        for field, _, value in pairs:
            report = review.correct(ws, options.report_id, field.strip(), value, operator())
        deed.detail = ", ".join(field.strip() for field, _, _ in pairs)
    if options.json and report is not None:
        print_json(report_json(report))
    elif report is not None:
        print_line(f"corrected {report.report_id}  {', '.join(p[0] for p in pairs)}")
    return 0
