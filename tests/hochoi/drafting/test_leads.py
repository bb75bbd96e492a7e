"""The fact that opens an answer is the exact words, with all that they count."""

import pytest

from hochoi.drafting.leads import lead
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.selection import Scored
from hochoi.question import Query, Wanted
from hochoi.reading import read_report
from hochoi.settings import SHIPPED
from hochoi.types import Filters, Report, Visit


@pytest.mark.parametrize(
    ("unit", "sentence", "words"),
    [
        ("tinh", "Hội thảo có 25 tỉnh, thành phố dự.", "25 tỉnh, thành phố"),
        ("xa", "Dịch vụ có tại 106 xã, phường, thị trấn.", "106 xã, phường, thị trấn"),
        ("xa", "Tỉnh có 45 xã, trong đó 3 xã mới.", None),
        ("trong bang xep", "Tỉnh đứng thứ 11, trong bảng xếp hạng.", None),
    ],
)
def test_a_number_opens_an_answer_with_all_that_it_counts(
    unit: str, sentence: str, words: str | None
) -> None:
    report = Report(
        "0" * 16, "a.txt", f"Hội thảo\n\n{sentence}", "txt", "0" * 64, Visit("Hội thảo")
    )
    query = Query("", "", "", (Wanted.NUMBER,), (unit,), (), (), (), Filters())
    reading = read_report(report)
    facts = frozenset({Wanted.NUMBER})
    scored = [Scored(u, 1.0, 1.0, 1.0, facts) for u in reading.items]
    found = lead(query, reading, scored, Phrases(SHIPPED / "prompts" / "answers.vi.toml"))
    said = None if found is None else report.text[found.spans[0].start : found.spans[0].end]
    assert said == words
