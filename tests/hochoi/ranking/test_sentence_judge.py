"""The shipped judge of sentences, its evidence and its table."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from hochoi.errors import ModelError, ModelMissingError
from hochoi.ranking.sentence_features import known_columns, sentence_features
from hochoi.ranking.sentence_judge import CARD_FILE, MODEL_FILE, TABLE_FILE, SentenceJudge
from hochoi.ranking.sentence_tokens import read_question, read_sentence
from hochoi.ranking.translation import Translation, read_translation, write_translation
from hochoi.settings import SHIPPED

FOLDER = SHIPPED / "models" / "hochoi-sentences"
SENTENCES = (
    "Đoàn công tác tỉnh Tuyên Quang gồm 57 người với Trưởng đoàn là ông Tạ Văn Dũng.",
    "Trung tâm được thành lập ngày 24/10/2017.",
    "Nhìn chung, công tác học tập đã đạt yêu cầu đề ra.",
)


@pytest.fixture(scope="module")
def judge() -> SentenceJudge:
    return SentenceJudge(FOLDER)


def best(judge: SentenceJudge, question: str) -> int:
    tokens = [read_sentence(s) for s in SENTENCES]
    return int(np.argmax(judge.judge(read_question(question), tokens, (), lambda term: 2.0)))


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Đoàn Tuyên Quang gồm bao nhiêu người?", 0),
        ("doan tuyen quang do ai lam truong doan", 0),
        ("Trung tâm ra đời ngày nào?", 1),
    ],
)
def test_judge_puts_the_answering_sentence_first(
    judge: SentenceJudge, question: str, place: int
) -> None:
    assert best(judge, question) == place


def test_judge_of_no_sentences_is_empty(judge: SentenceJudge) -> None:
    assert judge.judge(read_question("Ai?"), [], (), lambda term: 1.0).shape == (0,)


def test_features_are_finite_whatever_the_text() -> None:
    rng = random.Random(3)
    letters = 'aăđ ê1 2.,:;"(%)\n–A Đ'
    table = read_translation(FOLDER / TABLE_FILE)
    for _ in range(60):
        texts = ["".join(rng.choices(letters, k=rng.randrange(60))) for _ in range(4)]
        question = "".join(rng.choices(letters, k=rng.randrange(40)))
        columns = sentence_features(
            read_question(question), [read_sentence(t) for t in texts], (), lambda t: 1.0, table
        )
        assert tuple(columns) == known_columns()
        assert all(np.isfinite(values).all() for values in columns.values())


def test_translation_is_read_as_written(tmp_path: Path) -> None:
    table = Translation({"ai": 0.5, "nao": 0.25}, {"ai": {"#name": 0.5, "ong": 0.25}, "nao": {}})
    write_translation(table, tmp_path / TABLE_FILE)
    assert read_translation(tmp_path / TABLE_FILE) == table


def test_translation_prefers_the_sentence_that_explains_the_question() -> None:
    table = Translation({"ai": 0.01}, {"ai": {"#name": 0.5}})
    ratios, nearest = table.likelihood(["ai"], [{"#name", "ong"}, {"ngay"}])
    assert ratios[0] > 0 > ratios[1]
    assert nearest.tolist() == [0.5, 0.0]


def drop(folder: Path) -> None:
    (folder / MODEL_FILE).unlink()


def change_table(folder: Path) -> None:
    (folder / TABLE_FILE).write_bytes(b"\0" * 100)


def change_format(folder: Path) -> None:
    card = json.loads((folder / CARD_FILE).read_text())
    (folder / CARD_FILE).write_text(json.dumps(card | {"format": 99}))


def break_card(folder: Path) -> None:
    (folder / CARD_FILE).write_text("[]")


@pytest.mark.parametrize("change", [drop, change_table, change_format, break_card])
def test_judge_damaged_model_is_refused(tmp_path: Path, change: Callable[[Path], None]) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "model")
    change(folder)
    with pytest.raises((ModelError, ModelMissingError)):
        SentenceJudge(folder)
