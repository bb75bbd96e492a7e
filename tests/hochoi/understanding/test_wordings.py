"""What a question asks for, in accents and without."""

import pytest

from hochoi.question import Wanted
from tests.question_reading import asked as understood


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Trưởng đoàn công tác tỉnh Tuyên Quang là ai?", Wanted.HEAD),
        ("ai dan dau doan quan yeongdo sang tham binh duong", Wanted.HEAD),
        ("Đoàn Cao Bằng do ai làm trưởng đoàn?", Wanted.HEAD),
        ("Phó trưởng đoàn Tuyên Quang là ai?", Wanted.DEPUTY),
        ("Ai tiếp đoàn Đà Nẵng?", Wanted.HOST_LEAD),
        ("doan tuyen quang gom bao nhieu nguoi", Wanted.PARTICIPANTS),
        ("Đoàn có mấy thành viên, gồm bao nhiêu người?", Wanted.PARTICIPANTS),
        ("Đà Nẵng ra Hà Nội hôm nào?", Wanted.DATE),
        ("hoi thao to chuc ngay may", Wanted.DATE),
        ("Đoàn làm việc ở đâu?", Wanted.PLACE),
        ("Công văn nào là căn cứ?", Wanted.DOCUMENT),
        ("nghi quyet so may", Wanted.DOCUMENT),
        ("Đoàn chi hết bao nhiêu tiền?", Wanted.MONEY),
        ("Ninh Bình bố trí bao nhiêu tiền cho chuyển đổi số?", Wanted.MONEY),
        ("Cho xin số điện thoại của Chủ tịch", Wanted.CONTACT),
        ("hà nội có bn chi nhánh ttpvhcc", Wanted.NUMBER),
        ("Tỷ lệ hồ sơ đúng hạn đạt bao nhiêu phần trăm?", Wanted.NUMBER),
        ("Đà Nẵng học được gì ở Hà Nội?", Wanted.CONTENT),
    ],
)
def test_understand_kind_of_fact(question: str, wanted: Wanted) -> None:
    assert understood(question).wanted[0] is wanted


def test_understand_two_questions_in_one_keeps_both_kinds() -> None:
    assert set(understood("hdnd quang nam lam viec o dau ngay nao").wanted) == {
        Wanted.DATE,
        Wanted.PLACE,
    }


def test_understand_telex_is_read_as_vietnamese() -> None:
    query = understood("ddoanf Tuyeen Quang goomf bao nhieeu nguwowif")
    assert query.question == "đoàn Tuyên Quang gồm bao nhiêu người"


def test_understand_abbreviation_is_spelled_out_and_kept() -> None:
    query = understood("CĐS ở Sơn La")
    assert "chuyển đổi số" in query.plain_text.lower()
    assert "CĐS" in query.search_text


def test_understand_new_name_adds_no_false_old_name() -> None:
    query = understood("Bình Dương tiếp đoàn nào?")
    assert [(m.province, m.current) for m in query.provinces] == [("Bình Dương", "Hồ Chí Minh")]
    assert "Hồ Chí Minh" in query.search_text


def test_understand_follow_up_takes_the_last_named_province() -> None:
    query = understood("Ai làm trưởng đoàn?", "Đoàn Sơn La đến Huế khi nào?", "Ở đâu?")
    assert {m.province for m in query.provinces} == {"Sơn La", "Huế"}


def test_understand_own_province_drops_the_history() -> None:
    query = understood("Đoàn Cà Mau gồm mấy người?", "Đoàn Sơn La đến Huế khi nào?")
    assert {m.province for m in query.provinces} == {"Cà Mau"}


@pytest.mark.parametrize(
    "question",
    [
        "Tỉnh nào sẽ dẫn đầu PAR Index năm tới?",
        "Ai yếu nhất trong đoàn?",
        "Thời tiết Hà Nội ngày mai thế nào?",
    ],
)
def test_understand_forecast_or_judgement_is_beyond_reports(question: str) -> None:
    assert understood(question).is_beyond_reports


@pytest.mark.parametrize(
    "question", ["Tỉnh nào đứng đầu PAR Index năm 2023?", "Đoàn Sơn La học gì năm ngoái?"]
)
def test_understand_past_fact_is_not_beyond_reports(question: str) -> None:
    assert not understood(question).is_beyond_reports
