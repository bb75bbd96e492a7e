"""The log of who did what: one row per event, each sealed with the hash of the one before.

Whoever edits, deletes or reorders rows breaks the chain at that row. Somebody who may write the
file and knows this code can forge all of it; against that, each event's hash also goes to the
process log, where another machine may keep it. Never holds the text of a question.
"""

import hashlib
import json
import logging
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from hochoi.people.database import Connection, PeopleDatabase

logger = logging.getLogger(__name__)

KEPT_DAYS = 366
MAX_CHARS = 300  # of each text of an event; longer ones end in an ellipsis
_START, _HEAD = "audit_start", "audit_head"
_COLUMNS = "number, at, who, address, action, object, result, detail, previous, hash"
DONE, REFUSED = "done", "refused"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and from where."""

    who: str  # name of the account, id on trial, or "command line (user)"
    address: str  # of the network, "" for the command line


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the log."""

    number: int
    at: str  # ISO 8601, UTC
    who: str
    address: str
    action: str  # e.g. "account.add"; `ui/wording` has its words
    object: str  # what it was done to: a name or an id
    result: str  # `DONE` or `REFUSED`
    detail: str  # e.g. the roles before and after


class AuditLog:
    """The log of one database of people."""

    def __init__(self, people: PeopleDatabase, clock: Callable[[], float] = time.time) -> None:
        """Write to `people`; `clock` gives seconds since 1970."""
        self._people, self._clock = people, clock

    def write(
        self, by: Actor, action: str, object_id: str = "", *, result: str = DONE, detail: str = ""
    ) -> None:
        """Add one event. Inside `people.writing()` it is written with the change, or neither is.

        Args:
            by: Who did it, from where.
            action: Two words with a dot, e.g. "report.remove".
            object_id: What it was done to.
            result: `DONE` or `REFUSED`.
            detail: What changed, without any text of a question.

        Raises:
            StoreUnwritableError: If the event cannot be written; do not go on then.
        """
        now = self._clock()
        with self._people.writing() as db:
            _forget(db, now)
            number, previous = _mark(db, _HEAD)
            texts = (by.who, by.address, action, object_id, result, detail)
            row = (number + 1, _iso(now), *map(one_line, texts), previous)
            seal = _seal(row)
            db.execute(f"INSERT INTO audit ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", (*row, seal))
            _set_mark(db, _HEAD, number + 1, seal)
        logger.info("audit number=%d action=%s result=%s hash=%s", row[0], action, result, seal)

    def events(
        self, *, who: str = "", action: str = "", since: str = "", until: str = "", limit: int = 500
    ) -> tuple[Event, ...]:
        """Return the latest events, newest first; empty conditions leave all in.

        Args:
            who: Exactly this person.
            action: Actions that begin so, e.g. "account."
            since: ISO 8601 in UTC, included.
            until: ISO 8601 in UTC, not included.
            limit: At most so many.
        """
        with self._people.reading() as db:
            rows = db.execute(
                "SELECT number, at, who, address, action, object, result, detail FROM audit"
                " WHERE (? = '' OR who = ?) AND substr(action, 1, length(?)) = ?"
                " AND (? = '' OR at >= ?) AND (? = '' OR at < ?) ORDER BY number DESC LIMIT ?",
                (who, who, action, action, since, since, until, until, limit),
            ).fetchall()
        return tuple(Event(*row) for row in rows)


def verify_audit(people: PeopleDatabase) -> tuple[str, ...]:
    """Return what is wrong with the log, in English; nothing when every row is as written.

    Reads one state of the log, whatever is written meanwhile.
    """
    with people.reading() as db:
        db.execute("BEGIN")
        try:
            return tuple(_problems(db))
        finally:
            db.execute("ROLLBACK")


def _problems(db: Connection) -> Iterator[str]:
    number, previous = _mark(db, _START)
    for row in db.execute(f"SELECT {_COLUMNS} FROM audit ORDER BY number"):
        if row[0] != number + 1:
            yield f"audit log: event {number + 1} is missing"
            return
        if row[8] != previous or row[9] != _seal(row[:9]):
            yield f"audit log: event {row[0]} is not as it was written"
            return
        number, previous = row[0], row[9]
    if (number, previous) != _mark(db, _HEAD):
        yield f"audit log: events after {number} are missing"


def one_line(text: str) -> str:
    """Return a text without line breaks and control characters, which are written out."""
    shown = "".join(
        f"\\u{ord(c):04x}" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c
        for c in text[: MAX_CHARS + 1]
    )
    return shown if len(shown) <= MAX_CHARS else shown[: MAX_CHARS - 1] + "…"


def _seal(row: tuple[object, ...]) -> str:
    return hashlib.sha256(json.dumps(row, ensure_ascii=False).encode()).hexdigest()


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _mark(db: Connection, key: str) -> tuple[int, str]:
    """Return the number and hash that the chain begins after, or ends with."""
    found = db.execute("SELECT value FROM people_meta WHERE key = ?", (key,)).fetchone()
    number, _, seal = (found[0] if found else "0 ").partition(" ")
    return int(number), seal


def _set_mark(db: Connection, key: str, number: int, seal: str) -> None:
    db.execute("INSERT OR REPLACE INTO people_meta VALUES (?, ?)", (key, f"{number} {seal}"))


def _forget(db: Connection, now: float) -> None:
    """Remove the events at the beginning that are older than a year; the chain begins later."""
    oldest = _iso(now - KEPT_DAYS * 24 * 3600)
    first_kept = db.execute("SELECT min(number) FROM audit WHERE at >= ?", (oldest,)).fetchone()[0]
    condition, values = ("number < ?", (first_kept,)) if first_kept else ("1", ())
    last = db.execute(
        f"SELECT number, hash FROM audit WHERE {condition} ORDER BY number DESC LIMIT 1", values
    ).fetchone()
    if last is not None:
        db.execute("DELETE FROM audit WHERE number <= ?", (last[0],))
        _set_mark(db, _START, *last)
