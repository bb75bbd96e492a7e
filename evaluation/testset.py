"""A folder in BEIR layout -> `TestSet`. Names every bad row at once, not the first one.

    corpus.jsonl[.gz]  {"_id", "title", "text"}        optional: else the shipped reports
    queries.jsonl      {"_id", "text"}
    qrels/test.tsv     query-id, corpus-id, score      header optional; TREC's four columns too
    answers.jsonl      {"_id", "answerable", "ask_back", "kind", "expected", "tags", "nearest",
                        "history"}
                       optional, and so is every key but "_id"

Does not search and does not score. Keys it does not know are ignored. All text becomes NFC.
"""

import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hochoi.errors import TestSetError
from hochoi.text import nfc

_HEADER = re.compile(r"(?:query|q|topic)[ _-]?id", re.IGNORECASE)
_QRELS = "qrels/test.tsv"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a test set that brings its own corpus."""

    doc_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the questions asked before it in the same conversation."""

    query_id: str
    text: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Qrel:
    """One judgement. `relevance` is a grade: 0 is not relevant, more is better."""

    query_id: str
    doc_id: str
    relevance: int


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a good answer to one question holds; an unanswerable one must be refused."""

    query_id: str
    answerable: bool = True
    kind: str = ""
    expected: tuple[str, ...] = ()  # all of them must stand in the answer
    tags: tuple[str, ...] = ()
    nearest: str | None = None  # document that an abstention should name
    ask_back: bool = False  # fits several visits: the judged documents are to be offered


@dataclass(frozen=True, slots=True)
class TestSet:
    """Questions with judgements. Without `documents` the published reports are searched."""

    __test__ = False  # not a test class, whatever its name

    name: str
    questions: tuple[Question, ...]
    qrels: tuple[Qrel, ...]
    expectations: tuple[Expectation, ...] = ()
    documents: tuple[Document, ...] = ()
    fingerprint: str = ""  # of the content, whatever the order of the rows

    @property
    def judged(self) -> tuple[Question, ...]:
        """The questions that have judgements, in the order of the set."""
        known = {qrel.query_id for qrel in self.qrels}
        return tuple(q for q in self.questions if q.query_id in known)

    def relevant(self) -> dict[str, frozenset[str]]:
        """Return the relevant document ids (grade 1 or more) per query id, all questions."""
        found: dict[str, set[str]] = {question.query_id: set() for question in self.questions}
        for qrel in self.qrels:
            if qrel.relevance > 0:
                found[qrel.query_id].add(qrel.doc_id)
        return {query_id: frozenset(doc_ids) for query_id, doc_ids in found.items()}

    def named_documents(self) -> frozenset[str]:
        """Return every document id that a judgement or an expectation names."""
        nearest = {e.nearest for e in self.expectations if e.nearest is not None}
        return frozenset({qrel.doc_id for qrel in self.qrels} | nearest)

    def document_ids(self, file_names: Mapping[str, str]) -> dict[str, str]:
        """Return, per report id, the id under which this set knows that report.

        Args:
            file_names: File name per report id of every report that is searched.
        """
        named = self.named_documents()
        return {r: r if r in named else file_name for r, file_name in file_names.items()}

    def missing(self, file_names: Mapping[str, str]) -> tuple[str, ...]:
        """Return the named documents that are not among the reports, sorted."""
        return tuple(sorted(self.named_documents() - set(self.document_ids(file_names).values())))


def read_testset(folder: Path) -> TestSet:
    """Return the test set that stands in `folder`.

    Raises:
        TestSetError: If the folder, a file or a row is missing or bad; `rows` names all of them,
            each with file and line number.
    """
    if not folder.is_dir():
        raise TestSetError(str(folder), ["no such folder"])
    reading = _Reading(folder)
    documents = reading.documents()
    questions = reading.questions()
    qrels = reading.qrels(
        known_queries={q.query_id for q in questions},
        known_documents={d.doc_id for d in documents} if documents else None,
    )
    expectations, history = reading.expectations(questions, qrels)
    if reading.problems:
        raise TestSetError(str(folder), reading.problems)
    asked = tuple(Question(q.query_id, q.text, history.get(q.query_id, ())) for q in questions)
    return TestSet(
        name=folder.resolve().name,
        questions=asked,
        qrels=qrels,
        expectations=expectations,
        documents=documents,
        fingerprint=_fingerprint(asked, qrels, expectations, documents),
    )


def _fingerprint(*parts: tuple[object, ...]) -> str:
    """Return 16 hexadecimal digits over the rows, the same for every order of the rows."""
    digest = hashlib.sha256()
    for rows in parts:
        hashes = sorted(hashlib.sha256(repr(row).encode("utf-8")).digest() for row in rows)
        digest.update(len(hashes).to_bytes(8, "big") + b"".join(hashes))
    return digest.hexdigest()[:16]


class _Row:
    """One JSON object with its place; every value read from it is checked."""

    def __init__(self, place: str, values: dict[str, object], problems: list[str]) -> None:
        self.place, self._values, self._problems = place, values, problems

    def problem(self, message: str) -> None:
        self._problems.append(f"{self.place}: {message}")

    def identity(self) -> str | None:
        value = self._values.get("_id")
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # spreadsheets turn "12" into 12
        if not isinstance(value, str) or not value.strip():
            self.problem('"_id" is missing or empty')
            return None
        return nfc(value.strip())

    def text(self, key: str, *, required: bool = False) -> str:
        value = self._values.get(key)
        if (value is None or value == "") and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.problem(f'"{key}" must be a text, got {json.dumps(value, ensure_ascii=False)}')
            return ""
        return nfc(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._values.get(key)
        if value is None:
            return ()
        if isinstance(value, list):
            texts = [nfc(item) for item in value if isinstance(item, str) and item.strip()]
            if len(texts) == len(value):
                return tuple(texts)
        self.problem(f'"{key}" must be a list of texts')
        return ()

    def claim(self, key: str, *, default: bool) -> bool:
        value = self._values.get(key, default)
        if not isinstance(value, bool):
            self.problem(f'"{key}" must be true or false')
            return default
        return value


class _Reading:
    """One pass over the files of a folder, collecting every problem."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[str] = []

    def documents(self) -> tuple[Document, ...]:
        names = [n for n in ("corpus.jsonl", "corpus.jsonl.gz") if (self._folder / n).is_file()]
        if not names:
            return ()
        if len(names) == 2:
            self.problems.append("corpus.jsonl and corpus.jsonl.gz: keep one of them")
        documents = [
            Document(doc_id, row.text("title"), row.text("text"))
            for doc_id, row in self._rows(names[0])
        ]
        if not documents:
            self.problems.append(f"{names[0]}: no document")
        return tuple(documents)

    def questions(self) -> tuple[Question, ...]:
        if not (self._folder / "queries.jsonl").is_file():
            self.problems.append("queries.jsonl: no such file")
            return ()
        found = [
            Question(query_id, row.text("text", required=True))
            for query_id, row in self._rows("queries.jsonl")
        ]
        if not found:
            self.problems.append("queries.jsonl: no question")
        return tuple(found)

    def qrels(
        self, *, known_queries: set[str], known_documents: set[str] | None
    ) -> tuple[Qrel, ...]:
        if not (self._folder / _QRELS).is_file():
            self.problems.append(f"{_QRELS}: no such file")
            return ()
        found: list[Qrel] = []
        seen: set[tuple[str, str]] = set()
        before = len(self.problems)
        for place, line, is_first in self._lines(_QRELS):
            cells = [c.strip() for c in (line.split("\t") if "\t" in line else line.split())]
            if is_first and _HEADER.fullmatch(cells[0]):
                continue
            if len(cells) not in {3, 4} or not all(cells):
                self.problems.append(f"{place}: 3 or 4 columns are needed, got {len(cells)}")
                continue
            query_id, doc_id, score = nfc(cells[0]), nfc(cells[-2]), cells[-1]
            if not re.fullmatch(r"[+-]?[0-9]{1,9}", score):
                self.problems.append(f"{place}: score {score!r} is not a whole number")
            elif query_id not in known_queries:
                self.problems.append(f"{place}: unknown query {query_id!r}")
            elif known_documents is not None and doc_id not in known_documents:
                self.problems.append(f"{place}: unknown document {doc_id!r}")
            elif (query_id, doc_id) in seen:
                self.problems.append(f"{place}: second judgement of {query_id!r} and {doc_id!r}")
            else:
                found.append(Qrel(query_id, doc_id, int(score)))
            seen.add((query_id, doc_id))
        has_answers = (self._folder / "answers.jsonl").is_file()  # all of them to be refused, then
        if not found and not has_answers and len(self.problems) == before:
            self.problems.append(f"{_QRELS}: no judgement")
        return tuple(found)

    def expectations(
        self, questions: tuple[Question, ...], qrels: tuple[Qrel, ...]
    ) -> tuple[tuple[Expectation, ...], dict[str, tuple[str, ...]]]:
        """Return what answers must hold, and the history per query id."""
        found: list[Expectation] = []
        history: dict[str, tuple[str, ...]] = {}
        if not (self._folder / "answers.jsonl").is_file():
            return (), history
        known = {q.query_id for q in questions}
        relevant = {q.query_id for q in qrels if q.relevance > 0}
        for query_id, row in self._rows("answers.jsonl"):
            expectation = Expectation(
                query_id,
                answerable=row.claim("answerable", default=True),
                kind=row.text("kind"),
                expected=row.texts("expected"),
                tags=row.texts("tags"),
                nearest=row.text("nearest") or None,
                ask_back=row.claim("ask_back", default=False),
            )
            if query_id not in known:
                row.problem(f"unknown query {query_id!r}")
            elif expectation.answerable and query_id not in relevant:
                row.problem(f"{query_id!r} is answerable but {_QRELS} names no relevant document")
            elif not expectation.answerable and (query_id in relevant or expectation.expected):
                row.problem(f"{query_id!r} is unanswerable but has an answer or a document")
            elif expectation.ask_back and not expectation.answerable:
                row.problem(f"{query_id!r} is to be asked back, so it must be answerable")
            found.append(expectation)
            history[query_id] = row.texts("history")
        return tuple(found), history

    def _rows(self, name: str) -> Iterator[tuple[str, _Row]]:
        """Yield the rows of a JSON lines file that have an id of their own."""
        first_place: dict[str, str] = {}
        for place, line, _ in self._lines(name):
            try:
                values = json.loads(line)
            except (ValueError, RecursionError):
                self.problems.append(f"{place}: not JSON")
                continue
            if not isinstance(values, dict):
                self.problems.append(f"{place}: not a JSON object")
                continue
            row = _Row(place, values, self.problems)
            identity = row.identity()
            if identity is None:
                continue
            if identity in first_place:
                row.problem(f"id {identity!r} stands already in {first_place[identity]}")
                continue
            first_place[identity] = place
            yield identity, row

    def _lines(self, name: str) -> Iterator[tuple[str, str, bool]]:
        """Yield place, text and whether it is the first one, of every line that is not blank."""
        try:
            with _open(self._folder / name) as stream:
                is_first = True
                for number, raw in enumerate(stream, start=1):
                    place = f"{name}:{number}"
                    try:
                        line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                    except UnicodeDecodeError:
                        self.problems.append(f"{place}: not UTF-8")
                        continue
                    if line:
                        yield place, line, is_first
                        is_first = False
        except (OSError, EOFError, zlib.error) as exc:
            self.problems.append(f"{name}: cannot be read ({exc})")


def _open(path: Path) -> io.BufferedIOBase:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")
