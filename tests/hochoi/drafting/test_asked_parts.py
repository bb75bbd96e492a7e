"""A question is read as the values it asks for, one by one, in its order."""

import pytest

from hochoi.drafting.asked_parts import AskedPart, Part, asked_parts
from hochoi.question import Wanted
from tests.question_reading import asked


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Ai dẫn đầu đoàn Cà Mau?", [Part.RECORD]),
        ("Đoàn làm việc ở đâu, ngày nào?", [Part.PLACE, Part.DATE]),
        ("Tỉnh có mấy khu công nghiệp, rộng bao nhiêu?", [Part.COUNT, Part.AREA]),
        ("Chỉ số tụt bao nhiêu bậc, còn đứng thứ mấy?", [Part.COUNT, Part.RANK]),
        ("Xã nhận bao nhiêu hồ sơ, đúng hạn bao nhiêu phần trăm?", [Part.COUNT, Part.PERCENT]),
        (
            "Chiến lược được phê duyệt bằng văn bản nào, ngày mấy?",
            [Part.DOCUMENT, Part.DATE],
        ),
        ("Tỉnh đã vận hành bao nhiêu trong 34 cơ sở dữ liệu?", [Part.SHARE]),
        ("Đà Nẵng đã mấy lần đứng đầu?", [Part.ORDINAL]),
        ("Chiến dịch kéo dài bao lâu?", [Part.DURATION]),
        ("Buổi họp bắt đầu lúc mấy giờ?", [Part.CLOCK]),
        ("Tỉnh tiết kiệm bao nhiêu giờ mỗi năm?", [Part.COUNT]),
        ("Đoàn có mấy chuyên gia, là người nước nào?", [Part.COUNT, Part.NATION]),
        ("Đoàn đến xã nào và khu du lịch nào?", [Part.PLACE, Part.PLACE]),
        ("Thanh Hóa đứng thứ bao nhiêu, năm trước thì sao?", [Part.RANK, Part.OPEN]),
        ("Bộ máy trung tâm cần bao nhiêu biên chế?", [Part.COUNT]),
        ("Sơn La học được gì ở Thái Nguyên?", []),
    ],
)
def test_asked_parts_are_the_values_in_the_order_of_the_question(
    question: str, parts: list[Part]
) -> None:
    assert [p.part for p in asked_parts(asked(question))] == parts


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Xã nhận bao nhiêu hồ sơ?", "xa nhan bao nhieu ho so"),
        ("Tỉnh xếp hạng mấy năm 2023?", "tinh xep hang may nam 2023"),
        ("Đoàn làm việc ở đâu?", "doan lam viec o dau"),
    ],
)
def test_asked_parts_are_the_same_without_diacritics(typed: str, plain: str) -> None:
    one, other = asked_parts(asked(typed)), asked_parts(asked(plain))
    assert [p.part for p in one] == [p.part for p in other]
    assert [p.focus for p in one] == [p.focus for p in other]


def test_a_part_knows_the_clause_that_asks_and_what_is_counted() -> None:
    question = "Khi đoàn Nghệ An đến, trung tâm nhận bao nhiêu hồ sơ trực tuyến?"
    (part,) = asked_parts(asked(question))
    assert part.noun == "hồ sơ trực tuyến"
    assert {"trung", "tam", "nhan", "ho", "tuyen"} <= part.matter
    assert not {"nghe", "den"} & part.matter
    assert part.focus == {"ho", "truc", "tuyen"}


def test_a_field_of_the_visit_without_cue_words_is_still_asked_for() -> None:
    query = asked("Thứ trưởng nào đưa đoàn sang Bình Dương?")
    assert Wanted.HEAD in query.wanted
    assert AskedPart(Part.RECORD, field=Wanted.HEAD) in asked_parts(query)
