import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hochoi.errors import QuestionError, StoreError
from hochoi.people.conversations import Conversations
from hochoi.people.database import PeopleDatabase
from hochoi.people.opinions import Opinion, Opinions
from hochoi.people.saved_answer import slim
from hochoi.types import Answer, Filters, Progress
from tests.ui.samples import abstained, answered
from ui.ask.exchange import TURNS_SHOWN, Asked, Desk, exchange, obey
from ui.ask.orders import Do, Order
from ui.ask.turns import Shown, Talk

LAN = "lan"
FILTERED = Filters(year=2019)


class ScriptedAsk:
    """Plays back steps; an exception among them is raised when its turn comes."""

    def __init__(self, *steps: Progress | Answer | Exception) -> None:
        self.steps = steps
        self.asked: list[tuple[str, tuple[str, ...], Filters]] = []

    def __call__(
        self, question: str, history: tuple[str, ...], filters: Filters
    ) -> Iterator[Progress | Answer]:
        self.asked.append((question, history, filters))
        for step in self.steps:
            if isinstance(step, Exception):
                raise step
            yield step


MakeDesk = Callable[..., Desk]


@pytest.fixture
def people(tmp_path: Path) -> Iterator[PeopleDatabase]:
    with PeopleDatabase(tmp_path / "people.sqlite3") as people:
        yield people


@pytest.fixture
def desk_with(people: PeopleDatabase) -> MakeDesk:
    def make(*steps: Progress | Answer | Exception) -> Desk:
        return Desk(ScriptedAsk(*steps), Conversations(people), Opinions(people))

    return make


def asked_of(desk: Desk) -> list[tuple[str, tuple[str, ...], Filters]]:
    assert isinstance(desk.ask, ScriptedAsk)
    return desk.ask.asked


def shown(
    desk: Desk,
    question: str = "Ai?",
    talk: Talk | None = None,
    filters: Filters | None = None,
    instead_of: int | None = None,
) -> list[Shown]:
    conversation_id = talk.conversation_id if talk else None
    asked = Asked(LAN, question, filters or Filters(), conversation_id, instead_of)
    return list(exchange(desk, asked))


def obeyed(desk: Desk, order: Order, talk: Talk, person_id: str = LAN) -> list[Shown]:
    return list(obey(desk, person_id, order, talk.conversation_id))


def ask_all(desk: Desk, *questions: str) -> Talk:
    talk = Talk()
    for question in questions:
        talk = shown(desk, question, talk)[-1].talk
    return talk


def questions_of(talk: Talk) -> list[str]:
    return [turn.question for turn in talk.turns]


def test_exchange_first_step_echoes_the_question_and_empties_the_box(desk_with: MakeDesk) -> None:
    first = shown(desk_with(Progress("searching"), answered()), "  Ai? \n")[0]
    assert (first.box, first.problem, questions_of(first.talk)) == ("", "", ["Ai?"])
    assert first.talk.turns[0].reply == Progress("searching")


def test_exchange_quick_steps_are_left_out_but_never_the_answer(desk_with: MakeDesk) -> None:
    steps = [Progress("searching"), Progress("found", 3), Progress("writing")]
    replies = [s.talk.turns[-1].reply for s in shown(desk_with(*steps, answered()))]
    assert replies == [Progress("searching"), answered()]


def test_exchange_earlier_questions_are_the_history_and_filters_go_along(
    desk_with: MakeDesk,
) -> None:
    desk = desk_with(answered())
    talk = ask_all(desk, "Một?", "Hai?")
    last = shown(desk, "Ba?", talk, FILTERED)[-1].talk
    assert asked_of(desk)[-1] == ("Ba?", ("Một?", "Hai?"), FILTERED)
    assert questions_of(last) == ["Một?", "Hai?", "Ba?"]
    assert last.turns[-1].filters == FILTERED


