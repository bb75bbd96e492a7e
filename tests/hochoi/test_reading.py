"""A report cut into what may be quoted: headings announce, lists stay together."""

import pytest

from hochoi.reading import Reading, read_report
from hochoi.types import Report, Visit


def reading(body: str) -> Reading:
    return read_report(
        Report("0" * 16, "a.txt", f"Kết quả\n\n{body}", "txt", "0" * 64, Visit("Kết quả"))
    )


def quotable(body: str) -> list[str]:
    found = reading(body)
    return [found.report.text[u.span.start : u.span.end] for u in found.wholes]


@pytest.mark.parametrize(
    "heading", ["Kinh tế số.", "2. Dịch vụ công trực tuyến.", "Bài học được chia sẻ."]
)
def test_words_that_announce_a_line_are_not_quoted_and_lend_it_their_terms(heading: str) -> None:
    found = reading(f"{heading} Khu vực này góp 24%. Mức đó đạt sớm.\nCuối cùng, đoàn ra về.")
    assert [u.sentence.text for u in found.wholes] == [
        "Khu vực này góp 24%.",
        "Mức đó đạt sớm.",
        "Cuối cùng, đoàn ra về.",
    ]
    announced = found.sentences[0].tokens.terms
    assert all(announced <= unit.tokens.terms for unit in found.wholes[:2])
    assert not announced <= found.wholes[2].tokens.terms


@pytest.mark.parametrize(
    "sentence",
    [
        "Ông Trần Văn An chủ trì.",
        "Đoàn gồm 15 người.",
        "Đoàn đã tham quan mô hình.",
        "Trưởng đoàn là Giám đốc Sở.",
    ],
)
def test_a_short_sentence_that_tells_something_stays_a_sentence(sentence: str) -> None:
    assert quotable(f"{sentence} Buổi làm việc kéo dài hai giờ.")[0] == sentence


def test_a_list_stays_with_the_line_above_it() -> None:
    body = "Ba việc được nêu:\n- công khai thủ tục;\n- bồi dưỡng cán bộ."
    assert quotable(f"{body}\nĐoàn cảm ơn.") == [body, "Đoàn cảm ơn."]


def test_numbered_words_above_bullets_are_their_heading() -> None:
    found = quotable("1. Tại Lâm Đồng\n- Có IOC.\n- Có 14 hệ thống.\n2. Tại Huế\n- Có Hue-S.")
    assert found == ["1. Tại Lâm Đồng\n- Có IOC.\n- Có 14 hệ thống.", "2. Tại Huế\n- Có Hue-S."]
    assert quotable("Ba việc:\n1. Công khai\n2. Bồi dưỡng") == [
        "Ba việc:\n1. Công khai\n2. Bồi dưỡng"
    ]


def test_the_frame_of_a_paper_is_kept_apart() -> None:
    found = reading("Số: 145/BC-SNV\nHuế, ngày 18 tháng 9 năm 2023\nĐoàn đến ngày 06/9/2023.")
    assert [u.sentence.text for u in found.items] == ["Đoàn đến ngày 06/9/2023."]
    assert [u.sentence.text for u in found.frame] == [
        "Số: 145/BC-SNV",
        "Huế, ngày 18 tháng 9 năm 2023",
    ]


def test_sides_of_a_visit_leave_its_matter_out() -> None:
    found = reading("Đoàn trao đổi.")
    assert "qua" in found.header_terms
    assert "qua" not in found.side_terms


@pytest.mark.parametrize(
    "line",
    [
        "Mô hình chính quyền địa phương 2 cấp",
        "Kết quả và cách làm của Trung tâm Hành chính công tỉnh Bắc Ninh",
    ],
)
def test_a_heading_of_many_words_is_not_quoted(line: str) -> None:
    said = "Trung tâm tiếp nhận 414 thủ tục."
    assert quotable(f"{line}\n{said}\n{line}") == [said]


@pytest.mark.parametrize(
    "line",
    [
        "Đoàn gồm 15 người, do ông Lê Văn Tám dẫn đầu",
        "Kết quả: tỷ lệ trễ hẹn giảm còn 0,8%",
        "Mô hình này đã giảm 30 ngày làm việc",
        "Ngày 3 tháng 5 năm 2023, đoàn làm việc tại Hà Nội.",
    ],
)
def test_lines_that_report_something_are_quoted_even_without_an_end(line: str) -> None:
    assert line in quotable(f"{line}\nTrung tâm tiếp nhận 414 thủ tục.")
