"""Signs that a sentence holds the kind of fact asked for."""

import pytest

from hochoi.dates.finding import find_dates
from hochoi.drafting.fact_signs import answers_when, names_person
from hochoi.question import Query, Wanted
from hochoi.text import fold
from hochoi.types import Filters


def query(text: str) -> Query:
    return Query(text, text, text, (Wanted.DATE,), (), (), (), (), Filters())


@pytest.mark.parametrize(
    ("text", "question", "names"),
    [
        ("Đồng chí Truong Quoc Huy, Phó Chủ tịch UBND tỉnh, tiếp đoàn.", "Ai tiếp?", True),
        ("Dẫn đầu đoàn là ông Tạ Văn Dũng.", "Ông Tạ Văn Dũng là ai?", False),
        ("Lãnh đạo Sở Nội vụ và Chủ tịch Hội đồng nhân dân dự.", "Ai dự?", False),
        ("Tham tán thương mại, thuộc cơ quan (US Commercial Service).", "Tên là gì?", False),
        ("Đồng chí Nguyễn Văn Phúc, Giám đốc Trung tâm, dự.", "Ai dự?", True),
        ("Đồng chí Lê Thành Đô và đồng chí Trần Quốc Cường.", "Ai dự?", True),
        ("Trung tâm đặt tại phường Kinh Bắc.", "Ai?", False),
    ],
)
def test_names_person_wants_a_name_beside_a_title(text: str, question: str, names: bool) -> None:
    assert names_person(text, fold(question)) is names


@pytest.mark.parametrize(
    ("words", "question", "is_exact"),
    [
        ("ngày 25/10", "Họp vào năm nào?", False),
        ("ngày 25/10", "Họp ngày nào?", True),
        ("năm 2023", "Họp ngày nào?", False),
        ("tháng 7/2019", "Từ tháng nào?", True),
        ("năm 2019", "Từ tháng nào?", False),
        ("năm 2019", "Khi nào?", True),
    ],
)
def test_answers_when_is_as_exact_as_the_question(
    words: str, question: str, is_exact: bool
) -> None:
    assert answers_when(find_dates(words)[0], query(question)) is is_exact
