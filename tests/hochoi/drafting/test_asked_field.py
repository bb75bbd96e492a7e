"""A value of the right type answers only where the sentence speaks of the field asked for."""

import pytest

from hochoi.drafting.asked_field import fits_field, speaks_of_field
from hochoi.drafting.extractive import fact_share
from hochoi.drafting.fact_signs import holds
from hochoi.drafting.selection import Scored
from hochoi.question import Query, Wanted
from hochoi.reading import Unit, read_report
from hochoi.text import fold
from hochoi.types import Filters, Report, Visit
from hochoi.understanding.wanted import counted_units, find_wanted, settle


def asked(text: str) -> Query:
    folded = fold(text)
    wanted = settle(tuple(cue.wanted for cue in find_wanted(folded)))
    return Query(text, text, text, wanted, counted_units(folded), (), (), (), Filters())


def only_unit(sentence: str) -> tuple[Unit, Report]:
    text = f"{VISIT.title}\n\n{sentence}"
    report = Report("0" * 16, "a.txt", text, "txt", "0" * 64, VISIT)
    return read_report(report).items[0], report


VISIT = Visit("Đoàn Nghệ An làm việc tại Bắc Ninh")


def share(question: str, sentence: str) -> float:
    """How surely a report of one sentence states what a question asks for first."""
    query, (unit, report) = asked(question), only_unit(sentence)
    facts = frozenset(w for w in query.wanted if holds(w, unit.sentence, query))
    scored = Scored(unit, 1.0, 1.0, 1.0, facts)
    return fact_share(query.wanted[0], query, read_report(report), [scored])


@pytest.mark.parametrize(
    ("question", "states", "leaves_out"),
    [
        (
            "Ai ký biên bản ghi nhớ?",
            "Đồng chí Trần Quốc Cường và đồng chí Lê Thành Đô ký biên bản.",
            "Đồng chí Trần Quốc Cường tiếp đoàn.",
        ),
        (
            "Ai làm phiên dịch cho đoàn?",
            "Bà Nguyễn Thu Hà làm phiên dịch.",
            "Bà Nguyễn Thu Hà tiếp đoàn.",
        ),
        (
            "Giám đốc Trung tâm là ai?",
            "Đồng chí Nguyễn Văn Phúc, Giám đốc Trung tâm, dự.",
            "Đồng chí Nguyễn Văn Phúc, Chánh Văn phòng, dự.",
        ),
        (
            "Buổi làm việc bắt đầu lúc mấy giờ?",
            "Buổi làm việc bắt đầu lúc 8 giờ 30 ngày 08/10.",
            "Buổi làm việc ngày 08/10 giúp giảm 500.000 giờ mỗi năm.",
        ),
        (
            "Đoàn thăm bao nhiêu xã?",
            "Đoàn đã thăm 3 xã của tỉnh.",
            "Đoàn làm việc ngày 10/11/2025 với 12 sở.",
        ),
        (
            "Kinh phí của đoàn là bao nhiêu?",
            "Kinh phí của đoàn là 150 triệu đồng.",
            "Đoàn gồm 15 người, làm việc ngày 24/7/2019.",
        ),
        (
            "Đoàn đi theo quyết định số mấy?",
            "Đoàn đi theo Quyết định số 3544/QĐ-UBND.",
            "Đoàn tìm hiểu việc ban hành quyết định về 12 thủ tục.",
        ),
        (
            "Trung tâm có bao nhiêu công chức?",
            "Trung tâm có 24 công chức.",
            "Trung tâm hành chính công tiếp nhận 404 thủ tục.",
        ),
        (
            "Đoàn nghỉ tại đâu?",
            "Đoàn nghỉ tại nhà khách tỉnh Bắc Ninh.",
            "Đoàn làm việc tại tỉnh Bắc Ninh.",
        ),
        (
            "Chuyến đi kéo dài bao lâu?",
            "Chuyến đi kéo dài 5 ngày.",
            "Chuyến đi diễn ra năm 2019, có 12 sở.",
        ),
    ],
)
def test_a_value_counts_only_with_the_field_asked_for(
    question: str, states: str, leaves_out: str
) -> None:
    assert share(question, states) > 0.5
    assert share(question, leaves_out) == 0


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Kinh phí của đoàn Ninh Bình tháng 7/2019 là bao nhiêu?", Wanted.MONEY),
        ("Học phí khóa học là bao nhiêu?", Wanted.MONEY),
        ("Đoàn đi theo kế hoạch số bao nhiêu?", Wanted.DOCUMENT),
        ("Hai bên ký biên bản ghi nhớ số mấy?", Wanted.DOCUMENT),
        ("Tỉnh giảm bao nhiêu phần trăm chi phí?", Wanted.NUMBER),
        ("Tỉnh thu bao nhiêu loại phí, lệ phí?", Wanted.NUMBER),
        ("Đoàn nghỉ tại khách sạn nào?", Wanted.PLACE),
    ],
)
def test_the_type_asked_for_is_read_with_its_noun(question: str, wanted: Wanted) -> None:
    assert asked(question).wanted == (wanted,)


def test_a_question_of_no_known_field_asks_for_the_type_alone() -> None:
    unit, report = only_unit("Đồng chí Nguyễn Văn Phúc, Chánh Văn phòng, dự.")
    query = asked("Phía Bắc Ninh có những ai dự?")
    assert speaks_of_field(unit.sentence, query)
    assert fits_field(Wanted.PERSON, unit, query, read_report(report))
