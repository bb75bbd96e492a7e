"""Vietnamese text as search terms."""

import unicodedata

import pytest

from hochoi.language.tokens import bigrams, embedding_tokens, fold_syllable, syllables
from hochoi.text import fold

TEXTS = [
    "Đoàn công tác tỉnh Bắc Kạn",
    "HỘI NGHỊ — 63 tỉnh/thành",
    "683/SNV-CCVC",
    "e-mail: a_b@c.vn 🎉",
    "",
]


def test_syllables_are_lower_case_words_and_digit_groups() -> None:
    found = syllables("Ngày 21/7/2022, ĐOÀN (57 người) đến Quận-1!")
    assert found == ["ngày", "21", "7", "2022", "đoàn", "57", "người", "đến", "quận", "1"]


@pytest.mark.parametrize("text", ["", "  \n", "?!…", "🎉🇻🇳", "___"])
def test_syllables_of_text_without_words_are_none(text: str) -> None:
    assert syllables(text) == []


@pytest.mark.parametrize("text", TEXTS)
def test_syllables_of_decomposed_text_are_the_same(text: str) -> None:
    assert syllables(unicodedata.normalize("NFD", text)) == syllables(text)


@pytest.mark.parametrize("text", TEXTS)
def test_folding_before_or_after_cutting_is_the_same(text: str) -> None:
    assert [fold_syllable(s) for s in syllables(text)] == syllables(fold(text))


def test_bigrams_join_neighbours() -> None:
    assert bigrams(["một", "cửa", "số"]) == ["một_cửa", "cửa_số"]


@pytest.mark.parametrize("terms", [[], ["một"]])
def test_bigrams_of_fewer_than_two_terms_are_none(terms: list[str]) -> None:
    assert bigrams(terms) == []


def test_embedding_tokens_hold_accented_folded_and_pairs() -> None:
    expected = "chuyển đổi số _chuyen _doi _so chuyen_doi doi_so"
    assert embedding_tokens("Chuyển đổi số") == expected


def test_embedding_tokens_of_nothing_are_nothing() -> None:
    assert embedding_tokens("…") == ""
