"""Questions over many visits, on the three visits of the answering library."""

from collections.abc import Iterator

import pytest

from hochoi.answering import answer
from hochoi.types import Answer, Filters, Outcome
from hochoi.workspace import Workspace
from tests.answering_library import open_library


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_library(tmp_path_factory.mktemp("overview")) as opened:
        yield opened


def rows(found: Answer) -> list[str]:
    return [s.report.report_id for s in found.sources]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Liệt kê các đoàn đến Long An", ["long-an"]),
        ("liet ke cac doan den long an", ["long-an"]),
        ("Tây Ninh (gồm Long An cũ) đã tiếp những đoàn nào?", ["long-an"]),
        ("Huế đã tiếp bao nhiêu đoàn?", ["hue"]),
        ("Những tỉnh nào đã đến Huế?", ["hue"]),
        ("Năm 2024 có những buổi trao đổi nào về một cửa?", ["long-an"]),
        ("Liệt kê các chuyến trước năm 2025", ["long-an"]),
        ("Liệt kê các chuyến từ năm 2024", ["long-an"]),
        ("Có bao nhiêu chuyến trong kho?", ["long-an", "hue"]),
    ],
)
def test_overview_rows_are_the_visits_that_fit(
    ws: Workspace, question: str, expected: list[str]
) -> None:
    found = answer(ws, question)
    assert found.outcome is Outcome.ANSWERED
    assert rows(found) == expected


def test_overview_count_is_said_first_and_cites_every_row(ws: Workspace) -> None:
    found = answer(ws, "Có bao nhiêu chuyến trong kho?")
    assert "2 chuyến" in found.sentences[0].text
    assert {c.number for c in found.sentences[0].citations} == {1, 2}


def cells(found: Answer, column: str) -> list[str | None]:
    assert found.table is not None
    place = found.table.columns.index(column)
    return [row.cells[place].text for row in found.table.rows]


def test_overview_missing_cell_is_none_and_old_name_carries_the_new(ws: Workspace) -> None:
    found = answer(ws, "Liệt kê các chuyến và trưởng đoàn")
    assert cells(found, "head") == ["Lê Văn Tám, Chánh Văn phòng UBND tỉnh", None]
    assert cells(found, "host") == ["Long An (nay thuộc tỉnh Tây Ninh)", "Thừa Thiên Huế"]


def test_overview_conditions_are_stated_in_the_sentence(ws: Workspace) -> None:
    found = answer(ws, "Liệt kê các đoàn đến Long An về một cửa năm 2024")
    assert found.sentences[0].text == (
        "Kho báo cáo có 1 chuyến phù hợp (điều kiện: nơi tiếp Long An (nay thuộc tỉnh Tây Ninh);"
        " Một cửa, trung tâm phục vụ hành chính công; năm 2024)."
    )


def test_overview_filters_set_by_hand_restrict_the_rows(ws: Workspace) -> None:
    question = "Có bao nhiêu chuyến trong kho?"
    found = answer(ws, question, Filters(year=2024, topic="mot_cua"))
    assert rows(found) == ["long-an"]
    assert "năm 2024; Một cửa" in found.sentences[0].text
    none = answer(ws, question, Filters(province="Hà Nội"))
    assert none.table is None


def test_overview_condition_taken_out_restricts_no_more(ws: Workspace) -> None:
    question = "Liệt kê các đoàn đến Long An"
    assert rows(answer(ws, question)) == ["long-an"]
    without = Filters(without=frozenset({"province:Long An"}))
    assert rows(answer(ws, question, without)) == ["long-an", "hue"]


def test_overview_no_such_visit_names_the_nearest(ws: Workspace) -> None:
    found = answer(ws, "Liệt kê các đoàn đến Long An năm 2019")
    assert found.outcome is Outcome.ABSTAINED
    assert found.notice == (
        "Kho báo cáo không có chuyến nào như vậy (điều kiện: nơi tiếp Long An (nay thuộc tỉnh"
        " Tây Ninh); năm 2019)."
    )
    assert [r.report_id for r in found.related] == ["long-an"]


def test_overview_subject_outside_the_topics_must_stand_in_the_report(ws: Workspace) -> None:
    assert rows(answer(ws, "Liệt kê các đoàn học về kiosk tra cứu")) == ["long-an"]


