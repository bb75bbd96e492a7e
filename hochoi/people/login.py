"""Signing in: a name and a password, or a word of a sign-on service, for a session.

Says the same about a wrong password, an unknown name and a disabled account.
"""

import time
from collections.abc import Callable

from hochoi.errors import LoginDelayedError, LoginRefusedError, NotFoundError
from hochoi.people.accounts import Account, Accounts, name_key
from hochoi.people.audit import REFUSED, Actor, AuditLog
from hochoi.people.database import PeopleDatabase
from hochoi.people.lockout import begin_try, forget_failures, take_back
from hochoi.people.passwords import Passwords
from hochoi.people.person import Role
from hochoi.people.sessions import Sessions


class Login:
    """The way into the accounts of one database of people."""

    def __init__(
        self,
        people: PeopleDatabase,
        accounts: Accounts,
        sessions: Sessions,
        audit: AuditLog,
        passwords: Passwords,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Check against `accounts`, begin in `sessions`; `clock` gives seconds since 1970."""
        self._people, self._accounts, self._sessions = people, accounts, sessions
        self._audit, self._passwords, self._clock = audit, passwords, clock

    def with_password(self, name: str, password: str, address: str) -> str:
        """Return the token of a new session.

        Raises:
            LoginDelayedError: If too much failed; the password was not looked at.
            LoginRefusedError: If name and password are not those of an account in use.
        """
        account = self.check_password(name, password, address)
        token = self._sessions.begin(account.person_id, address)
        self._audit.write(Actor(account.name, address), "session.begin", account.name)
        return token

    def check_password(self, name: str, password: str, address: str) -> Account:
        """Return the account that this name and password are of; counts as a try.

        Raises:
            LoginDelayedError: If too much failed; the password was not looked at.
            LoginRefusedError: If name and password are not those of an account in use.
        """
        key, now = name_key(name[:200]), self._clock()
        with self._people.writing() as db:
            wait_s = begin_try(db, key, address, now)
        if wait_s > 0:
            raise LoginDelayedError(wait_s)
        account, kept = self._account_and_hash(name)
        if not self._passwords.verify(kept, password) or account is None or account.is_disabled:
            # An unknown name is not kept: people type their password into the wrong field.
            tried = account.name if account else ""
            self._audit.write(Actor("", address), "session.begin", tried, result=REFUSED)
            raise LoginRefusedError
        with self._people.writing() as db:
            forget_failures(db, key)
            take_back(db, address, now)
            if kept is not None and self._passwords.is_outdated(kept):
                db.execute(
                    "UPDATE accounts SET password_hash = ? WHERE person_id = ?",
                    (self._passwords.hash(password), account.person_id),
                )
        return account

    def with_sign_on(self, name: str, origin: str, address: str) -> str:
        """Return the token of a new session for a person a sign-on service vouches for.

        Raises:
            LoginRefusedError, AccountNameError: As `vouched`.
        """
        try:
            account = self.vouched(name, origin, address)
        except LoginRefusedError:
            self._audit.write(Actor(origin, address), "session.begin", name, result=REFUSED)
            raise
        token = self._sessions.begin(account.person_id, address)
        self._audit.write(Actor(account.name, address), "session.begin", account.name)
        return token

    def vouched(self, name: str, origin: str, address: str) -> Account:
        """Return the account of a person a sign-on service vouches for, made when there is none.

        A new account is an official's, the least there is.

        Raises:
            LoginRefusedError: If the account is disabled, or was made here or by another service:
                a service vouches for its own people only.
            AccountNameError: If the name cannot be one.
        """
        try:
            account = self._accounts.named(name)
        except NotFoundError:
            by = Actor(origin, address)
            return self._accounts.add(name, [Role.OFFICIAL], by, password=None, origin=origin)
        if account.is_disabled or account.origin != origin:
            raise LoginRefusedError
        return account

    def _account_and_hash(self, name: str) -> tuple[Account | None, str | None]:
        try:
            account = self._accounts.named(name)
        except NotFoundError:
            return None, None
        with self._people.reading() as db:
            row = db.execute(
                "SELECT password_hash FROM accounts WHERE person_id = ?", (account.person_id,)
            ).fetchone()
        return account, row[0] if row else None
