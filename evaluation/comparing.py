"""Two evaluations of one test set -> what changed, over all and per slice, and which questions.

Slices are many, so some differ by chance alone: their p values are corrected with the step-down
method of Holm, over all slices and measures that are compared. Does not read files.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.compare import Comparison, compare
from evaluation.figures import ANSWER_HIT, ASK_BACK, REFUSAL, REPORT_FIRST, results_of
from evaluation.measures import Metric, Result
from evaluation.rows import Row
from evaluation.slices import members

SLICE_MEASURES = ("Success@1", "nDCG@10", ANSWER_HIT, REFUSAL)
LEAST_COMPARED = 5  # questions in a slice
_FLIP_MEASURES = (ANSWER_HIT, ASK_BACK, REFUSAL, REPORT_FIRST, "Success@1", "Success@10")


@dataclass(frozen=True, slots=True)
class SliceComparison:
    """One measure in one slice, with the p value corrected for the number of slices."""

    dimension: str
    value: str
    comparison: Comparison
    corrected_p: float


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that one evaluation got right and the other one wrong."""

    measure: str
    before: Row
    after: Row
    is_better: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Two evaluations side by side, over the questions of both."""

    questions: int
    overall: tuple[Comparison, ...]
    slices: tuple[SliceComparison, ...]  # most significant first
    flips: tuple[Flip, ...]  # worse ones first, in the order of the set


def compare_rows(before: Sequence[Row], after: Sequence[Row], *, seed: int = 0) -> Compared:
    """Compare two evaluations question by question; the same seed gives the same numbers.

    Only questions and measures that both have are compared, so that the run of another system,
    which has no answers, can be set beside an evaluation.

    Args:
        before: Rows with values; the reference.
        after: Rows with values.
        seed: Start of the random numbers.
    """
    new = {row.query_id: row for row in after}
    pairs = [(row, new[row.query_id]) for row in before if row.query_id in new]
    results = _shared_results(pairs)
    overall = tuple(compare(old, now, seed=seed) for old, now in results.values())
    slices = members({row.query_id: row.asked.slices for row, _ in pairs})
    found = [
        (name, compare(_within(old, ids), _within(now, ids), seed=seed))
        for name, listed in slices.items()
        for ids in [frozenset(listed)]
        for measure in SLICE_MEASURES
        if measure in results
        for old, now in [results[measure]]
        if len(_within(old, ids).metrics) >= LEAST_COMPARED
    ]
    corrected = holm([comparison.p_value for _, comparison in found])
    return Compared(
        questions=len(pairs),
        overall=overall,
        slices=tuple(
            sorted(
                (
                    SliceComparison(dimension, value, comparison, p)
                    for ((dimension, value), comparison), p in zip(found, corrected, strict=True)
                ),
                key=lambda s: (s.corrected_p, s.comparison.p_value, -abs(s.comparison.difference)),
            )
        ),
        flips=tuple(sorted(_flips(pairs), key=lambda flip: flip.is_better)),
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p values corrected for their number, in the same order (Holm, 1979).

    The smallest is multiplied by the number of tests, the next by one less, and so on; a
    corrected value is never smaller than the one before it, nor larger than 1.
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    corrected = [1.0] * len(p_values)
    floor = 0.0
    for place, i in enumerate(order):
        floor = max(floor, min(1.0, p_values[i] * (len(p_values) - place)))
        corrected[i] = floor
    return corrected


def _shared_results(pairs: Sequence[tuple[Row, Row]]) -> dict[str, tuple[Result, Result]]:
    """Return both results per measure, over the questions that have it on both sides."""
    old = {r.measure: r for r in results_of(row for row, _ in pairs)}
    new = {r.measure: r for r in results_of(row for _, row in pairs)}
    found = {}
    for measure in old:
        if measure in new:
            ids = {m.query_id for m in old[measure].metrics}
            ids &= {m.query_id for m in new[measure].metrics}
            if ids:
                found[measure] = (
                    _within(old[measure], frozenset(ids)),
                    _within(new[measure], frozenset(ids)),
                )
    return found


def _within(result: Result, query_ids: frozenset[str]) -> Result:
    kept: tuple[Metric, ...] = tuple(m for m in result.metrics if m.query_id in query_ids)
    return Result(result.measure, kept)


def _flips(pairs: Sequence[tuple[Row, Row]]) -> list[Flip]:
    """Return each question once, under the first measure in which it flipped."""
    found = []
    for old, new in pairs:
        for measure in _FLIP_MEASURES:
            before, after = old.values.get(measure), new.values.get(measure)
            if before is not None and after is not None and (before < 1) != (after < 1):
                found.append(Flip(measure, old, new, after > before))
                break
    return found
