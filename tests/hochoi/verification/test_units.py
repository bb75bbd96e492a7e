"""A number must count in the sentence what it counts in the quote."""

import pytest

from hochoi.verification.units import units_agree
from tests.mutation.statements import fact_reader

QUOTED = (
    "Đoàn gồm 15 cán bộ. Xã nhận 4.100 hồ sơ, đạt 98,5%, sau 05 ngày; phí giảm 50%, tại 9 UBND."
)


def agree(sentence: str) -> bool:
    reader = fact_reader()
    return units_agree(reader.read(sentence), reader.read(QUOTED))


@pytest.mark.parametrize(
    "sentence",
    [
        "Xã nhận 4.100 hồ sơ.",
        "Số hồ sơ là 4100.",
        "Đoàn gồm 15 cán bộ.",
        "Đoàn gồm 15 người.",
        "Đạt 98,5 phần trăm.",
        "Đạt 98.5 %.",
        "Mất 5 ngày.",
        "Tại 9 Ủy ban nhân dân.",
        "Có 77 tiêu chí.",  # stands nowhere: a fault of its own, not of the unit
    ],
)
def test_units_same_thing_agrees(sentence: str) -> None:
    assert agree(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Xã nhận 4.100 thủ tục.",
        "Đoàn gồm 15 doanh nghiệp.",
        "Đạt 98,5 điểm.",
        "Mất 5 tháng.",
        "Phí giảm 50 lần.",
    ],
)
def test_units_other_thing_does_not(sentence: str) -> None:
    assert not agree(sentence)
