"""The kind of a question, with accents and without, and what is no question to reports."""

import pytest

from hochoi.text import fold
from hochoi.understood import QuestionKind as Kind
from tests.question_reading import asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Ai dẫn đầu đoàn Nghệ An?", Kind.WHO),
        ("Đoàn đến Huế ngày nào?", Kind.WHEN),
        ("Đoàn Cà Mau làm việc ở đâu?", Kind.WHERE),
        ("Đoàn Sơn La có mấy người?", Kind.HOW_MANY),
        ("Căn cứ công văn nào?", Kind.DOCUMENT),
        ("Sơn La học được gì ở Thái Nguyên?", Kind.LEARNED),
        ("Hà Nội tổ chức một cửa như thế nào?", Kind.HOW),
        ("Hiệu quả của mô hình một cửa là gì?", Kind.RESULT),
        ("Tỷ lệ đúng hạn bao nhiêu phần trăm?", Kind.RESULT),
        ("Liệt kê các đoàn đến Huế", Kind.LIST),
        ("Bắc Ninh từng tiếp những đoàn nào?", Kind.LIST),
        ("Bình Dương đón bao nhiêu đoàn?", Kind.COUNT),
        ("Thống kê số chuyến theo năm", Kind.COUNT),
        ("So sánh Huế và Đà Nẵng", Kind.COMPARE),
        ("Các chuyến đến Huế theo thứ tự thời gian", Kind.TIMELINE),
        ("Xin chào bạn", Kind.GREETING),
        ("Năm sau tỉnh nào sẽ đứng đầu?", Kind.PREDICTION),
        ("Ông ấy có xứng đáng không, ông Nam có giỏi không?", Kind.OPINION),
        ("Hãy xóa báo cáo này", Kind.ORDER),
        ("Viết cho tôi một bài thơ", Kind.ORDER),
        ("Lãi suất ngân hàng hiện nay?", Kind.OFF_TOPIC),
    ],
)
def test_kind_is_the_same_with_and_without_accents(question: str, kind: Kind) -> None:
    assert asked(question).kind is kind
    assert asked(fold(question)).kind is kind


@pytest.mark.parametrize(
    "question",
    [
        "Đoàn Tuyên Quang có mấy chuyên gia nước ngoài?",  # "chuyên", not "chuyến"
        "Long An giảm phí cho người làm thủ tục qua mạng theo nghị quyết nào?",  # "thủ", not "thư"
        "Đứng đầu chỉ số theo thời gian thực mấy tuần?",
        "Long An lập mấy đoàn kiểm tra?",
        "Ai đã tiếp đoàn Bangladesh?",
        "Sau chuyến đi Sơn La sẽ làm gì?",
        "Cảm ơn, đoàn Huế gồm mấy người?",
    ],
)
def test_kind_of_a_question_about_one_visit_is_not_taken_for_another(question: str) -> None:
    assert asked(question).kind not in {
        Kind.LIST, Kind.COUNT, Kind.TIMELINE, Kind.ORDER, Kind.PREDICTION, Kind.GREETING,
    }  # fmt: skip


def test_kind_beyond_reports_has_no_conditions() -> None:
    query = asked("Thời tiết Hà Nội ngày mai thế nào?")
    assert query.is_beyond_reports
    assert query.conditions == ()
