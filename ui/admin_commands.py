"""`hochoi ingest`, `reports`, `remove`, `rebuild`."""

import argparse
import sys

from hochoi.errors import StoreLockedError
from hochoi.record.receipts import Receipt, Receipts
from hochoi.record.shelf import Shelf
from hochoi.settings import Settings
from hochoi.types import Report
from hochoi.workspace import Purpose, open_workspace
from ingest.intake import OnKin
from ingest.pipeline import IngestResult, IngestStatus, Policy, ingest_paths, source_paths
from ui.command_log import logged, note
from ui.json_output import Json, report_json
from ui.lifecycle.jobs import enqueue
from ui.lifecycle.removing import remove_everywhere
from ui.output import operator, print_json, print_line, warn
from ui.wording import error_sentence
from ui.wording.admin import (
    HELD,
    HELD_SENTENCE,
    KIN_SENTENCE,
    REPLACED_SENTENCE,
    VERSION_SENTENCE,
)
from ui.wording.warnings import warning_sentence

_ALWAYS_SUMMED = (IngestStatus.ADDED, IngestStatus.PRESENT, IngestStatus.REFUSED)


def ingest(settings: Settings, options: argparse.Namespace) -> int:
    """Publish files and folders; exit 1 if any was refused."""
    from tqdm import tqdm

    paths = list(source_paths(options.paths))
    policy = Policy(options.review, on_kin(options), operator())
    if options.queue:
        return enqueue(settings, paths, policy, as_json=options.json)
    counts = dict.fromkeys(IngestStatus, 0)
    note(settings, "report.ingest", detail=f"begun: {len(paths)} files")
    with open_workspace(settings, Purpose.WRITE, on_embedding=embedding_progress) as ws:
        bar = tqdm(total=len(paths), unit=" tệp", disable=not sys.stderr.isatty(), leave=False)
        for result in ingest_paths(ws, paths, policy):
            counts[result.status] += 1
            with bar.external_write_mode():
                _print_result(result, as_json=options.json)
            bar.update()
        bar.close()
        notices = ws.notices
    for notice in notices:
        warn(f"note: {notice}")
    summed = [s for s in IngestStatus if counts[s] or s in _ALWAYS_SUMMED]
    summary = ", ".join(f"{counts[status]} {status.value}" for status in summed)
    note(settings, "report.ingest", detail=summary)
    if not options.json:
        print_line(f"{sum(counts.values())} files: {summary}")
    return 1 if counts[IngestStatus.REFUSED] else 0


def on_kin(options: argparse.Namespace) -> OnKin:
    """Return what the options say about a new version of a published report."""
    if options.replace:
        return OnKin.REPLACE
    return OnKin.KEEP_BOTH if options.keep_both else OnKin.ASK


def _print_result(result: IngestResult, *, as_json: bool) -> None:
    sentence = error_sentence(result.error) if result.error else " ".join(_sentences(result))
    if as_json:
        print_json(
            {
                "file_name": result.file_name,
                "status": result.status.value,
                "report_id": result.report_id,
                "passages": result.passages,
                "error": str(result.error) if result.error else None,
                "sentence": sentence or None,
                "reasons": [reason.value for reason in result.reasons],
                "similar": [
                    {
                        "report_id": kin.report_id,
                        "likeness": round(kin.likeness, 3),
                        "same_visit": kin.is_same_visit,
                    }
                    for kin in result.kin
                ],
                "replaces": result.replaces,
                "warnings": list(result.warnings),
            }
        )
    elif result.error is not None:
        warn(f"{result.status.value:15s} {result.file_name}: {sentence}\nerror: {result.error}")
    else:
        detail = f"{result.passages} passages" if result.passages else ""
        line = f"{result.status.value:15s} {result.file_name}  {result.report_id}  {detail}"
        print_line(line.rstrip())
        if sentence:
            warn(f"{'':15s} {sentence}")


