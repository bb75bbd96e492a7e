"""Provinces: the whole table, names at a date, and names that mean something else."""

import csv
from datetime import date
from pathlib import Path

import pytest

from hochoi.errors import NotFoundError
from hochoi.provinces import ProvinceTable
from hochoi.text import fold
from hochoi.types import PartyKind

CSV = Path("corpus/provinces.csv")
ROWS = list(csv.DictReader(CSV.read_text(encoding="utf-8").splitlines()))
SPELLINGS = [
    (row["old_name"], row["new_name"], spelling)
    for row in ROWS
    for spelling in (row["old_name"], *row["aliases"].split("|"))
]
TABLE = ProvinceTable.read(CSV)


def _names(text: str) -> list[str]:
    return [mention.province for mention in TABLE.find(text)]


@pytest.mark.parametrize(("name", "current", "spelling"), SPELLINGS)
def test_find_every_spelling_of_the_table_is_its_province(
    name: str, current: str, spelling: str
) -> None:
    text = f"Hôm qua, {spelling}, đã tiếp đoàn."
    (mention,) = TABLE.find(text)
    assert (mention.text, mention.province, mention.current) == (spelling, name, current)
    assert text[mention.start : mention.end] == spelling
    assert mention.kind is PartyKind.PROVINCE
    assert TABLE.canonical(spelling) == name


@pytest.mark.parametrize("name", [row["old_name"] for row in ROWS])
def test_find_name_without_diacritics_is_its_province(name: str) -> None:
    assert _names(f"doan cong tac {fold(name)} tham tinh") == [name]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: fold(row["old_name"]))
def test_units_at_every_name_covers_itself_before_and_its_parts_after(row: dict[str, str]) -> None:
    name = row["old_name"]
    assert TABLE.units_at(name, date(2025, 6, 30)) == (name,)
    after = TABLE.units_at(name, date(2025, 7, 1))
    assert name in after
    assert all(TABLE.current(part) == row["new_name"] for part in after)


def test_table_has_63_old_and_34_current_names() -> None:
    assert (len(TABLE.names), len(TABLE.current_names)) == (63, 34)
    assert sum(len(TABLE.former_parts(name)) for name in TABLE.current_names) == 63


