"""What the door knows: the people, and whether one may ask without an account."""

from dataclasses import dataclass

from hochoi.people.database import PeopleDatabase


@dataclass(frozen=True, slots=True)
class Door:
    """Everything that decides about a request."""

    people: PeopleDatabase
    open_asking: bool  # whether a browser may ask without an account
