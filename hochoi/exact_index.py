"""Search by vector: the protocol, and the exact index over numpy, which every other one must equal.

Knows no library of vectors and keeps nothing on the disk.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Batch = tuple[Sequence[str], Vectors]  # passage ids, float32[n, d] of unit length
ScoredId = tuple[str, float]  # passage id, cosine -1..1, higher is better


class VectorIndex(Protocol):
    """Finds the passages whose vectors are most similar to a query's."""

    def add(self, passage_ids: Sequence[str], vectors: Vectors) -> None:
        """Add passages; ids must be new."""

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Remove passages; unknown ids are ignored."""

    def search(self, vector: Vectors, k: int) -> tuple[ScoredId, ...]:
        """Return at most `k` passages by falling similarity to float32[d].

        The zero vector is similar to nothing and finds nothing.
        """

    def __len__(self) -> int:
        """Return the number of passages."""


@dataclass(frozen=True, slots=True)
class _Table:
    """What an exact index holds at one moment; changed by making another one."""

    ids: tuple[str, ...]
    rows: dict[str, int]
    matrix: Vectors  # the first rows of `space`
    space: Vectors  # shared with later tables, which write behind the rows of this one


class ExactIndex:
    """Compares a query with every vector: the reference, and the search under a filter.

    Threads may search while another one adds or removes.
    """

    def __init__(self, dimension: int) -> None:
        """Start empty; vectors will have `dimension` numbers."""
        empty = np.zeros((0, dimension), dtype=np.float32)
        self._table = _Table((), {}, empty, empty)

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self._table.ids)

    def add(self, passage_ids: Sequence[str], vectors: Vectors) -> None:
        """Add passages; ids must be new.

        Raises:
            ValueError: If an id is present already or the numbers differ.
        """
        old, n = self._table, len(passage_ids)
        is_new = old.rows.keys().isdisjoint(passage_ids) and len(set(passage_ids)) == n
        if n != len(vectors) or not is_new:
            raise ValueError(f"{n} ids, {len(vectors)} vectors, ids must be new")
        first, last = len(old.ids), len(old.ids) + n
        space = old.space
        if last > len(space):
            space = np.empty((max(last, len(space) * 5 // 4), space.shape[1]), dtype=np.float32)
            space[:first] = old.matrix
        space[first:last] = vectors
        rows = {**old.rows, **dict(zip(passage_ids, range(first, last), strict=True))}
        self._table = _Table((*old.ids, *passage_ids), rows, space[:last], space)

    @property
    def passage_ids(self) -> Sequence[str]:
        """Return the ids in the order they were added."""
        return self._table.ids

    def batch(self) -> Batch:
        """Return everything it holds."""
        table = self._table
        return table.ids, table.matrix

    def add_many(self, batches: Iterable[Batch]) -> None:
        """Add several batches with one copy of the matrix."""
        batches = [batch for batch in batches if len(batch[0])]
        if batches:
            ids = [i for batch_ids, _ in batches for i in batch_ids]
            self.add(ids, np.concatenate([vectors for _, vectors in batches]))

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Remove passages; unknown ids are ignored."""
        gone, old = set(passage_ids), self._table
        keep = [n for n, i in enumerate(old.ids) if i not in gone]
        if len(keep) < len(old.ids):
            ids = tuple(old.ids[n] for n in keep)
            matrix = old.matrix[keep]
            self._table = _Table(ids, {i: n for n, i in enumerate(ids)}, matrix, matrix)

    def search(
        self, vector: Vectors, k: int, among: Iterable[str] | None = None
    ) -> tuple[ScoredId, ...]:
        """Return at most `k` passages by falling similarity, of `among` only when it is given.

        The zero vector is similar to nothing and finds nothing.
        """
        table = self._table
        if among is None:
            rows = np.arange(len(table.ids))
            scores = table.matrix @ vector
        else:
            rows = np.array(sorted(table.rows[i] for i in among if i in table.rows), dtype=np.intp)
            scores = table.matrix[rows] @ vector
        k = min(k, len(rows))
        if k <= 0 or not np.any(vector):
            return ()
        best = np.flatnonzero(scores >= np.partition(scores, -k)[-k])  # ties with the last too
        best = best[np.lexsort((rows[best], -scores[best]))][:k]
        return tuple((table.ids[rows[n]], float(scores[n])) for n in best)

    def scores(self, vector: Vectors, passage_ids: Sequence[str]) -> dict[str, float]:
        """Return the similarity of each known passage among these."""
        table = self._table
        known = [i for i in passage_ids if i in table.rows]
        values = table.matrix[[table.rows[i] for i in known]] @ vector
        return dict(zip(known, map(float, values), strict=True))
