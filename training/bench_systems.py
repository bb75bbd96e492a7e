"""The systems that the retrieval bench compares: three of ours and two that others assemble.

Each turns a test set into rankings of its documents. Measures nothing.
"""

import hashlib
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.library import open_library
from evaluation.runs import RankedDocument, Ranking, Run, produce
from evaluation.testset import Document, Question, TestSet
from hochoi.encoder import Encoder, configured_encoder
from hochoi.index import ChromaIndex
from hochoi.index_state import Fingerprint
from hochoi.retrieval import prepare, retrieve
from hochoi.settings import SHIPPED, Settings
from hochoi.types import Filters, Hit
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.pipeline import ingest_paths, source_paths

OURS = ("hochoi-no-vectors", "hochoi-first-ranking", "hochoi")
DEPTH = 100  # passages or documents asked for per question
CHUNK_CHARS, OVERLAP_CHARS = 1000, 100  # of the LangChain pipeline

Rank = Callable[[TestSet], Run]  # questions of the set, in this wording or another -> run


@dataclass(frozen=True, slots=True)
class Built:
    """A system ready to search one test set."""

    rank: Rank
    build_s: float  # of one processor, embedding included unless it was cached


System = Callable[[TestSet, Settings], AbstractContextManager[Built]]


class NoEncoder:
    """Every vector is zero, so the vector side finds nothing."""

    fingerprint = "none"

    def __init__(self, dimension: int = 1) -> None:
        """Give vectors of so many zeros."""
        self.dimension = dimension

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the zero vector."""
        return np.zeros(self.dimension, dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return float32[n, d] of zeros."""
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


def _answer_with(ws: Workspace, name: str) -> Rank:
    def search(question: Question, k: int) -> tuple[Hit, ...]:
        return retrieve(ws, prepare(question.text, Filters(), ws, question.history), k)

    names = {report_id: report.file_name for report_id, report in ws.reports.items()}

    def rank(testset: TestSet) -> Run:
        return produce(
            testset,
            search,
            document_ids=testset.document_ids(names),
            k=DEPTH,
            tag=name,
            clock=time.process_time,
        )

    return rank


@contextmanager
def _ours(
    testset: TestSet, settings: Settings, encoder: Encoder
) -> Iterator[tuple[Workspace, float]]:
    began = time.process_time()
    with open_library(testset, settings, encoder=encoder) as ws:
        yield ws, time.process_time() - began


@contextmanager
def ours(testset: TestSet, settings: Settings) -> Iterator[Built]:
    """The whole product."""
    with _ours(testset, settings, configured_encoder(settings)) as (ws, seconds):
        yield Built(_answer_with(ws, "hochoi"), seconds)


@contextmanager
def ours_first_ranking(testset: TestSet, settings: Settings) -> Iterator[Built]:
    """The product without its re-ranker."""
    with _ours(testset, settings, configured_encoder(settings)) as (ws, seconds):
        ws.reranker = None
        yield Built(_answer_with(ws, "hochoi-first-ranking"), seconds)


@contextmanager
def ours_without_vectors(testset: TestSet, settings: Settings) -> Iterator[Built]:
    """The product without its embedding model."""
    made = NoEncoder() if testset.documents else configured_encoder(settings)
    with _ours(testset, settings, made) as (ws, seconds):
        ws.encoder = NoEncoder(ws.encoder.dimension)  # published reports keep their vectors
        yield Built(_answer_with(ws, "hochoi-no-vectors"), seconds)


def publish_corpus(settings: Settings) -> None:
    """Ingest the shipped reports as `hochoi ingest corpus/reports` does; what is there stays.

    Raises:
        IngestError: If one is refused.
    """
    with open_workspace(settings, Purpose.WRITE) as ws:
        for result in ingest_paths(ws, source_paths([SHIPPED / "corpus" / "reports"])):
            if result.error is not None:
                raise result.error


def with_reports(testset: TestSet, settings: Settings) -> TestSet:
    """Return a set over published reports with their texts, for systems without a library."""
    with open_workspace(settings, Purpose.READ) as ws:
        names = testset.document_ids({i: report.file_name for i, report in ws.reports.items()})
        reports = sorted(ws.reports.values(), key=lambda report: report.file_name)
        documents = tuple(Document(names[r.report_id], "", r.text) for r in reports)
    return replace(testset, documents=documents)


def whole_text(document: Document) -> str:
    """Return title and text of a document."""
    return f"{document.title}\n{document.text}".strip()


