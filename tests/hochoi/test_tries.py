"""A question is tried once, until the library has changed and the answer has become old."""

from collections.abc import Iterator

import pytest

from hochoi import tries as module
from hochoi.answering import answer
from hochoi.starters import starter_questions
from hochoi.tries import KEPT_S, Tried, Tries
from hochoi.types import Answer
from hochoi.workspace import Workspace
from tests.answering_library import open_library
from tests.people_door import Clock


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_library(tmp_path_factory.mktemp("tries")) as opened:
        yield opened


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []

    def noted(ws: Workspace, question: str, *, extractive_only: bool) -> Answer:
        asked.append(question)
        return answer(ws, question, extractive_only=extractive_only)

    monkeypatch.setattr(module, "answer", noted)
    return asked


def test_tries_say_what_the_answer_says(ws: Workspace) -> None:
    tries = Tries(ws)
    for question in starter_questions(ws, 3, tries):
        found = answer(ws, question)
        said = tuple(s.text for s in found.sentences)
        assert tries(question) == Tried(found.sources[0].report.report_id, said)
    assert tries("Giá vàng hôm nay?") == Tried(None)


def test_tries_ask_again_only_after_a_change_that_is_long_ago(
    ws: Workspace, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, revision = Clock(), [1]
    monkeypatch.setattr(type(ws.store), "revision", lambda self: revision[0])
    tries = Tries(ws, clock)
    tries("Một?")
    clock.now += 10 * KEPT_S
    tries("Một?")  # nothing has changed
    assert asked == ["Một?"]
    tries("Hai?")
    revision[0] = 2
    tries("Hai?")  # changed a moment ago
    assert asked == ["Một?", "Hai?"]
    tries("Một?")
    assert asked == ["Một?", "Hai?", "Một?"]


def test_tries_forget_what_was_not_asked_for_longest(
    ws: Workspace, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_KEPT", 2)
    tries = Tries(ws)
    for question in ("Một?", "Hai?", "Một?", "Ba?", "Một?", "Hai?"):
        tries(question)
    assert asked == ["Một?", "Hai?", "Ba?", "Hai?"]