def test_exchange_is_saved_and_opens_again_with_the_same_citations(desk_with: MakeDesk) -> None:
    desk = desk_with(answered())
    talk = ask_all(desk, "Một?")
    assert talk.conversation_id is not None
    again = desk.open(LAN, talk.conversation_id)
    assert again.turns[0].reply == slim(answered())
    assert again.turns[0].turn_id == talk.turns[0].turn_id


def test_exchange_two_pages_of_one_conversation_keep_each_other_s_turns(
    desk_with: MakeDesk,
) -> None:
    desk = desk_with(answered())
    one = ask_all(desk, "Một?")
    shown(desk, "Ở trang kia?", one)
    assert questions_of(shown(desk, "Ba?", one)[-1].talk) == ["Một?", "Ở trang kia?", "Ba?"]


def test_exchange_after_the_conversation_was_deleted_begins_a_new_one(desk_with: MakeDesk) -> None:
    desk = desk_with(answered())
    talk = ask_all(desk, "Một?")
    desk.conversations.delete(LAN, talk.conversation_id or "")
    last = shown(desk, "Hai?", talk)[-1]
    assert (last.problem, questions_of(last.talk)) == ("", ["Hai?"])
    assert last.talk.conversation_id != talk.conversation_id


def test_exchange_instead_of_the_last_question_replaces_it(desk_with: MakeDesk) -> None:
    desk = desk_with(answered())
    talk = ask_all(desk, "Một?", "Hai?")
    last = shown(desk, "Hai, sửa?", talk, instead_of=talk.turns[-1].turn_id)[-1].talk
    assert questions_of(last) == ["Một?", "Hai, sửa?"]
    assert asked_of(desk)[-1][1] == ("Một?",)


@pytest.mark.parametrize("question", ["", "   ", "x" * 10_000])
def test_exchange_refused_question_is_kept_with_one_sentence(
    desk_with: MakeDesk, question: str
) -> None:
    reason = "10000 characters long" if question.strip() else "empty"
    past = ask_all(desk_with(answered()), "Một?")
    (only,) = shown(desk_with(QuestionError(reason, 2000)), question, past)
    assert (only.box, questions_of(only.talk)) == (question, ["Một?"])
    assert only.problem.endswith(".")


def test_exchange_failure_half_way_takes_the_turn_back_and_keeps_the_question(
    desk_with: MakeDesk,
) -> None:
    last = shown(desk_with(Progress("searching"), StoreError("/kho", "disk")), "Ai?")[-1]
    assert (last.box, last.talk) == ("Ai?", Talk())
    assert "/kho" in last.problem


