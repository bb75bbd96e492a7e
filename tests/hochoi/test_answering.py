"""From question to answer over three visits described by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hochoi.answering import answer, stream
from hochoi.types import Answer, Filters, Outcome, Progress
from hochoi.workspace import Workspace
from tests.answering_library import open_library


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder: Path = tmp_path_factory.mktemp("answering")
    with open_library(folder) as opened:
        yield opened


def text_of(found: Answer) -> str:
    return " ".join(s.text for s in found.sentences)


@pytest.mark.parametrize(
    ("question", "report_id", "words"),
    [
        (
            "Trưởng đoàn Cà Mau đến Long An là ai?",
            "long-an",
            "Lê Văn Tám, Chánh Văn phòng UBND tỉnh",
        ),
        ("truong doan ca mau den long an la ai", "long-an", "Lê Văn Tám"),
        ("Ai tiếp đoàn Cà Mau ở Long An?", "long-an", "Trần Thị Hoa"),
        ("Đoàn Cà Mau đến Long An gồm bao nhiêu người?", "long-an", "14 người"),
        ("Đoàn Cà Mau đến Long An ngày nào?", "long-an", "12/3/2024"),
        ("Đoàn Cà Mau đến Long An theo công văn nào?", "long-an", "77/SNV-CCHC"),
        ("Long An mở bao nhiêu kiosk tra cứu?", "long-an", "12 kiosk"),
        ("Tỷ lệ hồ sơ trễ hẹn ở Long An còn bao nhiêu phần trăm?", "long-an", "0,8%"),
        ("Hue-S có bao nhiêu tài khoản?", "hue", "900.000 tài khoản"),
        ("Đoàn Sơn La đến Huế ngày nào?", "hue", "ngày 9/7"),
        ("kien giang cap bao nhieu chu ky so", "kien-giang", "5.300 chữ ký số"),
        ("An Giang (cũ là Kiên Giang) cấp bao nhiêu chữ ký số?", "kien-giang", "5.300"),
    ],
)
def test_answer_stated_fact_is_found_and_cited(
    ws: Workspace, question: str, report_id: str, words: str
) -> None:
    found = answer(ws, question)
    assert found.outcome is Outcome.ANSWERED
    assert found.sources[0].report.report_id == report_id
    assert words in text_of(found)


@pytest.mark.parametrize(
    ("question", "nearest", "notice"),
    [
        ("Đoàn Cà Mau đến Long An tốn bao nhiêu tiền?", "long-an", "số tiền"),
        ("Ai dẫn đầu đoàn Sơn La đến Huế?", "hue", "trưởng đoàn"),
        ("Đoàn Sơn La đến Huế năm nào?", "hue", "thời gian"),
        ("Đoàn Sơn La đến Huế gồm bao nhiêu người?", "hue", "số người"),
        ("Số điện thoại của ông Lê Văn Tám ở Cà Mau?", "long-an", "liên hệ"),
        ("Đoàn Lai Châu đến Long An ngày nào?", "long-an", "không có chuyến nào như vậy"),
        ("Đoàn Cà Mau đến Long An năm 2019 gồm mấy người?", "long-an", "gần nhất: “Long An đón"),
    ],
)
def test_answer_unstated_fact_abstains_and_names_nearest(
    ws: Workspace, question: str, nearest: str, notice: str
) -> None:
    found = answer(ws, question)
    assert found.outcome is Outcome.ABSTAINED
    assert not found.sentences
    assert found.related[0].report_id == nearest
    assert found.notice is not None
    assert notice in found.notice


def test_answer_unrelated_question_abstains(ws: Workspace) -> None:
    assert answer(ws, "Giá vàng hôm nay?").outcome is Outcome.ABSTAINED


@pytest.mark.parametrize(
    "question",
    [
        "Long An giới thiệu gì với đoàn Cà Mau?",
        "Cà Mau học được gì ở Long An?",
        "Huế nêu kinh nghiệm gì?",
    ],
)
def test_answer_every_quote_equals_its_span(ws: Workspace, question: str) -> None:
    found = answer(ws, question)
    assert found.outcome is Outcome.ANSWERED
    for sentence in found.sentences:
        for citation in sentence.citations:
            report = ws.store.report(citation.report_id)
            assert report.text[citation.start : citation.end] == citation.quote


def test_answer_question_about_content_quotes_the_whole_list(ws: Workspace) -> None:
    text = text_of(answer(ws, "Long An giới thiệu những việc gì với đoàn Cà Mau?"))
    assert "gộp các quầy" in text
    assert "trả kết quả qua bưu điện" in text
    assert "12 kiosk" in text


def test_answer_general_question_leaves_formalities_out(ws: Workspace) -> None:
    text = text_of(answer(ws, "Cà Mau học được gì ở Long An?"))
    assert "12 kiosk" in text
    assert "tiếp đoàn" not in text


def test_answer_date_question_about_one_day_ignores_other_reports(ws: Workspace) -> None:
    found = answer(ws, "Ngày 12/3/2024 đoàn Cà Mau làm gì ở Long An?")
    assert [s.report.report_id for s in found.sources] == ["long-an"]


def test_answer_filter_excludes_the_report_that_would_answer(ws: Workspace) -> None:
    found = answer(ws, "Hue-S có bao nhiêu tài khoản?", Filters(province="Long An"))
    assert found.outcome is Outcome.ABSTAINED


def test_answer_follow_up_keeps_the_visit_of_the_question_before(ws: Workspace) -> None:
    found = answer(ws, "Ai làm trưởng đoàn?", history=("Đoàn Cà Mau đến Long An ngày nào?",))
    assert "Lê Văn Tám" in text_of(found)


def test_answer_new_topic_drops_the_question_before(ws: Workspace) -> None:
    found = answer(ws, "Kiên Giang cấp bao nhiêu chữ ký số?", history=("Hue-S có gì?",))
    assert found.sources[0].report.report_id == "kien-giang"


def test_stream_last_item_is_the_answer_and_progress_comes_first(ws: Workspace) -> None:
    items = list(stream(ws, "Hue-S có bao nhiêu tài khoản?"))
    assert isinstance(items[-1], Answer)
    assert items[:2] == [Progress("understood"), Progress("searching")]
    assert all(isinstance(item, Progress) for item in items[:-1])


def test_answer_timings_name_every_step(ws: Workspace) -> None:
    names = [name for name, _ in answer(ws, "Hue-S có bao nhiêu tài khoản?").timings_ms]
    assert names == ["understand", "suggest", "search", "answer", "total"]
