"""What commands leave in the log of who did what, beside what the pages leave there.

Knows no command. Whoever runs one is named by the account of the system.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from hochoi.errors import HocHoiError
from hochoi.people.audit import REFUSED, Actor, AuditLog
from hochoi.people.database import PeopleDatabase
from hochoi.settings import Settings
from ui.output import operator


def command_actor() -> Actor:
    """Return who the log names for a command."""
    return Actor(f"command line ({operator()})", "")


@dataclass(slots=True)
class Deed:
    """A command under way, and what the log shall say of it once it is done."""

    people: PeopleDatabase
    objects: list[str] = field(default_factory=list)  # one line for each; none: a line without
    detail: str = ""


@contextmanager
def logged(settings: Settings, action: str, object_id: str = "") -> Iterator[Deed]:
    """Note a command when it is done, or that it was refused.

    Where the log cannot be written, nothing is done.

    Args:
        settings: Which library.
        action: As `AuditLog.write` wants it.
        object_id: What it is done to, where that is known beforehand.

    Raises:
        StoreUnwritableError: If the log cannot be written.
    """
    by = command_actor()
    with PeopleDatabase(settings.people_path) as people:
        log = AuditLog(people)
        with people.writing():
            pass  # the disk refuses now, or never
        deed = Deed(people)
        try:
            yield deed
        except HocHoiError as exc:
            log.write(by, action, object_id, result=REFUSED, detail=type(exc).__name__)
            raise
        with people.writing():
            for done_to in deed.objects or [object_id]:
                log.write(by, action, done_to, detail=deed.detail)


def note(settings: Settings, action: str, object_id: str = "", detail: str = "") -> None:
    """Note a command that is done already, or that begins.

    Raises:
        StoreUnwritableError: If the log cannot be written.
    """
    with PeopleDatabase(settings.people_path) as people:
        AuditLog(people).write(command_actor(), action, object_id, detail=detail)