def test_exchange_unforeseen_failure_gives_a_number_that_the_log_has(
    desk_with: MakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        (only,) = shown(desk_with(ZeroDivisionError("secret detail")), "Ai?")
    reference = only.problem.split("mã ")[1][:4]
    assert f"reference={reference}" in caplog.text
    assert "secret detail" not in only.problem
    assert only.box == "Ai?"


def test_exchange_very_long_conversation_shows_the_latest_turns_and_asks_with_all(
    desk_with: MakeDesk,
) -> None:
    desk = desk_with(abstained())
    talk = ask_all(desk, *(f"{n}?" for n in range(TURNS_SHOWN + 1)))
    last = shown(desk, "Mới?", talk)[-1].talk
    assert len(last.turns) == TURNS_SHOWN
    assert questions_of(last)[-1] == "Mới?"
    assert len(asked_of(desk)[-1][1]) == TURNS_SHOWN + 1


def test_exchange_closed_half_way_leaves_a_question_that_can_be_asked_again(
    desk_with: MakeDesk,
) -> None:
    desk = desk_with(Progress("searching"), answered())
    steps = exchange(desk, Asked(LAN, "Ai?", Filters()))
    talk = next(steps).talk
    steps.close()  # type: ignore[attr-defined]
    (turn,) = desk.current(LAN, talk.conversation_id).turns
    assert turn.reply is None
    again = obeyed(desk, Order(Do.AGAIN, turn_id=turn.turn_id), talk)[-1].talk
    assert [(t.question, t.reply) for t in again.turns] == [("Ai?", answered())]


def test_exchange_only_the_first_step_empties_the_box_and_it_is_never_the_last(
    desk_with: MakeDesk,
) -> None:
    for steps in ([answered()], [Progress("searching"), answered()]):
        assert [s.box for s in shown(desk_with(*steps))] == ["", None]


def test_exchange_instead_of_a_question_that_is_no_longer_the_last_takes_nothing_away(
    desk_with: MakeDesk,
) -> None:
    desk = desk_with(answered())
    talk = ask_all(desk, "Một?", "Hai?")
    shown(desk, "Ở trang kia?", talk)
    last = shown(desk, "Hai, sửa?", talk, instead_of=talk.turns[-1].turn_id)[-1].talk
    assert questions_of(last) == ["Một?", "Hai?", "Ở trang kia?", "Hai, sửa?"]


@pytest.mark.parametrize(
    ("order", "filters"),
    [
        (Order(Do.AGAIN), Filters(year=2019, without=frozenset({"a"}))),
        (Order(Do.WITHOUT, "b"), Filters(year=2019, without=frozenset({"a", "b"}))),
        (Order(Do.WITH, "a"), Filters(year=2019)),
        (Order(Do.EVERYWHERE), Filters(without=frozenset({"a"}))),
    ],
)
def test_obey_asks_the_last_question_again_as_ordered(
    desk_with: MakeDesk, order: Order, filters: Filters
) -> None:
    desk = desk_with(answered())
    before = Filters(year=2019, without=frozenset({"a"}))
    talk = shown(desk, "Một?", filters=before)[-1].talk
    last = obeyed(desk, replace(order, turn_id=talk.turns[-1].turn_id), talk)[-1]
    assert asked_of(desk)[-1] == ("Một?", (), filters)
    assert (last.box, len(last.talk.turns)) == (None, 1)


def test_obey_question_of_a_button_keeps_filters_and_forgets_what_was_taken_out(
    desk_with: MakeDesk,
) -> None:
    desk = desk_with(answered())
    talk = shown(desk, "Một?", filters=Filters(year=2019, without=frozenset({"a"})))[-1].talk
    last = obeyed(desk, Order(Do.ASK, "Hai?"), talk)[-1]
    assert asked_of(desk)[-1] == ("Hai?", ("Một?",), Filters(year=2019))
    assert last.box is None


def test_reopened_of_somebody_else_says_that_there_is_none(desk_with: MakeDesk) -> None:
    desk = desk_with(answered())
    talk = ask_all(desk, "Một?")
    assert desk.reopened(LAN, talk.conversation_id or "").talk.turns
    only = desk.reopened("binh", talk.conversation_id or "")
    assert only.talk == Talk()
    assert only.problem.startswith("Không có cuộc trò chuyện")


def test_obey_opinion_is_kept_and_shown(desk_with: MakeDesk) -> None:
    desk = desk_with(answered())
    talk = ask_all(desk, "Một?", "Hai?")
    given = Opinion(is_good=False, reasons=("evidence_wrong",))
    turn_id = talk.turns[0].turn_id
    order = Order(Do.OPINION, turn_id=turn_id, opinion=given)
    (only,) = obeyed(desk, order, talk)
    assert [t.opinion for t in only.talk.turns] == [given, None]
    assert [o.opinion for o in desk.opinions.all()] == [given]
    (refused,) = obeyed(desk, order, talk, "binh")
    assert refused.problem


def test_obey_new_empties_page_and_box(desk_with: MakeDesk) -> None:
    desk = desk_with(answered())
    assert obeyed(desk, Order(Do.NEW), ask_all(desk, "Một?")) == [Shown(Talk(), "")]


@pytest.mark.parametrize("do", [Do.AGAIN, Do.WITHOUT, Do.WITH, Do.EVERYWHERE])
def test_obey_about_a_last_question_before_there_is_one_does_nothing(
    desk_with: MakeDesk, do: Do
) -> None:
    assert obeyed(desk_with(answered()), Order(do, "x"), Talk()) == [Shown(Talk())]
