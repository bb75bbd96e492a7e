"""`hochoi ask` and `hochoi search`."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from hochoi.answering import answer
from hochoi.errors import HocHoiError, QuestionError, TestSetError
from hochoi.retrieval import prepare, retrieve
from hochoi.settings import Settings
from hochoi.types import Answer, Filters, Outcome
from hochoi.workspace import Purpose, Workspace, open_workspace
from ui.json_output import answer_json, hit_json
from ui.output import print_json, print_line, warn
from ui.wording import error_sentence


def ask(settings: Settings, options: argparse.Namespace) -> int:
    """Answer one question, or a file of them with one start-up."""
    if options.file is None and options.question is None:
        raise QuestionError("empty", settings.max_question_chars)
    filters = _filters(options)
    rows = list(_rows(options.file)) if options.file is not None else []
    with open_workspace(settings, Purpose.READ) as ws:
        _tell(ws)
        if options.file is not None:
            return _ask_all(ws, rows, filters)
        found = answer(ws, options.question, filters, tuple(options.history))
    if options.json:
        print_json(answer_json(found))
    else:
        _print_answer(found)
    return 0


def _ask_all(ws: Workspace, rows: list[tuple[str, str, tuple[str, ...]]], filters: Filters) -> int:
    failed = 0
    for row_id, question, history in rows:
        try:
            print_json({"id": row_id, **answer_json(answer(ws, question, filters, history))})
        except HocHoiError as exc:
            failed = 1
            warn(f"{row_id}: {error_sentence(exc)} / error: {exc}")
            print_json({"id": row_id, "question": question, "error": str(exc)})
    return failed


def _rows(path: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (id, question, history) of each line.

    Raises:
        TestSetError: If the file cannot be read, or a line is not such an object; names all.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise TestSetError(str(path), [str(exc)]) from exc
    bad, rows = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            history = data.get("history") or []
            rows.append((str(data["id"]), str(data["question"]), tuple(map(str, history))))
        except (ValueError, KeyError, TypeError, AttributeError) as exc:
            bad.append(f"line {number}: {type(exc).__name__} {exc}")
    if bad:
        raise TestSetError(str(path), bad)
    yield from rows


def _filters(options: argparse.Namespace) -> Filters:
    return Filters(options.province, options.year, options.topic)


def _tell(ws: Workspace) -> None:
    for notice in ws.notices:
        warn(f"note: {notice}")


def _print_answer(found: Answer) -> None:
    if found.outcome is not Outcome.ANSWERED:
        print_line(found.notice or "")
    for sentence in found.sentences:
        numbers = sorted({c.number for c in sentence.citations})
        print_line(f"{sentence.text} {''.join(f'[{n}]' for n in numbers)}")
    if found.sources:
        print_line()
    for source in found.sources:
        report = source.report
        print_line(f"[{source.number}] {report.title} ({report.file_name}, {report.report_id})")
    if found.related and not found.sources:
        print_line()
        for report in found.related:
            print_line(f"  - {report.title} ({report.file_name}, {report.report_id})")


def search(settings: Settings, options: argparse.Namespace) -> int:
    """List hits, best first."""
    if options.k < 1:
        raise QuestionError(f"asked for {options.k} hits", settings.max_question_chars)
    with open_workspace(settings, Purpose.READ) as ws:
        _tell(ws)
        hits = retrieve(ws, prepare(options.query, _filters(options), ws), options.k)
        if options.json:
            print_json([hit_json(h, ws.reports[h.passage.report_id]) for h in hits])
            return 0
        for hit in hits:
            report = ws.reports[hit.passage.report_id]
            words = " ".join(hit.passage.text.split())[:160]
            print_line(f"{hit.rank:3d}  {hit.score:.3f}  {report.title}\n       {words}")
    return 0
