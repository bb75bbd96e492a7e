"""Host and visitor in a question against the visit as it was."""

import pytest

from hochoi.ranking.party_roles import names_of, reverses
from hochoi.text import fold
from hochoi.types import Party, PartyKind, Stated, Visit


def party(text: str, province: str | None = None, kind: PartyKind = PartyKind.OTHER) -> Party:
    return Party(text, province, province, kind)


def visit(host: Party, visitor: Party) -> Visit:
    return Visit("Chuyến", host=(Stated(host, 0, 1),), visitors=(Stated(visitor, 0, 1),))


HA_NOI = party("UBND thành phố Hà Nội", "Hà Nội", PartyKind.PROVINCE)
DA_NANG = party("thành phố Đà Nẵng", "Đà Nẵng", PartyKind.PROVINCE)
BANGLADESH = party("Chính phủ Bangladesh", None, PartyKind.FOREIGN)
ICF = party("Diễn đàn Cộng đồng thông minh (ICF)", None, PartyKind.FOREIGN)
DOMESTIC, FOREIGN = visit(HA_NOI, DA_NANG), visit(HA_NOI, BANGLADESH)


@pytest.mark.parametrize(
    ("question", "of", "is_reversed"),
    [
        ("Đà Nẵng ra Hà Nội học mô hình một cấp ngày nào?", DOMESTIC, False),
        ("Đoàn Hà Nội vào Đà Nẵng học mô hình một cấp ngày nào?", DOMESTIC, True),
        ("ha noi cu doan sang da nang hoc tap", DOMESTIC, True),
        ("Hà Nội tiếp đoàn Đà Nẵng ngày nào?", DOMESTIC, False),
        ("Hà Nội được Đà Nẵng đến học, ai tiếp?", DOMESTIC, False),
        ("Đà Nẵng đón đoàn Hà Nội ngày nào?", DOMESTIC, True),
        ("Sang Hà Nội học tập, Đà Nẵng hỏi gì?", DOMESTIC, False),
        ("Hà Nội cử đoàn sang Bangladesh do ai dẫn đầu?", FOREIGN, True),
        ("Đoàn Bangladesh sang Hà Nội do ai dẫn đầu?", FOREIGN, False),
        ("Hà Nội và Đà Nẵng bàn gì?", DOMESTIC, False),
        ("Đoàn Huế vào Đà Nẵng ngày nào?", DOMESTIC, False),
    ],
)
def test_reverses_only_a_wording_that_clearly_says_so(
    question: str, of: Visit, is_reversed: bool
) -> None:
    assert reverses(fold(question), of) is is_reversed


def test_names_of_party_leave_out_words_of_every_office() -> None:
    assert names_of(BANGLADESH) == ("bangladesh",)
    assert "icf" in names_of(ICF)
    assert names_of(HA_NOI) == ("ha noi",)
