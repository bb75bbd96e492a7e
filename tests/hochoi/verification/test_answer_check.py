"""The check of finished answers sees what is wrong with each of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hochoi.answering import answer
from hochoi.types import Answer, Cell, Citation, Outcome, Sentence, Source
from hochoi.verification.answer_check import check_answer
from hochoi.workspace import Workspace
from tests.answering_library import open_library


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder: Path = tmp_path_factory.mktemp("check")
    with open_library(folder) as opened:
        yield opened


def reasons(ws: Workspace, found: Answer) -> list[str]:
    return [p.reason for p in check_answer(found, ws.reports, ws.facts, ws.phrases.fixed)]


@pytest.mark.parametrize(
    "question",
    [
        "Trưởng đoàn Cà Mau đến Long An là ai?",
        "Ai tiếp đoàn Cà Mau ở Long An?",
        "Đoàn Cà Mau đến Long An gồm bao nhiêu người?",
        "Cà Mau học được gì ở Long An?",
        "Hue-S có bao nhiêu tài khoản?",
        "Giá vàng hôm nay?",
        "Liệt kê các chuyến",
        "Những đoàn nào đến Huế?",
        "So sánh Long An và Huế",
        "Có bao nhiêu chuyến mỗi năm?",
        "Đoàn đến ngày nào?",
    ],
)
def test_check_extractive_answer_has_no_problem(ws: Workspace, question: str) -> None:
    assert reasons(ws, answer(ws, question)) == []


def with_cell(found: Answer, column: str, cell: Cell) -> Answer:
    assert found.table is not None
    n = found.table.columns.index(column)
    first, *rows = found.table.rows
    changed = replace(first, cells=(*first.cells[:n], cell, *first.cells[n + 1 :]))
    return replace(found, table=replace(found.table, rows=(changed, *rows)))


@pytest.mark.parametrize("text", ["Hà Giang", "Ngày 13/3/2024", "tỉnh Cà Mau và tỉnh Lai Châu"])
def test_check_word_put_into_a_cell_is_seen(ws: Workspace, text: str) -> None:
    found = with_cell(answer(ws, "Liệt kê các chuyến"), "visitors", Cell(text))
    assert "words from nowhere" in reasons(ws, found)[0]


def test_check_moved_quote_of_a_cell_is_seen(ws: Workspace) -> None:
    found = answer(ws, "Liệt kê các chuyến")
    assert found.table is not None
    cell = found.table.rows[0].cells[found.table.columns.index("date")]
    moved = replace(cell.citations[0], start=cell.citations[0].start + 1)
    changed = with_cell(found, "date", replace(cell, citations=(moved,)))
    assert "quote differs" in reasons(ws, changed)[0]


def test_check_word_put_into_a_question_back_is_seen(ws: Workspace) -> None:
    found = answer(ws, "Đoàn đến ngày nào?")
    first, *others = found.choices
    changed = replace(found, choices=(replace(first, label=f"{first.label} (mật)"), *others))
    assert "words from nowhere" in reasons(ws, changed)[0]


def sound(ws: Workspace) -> Answer:
    return answer(ws, "Hue-S có bao nhiêu tài khoản?")


def with_sentence(found: Answer, text: str, **changes: object) -> Answer:
    first = found.sentences[0]
    citation = replace(first.citations[0], **changes)  # type: ignore[arg-type]
    return replace(found, sentences=(Sentence(text, (citation, *first.citations[1:])),))


def test_check_added_word_is_seen(ws: Workspace) -> None:
    found = sound(ws)
    text = found.sentences[0].text.replace("tài khoản", "tài khoản hợp lệ")
    assert "words from nowhere" in reasons(ws, with_sentence(found, text))[0]


def test_check_changed_figure_is_seen(ws: Workspace) -> None:
    found = sound(ws)
    text = found.sentences[0].text.replace("900.000", "800.000")
    assert "words from nowhere" in reasons(ws, with_sentence(found, text))[0]


def test_check_moved_quote_is_seen(ws: Workspace) -> None:
    found = sound(ws)
    start = found.sentences[0].citations[0].start + 1
    assert (
        "quote differs"
        in reasons(ws, with_sentence(found, found.sentences[0].text, start=start))[0]
    )


def test_check_removed_report_is_seen(ws: Workspace) -> None:
    problems = check_answer(sound(ws), {}, ws.facts, ws.phrases.fixed)
    assert "not published" in problems[0].reason


def test_check_unsupported_model_sentence_is_seen(ws: Workspace) -> None:
    found = replace(with_sentence(sound(ws), "Hue-S có hơn 800.000 tài khoản."), generator="m")
    assert "not supported: number" in reasons(ws, found)


def test_check_supported_model_sentence_is_not(ws: Workspace) -> None:
    quoted = replace(sound(ws), sentences=sound(ws).sentences[-1:])  # behind any bare fact
    found = replace(with_sentence(quoted, "Hue-S có hơn 900.000 tài khoản."), generator="m")
    assert reasons(ws, found) == []


def test_check_numbers_out_of_order_are_seen(ws: Workspace) -> None:
    report = sound(ws).sources[0].report
    quote = report.text[:10]
    citation = Citation(2, report.report_id, 0, 10, quote)
    found = Answer("?", Outcome.ANSWERED, (Sentence(quote, (citation,)),), (Source(2, report),))
    assert "order of first use" in reasons(ws, found)[0]
