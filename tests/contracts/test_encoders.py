"""The reader without torch gives the vectors of the ordinary sentence-transformers loader."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from hochoi.errors import ModelError, ModelMissingError
from hochoi.language.tokens import embedding_tokens
from hochoi.static_encoder import StaticEncoder
from hochoi.static_tokens import TokenTable

MODEL = Path(__file__).parents[2] / "models" / "hochoi-static-256"
SENTENCE = "Đoàn công tác tỉnh Tuyên Quang học tập kinh nghiệm chuyển đổi số tại Quảng Ninh."
DECOMPOSED = unicodedata.normalize("NFD", "Đoàn công tác")
TEXTS = {
    "accented": SENTENCE,
    "unaccented": "doan tuyen quang gom bao nhieu nguoi",
    "half_accented": "Đoan công tac tỉnh Tuyen Quang",
    "decomposed": DECOMPOSED,
    "upper_case": SENTENCE.upper(),
    "empty": "",
    "white_space": " \n\t ",
    "punctuation": "--- !!! ...",
    "underscores": "_chuyen_doi_ __so__ a_b",
    "emoji": "🎉🇻🇳 chuyển đổi số 👩‍💻",
    "only_emoji": "🎉🇻🇳",
    "numbers": "Công văn 683/SNV-CCVC ngày 15/7/2022, 57 người, 10.000đ, m², ½, ①",
    "other_scripts": "Ελλάς ΟΔΟΣ İstanbul straße ЖЖ 한국어 漢字 ภาษาไทย हिन्दी",
    "unknown_word": "zzzzqqqq",
    "one_syllable": "huyện",
    "long": f"{SENTENCE}\n" * 400,
}


@pytest.fixture(scope="module")
def own() -> StaticEncoder:
    return StaticEncoder(MODEL)


@pytest.fixture(scope="module")
def reference() -> SentenceTransformer:
    return SentenceTransformer(str(MODEL), device="cpu", local_files_only=True)


def reference_vectors(model: SentenceTransformer, texts: Sequence[str]) -> NDArray[np.float32]:
    vectors: NDArray[np.float32] = model.encode(
        [embedding_tokens(text) for text in texts],
        normalize_embeddings=True,
        show_progress_bar=False,
    )
    return vectors


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_static_encoder_any_text_equals_sentence_transformer(
    own: StaticEncoder, reference: SentenceTransformer, text: str
) -> None:
    expected = reference_vectors(reference, [text])
    assert expected.dtype == np.float32
    np.testing.assert_allclose(own.encode([text]), expected, rtol=0, atol=1e-5)


def test_static_encoder_many_texts_equals_one_by_one(own: StaticEncoder) -> None:
    texts = list(TEXTS.values())
    together = own.encode(texts)
    np.testing.assert_array_equal(together, np.vstack([own.encode([text]) for text in texts]))


def test_static_encoder_known_text_gives_length_one(own: StaticEncoder) -> None:
    assert np.linalg.norm(own.encode([SENTENCE])[0]) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("name", ["empty", "white_space", "punctuation", "only_emoji"])
def test_static_encoder_text_without_tokens_gives_zero_vector(
    own: StaticEncoder, name: str
) -> None:
    assert not own.encode([TEXTS[name]]).any()


def test_static_encoder_no_texts_gives_no_rows(own: StaticEncoder) -> None:
    assert own.encode([]).shape == (0, 256)


def test_static_encoder_unicode_form_and_case_change_nothing(own: StaticEncoder) -> None:
    first, second = own.encode(["ĐOÀN CÔNG TÁC", DECOMPOSED])
    np.testing.assert_array_equal(first, second)


def test_static_encoder_unaccented_question_is_nearest_to_its_sentence(
    own: StaticEncoder,
) -> None:
    question = own.encode(["doan tuyen quang hoc tap chuyen doi so"])[0]
    right, wrong = own.encode([SENTENCE, "Giá vàng trong nước hôm nay tăng mạnh."])
    assert question @ right > question @ wrong + 0.3


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_token_table_any_text_gives_known_tokens_of_embedding_tokens(text: str) -> None:
    vocabulary = Tokenizer.from_file(str(MODEL / "tokenizer.json")).get_vocab()
    expected = [
        vocabulary[token] for token in embedding_tokens(text).split(" ") if token in vocabulary
    ]
    assert [bag.tolist() for bag in TokenTable(vocabulary).bags([text, text])] == [expected] * 2


def test_tokenizer_raw_text_separates_punctuation_and_keeps_underscores() -> None:
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    words = tokenizer.pre_tokenizer.pre_tokenize_str("(chuyển đổi số), _chuyen chuyen_doi!")
    assert [word for word, _ in words] == [
        "(", "chuyển", "đổi", "số", ")", ",", "_chuyen", "chuyen_doi", "!",
    ]  # fmt: skip


def test_static_encoder_read_twice_has_one_fingerprint(own: StaticEncoder) -> None:
    assert StaticEncoder(MODEL).fingerprint == own.fingerprint
    assert len(own.fingerprint) == 64


def test_static_encoder_missing_folder_raises_model_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError):
        StaticEncoder(tmp_path / "nothing")


def test_static_encoder_damaged_weights_raises_model_error(tmp_path: Path) -> None:
    tokenizer = MODEL / "tokenizer.json"
    (tmp_path / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"not tensors")
    with pytest.raises(ModelError, match="not the weights"):
        StaticEncoder(tmp_path)


def test_static_encoder_damaged_tokenizer_raises_model_error(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{", encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match="not a tokenizer"):
        StaticEncoder(tmp_path)


def test_static_encoder_tokenizer_of_word_pieces_raises_model_error(tmp_path: Path) -> None:
    pieces = '{"model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}}'
    (tmp_path / "tokenizer.json").write_text(pieces, encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match="WordPiece"):
        StaticEncoder(tmp_path)


def test_static_encoder_vectors_of_another_vocabulary_raise_model_error(tmp_path: Path) -> None:
    words = '{"model": {"type": "WordLevel", "vocab": {"[UNK]": 0}}}'
    (tmp_path / "tokenizer.json").write_text(words, encoding="utf-8")
    (tmp_path / "model.safetensors").symlink_to(MODEL / "model.safetensors")
    with pytest.raises(ModelError, match="vectors for 1 tokens"):
        StaticEncoder(tmp_path)