def _sentences(result: IngestResult) -> list[str]:
    """Return what a person should know about a file that was not refused."""
    found = [warning_sentence(warning) for warning in result.warnings]
    report_id = result.report_id or ""
    if result.reasons:
        reasons = "; ".join(HELD[reason.value] for reason in result.reasons)
        found.append(HELD_SENTENCE.format(reasons=reasons, report_id=report_id))
    if result.replaces:
        found.append(REPLACED_SENTENCE.format(other_id=result.replaces))
    for kin in result.kin:
        if kin.report_id != result.replaces:
            sentence = VERSION_SENTENCE if kin.is_version and result.reasons else KIN_SENTENCE
            percent = round(100 * kin.likeness)
            found.append(
                sentence.format(percent=percent, other_id=kin.report_id, report_id=report_id)
            )
    return found


def embedding_progress(done: int, total: int) -> None:
    """Tell how far making vectors anew has come."""
    if done == 1 or done % 100 == 0 or done == total:
        warn(f"embedding again with the configured model: {done} of {total} reports")


def reports(settings: Settings, options: argparse.Namespace) -> int:
    """List the published reports; with `--all` drafts, older versions and refused files too."""
    from contextlib import closing

    from hochoi.store import Store

    with closing(Store(settings.database_path)) as store:
        found = store.reports()
        refused: tuple[Receipt, ...] = ()
        if options.all:
            found = (*found, *Shelf(store.database).others())
            refused = Receipts(store.database).refused()
    if options.json:
        print_json([report_json(r) for r in found] + [refused_json(r) for r in refused])
        return 0
    for report in found:
        print_line(_report_line(report, with_status=options.all))
    for receipt in refused:
        print_line(
            f"{'-':16s}  refused    {receipt.file_name}  {refused_json(receipt)['sentence']}"
        )
    print_line(f"{len(found)} reports" + (f", {len(refused)} refused files" if options.all else ""))
    return 0


def _report_line(report: Report, *, with_status: bool) -> str:
    when = report.visit.date_text.value if report.visit.date_text else "-"
    status = f"{report.status:9s}  " if with_status else ""
    return f"{report.report_id}  {status}{report.file_name:60s}  {when:24s}  {report.title}"


def refused_json(receipt: Receipt) -> Json:
    """Return a refused file as a line of `hochoi reports --all --json`."""
    error = receipt.refusal
    return {
        "report_id": None,
        "file_name": receipt.file_name,
        "status": receipt.state.value,
        "error": str(error) if error else None,
        "sentence": error_sentence(error) if error else None,
        "received_at": receipt.received_at,
    }


def remove(settings: Settings, options: argparse.Namespace) -> int:
    """Remove one report with everything made from it, its older versions included."""
    with (
        logged(settings, "report.remove", options.report_id) as deed,
        open_workspace(settings, Purpose.WRITE) as ws,
    ):
        report = Shelf(ws.store.database).report(options.report_id)
        days = settings.keep_originals_days
        gone = remove_everywhere(ws, deed.people, report.report_id, operator(), days)
        deed.objects = list(gone)
    if options.json:
        print_json({"removed": list(gone), "file_name": report.file_name})
        return 0
    print_line(f"removed {report.report_id}  {report.file_name}")
    for older in gone:
        if older != report.report_id:
            print_line(f"removed {older}  (older version)")
    return 0


def rebuild(settings: Settings, options: argparse.Namespace) -> int:
    """Make vectors that need it, and all indexes, anew."""
    with (
        logged(settings, "library.rebuild") as deed,
        open_workspace(settings, Purpose.WRITE, on_embedding=embedding_progress) as ws,
    ):
        if not ws.owns_index:
            raise StoreLockedError(str(settings.var), "the server, which keeps its own index")
        count = ws.rebuild()
        deed.detail = f"{count} passages"
    if options.json:
        print_json({"passages": count})
        return 0
    print_line(f"rebuilt the indexes of {count} passages from the record")
    return 0
