"""Two results of the same measure on the same questions -> what got better, what got worse.

Does not know runs, files or thresholds.
"""

from dataclasses import dataclass

import numpy as np

from evaluation.measures import Result

_SAME = 1e-9  # values closer than this are equal
_EXACT_UP_TO = 14  # changed questions; then all 2^14 sign patterns are counted
_CELLS_AT_ONCE = 4_000_000  # signs held in memory, one byte each


@dataclass(frozen=True, slots=True)
class Change:
    """One question before and after."""

    query_id: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """How much was gained; negative when the question got worse."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure before and after, over all questions."""

    measure: str
    mean_before: float
    mean_after: float
    better: tuple[Change, ...]  # largest gain first
    worse: tuple[Change, ...]  # largest loss first
    same: int
    p_value: float  # two-sided: how often chance alone gives a difference as large

    @property
    def difference(self) -> float:
        """How much the mean gained; negative when it fell."""
        return self.mean_after - self.mean_before


def compare(
    before: Result, after: Result, *, permutations: int = 10_000, seed: int = 0
) -> Comparison:
    """Compare two results question by question; the same seed gives the same numbers.

    Args:
        before: The reference.
        after: The same measure over the same questions, in any order.
        permutations: Random sign patterns of the paired test, at least 1; with few changed
            questions all patterns are counted instead.
        seed: Start of the random numbers.

    Raises:
        ValueError: If measure or questions differ, or `permutations` is below 1.
    """
    if before.measure != after.measure:
        raise ValueError(f"cannot compare {before.measure} with {after.measure}")
    if permutations < 1:
        raise ValueError(f"permutations must be at least 1, got {permutations}")
    new = {metric.query_id: metric.value for metric in after.metrics}
    old = {metric.query_id: metric.value for metric in before.metrics}
    if new.keys() != old.keys():
        odd = sorted(new.keys() ^ old.keys())
        raise ValueError(f"{len(odd)} questions stand in one result only, first {odd[0]!r}")
    changes = [Change(query_id, old[query_id], new[query_id]) for query_id in old]
    better = [change for change in changes if change.difference > _SAME]
    worse = [change for change in changes if change.difference < -_SAME]
    differences = np.array([c.difference for c in (*better, *worse)], dtype=np.float64)
    return Comparison(
        measure=before.measure,
        mean_before=before.mean,
        mean_after=after.mean,
        better=tuple(sorted(better, key=lambda c: (-c.difference, c.query_id))),
        worse=tuple(sorted(worse, key=lambda c: (c.difference, c.query_id))),
        same=len(changes) - len(better) - len(worse),
        p_value=_randomisation(differences, permutations, seed),
    )


def _randomisation(differences: np.ndarray, permutations: int, seed: int) -> float:
    """Return the two-sided p value of the paired randomisation (sign flip) test.

    If the two systems were interchangeable, each difference could as well have the other sign.
    """
    n = differences.size
    if n == 0:
        return 1.0
    observed = abs(differences.sum()) - _SAME
    sizes = np.sort(np.abs(differences))  # so that neither order nor direction changes the draws
    if n <= _EXACT_UP_TO:
        patterns = np.arange(2**n)[:, np.newaxis] >> np.arange(n) & 1
        sums = (patterns * 2 - 1) @ sizes
        return float(np.mean(np.abs(sums) >= observed))
    random = np.random.default_rng(seed)
    as_large, left = 0, permutations
    while left:
        rows = min(left, max(1, _CELLS_AT_ONCE // n))
        signs = random.integers(0, 2, size=(rows, n), dtype=np.int8) * 2 - 1
        as_large += int(np.count_nonzero(np.abs(signs @ sizes) >= observed))
        left -= rows
    return (as_large + 1) / (permutations + 1)
