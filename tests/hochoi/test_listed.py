""" "Đoàn thứ hai" of a list or a question back is the visit shown in that place."""

from collections.abc import Iterator

import pytest

from hochoi.answering import answer
from hochoi.types import Outcome
from hochoi.workspace import Workspace
from tests.answering_library import open_library

LIST = "Có bao nhiêu chuyến trong kho?"  # Long An, then Huế


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_library(tmp_path_factory.mktemp("listed")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "report"),
    [
        ("Đoàn đầu tiên do ai dẫn đầu?", "long-an"),
        ("Chuyến thứ hai diễn ra ngày nào?", "hue"),
        ("Đoàn cuối cùng đến ngày nào?", "hue"),
    ],
)
def test_listed_question_is_answered_from_the_visit_in_that_place(
    ws: Workspace, question: str, report: str
) -> None:
    found = answer(ws, question, None, (LIST,))
    assert found.outcome is Outcome.ANSWERED
    assert [s.report.report_id for s in found.sources] == [report]
    assert found.question == question


def test_listed_place_stays_meant_in_the_next_question(ws: Workspace) -> None:
    history = (LIST, "Chuyến thứ nhất có mấy người?")
    found = answer(ws, "Ai tiếp đoàn?", None, history)
    assert "Trần Thị Hoa" in found.sentences[0].text


def test_listed_place_beyond_the_list_is_said(ws: Workspace) -> None:
    found = answer(ws, "Đoàn thứ năm do ai dẫn đầu?", None, (LIST,))
    assert found.outcome is Outcome.ABSTAINED
    assert found.notice is not None
    assert "chỉ nêu 2 chuyến" in found.notice


def test_listed_without_a_list_is_an_ordinary_question(ws: Workspace) -> None:
    found = answer(ws, "Đoàn thứ hai do ai dẫn đầu?", None, ("Đoàn Cà Mau gồm bao nhiêu người?",))
    assert found.notice is None or "chỉ nêu" not in found.notice
