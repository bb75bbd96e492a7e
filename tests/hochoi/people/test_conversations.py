from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from hochoi.errors import NotFoundError
from hochoi.people import conversations as module
from hochoi.people.conversations import Conversations, short_title
from hochoi.people.database import PeopleDatabase
from hochoi.people.opinions import Opinion, Opinions
from hochoi.people.saved_answer import slim
from hochoi.types import Filters
from tests.ui.samples import abstained, answered

LAN, BINH = "lan", "binh"
FILTERED = Filters(year=2019, without=frozenset({"topic:DTI"}))


@pytest.fixture
def people(tmp_path: Path) -> Iterator[PeopleDatabase]:
    with PeopleDatabase(tmp_path / "people.sqlite3") as people:
        yield people


@pytest.fixture
def kept(people: PeopleDatabase) -> Conversations:
    moments = count()
    return Conversations(people, clock=lambda: f"2026-11-27T00:00:{next(moments):06d}")


def talk(kept: Conversations, *questions: str, person: str = LAN) -> str:
    conversation_id = kept.begin(person)
    for question in questions:
        turn_id = kept.ask(person, conversation_id, question, Filters())
        kept.answered(person, conversation_id, turn_id, answered())
    return conversation_id


def titles(kept: Conversations, words: str = "", person: str = LAN) -> list[str]:
    return [s.title for s in kept.find(person, words)]


