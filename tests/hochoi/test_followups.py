"""Follow-up questions are about the visits of the answer, new, and have an answer."""

from collections.abc import Iterator

import pytest

from hochoi.answering import answer
from hochoi.followups import follow_up_questions
from hochoi.starters import starter_questions
from hochoi.tries import Tries
from hochoi.types import Answer, Outcome
from hochoi.workspace import Workspace
from tests.answering_library import open_library


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_library(tmp_path_factory.mktemp("followups")) as opened:
        yield opened


def test_follow_ups_are_answered_from_the_same_visit_and_say_something_new(ws: Workspace) -> None:
    checked = 0
    for question in starter_questions(ws, 4, Tries(ws)):
        given = answer(ws, question)
        for follow_up in follow_up_questions(ws, given, 3, Tries(ws)):
            found = answer(ws, follow_up)
            assert found.outcome is Outcome.ANSWERED
            assert found.sources[0].report in [s.report for s in given.sources]
            assert found.sentences[0].text not in {s.text for s in given.sentences}
            checked += 1
    assert checked


@pytest.mark.parametrize("n", [0, 1])
def test_follow_ups_are_at_most_as_many_as_asked_for(ws: Workspace, n: int) -> None:
    given = answer(ws, starter_questions(ws, 1, Tries(ws))[0])
    assert len(follow_up_questions(ws, given, n, Tries(ws))) <= n


def test_follow_ups_of_an_answer_without_reports_are_none(ws: Workspace) -> None:
    assert (
        follow_up_questions(ws, Answer("?", Outcome.ABSTAINED, notice="Không."), 3, Tries(ws)) == ()
    )
