"""Dates: laws, the gold cases, ranges, and numbers that are no dates."""

import json
import random
from datetime import date
from pathlib import Path

import pytest

from hochoi.dates.finding import DatePhrase, Precision, find_dates
from hochoi.text import fold

CASES = [
    json.loads(line)
    for line in Path("tests/data/text_cases/dates.jsonl").read_text(encoding="utf-8").splitlines()
]
HELD_OUT_FLOOR = 0.90
TODAY = date(2026, 11, 24)


def _stated(phrase: DatePhrase) -> tuple[object, ...]:
    known = (phrase.text, phrase.first, phrase.last, phrase.precision)
    if phrase.first is not None:
        return known
    return (*known, phrase.day, phrase.month, phrase.last_day, phrase.last_month)


def _wanted(gold: dict[str, str]) -> tuple[object, ...]:
    precision = Precision(gold["precision"])
    if gold["first"] is not None:
        first, last = date.fromisoformat(gold["first"]), date.fromisoformat(gold["last"])
        return (gold["words"], first, last, precision)
    parts = (gold.get(name) for name in ("day", "month", "last_day", "last_month"))
    return (gold["words"], None, None, precision, *parts)


def _is_right(case: dict[str, object]) -> bool:
    wanted = case["dates"]
    assert isinstance(wanted, list)
    found = find_dates(str(case["text"]), date.fromisoformat(str(case["reference"])))
    return [_stated(phrase) for phrase in found] == [_wanted(gold) for gold in wanted]


@pytest.mark.parametrize(
    "case", [c for c in CASES if not c["held_out"]], ids=lambda case: str(case["id"])
)
def test_find_dates_gold_case_is_right(case: dict[str, object]) -> None:
    assert _is_right(case)


def test_find_dates_held_out_share_reaches_floor() -> None:
    held_out = [_is_right(case) for case in CASES if case["held_out"]]
    assert sum(held_out) / len(held_out) >= HELD_OUT_FLOOR


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_find_dates_any_text_spans_quote_and_days_are_ordered(case: dict[str, str]) -> None:
    text = case["text"]
    end = 0
    for phrase in find_dates(text, TODAY):
        assert text[phrase.start : phrase.end] == phrase.text
        assert phrase.start >= end
        assert (phrase.first is None) == (phrase.last is None)
        if phrase.first is not None and phrase.last is not None:
            assert phrase.first <= phrase.last
        end = phrase.end


def test_find_dates_without_reference_relative_words_stand_for_no_days() -> None:
    (phrase,) = find_dates("Năm ngoái tỉnh đón đoàn nào?")
    assert (phrase.first, phrase.last, phrase.relative) == (None, None, True)


def test_find_dates_without_year_keeps_day_and_month_only() -> None:
    (phrase,) = find_dates("Chiều ngày 9/7, đoàn làm việc", TODAY)
    assert (phrase.first, phrase.day, phrase.month) == (None, 9, 7)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("từ 28 đến 3/8/2022", date(2022, 7, 28), date(2022, 8, 3)),
        ("ngày 5-7/3/2021", date(2021, 3, 5), date(2021, 3, 7)),
        ("30/12 đến 02/01/2024", date(2023, 12, 30), date(2024, 1, 2)),
        ("ngày 21, 22 và 23/7/2022", date(2022, 7, 21), date(2022, 7, 23)),
        ("tháng 5, 6 năm 2024", date(2024, 5, 1), date(2024, 6, 30)),
        ("7 - 8/2025", date(2025, 7, 1), date(2025, 8, 31)),
        ("quý 3 năm nay", date(2026, 7, 1), date(2026, 9, 30)),
        ("trong 3 năm qua", date(2023, 11, 25), date(2026, 11, 24)),
        ("đầu tháng này", date(2026, 11, 1), date(2026, 11, 10)),
    ],
)
def test_find_dates_range_covers_stated_days(text: str, first: date, last: date) -> None:
    (phrase,) = find_dates(text, TODAY)
    assert (phrase.first, phrase.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "tháng 7 năm 2022",
        "từ ngày 14 đến 16/6/2022",
        "năm ngoái",
        "quý III/2023",
        "6 tháng đầu năm 2024",
        "giai đoạn 2021-2025",
        "ngày 21 và 22 tháng 7 năm 2022",
    ],
)
def test_find_dates_typed_without_diacritics_stands_for_same_days(text: str) -> None:
    (accented,) = find_dates(text, TODAY)
    (plain,) = find_dates(fold(text), TODAY)
    assert (plain.first, plain.last, plain.precision) == (
        accented.first,
        accented.last,
        accented.precision,
    )


def test_find_dates_two_dates_in_a_list_are_two_phrases() -> None:
    found = find_dates("ngày 14/6/2022 và 16/6/2022")
    assert [phrase.first for phrase in found] == [date(2022, 6, 14), date(2022, 6, 16)]


@pytest.mark.parametrize(
    "text",
    [
        "đường 3/2",
        "12/63",
        "24/7",
        "86.54/100",
        "Nghị định 30/2020/NĐ-CP",
        "ngày 31/02/2023",
        "số 7/2022",
        "đạt 2024 hồ sơ",
        "tháng hai lần",
        "hai tháng sau",
        "ISO 9001:2015",
        "",
        "\x00",
        "Việt Nam sau khi",
        "viet nam sau khi",
        "192.168.12.20",
        "quý vị",
        "028.3829.1052",
    ],
)
def test_find_dates_other_numbers_and_words_are_none(text: str) -> None:
    assert find_dates(text, TODAY) == ()


def test_find_dates_ratio_after_a_full_date_is_not_a_day() -> None:
    found = find_dates("Đến ngày 15/7/2022, 8/10 chỉ tiêu hoàn thành")
    assert [phrase.text for phrase in found] == ["ngày 15/7/2022"]


def test_find_dates_garbage_never_raises_and_keeps_laws() -> None:
    source = random.Random(7)
    alphabet = [
        *list("0123456789/.,-– \n"),
        "ngày ",
        "tháng ",
        "năm ",
        "quý ",
        "đến ",
        "và ",
        "từ ",
    ]
    for _ in range(300):
        text = "".join(source.choices(alphabet, k=60))
        for phrase in find_dates(text, TODAY):
            assert text[phrase.start : phrase.end] == phrase.text
            assert phrase.first is None or phrase.last is None or phrase.first <= phrase.last
