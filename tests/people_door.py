"""People, accounts and a door for tests: cheap hashes and a clock that tests turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hochoi.people.accounts import Account, Accounts
from hochoi.people.audit import Actor, AuditLog
from hochoi.people.database import PeopleDatabase
from hochoi.people.login import Login
from hochoi.people.passwords import Passwords
from hochoi.people.person import Role
from hochoi.people.sessions import Sessions

CHEAP = Passwords(memory_kib=8)
PASSWORD = "chuyến đi Hà Giang 7"
BY = Actor("quản trị thử", "127.0.0.1")


@dataclass
class Clock:
    """A clock that stands still until it is turned."""

    now: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class People:
    """Everything about people, on one database."""

    db: PeopleDatabase
    clock: Clock = field(default_factory=Clock)

    @property
    def audit(self) -> AuditLog:
        return AuditLog(self.db, self.clock)

    @property
    def accounts(self) -> Accounts:
        return Accounts(self.db, self.audit, CHEAP, self.clock)

    @property
    def sessions(self) -> Sessions:
        return Sessions(self.db, clock=self.clock)

    @property
    def login(self) -> Login:
        return Login(self.db, self.accounts, self.sessions, self.audit, CHEAP, self.clock)

    def add(self, name: str, *roles: Role) -> Account:
        """Make an account with `PASSWORD`, an official's unless roles are named."""
        return self.accounts.add(name, roles or (Role.OFFICIAL,), BY, password=PASSWORD)

    def sign_in(self, name: str, address: str = "10.0.0.1") -> str:
        return self.login.with_password(name, PASSWORD, address)


@contextmanager
def open_people(folder: Path, clock: Clock | None = None) -> Iterator[People]:
    with PeopleDatabase(folder / "people.sqlite3") as db:
        with db.reading() as connection:
            connection.execute("PRAGMA synchronous = OFF")  # no test cuts the power
        yield People(db, clock or Clock())
