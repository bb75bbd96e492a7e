"""The fact that opens an answer: whole, in exact words, from the sentence that is meant."""

import pytest

from hochoi.drafting.leads import lead
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.selection import Scored
from hochoi.reading import read_report
from hochoi.settings import SHIPPED
from hochoi.types import Report, Visit
from tests.question_reading import asked

PHRASES = Phrases(SHIPPED / "prompts" / "answers.vi.toml")


def opening(question: str, *lines: str, title: str = "Hội thảo", judged: float = 1.0) -> list[str]:
    """The words on which the opening rests; every line is a sentence judged alike."""
    text = "\n\n".join([title, *lines])
    report = Report("0" * 16, "a.txt", text, "txt", "0" * 64, Visit(title))
    reading = read_report(report)
    scored = [Scored(u, judged, judged, judged, frozenset()) for u in reading.items]
    found = lead(asked(question), reading, scored, PHRASES)
    return [] if found is None else [text[s.start : s.end] for s in found.spans]


@pytest.mark.parametrize(
    ("question", "lines", "words"),
    [
        (
            "Tỉnh có mấy khu công nghiệp, rộng bao nhiêu?",
            ["Toàn tỉnh có 29 khu công nghiệp với diện tích 12.743 ha."],
            ["29 khu công nghiệp", "diện tích 12.743 ha"],
        ),
        (
            "Xã nhận bao nhiêu hồ sơ, đúng hạn bao nhiêu phần trăm?",
            ["Xã nhận trên 4.100 hồ sơ.", "Tỷ lệ hồ sơ đúng hạn đạt trên 99,9%."],
            ["trên 4.100 hồ sơ", "Tỷ lệ hồ sơ đúng hạn đạt trên 99,9%"],
        ),
        (
            "Chỉ số tụt bao nhiêu bậc, còn đứng thứ mấy?",
            ["Chỉ số xếp hạng 54/63, giảm 31 bậc so với năm 2021."],
            ["giảm 31 bậc so với năm 2021", "xếp hạng 54/63"],
        ),
        (
            "Chiến lược được phê duyệt bằng quyết định nào, ngày mấy?",
            ["Tại Quyết định số 2665/QĐ-UBND ngày 28/10/2025, tỉnh phê duyệt chiến lược."],
            ["2665/QĐ-UBND", "ngày 28/10/2025"],
        ),
    ],
)
def test_a_question_for_two_values_opens_with_both(
    question: str, lines: list[str], words: list[str]
) -> None:
    assert opening(question, *lines) == words


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Tỉnh có mấy khu công nghiệp, rộng bao nhiêu?", "Tỉnh có 29 khu công nghiệp."),
        ("Tỉnh đứng thứ mấy, năm trước thì sao?", "Tỉnh xếp hạng 11, năm 2022 xếp hạng 15."),
        ("Có bao nhiêu thủ tục, mấy thủ tục mới?", "Trung tâm có 414 thủ tục."),
    ],
)
def test_half_an_answer_does_not_open_it(question: str, line: str) -> None:
    assert opening(question, line) == []


def test_what_is_said_of_another_province_opens_nothing() -> None:
    title = "Giảm phí ở Long An và Bình Phước"
    lines = ["Long An giảm 50% phí.", "Bình Phước giảm 20% phí."]
    question = "Bình Phước giảm bao nhiêu phần trăm phí?"
    assert opening(question, *lines, title=title) == ["giảm 20%"]


def test_a_fact_in_a_sentence_about_another_matter_opens_nothing() -> None:
    line = "Trung tâm tiếp nhận 414 thủ tục."
    assert opening("Kho dữ liệu mở có bao nhiêu thủ tục đất đai?", line, judged=0.1) == []
    assert opening("Trung tâm tiếp nhận bao nhiêu thủ tục?", line, judged=0.1) == ["414 thủ tục"]


def test_the_opening_holds_the_words_of_its_spans() -> None:
    report = Report(
        "0" * 16,
        "a.txt",
        "Hội thảo\n\nNgày 20/5/2022, hội thảo có 25 tỉnh dự tại Thành phố Huế.",
        "txt",
        "0" * 64,
        Visit("Hội thảo"),
    )
    reading = read_report(report)
    scored = [Scored(u, 1.0, 1.0, 1.0, frozenset()) for u in reading.items]
    found = lead(asked("Có bao nhiêu tỉnh dự, ngày nào?"), reading, scored, PHRASES)
    assert found is not None
    for span in found.spans:
        assert report.text[span.start + 1 : span.end] in found.text


def test_a_field_that_the_record_lacks_opens_nothing() -> None:
    line = "Ông Lê Văn Tám, Chánh Văn phòng, phát biểu."
    assert opening("Ai dẫn đầu đoàn?", line) == []
    assert opening("Ai dẫn đầu đoàn, đoàn có bao nhiêu người?", line) == []
