"""Questions over many visits, on the three visits of the answering library."""

from collections.abc import Iterator

import pytest

from hochoi.answering import answer
from hochoi.types import Answer, Outcome
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
    assert "chuyến phù hợp" not in " ".join(s.text for s in found.sentences)
