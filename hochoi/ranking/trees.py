"""Boosted trees in LightGBM's text format, read and evaluated without LightGBM.

Only what the shipped models use: numeric splits without missing values. Does not train.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hochoi.errors import ModelError, ModelMissingError

_CATEGORICAL = 1  # bit of a decision type


@dataclass(frozen=True, slots=True)
class _Tree:
    """One tree; children below 0 are leaves: ~child is the place in `values`."""

    split: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    values: NDArray[np.float64]


class Trees:
    """A sum of decision trees. All trees and rows are walked at once, one level per step."""

    def __init__(self, names: tuple[str, ...], trees: list[_Tree]) -> None:
        """Join the trees into flat arrays; `read_trees` is the way to get one."""
        self.names = names
        sizes = [len(tree.split) + len(tree.values) for tree in trees]
        n = sum(sizes)
        self._roots = (np.cumsum(sizes) - sizes).astype(np.intp)
        self._split = np.zeros(n, dtype=np.intp)
        self._threshold = np.full(n, np.inf)
        self._values = np.zeros(n)
        children = np.repeat(np.arange(n, dtype=np.intp)[:, None], 2, axis=1)
        for root, tree in zip(self._roots, trees, strict=True):
            inner = slice(root, root + len(tree.split))
            self._split[inner], self._threshold[inner] = tree.split, tree.threshold
            self._values[inner.stop : inner.stop + len(tree.values)] = tree.values
            for side, own in enumerate((tree.right, tree.left)):
                children[inner, side] = np.where(own >= 0, own + root, ~own + inner.stop)
        # Place 2n is where node n leads on "no", 2n + 1 on "yes"; a leaf leads to itself.
        self._children = children.ravel()
        self._depth = self._measure()

    def _measure(self) -> int:
        """Return how many steps lead from a root to the deepest leaf."""
        nodes, depth = self._roots, 0
        while True:
            below = np.unique(self._children.reshape(-1, 2)[nodes])
            if np.array_equal(below, nodes) or not len(nodes):
                return depth
            nodes, depth = below, depth + 1

    def __len__(self) -> int:
        """Return the number of trees."""
        return len(self._roots)

    def score(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the sum over the trees for each row.

        Args:
            table: float32[n, f], one column per name, without NaN.
        """
        values = np.ascontiguousarray(table).ravel()
        n_trees = len(self._roots)
        row = np.repeat(np.arange(len(table)) * table.shape[1], n_trees)
        nodes = np.tile(self._roots, len(table))
        for _ in range(self._depth):
            is_left = values.take(row + self._split.take(nodes)) <= self._threshold.take(nodes)
            nodes = self._children.take(2 * nodes + is_left)
        return np.asarray(self._values.take(nodes).reshape(len(table), n_trees).sum(axis=1))


def read_trees(path: Path) -> Trees:
    """Return the model that `lightgbm.Booster.save_model` wrote at `path`.

    Raises:
        ModelMissingError: If there is no such file.
        ModelError: If it is no such model, or uses splits that are not numeric.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as exc:
        raise ModelMissingError(str(path)) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise ModelError(str(path), str(exc)) from exc
    head, *blocks = text.partition("end of trees")[0].split("\nTree=")
    try:
        names = tuple(_fields(head)["feature_names"].split())
        trees = [_read_tree(_fields(block)) for block in blocks]
    except (KeyError, ValueError) as exc:
        raise ModelError(str(path), f"not a tree model: {exc}") from exc
    if any(len(tree.split) and tree.split.max() >= len(names) for tree in trees):
        raise ModelError(str(path), "a split names a column that the model does not have")
    return Trees(names, trees)


def _fields(block: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in block.splitlines())
    return {name: value for name, mark, value in pairs if mark}


def _read_tree(fields: dict[str, str]) -> _Tree:
    """Return one tree.

    Raises:
        KeyError, ValueError: If a field is missing or not what it should be.
    """
    values = np.array(fields["leaf_value"].split(), dtype=np.float64)
    n = int(fields["num_leaves"]) - 1
    if n == 0:
        none = np.zeros(0, dtype=np.int32)
        return _Tree(none, np.zeros(0), none, none, values)
    whole = {
        name: np.array(fields[name].split(), dtype=np.int32)
        for name in ("split_feature", "left_child", "right_child", "decision_type")
    }
    threshold = np.array(fields["threshold"].split(), dtype=np.float64)
    sizes = {len(threshold), len(values) - 1, *map(len, whole.values())}
    if sizes != {n} or (whole["decision_type"] & _CATEGORICAL).any():
        raise ValueError("sizes disagree or a split is not numeric")
    left, right = whole["left_child"], whole["right_child"]
    for children in (left, right):
        if children.max() >= n or children.min() < -(n + 1):
            raise ValueError("a child is not in its tree")
    return _Tree(whole["split_feature"], threshold, left, right, values)
