"""Starter questions are about the library and have an answer in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hochoi.answering import answer
from hochoi.settings import load_settings
from hochoi.starters import starter_questions
from hochoi.tries import Tries
from hochoi.types import Outcome
from hochoi.workspace import Purpose, Workspace, open_workspace
from tests.answering_library import open_library
from tests.fakes import SyllableEncoder, make_report, publication


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_library(tmp_path_factory.mktemp("starters")) as opened:
        yield opened


def test_starters_are_answered_from_the_library(ws: Workspace) -> None:
    questions = starter_questions(ws, 6, Tries(ws))
    assert questions
    assert {answer(ws, q).outcome for q in questions} == {Outcome.ANSWERED}


def test_starters_are_about_different_visits(ws: Workspace) -> None:
    questions = starter_questions(ws, 6, Tries(ws))
    sources = [answer(ws, q).sources[0].report.report_id for q in questions]
    assert len(set(sources)) == len(questions)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_starters_are_at_most_as_many_as_asked_for(ws: Workspace, n: int) -> None:
    assert len(starter_questions(ws, n, Tries(ws))) <= n


def test_starters_of_visits_without_parties_or_of_nothing_are_none(tmp_path: Path) -> None:
    encoder = SyllableEncoder()
    settings = load_settings(tmp_path, {})
    with open_workspace(settings, Purpose.READ, encoder=encoder) as empty:
        assert starter_questions(empty, 6, Tries(empty)) == ()
        item = publication(make_report("aaaa", "Tin vắn", "Không rõ ai đến."), encoder)
        empty.store.publish_many([item], encoder=empty.encoder_name)
        empty.refresh()
        assert starter_questions(empty, 6, Tries(empty)) == ()
