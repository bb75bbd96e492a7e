"""Document numbers: laws, the gold cases, and the traps of real reports."""

import json
from pathlib import Path

import pytest

from hochoi.language.document_numbers import document_key, find_document_numbers

CASES = [
    json.loads(line)
    for line in Path("tests/data/text_cases/document_numbers.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
HELD_OUT_FLOOR = 0.95


def _is_right(case: dict[str, object]) -> bool:
    wanted = case["documents"]
    assert isinstance(wanted, list)
    found = find_document_numbers(str(case["text"]))
    return [(d.text, d.kind, d.key) for d in found] == [
        (w["words"], w["kind"], w["key"]) for w in wanted
    ]


@pytest.mark.parametrize(
    "case", [c for c in CASES if not c["held_out"]], ids=lambda case: str(case["id"])
)
def test_find_document_numbers_gold_case_is_right(case: dict[str, object]) -> None:
    assert _is_right(case)


def test_find_document_numbers_held_out_share_reaches_floor() -> None:
    held_out = [_is_right(case) for case in CASES if case["held_out"]]
    assert sum(held_out) / len(held_out) >= HELD_OUT_FLOOR


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_find_document_numbers_any_text_spans_quote_and_keys_agree(case: dict[str, str]) -> None:
    text = case["text"]
    end = 0
    for found in find_document_numbers(text):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        assert document_key(found.text) == found.key
        assert document_key(found.key) == found.key
        end = found.end


def test_find_document_numbers_typed_in_lower_case_has_same_key() -> None:
    (found,) = find_document_numbers("cong van 683/snv-ccvc noi gi")
    assert (found.kind, found.key) == ("cong van", "683/SNV-CCVC")


def test_find_document_numbers_dash_after_number_is_not_swallowed() -> None:
    (found,) = find_document_numbers("Kế hoạch số 12/KH-UBND - UBND tỉnh ban hành")
    assert found.text == "12/KH-UBND"


@pytest.mark.parametrize(
    "text", ["5/người-ngày", "12/đơn vị", "21/7/2022", "12/BC", "a/b-c", "/", ""]
)
def test_find_document_numbers_other_slashes_are_none(text: str) -> None:
    assert find_document_numbers(text) == ()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("5 / KH–UBND", "05/KH-UBND"),
        ("0145/BC-UBND", "145/BC-UBND"),
        ("749/QĐ-TTg", "749/QĐ-TTG"),
        ("683/snv-ccvc", "683/SNV-CCVC"),
        ("136/2001/QĐ-TTg", "136/2001/QĐ-TTG"),
    ],
)
def test_document_key_spelling_variants_agree(written: str, key: str) -> None:
    assert document_key(written) == key
