"""`hochoi jobs` and `hochoi ingest --queue`: files that the server works off."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal

from hochoi.errors import IngestError
from hochoi.record.receipts import Receipt
from hochoi.record.states import FileState
from hochoi.settings import Settings
from hochoi.store import Store
from hochoi.types import SourceFile
from ingest.archives import contents_of
from ingest.files import load
from ingest.intake import Policy
from ingest.jobs import JobView, Queue
from ui.command_log import logged
from ui.json_output import Json
from ui.output import print_json, print_line, warn
from ui.wording import error_sentence
from ui.wording.admin import EMPTY_JOBS, LESS_THAN_A_MINUTE, MINUTES_LEFT


def enqueue(settings: Settings, paths: Sequence[Path], policy: Policy, *, as_json: bool) -> int:
    """Keep files for the server; exit 1 if one cannot be opened, the others are kept."""
    found = [one for path in paths for one in _opened(path, settings.max_file_mb)]
    sources = [one for one in found if isinstance(one, SourceFile)]
    for exc in found:
        if isinstance(exc, IngestError):
            warn(f"refused         {exc.file_name}: {error_sentence(exc)}\nerror: {exc}")
    refused = len(found) - len(sources)
    job_id = _handed_over(settings, sources, policy) if sources else None
    if as_json:
        print_json({"job_id": job_id, "files": len(sources), "refused": refused})
    elif job_id is not None:
        print_line(f"job {job_id}: {len(sources)} files wait for the server")
    return 1 if refused else 0


def _handed_over(settings: Settings, sources: Sequence[SourceFile], policy: Policy) -> int:
    with (
        logged(settings, "report.upload") as deed,
        closing(Store(settings.database_path)) as store,
    ):
        job_id = Queue(store.database).enqueue(sources, policy)
        deed.objects, deed.detail = [str(job_id)], f"{len(sources)} files"
    return job_id


def _opened(path: Path, max_mb: int) -> list[SourceFile | IngestError]:
    """Return a file, the files of an archive, or the error that stands for it."""
    try:
        return contents_of(load(path, max_mb), max_mb * 2**20)
    except IngestError as exc:
        return [exc]


def jobs(settings: Settings, options: argparse.Namespace) -> int:
    """List jobs, or cancel or retry one."""
    if options.cancel is not None:
        return _change(settings, "cancel", options.cancel, as_json=options.json)
    if options.retry is not None:
        return _change(settings, "retry", options.retry, as_json=options.json)
    with closing(Store(settings.database_path)) as store:
        views = Queue(store.database).jobs()
    if options.json:
        print_json([job_json(view) for view in views])
        return 0
    for view in views:
        print_line(_line(view))
        for file in view.job.files:
            print_line(_file_line(file))
    if not views:
        print_line(EMPTY_JOBS)
    return 0


def _change(
    settings: Settings, deed_name: Literal["cancel", "retry"], job_id: int, *, as_json: bool
) -> int:
    with (
        logged(settings, f"job.{deed_name}", str(job_id)) as deed,
        closing(Store(settings.database_path)) as store,
    ):
        queue = Queue(store.database)
        files = queue.cancel(job_id) if deed_name == "cancel" else queue.retry(job_id)
        deed.detail = f"{files} files"
    what = "cancelled" if deed_name == "cancel" else "waiting"
    if as_json:
        print_json({"job_id": job_id, what: files})
    else:
        print_line(f"job {job_id}: {files} files {what}")
    return 0


def job_json(view: JobView) -> Json:
    """Return a job as `hochoi jobs --json` prints it."""
    return {
        "job_id": view.job.job_id,
        "state": view.state.value,
        "asked_by": view.job.asked_by,
        "asked_at": view.job.asked_at,
        "started_at": view.job.started_at,
        "ended_at": view.job.ended_at,
        "done": view.done,
        "count": view.count,
        "bytes_done": view.bytes_done,
        "bytes_total": view.bytes_total,
        "seconds_left": None if view.seconds_left is None else round(view.seconds_left, 1),
        "files": [_file_json(file) for file in view.job.files],
    }


def _file_json(file: Receipt) -> Json:
    return {
        "file_name": file.file_name,
        "state": file.state.value,
        "report_id": file.report_id,
        "passages": file.passages,
        "embedded": file.embedded,
        "attempts": file.attempts,
        "error": str(file.refusal) if file.refusal else None,
        "sentence": error_sentence(file.refusal) if file.refusal else None,
    }


def _line(view: JobView) -> str:
    left = view.seconds_left
    words = ""
    if left is not None:
        minutes = round(left / 60)
        words = "  " + (MINUTES_LEFT.format(minutes=minutes) if minutes else LESS_THAN_A_MINUTE)
    return f"job {view.job.job_id}  {view.state.value}  {view.done}/{view.count} files{words}"


def _file_line(file: Receipt) -> str:
    line = f"    {file.state.value:15s} {file.file_name}"
    if file.refusal is not None:
        return f"{line}: {error_sentence(file.refusal)}"
    if file.state is FileState.DESCRIBED:
        return f"{line}  {file.embedded}/{file.passages} passages"
    return f"{line}  {file.report_id or ''}".rstrip()
