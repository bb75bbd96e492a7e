"""The province table as data: complete, in one Unicode form, no spelling shared."""

import csv
import unicodedata
from pathlib import Path

TEXT = Path("corpus/provinces.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TEXT.splitlines()))
UNCHANGED = (
    "Hà Nội, Huế, Lai Châu, Điện Biên, Sơn La, Lạng Sơn, Quảng Ninh, Thanh Hóa, Nghệ An, "
    "Hà Tĩnh, Cao Bằng"
).split(", ")


def test_provinces_csv_is_nfc_with_unix_lines() -> None:
    assert unicodedata.is_normalized("NFC", TEXT)
    assert "\r" not in TEXT


def test_provinces_csv_has_63_units_that_become_34() -> None:
    assert len({row["old_name"] for row in ROWS}) == len(ROWS) == 63
    assert len({row["new_name"] for row in ROWS}) == 34


def test_provinces_csv_new_names_are_old_names_that_keep_themselves() -> None:
    becomes = {row["old_name"]: row["new_name"] for row in ROWS}
    assert all(becomes[new] == new for new in becomes.values())


def test_provinces_csv_eleven_units_stay_alone() -> None:
    new_names = [row["new_name"] for row in ROWS]
    assert sorted(n for n in new_names if new_names.count(n) == 1) == sorted(UNCHANGED)


def test_provinces_csv_types_name_six_cities() -> None:
    assert {row["old_type"] for row in ROWS} == {"tỉnh", "thành phố"}
    cities = {row["old_name"] for row in ROWS if row["old_type"] == "thành phố"}
    assert cities == {"Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"}


def test_provinces_csv_no_spelling_is_shared() -> None:
    owner: dict[str, str] = {}
    for row in ROWS:
        for spelling in {row["old_name"], *row["aliases"].split("|")}:
            key = spelling.lower()
            assert owner.setdefault(key, row["old_name"]) == row["old_name"], spelling
            assert spelling == spelling.strip() != ""
