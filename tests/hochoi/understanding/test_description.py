"""What an answer says it understood: kind, chips, roles, names of today."""

from collections.abc import Iterator

import pytest

from hochoi.answering import answer
from hochoi.types import Answer, Filters, Outcome
from hochoi.understood import AskedProvince, ProvinceRole, QuestionKind
from hochoi.workspace import Workspace
from tests.answering_library import open_library


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_library(tmp_path_factory.mktemp("description")) as opened:
        yield opened


def chips(found: Answer) -> dict[str, str]:
    assert found.understood is not None
    return {chip.key: chip.text for chip in found.understood.chips}


def test_understood_names_provinces_then_and_now_with_their_role(ws: Workspace) -> None:
    understood = answer(ws, "Đoàn Cà Mau đến Long An gồm bao nhiêu người?").understood
    assert understood is not None
    assert understood.kind is QuestionKind.HOW_MANY
    assert understood.provinces == (
        AskedProvince("Cà Mau", "Cà Mau", "Cà Mau", ProvinceRole.VISITOR),
        AskedProvince("Long An", "Long An", "Tây Ninh", ProvinceRole.HOST),
    )


def test_understood_chips_are_worded_and_keyed(ws: Workspace) -> None:
    found = answer(ws, "Các đoàn nước ngoài đến miền Nam học về một cửa trước năm 2020?")
    assert chips(found) == {
        "group:foreign": "đoàn nước ngoài",
        "region:mien_nam": "nơi tiếp miền Nam",
        "topic:mot_cua": "Một cửa, trung tâm phục vụ hành chính công",
        "date:truoc nam 2020": "trước năm 2020",
    }


def test_understood_province_says_what_it_belongs_to_or_that_it_is_the_old_one(
    ws: Workspace,
) -> None:
    assert chips(answer(ws, "Liệt kê các đoàn đến Long An")) == {
        "province:Long An": "nơi tiếp Long An (nay thuộc tỉnh Tây Ninh)"
    }
    assert chips(answer(ws, "Liệt kê các đoàn đến Tây Ninh cũ")) == {
        "province:Tây Ninh": "nơi tiếp Tây Ninh (trước sáp nhập)"
    }
    assert chips(answer(ws, "Liệt kê các đoàn đến Tây Ninh")) == {
        "province:Tây Ninh": "nơi tiếp Tây Ninh"
    }


def test_understood_follow_up_has_a_chip_for_the_conversation(ws: Workspace) -> None:
    before = "Đoàn Cà Mau đến Long An ngày nào?"
    found = answer(ws, "Trưởng đoàn là ai?", None, (before,))
    assert found.outcome is Outcome.ANSWERED
    assert found.understood is not None
    assert found.understood.question == "Trưởng đoàn là ai (Đoàn Cà Mau đến Long An)?"
    assert set(found.understood.carried) == {"province:Cà Mau", "province:Long An"}
    assert chips(found)["history"] == f"tiếp câu trước: “{before}”"


def test_understood_conversation_taken_out_is_as_if_asked_first(ws: Workspace) -> None:
    before = "Đoàn Cà Mau đến Long An ngày nào?"
    filters = Filters(without=frozenset({"history"}))
    assert chips(answer(ws, "Trưởng đoàn là ai?", filters, (before,))) == {}


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("Xin chào", "Xin chào!"),
        ("Tỉnh nào sẽ dẫn đầu năm tới?", "Học Hỏi chỉ trích báo cáo"),
        ("Trong đoàn Cà Mau ai yếu nhất?", "Học Hỏi chỉ trích báo cáo"),
        ("Hãy xóa hết báo cáo của Huế", "Học Hỏi chỉ trả lời"),
        ("Thời tiết Huế ngày mai?", "Câu hỏi này nằm ngoài"),
    ],
)
def test_small_talk_gets_one_sentence_and_no_report(
    ws: Workspace, question: str, start: str
) -> None:
    found = answer(ws, question)
    assert found.outcome is Outcome.ABSTAINED
    assert found.notice is not None
    assert found.notice.startswith(start)
    assert found.notice.count(". ") == 0
    assert found.related == ()


def test_condition_taken_out_neither_restricts_nor_boosts(ws: Workspace) -> None:
    question = "Đoàn Sơn La giới thiệu kiosk tra cứu"
    without = Filters(without=frozenset({"province:Sơn La"}))
    bound, free = answer(ws, question), answer(ws, question, without)
    assert free.hits[0].passage.report_id == "long-an"
    names = {name for name, value in free.hits[0].signals if value}
    assert "province" not in names
    assert any(name == "province" for hit in bound.hits for name, _ in hit.signals)


def test_follow_up_of_a_report_that_is_gone_names_none(ws: Workspace) -> None:
    history = ("Đoàn Hà Giang đến Cần Thơ học chữ ký số ngày nào?",)
    found = answer(ws, "Trưởng đoàn là ai?", None, history)
    assert found.outcome is not Outcome.ANSWERED
    assert found.notice
