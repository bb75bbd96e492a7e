"""A test set and a search -> `Run`, and runs as TREC files. Does not judge what was found.

A run file has one line per document, `query Q0 document rank score tag`, separated by spaces.
White space and `%` inside an id are percent-encoded, so any id survives the way there and back.
"""

import math
import os
import re
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

import numpy as np

from evaluation.testset import Question, TestSet
from hochoi.errors import TestSetError
from hochoi.types import Hit

Search = Callable[[Question, int], Sequence[Hit]]  # question, number of passages -> best first
Clock = Callable[[], float]  # seconds
OnProgress = Callable[[int, int], None]  # done, of how many

_ENCODED = re.compile(r"[\s%]")
_SEPARATION = 1e-6  # relative gap between scores; survives tools that sort in single precision


@dataclass(frozen=True, slots=True)
class RankedDocument:
    """One found document. `score` is a similarity: higher is better."""

    doc_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one question found, best first, no document twice. Empty is a result."""

    query_id: str
    documents: tuple[RankedDocument, ...]


@dataclass(frozen=True, slots=True)
class Latency:
    """Half of the questions took at most `p50_ms`, 95 of 100 at most `p95_ms`."""

    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Run:
    """The rankings of one system on one test set, and how long each question took."""

    tag: str
    fingerprint: str  # of the test set
    rankings: tuple[Ranking, ...]
    timings_ms: tuple[float, ...] = ()  # beside `rankings`; empty for a run read from a file

    @property
    def latency(self) -> Latency | None:
        """The percentiles of the timings, None when nothing was timed."""
        return latency(self.timings_ms)


def latency(timings_ms: Sequence[float]) -> Latency | None:
    """Return the percentiles of `timings_ms`, None for no timings."""
    if not timings_ms:
        return None
    p50, p95 = np.percentile(np.asarray(timings_ms, dtype=np.float64), [50, 95])
    return Latency(float(p50), float(p95))


def produce(
    testset: TestSet,
    search: Search,
    *,
    document_ids: Mapping[str, str],
    k: int = 100,
    tag: str = "hochoi",
    on_progress: OnProgress | None = None,
    clock: Clock = time.perf_counter,
) -> Run:
    """Search for every judged question of a test set and return what was found.

    Passages are collapsed to documents: a document stands where its best passage stood.

    Args:
        testset: Only questions with judgements are searched for.
        search: Returns at most `k` hits, best first.
        document_ids: Document id per report id (`TestSet.document_ids`); a report that is not
            in it is known by its report id.
        k: Number of passages asked for, at least 1.
        tag: Name of the system in the run file.
        on_progress: Called after each question with the number done and the number of all.
        clock: Seconds from any start; measures each search.

    Raises:
        ValueError: If `k` is below 1.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    questions = testset.judged
    rankings: list[Ranking] = []
    timings_ms: list[float] = []
    for done, question in enumerate(questions, start=1):
        start = clock()
        hits = search(question, k)
        timings_ms.append((clock() - start) * 1000)
        rankings.append(Ranking(question.query_id, collapse(hits, document_ids)))
        if on_progress is not None:
            on_progress(done, len(questions))
    return Run(tag, testset.fingerprint, tuple(rankings), tuple(timings_ms))


def collapse(hits: Sequence[Hit], document_ids: Mapping[str, str]) -> tuple[RankedDocument, ...]:
    """Return documents in the order of their best passages, scores strictly falling.

    A document stands where its best passage stood; a report that is not in `document_ids` is
    known by its report id.

    Tools that read run files sort by score and ignore the rank, so two equal scores, or a rank
    that disagrees with its score, would change the order: such scores are lowered a little.
    """
    found: dict[str, float] = {}
    ceiling = math.inf
    for hit in hits:
        doc_id = document_ids.get(hit.passage.report_id, hit.passage.report_id)
        if doc_id not in found:
            found[doc_id] = score = min(float(hit.score), ceiling)
            ceiling = score - max(abs(score) * _SEPARATION, _SEPARATION)
    return tuple(RankedDocument(doc_id, score) for doc_id, score in found.items())


def write_run(run: Run, path: Path) -> None:
    """Write `run` as a TREC run file; the file appears complete or not at all.

    Raises:
        OSError: If the folder cannot be written.
    """
    tag = _encode(run.tag)
    replace_text(
        path,
        "".join(
            f"{_encode(ranking.query_id)} Q0 {_encode(found.doc_id)} {rank} {found.score!r} {tag}\n"
            for ranking in run.rankings
            for rank, found in enumerate(ranking.documents, start=1)
        ),
    )


def read_run(path: Path, testset: TestSet) -> Run:
    """Return the run that any system wrote for `testset`.

    As in trec_eval the order is that of the scores, whatever the ranks say; equal scores are
    ordered by document id, last one first. Judged questions without a line found nothing.

    Raises:
        TestSetError: If the file or a row is missing or bad, or a row names a question that the
            set does not hold; `rows` names all of them.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as exc:
        raise TestSetError(str(path), [f"cannot be read ({exc.strerror})"]) from exc
    except UnicodeDecodeError as exc:
        raise TestSetError(str(path), [f"byte {exc.start}: not UTF-8"]) from exc
    known = {question.query_id for question in testset.questions}
    problems: list[str] = []
    found: dict[str, dict[str, float]] = {}
    tag = ""
    for number, line in enumerate(lines, start=1):
        cells = line.split()
        if not cells:
            continue
        score = _score(cells[4]) if len(cells) == 6 else None
        if score is None:
            problems.append(f"{path.name}:{number}: not `query Q0 document rank score tag`")
            continue
        query_id, doc_id, tag = unquote(cells[0]), unquote(cells[2]), unquote(cells[5])
        documents = found.setdefault(query_id, {})
        if query_id not in known:
            problems.append(f"{path.name}:{number}: unknown query {query_id!r}")
        elif doc_id in documents:
            problems.append(f"{path.name}:{number}: {doc_id!r} stands twice for {query_id!r}")
        documents[doc_id] = score
    if problems:
        raise TestSetError(str(path), problems)
    rankings = tuple(
        Ranking(question.query_id, _sorted(found.get(question.query_id, {})))
        for question in testset.judged
    )
    return Run(tag, testset.fingerprint, rankings)


def _sorted(documents: Mapping[str, float]) -> tuple[RankedDocument, ...]:
    by_score = sorted(((score, doc_id) for doc_id, score in documents.items()), reverse=True)
    return tuple(RankedDocument(doc_id, score) for score, doc_id in by_score)


def _score(text: str) -> float | None:
    try:
        score = float(text)
    except ValueError:
        return None
    return score if math.isfinite(score) else None


def _encode(name: str) -> str:
    return _ENCODED.sub(lambda match: quote(match[0], safe=""), name) or "-"


def replace_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8 through a temporary file beside it.

    A reader sees the old content or the new one, never a part; a failure leaves the old one.

    Raises:
        OSError: If the folder cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
