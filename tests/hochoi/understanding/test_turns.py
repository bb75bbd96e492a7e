"""Words that correct, go back or begin anew, and places in a list: found, and nothing else lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hochoi.text import fold
from hochoi.understanding.turns import Manner, ordinal_in, read_turn
from tests.question_reading import asked

VISIT = "Đoàn Nghệ An đến Bắc Ninh ngày nào?"
LIST = "Liệt kê các đoàn đến Huế"


@pytest.mark.parametrize(
    ("text", "manner", "rest"),
    [
        ("Không, tỉnh Hà Nam cơ", Manner.CORRECTS, "Tỉnh Hà Nam cơ"),
        ("Ý tôi là Ninh Bình", Manner.CORRECTS, "Ninh Bình"),
        ("À không phải, tôi hỏi người tiếp đoàn", Manner.CORRECTS, "Người tiếp đoàn"),
        ("Sai rồi, tôi hỏi đoàn đến Hà Nội", Manner.CORRECTS, "Đoàn đến Hà Nội"),
        ("Quay lại đoàn Tuyên Quang, ai dẫn đầu?", Manner.RETURNS, "Đoàn Tuyên Quang, ai dẫn đầu?"),
        ("Hỏi chuyện khác: Hue-S là gì?", Manner.ANEW, "Hue-S là gì?"),
        ("Không giới hạn năm", Manner.PLAIN, "Không giới hạn năm"),
        ("Ý kiến của đoàn là gì?", Manner.PLAIN, "Ý kiến của đoàn là gì?"),
        ("Quay lại", Manner.PLAIN, "Quay lại"),
    ],
)
def test_turn_is_told_apart_from_the_question(text: str, manner: Manner, rest: str) -> None:
    turn = read_turn(text)
    assert (turn.manner, turn.rest) == (manner, rest)


@given(st.text(max_size=60))
def test_turn_keeps_the_end_of_every_text(text: str) -> None:
    rest = read_turn(text).rest
    assert rest[1:] == text.rstrip()[len(text.rstrip()) - len(rest) + 1 :] or rest == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Đoàn thứ hai do ai dẫn đầu?", 2),
        ("Chuyến đầu tiên học được gì?", 1),
        ("Còn chuyến thứ 10?", 10),
        ("Đoàn cuối cùng thì sao?", -1),
        ("Đoàn số ba", 3),
        ("Dòng thứ tư", 4),
    ],
)
def test_ordinal_is_the_place_in_a_list(text: str, number: int) -> None:
    found = ordinal_in(fold(text))
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(
    "text", ["Đoàn Hải Phòng", "Đoàn gồm hai người", "Lần thứ hai", "Hai đoàn"]
)
def test_ordinal_is_not_any_number(text: str) -> None:
    assert ordinal_in(fold(text)) is None


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        (VISIT, "Không, đoàn Ninh Bình cơ", "Đoàn Ninh Bình đến Bắc Ninh ngày nào?"),
        (VISIT, "Ý tôi là Ninh Bình", "Đoàn Ninh Bình đến Bắc Ninh ngày nào?"),
        (LIST, "Thêm Đà Nẵng nữa", "Liệt kê các đoàn đến Huế và Đà Nẵng"),
        (LIST, "Đoàn thứ hai do ai dẫn đầu?", "Đoàn thứ hai do ai dẫn đầu (các đoàn đến Huế)?"),
        (VISIT, "Hỏi chuyện khác: ai dẫn đầu?", "Ai dẫn đầu?"),
    ],
)
def test_turns_in_a_conversation(before: str, question: str, standalone: str) -> None:
    assert asked(question, before).standalone == standalone


def test_going_back_finds_the_question_that_named_it() -> None:
    found = asked("Quay lại đoàn Nghệ An, ai dẫn đầu?", VISIT, "Đoàn Cà Mau đến Long An khi nào?")
    assert found.earlier == VISIT


def test_names_typed_without_diacritics_join_an_accented_conversation() -> None:
    found = asked("chi lay doan hoc mot cua", LIST)
    assert found.standalone == "Liệt kê các đoàn đến Huế về một cửa"
    other = asked("Thế còn Đà Nẵng?", "cac doan den hai duong hoc mot cua")
    assert {c.key for c in other.conditions} == {"province:Đà Nẵng", "topic:mot_cua"}


def test_ordinal_stays_for_the_next_question() -> None:
    found = asked("Ai tiếp đoàn?", LIST, "Đoàn thứ hai do ai dẫn đầu?")
    assert found.listed is not None
    assert (found.listed.number, found.listed.asked) == (2, "ai tiếp đoàn")
