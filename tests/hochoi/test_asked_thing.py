"""What thing a question asks for, by the words beside its question word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hochoi.asked_thing import asked_things, share_held
from hochoi.text import fold


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Đoàn Cà Mau dự buổi diễn văn nghệ nào ở Long An?", (("van", "nghe"),)),
        ("Ai ghi hình buổi làm việc?", (("ghi", "hinh"),)),
        ("Long An mở bao nhiêu kiosk tra cứu?", (("kiosk", "tra"),)),
        ("Hà Nội có bao nhiêu xã, bao nhiêu huyện?", (("xa",), ("huyen",))),
        ("Đoàn đi bằng phương tiện gì?", (("phuong", "tien"),)),
        ("Đoàn ăn trưa ở đâu?", (("an", "trua"),)),
        ("Đoàn đến làm việc ngày nào?", ()),
        ("Đoàn có bao nhiêu người, từ tỉnh nào?", ()),
        ("kn nào?", ()),
        ("", ()),
        ("nào gì ai mấy ở đâu", ()),
    ],
)
def test_asked_things_are_the_words_beside_the_question_word(
    question: str, things: tuple[tuple[str, ...], ...]
) -> None:
    assert asked_things(question) == things


@given(st.text(alphabet="aàáâăđeêiơuư ,.?nàog bhiêumy", max_size=60))
def test_asked_things_are_the_same_with_and_without_accents(question: str) -> None:
    assert asked_things(question) == asked_things(fold(question))


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=3),
    st.sets(st.sampled_from(["a", "b", "c", "d", "a_b", "c_d"])),
    st.sampled_from(["a", "b", "c", "d", "a_b", "c_d"]),
)
def test_share_held_never_falls_with_more_terms(
    things: list[tuple[str, ...]], terms: set[str], more: str
) -> None:
    assert 0 <= share_held(things, terms) <= share_held(things, terms | {more}) <= 1


def test_share_held_of_nothing_asked_is_whole() -> None:
    assert share_held((), ()) == 1.0
