"""What is indexed of a passage: its words under the name of its visit."""

from hochoi.index_text import header, index_text
from hochoi.types import Passage, Stated, Visit
from tests.fakes import stated_party

TITLE = "Bắc Kạn học một cửa ở Kiên Giang"
VISIT = Visit(
    title=TITLE,
    host=(stated_party(TITLE, "Kiên Giang", "An Giang"),),
    visitors=(stated_party(TITLE, "Bắc Kạn", "Thái Nguyên"), stated_party(TITLE, "Hà Nội")),
    date_text=Stated("sáng 5/8/2022", 0, 0),
)


def passage(text: str) -> Passage:
    return Passage("a:0-1", "a", "", 0, 1, text)


def test_header_names_title_date_and_both_parties_with_present_names() -> None:
    assert header(VISIT) == (
        "Bắc Kạn học một cửa ở Kiên Giang. sáng 5/8/2022. Nơi tiếp: Kiên Giang (An Giang)."
        " Đoàn đến: Bắc Kạn (Thái Nguyên), Hà Nội"
    )


def test_header_of_a_visit_that_states_nothing_is_its_title() -> None:
    assert header(Visit(title="Tin vắn")) == "Tin vắn"


def test_index_text_puts_the_passage_below_the_header() -> None:
    assert index_text(Visit(title="Tin vắn"), passage("Đoàn đã về.")) == "Tin vắn\nĐoàn đã về."


def test_index_text_of_the_first_passage_holds_the_title_once() -> None:
    found = index_text(Visit(title="Tin vắn"), passage("Tin vắn\n\nĐoàn đã về."))
    assert found == "Tin vắn\nĐoàn đã về."
