"""What a question asks for, with accents or without."""

from datetime import date

import pytest

from hochoi.question import Wanted
from hochoi.text import fold
from tests.question_reading import asked


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Trưởng đoàn công tác tỉnh Phú Thọ là ai?", Wanted.HEAD),
        ("Ai dẫn đầu đoàn Phú Thọ?", Wanted.HEAD),
        ("Phó trưởng đoàn Phú Thọ là ai?", Wanted.DEPUTY),
        ("Ai tiếp đoàn Phú Thọ tại Huế?", Wanted.HOST_LEAD),
        ("Đoàn Phú Thọ gồm bao nhiêu người?", Wanted.PARTICIPANTS),
        ("Đoàn Phú Thọ đến Huế khi nào?", Wanted.DATE),
        ("Đoàn Phú Thọ làm việc ở đâu?", Wanted.PLACE),
        ("Công văn nào là căn cứ để tiếp đoàn?", Wanted.DOCUMENT),
        ("Đoàn Phú Thọ chi hết bao nhiêu tiền?", Wanted.MONEY),
        ("Số điện thoại của trưởng phòng?", Wanted.CONTACT),
        ("Huế có bao nhiêu camera?", Wanted.NUMBER),
        ("Phú Thọ học được gì ở Huế?", Wanted.CONTENT),
        ("ai dan dau doan quan yeongdo sang tham binh duong", Wanted.HEAD),
        ("Đoàn Cao Bằng do ai làm trưởng đoàn?", Wanted.HEAD),
        ("Đoàn có mấy thành viên, gồm bao nhiêu người?", Wanted.PARTICIPANTS),
        ("Đà Nẵng ra Hà Nội hôm nào?", Wanted.DATE),
        ("hoi thao to chuc ngay may", Wanted.DATE),
        ("nghi quyet so may", Wanted.DOCUMENT),
        ("Ninh Bình bố trí bao nhiêu tiền cho chuyển đổi số?", Wanted.MONEY),
        ("hà nội có bn chi nhánh ttpvhcc", Wanted.NUMBER),
        ("Tỷ lệ hồ sơ đúng hạn đạt bao nhiêu phần trăm?", Wanted.NUMBER),
    ],
)
def test_understand_kind_of_fact_is_seen_with_and_without_accents(
    question: str, wanted: Wanted
) -> None:
    assert asked(question).wanted[0] is wanted
    assert asked(fold(question)).wanted == asked(question).wanted


def test_understand_special_kind_leaves_the_general_one_out() -> None:
    assert asked("Ai làm trưởng đoàn?").wanted == (Wanted.HEAD,)
    assert asked("Phó trưởng đoàn là ai?").wanted == (Wanted.DEPUTY,)
    assert asked("Đoàn có bao nhiêu người?").wanted == (Wanted.PARTICIPANTS,)


def test_understand_two_questions_in_one_want_both() -> None:
    wanted = asked("Đoàn Phú Thọ gồm bao nhiêu người và đến ngày nào?").wanted
    assert {Wanted.PARTICIPANTS, Wanted.DATE} <= set(wanted)
    assert set(asked("hdnd quang nam lam viec o dau ngay nao").wanted) == {
        Wanted.DATE,
        Wanted.PLACE,
    }


def test_understand_telex_is_read_as_vietnamese() -> None:
    query = asked("ddoanf Tuyeen Quang goomf bao nhieeu nguwowif")
    assert query.question == "đoàn Tuyên Quang gồm bao nhiêu người"


def test_understand_names_dates_and_documents_are_read() -> None:
    query = asked("Đoàn Bắc Giang làm gì ngày 9/7/2022 theo công văn 683/SNV-CCVC?")
    assert [m.province for m in query.provinces] == ["Bắc Giang"]
    assert [(d.first, d.last) for d in query.dates] == [(date(2022, 7, 9), date(2022, 7, 9))]
    assert [d.text for d in query.documents] == ["683/SNV-CCVC"]


def test_understand_former_province_is_searched_under_its_present_name_too() -> None:
    assert "Bắc Ninh" in asked("Đoàn Bắc Giang học gì?").search_text


def test_understand_name_of_a_merged_province_adds_the_present_one_alone() -> None:
    query = asked("Bình Dương tiếp đoàn nào?")
    assert [(m.province, m.current) for m in query.provinces] == [("Bình Dương", "Hồ Chí Minh")]
    assert query.search_text.splitlines()[-1] == "Hồ Chí Minh"


def test_understand_abbreviation_is_searched_in_full_and_kept_as_asked() -> None:
    query = asked("UBND tỉnh học gì về DVCTT?")
    assert query.question == "UBND tỉnh học gì về DVCTT?"
    assert "dịch vụ công trực tuyến" in query.search_text.lower()
    assert query.search_text.startswith(query.question)
    assert "DVCTT" not in query.plain_text


def test_understand_counted_noun_is_remembered() -> None:
    assert asked("Huế lắp bao nhiêu camera giám sát?").units[0].startswith("camera")


def test_understand_question_without_names_goes_on_with_the_last_that_had_some() -> None:
    query = asked("Ai làm trưởng đoàn?", "Đoàn Phú Thọ đến Huế khi nào?", "Gồm mấy người?")
    assert [m.province for m in query.provinces] == ["Phú Thọ", "Huế"]
    assert query.wanted == (Wanted.HEAD,)
    assert query.question == "Ai làm trưởng đoàn?"


def test_understand_question_with_a_name_of_its_own_stands_alone() -> None:
    query = asked("Ai làm trưởng đoàn Sơn La?", "Đoàn Phú Thọ đến Huế khi nào?")
    assert [m.province for m in query.provinces] == ["Sơn La"]


@pytest.mark.parametrize("question", ["?", "a", "🎉", "0" * 2000, "bao nhiêu " * 200, "là ai"])
def test_understand_anything_wants_something(question: str) -> None:
    assert asked(question).wanted


@pytest.mark.parametrize(
    "question",
    [
        "Tỉnh nào sẽ dẫn đầu PAR Index năm tới?",
        "Ai yếu nhất trong đoàn?",
        "Thời tiết Hà Nội ngày mai thế nào?",
    ],
)
def test_understand_forecast_or_judgement_is_beyond_reports(question: str) -> None:
    assert asked(question).is_beyond_reports


@pytest.mark.parametrize(
    "question", ["Tỉnh nào đứng đầu PAR Index năm 2023?", "Đoàn Sơn La học gì năm ngoái?"]
)
def test_understand_past_fact_is_not_beyond_reports(question: str) -> None:
    assert not asked(question).is_beyond_reports
