"""A smaller copy of an embedding: still a model, near the original where little is taken away."""

from pathlib import Path

import numpy as np
import pytest

from hochoi.static_encoder import StaticEncoder
from training.reduce_embedding import main, projected, rounded

MODEL = Path(__file__).parents[2] / "models" / "hochoi-static-256"
TEXTS = ("Chuyển đổi số ở Quảng Ninh", "Một cửa điện tử", "Bãi biển đẹp thu hút du khách.")
ROWS = np.random.default_rng(1).normal(size=(50, 8)).astype(np.float32)


def test_copy_is_a_model_near_the_original(tmp_path: Path) -> None:
    main(["--model", str(MODEL), "--out", str(tmp_path), "--bits", "8"])
    before, after = StaticEncoder(MODEL).encode(TEXTS), StaticEncoder(tmp_path).encode(TEXTS)
    assert after.shape == before.shape
    assert before @ before.T == pytest.approx(after @ after.T, abs=0.02)


def test_projected_to_all_dimensions_keeps_every_product() -> None:
    assert projected(ROWS, 8) @ projected(ROWS, 8).T == pytest.approx(ROWS @ ROWS.T, abs=1e-4)


def test_projected_loses_no_more_than_any_choice_of_dimensions() -> None:
    kept = np.square(projected(ROWS, 3)).sum()
    assert kept >= np.sort(np.square(ROWS).sum(axis=0))[-3:].sum()


@pytest.mark.parametrize("bits", [2, 4, 8])
def test_rounded_rows_have_few_values_and_stay_within_half_a_step(bits: int) -> None:
    made = rounded(ROWS, bits)
    steps = np.abs(ROWS).max(axis=1) / (2 ** (bits - 1) - 1)
    assert np.all(np.abs(made - ROWS) <= steps[:, None] / 2 + 1e-6)
    assert all(len(np.unique(row.round(5))) <= 2**bits - 1 for row in made)


def test_rounded_row_of_zeros_stays() -> None:
    assert not rounded(np.zeros((1, 4), dtype=np.float32), 8).any()


@pytest.mark.parametrize("dimension", [0, 9])
def test_projected_to_an_impossible_dimension_is_refused(dimension: int) -> None:
    with pytest.raises(ValueError, match="dimension must be 1 to 8"):
        projected(ROWS, dimension)


@pytest.mark.parametrize("bits", [1, 17])
def test_rounded_to_impossible_bits_is_refused(bits: int) -> None:
    with pytest.raises(ValueError, match="bits must be 2 to 16"):
        rounded(ROWS, bits)
