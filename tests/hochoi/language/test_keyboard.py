"""Telex and VNI left in questions: what is converted, and what must never be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hochoi.language.keyboard import untype
from hochoi.text import fold


@given(st.text())
def test_untype_any_text_never_raises(text: str) -> None:
    untype(text)


@given(st.lists(st.sampled_from("ddaf nawngx laf ai so61 d9oa2n test 2025 DDCI a/b".split())))
def test_untype_twice_changes_nothing(words: list[str]) -> None:
    once = untype(" ".join(words))
    assert untype(once) == once


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddaf nawngx", "đà nẵng"),
        ("Truwowngr ddoanf Tuyeen Quang laf ai?", "Trưởng đoàn Tuyên Quang là ai?"),
        ("truongwr", "truongwr"),  # no valid syllable: left for the asker to see
        ("chuyeern ddooir soos", "chuyển đổi số"),
        ("DDAF NAWNGX", "ĐÀ NẴNG"),
        ("Quarng Ninh hocj hoir gif", "Quảng Ninh học hỏi gì"),
        ("thuowr xuwa", "thuở xưa"),
        ("giuwax nawm", "giữa năm"),
        ("cari cachs hanhf chinhs", "cải cách hành chính"),
        (
            "ddoanf xem website cuar sowr nooij vuj 21/7/2022 soos 683/SNV-CCVC",
            "đoàn xem website của sở nội vụ 21/7/2022 số 683/SNV-CCVC",
        ),
    ],
)
def test_untype_telex_becomes_vietnamese(typed: str, meant: str) -> None:
    assert untype(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("d9a2 na8ng4", "đà nẵng"),
        ("tru7o7ng3 d9oa2n tuye6n quang la2 ai", "trưởng đoàn tuyên quang là ai"),
        ("Ha2 No65i thu3 tu5c ha2nh chi1nh", "Hà Nội thủ tục hành chính"),
        ("chuye63n d9o63i so61", "chuyển đổi số"),
        ("tru7ong d9i", "trương đi"),
    ],
)
def test_untype_vni_becomes_vietnamese(typed: str, meant: str) -> None:
    assert untype(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Trưởng đoàn Tuyên Quang là ai?",
        "truong doan tuyen quang la ai",
        "office 365 data center test list",
        "the meeting room of the board",
        "dashboard data warehouse",
        "queen teens lawn town dawn boost beef roof",
        "how was the new law on e-government",
        "Laos visa USA Paris",
        "DDCI 2022 va PAR INDEX",
        "683/SNV-CCVC 2025",
        "nghi quyet 30a",
        "phong 10 nhom1 nhom2 nhom6 khu7 so61",
        "covid19 win10 b2b g2c i18n k8s CO2 H2O 5G A4",
        "http://ddaf.vn ddaf@ddaf.vn",
        "free wifi pdf gif",
        "xoong noi",
        "smart city forum conf",
        "Saab Isaac bazaar",
    ],
)
def test_untype_text_that_is_something_else_stays(text: str) -> None:
    assert untype(text) == text


def test_untype_unaccented_syllables_of_vietnamese_stay() -> None:
    words = (
        "trường thuở nghiêng quyển khuỷu xoong giếng gì quốc hoạch đoàn uống yêu ươm ngoằn rượu "
        "huyện xã phường tỉnh cải cách hành chính chuyển đổi số một cửa liên thông học hỏi"
    )
    assert untype(fold(words)) == fold(words)
