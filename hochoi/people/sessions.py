"""Who is signed in: sessions that end by themselves, by signing out, or with their account.

The browser holds a random token, the database its SHA-256: who reads the database cannot sign in.
"""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from hochoi.people.database import Connection, PeopleDatabase
from hochoi.people.person import Person, Role

_NOTE_S = 60.0  # how exactly the last use is noted; a write per request would be slow


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that is signed in."""

    token_sha256: str
    person: Person
    form_token: str  # goes into every form, so that no other site can send it
    must_change: bool  # the password was set by somebody else and only serves to change it


class Sessions:
    """The sessions of one database of people."""

    def __init__(
        self,
        people: PeopleDatabase,
        *,
        idle_s: float = 30 * 60,
        absolute_s: float = 12 * 3600,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Keep sessions in `people`.

        Args:
            people: The database.
            idle_s: A session that is not used for so long ends.
            absolute_s: A session that was begun so long ago ends, however much it is used.
            clock: Seconds since 1970.
        """
        self._people, self._clock = people, clock
        self._idle_s, self._absolute_s = idle_s, absolute_s

    def begin(self, person_id: str, address: str) -> str:
        """Begin a session and return its token, which is kept nowhere else."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._people.writing() as db:
            self._remove_ended(db, now)
            db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)",
                (_digest(token), person_id, secrets.token_urlsafe(24), now, now, address),
            )
        return token

    def find(self, token: str | None) -> Session | None:
        """Return the session of a token, or None if there is none, or it or its account ended."""
        if not token:
            return None
        now, digest = self._clock(), _digest(token)
        with self._people.reading() as db:
            row = db.execute(
                "SELECT person_id, name, roles, form_token, must_change, seen_at FROM sessions"
                " JOIN accounts USING (person_id)"
                " WHERE token_sha256 = ? AND NOT is_disabled"
                " AND seen_at > ? AND sessions.created_at > ?",
                (digest, now - self._idle_s, now - self._absolute_s),
            ).fetchone()
        if row is None:
            return None
        person_id, name, roles, form_token, must_change, seen_at = row
        if now - seen_at >= min(_NOTE_S, self._idle_s / 2):
            with self._people.writing() as db:
                db.execute("UPDATE sessions SET seen_at = ? WHERE token_sha256 = ?", (now, digest))
        return Session(
            digest,
            Person(person_id, name, roles_from(roles), trial=False),
            form_token,
            bool(must_change),
        )

    def count(self, person_id: str) -> int:
        """Return how many sessions of a person have not ended."""
        now = self._clock()
        with self._people.reading() as db:
            row = db.execute(
                "SELECT count(*) FROM sessions"
                " WHERE person_id = ? AND seen_at > ? AND created_at > ?",
                (person_id, now - self._idle_s, now - self._absolute_s),
            ).fetchone()
        return int(row[0])

    def end(self, token_sha256: str) -> None:
        """End one session. Safe to repeat."""
        with self._people.writing() as db:
            db.execute("DELETE FROM sessions WHERE token_sha256 = ?", (token_sha256,))

    def end_token(self, token: str | None) -> None:
        """End the session of a token, if there is one."""
        if token:
            self.end(_digest(token))

    def _remove_ended(self, db: Connection, now: float) -> None:
        db.execute(
            "DELETE FROM sessions WHERE seen_at <= ? OR created_at <= ?",
            (now - self._idle_s, now - self._absolute_s),
        )


def end_sessions(db: Connection, person_id: str, *, except_for: str = "") -> None:
    """End all sessions of a person but the one with this `token_sha256`, inside a transaction."""
    db.execute(
        "DELETE FROM sessions WHERE person_id = ? AND token_sha256 != ?", (person_id, except_for)
    )


def roles_from(kept: str) -> frozenset[Role]:
    """Return the roles that a column holds."""
    return frozenset(Role(name) for name in kept.split())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
