"""Places and persons are cut where their names end."""

import pytest

from hochoi.drafting.named_spans import names_all, person_spans, place_spans


def words(text: str, noun: str = "", asked: str = "") -> list[str]:
    return [text[s.start : s.end] for s in place_spans(text, noun, asked)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Đoàn tìm hiểu tại Sở Kế hoạch và Đầu tư, Ủy ban nhân dân Quận 1 để học tập.",
            ["Sở Kế hoạch và Đầu tư, Ủy ban nhân dân Quận 1"],
        ),
        (
            "Tại Trung tâm Hội nghị và Triển lãm tỉnh Bình Dương, chiều 05/9, lãnh đạo tiếp đoàn.",
            ["Trung tâm Hội nghị và Triển lãm tỉnh Bình Dương"],
        ),
        (
            "Đoàn đến Trung tâm Điều hành thông minh (IOC) tỉnh Thái Nguyên và xem mô hình.",
            ["Trung tâm Điều hành thông minh (IOC) tỉnh Thái Nguyên"],
        ),
        (
            "Buổi làm việc tại thành phố Tam Kỳ, tỉnh Quảng Nam.",
            ["thành phố Tam Kỳ, tỉnh Quảng Nam"],
        ),
        ("Tại buổi làm việc, hai bên trao đổi.", []),
        ("Đoàn đến để học tập.", []),
    ],
)
def test_a_place_ends_where_its_name_ends(text: str, places: list[str]) -> None:
    assert words(text) == places


def test_a_sort_of_place_keeps_only_places_so_called() -> None:
    text = "Đoàn thăm Trung tâm Phục vụ hành chính công phường Vũng Tàu và xã Đất Đỏ."
    assert words(text, "phuong") == ["phường Vũng Tàu"]
    assert words(text, "xa") == ["xã Đất Đỏ"]


def test_a_place_of_the_question_is_no_answer() -> None:
    assert words("Đoàn làm việc tại tỉnh Bình Dương.", asked="binh duong don doan o dau") == []
    assert names_all("phường Vũng Tàu", "doan den vung tau")
    assert not names_all("bảo tàng ở phường Vũng Tàu", "doan den vung tau")


@pytest.mark.parametrize(
    ("text", "asked", "persons"),
    [
        (
            "Đồng chí Pham Minh Hung, Vụ trưởng Vụ Cải cách hành chính, chủ trì.",
            "ai chu tri",
            ["Đồng chí Pham Minh Hung, Vụ trưởng Vụ Cải cách hành chính"],
        ),
        ("Dẫn đầu là ông Tạ Văn Dũng cùng đoàn.", "ai dan dau", ["ông Tạ Văn Dũng"]),
        ("Dẫn đầu là ông Tạ Văn Dũng cùng đoàn.", "ong ta van dung la ai", []),
        ("Phía tỉnh có Nguyen Van Phuong, Chủ tịch; phía bạn có Kim Hyun-jun.", "ai ky", []),
        ("Hue-S có hơn 900.000 tài khoản.", "ai dung", []),
        (
            "Dự họp có ông Vũ Mạnh Hiếu, Phó trưởng ban; ông Trần Minh Đức, Giám đốc VNPT.",
            "gom nhung ai",
            ["ông Vũ Mạnh Hiếu, Phó trưởng ban", "ông Trần Minh Đức, Giám đốc VNPT"],
        ),
    ],
)
def test_a_person_is_named_with_the_title_and_alone(
    text: str, asked: str, persons: list[str]
) -> None:
    assert [text[s.start : s.end] for s in person_spans(text, asked)] == persons
