"""The conversations that each person keeps: saved as they grow, found, renamed, deleted.

Every method takes the id of the person who asks and sees that person's rows only: what belongs
to somebody else is "not found", exactly like what never was.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from hochoi.errors import NotFoundError
from hochoi.people.database import Connection, PeopleDatabase
from hochoi.people.opinions import Opinion, read_opinion
from hochoi.people.saved_answer import (
    decode_answer,
    decode_filters,
    encode_answer,
    encode_filters,
)
from hochoi.text import clean, fold
from hochoi.types import Answer, Filters

TITLE_CHARS = 80
KEPT_PER_PERSON = 500  # the oldest go when a person has more
LISTED = 200


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """One question of a conversation; `answer` is None while there is none or it was stopped."""

    turn_id: int  # grows with time and is never used again
    question: str
    filters: Filters
    answer: Answer | None
    asked_at: str  # ISO 8601, UTC
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of a person's list of conversations."""

    conversation_id: str
    title: str
    changed_at: str  # ISO 8601, UTC
    turns: int


def now_text() -> str:
    """Return this moment in UTC as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def short_title(text: str) -> str:
    """Return a question as a title: on one line, cut between words at `TITLE_CHARS`."""
    title = " ".join(text.split())
    if len(title) <= TITLE_CHARS:
        return title
    cut = title[: TITLE_CHARS - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,.;:") + "…"


class Conversations:
    """All conversations, each seen by its owner only."""

    def __init__(self, people: PeopleDatabase, clock: Callable[[], str] = now_text) -> None:
        """Keep conversations in the database about people."""
        self._people, self._clock = people, clock

    def begin(self, person_id: str) -> str:
        """Return the id of a new conversation; it is listed once it has a turn.

        Raises:
            ValueError: If nobody asks: what nobody owns, nobody could find again.
        """
        if not person_id:
            raise ValueError("a conversation needs a person")
        conversation_id, now = secrets.token_urlsafe(12), self._clock()
        with self._people.writing() as db:
            db.execute(
                "INSERT INTO conversations VALUES (?, ?, '', '', 0, ?, ?)",
                (conversation_id, person_id, now, now),
            )
            db.execute(
                "DELETE FROM conversations WHERE person_id = ? AND conversation_id NOT IN (SELECT"
                " conversation_id FROM conversations WHERE person_id = ?"
                " ORDER BY changed_at DESC, rowid DESC LIMIT ?)",
                (person_id, person_id, KEPT_PER_PERSON),
            )
        return conversation_id

    def ask(
        self,
        person_id: str,
        conversation_id: str,
        question: str,
        filters: Filters,
        *,
        instead_of: int | None = None,
    ) -> int:
        """Save a question before it is answered and return the id of its turn.

        Args:
            person_id: Who asks.
            conversation_id: From `begin`.
            question: As typed.
            filters: What the search is restricted to.
            instead_of: A turn that this question takes the place of; it and later ones go.

        Raises:
            NotFoundError: If this person has no such conversation.
        """
        now = self._clock()
        with self._people.writing() as db:
            self._owned(db, person_id, conversation_id)
            if instead_of is not None:
                db.execute(
                    "DELETE FROM turns WHERE conversation_id = ? AND turn_id >= ?",
                    (conversation_id, instead_of),
                )
            cursor = db.execute(
                "INSERT INTO turns (conversation_id, question, filters, asked_at, folded)"
                " VALUES (?, ?, ?, ?, ?)",
                (conversation_id, question, encode_filters(filters), now, fold(question)),
            )
            (turns,) = db.execute(
                "SELECT count(*) FROM turns WHERE conversation_id = ?", (conversation_id,)
            ).fetchone()
            db.execute(
                "UPDATE conversations SET changed_at = ? WHERE conversation_id = ?",
                (now, conversation_id),
            )
            if turns == 1:
                title = short_title(question)
                db.execute(
                    "UPDATE conversations SET title = ?, folded_title = ?"
                    " WHERE conversation_id = ? AND NOT is_named",
                    (title, fold(title), conversation_id),
                )
            return int(cursor.lastrowid or 0)

    def answered(self, person_id: str, conversation_id: str, turn_id: int, answer: Answer) -> None:
        """Save the answer of a turn; one that was replaced meanwhile stays gone.

        Raises:
            NotFoundError: If this person has no such conversation.
        """
        said = "\n".join(
            [answer.question, *(s.text for s in answer.sentences), answer.notice or ""]
        )
        with self._people.writing() as db:
            self._owned(db, person_id, conversation_id)
            db.execute(
                "UPDATE turns SET answer = ?, folded = ? WHERE conversation_id = ? AND turn_id = ?",
                (encode_answer(answer), fold(said), conversation_id, turn_id),
            )

    def turns(self, person_id: str, conversation_id: str) -> tuple[SavedTurn, ...]:
        """Return the turns of a conversation, oldest first, with what the person thought of them.

        Raises:
            NotFoundError: If this person has no such conversation.
        """
        with self._people.reading() as db:
            self._owned(db, person_id, conversation_id)
            rows = db.execute(
                "SELECT t.turn_id, t.question, t.filters, t.answer, asked_at, is_good, reasons,"
                " comment FROM turns t LEFT JOIN opinions o USING (turn_id)"
                " WHERE t.conversation_id = ? ORDER BY t.turn_id",
                (conversation_id,),
            ).fetchall()
        return tuple(
            SavedTurn(
                int(row[0]),
                str(row[1]),
                decode_filters(str(row[2])),
                None if row[3] is None else decode_answer(str(row[3])),
                str(row[4]),
                None if row[5] is None else read_opinion(*row[5:8]),
            )
            for row in rows
        )

    def summary(self, person_id: str, conversation_id: str) -> Summary:
        """Return the line of one conversation.

        Raises:
            NotFoundError: If this person has no such conversation.
        """
        with self._people.reading() as db:
            self._owned(db, person_id, conversation_id)
            row = db.execute(
                "SELECT conversation_id, title, changed_at, (SELECT count(*) FROM turns t"
                " WHERE t.conversation_id = c.conversation_id)"
                " FROM conversations c WHERE conversation_id = ?",
                (conversation_id,),
            ).fetchone()
        return _summary(row)

    def find(self, person_id: str, words: str = "") -> tuple[Summary, ...]:
        """Return a person's conversations, latest first, at most `LISTED`.

        Args:
            person_id: Whose.
            words: Each must stand in the title, a question or an answer; diacritics do not count.
        """
        terms = fold(clean(words)).split()
        place = (
            "(instr(folded_title, ?) > 0 OR EXISTS (SELECT 1 FROM turns t WHERE"
            " t.conversation_id = c.conversation_id AND instr(t.folded, ?) > 0))"
        )
        conditions = " AND ".join(["person_id = ?", "turns > 0", *[place for _ in terms]])
        with self._people.reading() as db:
            rows = db.execute(
                "SELECT conversation_id, title, changed_at, turns FROM (SELECT *, rowid AS n,"
                " (SELECT count(*) FROM turns t WHERE t.conversation_id = x.conversation_id)"
                f" AS turns FROM conversations x) c WHERE {conditions}"
                " ORDER BY changed_at DESC, n DESC LIMIT ?",
                (person_id, *(t for term in terms for t in (term, term)), LISTED),
            ).fetchall()
        return tuple(map(_summary, rows))

    def rename(self, person_id: str, conversation_id: str, title: str) -> str:
        """Give a conversation a title of the person's own and return it as it is kept.

        An empty title leaves the one it has.

        Raises:
            NotFoundError: If this person has no such conversation.
        """
        kept = short_title(clean(title))
        with self._people.writing() as db:
            before = self._owned(db, person_id, conversation_id)
            if not kept:
                return before
            db.execute(
                "UPDATE conversations SET title = ?, folded_title = ?, is_named = 1"
                " WHERE conversation_id = ?",
                (kept, fold(kept), conversation_id),
            )
        return kept

    def delete(self, person_id: str, conversation_id: str) -> None:
        """Remove a conversation with all its turns; opinions that were given stay.

        Raises:
            NotFoundError: If this person has no such conversation.
        """
        with self._people.writing() as db:
            self._owned(db, person_id, conversation_id)
            db.execute("DELETE FROM conversations WHERE conversation_id = ?", (conversation_id,))

    @staticmethod
    def _owned(db: Connection, person_id: str, conversation_id: str) -> str:
        """Return the title of a conversation that this person owns."""
        row = db.execute(
            "SELECT title FROM conversations WHERE conversation_id = ? AND person_id = ?",
            (conversation_id, person_id),
        ).fetchone()
        if row is None or not person_id:
            raise NotFoundError("conversation", conversation_id)
        return str(row[0])


def _summary(row: tuple[object, ...]) -> Summary:
    return Summary(str(row[0]), str(row[1]), str(row[2]), int(str(row[3])))
