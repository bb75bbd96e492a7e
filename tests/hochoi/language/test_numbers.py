"""Quantities: laws, the gold cases, and numbers that are none."""

import json
from pathlib import Path

import pytest

from hochoi.language.numbers import find_numbers

CASES = [
    json.loads(line)
    for line in Path("tests/data/text_cases/numbers.jsonl").read_text(encoding="utf-8").splitlines()
]
HELD_OUT_FLOOR = 0.80


def _is_right(case: dict[str, object]) -> bool:
    wanted = case["numbers"]
    assert isinstance(wanted, list)
    found = find_numbers(str(case["text"]))
    return [(n.text, n.value, n.unit) for n in found] == [
        (w["words"], w["value"], w["unit"]) for w in wanted
    ]


@pytest.mark.parametrize(
    "case", [c for c in CASES if not c["held_out"]], ids=lambda case: str(case["id"])
)
def test_find_numbers_gold_case_is_right(case: dict[str, object]) -> None:
    assert _is_right(case)


def test_find_numbers_held_out_share_reaches_floor() -> None:
    held_out = [_is_right(case) for case in CASES if case["held_out"]]
    assert sum(held_out) / len(held_out) >= HELD_OUT_FLOOR


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_find_numbers_any_text_spans_quote_in_order(case: dict[str, str]) -> None:
    text = case["text"]
    end = 0
    for found in find_numbers(text):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        end = found.end


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567,89 đồng", 1234567.89),
        ("1,250,000 đồng", 1250000.0),
        ("0.893 điểm", 0.893),
        ("12.289 tỷ đồng", 12289e9),
        ("1,3 triệu", 1300000.0),
        ("12 nghin ty dong", 12e12),
    ],
)
def test_find_numbers_marks_and_scales_give_value(text: str, value: float) -> None:
    (found,) = find_numbers(text)
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "Quận 1",
        "khoản 2 Điều 5",
        "Đề án 06",
        "hỗ trợ 24/7",
        "lúc 8 giờ",
        "8h30",
        "0909123456",
        "192.168.1.20",
        "683/SNV-CCVC",
        "ngày 21/7/2022",
        "ngày 31/02/2023",
        "1. Kết quả",
        "4G",
        "",
    ],
)
def test_find_numbers_names_times_and_codes_are_none(text: str) -> None:
    assert find_numbers(text) == ()


def test_find_numbers_fall_written_with_minus_is_negative() -> None:
    (found,) = find_numbers("tăng trưởng -2,5%")
    assert (found.value, found.unit) == (-2.5, "%")


def test_find_numbers_part_of_a_count_is_listed_apart() -> None:
    found = find_numbers("gồm 57 người, trong đó có 01 chuyên gia người Hàn Quốc")
    assert [(n.value, n.unit) for n in found] == [(57.0, "người"), (1.0, "chuyên gia")]
