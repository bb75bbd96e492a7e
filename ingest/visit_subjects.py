"""Find whom a report without a visit is about: the locality or agency whose results it tells."""

import re
from collections.abc import Sequence

from hochoi.types import PartyKind
from ingest.visit_bodies import Body
from ingest.visit_clauses import BODY, Clause

_MOST = 2  # subjects named together in a title, as in "hai tỉnh Long An và Bình Phước"
_JOINED = re.compile(rf"{BODY}(?: và|,) {BODY}")


def find_subjects(clauses: Sequence[Clause]) -> tuple[Body, ...]:
    """Return the bodies that the title is about, else the first one of the first sentence."""
    if not clauses:
        return ()
    named = _named(clauses[0])
    if not named and len(clauses) > 1:
        named = _named(clauses[1])[:1]
    if len(named) > 1 and not _JOINED.search(clauses[0].masked):
        named = named[:1]
    keys = list(dict.fromkeys(body.key for body in named))[:_MOST]
    return tuple(_fullest(key, clauses) for key in keys)


def _named(clause: Clause) -> list[Body]:
    """Return the Vietnamese bodies of a sentence that belong to somewhere."""
    return [
        body
        for body in clause.bodies_in(clause.masked)
        if body.key and body.kind is not PartyKind.FOREIGN
    ]


def _fullest(key: str, clauses: Sequence[Clause]) -> Body:
    """Return the mention of a party that says what it is: "tỉnh Hà Nam" rather than "Hà Nam"."""
    mentions = [b for c in clauses for b in c.bodies_in(c.masked) if b.key == key]
    typed = [
        b for b in mentions if b.head or b.text.lower().startswith(("tỉnh", "thành phố", "tp"))
    ]
    plain = [b for b in typed if not b.is_venue]
    return (plain or typed or mentions)[0]