def test_turns_after_a_restart_are_the_same_with_their_citations(tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite3"
    with PeopleDatabase(path) as people:
        kept = Conversations(people)
        conversation_id = kept.begin(LAN)
        turn_id = kept.ask(LAN, conversation_id, "Ai dẫn đầu?", FILTERED)
        kept.answered(LAN, conversation_id, turn_id, answered())
        kept.ask(LAN, conversation_id, "Còn nữa?", Filters())
    with PeopleDatabase(path) as people:
        first, second = Conversations(people).turns(LAN, conversation_id)
    assert (first.turn_id, first.question, first.filters) == (turn_id, "Ai dẫn đầu?", FILTERED)
    assert first.answer == slim(answered())
    assert second.answer is None  # asked and never answered: still there


def test_find_lists_latest_first_with_the_number_of_turns(kept: Conversations) -> None:
    talk(kept, "Một?", "Hai?")
    talk(kept, "Ba?")
    assert [(s.title, s.turns) for s in kept.find(LAN)] == [("Ba?", 1), ("Một?", 2)]


def test_find_without_turns_lists_nothing(kept: Conversations) -> None:
    kept.begin(LAN)
    assert kept.find(LAN) == ()


@pytest.mark.parametrize("words", ["DOAN ca mau", "14", "bao nhieu", "ĐOÀN", "  "])
def test_find_words_stand_in_question_or_answer_with_or_without_accents(
    kept: Conversations, words: str
) -> None:
    talk(kept, "Đoàn Cà Mau bao nhiêu người?")
    talk(kept, "Đoàn Cà Mau bao nhiêu người?", person=BINH)
    assert titles(kept, words) == ["Đoàn Cà Mau bao nhiêu người?"]


@pytest.mark.parametrize("words", ["quang ninh", "%", "_", "' OR 1=1 --"])
def test_find_words_that_stand_nowhere_find_nothing(kept: Conversations, words: str) -> None:
    talk(kept, "Đoàn Cà Mau bao nhiêu người?")
    assert titles(kept, words) == []


def test_ask_instead_of_a_turn_replaces_it_and_what_follows(kept: Conversations) -> None:
    conversation_id = talk(kept, "Một?", "Hai?", "Ba?")
    second = kept.turns(LAN, conversation_id)[1].turn_id
    third = kept.turns(LAN, conversation_id)[2].turn_id
    kept.ask(LAN, conversation_id, "Khác?", Filters(), instead_of=second)
    kept.answered(LAN, conversation_id, third, abstained())  # came too late: stays gone
    turns = kept.turns(LAN, conversation_id)
    assert [t.question for t in turns] == ["Một?", "Khác?"]
    assert turns[1].answer is None
    assert turns[1].turn_id > third


def test_rename_stays_whatever_is_asked_and_empty_changes_nothing(kept: Conversations) -> None:
    conversation_id = talk(kept, "Một?")
    assert kept.rename(LAN, conversation_id, "  Việc\ncủa tôi ") == "Việc của tôi"
    assert kept.rename(LAN, conversation_id, " \n") == "Việc của tôi"
    first = kept.turns(LAN, conversation_id)[0].turn_id
    kept.ask(LAN, conversation_id, "Khác?", Filters(), instead_of=first)
    assert titles(kept, "viec cua toi") == ["Việc của tôi"]


def test_delete_removes_turns_and_keeps_opinions(
    kept: Conversations, people: PeopleDatabase
) -> None:
    conversation_id = talk(kept, "Một?")
    (turn,) = kept.turns(LAN, conversation_id)
    Opinions(people).give(LAN, turn.turn_id, Opinion(is_good=False, reasons=("answer_wrong",)))
    kept.delete(LAN, conversation_id)
    assert kept.find(LAN) == ()
    with people.reading() as db:
        assert db.execute("SELECT count(*) FROM turns").fetchone()[0] == 0
    assert [o.question for o in Opinions(people).all()] == ["Một?"]


@pytest.mark.parametrize("stranger", [BINH, ""])
def test_every_method_hides_what_belongs_to_somebody_else(
    kept: Conversations, people: PeopleDatabase, stranger: str
) -> None:
    mine = talk(kept, "Một?")
    (turn,) = kept.turns(LAN, mine)
    for attempt in (
        lambda: kept.turns(stranger, mine),
        lambda: kept.summary(stranger, mine),
        lambda: kept.rename(stranger, mine, "x"),
        lambda: kept.delete(stranger, mine),
        lambda: kept.ask(stranger, mine, "x", Filters()),
        lambda: kept.answered(stranger, mine, turn.turn_id, abstained()),
        lambda: Opinions(people).give(stranger, turn.turn_id, Opinion(is_good=True)),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert kept.find(stranger) == ()
    assert kept.turns(LAN, mine) == (turn,)


def test_begin_for_nobody_is_refused(kept: Conversations) -> None:
    with pytest.raises(ValueError, match="needs a person"):
        kept.begin("")


def test_begin_beyond_the_limit_drops_the_oldest_of_this_person(
    kept: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_PER_PERSON", 2)
    talk(kept, "của Bình?", person=BINH)
    for question in ("Một?", "Hai?", "Ba?"):
        talk(kept, question)
    assert titles(kept) == ["Ba?", "Hai?"]
    assert titles(kept, person=BINH) == ["của Bình?"]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Ai  dẫn\nđầu?", "Ai dẫn đầu?"),
        ("từ " * 40, "từ " * 25 + "từ…"),
        ("a" * 100, "a" * 79 + "…"),
    ],
)
def test_short_title_is_one_line_cut_between_words(question: str, title: str) -> None:
    assert short_title(question) == title
    assert len(title) <= 80


def test_opinion_may_be_changed_and_comes_back_with_the_turn(
    kept: Conversations, people: PeopleDatabase
) -> None:
    conversation_id = talk(kept, "Một?", "Hai?")
    turn_id = kept.turns(LAN, conversation_id)[1].turn_id
    opinions = Opinions(people)
    opinions.give(LAN, turn_id, Opinion(is_good=True))
    changed = Opinion(is_good=False, reasons=("report_missing",), comment="Thiếu đoàn 2023")
    opinions.give(LAN, turn_id, changed)
    assert kept.turns(LAN, conversation_id)[1].opinion == changed
    (given,) = opinions.all()
    assert (given.opinion, given.history, given.question) == (changed, ("Một?",), "Hai?")
    assert given.answer == slim(answered())


def test_opinion_about_a_turn_without_answer_is_refused(
    kept: Conversations, people: PeopleDatabase
) -> None:
    conversation_id = kept.begin(LAN)
    turn_id = kept.ask(LAN, conversation_id, "Một?", Filters())
    with pytest.raises(NotFoundError):
        Opinions(people).give(LAN, turn_id, Opinion(is_good=True))


@pytest.mark.parametrize(("is_good", "reason"), [(False, "other"), (True, "answer_wrong")])
def test_opinion_with_a_reason_that_does_not_fit_is_refused(is_good: bool, reason: str) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Opinion(is_good, (reason,))