@contextmanager
def segmented_bm25(testset: TestSet, settings: Settings) -> Iterator[Built]:
    """BM25 over words as underthesea segments them, by bm25s with its default parameters."""
    import bm25s
    from underthesea import word_tokenize

    def words(text: str) -> list[str]:
        tokens = word_tokenize(text)
        return [w.lower().replace(" ", "_") for w in tokens if re.search(r"\w", w)]

    began = time.process_time()
    index = bm25s.BM25()
    index.index([words(whole_text(d)) for d in testset.documents], show_progress=False)
    seconds = time.process_time() - began
    ids = [d.doc_id for d in testset.documents]
    k = min(DEPTH, len(ids))

    def search(question: str) -> list[RankedDocument]:
        found = words(question) or [""]
        places, scores = index.retrieve([found], k=k, show_progress=False)
        return [
            RankedDocument(ids[int(n)], float(s))
            for n, s in zip(places[0], scores[0], strict=True)
            if s > 0
        ]

    yield Built(_ranker(search, "bm25-words"), seconds)


def langchain_minilm(model: Path, cache: Path) -> System:
    """Return the pipeline of the tutorials: recursive splitter, all-MiniLM-L6-v2, Chroma.

    Args:
        model: Folder of all-MiniLM-L6-v2, which is not part of the project.
        cache: Folder that keeps passage vectors between runs; encoding takes minutes.
    """

    @contextmanager
    def open_system(testset: TestSet, settings: Settings) -> Iterator[Built]:
        from sentence_transformers import SentenceTransformer

        encoder = SentenceTransformer(str(model), device="cpu")
        began = time.process_time()
        pieces: list[tuple[str, str]] = [
            (document.doc_id, piece)
            for document in testset.documents
            for piece in split_recursively(whole_text(document))
        ]
        vectors = _cached(encoder, [piece for _, piece in pieces], cache)
        ids = [str(n) for n in range(len(pieces))]
        with tempfile.TemporaryDirectory(prefix="hochoi-bench-") as folder:
            expected = Fingerprint("bench", len(ids))
            index = ChromaIndex(Path(folder), expected, lambda: iter([(ids, vectors)]))
            seconds = time.process_time() - began

            def search(question: str) -> list[RankedDocument]:
                vector = encoder.encode([question], show_progress_bar=False)[0]
                best: dict[str, float] = {}
                for place, similarity in index.search(vector, DEPTH):
                    best.setdefault(pieces[int(place)][0], similarity)
                return [RankedDocument(doc_id, value) for doc_id, value in best.items()]

            yield Built(_ranker(search, "langchain-chroma-minilm"), seconds)
            index.close()

    return open_system


def split_recursively(text: str) -> list[str]:
    r"""Cut as LangChain's RecursiveCharacterTextSplitter does with its default separators.

    At blank lines, else lines, else spaces, else anywhere; pieces are joined up to `CHUNK_CHARS`
    and share at most `OVERLAP_CHARS` with the one before.
    """
    return _merge(_pieces(text, ("\n\n", "\n", " ")))


def _pieces(text: str, separators: Sequence[str]) -> list[str]:
    if len(text) <= CHUNK_CHARS:
        return [text]
    if not separators:
        return [text[n : n + CHUNK_CHARS] for n in range(0, len(text), CHUNK_CHARS)]
    first, *rest = separators
    parts = text.split(first)
    return [p for n, part in enumerate(parts) for p in _pieces(f"{first if n else ''}{part}", rest)]


def _merge(pieces: Sequence[str]) -> list[str]:
    chunks: list[str] = []
    held: list[str] = []
    for piece in pieces:
        if held and sum(map(len, held)) + len(piece) > CHUNK_CHARS:
            chunks.append("".join(held).strip())
            while held and (
                sum(map(len, held)) > OVERLAP_CHARS
                or sum(map(len, held)) + len(piece) > CHUNK_CHARS
            ):
                held.pop(0)
        held.append(piece)
    chunks.append("".join(held).strip())
    return [chunk for chunk in chunks if chunk]


def _cached(encoder: object, texts: Sequence[str], cache: Path) -> NDArray[np.float32]:
    name = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    path = cache / f"minilm-{name}.npy"
    if path.is_file():
        return np.asarray(np.load(path), dtype=np.float32)
    vectors = encoder.encode(list(texts), show_progress_bar=False)  # type: ignore[attr-defined]
    cache.mkdir(parents=True, exist_ok=True)
    np.save(path, vectors)
    return np.asarray(vectors, dtype=np.float32)


def _ranker(search: Callable[[str], list[RankedDocument]], tag: str) -> Rank:
    def rank(testset: TestSet) -> Run:
        rankings, timings = [], []
        for question in testset.judged:
            began = time.process_time()
            found = search("\n".join([*question.history[-1:], question.text]))
            timings.append((time.process_time() - began) * 1000)
            rankings.append(Ranking(question.query_id, tuple(found)))
        return Run(tag, testset.fingerprint, tuple(rankings), tuple(timings))

    return rank
