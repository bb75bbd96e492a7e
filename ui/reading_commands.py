"""`hochoi ask` and `hochoi search`."""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from hochoi.answering import answer
from hochoi.errors import HocHoiError, NotFoundError, TestSetError
from hochoi.explaining import explain
from hochoi.question import Query
from hochoi.retrieval import prepare, retrieve
from hochoi.settings import Settings
from hochoi.types import Answer, Choice, Filters, Outcome, Report
from hochoi.understanding.topic_names import suggest_topic
from hochoi.workspace import Purpose, Workspace, open_workspace
from ui.answer_table import citation_marks, table_lines
from ui.explain_output import explanation_json, explanation_lines
from ui.json_output import answer_json, hit_json
from ui.output import print_json, print_line, terminal_width, warn
from ui.wording import Language, error_sentence, label


def ask(settings: Settings, options: argparse.Namespace) -> int:
    """Answer one question, or a file of them with one start-up."""
    if (options.file is None) == (options.question is None):
        warn("hochoi ask: error: give either QUESTION or --file")
        return 2
    rows = list(_rows(options.file)) if options.file is not None else []
    with open_workspace(settings, Purpose.READ) as ws:
        _tell(ws)
        filters = _filters(ws, options)
        if options.file is not None:
            return _ask_all(ws, rows, filters)
        found = answer(ws, options.question, filters, tuple(options.history))
    if options.json:
        print_json(answer_json(found))
    else:
        print_answer(found)
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
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise TestSetError(str(path), [str(exc)]) from exc
    bad, rows = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line)))
        except RecursionError:
            bad.append(f"line {number}: nested too deeply")
        except ValueError as exc:
            bad.append(f"line {number}: {exc}")
    if bad:
        raise TestSetError(str(path), bad)
    yield from rows


def _row(data: object) -> tuple[str, str, tuple[str, ...]]:
    """Return (id, question, history) of one object.

    Raises:
        ValueError: If a part is missing or of another kind.
    """
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    row_id, question, history = data.get("id"), data.get("question"), data.get("history") or []
    if not isinstance(row_id, str | int) or isinstance(row_id, bool):
        raise ValueError('"id" must be a text or a whole number')
    if not isinstance(question, str):
        raise ValueError('"question" must be a text')
    if not isinstance(history, list) or not all(isinstance(h, str) for h in history):
        raise ValueError('"history" must be a list of texts')
    return str(row_id), question, tuple(history)


def _filters(ws: Workspace, options: argparse.Namespace) -> Filters:
    """Return what the options restrict the search to.

    Raises:
        NotFoundError: If there is no such province or topic; silence would look like no answer.
    """
    province, topic = options.province, options.topic
    known = {*ws.provinces.current_names}
    if province is not None and province not in known and not ws.provinces.canonical(province):
        raise NotFoundError("province", province, ws.provinces.nearest(province))
    if topic is not None and topic not in ws.topics.codes:
        raise NotFoundError("topic", topic, suggest_topic(ws.topics, topic))
    return Filters(province, options.year, topic, frozenset(options.without))


def _tell(ws: Workspace) -> None:
    for notice in ws.notices:
        warn(f"note: {notice}")


def print_answer(found: Answer) -> None:
    """Print an answer for a terminal: sentences or rows, choices when it asks back, reports."""
    understood = found.understood
    if understood is not None and understood.question.strip() != found.question.strip():
        meant = label("understood_as", Language.VI, question=understood.question)
        print_line(f"({meant})")
    if found.outcome is not Outcome.ANSWERED:
        print_line(found.notice or "")
    elif found.notice:  # it speaks of the answer "below"
        print_line(f"({found.notice})")
    for sentence in found.sentences:
        print_line(f"{sentence.text} {citation_marks(sentence.citations)}")
    for line in (
        ["", *table_lines(found.table, terminal_width())] if found.table is not None else []
    ):
        print_line(line)
    if found.generator is not None:
        print_line(f"({label('model_written', Language.VI, generator=found.generator)})")
    if found.suggestion:
        print_line(label("did_you_mean", Language.VI, question=found.suggestion))
    if found.choices:
        _print_choices(found.choices)
    else:
        _print_reports(found)


def _print_choices(choices: Sequence[Choice]) -> None:
    """Print what a vague question may mean: each visit, and the question that asks about it."""
    for number, choice in enumerate(choices, 1):
        print_line(f"{number}. {choice.label}")
        print_line(f"   → {choice.question}")


def _print_reports(found: Answer) -> None:
    """Print the sources, or where there are none the nearest reports."""
    lines = [f"[{s.number}] {_report_line(s.report)}" for s in found.sources]
    if not lines:
        lines = [f"  - {_report_line(report)}" for report in found.related]
    for line in ["", *lines] if lines else []:
        print_line(line)


def _report_line(report: Report) -> str:
    return f"{report.title} ({report.file_name}, {report.report_id})"


def search(settings: Settings, options: argparse.Namespace) -> int:
    """List hits, best first."""
    with open_workspace(settings, Purpose.READ) as ws:
        _tell(ws)
        query = prepare(options.query, _filters(ws, options), ws)
        if options.explain or options.expect is not None:
            _explain(ws, query, options)
            return 0
        hits = retrieve(ws, query, options.k)
        if options.json:
            print_json([hit_json(h, ws.reports[h.passage.report_id]) for h in hits])
            return 0
        for hit in hits:
            report = ws.reports[hit.passage.report_id]
            words = " ".join(hit.passage.text.split())[:160]
            print_line(f"{hit.rank:3d}  {hit.score:.3f}  {report.title}\n       {words}")
    return 0


def _explain(ws: Workspace, query: Query, options: argparse.Namespace) -> None:
    found = explain(ws, query, options.k, options.expect)
    if options.json:
        print_json(explanation_json(found))
        return
    for line in explanation_lines(found):
        print_line(line)
