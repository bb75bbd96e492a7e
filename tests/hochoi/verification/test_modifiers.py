"""What small words do to the word behind them must be the same in the quote."""

import pytest

from hochoi.verification.modifiers import modifiers_agree
from tests.mutation.statements import fact_reader

QUOTED = (
    "Ông Lê Văn Tám, Phó Chủ tịch UBND tỉnh, và ông Trần Hòa, Chủ tịch UBND tỉnh, dự họp.\n"
    "Tỉnh có hơn 900.000 tài khoản, cấp 15 chữ ký số, không thu phí chứng thực và đã bỏ hẹn giờ.\n"
    "Thời gian xử lý không quá 05 ngày; gần 40 xã đạt dưới 3 ngày."
)


def agree(sentence: str, quoted: str = QUOTED) -> bool:
    reader = fact_reader()
    return modifiers_agree(reader.read(sentence), reader.read(quoted))


@pytest.mark.parametrize(
    "sentence",
    [
        "Tỉnh có hơn 900.000 tài khoản.",
        "Tỉnh có trên 900.000 tài khoản.",
        "Tỉnh có 900.000 tài khoản.",
        "Tỉnh có khoảng 900.000 tài khoản.",
        "Tỉnh cấp 15 chữ ký số.",
        "Tỉnh không thu phí chứng thực.",
        "Tỉnh chưa thu phí chứng thực.",
        "Lê Văn Tám, Phó Chủ tịch UBND tỉnh, dự họp.",
        "Trần Hòa, Chủ tịch UBND tỉnh, dự họp.",
        "Thời gian xử lý tối đa 05 ngày.",
        "Gần 40 xã đạt dưới 3 ngày.",
    ],
)
def test_modifiers_same_or_vaguer_agree(sentence: str) -> None:
    assert agree(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tỉnh có gần 900.000 tài khoản.",
        "Tỉnh có dưới 900.000 tài khoản.",
        "Tỉnh cấp hơn 15 chữ ký số.",
        "Tỉnh thu phí chứng thực.",
        "Tỉnh không cấp 15 chữ ký số.",
        "Tỉnh không có hơn 900.000 tài khoản.",
        "Lê Văn Tám, Chủ tịch UBND tỉnh, và Trần Hòa, Chủ tịch UBND tỉnh, dự họp.",
        "Trần Hòa, Phó Chủ tịch UBND tỉnh, dự họp.",
        "Thời gian xử lý hơn 05 ngày.",
        "Hơn 40 xã đạt dưới 3 ngày.",
        "Gần 40 xã đạt trên 3 ngày.",
    ],
)
def test_modifiers_other_ones_do_not(sentence: str) -> None:
    assert not agree(sentence)


def test_modifiers_denial_elsewhere_in_the_quote_denies_nothing_here() -> None:
    quoted = "Tỉnh không có trung tâm riêng. Đoàn có 15 người."
    assert agree("Đoàn có 15 người.", quoted)
    assert not agree("Đoàn không có 15 người.", quoted)


def test_modifiers_every_text_agrees_with_itself() -> None:
    for line in QUOTED.split("\n"):
        assert agree(line)
