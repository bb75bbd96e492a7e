"""Initials name a province only where they can mean one only, after the word for it."""

import pytest

from hochoi.understanding.initials import Initials
from tests.question_reading import PROVINCES

INITIALS = Initials(PROVINCES)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Tỉnh BN tiếp đoàn nào?", "Tỉnh Bắc Ninh tiếp đoàn nào?"),
        ("UBND tỉnh BG", "UBND tỉnh Bắc Giang"),
        ("tinh bn tiep ai", "tinh Bắc Ninh tiep ai"),
    ],
)
def test_initials_are_spelled_out_after_the_word_for_a_province(text: str, spelled: str) -> None:
    assert INITIALS.spell_out(text) == spelled


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh QN tiếp đoàn nào?",  # Quảng Ninh, Quảng Nam
        "Đoàn VP đến khi nào?",
        "có bn tỉnh",
        "Tỉnh nào đến Huế?",
        "tỉnh tổ chức lớp",
        "UBND TP",
    ],
)
def test_initials_that_may_mean_more_stay(text: str) -> None:
    assert INITIALS.spell_out(text) == text
