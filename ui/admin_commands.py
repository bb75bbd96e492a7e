"""`hochoi ingest`, `reports`, `remove`, `rebuild`, `check`."""

import argparse
import sys

from hochoi.errors import StoreLockedError
from hochoi.settings import Settings
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.pipeline import IngestResult, IngestStatus, ingest_path, source_paths
from ui.json_output import report_json
from ui.output import print_json, print_line, warn
from ui.wording import error_sentence


def ingest(settings: Settings, options: argparse.Namespace) -> int:
    """Publish files and folders; exit 1 if any was refused."""
    from tqdm import tqdm

    paths = list(source_paths(options.paths))
    refused = 0
    with open_workspace(settings, Purpose.WRITE, on_embedding=_embedding_progress) as ws:
        bar = tqdm(paths, unit=" tệp", disable=not sys.stderr.isatty(), leave=False)
        counts = dict.fromkeys(IngestStatus, 0)
        for path in bar:
            result = ingest_path(ws, path)
            counts[result.status] += 1
            refused += result.status is IngestStatus.REFUSED
            with bar.external_write_mode():
                _print_result(result, as_json=options.json)
        notices = ws.notices
    for notice in notices:
        warn(f"note: {notice}")
    if not options.json:
        summary = ", ".join(f"{count} {status.value}" for status, count in counts.items())
        print_line(f"{len(paths)} files: {summary}")
    return 1 if refused else 0


def _print_result(result: IngestResult, *, as_json: bool) -> None:
    sentence = error_sentence(result.error) if result.error else None
    if as_json:
        print_json(
            {
                "file_name": result.file_name,
                "status": result.status.value,
                "report_id": result.report_id,
                "passages": result.passages,
                "error": str(result.error) if result.error else None,
                "sentence": sentence,
            }
        )
    elif result.error is not None:
        warn(f"{result.status.value:15s} {result.file_name}: {sentence}\nerror: {result.error}")
    else:
        detail = f"{result.passages} passages" if result.passages else ""
        line = f"{result.status.value:15s} {result.file_name}  {result.report_id}  {detail}"
        print_line(line.rstrip())


def _embedding_progress(done: int, total: int) -> None:
    if done == 1 or done % 100 == 0 or done == total:
        warn(f"embedding again with the configured model: {done} of {total} reports")


def reports(settings: Settings, options: argparse.Namespace) -> int:
    """List the published reports."""
    from contextlib import closing

    from hochoi.store import Store

    with closing(Store(settings.database_path)) as store:
        found = store.reports()
    if options.json:
        print_json([report_json(r) for r in found])
        return 0
    for report in found:
        when = report.visit.date_text.value if report.visit.date_text else "-"
        print_line(f"{report.report_id}  {report.file_name:60s}  {when:24s}  {report.title}")
    print_line(f"{len(found)} reports")
    return 0


def remove(settings: Settings, options: argparse.Namespace) -> int:
    """Remove one report with everything made from it."""
    with open_workspace(settings, Purpose.WRITE) as ws:
        report = ws.store.report(options.report_id)
        ws.store.remove(report.report_id)
    print_line(f"removed {report.report_id}  {report.file_name}")
    return 0


def rebuild(settings: Settings, options: argparse.Namespace) -> int:
    """Make vectors that need it, and all indexes, anew."""
    with open_workspace(settings, Purpose.WRITE, on_embedding=_embedding_progress) as ws:
        if not ws.owns_index:
            raise StoreLockedError(str(settings.var), "the server, which keeps its own index")
        count = ws.rebuild()
    print_line(f"rebuilt the indexes of {count} passages from the record")
    return 0


def check(settings: Settings, options: argparse.Namespace) -> int:
    """Compare record, originals and indexes; exit 1 when something is wrong."""
    with open_workspace(settings, Purpose.READ) as ws:
        problems = [*ws.store.integrity_problems(), *_index_problems(ws), *ws.notices]
        summary = {"reports": len(ws.reports), "passages": len(ws.exact), "problems": problems}
    if options.json:
        print_json(summary)
    else:
        for problem in problems:
            print_line(f"problem: {problem}")
        print_line(f"{len(ws.reports)} reports, {len(ws.exact)} passages, {len(problems)} problems")
    return 1 if problems else 0


def _index_problems(ws: Workspace) -> list[str]:
    found = []
    if ws.exact.passage_ids and set(ws.exact.passage_ids) != ws.lexical.passage_ids():
        found.append("the keyword index does not hold exactly the published passages")
    reason = ws.chroma_problem()
    if reason is not None:
        found.append(f"the vector index needs a rebuild: {reason}")
    return found