def test_overview_counts_by_year_say_what_is_not_stated(ws: Workspace) -> None:
    found = answer(ws, "Thống kê số chuyến theo năm")
    assert found.sentences[1].text == "Theo năm: 2024 (1); không nêu (1)."


def test_overview_comparison_has_a_row_per_side_with_quoted_content(ws: Workspace) -> None:
    found = answer(ws, "So sánh các đoàn đến Long An và đến Huế")
    assert cells(found, "group") == ["nơi tiếp Long An (nay thuộc tỉnh Tây Ninh)", "nơi tiếp Huế"]
    assert all(cells(found, "content"))


def test_overview_comparison_without_two_sides_is_left_to_search(ws: Workspace) -> None:
    assert answer(ws, "So sánh các kết quả của Kiên Giang").table is None


def test_overview_roles_are_not_swapped(ws: Workspace) -> None:
    assert "long-an" not in rows(answer(ws, "Cà Mau đã tiếp những đoàn nào?"))


def test_overview_undated_visit_is_left_out_and_said(ws: Workspace) -> None:
    found = answer(ws, "Liệt kê các chuyến trước năm 2025")
    assert found.notice is not None
    assert "1 chuyến" in found.notice


def test_overview_missing_cell_says_so_and_every_row_is_cited(ws: Workspace) -> None:
    found = answer(ws, "Có bao nhiêu chuyến trong kho?")
    for sentence in found.sentences:
        for citation in sentence.citations:
            text = ws.store.report(citation.report_id).text
            assert text[citation.start : citation.end] == citation.quote != ""


@pytest.mark.parametrize(
    "question",
    [
        "Đoàn Cà Mau đến Long An gồm bao nhiêu người?",
        "Long An giới thiệu những việc gì với đoàn Cà Mau?",
        "Long An lập mấy đoàn kiểm tra?",
    ],
)
def test_overview_question_about_one_visit_is_left_to_search(ws: Workspace, question: str) -> None:
    found = answer(ws, question)
    assert found.table is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Đoàn nào đã gặp bà Trần Thị Hoa?", ["long-an"]),
        ("Những đoàn nào đến Trung tâm Giám sát đô thị thông minh ở Huế?", ["hue"]),
        ("Các đoàn làm việc với Sở Nội vụ", ["long-an"]),
        ("Những đoàn nào đến ngày 9/7?", ["hue"]),
        ("Liệt kê các đoàn đến Huế hoặc Long An", ["long-an", "hue"]),
        ("Huế và Long An tiếp bao nhiêu đoàn?", ["long-an", "hue"]),
    ],
)
def test_overview_names_and_days_outside_the_tables_restrict_too(
    ws: Workspace, question: str, expected: list[str]
) -> None:
    assert rows(answer(ws, question)) == expected


@pytest.mark.parametrize(
    "question", ["Vũng Tàu tiếp đoàn nào?", "Quận 3 tiếp đoàn nào?", "BN tiếp đoàn nào?"]
)
def test_overview_first_word_of_a_name_counts_too(ws: Workspace, question: str) -> None:
    assert answer(ws, question).table is None


def test_overview_name_that_no_report_holds_lists_nothing(ws: Workspace) -> None:
    assert answer(ws, "Những đoàn nào đến phường Hòa Cường?").table is None


def test_overview_who_received_them_is_a_column(ws: Workspace) -> None:
    found = answer(ws, "Long An tiếp những đoàn nào và ai tiếp?")
    assert cells(found, "host_leads") == ["Trần Thị Hoa, Giám đốc Sở Nội vụ tỉnh Long An"]


def test_overview_most_is_counted_by_what_was_asked(ws: Workspace) -> None:
    found = answer(ws, "Năm nào có nhiều đoàn nhất?")
    assert found.sentences[1].text.startswith("Theo năm: ")


def test_overview_contradictory_filters_are_both_stated(ws: Workspace) -> None:
    found = answer(ws, "Liệt kê các đoàn đến Long An năm 2024", Filters(year=2019))
    assert found.outcome is Outcome.ABSTAINED
    assert found.notice is not None
    assert "năm 2024; năm 2019" in found.notice


