"""The re-ranker: refused when damaged, harmless when there is nothing to judge, explained."""

import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hochoi.errors import ModelError, ModelMissingError
from hochoi.ranking.features import Candidates
from hochoi.ranking.reranking import (
    CARD_FILE,
    MODEL_FILE,
    Reranker,
    TokenCache,
    known_features,
    load_reranker,
)
from hochoi.ranking.tokens import read_passage
from hochoi.retrieval import prepare, rank, retrieve
from hochoi.settings import DEFAULT_RERANKER, SHIPPED, load_settings
from hochoi.types import Filters
from hochoi.workspace import Purpose, Workspace
from tests.hochoi.small_library import QUESTION, REPORTS, library, publish

SHIPPED_FOLDER = SHIPPED / "models" / DEFAULT_RERANKER


@pytest.fixture(scope="module")
def reranker() -> Reranker:
    return Reranker(SHIPPED_FOLDER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "model"))


def candidates(*texts: str) -> Candidates:
    n = len(texts)
    zeros = np.zeros(n, dtype=np.float32)
    return Candidates(
        [read_passage("Đoàn Sơn La ở Hải Phòng", text) for text in texts],
        lexical=zeros + 1,
        cosine=zeros,
        fused=zeros + 1,
        report=np.arange(n, dtype=np.int64),
        header=np.zeros(n, dtype=np.int64),
        is_first=np.ones(n, dtype=np.bool_),
    )


def even(term: str) -> float:
    return 1.0


# -- loading --------------------------------------------------------------------------------------


def test_load_reranker_none_loads_nothing() -> None:
    assert load_reranker("none") is None


def test_load_reranker_unknown_name_is_missing() -> None:
    with pytest.raises(ModelMissingError, match="no-such-model"):
        load_reranker("no-such-model")


@pytest.mark.parametrize("name", [MODEL_FILE, CARD_FILE])
def test_reranker_without_a_file_is_missing(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelMissingError):
        Reranker(folder)


def test_reranker_changed_model_is_refused(folder: Path) -> None:
    path = folder / MODEL_FILE
    path.write_text(path.read_text(encoding="utf-8").replace("leaf_value=", "leaf_value=-"))
    with pytest.raises(ModelError, match="is not the file"):
        Reranker(folder)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"format": 1}'])
def test_reranker_unreadable_card_is_refused(folder: Path, card: str) -> None:
    (folder / CARD_FILE).write_text(card, encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        Reranker(folder)


def test_reranker_other_format_is_refused(folder: Path) -> None:
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    (folder / CARD_FILE).write_text(json.dumps({**card, "format": 99}), encoding="utf-8")
    with pytest.raises(ModelError, match="format 99"):
        Reranker(folder)


def test_known_features_are_named_once() -> None:
    names = known_features()
    assert len(names) == len(set(names)) > 50


# -- judging --------------------------------------------------------------------------------------


def test_judge_prefers_the_passage_that_says_it(reranker: Reranker) -> None:
    texts = "Thăm cảng biển.", "Học một cửa điện tử liên thông.", "Nghe về điện gió."
    judged = reranker.judge("học một cửa điện tử liên thông", even, candidates(*texts))
    assert judged.argmax() == 1
    assert judged.min() == 0


def test_judge_unaccented_question_finds_the_same(reranker: Reranker) -> None:
    texts = "Thăm cảng biển.", "Học một cửa điện tử liên thông.", "Nghe về điện gió."
    judged = reranker.judge("hoc mot cua dien tu lien thong", even, candidates(*texts))
    assert judged.argmax() == 1


@pytest.mark.parametrize("question", ["", "???", "🙂"])
def test_judge_question_without_syllables_changes_nothing(
    reranker: Reranker, question: str
) -> None:
    assert reranker.judge(question, even, candidates("Một.", "Hai.")).tolist() == [0, 0]


@pytest.mark.parametrize("question", ["là gì", "xyzzy", "một " * 600, "Ünïcode 文字 12/SNV"])
def test_judge_odd_question_gives_finite_leads(reranker: Reranker, question: str) -> None:
    judged = reranker.judge(question, even, candidates("Một.", "", "🙂"))
    assert np.isfinite(judged).all()
    assert judged.min() == 0


def test_judge_fifty_passages_within_the_budget(reranker: Reranker) -> None:
    """The budget is 15 ms of work; five times as much is left to slow machines."""
    passage = (
        "Đoàn công tác học mô hình một cửa điện tử liên thông và kho dữ liệu dùng chung. " * 12
    )
    many = candidates(*[passage] * 50)
    spent = []
    for _ in range(5):
        began = time.process_time()
        reranker.judge("Đoàn Sơn La học mô hình một cửa điện tử nào ở Hải Phòng?", even, many)
        spent.append(time.process_time() - began)
    assert min(spent) < 0.075


# -- tokens ---------------------------------------------------------------------------------------


def test_token_cache_forgets_what_was_not_used_longest() -> None:
    cache = TokenCache(size=2)
    cache.read("a", "", "một")
    cache.read("b", "", "hai")
    assert cache.get("a", "") is not None
    cache.read("c", "", "ba")
    assert [cache.get(i, "") is not None for i in "abc"] == [True, False, True]


def test_token_cache_other_header_is_another_passage() -> None:
    """A corrected visit changes the header under which its passages are judged."""
    cache = TokenCache()
    cache.read("a", "Đoàn Sơn La", "một")
    assert cache.get("a", "Đoàn Lai Châu") is None


# -- in the search --------------------------------------------------------------------------------


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with library(load_settings(tmp_path, {}), Purpose.WRITE) as opened:
        publish(opened, *REPORTS)
        opened.refresh()
        yield opened


def test_rank_signals_add_up_and_name_the_judgement(ws: Workspace) -> None:
    ranked = rank(ws, prepare(QUESTION, Filters(), ws))
    assert [item.score for item in ranked] == sorted((i.score for i in ranked), reverse=True)
    for item in ranked:
        assert item.score == pytest.approx(sum(value for _, value in item.signals))
        assert dict(item.signals)["rerank"] >= 0


def test_rank_without_reranker_keeps_the_first_ranking(ws: Workspace) -> None:
    ws.reranker = None
    ranked = rank(ws, prepare(QUESTION, Filters(), ws))
    assert [item.first_rank for item in ranked] == list(range(1, len(ranked) + 1))
    assert all("rerank" not in dict(item.signals) for item in ranked)


def test_setting_none_opens_without_reranker(tmp_path: Path) -> None:
    settings = replace(load_settings(tmp_path, {}), reranker="none")
    with library(settings, Purpose.READ) as opened:
        assert opened.reranker is None


def test_retrieve_twice_reads_tokens_once_and_finds_the_same(ws: Workspace) -> None:
    query = prepare(QUESTION, Filters(), ws)
    assert retrieve(ws, query, 5) == retrieve(ws, query, 5)


def test_retrieve_empty_library_finds_nothing(tmp_path: Path) -> None:
    with library(load_settings(tmp_path, {}), Purpose.READ) as opened:
        assert retrieve(opened, prepare(QUESTION, Filters(), opened), 5) == ()
