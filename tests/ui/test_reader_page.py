from dataclasses import replace

import pytest

from hochoi.types import Span, Visit
from tests.ui.html_reading import elements
from tests.ui.samples import END, QUOTE, REPORT, START, TEXT, TITLE, VISIT, party
from ui.reader_page import marks_within, reader_page, report_text
from ui.wording import Language


def page(marks: tuple[Span, ...] = (), language: Language = Language.VI) -> str:
    return reader_page(REPORT, marks, {"Kết quả"}, {"mot_cua": "Một cửa"}, language)


def text_of(text: str, *marks: Span, pages: tuple[int, ...] = ()) -> str:
    return str(report_text(replace(REPORT, text=text, pages=pages), marks, (), Language.VI))


def marked(html: str) -> list[str]:
    return [e.text for e in elements(html, "mark")]


def test_reader_page_marks_exactly_the_quoted_words() -> None:
    html = page((Span(START, END),))
    (mark,) = elements(html, "mark")
    assert mark.text == QUOTE == TEXT[START:END]
    assert mark.attributes["id"] == "mark"


def test_reader_page_without_marks_offers_no_way_to_one() -> None:
    assert elements(page(), "mark") == []
    assert "#mark" not in page()


def test_reader_page_shows_every_line_of_the_text_once() -> None:
    html = page((Span(START, END),))
    (text,) = elements(html, "div", "text")
    assert text.text.split("\n") == [line for line in TEXT.split("\n")[1:] if line]
    assert [e.text for e in elements(html, "h1")] == [TITLE]


def test_reader_page_section_lines_become_headings_and_lists_stay_lists() -> None:
    html = page()
    assert "Kết quả" in [e.text for e in elements(html, "h2")]
    assert len(elements(html, "p", "item")) == 2


def test_reader_page_card_states_the_visit() -> None:
    (card,) = elements(page(), "aside")
    for words in (
        "tỉnh Hải Dương (nay là Hải Phòng)", "tỉnh Cà Mau", "12–13/03/2024", "Một cửa",
        "Lê Văn Tám, Chánh Văn phòng UBND tỉnh", "14", "14/03/2024", "hải dương (1).txt",
    ):  # fmt: skip
        assert words in card.text


def test_reader_page_unknown_host_visitor_and_date_are_called_not_stated() -> None:
    report = replace(REPORT, visit=Visit("Không rõ ai"))
    html = reader_page(report, (), (), {}, Language.VI)
    assert elements(html, "aside")[0].text.count("Không nêu") == 3


def test_reader_page_compiled_report_says_so() -> None:
    report = replace(REPORT, compiled_from="public facts")
    sentence = "Báo cáo do dự án biên soạn từ dữ kiện công khai."
    assert sentence in reader_page(report, (), (), {}, Language.VI)
    assert sentence not in page()


def test_reader_page_unsafe_source_address_is_no_link() -> None:
    report = replace(REPORT, visit=replace(VISIT, source_url="javascript:alert(1)"))
    assert "javascript" not in reader_page(report, (), (), {}, Language.VI)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<mark>x", '"><b onclick=x>'])
def test_reader_page_hostile_report_stays_text(text: str) -> None:
    visit = replace(VISIT, title=text, host=(party(text),), topics=(text,))
    report = replace(REPORT, text=f"{text}\n\nMở {text}\nĐóng", visit=visit, file_name=text)
    html = reader_page(report, (Span(0, 2),), (text,), {}, Language.VI)
    scripts = elements(html, "script")
    assert [e.attributes["src"].split("?")[0] for e in scripts] == [
        "/page/theme.js",
        "/page/wording.js",
        "/page/page.js",
    ]
    assert marked(html) == [text[:2]]
    assert elements(html, "b") == []


def test_reader_page_english_labels_mark_the_report_as_vietnamese() -> None:
    html = page(language=Language.EN)
    assert elements(html, "html")[0].attributes["lang"] == "en"
    assert elements(html, "div", "text")[0].attributes["lang"] == "vi"
    assert "About this visit" in html


def test_report_text_mark_over_several_lines_is_cut_at_their_ends() -> None:
    text = "Một\n\nhai ba\nbốn"
    html = text_of(text, Span(1, 13))
    assert marked(html) == ["ột", "hai ba", "b"]
    assert [e.attributes.get("id") for e in elements(html, "mark")] == ["mark", None, None]


def test_report_text_mark_that_starts_between_lines_is_still_the_target() -> None:
    html = text_of("Một\n\nhai", Span(3, 8))
    assert marked(html) == ["hai"]
    assert elements(html, "mark")[0].attributes["id"] == "mark"


def test_report_text_page_numbers_stand_before_the_words_they_begin_with() -> None:
    text = "Một\n\nhai ba\nbốn\nnăm"
    html = text_of(text, pages=(0, 9, 12))
    assert [e.text for e in elements(html, "p")] == [
        "Trang 1", "Một", "Trang 2", "hai ba", "Trang 3", "bốn", "năm",
    ]  # fmt: skip
    assert [e.text for e in elements(text_of(text), "p")] == ["Một", "hai ba", "bốn", "năm"]


def test_report_text_marked_title_is_shown_marked() -> None:
    html = text_of(TEXT, Span(0, 9))
    assert marked(html) == ["Hải Dương"]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (["5"], []), ([], ["5"]), (["5"], ["5"]), (["6"], ["5"]), (["0"], ["101"]), (["-1"], ["5"]),
        (["a"], ["5"]), (["1"], ["5.0"]), (["1", "x"], ["5", "6"]), (["٣"], ["5"]), ([""], [""]),
        (["1"], ["9" * 5000]), (["1 "], ["5"]),
    ],
)  # fmt: skip
def test_marks_within_bad_parameters_mark_nothing(starts: list[str], ends: list[str]) -> None:
    assert marks_within(starts, ends, 100) == ()


def test_marks_within_overlaps_are_joined_in_order() -> None:
    marks = marks_within(["50", "10", "15", "60"], ["60", "20", "30", "61"], 100)
    assert marks == (Span(10, 30), Span(50, 61))
