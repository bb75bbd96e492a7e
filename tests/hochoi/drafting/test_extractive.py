"""A draft quotes exact words, in a form that can be read."""

from hochoi.drafting.extractive import Finding, draft
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.selection import Scored
from hochoi.question import Query, Wanted
from hochoi.reading import read_report
from hochoi.settings import SHIPPED
from hochoi.types import Filters, Report, Visit

PHRASES = Phrases(SHIPPED / "prompts" / "answers.vi.toml")


def test_a_quoted_list_keeps_its_lines() -> None:
    body = "Kết quả  cụ thể như sau:\n\n- 07 nền tảng số;\n- 23 cơ sở dữ liệu."
    report = Report("0" * 16, "a.txt", f"Nền tảng\n\n{body}", "txt", "0" * 64, Visit("Nền tảng"))
    reading = read_report(report)
    scored = tuple(Scored(u, 1.0, 1.0, 1.0, frozenset()) for u in reading.wholes)
    query = Query("", "", "", (Wanted.CONTENT,), (), (), (), (), Filters())
    [sentence] = draft(query, [Finding(reading, scored, ())], PHRASES).sentences
    assert sentence.text.endswith(
        "“Kết quả cụ thể như sau:\n- 07 nền tảng số;\n- 23 cơ sở dữ liệu.”"
    )
