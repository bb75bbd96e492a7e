"""The tokenizer knows whole tokens of `embedding_tokens` and nothing else."""

from collections import Counter

import pytest

from hochoi.language.tokens import embedding_tokens
from training.documents import Document
from training.vocabulary import (
    UNKNOWN,
    Sizes,
    build_tokenizer,
    choose,
    document_frequencies,
    inverse_frequencies,
)

TOKENS = [UNKNOWN, "chuyển", "đổi", "số", "_chuyen", "_doi", "_so", "chuyen_doi", "doi_so"]


def test_document_frequencies_repetition_in_one_document_counts_once() -> None:
    found = document_frequencies([Document("số", ("số số",)), Document("khác", ("đổi",))])
    assert found["số"] == found["_so"] == found["so_so"] == found["đổi"] == 1


def test_choose_keeps_the_most_frequent_of_each_kind_in_order() -> None:
    frequencies = Counter(
        {"số": 5, "đổi": 9, "ba": 1, "_so": 5, "_ba": 9, "doi_so": 2, "ba_so": 2, "so_ba": 1}
    )
    chosen = choose(frequencies, Sizes(accented=2, folded=1, bigrams=2))
    assert chosen == [UNKNOWN, "đổi", "số", "_ba", "ba_so", "doi_so"]


def test_choose_token_the_tokenizer_would_change_is_left_out() -> None:
    assert choose(Counter({"Số": 5, "số": 1}), Sizes()) == [UNKNOWN, "số"]


def test_inverse_frequencies_rarer_token_weighs_more_and_unknown_nothing() -> None:
    weights = inverse_frequencies([UNKNOWN, "số", "đổi"], Counter({"số": 10, "đổi": 1}), 10)
    assert weights == [0.0, 0.0, pytest.approx(2.302585)]


def test_build_tokenizer_text_of_known_tokens_gives_their_numbers() -> None:
    encoded = build_tokenizer(TOKENS).encode(embedding_tokens("Chuyển đổi số"))
    assert encoded.ids == [1, 2, 3, 4, 5, 6, 7, 8]


def test_build_tokenizer_raw_text_is_cut_at_punctuation() -> None:
    encoded = build_tokenizer(TOKENS).encode("CHUYỂN đổi, (số)!")
    assert encoded.tokens == ["chuyển", "đổi", UNKNOWN, UNKNOWN, "số", UNKNOWN, UNKNOWN]
