"""The evaluations of a data directory: one folder each, growing row by row, complete at the end.

    evaluations/<id>/head.json     what was evaluated, with what, when, how far it came, means
                     rows.jsonl    one `Row` a line; appended while it runs
                     figures.json  intervals and slices, once it has ended
                     run.trec      the rankings, for other tools

An evaluation whose process ended early is "interrupted": its rows are kept and it can go on.
"""

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import Enum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import IO

from evaluation.figures import Figures, figures_of, figures_text, read_figures, with_values
from evaluation.rows import Row, read_row, row_line, row_start
from evaluation.runs import RankedDocument, Ranking, Run, replace_text, write_run
from evaluation.testset import TestSet
from hochoi.errors import NotFoundError
from hochoi.locks import ProcessLock, is_held
from hochoi.settings import SHIPPED
from hochoi.workspace import Workspace

_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[a-z0-9-]{1,40}-[0-9a-f]{4}")
LOOKED_AT_S = 0.5  # pages ask every two seconds whether an evaluation still runs
DOCUMENTS_KEPT = 20  # in a row of an evaluation that is done
_PACKAGES = ("hochoi", "ingest", "evaluation")


class State(Enum):
    """How far an evaluation came."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # by a person
    INTERRUPTED = "interrupted"  # its process ended; it can go on


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that figures depend on besides the questions."""

    version: str
    code: str  # fingerprint of the sources, 12 hexadecimal digits
    library: str  # fingerprint of what is searched: reports, passages, vectors
    reports: int
    embedding_model: str
    reranker: str
    generator: str
    prompts: str  # fingerprint of prompts/


@dataclass(frozen=True, slots=True)
class Head:
    """What an evaluation is, without its rows."""

    evaluation_id: str
    testset: str  # name
    folder: str  # where the test set stands, as given
    fingerprint: str  # of the test set
    questions: int
    started: str  # ISO, with the time zone
    configuration: Configuration
    state: State = State.RUNNING
    done: int = 0
    missing: tuple[str, ...] = ()  # documents that the set names and the library lacks
    system: str = "hochoi"  # another name for an imported run
    means: Mapping[str, float] = field(default_factory=dict)  # per measure, once it has ended


def configuration_of(ws: Workspace) -> Configuration:
    """Return what the figures of a library depend on."""
    return Configuration(
        version=version("hochoi"),
        code=code_fingerprint(),
        library=ws.fingerprint().digest[:12],
        reports=len(ws.reports),
        embedding_model=f"{ws.settings.embedding_model} ({ws.encoder.fingerprint[:12]})",
        reranker=ws.settings.reranker,
        generator=ws.settings.generator,
        prompts=_fingerprint(sorted((SHIPPED / "prompts").glob("*"))),
    )


@cache
def code_fingerprint() -> str:
    """Return 12 hexadecimal digits over the sources that search, answer and judge."""
    return _fingerprint(sorted(p for name in _PACKAGES for p in (SHIPPED / name).rglob("*.py")))


