"""Training rows of the re-ranker: whole groups held out, neighbours of a right passage left out."""

import json
from pathlib import Path

import numpy as np
import pytest

from hochoi.ranking.reranking import CARD_FILE, Reranker, known_features
from hochoi.retrieval import JUDGED
from tests.fakes import SyllableEncoder
from training.rerank_library import Judged, Library, Text

pytest.importorskip("lightgbm", reason="comes with the extra `train`")

from training.train_reranker import Example, fit, rows, ship, split

TEXTS = [
    Text("a", "Đoàn Sơn La", "Học một cửa điện tử.", "r1"),
    Text("b", "Đoàn Sơn La", "Thăm cảng biển.", "r1"),
    Text("c", "", "Nghe về một cửa.", "r2"),
]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(TEXTS, SyllableEncoder())


def judged(library: Library, question: str, right: str) -> Judged:
    found = library.judge(question, {right})
    assert found is not None
    return found


def test_library_evidence_has_the_columns_of_the_product(library: Library) -> None:
    found = judged(library, "một cửa điện tử", "a")
    assert found.names == known_features()
    assert found.table.shape == (3, len(found.names))
    assert found.is_right.tolist() == [True, False, False]


def test_library_passage_beside_the_right_one_is_marked(library: Library) -> None:
    found = judged(library, "một cửa điện tử Sơn La biển", "a")
    places = np.flatnonzero(found.is_beside)
    assert len(places) == 1
    assert not found.is_right[places[0]]


def test_library_candidates_are_bounded(library: Library) -> None:
    ids, lexical, cosines = library.first_ranking("một cửa")
    assert len(ids) == len(lexical) == len(cosines) <= JUDGED


@pytest.mark.parametrize("question", ["", "🙂"])
def test_library_question_without_syllables_gives_no_example(
    library: Library, question: str
) -> None:
    assert library.judge(question, {"a"}) is None


def test_rows_leave_out_the_neighbour_of_a_right_passage(library: Library) -> None:
    example = Example(judged(library, "một cửa điện tử Sơn La biển", "a"), "g", 0.5)
    made = rows([example])
    assert made.sizes.tolist() == [2]
    assert made.labels.tolist() == [1, 0]
    assert made.weights.tolist() == [0.5, 0.5]


def test_split_no_group_is_on_both_sides(library: Library) -> None:
    one = judged(library, "một cửa", "a")
    examples = [Example(one, f"g{n % 20}", 1.0) for n in range(100)]
    learned, held = split(examples, seed=3)
    assert len(learned) + len(held) == 100
    assert held
    assert not {e.group for e in learned} & {e.group for e in held}


def test_shipped_folder_is_loaded_and_its_card_says_when_training_stopped(
    library: Library, tmp_path: Path
) -> None:
    learned = [Example(judged(library, "một cửa điện tử", "a"), "g", 1.0)] * 60
    booster = fit(rows(learned), rows(learned[:10]), known_features())
    ship(booster, tmp_path, {"rule": 60})
    Reranker(tmp_path)
    card = json.loads((tmp_path / CARD_FILE).read_text(encoding="utf-8"))
    assert 1 <= card["trees"] <= card["rounds"]
    assert card["patience"] > 0
    assert card["questions"] == {"rule": 60}
