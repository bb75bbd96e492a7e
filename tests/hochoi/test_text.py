"""Laws of Vietnamese text."""

import sys
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hochoi.text import (
    clean,
    comparison_key,
    fold,
    fold_with_offsets,
    has_diacritics,
    nfc,
    tidy_lines,
)
from hochoi.types import Span

# Every code point, lone surrogates included, with Vietnamese letters and marks made frequent.
ANY = st.text(
    st.one_of(
        st.characters(codec=None, exclude_categories=()),
        st.sampled_from("aăâeêioôơuưyđĐẠỹấặợờ \n\t\r\u00a0\u200b\u0300\u0301\u0303\u0309\u0323"),
    )
)
SYLLABLES = st.lists(
    st.sampled_from("Đà Nẵng hoà hòa thủy thuỷ quý 683 Tuyên Quang, học hỏi. đoàn".split()),
    max_size=8,
)


@given(ANY)
def test_tidy_lines_keeps_every_word_in_its_line(text: str) -> None:
    tidy = tidy_lines(text)
    assert tidy.split() == text.split()
    assert tidy_lines(tidy) == tidy
    assert "\n\n" not in tidy


@given(ANY)
def test_nfc_twice_changes_nothing(text: str) -> None:
    once = nfc(text)
    assert nfc(once) == once


@given(ANY)
def test_clean_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(ANY)
def test_clean_any_text_is_writable_and_visible(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    unwanted = {"Cc", "Cf", "Cs"}
    assert not [c for c in cleaned if unicodedata.category(c) in unwanted and c not in "\n\t"]
    assert unicodedata.is_normalized("NFC", cleaned)


@given(ANY)
def test_fold_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(ANY, ANY)
def test_fold_joined_texts_is_joined_folds(a: str, b: str) -> None:
    assert fold(a + b) == fold(a) + fold(b)


@given(ANY, ANY, ANY)
def test_fold_exact_match_survives(before: str, words: str, after: str) -> None:
    assert fold(words) in fold(before + words + after)


@given(SYLLABLES, st.integers(0, 8), st.integers(0, 8))
def test_fold_match_between_syllables_survives_normalisation(
    syllables: list[str], start: int, end: int
) -> None:
    text = nfc(" ".join(syllables))
    words = nfc(" ".join(syllables[start:end]))
    assert fold(words) in fold(unicodedata.normalize("NFD", text))


def test_fold_each_character_is_its_lower_letter_without_marks() -> None:
    for code in (*range(0x3400), *range(0xA000, sys.maxunicode + 1, 97)):
        plain = chr(code).lower().replace("đ", "d")
        expected = [c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)]
        assert fold(chr(code)) == "".join(expected), hex(code)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đoàn Tuyên Quang", "doan tuyen quang"),
        (unicodedata.normalize("NFD", "Trưởng đoàn"), "truong doan"),
        ("ĐẮK LẮK 98,5%", "dak lak 98,5%"),
        ("Ðà", "ða"),  # Icelandic eth is another letter
        ("", ""),
    ],
)
def test_fold_vietnamese_loses_its_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY)
def test_fold_with_offsets_any_text_is_fold(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)


@given(ANY, st.integers(0, 50), st.integers(0, 50))
def test_original_span_folds_back_to_the_match(text: str, a: int, b: int) -> None:
    folded = fold_with_offsets(text)
    start, end = sorted((min(a, len(folded.text)), min(b, len(folded.text))))
    span = folded.original_span(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    assert folded.text[start:end] in fold(text[span.start : span.end])


@given(st.text("aạàdđĐ bờỹ\u0300\u0323"), st.integers(0, 50), st.integers(0, 50))
def test_original_span_of_latin_text_is_the_exact_way_back(text: str, a: int, b: int) -> None:
    folded = fold_with_offsets(text)
    start, end = sorted((min(a, len(folded.text)), min(b, len(folded.text))))
    span = folded.original_span(start, end)
    assert fold(text[span.start : span.end]) == folded.text[start:end]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_original_span_finds_the_accented_words(form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, "Trưởng đoàn là ông Tạ Văn Dũng.")
    folded = fold_with_offsets(text)
    start = folded.text.index("ta van dung")
    span = folded.original_span(start, start + len("ta van dung"))
    assert nfc(text[span.start : span.end]) == "Tạ Văn Dũng"


def test_original_span_of_nothing_is_empty() -> None:
    assert fold_with_offsets("Đà").original_span(1, 1) == Span(1, 1)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 3)])
def test_original_span_outside_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"must lie within 0\.\.2"):
        fold_with_offsets("Đà").original_span(start, end)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Đà\u00a0Nẵng", "Đà Nẵng"),
        ("một\r\nhai\rba\x0cbốn\u2028năm", "một\nhai\nba\nbốn\nnăm"),
        ("\ufeffTuy\u200bên \u202eQuang\u202c\u00ad", "Tuyên Quang"),
        ("cột\tcột\x00\x1b\x7f", "cột\tcột"),
        ("a\u200b\u0323", "ạ"),  # taking the invisible away lets the mark join its letter
        ("\ud800x", "x"),
        ("5\u202f000\u3000đồng", "5 000 đồng"),
    ],
)
def test_clean_removes_only_what_no_one_sees(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(ANY)
def test_comparison_key_twice_changes_nothing(text: str) -> None:
    once = comparison_key(text)
    assert comparison_key(once) == once


@given(SYLLABLES)
def test_comparison_key_composed_or_not_is_the_same(syllables: list[str]) -> None:
    text = " ".join(syllables)
    assert comparison_key(text) == comparison_key(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("hoà", "hòa"),
        ("Hoà Bình", "hòa bình"),
        ("thuỷ", "thủy"),
        ("UỶ BAN", "ủy ban"),
        ("khoẻ", "khỏe"),
        ("loà", "lòa"),
        ("tòan", "toàn"),
        ("thúê", "thuế"),
        ("qúy", "quý"),
        ("cuả", "của"),
        ("gìa", "già"),
    ],
)
def test_comparison_key_tone_mark_moves_to_one_place(written: str, key: str) -> None:
    assert comparison_key(written) == key


@pytest.mark.parametrize(
    "word",
    "quý giữa khuỷu huỳnh gìn già của quả thuở hoàng quyển nghiêng rượu yếu hoài được đào "
    "mía múa lứa ngoằn thuế gì giếng quốc uống oán".split(),
)
def test_comparison_key_well_placed_mark_stays(word: str) -> None:
    assert comparison_key(word) == word


@pytest.mark.parametrize("word", ["kĩ", "kỹ", "lí", "lý", "café", "naïve", "são"])
def test_comparison_key_keeps_other_letters(word: str) -> None:
    assert comparison_key(word) == word


def test_comparison_key_different_tones_differ() -> None:
    assert len({comparison_key(w) for w in ("ma", "má", "mà", "mả", "mã", "mạ")}) == 6


def test_has_diacritics_tells_typed_marks() -> None:
    assert has_diacritics("tỉnh nao")
    assert has_diacritics("Đoan")
    assert not has_diacritics("TRUONG DOAN la ai? 683/SNV-CCVC")
