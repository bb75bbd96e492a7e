"""What a sentence tells about the matter, whatever is asked."""

import pytest

from hochoi.drafting.substance import (
    depends_on_others,
    leans_on_previous,
    matter_worths,
    substance,
)
from hochoi.ranking.sentence_tokens import read_question
from hochoi.reading import Reading, Unit, read_report
from hochoi.types import Report, Visit


def reading(*lines: str) -> Reading:
    text = "\n".join(("Kết quả", *lines))
    return read_report(Report("0" * 16, "a.txt", text, "txt", "0" * 64, Visit("Kết quả")))


def unit(line: str) -> Unit:
    return reading(line).wholes[0]


@pytest.mark.parametrize(
    ("line", "depends"),
    [
        ("Các kết quả nêu trên thuộc giai đoạn 2024 - 2025.", True),
        ("Hai nội dung trên phản ánh kết quả của tỉnh.", True),
        ("Kết quả trên từng mặt được tổng hợp dưới đây.", True),
        ("Như vậy, tỉnh có thêm một kênh tra cứu.", True),
        ("Trên 80% văn bản được gửi trực tuyến.", False),
        ("Các tổ công nghệ số đưa dịch vụ tới buôn làng.", False),
        ("Tỉnh có trên 50 trung tâm.", False),
    ],
)
def test_lines_that_announce_or_sum_up_depend_on_others(line: str, depends: bool) -> None:
    assert depends_on_others(unit(line)) is depends


def test_a_line_with_its_list_does_not_depend_on_others() -> None:
    assert not depends_on_others(
        reading("Kết quả như sau:", "- 07 nền tảng;", "- 23 kho.").wholes[0]
    )


@pytest.mark.parametrize(
    ("line", "leans"),
    [
        ("Người dân dùng chatbot này trên Zalo.", True),
        ("Đây là đầu mối tiếp nhận hồ sơ.", True),
        ("Tỉnh có 96 trung tâm cấp xã.", False),
    ],
)
def test_a_sentence_that_points_back_leans_on_the_one_before(line: str, leans: bool) -> None:
    assert leans_on_previous(unit(line)) is leans


def test_who_attended_is_worth_less_than_what_was_reported() -> None:
    told = {
        u.sentence.text: worth
        for u, worth in substance(reading("Ông An dẫn đầu đoàn.", "Mô hình giảm 15% hồ sơ chậm."))
    }
    assert told["Ông An dẫn đầu đoàn."] < told["Mô hình giảm 15% hồ sơ chậm."]
    assert all(0 <= worth <= 1 for worth in told.values())


def test_a_question_for_several_things_prefers_the_list_of_them() -> None:
    found = reading(
        "Tỉnh trao đổi kinh nghiệm với đoàn.",
        "Ba kinh nghiệm là:",
        "- làm ở cơ sở;",
        "- nêu gương.",
    )
    question = "Tỉnh chia sẻ những kinh nghiệm gì?"
    plain, listed = matter_worths(question, read_question(question), found, found.wholes)
    assert listed > plain
