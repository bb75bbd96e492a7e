"""Signs that a sentence holds the kind of fact asked for."""

import pytest

from hochoi.dates.finding import find_dates
from hochoi.drafting.fact_signs import answers_when, holds, names_person
from hochoi.question import Query, Wanted
from hochoi.reading import read_report
from hochoi.text import fold
from hochoi.types import Filters, Report, Visit


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


@pytest.mark.parametrize(
    ("question", "sentence", "held"),
    [
        ("Tỉnh đứng thứ mấy?", "Tỉnh đạt 91,43%, đứng thứ 3/63 tỉnh.", True),
        ("Tỉnh đứng thứ mấy?", "Cả 6 vùng đều đạt trên 80%.", False),
        ("Xếp hạng bao nhiêu?", "DTI của tỉnh xếp hạng 6.", True),
        ("Tỉnh ở vị trí nào năm 2023?", "Năm 2023 tỉnh xếp thứ nhất.", True),
        ("Trung tâm thu bao nhiêu loại phí?", "Phí được thu tại chỗ, cộng 404 loại.", True),
    ],
)
def test_only_a_rank_answers_a_question_for_a_rank(
    question: str, sentence: str, held: bool
) -> None:
    report = Report("0" * 16, "a.txt", f"Kết quả\n\n{sentence}", "txt", "0" * 64, Visit("Kết quả"))
    [read] = read_report(report).sentences
    asked = Query(question, question, question, (Wanted.NUMBER,), (), (), (), (), Filters())
    assert holds(Wanted.NUMBER, read, asked) is held