def _fingerprint(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(SHIPPED).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def models_of(configuration: Configuration) -> tuple[tuple[str, str], ...]:
    """Return the models that figures depend on, by kind."""
    return (
        ("embedding model", configuration.embedding_model),
        ("re-ranker", configuration.reranker),
        ("generator", configuration.generator),
    )


class Recording:
    """An evaluation being written; rows survive whatever happens after `add`."""

    def __init__(self, folder: Path, head: Head, rows: Sequence[Row], stream: IO[str]) -> None:
        """Take over an open folder; `Archive.record` is the way to get one."""
        self.folder, self.head = folder, head
        self._rows, self._stream = list(rows), stream

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows so far."""
        return tuple(self._rows)

    def add(self, row: Row) -> None:
        """Keep one more row."""
        self._stream.write(row_line(row) + "\n")
        self._stream.flush()
        self._rows.append(row)

    def finish(self, state: State) -> tuple[Row, ...]:
        """Write values, figures, run file and state; returns the rows with their values.

        The run file keeps every document that was found. Rows that are all there keep those that
        pages show: with all of them, reading 50,000 rows again would take three times as long.
        """
        rows = with_values(self._rows)
        write_run(run_of(self.head, rows), self.folder / "run.trec")
        if state is State.DONE:
            rows = tuple(replace(r, documents=r.documents[:DOCUMENTS_KEPT]) for r in rows)
        replace_text(self.folder / "rows.jsonl", "".join(row_line(row) + "\n" for row in rows))
        figures = figures_of(rows)
        replace_text(self.folder / "figures.json", figures_text(figures))
        means = {figure.measure: figure.mean for figure in figures.overall}
        self.head = replace(self.head, state=state, done=len(rows), means=means)
        _write_head(self.folder, self.head)
        self._rows = list(rows)
        return rows


def run_of(head: Head, rows: Sequence[Row]) -> Run:
    """Return the rankings of an evaluation as a run."""
    judged = [row for row in rows if row.asked.is_judged]
    return Run(
        head.system,
        head.fingerprint,
        tuple(
            Ranking(row.query_id, tuple(RankedDocument(d, score) for d, score in row.documents))
            for row in judged
        ),
        tuple(row.search_ms for row in judged),
    )


class Archive:
    """The evaluations below one folder."""

    def __init__(self, folder: Path) -> None:
        """Look at a folder, which need not exist."""
        self.folder = folder

    def heads(self) -> tuple[Head, ...]:
        """Return all evaluations, newest first."""
        paths = self.folder.glob("*/head.json") if self.folder.is_dir() else ()
        found = [self._head(path.parent) for path in paths if _ID.fullmatch(path.parent.name)]
        return tuple(sorted(found, key=lambda head: head.evaluation_id, reverse=True))

    def head(self, evaluation_id: str) -> Head:
        """Return one evaluation.

        Raises:
            NotFoundError: If there is none of that id.
        """
        return self._head(self._existing(evaluation_id))

    def rows(self, evaluation_id: str) -> tuple[Row, ...]:
        """Return the rows of an evaluation, with values once it has ended.

        A last line that was cut off by a crash is left out.

        Raises:
            NotFoundError: If there is no evaluation of that id.
        """
        return _rows(self._existing(evaluation_id))

    def row(self, evaluation_id: str, query_id: str) -> Row:
        """Return the row of one question without reading the others.

        Raises:
            NotFoundError: If there is no such evaluation or question.
        """
        wanted = row_start(query_id)
        with (self._existing(evaluation_id) / "rows.jsonl").open("rb") as lines:
            for line in lines:
                if line.startswith(wanted) and line.endswith(b"\n"):
                    return read_row(line.decode("utf-8"))
        raise NotFoundError("question", query_id)

    def figures(self, evaluation_id: str) -> Figures:
        """Return the figures of an evaluation; of one that has not ended, those so far.

        Raises:
            NotFoundError: If there is no evaluation of that id.
        """
        head, kept = self.head(evaluation_id), self.folder / evaluation_id / "figures.json"
        if head.state in (State.DONE, State.STOPPED) and kept.is_file():
            return read_figures(kept.read_text(encoding="utf-8"))
        return figures_of(with_values(self.rows(evaluation_id)))

    def file(self, evaluation_id: str, name: str) -> Path:
        """Return the path of a file of an evaluation.

        Raises:
            NotFoundError: If there is no such evaluation or file.
        """
        path = self._existing(evaluation_id) / name
        if name not in {"run.trec", "rows.jsonl", "head.json"} or not path.is_file():
            raise NotFoundError("evaluation file", name)
        return path

    def remove(self, evaluation_id: str) -> None:
        """Delete an evaluation.

        Raises:
            NotFoundError: If there is none of that id.
            StoreLockedError: If it is running.
        """
        folder = self._existing(evaluation_id)
        with ProcessLock(folder / "lock", "removing an evaluation"):
            shutil.rmtree(folder)

    def interrupted(self, testset: TestSet, configuration: Configuration) -> str | None:
        """Return the newest evaluation of this very set and state that did not come to its end."""
        for head in self.heads():
            same = head.fingerprint == testset.fingerprint and head.configuration == configuration
            if same and head.state in (State.INTERRUPTED, State.STOPPED):
                return head.evaluation_id
        return None

    @contextmanager
    def record(self, head: Head) -> Iterator[Recording]:
        """Write an evaluation, a new one or one that goes on; alone, others are refused.

        Raises:
            StoreLockedError: If another process writes it.
            OSError: If the folder cannot be written.
        """
        folder = self.folder / head.evaluation_id
        folder.mkdir(parents=True, exist_ok=True)
        with ProcessLock(folder / "lock", "evaluating", wait_s=LOOKED_AT_S):
            rows = _rows(folder)
            replace_text(folder / "rows.jsonl", "".join(row_line(row) + "\n" for row in rows))
            _write_head(folder, replace(head, state=State.RUNNING, done=len(rows), means={}))
            with (folder / "rows.jsonl").open("a", encoding="utf-8") as stream:
                yield Recording(folder, head, rows, stream)

    def _existing(self, evaluation_id: str) -> Path:
        folder = self.folder / evaluation_id
        if not _ID.fullmatch(evaluation_id) or not (folder / "head.json").is_file():
            raise NotFoundError("evaluation", evaluation_id)
        return folder

    def _head(self, folder: Path) -> Head:
        kept = json.loads((folder / "head.json").read_text(encoding="utf-8"))
        kept["configuration"] = Configuration(**kept["configuration"])
        kept["missing"] = tuple(kept["missing"])
        head = Head(**{**kept, "state": State(kept["state"])})
        if head.state is State.RUNNING:
            done = (folder / "rows.jsonl").read_bytes().count(b"\n")
            head = replace(head, done=done)
            if not is_held(folder / "lock"):
                head = replace(head, state=State.INTERRUPTED)
        return head


def new_id(testset: TestSet, now: datetime) -> str:
    """Return an id that sorts by time and names its test set."""
    name = re.sub(r"[^a-z0-9]+", "-", testset.name.lower()).strip("-")[:40] or "set"
    return f"{now:%Y%m%d-%H%M%S}-{name}-{secrets.token_hex(2)}"


def _rows(folder: Path) -> tuple[Row, ...]:
    path = folder / "rows.jsonl"
    if not path.is_file():
        return ()
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return tuple(read_row(line) for line in lines[:-1])  # what no line break ends was cut off


def _write_head(folder: Path, head: Head) -> None:
    shown = {**asdict(head), "state": head.state.value}
    replace_text(folder / "head.json", json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
