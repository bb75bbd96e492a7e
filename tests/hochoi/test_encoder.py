"""Which encoder a setting names, and what is refused instead of fetched or unpickled."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from hochoi.encoder import Encoder, Prompts, SentenceTransformerEncoder, load_encoder
from hochoi.errors import ModelError, ModelMissingError
from hochoi.settings import DEFAULT_MODEL

TEXTS = ["chuyển đổi số", "một cửa", ""]


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    return load_encoder(DEFAULT_MODEL)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small sentence-transformers model that is not ours."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = {"[UNK]": 0, "một": 1, "cửa": 2, "số": 3}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.array([[0, 0], [1, 0], [0, 1], [3, 4]], dtype=np.float32)
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    folder = tmp_path_factory.mktemp("models") / "other"
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return folder


def test_shipped_model_gives_unit_vectors_and_zero_for_nothing(shipped: Encoder) -> None:
    vectors = shipped.encode_passages(TEXTS)
    assert vectors.shape == (3, shipped.dimension) == (3, 256)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 0], abs=1e-5)


def test_shipped_model_query_is_encoded_like_a_passage(shipped: Encoder) -> None:
    np.testing.assert_array_equal(
        shipped.encode_query("một cửa"), shipped.encode_passages(["một cửa"])[0]
    )


def test_shipped_model_is_served_without_torch() -> None:
    code = (
        "import sys; from hochoi.encoder import load_encoder\n"
        f"load_encoder({DEFAULT_MODEL!r}).encode_query('một cửa')\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, timeout=60, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"


def test_other_model_is_loaded_by_its_folder(other: Path) -> None:
    encoder = load_encoder(str(other))
    assert encoder.dimension == 2
    expected = [[0.6, 0.8], [2**-0.5, 2**-0.5]]
    np.testing.assert_allclose(encoder.encode_passages(["số", "một cửa"]), expected, atol=1e-6)
    np.testing.assert_allclose(encoder.encode_query("số"), expected[0], atol=1e-6)
    assert encoder.encode_passages([]).shape == (0, 2)


def test_fingerprint_is_the_same_at_every_load_and_differs_between_models(
    shipped: Encoder, other: Path
) -> None:
    assert load_encoder(DEFAULT_MODEL).fingerprint == shipped.fingerprint
    first, second = load_encoder(str(other)), SentenceTransformerEncoder(other)
    assert first.fingerprint == second.fingerprint != shipped.fingerprint


@pytest.mark.parametrize("name", ["no-such-model", "./none", "/none/of/this", "~/none"])
def test_load_missing_model_raises_missing(name: str) -> None:
    with pytest.raises(ModelMissingError) as caught:
        load_encoder(name)
    assert caught.value.model == name


def test_load_hub_name_that_is_not_here_is_refused_and_not_fetched() -> None:
    with pytest.raises(ModelError):
        load_encoder("nobody/no-such-model")


def test_load_folder_without_a_model_raises_model_error(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError):
        load_encoder(str(tmp_path))


def test_prompts_of_the_settings_stand_before_questions_and_passages(other: Path) -> None:
    """Models such as multilingual-e5 were trained with "query: " and "passage: "."""
    plain, asked = load_encoder(str(other)), load_encoder(str(other), Prompts("một ", "cửa "))
    np.testing.assert_allclose(asked.encode_query("số"), plain.encode_query("một số"), atol=1e-6)
    np.testing.assert_allclose(
        asked.encode_passages(["số"]), plain.encode_passages(["cửa số"]), atol=1e-6
    )
    assert asked.fingerprint != plain.fingerprint
