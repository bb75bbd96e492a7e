"""A cross-encoder by setting: loaded from its folder, read last, explained."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hochoi.cross_encoder import CrossEncoder, load_cross_encoder
from hochoi.errors import ModelError
from hochoi.retrieval import prepare, rank
from hochoi.settings import load_settings
from hochoi.types import Filters
from hochoi.workspace import Purpose
from tests.hochoi.small_library import QUESTION, REPORTS, library, publish

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "học", "một", "cửa", "điện", "tử"]


def save(folder: Path, n_labels: int) -> Path:
    """Write a BERT of one small layer with random weights."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=n_labels,
        max_position_embeddings=64,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("models") / "cross", 1)


def test_judge_gives_one_share_per_passage_and_takes_long_ones(folder: Path) -> None:
    model = load_cross_encoder(str(folder))
    assert model is not None
    found = model.judge(QUESTION, ["học một cửa", "", "điện tử " * 500])
    assert found.shape == (3,)
    assert found.dtype == np.float32
    assert ((found > 0) & (found < 1)).all()
    assert model.judge(QUESTION, []).shape == (0,)


def test_model_with_several_outputs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="gives 3 numbers, expected 1"):
        CrossEncoder(save(tmp_path / "three", 3))


def test_search_adds_its_judgement_to_the_score(tmp_path: Path, folder: Path) -> None:
    settings = load_settings(tmp_path / "var", {})
    with library(settings, Purpose.WRITE) as ws:
        publish(ws, *REPORTS)
    with library(settings, Purpose.READ) as ws:
        without = {r.passage_id: r.score for r in rank(ws, prepare(QUESTION, Filters(), ws))}
    with library(replace(settings, cross_encoder=str(folder)), Purpose.READ) as ws:
        ranked = rank(ws, prepare(QUESTION, Filters(), ws))
    assert {r.passage_id for r in ranked} == without.keys()
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    for item in ranked:
        name, value = item.signals[-1]
        assert (name, item.score) == ("cross", pytest.approx(without[item.passage_id] + value))