def test_former_parts_of_merged_unit_include_itself() -> None:
    assert TABLE.former_parts("TP.HCM") == ("Bình Dương", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh")
    assert TABLE.former_parts("Huế") == ("Huế",)
    assert TABLE.former_parts("Bắc Giang") == ()


def test_units_at_bac_ninh_depends_on_the_day() -> None:
    assert TABLE.units_at("Bắc Ninh", date(2019, 5, 1)) == ("Bắc Ninh",)
    assert TABLE.units_at("Bắc Ninh", date(2025, 10, 1)) == ("Bắc Giang", "Bắc Ninh")
    assert TABLE.units_at("Bắc Giang", date(2025, 10, 1)) == ("Bắc Giang",)
    assert TABLE.units_at("Busan", date(2025, 10, 1)) == ()


@pytest.mark.parametrize(
    ("name", "day", "official"),
    [
        ("Bình Dương", date(2025, 6, 30), "tỉnh Bình Dương"),
        ("Bình Dương", date(2025, 7, 1), "Thành phố Hồ Chí Minh"),
        ("Thừa Thiên Huế", date(2024, 12, 31), "tỉnh Thừa Thiên Huế"),
        ("Huế", date(2025, 1, 1), "thành phố Huế"),
        ("Hải Dương", date(2025, 8, 1), "thành phố Hải Phòng"),
        ("Hải Dương", date(2019, 8, 1), "tỉnh Hải Dương"),
        ("Quảng Nam", date(2025, 8, 1), "thành phố Đà Nẵng"),
        ("Bình Phước", date(2025, 8, 1), "tỉnh Đồng Nai"),
        ("Bình Phước", date(2026, 4, 30), "thành phố Đồng Nai"),
    ],
)
def test_name_at_gives_official_name_of_the_day(name: str, day: date, official: str) -> None:
    assert TABLE.name_at(name, day) == official


def test_current_of_unknown_name_raises_not_found() -> None:
    with pytest.raises(NotFoundError, match="Busan"):
        TABLE.current("Busan")
    assert TABLE.canonical("Busan") is None


@pytest.mark.parametrize(
    "spelling",
    [
        "TP.HCM",
        "TPHCM",
        "TP HCM",
        "Tp. HCM",
        "T.P HCM",
        "tphcm",
        "tp hcm",
        "HCM",
        "TP.Hồ Chí Minh",
        "THÀNH PHỐ HỒ CHÍ MINH",
        "thành phố Hồ Chí Minh",
        "thanh pho ho chi minh",
    ],
)
def test_find_ho_chi_minh_city_in_any_typing_is_the_city(spelling: str) -> None:
    assert _names(f"tham {spelling} nam 2022") == ["Hồ Chí Minh"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quảng Nam - Đà Nẵng", ["Quảng Nam", "Đà Nẵng"]),
        ("khánh hoà và Khánh Hòa", ["Khánh Hòa", "Khánh Hòa"]),
        ("hà nội có bn chi nhánh ttpvhcc", ["Hà Nội"]),
        ("UBND tinh ninh binh hoc kn o bac ninh", ["Ninh Bình", "Bắc Ninh"]),
        ("Đoàn Hà Nam ngày trước tiếp Bangladesh", ["Hà Nam"]),
        ("Chủ tịch UBND tỉnh Bắc Ninh Nguyễn Hương Giang", ["Bắc Ninh"]),
        ("đoàn tuyen quang thăm TP. HCM", ["Tuyên Quang", "Hồ Chí Minh"]),
        ("phường Suối Hoa, Bắc Ninh", ["Bắc Ninh"]),
        ("126 xã, phường Hà Nội", ["Hà Nội"]),
        ("yêu cầu Hà Nội báo cáo", ["Hà Nội"]),
        ("thai nguyen ha noi", ["Thái Nguyên", "Hà Nội"]),
        ("tỉnh Thừa Thiên - Huế", ["Huế"]),
        ("Bà Rịa\u2013Vũng Tàu", ["Bà Rịa - Vũng Tàu"]),
        ("chiến thắng Điện Biên Phủ ở Điện Biên", ["Điện Biên"]),
        ("doan hue tham da nang", ["Huế", "Đà Nẵng"]),
    ],
)
def test_find_names_in_running_text_are_mentions(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "châu Á - Thái Bình Dương",
        "khu vuc thai binh duong",
        "phường Bắc Giang",
        "phường Kinh Bắc",
        "phường Vũng Tàu",
        "P. Hải Dương",
        "các phường Kinh Bắc, Bắc Giang và Hải Dương",
        "xã Tân Bình Dương",
        "đường Hà Nội",
        "xa lộ Hà Nội",
        "thành phố Thái Nguyên",
        "TP. Thanh Hóa",
        "khu công nghiệp Thái Nguyên",
        "Tập đoàn Sơn La",
        "sông Sài Gòn",
        "ông Nguyễn Hà Nam",
        "bà Hà Giang",
        "đồng chí Hà Nam",
        "Trần Thị Hòa Bình",
        "Chủ tịch Hồ Chí Minh",
        "Học viện Chính trị quốc gia Hồ Chí Minh",
        "tư tưởng Hồ Chí Minh",
        "Đoàn TNCS Hồ Chí Minh",
        "tỉnh Hà Nam (Trung Quốc)",
        "vì hòa bình và phát triển",
        "cao bằng nhau, Báo cáo",
        "hai phong trào thi đua",
        "bao cao bang van ban",
        "danh gia lai",
        "https://sonoivu.hanoi.gov.vn",
        "so@danang.gov.vn",
        "số 12/QĐ-HN",
        "hn",
        "phản ánh qua Hue-S",
        "ung dung hue-s",
        "Hà Nội".replace("ộ", "ọ"),
        "hà noi",
        "",
    ],
)
def test_find_other_meanings_are_no_mentions(text: str) -> None:
    assert _names(text) == []


def test_find_in_decomposed_text_keeps_its_offsets() -> None:
    text = "Đoàn tỉnh Tuye\u0302n Quang"
    (mention,) = TABLE.find(text)
    assert text[mention.start : mention.end] == "tỉnh Tuye\u0302n Quang"


def test_read_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "provinces.csv"
    path.write_text("name,type\nHà Nội,thành phố\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        ProvinceTable.read(path)


def test_read_table_with_unknown_new_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "provinces.csv"
    path.write_text("old_name,old_type,new_name,aliases\nA,tỉnh,B,C\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'B'"):
        ProvinceTable.read(path)
