"""Follow-ups: what goes on with the conversation, what replaces what, what stands alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.question_reading import asked

LIST = "Liệt kê các đoàn đến Bắc Ninh học về một cửa năm 2019."
VISIT = "Đoàn Cà Mau đến Long An gồm bao nhiêu người?"


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        (LIST, "Thế năm 2021?", "Liệt kê các đoàn đến Bắc Ninh học về một cửa năm 2021."),
        (LIST, "Còn Huế thì sao?", "Liệt kê các đoàn đến Huế học về một cửa năm 2019."),
        (
            LIST,
            "Còn chuyển đổi số?",
            "Liệt kê các đoàn đến Bắc Ninh học về chuyển đổi số năm 2019.",
        ),
        (LIST, "Hà Nội thì thế nào?", "Liệt kê các đoàn đến Hà Nội học về một cửa năm 2019."),
        (LIST, "Năm 2020 thôi", "Liệt kê các đoàn đến Bắc Ninh học về một cửa năm 2020."),
        (LIST, "Kể tên", "Kể tên (các đoàn đến Bắc Ninh học về một cửa năm 2019)?"),
        (
            LIST,
            "So sánh với Huế",
            "So sánh với Huế và Bắc Ninh (các đoàn đến Bắc Ninh học về một cửa năm 2019)?",
        ),
        (
            "Mô hình một cửa của Bắc Ninh thế nào?",
            "Quảng Ninh làm thế nào?",
            "Quảng Ninh làm thế nào (Mô hình một cửa)?",
        ),
        (LIST, "Không giới hạn năm", "Liệt kê các đoàn đến Bắc Ninh học về một cửa."),
        (VISIT, "Trưởng đoàn là ai?", "Trưởng đoàn là ai (Đoàn Cà Mau đến Long An)?"),
        (VISIT, "Còn Huế?", "Đoàn Huế đến Long An gồm bao nhiêu người?"),
        (VISIT, "Thế ở Huế?", "Đoàn Cà Mau đến Huế gồm bao nhiêu người?"),
    ],
)
def test_follow_up_replaces_what_stood_in_the_same_place(
    before: str, question: str, standalone: str
) -> None:
    assert asked(question, before).standalone == standalone


@pytest.mark.parametrize(
    "question",
    [
        "Đoàn Sơn La đến Huế khi nào?",
        "Liệt kê các chuyến năm 2022",
        "Tổ công nghệ số cộng đồng là mô hình thế nào?",
        "VNeID có bao nhiêu tài khoản?",
        "Giá vàng hôm nay?",
    ],
)
def test_follow_up_question_about_something_new_drops_the_old(question: str) -> None:
    query = asked(question, LIST)
    assert query.standalone == question
    assert query.earlier is None
    assert query.carried == ()


def test_follow_up_small_talk_between_is_passed_over() -> None:
    query = asked("Trưởng đoàn là ai?", VISIT, "Cảm ơn nhé", "Ai yếu nhất trong đoàn?")
    assert query.earlier == VISIT
    assert set(query.carried) == {"province:Cà Mau", "province:Long An"}


def test_follow_up_without_the_conversation_stands_alone() -> None:
    query = asked("Trưởng đoàn là ai?", VISIT, without="history")
    assert query.standalone == "Trưởng đoàn là ai?"
    assert query.conditions == ()


def test_follow_up_after_two_hundred_turns_goes_on_with_the_last() -> None:
    history = [f"Đoàn Sơn La đến Huế năm {1900 + n} khi nào?" for n in range(199)]
    start = time.process_time()
    query = asked("Trưởng đoàn là ai?", *history, VISIT)
    assert query.earlier == VISIT
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "turn", ["", "   ", "?" * 300, "a" * 10_000, "🎉🎉", "(((", ")( (a) (b", "ﬁ ß İ Ǆ đoàn Huế"]
)
def test_follow_up_of_anything_and_anything_as_follow_up_is_understood(turn: str) -> None:
    assert asked("Còn Huế?", turn).standalone
    assert asked(turn.strip() or "?", VISIT).wanted
    assert asked("Trưởng đoàn là ai?", turn, turn).question


_PIECES = st.sampled_from(
    "Còn|Thế|Chỉ lấy|Không giới hạn|năm|2019|trước|Huế|Bắc Ninh|miền Nam|đoàn|các đoàn|nước ngoài"
    "|của Lào|về|một cửa|đến|tiếp|ai|bao nhiêu|thì sao|?|(|)|,|.|So sánh|theo thời gian|Bộ Nội vụ"
    "|từ|ngày 9/7|đoàn đó|và|nay thuộc|cũ|683/SNV-CCVC|📎|ﬁ|İ".split("|")
)
_TURNS = st.lists(st.lists(_PIECES, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=4)


@given(_TURNS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_follow_up_any_conversation_is_understood_and_each_condition_stands_in_its_words(
    turns: list[str],
) -> None:
    query = asked(turns[-1], *turns[:-1])
    text = query.standalone
    for condition in query.conditions:
        assert 0 <= condition.lead <= condition.start < condition.end <= len(text)
    assert set(query.carried) <= {c.key for c in query.conditions}
    assert asked(turns[-1], *turns[:-1]) == query
