"""The table of an answer: every row with its number, missing cells said, nothing cut."""

import pytest

from hochoi.types import Cell, Citation, Row, Table
from tests.ui.html_reading import assert_harmless, elements
from ui.answer_table import citation_marks, table_html, table_lines, table_text
from ui.wording import Language

LONG = "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu đón đoàn đại biểu tỉnh Đắk Nông đến tìm hiểu một cửa"


def cited(text: str, number: int) -> Cell:
    return Cell(text, (Citation(number, f"r{number}", 0, len(text), text),))


TABLE = Table(
    ("date", "visitors", "host", "title"),
    (
        Row(1, (cited("Ngày 5/5", 1), cited("tỉnh Huế", 1), Cell(None), cited(LONG, 1))),
        Row(2, (Cell(None), cited("a\nb <b>", 2), cited("tỉnh Cà Mau", 2), cited("Hai", 2))),
    ),
)


def test_table_lines_hold_every_word_within_the_width() -> None:
    for width in (60, 100, 140):
        lines = table_lines(TABLE, width)
        assert max(map(len, lines)) <= width
        words = " ".join(lines).split()
        assert set(LONG.split()) <= set(words)
        assert words.count("[1]") == words.count("[2]") == 1
        assert "\n".join(lines).count("không nêu") == 2


def test_table_lines_columns_start_at_the_same_place() -> None:
    head, rule, first, *_ = table_lines(TABLE, 100)
    assert head.index("Thời gian") == first.index("Ngày 5/5")
    assert set(rule) == {"-", " "}


def test_table_lines_word_longer_than_its_column_is_broken_not_lost() -> None:
    table = Table(("title",), (Row(1, (cited("x" * 300, 1),)),))
    assert "".join(table_lines(table, 60)).count("x") == 300


def test_table_lines_title_makes_room_for_quoted_content() -> None:
    row = Row(1, (cited("Nội dung dài", 1), cited(LONG, 1)))
    assert "Bà Rịa" not in " ".join(table_lines(Table(("content", "title"), (row,)), 80))


def test_table_text_is_one_line_a_row_with_tabs() -> None:
    head, first, second = table_text(TABLE).split("\n")
    assert head.split("\t") == ["", "Thời gian", "Đoàn", "Nơi tiếp", "Báo cáo"]
    assert first.split("\t") == ["[1]", "Ngày 5/5", "tỉnh Huế", "không nêu", LONG]
    assert second.split("\t")[2] == "a b <b>"


@pytest.mark.parametrize("language", list(Language))
def test_table_html_links_every_row_and_escapes(language: Language) -> None:
    html = str(table_html(TABLE, language))
    assert_harmless(html)
    assert [e.text for e in elements(html, "a", "cite")] == ["[1]", "[2]"]
    assert "<b>" not in html
    assert len(elements(html, "span", "unstated")) == 2
    assert html.count("<tr>") == 3


@pytest.mark.parametrize(
    ("numbers", "marks"),
    [
        ([], ""),
        ([1], "[1]"),
        ([1, 2], "[1][2]"),
        ([1, 2, 3, 3], "[1-3]"),
        ([2, 1], "[2][1]"),
        ([1, 2, 3, 5, 6, 7, 9], "[1-3][5-7][9]"),
    ],
)
def test_citation_marks_are_short_and_keep_their_order(numbers: list[int], marks: str) -> None:
    assert citation_marks([Citation(n, "r", 0, 1, "x") for n in numbers]) == marks
