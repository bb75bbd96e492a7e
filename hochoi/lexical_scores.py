"""BM25 of the passages of one segment, exact for the best of them.

Does not know texts, and does not know how many segments there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hochoi.lexical_segment import Segment

K1 = 1.2
_WORTH_PRUNING = 2000  # rows
_PRUNED_SHARE = 0.1  # of the rows; so few are looked up faster than all are added up


@dataclass(frozen=True, slots=True)
class Term:
    """A query term as one segment holds it."""

    weight: float  # of the query times idf, times K1 + 1: no passage gets more for it
    first: int  # its postings
    last: int


def score_rows(
    segment: Segment,
    norm: NDArray[np.float32],
    allowed: NDArray[np.bool_],
    terms: Sequence[Term],
    k: int | None,
) -> NDArray[np.float32]:
    """Return float32[n], the score of each row; too low for some that are not the best `k`.

    Terms come with falling weight. Once the others can bring few rows among the best `k`, they
    are looked up for those rows only: most postings are of words that hardly tell passages apart.
    """
    scores = np.zeros(len(norm), dtype=np.float32)
    ceiling = sum(term.weight for term in terms)  # of what is still to be added to any row
    next_look = ceiling / 2 if k is not None and len(norm) > _WORTH_PRUNING else 0.0
    rows: NDArray[np.int32] | None = None  # None: all
    for term in terms:
        if k is not None and ceiling < next_look:
            next_look = ceiling / 2
            reached = np.where(allowed, scores, 0) if rows is None else scores[rows]
            hopeful = _hopeful(reached, k, ceiling)
            if rows is not None:
                rows = rows[hopeful]
            elif len(hopeful) < _PRUNED_SHARE * len(norm):
                rows = hopeful.astype(np.int32)
        if rows is None:
            _add(scores, segment, norm, term)
        else:
            _add_at(rows, scores, segment, norm, term)
        ceiling -= term.weight
    scores[~allowed] = 0
    return scores


def _hopeful(reached: NDArray[np.float32], k: int, ceiling: float) -> NDArray[np.intp]:
    """Return the places that can be among the best `k` when each gets `ceiling` more at most."""
    some = reached[reached > 0]
    if len(some) <= k:
        return np.arange(len(reached))
    least = float(np.partition(some, -k)[-k]) * (1 - 1e-5) - ceiling  # sums are rounded
    return np.flatnonzero(reached >= least)


def _add(
    scores: NDArray[np.float32], segment: Segment, norm: NDArray[np.float32], term: Term
) -> None:
    """Add to each row what a term is worth there."""
    rows = segment.rows[term.first : term.last].astype(np.intp)
    counts = segment.counts[term.first : term.last]
    np.add.at(scores, rows, _worth(term, counts, norm[rows]))


def _add_at(
    rows: NDArray[np.int32],
    scores: NDArray[np.float32],
    segment: Segment,
    norm: NDArray[np.float32],
    term: Term,
) -> None:
    """Add to some rows what a term is worth there."""
    holders = segment.rows[term.first : term.last]
    places = np.minimum(np.searchsorted(holders, rows), len(holders) - 1)
    is_holder = holders[places] == rows
    rows, places = rows[is_holder], places[is_holder]
    scores[rows] += _worth(term, segment.counts[term.first + places], norm[rows])


def _worth(term: Term, counts: NDArray[np.uint8], norm: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return BM25 of one term in rows with these counts; `norm` is used up."""
    often = counts.astype(np.float32)
    norm += often
    np.divide(often, norm, out=norm)
    norm *= np.float32(term.weight)
    return norm
