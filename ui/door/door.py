"""Everything that decides about a request, put together in one place."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from hochoi.people.accounts import Accounts
from hochoi.people.audit import AuditLog
from hochoi.people.database import PeopleDatabase
from hochoi.people.login import Login
from hochoi.people.passwords import Passwords
from hochoi.people.sessions import Sessions
from ui.door.options import DoorOptions
from ui.door.sign_on import OpenIdService, SignOn


class SetupCode:
    """The code that makes the first administrator: shown once, good once, kept nowhere."""

    def __init__(self, accounts: Accounts) -> None:
        """Take the code for as long as there is no administrator in `accounts`."""
        self._accounts = accounts
        self.text = secrets.token_urlsafe(18)

    def is_wanted(self) -> bool:
        """Whether nobody can manage yet."""
        return not self._accounts.has_admin()

    def fits(self, text: str) -> bool:
        """Whether this is the code and it is still good."""
        return secrets.compare_digest(text.encode(), self.text.encode()) and self.is_wanted()


@dataclass(frozen=True, slots=True)
class Door:
    """The people behind the door and what decides who comes in."""

    people: PeopleDatabase
    options: DoorOptions
    audit: AuditLog
    accounts: Accounts
    sessions: Sessions
    login: Login
    setup_code: SetupCode
    sign_on: SignOn | None


def open_door(
    people: PeopleDatabase,
    options: DoorOptions,
    passwords: Passwords | None = None,
    clock: Callable[[], float] = time.time,
) -> Door:
    """Return the door of an open database of people."""
    passwords = passwords or Passwords()
    audit = AuditLog(people, clock)
    accounts = Accounts(people, audit, passwords, clock)
    sessions = Sessions(people, idle_s=options.idle_s, absolute_s=options.absolute_s, clock=clock)
    login = Login(people, accounts, sessions, audit, passwords, clock)
    sign_on = None
    if options.sign_on is not None:
        sign_on = SignOn(options.sign_on, OpenIdService(options.sign_on), clock)
    return Door(people, options, audit, accounts, sessions, login, SetupCode(accounts), sign_on)
