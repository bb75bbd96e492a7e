"""Who is asking: one person of one request. Knows neither passwords nor cookies."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account may do beyond asking and reading; one person may hold several."""

    OFFICIAL = "official"
    ADMIN = "admin"
    EVALUATOR = "evaluator"


@dataclass(frozen=True, slots=True)
class Person:
    """The person behind a request.

    `id` owns what this person keeps; it never changes and is never shared by two browsers on
    trial. Nobody (`id` empty) owns nothing and may only see public pages.
    """

    id: str
    name: str  # the account's name; empty on trial and for nobody
    roles: frozenset[Role]
    trial: bool  # asks without an account

    @property
    def is_known(self) -> bool:
        """Whether the person has signed in."""
        return bool(self.id) and not self.trial


NOBODY = Person("", "", frozenset(), trial=False)
