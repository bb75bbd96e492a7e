"""A test set <-> one CSV file that people edit in a spreadsheet, accents and line breaks intact.

One question a row: `id, question, history, kind, tags, answerable, ask_back, expected, relevant,
nearest`; several values of a cell stand on lines of their own, a grade other than 1 behind `=`.
Written with a byte order mark, without which spreadsheets take UTF-8 for something else; read
with commas, semicolons or tabs, as spreadsheets of different languages write them. Corpora of
their own stay in `corpus.jsonl`.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from evaluation.runs import replace_text
from evaluation.testset import Expectation, TestSet, read_testset
from hochoi.errors import TestSetError
from hochoi.spreadsheet import spreadsheet_csv
from hochoi.text import nfc

COLUMNS = (
    "id", "question", "history", "kind", "tags", "answerable", "ask_back", "expected", "relevant",
    "nearest",
)  # fmt: skip
_YES = frozenset({"1", "true", "yes", "x", "có", "đúng"})
_NO = frozenset({"0", "false", "no", "", "không", "sai"})
_FORMULA = re.compile(r"'[=+\-@\t\r]")


def to_csv(testset: TestSet) -> str:
    """Return the questions of a test set as CSV, with a byte order mark."""
    expectations = {e.query_id: e for e in testset.expectations}
    grades: dict[str, list[str]] = {}
    for qrel in testset.qrels:
        grade = "" if qrel.relevance == 1 else f"={qrel.relevance}"
        grades.setdefault(qrel.query_id, []).append(f"{qrel.doc_id}{grade}")
    rows: list[Sequence[str]] = [COLUMNS]
    for question in testset.questions:
        known = expectations.get(question.query_id) or Expectation(question.query_id)
        row = (
            question.query_id,
            question.text,
            "\n".join(question.history),
            known.kind,
            "\n".join(known.tags),
            str(int(known.answerable)),
            str(int(known.ask_back)),
            "\n".join(known.expected),
            "\n".join(grades.get(question.query_id, ())),
            known.nearest or "",
        )
        rows.append(row)
    return spreadsheet_csv(rows)


def from_csv(content: bytes, name: str, folder: Path) -> TestSet:
    """Write the questions of a CSV file as a test set into `folder` and return it.

    Nothing is written when a row is bad.

    Args:
        content: UTF-8, or UTF-16 with a byte order mark.
        name: Of the file, for messages.
        folder: Receives `queries.jsonl`, `qrels/test.tsv` and `answers.jsonl`; a `corpus.jsonl`
            that stands there is kept.

    Raises:
        TestSetError: If the file or a row is bad; `rows` names all of them with their lines.
        OSError: If the folder cannot be written.
    """
    rows = _rows(content, name)
    problems: list[str] = []
    queries: list[dict[str, object]] = []
    qrels: list[tuple[str, str, str]] = []
    answers: list[dict[str, object]] = []
    for line, row in rows:
        place = f"{name}:{line}"
        query_id = row["id"].strip()
        if not query_id or not row["question"].strip():
            problems.append(f'{place}: "id" and "question" must not be empty')
            continue
        answerable = _claim(row["answerable"] or "1", f'{place}: "answerable"', problems)
        ask_back = _claim(row["ask_back"], f'{place}: "ask_back"', problems)
        queries.append({"_id": query_id, "text": row["question"].strip()})
        for relevant in _values(row["relevant"]):
            doc_id, _, grade = relevant.partition("=")
            if grade and not grade.isdecimal():
                problems.append(f"{place}: grade {grade!r} is not a whole number")
            qrels.append((query_id, doc_id.strip(), grade or "1"))
        answers.append(
            {
                "_id": query_id,
                "answerable": answerable,
                "ask_back": ask_back,
                "kind": row["kind"].strip(),
                "expected": _values(row["expected"]),
                "tags": row["tags"].split(),
                "nearest": row["nearest"].strip() or None,
                "history": _values(row["history"]),
            }
        )
    if problems:
        raise TestSetError(name, problems)
    return _written(folder, queries, qrels, answers)


def _written(
    folder: Path,
    queries: Sequence[dict[str, object]],
    qrels: Iterable[tuple[str, str, str]],
    answers: Sequence[dict[str, object]],
) -> TestSet:
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    lines = ["query-id\tcorpus-id\tscore", *("\t".join(row) for row in qrels)]
    replace_text(folder / "queries.jsonl", json_lines(queries))
    replace_text(folder / "qrels" / "test.tsv", "".join(f"{line}\n" for line in lines))
    replace_text(folder / "answers.jsonl", json_lines(answers))
    return read_testset(folder)


def json_lines(rows: Iterable[dict[str, object]]) -> str:
    """Return rows as JSON lines, Vietnamese readable."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _rows(content: bytes, name: str) -> list[tuple[int, dict[str, str]]]:
    """Return line number and cells of every row that is not blank.

    Raises:
        TestSetError: If the text or the header cannot be read.
    """
    text = _text(content, name)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, dict[str, str]]] = []
    try:
        header = [column.strip().lower() for column in next(reader, [])]
        missing = [c for c in ("id", "question") if c not in header]
        if missing:
            raise TestSetError(name, [f"{name}:1: no column {c!r}" for c in missing])
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(value.strip() for value in cells):
                row = dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False))
                found.append((line, {key: _shown(value) for key, value in row.items()}))
    except csv.Error as exc:
        raise TestSetError(name, [f"{name}:{reader.line_num}: {exc}"]) from exc
    if not found:
        raise TestSetError(name, [f"{name}: no question"])
    return found


def _text(content: bytes, name: str) -> str:
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return nfc(content.decode("utf-16" if is_utf16 else "utf-8-sig"))
    except UnicodeDecodeError as exc:
        raise TestSetError(name, [f"{name}: byte {exc.start} is not UTF-8"]) from exc


def _shown(value: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    return value[1:] if _FORMULA.match(value) else value


def _values(value: str) -> list[str]:
    return [line.strip() for line in value.splitlines() if line.strip()]


def _claim(value: str, place: str, problems: list[str]) -> bool:
    word = value.strip().lower()
    if word not in _YES | _NO:
        problems.append(f"{place} must be 1 or 0, got {value!r}")
    return word in _YES
