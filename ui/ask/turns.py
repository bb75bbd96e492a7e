"""A conversation as the ask page holds it. Knows neither HTML nor the page."""

from dataclasses import dataclass, field, replace

from hochoi.people.conversations import SavedTurn
from hochoi.people.opinions import Opinion
from hochoi.types import Answer, Filters, Progress


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and how far its answer is."""

    question: str
    reply: Progress | Answer | None  # None: stopped, or never answered
    filters: Filters = field(default_factory=Filters)
    turn_id: int = 0  # 0: not saved
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """What one open page shows of a conversation."""

    conversation_id: str | None = None  # None: nothing asked yet
    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Turn | None:
        """The newest turn."""
        return self.turns[-1] if self.turns else None

    @property
    def latest_answer(self) -> Answer | None:
        """The answer of the newest turn; None while there is none."""
        reply = self.last.reply if self.last else None
        return reply if isinstance(reply, Answer) else None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows after one step."""

    talk: Talk
    box: str | None = None  # what stands in the question box from now on; None: as it is
    problem: str = ""  # one Vietnamese sentence, or nothing


def unanswered(talk: Talk) -> Talk:
    """Return a conversation whose newest question has no answer, if it was still under way."""
    if talk.last is None or not isinstance(talk.last.reply, Progress):
        return talk
    return replace(talk, turns=(*talk.turns[:-1], replace(talk.last, reply=None)))


def turn_of(saved: SavedTurn) -> Turn:
    """Return a saved turn as the page shows it."""
    return Turn(saved.question, saved.answer, saved.filters, saved.turn_id, saved.opinion)
