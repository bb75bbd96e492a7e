"""The frame of an official paper is told from what it reports."""

import pytest

from hochoi.language.official_frame import frame_spans

HEAD = (
    "UBND TỈNH BẾN TRE CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n"
    "Số: 145/BC-STTTT\n"
    "Bến Tre, ngày 18 tháng 9 năm 2023\n"
    "BÁO CÁO\n"
)
BODY = "Ngày 06/9/2023, đoàn làm việc tại Lâm Đồng.\n" * 12
TAIL = "Nơi nhận: GIÁM ĐỐC\n- UBND tỉnh (b/c); (Đã ký)\n- Lưu: VT. Nguyễn Văn Bàn"


def test_letterhead_and_addressees_are_frame_and_the_body_is_not() -> None:
    text = HEAD + BODY + TAIL
    framed = "\n".join(text[s.start : s.end] for s in frame_spans(text))
    assert framed == f"{HEAD}{TAIL}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        BODY,
        "Đoàn đến Huế.\nNgày 18 tháng 9 năm 2023, đoàn làm việc tại Sở Nội vụ.\n",
        "Số đại biểu là 145.\nSố hóa 100% hồ sơ.\n",
        f"Nơi nhận hồ sơ là Trung tâm.\n{BODY}{BODY}",
    ],
)
def test_a_text_without_a_frame_has_none(text: str) -> None:
    assert frame_spans(text) == ()
