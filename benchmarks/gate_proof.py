"""Show that the gate closes when it should: `python -m benchmarks.gate_proof`, two minutes.

The shipped corpus is published several times, each time worsened in one way that a careless change
could bring, and every version is held against the baseline of the unharmed one. A worsened version
must fail, noise must pass. Exits 1 when one of them does not.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evaluation.archive import configuration_of, models_of
from evaluation.evaluating import Subject, evaluate
from evaluation.figures import results_of, with_values
from evaluation.gate import Models, Problem, check, make_baseline
from evaluation.measures import Result
from evaluation.testset import TestSet, read_testset
from hochoi.encoder import Encoder, load_encoder
from hochoi.exact_index import Vectors
from hochoi.index_text import VERSION, index_text
from hochoi.settings import SHIPPED, Settings, load_settings
from hochoi.store import Publication, Store
from hochoi.types import Passage, Report, SourceFile
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.chunking import chunk
from ingest.files import source_paths
from ingest.pipeline import ingest_paths

QUESTIONS = SHIPPED / "corpus" / "testsets" / "visits"
_SHORT_CHARS = 60  # passages that cut most sentences in pieces

Split = Callable[[Report, Sequence[Passage]], Sequence[Passage]]


class ShuffledEncoder:
    """A model that was swapped for another: vectors of some length that mean nothing."""

    def __init__(self, model: Encoder) -> None:
        """Keep the size of a model, drop what it knows."""
        self._model = model

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return self._model.dimension

    @property
    def fingerprint(self) -> str:
        """Another one than the model's."""
        return f"shuffled-{self._model.fingerprint}"

    def encode_query(self, text: str) -> Vectors:
        """Return float32[d]."""
        return self.encode_passages([text])[0]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32[n, d] of unit length, the same for the same text."""
        made = [np.random.default_rng(hash(t) % 2**32).normal(size=self.dimension) for t in texts]
        vectors = np.asarray(made, dtype=np.float32).reshape(len(texts), self.dimension)
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


@dataclass(frozen=True, slots=True)
class Harm:
    """One way in which a change could make the product worse, or not."""

    name: str
    must_fail: bool
    change: Callable[[Report], Report] = lambda report: report
    split: Split = lambda report, passages: passages
    reranker: str | None = None
    is_model_swapped: bool = False
    drop: Callable[[int], bool] = lambda place: False  # questions that noise gets wrong


def _without_parties(report: Report) -> Report:
    return replace(report, visit=replace(report.visit, host=(), visitors=()))


def _short(report: Report, passages: Sequence[Passage]) -> Sequence[Passage]:
    return chunk(report.report_id, report.text, max_chars=_SHORT_CHARS)


HARMS = (
    Harm("nothing changed", must_fail=False),
    Harm("noise: one question in 150 flips", must_fail=False, drop=lambda place: place % 150 == 7),
    Harm("splitter: passages of 60 characters", must_fail=True, split=_short),
    Harm("fields switched off: hosts and visitors", must_fail=True, change=_without_parties),
    Harm("model swapped, re-ranker lost", must_fail=True, reranker="none", is_model_swapped=True),
)


def main() -> None:
    """Run every version and print what the gate says."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    testset = read_testset(QUESTIONS)
    failed = 0
    with TemporaryDirectory(prefix="hochoi-gate-") as folder:
        settings = load_settings(Path(folder) / "base", {})
        with open_workspace(settings, Purpose.WRITE) as ws:
            list(ingest_paths(ws, source_paths([SHIPPED / "corpus" / "reports"])))
        base, models = _results(settings, testset, HARMS[0], Path(folder) / "accepted")
        baseline = make_baseline(testset, base, models)
        for n, harm in enumerate(HARMS):
            results, models = _results(settings, testset, harm, Path(folder) / str(n))
            problems = check(results, baseline, models=models)
            is_right = bool(problems) == harm.must_fail
            failed += not is_right
            verdict = "stops" if problems else "passes"
            print(f"{'ok ' if is_right else 'BAD'}  {verdict:6s}  {harm.name}: {_words(problems)}")
    sys.exit(1 if failed else 0)


def _words(problems: Sequence[Problem]) -> str:
    return ", ".join(
        p.detail
        or f"{p.measure} {p.before or 0:.3f} -> {p.after or 0:.3f}"
        + (f" (p = {p.p_value:.4f})" if p.p_value is not None else "")
        for p in problems
    )


def _results(
    settings: Settings, testset: TestSet, harm: Harm, folder: Path
) -> tuple[tuple[Result, ...], Models]:
    with _harmed(settings, harm, folder) as ws:
        rows = with_values(list(evaluate(Subject.of(ws, testset))))
        models = models_of(configuration_of(ws))
    changed = [
        row.with_values(dict.fromkeys(row.values, 0.0)) if harm.drop(place) else row
        for place, row in enumerate(rows)
    ]
    return results_of(changed), models


@contextmanager
def _harmed(settings: Settings, harm: Harm, folder: Path) -> Iterator[Workspace]:
    """Open a library that holds the reports of another one, worsened."""
    model = load_encoder(settings.embedding_model)
    encoder: Encoder = ShuffledEncoder(model) if harm.is_model_swapped else model
    changed = replace(settings, var=folder, reranker=harm.reranker or settings.reranker)
    folder.mkdir()
    with (
        closing(Store(settings.database_path)) as store,
        closing(Store(changed.database_path)) as target,
    ):
        publications = []
        for kept in store.reports():
            report = harm.change(kept)
            passages = harm.split(report, store.passages_of(report.report_id))
            texts = [index_text(report.visit, passage) for passage in passages]
            source = SourceFile(report.file_name, store.original(report.source_sha256))
            vectors = encoder.encode_passages(texts)
            publications.append(Publication(source, report, passages, vectors))
        target.publish_many(publications, encoder=f"{encoder.fingerprint}/{VERSION}")
    with open_workspace(changed, Purpose.READ, encoder=encoder) as ws:
        yield ws


if __name__ == "__main__":
    main()
