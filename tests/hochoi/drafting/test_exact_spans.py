"""A value is the exact words of a sentence, with what changes its meaning, or nothing."""

import pytest

from hochoi.drafting.asked_parts import asked_parts
from hochoi.drafting.exact_spans import Values, exact_values
from hochoi.reading import ReadSentence, read_report
from hochoi.types import Report, Visit
from tests.question_reading import asked


def only_sentence(text: str) -> ReadSentence:
    title = "Hội thảo chuyên đề"
    report = Report("0" * 16, "a.txt", f"{title}\n\n{text}", "txt", "0" * 64, Visit(title))
    return read_report(report).items[0].sentence


def values(question: str, sentence: str) -> tuple[Values, list[str]]:
    """The values of the first part of a question in a sentence, and their words."""
    query = asked(question)
    found = exact_values(asked_parts(query)[0], only_sentence(sentence), query)
    return found, [sentence[s.start : s.end] for s in found.meant]


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("Có bao nhiêu tỉnh dự?", "Hội thảo có 25 tỉnh, thành phố dự.", "25 tỉnh, thành phố"),
        ("Xã nhận bao nhiêu hồ sơ?", "Xã nhận trên 4.100 hồ sơ.", "trên 4.100 hồ sơ"),
        ("Có bao nhiêu tổ số?", "Mỗi xã lập 01 tổ số, toàn thành phố có 628 tổ.", "628 tổ"),
        ("Mỗi xã có bao nhiêu tổ số?", "Mỗi xã lập 01 tổ số, cả tỉnh 628 tổ.", "01 tổ số"),
        ("Có bao nhiêu lượt?", "Trung tâm có 750–800 lượt công dân đến.", "750–800 lượt"),
        ("Tụt mấy bậc?", "Tỉnh giảm 31 bậc so với năm 2021.", "giảm 31 bậc so với năm 2021"),
        ("Có bao nhiêu điểm cấp xã?", "Có 20 điểm cấp tỉnh và 128 điểm cấp xã.", "128 điểm cấp xã"),
        (
            "Bao nhiêu phần trăm hồ sơ nộp qua mạng?",
            "Tỷ lệ dịch vụ là 95%; tỷ lệ hồ sơ qua mạng là 65%.",
            "tỷ lệ hồ sơ qua mạng là 65%",
        ),
        ("Đạt bao nhiêu phần trăm năm 2024?", "Đạt 90,69%; năm 2023 đạt 87,04%.", "Đạt 90,69%"),
        (
            "Tỉnh chi bao nhiêu tiền?",
            "Tỉnh chi 150 tỷ đồng (khoảng 6,46 triệu USD).",
            "150 tỷ đồng",
        ),
        ("Tỉnh xếp hạng mấy?", "Tỉnh đạt 81,45%, xếp hạng 54/63.", "xếp hạng 54/63"),
        (
            "Ứng dụng có bao nhiêu tài khoản?",
            "Ứng dụng có hơn 1,3 triệu tài khoản, trong đó 900.000 tài khoản được xác thực.",
            "hơn 1,3 triệu tài khoản",
        ),
        ("Có bao nhiêu xã?", "Tỉnh có 45 xã, trong đó 3 xã mới.", "45 xã"),
        (
            "Khóa học từ ngày nào đến ngày nào?",
            "Theo quyết định ngày 03/8/2023, khóa học từ ngày 07/8 đến ngày 06/10/2023.",
            "từ ngày 07/8 đến ngày 06/10/2023",
        ),
        ("Mấy lần đứng đầu?", "Đà Nẵng dẫn đầu lần thứ tư.", "lần thứ tư"),
        ("Kéo dài bao lâu?", "Chiến dịch kéo dài 92 ngày đêm.", "92 ngày đêm"),
        ("Là người nước nào?", "Đoàn có chuyên gia người Hàn Quốc đến trao đổi.", "người Hàn Quốc"),
        ("Đoàn đến xã nào?", "Đoàn thăm xã Thanh Sơn và khu du lịch Tam Chúc.", "xã Thanh Sơn"),
        (
            "Tỷ lệ trễ hẹn từ mức nào xuống mức nào?",
            "Tỷ lệ giảm từ 5-7% xuống dưới 1%.",
            "Tỷ lệ giảm từ 5-7% xuống dưới 1%",
        ),
    ],
)
def test_a_value_is_singled_out_with_what_changes_its_meaning(
    question: str, sentence: str, words: str
) -> None:
    assert values(question, sentence)[1] == [words]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Có bao nhiêu xã?", "Tỉnh có 45 xã nông thôn và 3 xã đảo."),
        ("Bao nhiêu phần trăm công chức, viên chức?", "Giảm 10% công chức và 11% viên chức."),
        ("Bao nhiêu phần trăm công chức, viên chức?", "Số công chức giảm 10%, viên chức 11%."),
        ("Có bao nhiêu điểm?", "Có nguồn nêu 08 điểm, nguồn khác nêu 06 điểm."),
        ("Ai dự họp?", "Đồng chí Lê Thành Đô và đồng chí Trần Quốc Cường dự họp."),
    ],
)
def test_of_several_that_fit_equally_none_is_singled_out(question: str, sentence: str) -> None:
    found, words = values(question, sentence)
    assert found.stated > 0
    assert words == []


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Có bao nhiêu thủ tục?", "Tỉnh gửi 11.400 thư công vụ."),
        ("Đoàn thăm bao nhiêu xã?", "Đoàn làm việc ngày 10/11/2025."),
        ("Tỉnh đứng thứ mấy?", "Thứ trưởng đánh giá cao kết quả của tỉnh."),
    ],
)
def test_what_a_sentence_does_not_state_is_not_found(question: str, sentence: str) -> None:
    assert values(question, sentence)[0] == Values(0, ())
