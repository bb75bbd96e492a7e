"""Abbreviations: both directions, ambiguous ones left alone, the table as data."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hochoi.errors import SettingsError
from hochoi.language.abbreviations import Abbreviations, load_abbreviations, parse_abbreviations
from hochoi.text import fold

TABLE = Path(__file__).parents[3] / "corpus" / "abbreviations.toml"


@pytest.fixture(scope="module")
def table() -> Abbreviations:
    return load_abbreviations(TABLE)


@given(text=st.text())
def test_expansions_any_text_never_raises(table: Abbreviations, text: str) -> None:
    assert all(table.expansions(text)) or table.expansions(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND tỉnh", ("Ủy ban nhân dân",)),
        ("ubnd tinh", ("Ủy ban nhân dân",)),
        ("CĐS ở TP.HCM", ("chuyển đổi số", "Thành phố Hồ Chí Minh")),
        ("cds o tp hcm", ("chuyển đổi số", "Thành phố Hồ Chí Minh")),
        ("Sở KH & ĐT", ("Kế hoạch và Đầu tư",)),
        ("điểm PAR Index", ("Chỉ số cải cách hành chính",)),
        ("ứng dụng AI", ("trí tuệ nhân tạo",)),
    ],
)
def test_expansions_short_form_gives_the_long_one(
    table: Abbreviations, text: str, expected: tuple[str, ...]
) -> None:
    assert table.expansions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chuyển đổi số", ("CĐS",)),
        ("chuyen doi so", ("CĐS",)),
        ("chuyển doi số", ("CĐS",)),
        ("Uỷ ban nhân dân", ("UBND",)),
        ("THÀNH PHỐ HỒ CHÍ MINH", ("TP.HCM", "TPHCM")),
        ("công chức, viên chức", ("CCVC",)),
    ],
)
def test_expansions_long_form_gives_the_short_ones(
    table: Abbreviations, text: str, expected: tuple[str, ...]
) -> None:
    assert table.expansions(text) == expected


def test_expansions_every_entry_works_in_both_directions(table: Abbreviations) -> None:
    for short, long in (
        ("HĐND", "Hội đồng nhân dân"),
        ("CCHC", "cải cách hành chính"),
        ("TTHC", "thủ tục hành chính"),
        ("DVCTT", "dịch vụ công trực tuyến"),
        ("CNTT", "công nghệ thông tin"),
        ("SNV", "Sở Nội vụ"),
        ("IOC", "Trung tâm điều hành thông minh"),
        ("SIPAS", "Chỉ số hài lòng về sự phục vụ hành chính"),
        ("PAPI", "Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh"),
    ):
        assert table.expansions(short) == (long,)
        assert table.expansions(long) == (short,)
        assert table.expansions(fold(long)) == (short,)


def test_expansions_overlapping_forms_the_longest_counts(table: Abbreviations) -> None:
    assert table.expansions("dịch vụ công trực tuyến") == ("DVCTT",)


def test_expansions_both_forms_in_the_text_add_nothing(table: Abbreviations) -> None:
    assert table.expansions("Ủy ban nhân dân (UBND) tỉnh") == ()


@pytest.mark.parametrize("text", ["CT", "TT", "HP", "ĐN", "SG", "TQ", "QĐ", "ai là trưởng đoàn"])
def test_expansions_ambiguous_word_is_left_alone(table: Abbreviations, text: str) -> None:
    assert table.expansions(text) == ()


def test_expansions_document_number_is_left_alone(table: Abbreviations) -> None:
    assert table.expansions("Công văn 683/SNV-CCVC") == ()


def test_expansions_word_of_other_tones_is_not_the_long_form(table: Abbreviations) -> None:
    assert table.expansions("chuyện đổi sọ") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND Q.1", ("Ủy ban nhân dân", "quận 1")),
        ("TX. Sơn Tây đã", ("thị xã Sơn Tây",)),
        ("TP Thái Nguyên", ("thành phố Thái Nguyên",)),
        ("P. Bến Nghé, H. Củ Chi", ("phường Bến Nghé", "huyện Củ Chi")),
        ("ông H. Smith", ()),
        ("Nguyễn P. Nam", ()),
        ("của TP. và", ()),
        ("tp. xanh", ()),
    ],
)
def test_expansions_place_prefix_needs_a_name_behind_it(
    table: Abbreviations, text: str, expected: tuple[str, ...]
) -> None:
    assert table.expansions(text) == expected


@pytest.mark.parametrize(
    "toml",
    [
        "[[abbreviation",
        '[[abbreviation]]\nshort = ["X"]',
        '[[abbreviation]]\nshort = "X"\nlong = ["y"]',
        '[[abbreviation]]\nshort = []\nlong = ["y"]',
        '[[abbreviation]]\nshort = ["."]\nlong = ["y"]',
        '[[abbreviation]]\nshort = ["X"]\nlong = ["y"]\nexakt = true',
        "abbreviation = 1",
    ],
)
def test_parse_bad_table_is_a_settings_error(toml: str) -> None:
    with pytest.raises(SettingsError):
        parse_abbreviations(toml)


def test_parse_empty_table_expands_nothing() -> None:
    assert parse_abbreviations("").expansions("UBND") == ()