def test_overview_said_words_must_stand_in_the_report_in_any_spelling(ws: Workspace) -> None:
    found = answer(ws, "Những tỉnh nào đã nói về đô thị thông minh? Xếp theo thời gian.")
    assert rows(found) == ["hue"]
    assert answer(ws, "Những tỉnh nào đã nói về thành phố thông minh?").table is None


def test_overview_latest_names_one_visit_and_says_what_states_no_year(ws: Workspace) -> None:
    found = answer(ws, "Chuyến gần đây nhất là chuyến nào?")
    assert rows(found) == ["long-an"]
    assert found.sentences[0].text == (
        "Gần đây nhất trong 1 chuyến có nêu ngày là tỉnh Cà Mau – Long An, Ngày 12/3/2024."
    )
    assert found.notice == "Không tính 1 chuyến mà báo cáo không nêu năm."


def test_overview_largest_gives_the_number_and_says_who_states_none(ws: Workspace) -> None:
    found = answer(ws, "Đoàn nào đông nhất?")
    assert cells(found, "participants") == ["14"]
    assert found.sentences[0].text.endswith("Long An, Ngày 12/3/2024: 14 người.")
    assert found.notice == "Không tính 1 chuyến mà báo cáo không nêu số người."


def test_overview_group_with_most_visits_opens_and_all_counts_are_cited(ws: Workspace) -> None:
    found = answer(ws, "Tỉnh nào tiếp nhiều đoàn về một cửa nhất?")
    assert found.sentences[0].text == (
        "Nhiều nhất là Long An (nay thuộc tỉnh Tây Ninh): 1 trong 1 chuyến"
        " (điều kiện: Một cửa, trung tâm phục vụ hành chính công)."
    )
    every = answer(ws, "Tỉnh nào tiếp nhiều đoàn nhất?")
    assert {c.number for c in every.sentences[1].citations} == {s.number for s in every.sources}
    assert rows(every) == ["long-an", "hue"]


def test_overview_places_are_a_column_when_asked_where(ws: Workspace) -> None:
    assert cells(answer(ws, "Cà Mau đi học ở đâu?"), "places") == [None]


def test_overview_how_many_provinces_counts_them_and_not_the_visits(ws: Workspace) -> None:
    found = answer(ws, "Bao nhiêu tỉnh đã đến Huế?")
    assert found.sentences[0].text == (
        "Kho báo cáo có 1 tỉnh, qua 1 chuyến phù hợp (điều kiện: đoàn của tỉnh, thành phố;"
        " nơi tiếp Huế)."
    )


def test_overview_groups_with_as_many_visits_share_the_first_place(ws: Workspace) -> None:
    lead = answer(ws, "Tỉnh nào tiếp nhiều đoàn nhất?").sentences[0].text
    assert lead == (
        "Nhiều nhất là Huế; Long An (nay thuộc tỉnh Tây Ninh): mỗi bên 1 trong 2 chuyến."
    )


def test_overview_size_that_nobody_states_is_said(ws: Workspace) -> None:
    found = answer(ws, "Đoàn nào đến Huế đông nhất?")
    assert rows(found) == ["hue"]
    assert found.notice == "Không báo cáo nào trong số này nêu số người."


def test_overview_who_led_each_of_a_list_goes_on_with_it(ws: Workspace) -> None:
    found = answer(ws, "Ai dẫn đầu từng đoàn?", None, ("Long An đã tiếp ai?",))
    assert cells(found, "head") == ["Lê Văn Tám, Chánh Văn phòng UBND tỉnh"]


@pytest.mark.parametrize(
    "question", ["Tỉnh nào chưa có đoàn nào đến?", "Những đoàn nào chưa từng đến Huế?"]
)
def test_overview_what_did_not_take_place_is_not_listed(ws: Workspace, question: str) -> None:
    found = answer(ws, question)
    assert found.outcome is Outcome.ABSTAINED
    assert found.notice is not None
    assert "đã diễn ra" in found.notice


def test_overview_question_that_ends_in_chua_is_a_list(ws: Workspace) -> None:
    assert rows(answer(ws, "Có tỉnh nào đến Huế chưa?")) == ["hue"]


def test_overview_whom_somebody_visits_most(ws: Workspace) -> None:
    found = answer(ws, "Cà Mau học ai nhiều nhất?")
    assert found.sentences[0].text.startswith("Nhiều nhất là Long An")
