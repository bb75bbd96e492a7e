"""Trees read from LightGBM's text format score as LightGBM does."""

from pathlib import Path

import numpy as np
import pytest

from hochoi.errors import ModelError, ModelMissingError
from hochoi.ranking.trees import read_trees
from hochoi.settings import SHIPPED

MODEL = SHIPPED / "models" / "hochoi-reranker" / "model.txt"

# Two questions and a constant:
#   a <= 0.5 -> 1; else b <= 2 -> 10, else 20         and         +100
WRITTEN = """tree
version=v4
num_class=1
feature_names=a b

Tree=0
num_leaves=3
num_cat=0
split_feature=0 1
threshold=0.5 2
decision_type=2 2
left_child=-1 -2
right_child=1 -3
leaf_value=1 10 20
shrinkage=1

Tree=1
num_leaves=1
num_cat=0
split_feature=
threshold=
decision_type=
left_child=
right_child=
leaf_value=100
shrinkage=1

end of trees
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "model.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "expected"),
    [((0, 0), 101), ((0.5, 9), 101), ((1, 2), 110), ((1, 2.5), 120)],
)
def test_trees_row_falls_into_one_leaf_of_each(
    tmp_path: Path, row: tuple[float, float], expected: float
) -> None:
    trees = read_trees(written(tmp_path, WRITTEN))
    assert trees.names == ("a", "b")
    assert trees.score(np.array([row], dtype=np.float32)).tolist() == [expected]


def test_trees_no_rows_gives_no_scores(tmp_path: Path) -> None:
    trees = read_trees(written(tmp_path, WRITTEN))
    assert trees.score(np.zeros((0, 2), dtype=np.float32)).tolist() == []


def test_trees_shipped_model_scores_as_lightgbm_does() -> None:
    lightgbm = pytest.importorskip("lightgbm")
    trees = read_trees(MODEL)
    table = np.random.default_rng(1).normal(0.3, 1, (200, len(trees.names))).astype(np.float32)
    booster = lightgbm.Booster(model_file=str(MODEL))
    assert len(trees) == booster.num_trees()
    np.testing.assert_allclose(trees.score(table), booster.predict(table), rtol=1e-9, atol=1e-9)


def test_read_trees_without_file_names_the_path(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"none\.txt"):
        read_trees(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("feature_names=a b\n", ""),
        ("threshold=0.5 2", "threshold=0.5"),
        ("decision_type=2 2", "decision_type=1 2"),
        ("left_child=-1 -2", "left_child=-1 -9"),
        ("right_child=1 -3", "right_child=7 -3"),
        ("leaf_value=1 10 20", "leaf_value=1 ten 20"),
        ("feature_names=a b", "feature_names=a"),
    ],
)
def test_read_trees_damaged_file_is_refused(tmp_path: Path, before: str, after: str) -> None:
    assert before in WRITTEN
    with pytest.raises(ModelError):
        read_trees(written(tmp_path, WRITTEN.replace(before, after, 1)))
