"""Which questions ask over many visits and which about one, with accents and without."""

import pytest

from hochoi.text import fold
from hochoi.understanding.over_visits import OVERVIEWS, over_visits
from hochoi.understood import ProvinceRole, QuestionKind
from tests.question_reading import asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Tỉnh nào đến TP.HCM học tập?", QuestionKind.LIST),
        ("Ai đã đến Huế?", QuestionKind.LIST),
        ("Có tỉnh nào đến Thái Nguyên học chưa?", QuestionKind.LIST),
        ("Đà Nẵng đã tiếp ai?", QuestionKind.LIST),
        ("Bắc Ninh từng hướng dẫn tỉnh nào?", QuestionKind.LIST),
        ("Hải Phòng đi học ở đâu?", QuestionKind.LIST),
        ("Lần gần nhất Bắc Ninh tiếp đoàn là khi nào?", QuestionKind.LIST),
        ("Chuyến đầu tiên đến Bình Dương là của đoàn nào?", QuestionKind.LIST),
        ("Đoàn nào đông nhất?", QuestionKind.LIST),
        ("Đơn vị nào tiếp nhiều đoàn nhất?", QuestionKind.COUNT),
        ("Ai dẫn nhiều đoàn nhất?", QuestionKind.COUNT),
        ("Nước nào đến Bình Dương nhiều nhất?", QuestionKind.COUNT),
    ],
)
def test_over_visits_also_without_the_word_for_visits(question: str, kind: QuestionKind) -> None:
    assert asked(question).kind is kind
    assert asked(fold(question)).kind is kind


@pytest.mark.parametrize(
    "question",
    [
        "Ai dẫn đầu đoàn đến Huế?",
        "Ai đã tiếp đoàn Tuyên Quang?",
        "Ai của Bộ Thông tin và Truyền thông đã đến Huế?",
        "Đoàn Tuyên Quang đến TP.HCM thăm nơi nào?",
        "Tỉnh nào đứng đầu bảng PAR Index?",
        "Tỉnh nào có nhiều hồ sơ trực tuyến nhất?",
        "Ai tiếp nhận nhiều hồ sơ nhất?",
        "Lớp bồi dưỡng chuyển đổi số đầu tiên mở khi nào?",
        "Bao nhiêu địa phương cử cán bộ dự hội thảo?",
    ],
)
def test_over_visits_leaves_questions_about_one_visit_alone(question: str) -> None:
    assert asked(question).kind not in OVERVIEWS
    assert asked(fold(question)).kind not in OVERVIEWS


def test_over_visits_who_came_needs_a_host_and_no_visitor() -> None:
    question = "tinh nao den do"
    assert over_visits(question, frozenset({ProvinceRole.HOST})) is QuestionKind.LIST
    assert over_visits(question, frozenset()) is None
    assert over_visits(question, frozenset({ProvinceRole.HOST, ProvinceRole.VISITOR})) is None
