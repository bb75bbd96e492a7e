"""What the quote has in the same place must be the same; what is worded freely has no place."""

import pytest

from hochoi.verification.places import comparable, displaced
from tests.mutation.statements import fact_reader

QUOTED = (
    "Ngày 12/7/2022, ông Lê Văn Tám, Phó Giám đốc Sở Nội vụ tỉnh Sơn La, dẫn đoàn thăm Bắc Ninh.\n"
    "Tiếp đoàn có bà Trần Thị Hoa, Chánh Văn phòng UBND tỉnh Bắc Ninh."
)


def found(sentence: str) -> list[str]:
    reader = fact_reader()
    return [i.value for i in displaced(reader.read(sentence), reader.read(QUOTED))]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Bà Trần Thị Hoa, Phó Giám đốc Sở Nội vụ tỉnh Sơn La, dẫn đoàn.", "trần thị hoa"),
        ("Trưởng đoàn là Trần Thị Hoa, Phó Giám đốc Sở Nội vụ.", "trần thị hoa"),
        ("Tiếp đoàn có ông Lê Văn Tám, Chánh Văn phòng UBND tỉnh Bắc Ninh.", "lê văn tám"),
        ("Lê Văn Tám dẫn đoàn thăm Sơn La.", "Sơn La"),
        ("Tháng 8/2022, Lê Văn Tám, Phó Giám đốc Sở Nội vụ, dẫn đoàn.", "20220801-20220831"),
    ],
)
def test_displaced_fact_is_named(sentence: str, value: str) -> None:
    assert value in found(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        *QUOTED.split("\n"),
        "Tháng 7/2022, Lê Văn Tám, Phó Giám đốc Sở Nội vụ Sơn La, dẫn đoàn thăm Bắc Ninh.",
        "Năm 2022, ông Lê Văn Tám dẫn đoàn thăm Bắc Ninh.",
        "Trưởng đoàn là ông Lê Văn Tám, Phó Giám đốc Sở Nội vụ tỉnh Sơn La.",
        "Phó Giám đốc Sở Nội vụ Lê Văn Tám dẫn đoàn.",
        "Bà Hoa tiếp ông Tám.",
    ],
)
def test_displaced_true_fact_is_not(sentence: str) -> None:
    assert found(sentence) == []


def test_comparable_leaves_out_what_comes_and_goes() -> None:
    reader = fact_reader()
    long = "Theo báo cáo, đồng chí Lê Văn Tám và bà Trần Thị Hoa ở tỉnh Sơn La đạt 98,5 phần trăm."
    short = "Lê Văn Tám và Trần Thị Hoa ở Sơn La đạt 98,5%."
    assert [i.value for i in comparable(reader.read(long))] == [
        i.value for i in comparable(reader.read(short))
    ]
