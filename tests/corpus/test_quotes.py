"""What is quoted from any report of the corpus can stand alone: no heading, no open list."""

from collections.abc import Iterator

import pytest

from hochoi.drafting.extractive import choose, find
from hochoi.drafting.leads import lead
from hochoi.drafting.selection import QueryTerms
from hochoi.reading import Reading
from hochoi.retrieval import prepare
from hochoi.types import Filters, Span
from hochoi.workspace import Workspace

QUESTIONS = (
    "Đoàn học được gì?",
    "Kết quả của tỉnh ra sao?",
    "Ai dự buổi làm việc?",
    "Việc này diễn ra ngày nào?",
    "Đoàn đã đến những đâu?",
    "Có bao nhiêu thủ tục, bao nhiêu hồ sơ?",
)


@pytest.fixture(scope="module")
def readings(ws: Workspace) -> list[Reading]:
    return [ws.reading(report_id) for report_id in ws.reports]


def quotes(ws: Workspace, readings: list[Reading]) -> Iterator[tuple[Reading, Span]]:
    """What answers to every question would quote from every report."""
    for question in QUESTIONS:
        query = prepare(question, Filters(), ws)
        terms = QueryTerms.of(query, ws.lexical.rarity)
        for reading in readings:
            found = find(query, reading, terms, ws.judges.sentences, ws.lexical.rarity)
            opening = lead(query, reading, found.scored, ws.phrases)
            for span in choose(query, found, opening):
                yield reading, span


def test_no_quote_is_a_heading_or_opens_a_list_and_breaks_off(
    ws: Workspace, readings: list[Reading]
) -> None:
    seen = 0
    for reading, span in quotes(ws, readings):
        text = reading.report.text[span.start : span.end]
        headings = [s.text for s in reading.sentences if s.is_heading]
        assert text not in headings
        assert not text.endswith(":"), text
        seen += 1
    assert seen > len(readings)


def test_lines_without_an_end_are_headings(readings: list[Reading]) -> None:
    for reading in readings:
        for sentence in reading.sentences:
            is_open = sentence.text[-1].isalnum()
            assert sentence.is_heading or not is_open, sentence.text
