import logging
from collections.abc import Iterator

import pytest

from hochoi.errors import QuestionError, StoreError
from hochoi.types import Answer, Progress
from tests.ui.samples import abstained, answered
from ui.exchange import TURNS_KEPT, Shown, exchange, latest_answer
from ui.render import Turn


class ScriptedAsk:
    """Plays back steps; an exception among them is raised when its turn comes."""

    def __init__(self, *steps: Progress | Answer | Exception) -> None:
        self.steps = steps
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def __call__(self, question: str, history: tuple[str, ...]) -> Iterator[Progress | Answer]:
        self.asked.append((question, history))
        for step in self.steps:
            if isinstance(step, Exception):
                raise step
            yield step


def shown(ask: ScriptedAsk, question: str = "Ai?", past: tuple[Turn, ...] = ()) -> list[Shown]:
    return list(exchange(ask, question, past))


def test_exchange_first_step_echoes_the_question_and_empties_the_box() -> None:
    first = shown(ScriptedAsk(Progress("searching"), answered()), "  Ai? \n")[0]
    assert first == Shown("", (Turn("Ai?", Progress("searching")),))


def test_exchange_quick_steps_are_left_out_but_never_the_answer() -> None:
    steps = [Progress("searching"), Progress("found", 3), Progress("writing")]
    replies = [s.turns[-1].reply for s in shown(ScriptedAsk(*steps, answered()))]
    assert replies == [Progress("searching"), answered()]


def test_exchange_earlier_questions_are_the_history() -> None:
    ask = ScriptedAsk(abstained())
    past = (Turn("Một?", answered()), Turn("Hai?", abstained()))
    last = shown(ask, "Ba?", past)[-1]
    assert ask.asked == [("Ba?", ("Một?", "Hai?"))]
    assert last.turns == (*past, Turn("Ba?", abstained()))


@pytest.mark.parametrize("question", ["", "   ", "x" * 10_000])
def test_exchange_refused_question_is_kept_with_one_sentence(question: str) -> None:
    reason = "10000 characters long" if question.strip() else "empty"
    past = (Turn("Một?", answered()),)
    (only,) = shown(ScriptedAsk(QuestionError(reason, 2000)), question, past)
    assert (only.question, only.turns) == (question, past)
    assert only.problem.endswith(".")


def test_exchange_failure_half_way_takes_the_turn_back_and_keeps_the_question() -> None:
    ask = ScriptedAsk(Progress("searching"), StoreError("/kho", "disk"))
    last = shown(ask, "Ai?")[-1]
    assert (last.question, last.turns) == ("Ai?", ())
    assert "/kho" in last.problem


def test_exchange_unforeseen_failure_gives_a_number_that_the_log_has(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        (only,) = shown(ScriptedAsk(ZeroDivisionError("secret detail")), "Ai?")
    reference = only.problem.split("mã ")[1][:4]
    assert f"reference={reference}" in caplog.text
    assert "secret detail" not in only.problem
    assert only.question == "Ai?"


def test_exchange_very_long_conversation_keeps_the_latest_turns() -> None:
    past = tuple(Turn(f"{n}?", abstained()) for n in range(TURNS_KEPT))
    turns = shown(ScriptedAsk(abstained()), "Mới?", past)[-1].turns
    assert len(turns) == TURNS_KEPT
    assert (turns[0].question, turns[-1].question) == ("1?", "Mới?")


def test_latest_answer_waiting_or_empty_is_none() -> None:
    assert latest_answer(()) is None
    assert latest_answer((Turn("Ai?", answered()), Turn("Gì?", Progress("searching")))) is None
    assert latest_answer((Turn("Ai?", answered()),)) == answered()
