"""What people think of answers, kept for those who evaluate: with question, history and answer.

An opinion outlives the conversation it was given in, and may be changed by who gave it.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from hochoi.errors import NotFoundError
from hochoi.people.database import PeopleDatabase
from hochoi.people.saved_answer import decode_answer, decode_filters
from hochoi.text import clean
from hochoi.types import Answer, Filters

REASONS = ("answer_wrong", "evidence_wrong", "report_missing", "should_refuse")
COMMENT_CHARS = 1000


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person thinks of an answer.

    Raises:
        ValueError: If a reason is unknown, or a good answer is given a reason.
    """

    is_good: bool
    reasons: tuple[str, ...] = ()  # of `REASONS`
    comment: str = ""

    def __post_init__(self) -> None:
        """Refuse unknown reasons."""
        strange = sorted(set(self.reasons) - set(REASONS))
        if strange or (self.is_good and self.reasons):
            raise ValueError(f"reasons {self.reasons} do not fit, expected some of {REASONS}")


@dataclass(frozen=True, slots=True)
class GivenOpinion:
    """An opinion with all that is needed to ask the question again."""

    turn_id: int
    opinion: Opinion
    question: str
    history: tuple[str, ...]  # questions before it, oldest first
    filters: Filters
    answer: Answer  # slim: reports without their texts
    given_at: str  # ISO 8601, UTC


def read_opinion(is_good: int, reasons: str, comment: str) -> Opinion:
    """Return an opinion from its stored columns."""
    return Opinion(bool(is_good), tuple(json.loads(reasons)), comment)


class Opinions:
    """All opinions; given by the owner of a conversation, read by evaluators."""

    def __init__(self, people: PeopleDatabase) -> None:
        """Keep opinions in the database about people."""
        self._people = people

    def give(self, person_id: str, turn_id: int, opinion: Opinion) -> None:
        """Save what the person thinks of an answered turn, in place of what was said before.

        Raises:
            NotFoundError: If this person has no such turn, or it has no answer.
        """
        comment = clean(opinion.comment)[:COMMENT_CHARS]
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._people.writing() as db:
            row = db.execute(
                "SELECT question, filters, answer, conversation_id FROM turns"
                " JOIN conversations USING (conversation_id)"
                " WHERE turn_id = ? AND person_id = ? AND answer IS NOT NULL",
                (turn_id, person_id),
            ).fetchone()
            if row is None:
                raise NotFoundError("turn", str(turn_id))
            question, filters, answer, conversation_id = row
            before = db.execute(
                "SELECT question FROM turns WHERE conversation_id = ? AND turn_id < ?"
                " ORDER BY turn_id",
                (conversation_id, turn_id),
            ).fetchall()
            history = json.dumps([q for (q,) in before], ensure_ascii=False)
            db.execute(
                "INSERT OR REPLACE INTO opinions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    turn_id, person_id, int(opinion.is_good), json.dumps(opinion.reasons), comment,
                    question, history, filters, answer, now,
                ),
            )  # fmt: skip

    def all(self) -> tuple[GivenOpinion, ...]:
        """Return every opinion, latest first. Says nothing about who gave it."""
        with self._people.reading() as db:
            rows = db.execute(
                "SELECT turn_id, is_good, reasons, comment, question, history, filters, answer,"
                " given_at FROM opinions ORDER BY given_at DESC, turn_id DESC"
            ).fetchall()
        return tuple(
            GivenOpinion(
                int(row[0]),
                read_opinion(*row[1:4]),
                str(row[4]),
                tuple(json.loads(row[5])),
                decode_filters(str(row[6])),
                decode_answer(str(row[7])),
                str(row[8]),
            )
            for row in rows
        )
