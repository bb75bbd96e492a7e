"""One question -> what the ask page shows step by step, saved as it goes. Knows no HTML."""

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from time import monotonic

from hochoi.errors import HocHoiError, NotFoundError
from hochoi.people.conversations import Conversations
from hochoi.people.opinions import Opinions
from hochoi.types import Answer, Filters, Progress
from ui.ask.orders import Do, Order
from ui.ask.turns import Shown, Talk, Turn, turn_of
from ui.site import Ask
from ui.wording import error_sentence, unexpected_sentence

logger = logging.getLogger(__name__)

TURNS_SHOWN = 30  # older ones stay saved and count as history
_STEP_S = 0.2  # a progress step stays on screen at least this long


@dataclass(frozen=True, slots=True)
class Desk:
    """Where questions are answered and conversations kept."""

    ask: Ask
    conversations: Conversations
    opinions: Opinions

    def open(self, person_id: str, conversation_id: str) -> Talk:
        """Return a saved conversation as it was left.

        Raises:
            NotFoundError: If this person has no such conversation.
        """
        turns = self.conversations.turns(person_id, conversation_id)
        return Talk(conversation_id, tuple(map(turn_of, turns)))

    def current(self, person_id: str, conversation_id: str | None) -> Talk:
        """Return a conversation as it is saved: another page of this person may have gone on.

        One that is not there, or not there any more, is a new one.
        """
        if conversation_id is None:
            return Talk()
        try:
            return self.open(person_id, conversation_id)
        except NotFoundError:
            return Talk()

    def reopened(self, person_id: str, conversation_id: str) -> Shown:
        """Return what to show when a page is opened at the address of a conversation."""
        try:
            return Shown(self.open(person_id, conversation_id))
        except HocHoiError as exc:
            return Shown(Talk(), problem=error_sentence(exc))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way: who asks what, and where it goes."""

    person_id: str
    question: str
    filters: Filters
    conversation_id: str | None = None  # None: begins one
    instead_of: int | None = None  # id of the turn it replaces, while that is the last


def exchange(desk: Desk, asked: Asked) -> Iterator[Shown]:
    """Yield what to show while a question is answered; when that fails the question is kept.

    The question is saved before it is answered and the answer as soon as it is there, so that
    a page that was closed, reloaded or stopped finds both. The first step empties the question
    box and no later one touches it: the next question may be in it already.
    """
    talk = Talk()
    try:
        talk = desk.current(asked.person_id, asked.conversation_id)
        yield from _steps(desk, asked, talk)
    except HocHoiError as exc:
        logger.info("refused a question because=%s", type(exc).__name__)
        yield Shown(talk, asked.question, error_sentence(exc))
    except Exception:
        # The outermost shell: whatever happens, the person gets a sentence and keeps the text.
        reference = secrets.token_hex(2).upper()
        logger.exception("could not answer reference=%s", reference)
        yield Shown(talk, asked.question, unexpected_sentence(reference))


def _steps(desk: Desk, asked: Asked, talk: Talk) -> Iterator[Shown]:
    question, instead_of = asked.question.strip(), None
    if talk.last is not None and talk.last.turn_id == asked.instead_of:
        talk, instead_of = replace(talk, turns=talk.turns[:-1]), asked.instead_of
    history = tuple(turn.question for turn in talk.turns)
    replies = desk.ask(asked.question, history, asked.filters)
    first = next(replies)  # a question that is refused is not saved
    person, kept = asked.person_id, desk.conversations
    conversation_id = talk.conversation_id or kept.begin(person)
    turn_id = kept.ask(person, conversation_id, question, asked.filters, instead_of=instead_of)
    echo = first if isinstance(first, Progress) else Progress("understood")
    turn = Turn(question, echo, asked.filters, turn_id)
    # A step of its own even when the answer is there: the library sends the last one twice.
    yield Shown(_with(talk, conversation_id, turn), "")
    shown_at = monotonic()
    for reply in chain([first], replies):
        turn = replace(turn, reply=reply)
        if isinstance(reply, Answer):
            kept.answered(person, conversation_id, turn_id, reply)
        elif monotonic() - shown_at < _STEP_S:
            continue
        shown_at = monotonic()
        yield Shown(_with(talk, conversation_id, turn))


def _with(talk: Talk, conversation_id: str, turn: Turn) -> Talk:
    """Return the conversation with a turn at its end."""
    return Talk(conversation_id, (*talk.turns, turn)[-TURNS_SHOWN:])


def obey(desk: Desk, person_id: str, order: Order, conversation_id: str | None) -> Iterator[Shown]:
    """Yield what to show while an order about a conversation is carried out."""
    if order.do is Do.NEW:
        yield Shown(Talk(), "")
        return
    talk = desk.current(person_id, conversation_id)
    match order.do:
        case Do.OPINION:
            yield _judged(desk, person_id, order, talk)
        case Do.ASK:
            filters = talk.last.filters if talk.last else Filters()
            filters = replace(filters, without=frozenset())
            asked = Asked(person_id, order.text, filters, talk.conversation_id)
            yield from _keeping_box(exchange(desk, asked))
        case _:
            yield from _once_more(desk, person_id, order, talk)


def _once_more(desk: Desk, person_id: str, order: Order, talk: Talk) -> Iterator[Shown]:
    """Ask the question of a turn again, its conditions changed as ordered."""
    turn = next((t for t in talk.turns if t.turn_id == order.turn_id), None)
    if turn is None:  # another page has replaced it
        yield Shown(talk)
        return
    filters = turn.filters
    if order.do is Do.WITHOUT:
        filters = replace(filters, without=filters.without | {order.text})
    elif order.do is Do.WITH:
        filters = replace(filters, without=filters.without - {order.text})
    elif order.do is Do.EVERYWHERE:
        filters = Filters(without=filters.without)
    asked = Asked(person_id, turn.question, filters, talk.conversation_id, turn.turn_id)
    yield from _keeping_box(exchange(desk, asked))


def _keeping_box(steps: Iterator[Shown]) -> Iterator[Shown]:
    """Leave alone what the person has begun to type: this question came from a button."""
    for shown in steps:
        yield replace(shown, box=None)


def _judged(desk: Desk, person_id: str, order: Order, talk: Talk) -> Shown:
    if order.opinion is None:
        return Shown(talk)
    try:
        desk.opinions.give(person_id, order.turn_id, order.opinion)
    except HocHoiError as exc:
        return Shown(talk, problem=error_sentence(exc))
    return Shown(desk.current(person_id, talk.conversation_id))
