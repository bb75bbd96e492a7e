"""Accounts: who may sign in, with which roles. Every change is in the audit log or not made.

A change of password, roles or state ends the sessions of that account, so that it counts at the
next request.
"""

import re
import time
import unicodedata
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from hochoi.errors import (
    AccountExistsError,
    AccountNameError,
    LastAdminError,
    NotFoundError,
)
from hochoi.people.audit import Actor, AuditLog
from hochoi.people.database import Connection, PeopleDatabase
from hochoi.people.lockout import forget_failures, wait_of
from hochoi.people.passwords import Passwords, check_password
from hochoi.people.person import Role
from hochoi.people.sessions import end_sessions, roles_from

_NAME = re.compile(r"[^\W_][\w.@-]{0,63}")
_COLUMNS = "person_id, name, roles, is_disabled, must_change, origin, created_at"
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it is now."""

    person_id: str
    name: str
    roles: frozenset[Role]
    is_disabled: bool
    must_change: bool  # its password was set by somebody else
    origin: str  # "local", or the sign-on service that vouches for it
    created_at: str  # ISO 8601, UTC


class Accounts:
    """The accounts of one database of people."""

    def __init__(
        self,
        people: PeopleDatabase,
        audit: AuditLog,
        passwords: Passwords,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Keep accounts in `people` and log to `audit`; `clock` gives seconds since 1970."""
        self._people, self._audit, self._passwords, self._clock = people, audit, passwords, clock

    # -- looking ------------------------------------------------------------------------------

    def all(self) -> tuple[Account, ...]:
        """Return every account, by name."""
        with self._people.reading() as db:
            rows = db.execute(f"SELECT {_COLUMNS} FROM accounts ORDER BY name_key").fetchall()
        return tuple(_account(row) for row in rows)

    def named(self, name: str) -> Account:
        """Return the account of this name, in any case of letters.

        Raises:
            NotFoundError: If there is none.
        """
        return self._where("name_key", name_key(name), name)

    def with_id(self, person_id: str) -> Account:
        """Return the account with this id.

        Raises:
            NotFoundError: If there is none.
        """
        return self._where("person_id", person_id, person_id)

    def _where(self, column: str, value: str, shown: str) -> Account:
        sql = f"SELECT {_COLUMNS} FROM accounts WHERE {column} = ?"
        with self._people.reading() as db:
            row = db.execute(sql, (value,)).fetchone()
        if row is None:
            raise NotFoundError("account", shown)
        return _account(row)

    def has_admin(self) -> bool:
        """Whether somebody can sign in and manage."""
        return any(Role.ADMIN in a.roles and not a.is_disabled for a in self.all())

    def has_password(self, person_id: str) -> bool:
        """Whether an account signs in with a password, and not through a sign-on service only."""
        sql = "SELECT password_hash IS NOT NULL FROM accounts WHERE person_id = ?"
        with self._people.reading() as db:
            row = db.execute(sql, (person_id,)).fetchone()
        return bool(row and row[0])

    def wait_s(self, account: Account) -> int:
        """Return how many seconds nobody may try this account's password; 0 when one may."""
        with self._people.reading() as db:
            return wait_of(db, name_key(account.name), self._clock())

    # -- changing -----------------------------------------------------------------------------

    def add(
        self,
        name: str,
        roles: Iterable[Role],
        by: Actor,
        *,
        password: str | None,
        must_change: bool = False,
        origin: str = LOCAL,
    ) -> Account:
        """Make an account.

        Args:
            name: Letters, digits and `. _ - @`, at most 64; unique in any case of letters.
            roles: At least one.
            by: Who does it.
            password: None for an account that only a sign-on service vouches for.
            must_change: Whether the password only serves to set another one.
            origin: `LOCAL`, or the sign-on service.

        Raises:
            AccountNameError: If the name cannot be one.
            AccountExistsError: If it is taken.
            PasswordError: If the password is easily guessed.
        """
        name = unicodedata.normalize("NFC", name.strip())
        if not _NAME.fullmatch(name):
            raise AccountNameError(name)
        kept = None
        if password is not None:
            check_password(password, name)
            kept = self._passwords.hash(password)
        chosen = _kept_roles(roles)
        person_id, now = uuid.uuid4().hex, datetime.fromtimestamp(self._clock(), UTC)
        with self._people.writing() as db:
            taken = "SELECT 1 FROM accounts WHERE name_key = ?"
            if db.execute(taken, (name_key(name),)).fetchone():
                raise AccountExistsError(name)
            db.execute(
                "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)",
                (
                    *(person_id, name, name_key(name), kept, chosen),
                    *(must_change, origin, now.isoformat(timespec="seconds")),
                ),
            )
            self._audit.write(by, "account.add", name, detail=f"{chosen} ({origin})")
        return self.with_id(person_id)

    def set_roles(self, account: Account, roles: Iterable[Role], by: Actor) -> Account:
        """Give an account exactly these roles, at least one; its sessions end.

        Raises:
            LastAdminError: If nobody could manage afterwards; nothing is changed.
        """
        chosen = _kept_roles(roles)
        with self._people.writing() as db:
            before = self.with_id(account.person_id)
            self._change(db, before, "roles = ?", chosen)
            detail = f"{_kept_roles(before.roles)} -> {chosen}"
            self._audit.write(by, "account.roles", before.name, detail=detail)
        return self.with_id(account.person_id)

    def disable(self, account: Account, by: Actor) -> Account:
        """Let an account sign in no more; its sessions end. What it kept stays.

        Raises:
            LastAdminError: If nobody could manage afterwards; nothing is changed.
        """
        with self._people.writing() as db:
            self._change(db, account, "is_disabled = ?", 1)
            self._audit.write(by, "account.disable", account.name)
        return self.with_id(account.person_id)

    def enable(self, account: Account, by: Actor) -> Account:
        """Let a disabled account sign in again."""
        with self._people.writing() as db:
            self._change(db, account, "is_disabled = ?", 0)
            self._audit.write(by, "account.enable", account.name)
        return self.with_id(account.person_id)

    def set_password(
        self,
        account: Account,
        password: str,
        by: Actor,
        *,
        must_change: bool = False,
        keep_session: str = "",
    ) -> None:
        """Set a password; all sessions of the account end but `keep_session`.

        Args:
            account: Whose.
            password: The new one.
            by: Who does it.
            must_change: Whether it only serves to set another one.
            keep_session: `token_sha256` of the session in which its owner changed it.

        Raises:
            PasswordError: If the password is easily guessed; nothing is changed.
        """
        check_password(password, account.name)
        kept = self._passwords.hash(password)
        with self._people.writing() as db:
            db.execute(
                "UPDATE accounts SET password_hash = ?, must_change = ? WHERE person_id = ?",
                (kept, must_change, account.person_id),
            )
            end_sessions(db, account.person_id, except_for=keep_session)
            forget_failures(db, name_key(account.name))
            self._audit.write(by, "account.password", account.name)

    def unlock(self, account: Account, by: Actor) -> None:
        """Let an account be tried at once, whatever failed before."""
        with self._people.writing() as db:
            count = forget_failures(db, name_key(account.name))
            self._audit.write(by, "account.unlock", account.name, detail=f"failures: {count}")

    def end_sessions(self, account: Account, by: Actor) -> None:
        """Sign an account out everywhere."""
        with self._people.writing() as db:
            end_sessions(db, account.person_id)
            self._audit.write(by, "session.end_all", account.name)

    def _change(self, db: Connection, account: Account, assignment: str, value: object) -> None:
        had_admin = self.has_admin()
        db.execute(
            f"UPDATE accounts SET {assignment} WHERE person_id = ?", (value, account.person_id)
        )
        if had_admin and not self.has_admin():
            raise LastAdminError(account.name)
        end_sessions(db, account.person_id)


def name_key(name: str) -> str:
    """Return what names are compared by: NFC, any case of letters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())


def _kept_roles(roles: Iterable[Role]) -> str:
    chosen = sorted({role.value for role in roles})
    if not chosen:
        raise ValueError("an account needs at least one role")
    return " ".join(chosen)


def _account(row: tuple[str, str, str, int, int, str, str]) -> Account:
    person_id, name, roles, is_disabled, must_change, origin, created_at = row
    return Account(
        person_id,
        name,
        roles_from(roles),
        bool(is_disabled),
        bool(must_change),
        origin,
        created_at,
    )
