"""Which kinds of fact words ask for."""

import pytest

from hochoi.question import Wanted
from hochoi.text import fold
from hochoi.understanding.wanted import find_wanted


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("camera AI ở Huế", False),
        ("Tổng đài ứng dụng AI thế nào", False),
        ("trí tuệ nhân tạo AI", False),
        ("Ai tiếp đoàn?", True),
        ("Đoàn gồm những ai?", True),
    ],
)
def test_ai_is_a_person_unless_a_machine_is_named_before_it(question: str, asks: bool) -> None:
    wanted = {cue.wanted for cue in find_wanted(fold(question))}
    assert bool(wanted & {Wanted.PERSON, Wanted.HOST_LEAD}) is asks


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Bộ máy của trung tâm tổ chức thế nào?", False),
        ("Nhà máy nào được thăm?", False),
        ("Trung tâm có mấy phòng?", True),
        ("trung tam co may phong", True),
    ],
)
def test_may_is_a_number_unless_it_is_a_machine(question: str, asks: bool) -> None:
    assert (Wanted.NUMBER in {cue.wanted for cue in find_wanted(fold(question))}) is asks


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Kinh phí chuyến đi của Tuyên Quang?", True),
        ("Chi phí thuê dịch vụ IOC", True),
        ("Kinh phí lấy từ đâu?", False),
        ("Kinh nghiệm huy động kinh phí", False),
    ],
)
def test_a_question_that_opens_with_costs_asks_for_a_sum(question: str, asks: bool) -> None:
    assert (Wanted.MONEY in {cue.wanted for cue in find_wanted(fold(question))}) is asks
