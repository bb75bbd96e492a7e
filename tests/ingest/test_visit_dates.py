"""The date of the visit: its words, its days, and dates that are something else."""

import pytest

from hochoi.dates.finding import find_dates
from hochoi.language.document_numbers import find_document_numbers
from hochoi.language.sentences import sentence_spans
from hochoi.types import Span
from ingest.visit_dates import VisitDate, find_visit_date


def _found(text: str) -> VisitDate | None:
    numbers = [Span(n.start, n.end) for n in find_document_numbers(text)]
    return find_visit_date(text, sentence_spans(text), find_dates(text), numbers)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chiều 02/8, đoàn đến thăm.", "Chiều 02/8"),
        ("Sáng nay (2/4), Sở tiếp đoàn.", "Sáng nay (2/4)"),
        ("Thứ Tư, ngày 18/6/2025, Bộ tiếp đoàn.", "Thứ Tư, ngày 18/6/2025"),
        ("Chiều thứ Tư (14/9), đoàn đến.", "Chiều thứ Tư (14/9)"),
        ("Đoàn làm việc trong hai ngày 29 và 30/9/2025.", "hai ngày 29 và 30/9/2025"),
        ("Trong tháng 7/2022, Sở đã tiếp đoàn.", "tháng 7/2022"),
        ("Hôm 19/4/2023, đoàn tham quan.", "19/4/2023"),
    ],
)
def test_find_visit_date_quotes_its_words(text: str, words: str) -> None:
    found = _found(text)
    assert found is not None
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "Cập nhật lúc 15:20 ngày 3/4/2024",
        "Theo Công văn số 12/UBND-NC ngày 02/4/2024, Sở tiếp đoàn.",
        "Ngày 15/7/2022, Sở nhận được công văn xin đón đoàn.",
        "Mô hình hoạt động từ ngày 01/7/2025 được đoàn quan tâm.",
        "Năm 2023, đoàn học nhiều điều.",
    ],
)
def test_find_visit_date_other_dates_are_none(text: str) -> None:
    assert _found(text) is None
