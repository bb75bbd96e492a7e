"""A visit that did not take place is refused by its sides; one the other way round is named."""

from collections.abc import Iterator

import pytest

from hochoi.answering import answer
from hochoi.types import Outcome
from hochoi.workspace import Workspace
from tests.answering_library import open_library


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_library(tmp_path_factory.mktemp("absent")) as opened:
        yield opened


def test_no_such_visit_the_other_way_round_is_named(ws: Workspace) -> None:
    found = answer(ws, "Ai dẫn đầu đoàn Long An đến Cà Mau?")
    assert found.outcome is Outcome.ABSTAINED
    assert found.notice == (
        "Kho báo cáo không có chuyến nào như vậy (điều kiện: đoàn Long An (nay thuộc tỉnh"
        " Tây Ninh); nơi tiếp Cà Mau)."
        " Có chuyến theo chiều ngược lại: tỉnh Cà Mau – Long An, Ngày 12/3/2024."
    )
    assert found.related[0].report_id == "long-an"


def test_no_such_visit_names_visits_of_either_side(ws: Workspace) -> None:
    found = answer(ws, "Ai dẫn đầu đoàn Cà Mau đến Huế?")
    assert found.outcome is Outcome.ABSTAINED
    assert found.notice is not None
    assert "tỉnh Cà Mau – Long An" in found.notice
    assert {r.report_id for r in found.related[:2]} == {"long-an", "hue"}


def test_visit_that_took_place_is_answered(ws: Workspace) -> None:
    assert answer(ws, "Ai dẫn đầu đoàn Cà Mau đến Long An?").outcome is Outcome.ANSWERED
