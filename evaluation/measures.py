"""A run and the judgements of its test set -> values of measures, per question and in the mean.

The numbers come from ir_measures. Success@k is whether at least one relevant document stands in
the top k, R@k the share of the relevant ones that do. A question that found nothing counts as 0.
Does not search and does not compare runs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.runs import Run
from evaluation.testset import TestSet

RETRIEVAL_MEASURES = ("Success@1", "Success@5", "Success@10", "RR@10", "nDCG@10", "R@10")


_CELLS_AT_ONCE = 1_000_000  # drawn places held in memory, four bytes each


@dataclass(frozen=True, slots=True)
class Metric:
    """The value of one measure for one question, 0 to 1, higher is better."""

    query_id: str
    value: float


@dataclass(frozen=True, slots=True)
class Result:
    """The values of one measure over a test set, in the order of its questions."""

    measure: str
    metrics: tuple[Metric, ...]

    @property
    def mean(self) -> float:
        """The mean over all questions, 0 when there are none."""
        values = [metric.value for metric in self.metrics]
        return float(np.mean(values)) if values else 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a mean lies with the stated confidence."""

    low: float
    high: float


def score(
    run: Run, testset: TestSet, measures: Sequence[str] = RETRIEVAL_MEASURES
) -> tuple[Result, ...]:
    """Return one result per measure over every judged question of the set.

    The order of the ranking counts, not its scores, so ties cannot reorder it.

    Raises:
        ValueError: If the run was made on another test set, or ir_measures does not know a
            measure.
    """
    if run.fingerprint != testset.fingerprint:
        raise ValueError(
            f"the run belongs to test set {run.fingerprint}, got {testset.fingerprint}"
        )
    judged = testset.judged
    grades: dict[str, dict[str, int]] = {question.query_id: {} for question in judged}
    for qrel in testset.qrels:
        grades[qrel.query_id][qrel.doc_id] = qrel.relevance
    found = {r.query_id: [d.doc_id for d in r.documents] for r in run.rankings}
    rankings = {q.query_id: (found.get(q.query_id, []), grades[q.query_id]) for q in judged}
    return score_rankings(rankings, measures)


def score_rankings(
    rankings: Mapping[str, tuple[Sequence[str], Iterable[str] | Mapping[str, int]]],
    measures: Sequence[str] = RETRIEVAL_MEASURES,
) -> tuple[Result, ...]:
    """Return one result per measure over every question, in the order of `rankings`.

    Args:
        rankings: Per question the ids found, best first, and the relevant ids, or a grade per id.
        measures: Names that ir_measures knows.

    Raises:
        ValueError: If ir_measures does not know a measure.
    """
    import ir_measures  # 0.2 s: only who evaluates pays for it

    parsed: dict[str, ir_measures.Measure] = {}
    for measure in measures:
        try:
            parsed[measure] = ir_measures.parse_measure(measure)
        except (NameError, SyntaxError, TypeError, ValueError) as exc:
            raise ValueError(f"ir_measures knows no measure {measure!r}") from exc
    qrels = [
        ir_measures.Qrel(query_id, doc_id, grade)
        for query_id, (_, relevant) in rankings.items()
        for doc_id, grade in _grades(relevant).items()
    ]
    ranked = [
        ir_measures.ScoredDoc(query_id, doc_id, float(-rank))
        for query_id, (found, _) in rankings.items()
        for rank, doc_id in enumerate(found, start=1)
    ]
    values: dict[tuple[str, str], float] = {
        (str(metric.measure), metric.query_id): float(metric.value)
        for metric in ir_measures.iter_calc(list(parsed.values()), qrels, ranked)
    }
    return tuple(
        Result(measure, tuple(Metric(q, values.get((str(known), q), 0.0)) for q in rankings))
        for measure, known in parsed.items()
    )


def _grades(relevant: Iterable[str] | Mapping[str, int]) -> Mapping[str, int]:
    return relevant if isinstance(relevant, Mapping) else dict.fromkeys(relevant, 1)


def interval(
    result: Result, *, confidence: float = 0.95, resamples: int = 2000, seed: int = 0
) -> Interval:
    """Return the percentile bootstrap interval of a mean; the same seed gives the same numbers.

    Questions are drawn with replacement, as if the set were one sample of those people ask.

    Args:
        result: With no metrics the interval is 0 to 0.
        confidence: Between 0 and 1.
        resamples: Number of samples, at least 1.
        seed: Start of the random numbers.

    Raises:
        ValueError: If `confidence` or `resamples` is out of range.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, got {confidence}")
    if resamples < 1:
        raise ValueError(f"resamples must be at least 1, got {resamples}")
    values = np.array([metric.value for metric in result.metrics], dtype=np.float64)
    if not values.size:
        return Interval(0.0, 0.0)
    random = np.random.default_rng(seed)
    means: list[NDArray[np.float64]] = []
    at_once = max(1, _CELLS_AT_ONCE // values.size)
    for start in range(0, resamples, at_once):
        samples = min(at_once, resamples - start)
        drawn = random.integers(values.size, size=(samples, values.size), dtype=np.int32)
        means.append(values[drawn].mean(axis=1))
    tail = (1 - confidence) / 2
    low, high = np.quantile(np.concatenate(means), [tail, 1 - tail])
    return Interval(float(low), float(high))
