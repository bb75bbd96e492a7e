"""Signatures tell how much wording two texts share, whatever their layout."""

import random

import numpy as np
import pytest

from hochoi.likeness import estimates, likeness, read_signatures, signature

WORDS = "đoàn công tác tỉnh thăm và làm việc về cải cách hành chính chuyển đổi số một cửa".split()


def made_text(seed: int, words: int = 300) -> list[str]:
    rng = random.Random(seed)
    return [f"{rng.choice(WORDS)}{rng.randint(0, 60)}" for _ in range(words)]


def test_likeness_of_a_text_to_itself_is_one_and_to_a_stranger_none() -> None:
    one, other = " ".join(made_text(1)), " ".join(made_text(2))
    assert likeness(one, one) == 1
    assert likeness(one, other) < 0.01
    assert likeness("", "") == 1


@pytest.mark.parametrize("change", [str.upper, lambda t: t.replace(" ", "\n"), lambda t: t + " ."])
def test_signature_does_not_see_case_or_layout(change: object) -> None:
    text = "Đoàn công tác tỉnh Hà Nam thăm Huế"
    assert callable(change)
    assert signature(change(text)) == signature(text)


@pytest.mark.parametrize("changed", [10, 40, 100])
def test_estimate_is_near_the_exact_likeness(changed: int) -> None:
    words = made_text(3)
    other = [*words[:-changed], *made_text(4, changed)]
    exact = likeness(" ".join(words), " ".join(other))
    found = estimates(signature(" ".join(words)), read_signatures([signature(" ".join(other))]))
    assert abs(float(found[0]) - exact) < 0.13  # three standard errors
    assert 0.3 < exact < 0.99


def test_estimates_compare_with_each_row() -> None:
    texts = [" ".join(made_text(seed)) for seed in range(5)]
    found = estimates(signature(texts[3]), read_signatures([signature(t) for t in texts]))
    assert int(np.argmax(found)) == 3
    assert found.shape == (5,)
    assert estimates(signature(texts[0]), read_signatures([])).shape == (0,)


@pytest.mark.parametrize("text", ["", "Huế", "Hà Nam", "😀 ..."])
def test_signature_of_hardly_any_text_is_still_one(text: str) -> None:
    assert signature(text) == signature(text)
    assert len(signature(text)) == len(signature("Đoàn công tác tỉnh Hà Nam"))
