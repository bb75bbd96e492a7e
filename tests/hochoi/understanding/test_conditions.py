"""Conditions of a question: roles, regions, dates, groups, and the words they stand in."""

from datetime import date

import pytest

from hochoi.question import ConditionKind
from hochoi.text import fold
from hochoi.understanding.standing import without_conditions
from hochoi.understood import ProvinceRole
from tests.question_reading import PLACES, PROVINCES, asked


def roles(question: str) -> dict[str, str]:
    return {
        c.key.partition(":")[2]: c.role.value
        for c in asked(question).conditions
        if c.kind in (ConditionKind.PROVINCE, ConditionKind.REGION)
    }


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Đoàn Cà Mau đến Long An ngày nào?", {"Cà Mau": "visitor", "Long An": "host"}),
        ("Long An tiếp đoàn Cà Mau ngày nào?", {"Cà Mau": "visitor", "Long An": "host"}),
        ("Sơn La học Thái Nguyên những gì?", {"Sơn La": "visitor", "Thái Nguyên": "host"}),
        ("UBND tỉnh Ninh Bình vào Huế", {"Ninh Bình": "visitor", "Huế": "host"}),
        ("Thái Nguyên được Sơn La đến học", {"Thái Nguyên": "host", "Sơn La": "visitor"}),
        ("Liệt kê các đoàn từ Huế", {"Huế": "visitor"}),
        ("Các tỉnh miền Nam đã cử đoàn đi đâu?", {"mien_nam": "visitor"}),
        ("Các buổi làm việc ở Tây Nguyên", {"tay_nguyen": "host"}),
        ("Ở Huế có bao nhiêu camera?", {"Huế": "any"}),
        ("So sánh một cửa của Huế và của Hà Nội", {"Huế": "any", "Hà Nội": "any"}),
        ("Hà Nam (nay là Ninh Bình) tiếp ai?", {"Hà Nam": "host"}),
        ("Phú Thọ, nay thuộc Phú Thọ", {"Phú Thọ": "any"}),
    ],
)
def test_role_is_read_from_the_words_around_a_name(question: str, expected: dict[str, str]) -> None:
    assert roles(question) == expected


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Bắc Ninh tiếp ai?", {"Bắc Ninh", "Bắc Giang"}),
        ("Bắc Ninh mới tiếp ai?", {"Bắc Ninh", "Bắc Giang"}),
        ("Tỉnh Bắc Ninh sau sáp nhập tiếp ai?", {"Bắc Ninh", "Bắc Giang"}),
        ("Bắc Ninh cũ tiếp ai?", {"Bắc Ninh"}),
        ("Bắc Ninh (cũ) tiếp ai?", {"Bắc Ninh"}),
        ("Bắc Ninh trước khi sáp nhập tiếp ai?", {"Bắc Ninh"}),
        ("Bắc Giang, nay thuộc Bắc Ninh, tiếp ai?", {"Bắc Giang"}),
        ("Bắc Giang (Bắc Ninh) tiếp ai?", {"Bắc Giang"}),
        ("Bắc Giang đã nhập vào Bắc Ninh tiếp ai?", {"Bắc Giang"}),
        ("Ninh Bình (hợp nhất Hà Nam, Nam Định) tiếp ai?", {"Ninh Bình", "Hà Nam", "Nam Định"}),
    ],
)
def test_province_covers_what_it_was_or_is_as_asked(question: str, names: set[str]) -> None:
    for typed in (question, fold(question)):
        (found,) = asked(typed).conditions
        assert found.names == names
        assert found.role is ProvinceRole.HOST


def test_country_is_told_from_the_superlative_without_accents() -> None:
    def groups(question: str) -> set[str]:
        return {c.key for c in asked(question).conditions if c.kind is ConditionKind.GROUP}

    assert groups("don vi nao tiep nhieu doan lao nhat") == {"group:country:lao"}
    assert groups("liet ke cac doan nhat") == {"group:country:nhat_ban"}


def test_ward_of_a_province_is_no_former_one() -> None:
    assert roles("Đoàn Sơn La đến xã thuộc Thái Nguyên") == {
        "Sơn La": "visitor",
        "Thái Nguyên": "host",
    }


def test_role_is_the_same_without_accents() -> None:
    for question in ("Đoàn Cà Mau đến Long An ngày nào?", "Các tỉnh miền Nam đã cử đoàn đi đâu?"):
        assert roles(fold(question)) == roles(question)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("trước năm 2020", None, date(2019, 12, 31)),
        ("sau năm 2020", date(2021, 1, 1), None),
        ("từ năm 2020", date(2020, 1, 1), None),
        ("từ tháng 8/2022 đến tháng 10/2022", date(2022, 8, 1), date(2022, 10, 31)),
        ("trong quý IV năm 2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("ngày 9/7", None, None),
    ],
)
def test_dates_keep_their_bounds(words: str, first: date | None, last: date | None) -> None:
    (found,) = asked(f"Liệt kê các đoàn đến Huế {words}").conditions[1:]
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("Các đoàn nước ngoài đến Huế", {"foreign"}),
        ("Các đoàn của Lào", {"country:lao"}),
        ("Đoàn Bộ Nội vụ Campuchia", {"agency:bo_noi_vu", "country:campuchia"}),
        ("Hà Nội đã có những chuyến công tác nước ngoài nào?", {"abroad"}),
        ("Lào Cai tiếp ai?", set()),
        ("nguoi lao dong o hue", set()),
        ("doan lao den hue", {"country:lao"}),
        ("Những tỉnh nào đã đến Huế?", {"local"}),
        ("Hội thảo quốc tế ở Huế", set()),
    ],
)
def test_groups_of_visitors_are_found(question: str, groups: set[str]) -> None:
    found = [c for c in asked(question).conditions if c.kind is ConditionKind.GROUP]
    assert {c.key.partition(":")[2] for c in found} == groups


def test_merged_province_covers_its_former_parts_unless_the_former_one_is_meant() -> None:
    (now,) = asked("Các đoàn đến Ninh Bình").conditions
    (then,) = asked("Các đoàn đến Ninh Bình cũ").conditions
    assert now.names == {"Ninh Bình", "Hà Nam", "Nam Định"}
    assert then.names == {"Ninh Bình"}


def test_regions_together_hold_every_province_of_the_table() -> None:
    held = [PLACES.places["region", code].provinces for code in ("mien_bac", "mien_trung")]
    held.append(PLACES.places["region", "mien_nam"].provinces)
    highlands = PLACES.places["region", "tay_nguyen"].provinces
    assert set().union(*held, highlands) == set(PROVINCES.names)
    assert sum(map(len, held)) + len(highlands) == len(PROVINCES.names)


def test_conditions_can_be_cut_out_with_the_words_that_lead_to_them() -> None:
    query = asked("Liệt kê các đoàn đến Bắc Ninh học về một cửa trước năm 2020.")
    place, topic, time = query.conditions
    assert without_conditions(query.standalone, [place]) == (
        "Liệt kê các đoàn học về một cửa trước năm 2020."
    )
    assert without_conditions(query.standalone, [topic, time]) == "Liệt kê các đoàn đến Bắc Ninh."


def test_condition_taken_out_is_in_no_part_of_the_query() -> None:
    query = asked("Đoàn Cà Mau đến Long An ngày nào?", without="province:Long An")
    assert [m.province for m in query.provinces] == ["Cà Mau"]
    assert "Long An" not in query.search_text + query.question + query.plain_text
    assert "Tây Ninh" not in query.search_text
