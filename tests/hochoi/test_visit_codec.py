"""A visit goes into the record and comes back the same."""

import json
from dataclasses import fields
from datetime import date

import pytest

from hochoi.types import Origin, Party, PartyKind, Person, Stated, Visit
from hochoi.visit_codec import decode_visit, encode_visit

FULL = Visit(
    title="Bắc Kạn “học” Quảng Ninh \\ \n 🎉",
    host=(
        Stated(Party("UBND tỉnh Quảng Ninh", "Quảng Ninh", "Quảng Ninh", PartyKind.PROVINCE), 3, 9),
        Stated(Party("Bộ Nội vụ", None, None, PartyKind.MINISTRY), 10, 19, Origin.MODEL),
    ),
    visitors=(Stated(Party("Bắc Kạn", "Bắc Kạn", "Thái Nguyên", PartyKind.DISTRICT), 0, 7),),
    date_text=Stated("ngày 5 và 6/8/2022", 20, 38),
    date_first=date(2022, 8, 5),
    date_last=date(2022, 8, 6),
    places=(Stated("Trung tâm PVHCC", 40, 55),),
    head_of_delegation=Stated(Person("Đỗ Thị Minh Hoa", None), 60, 75, Origin.PERSON),
    deputy_heads=(Stated(Person(None, "Phó Giám đốc Sở"), 80, 95),),
    host_leads=(Stated(Person("Vũ Văn Diện", "Phó Chủ tịch"), 100, 111),),
    participants=Stated(0, 0, 0, Origin.PERSON),
    document_numbers=(Stated("683/SNV-CCVC", 120, 132),),
    topics=("mot_cua", "chuyen_doi_so"),
    source_url="https://example.gov.vn/tin?id=1&x=ă",
    published=date(2022, 8, 9),
)


def test_decode_encoded_visit_loses_nothing() -> None:
    assert decode_visit(encode_visit(FULL)) == FULL


def test_full_visit_fills_every_field() -> None:
    """Otherwise the test above would not notice a field that the codec forgets."""
    bare = Visit(title="")
    same = [f.name for f in fields(Visit) if getattr(FULL, f.name) == getattr(bare, f.name)]
    assert same == []


def test_decode_visit_that_states_nothing_stays_unstated() -> None:
    assert decode_visit(encode_visit(Visit(title=""))) == Visit(title="")


def test_encode_keeps_vietnamese_readable() -> None:
    assert "Đỗ Thị Minh Hoa" in encode_visit(FULL)


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"title": "x"}',
        encode_visit(FULL).replace('"district"', '"village"'),
        encode_visit(FULL).replace("2022-08-05", "2022-08-35"),
        json.dumps({**json.loads(encode_visit(FULL)), "host": "Quảng Ninh"}),
    ],
)
def test_decode_something_else_raises(stored: str) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        decode_visit(stored)
