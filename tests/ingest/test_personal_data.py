"""Numbers of persons and secrecy stamps are marked; numbers of offices and documents are not."""

from itertools import pairwise

import pytest

from ingest.personal_data import MarkKind, find_marks


def marked(text: str) -> list[tuple[str, str]]:
    return [(m.kind.value, text[m.start : m.end]) for m in find_marks(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Liên hệ anh Bình 0912345678.", "0912345678"),
        ("ĐT: 0912 345 678", "0912 345 678"),
        ("di động 0912.345.678, gặp chị Lan", "0912.345.678"),
        ("gọi +84 912 345 678", "+84 912 345 678"),
        ("số 84-987-654-321", "84-987-654-321"),
    ],
)
def test_mobile_number_is_marked(text: str, words: str) -> None:
    assert marked(text) == [("phone number", words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CCCD 035085001234 cấp ngày 1/1/2022", "035085001234"),
        ("mã 001 185 001 234", "001 185 001 234"),
        ("chứng minh nhân dân số 123456789", "123456789"),
        ("CMND: 012 345 678", "012 345 678"),
        ("Hộ chiếu số B1234567.", "B1234567"),
    ],
)
def test_identity_number_is_marked(text: str, words: str) -> None:
    assert marked(text) == [("identity number", words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("MẬT\nBáo cáo", "MẬT"),
        ("Báo cáo\n  [TỐI MẬT]  \nNội dung", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("Độ mật: Mật", "Mật"),
        ("ĐỘ MẬT: TỐI MẬT", "TỐI MẬT"),
    ],
)
def test_secrecy_stamp_is_marked(text: str, words: str) -> None:
    assert marked(text) == [("secret stamp", words)]


@pytest.mark.parametrize(
    "text",
    [
        "Điện thoại: (0222) 3.822.456 - Fax: 024.3843.5555",
        "Đường dây nóng 1900 1234 và 1022",
        "Công văn số 0912/UBND-NC ngày 12/3/2024",
        "tổng số 0,912345678 tỷ đồng; 1.234.567.890 đồng; 912345678 hồ sơ",
        "Luật Bảo vệ bí mật nhà nước; ông Mật; BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Mã hồ sơ 000.00.12.H45-240312-0001",
        "Ngày 05/08/2024 từ 08 giờ 30 đến 11 giờ 45",
    ],
)
def test_public_number_or_word_is_not_marked(text: str) -> None:
    assert marked(text) == []


def test_several_marks_come_in_order_and_never_twice() -> None:
    text = "MẬT\nÔng An 0912345678, CCCD 035085001234, bà Bình 0987 654 321"
    kinds = [mark.kind for mark in find_marks(text)]
    assert kinds == [MarkKind.SECRET, MarkKind.PHONE, MarkKind.IDENTITY, MarkKind.PHONE]
    spans = [(m.start, m.end) for m in find_marks(text)]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
