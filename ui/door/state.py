"""What the door has found out about a request, for the pages behind it."""

import hashlib
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.types import Scope

from hochoi.people.audit import Actor
from hochoi.people.person import NOBODY, Person
from hochoi.people.sessions import Session


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a request comes from, as far as the door knows."""

    person: Person = NOBODY
    address: str = ""
    is_secure: bool = False  # whether the browser speaks https
    form_token: str = ""  # what a form of this browser must carry; empty when nothing ties it
    session: Session | None = None  # when the person signed in with a cookie

    @property
    def actor(self) -> Actor:
        """Who the audit log names."""
        return Actor(self.person.name or self.person.id, self.address)


def set_visitor(scope: Scope, visitor: Visitor) -> None:
    """Put what is known on the request's state."""
    state = scope.setdefault("state", {})
    state["visitor"], state["person"] = visitor, visitor.person


def visitor_of(request: HTTPConnection) -> Visitor:
    """Return what the door knows about a request.

    Gradio's own request hands `state` through, so events may pass theirs.

    Raises:
        TypeError: If the request did not come through the door.
    """
    visitor = getattr(request.state, "visitor", None)
    if not isinstance(visitor, Visitor):
        raise TypeError("the request did not come through the door")
    return visitor


def person_of(request: HTTPConnection) -> Person:
    """Return the person of a request; see `visitor_of`."""
    return visitor_of(request).person


def form_token_from(secret: str) -> str:
    """Return the form token of a browser that holds `secret` in a cookie."""
    return hashlib.sha256(f"form {secret}".encode()).hexdigest()
