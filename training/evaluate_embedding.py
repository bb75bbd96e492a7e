"""Measure a static embedding on test sets in BEIR layout, alone and beside keyword search.

    python -m training.evaluate_embedding --model models/hochoi-static-256 DIR...

Prints a Markdown table of Success@1 / Success@10 / nDCG@10 for questions as written and for copies
without diacritics. Documents are searched whole, title first. Does not train.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.measures import score
from evaluation.runs import RankedDocument, Ranking, Run
from evaluation.testset import TestSet, read_testset
from hochoi.lexical import LexicalIndex
from hochoi.static_encoder import StaticEncoder
from hochoi.text import fold

MEASURES = ("Success@1", "Success@10", "nDCG@10")
VECTOR_WEIGHT = 0.25  # of the cosine, beside the keyword score as a share of the best one
DEPTH = 100  # documents in a ranking

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Line:
    """The measures of one way of searching one test set."""

    testset: str
    questions: str  # "accented" or "unaccented"
    search: str
    values: tuple[float, ...]  # one per entry of `MEASURES`


def keyword_shares(index: LexicalIndex, places: dict[str, int], question: str) -> Scores:
    """Return the keyword score of every document as a share of the best one, `float32[n]`."""
    shares = np.zeros(len(places), dtype=np.float32)
    found = index.search(question, None)
    for doc_id, value in found:
        shares[places[doc_id]] = value / found[0][1]
    return shares


def rank(testset: TestSet, scores: Sequence[Scores], tag: str) -> Run:
    """Return the run whose rankings follow `scores`, one `float32[n]` per judged question.

    Documents with equal scores stay in the order of the test set.
    """
    rankings = []
    for question, values in zip(testset.judged, scores, strict=True):
        best = np.argsort(-values, kind="stable")[:DEPTH]
        found = (RankedDocument(testset.documents[n].doc_id, float(values[n])) for n in best)
        rankings.append(Ranking(question.query_id, tuple(found)))
    return Run(tag, testset.fingerprint, tuple(rankings))


def evaluate(testset: TestSet, encoder: StaticEncoder, *, fused: bool) -> Iterator[Line]:
    """Yield the measures of vector search and, if `fused`, of keyword search and both together.

    Raises:
        ValueError: If the test set brings no documents.
    """
    if not testset.documents:
        raise ValueError(f"test set {testset.name} has no corpus.jsonl to search")
    texts = [f"{d.title}\n{d.text}".strip() for d in testset.documents]
    places = {d.doc_id: n for n, d in enumerate(testset.documents)}
    vectors = encoder.encode(texts)
    index = LexicalIndex(None, owned=False)
    if fused:
        index.add(list(places), texts)
    for name in ("accented", "unaccented"):
        asked = [q.text if name == "accented" else fold(q.text) for q in testset.judged]
        cosines = list(encoder.encode(asked) @ vectors.T)
        searches = {"vectors": cosines}
        if fused:
            shares = [keyword_shares(index, places, question) for question in asked]
            pairs = zip(shares, cosines, strict=True)
            searches["keywords"] = shares
            searches["both"] = [s + VECTOR_WEIGHT * np.maximum(c, 0) for s, c in pairs]
        for search, scores in searches.items():
            results = score(rank(testset, scores, search), testset, MEASURES)
            yield Line(testset.name, name, search, tuple(result.mean for result in results))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the model")
    parser.add_argument("--fused", action="store_true", help="also measure keyword search and both")
    parser.add_argument("testsets", type=Path, nargs="+", help="folders in BEIR layout")
    options = parser.parse_args(arguments)
    encoder = StaticEncoder(options.model)
    print("| test set | questions | search | " + " / ".join(MEASURES) + " |")
    print("|---|---|---|---|")
    for folder in options.testsets:
        for line in evaluate(read_testset(folder), encoder, fused=options.fused):
            values = " / ".join(f"{value:.3f}" for value in line.values)
            print(f"| {line.testset} | {line.questions} | {line.search} | {values} |", flush=True)


if __name__ == "__main__":
    main()
