"""A wrong figure is worse than none: words beside a value say what it is of."""

import re

import pytest

from hochoi.drafting.value_scope import meant, of_asked_years
from hochoi.text import fold
from hochoi.types import Span

RANKS = "Thanh Hóa: xếp hạng 11, trong khi năm 2022 xếp hạng 15; chính quyền số xếp hạng 9"
SHARES = "Năm 2022: PAR Index đạt 90,1%, hạng 1; SIPAS đạt 87,59%; năm 2021 đạt 85%."
PARTS = "Hệ thống có 148 điểm, trong đó cấp tỉnh 20 điểm và cấp xã 128 điểm."


def spans(pattern: str, text: str) -> list[Span]:
    return [Span(*m.span()) for m in re.finditer(pattern, text)]


@pytest.mark.parametrize(
    ("text", "pattern", "years", "kept"),
    [
        (RANKS, r"hạng \d+", {"2022"}, ["hạng 15"]),
        (RANKS, r"hạng \d+", {"2023"}, ["hạng 11", "hạng 9"]),
        (RANKS, r"hạng \d+", set(), ["hạng 11", "hạng 15", "hạng 9"]),
        (SHARES, r"[\d,]+%", {"2022"}, ["90,1%", "87,59%"]),
        (SHARES, r"[\d,]+%", {"2021"}, ["85%"]),
        ("Từ hạng 2 năm 2021 lên hạng 1 trong năm 2022.", r"hạng \d", {"2021"}, ["hạng 2"]),
        ("Năm 2023 xếp hạng 6, tăng so với năm 2022.", r"hạng \d", {"2022"}, []),
    ],
)
def test_values_of_other_years_fall_out(
    text: str, pattern: str, years: set[str], kept: list[str]
) -> None:
    found = of_asked_years(spans(pattern, text), text, years)
    assert [text[s.start : s.end] for s in found] == kept


@pytest.mark.parametrize(
    ("text", "pattern", "asked", "said"),
    [
        (PARTS, r"\d+ điểm", "bao nhieu diem", "148 điểm"),
        (PARTS, r"\d+ điểm", "bao nhieu diem cap xa", "128 điểm"),
        (PARTS, r"\d+ điểm", "bao nhieu diem cap tinh", "20 điểm"),
        (SHARES, r"[\d,]+%", "sipas dat bao nhieu", "87,59%"),
        ("Có 20 điểm cấp tỉnh và 128 điểm cấp xã.", r"\d+ điểm", "bao nhieu diem", None),
        ("Nguồn này nêu 126 điểm như trên, nguồn khác 30 điểm.", r"\d+ điểm", "may diem", None),
    ],
)
def test_words_beside_a_value_single_it_out(
    text: str, pattern: str, asked: str, said: str | None
) -> None:
    chosen = meant(spans(pattern, text), text, fold(asked).split())
    assert (text[chosen.start : chosen.end] if chosen else None) == said


def test_one_value_needs_no_singling_out() -> None:
    assert meant([Span(3, 5)], "Có 12 người.", ()) == Span(3, 5)
    assert meant([], "Không có số.", ()) is None
