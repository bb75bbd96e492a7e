"""Colours that people can read: at least 4.5:1 for text, 3:1 for what marks a control."""

import re
from itertools import product

import pytest

from ui.document import STATIC

CSS = (STATIC / "base.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root(?:\[data-scheme=\"dark\"\])? \{(.*?)\}", CSS, re.DOTALL)[:2]
)
TEXT = [
    *product(["ink", "muted", "accent", "danger"], ["paper", "sheet"]),
    *product(["ink", "muted", "accent"], ["notice", "accent-soft"]),
    ("on-accent", "accent"),
    ("on-mark", "mark"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_contrast_text_is_readable(scheme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(scheme[text], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_edge_of_the_question_box_is_seen(scheme: dict[str, str]) -> None:
    assert contrast(scheme["line-strong"], scheme["paper"]) >= 3.0
