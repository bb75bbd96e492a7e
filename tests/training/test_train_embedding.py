"""Training is reproducible, leaves the unknown token at zero and ships what both readers read."""

from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from hochoi.language.tokens import embedding_tokens
from hochoi.static_encoder import StaticEncoder
from training.documents import Document
from training.train_embedding import Recipe, initial_rows, ship, token_rows, train
from training.vocabulary import Sizes

DOCUMENTS = [
    Document(f"chủ đề {n}", (f"Báo cáo số {n} nói về việc {n} của tỉnh.", f"Đoàn {n} cảm ơn."))
    for n in range(20)
]
RECIPE = Recipe(dimension=8, sizes=Sizes(50, 50, 50), steps=6, batch_pairs=8)


def test_initial_rows_are_as_long_as_the_token_is_rare() -> None:
    lengths = initial_rows([0.0, 1.0, 3.0], Recipe(dimension=4_096)).norm(dim=1)
    assert lengths[0] == 0
    assert float(lengths[2] / lengths[1]) == pytest.approx(3, rel=0.1)


def test_train_twice_gives_the_same_weights() -> None:
    first, second = (train(DOCUMENTS, RECIPE).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_train_changes_known_tokens_and_leaves_unknown_at_zero() -> None:
    rows = token_rows(train(DOCUMENTS, RECIPE))
    assert not rows[0].any()
    assert rows[1:].any()


def test_train_too_few_documents_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 8 documents for one batch, got 3"):
        train(DOCUMENTS[:3], RECIPE)


def test_ship_half_precision_folder_reads_alike_in_both_readers(tmp_path: Path) -> None:
    model = train(DOCUMENTS, RECIPE)
    text = "Báo cáo số 3 của tỉnh"
    before = model.encode([embedding_tokens(text)], normalize_embeddings=True)
    ship(model, tmp_path)
    shipped = SentenceTransformer(str(tmp_path), device="cpu", local_files_only=True)
    after = shipped.encode([embedding_tokens(text)], normalize_embeddings=True)
    np.testing.assert_allclose(after, before, atol=1e-3)  # float16 directions
    np.testing.assert_allclose(StaticEncoder(tmp_path).encode([text]), after, atol=1e-5)


def test_ship_model_card_already_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("card", encoding="utf-8")
    ship(train(DOCUMENTS, RECIPE), tmp_path)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "card"
