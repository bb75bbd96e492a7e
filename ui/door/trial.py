"""Asking without an account: each browser is a person of its own, known by a random cookie."""

import hashlib
import re
import secrets

from hochoi.people.person import Person

TRIAL_COOKIE = "hochoi_trial"
TRIAL_S = 180 * 24 * 3600  # how long a browser keeps what it asked on trial
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


def new_trial_token() -> str:
    """Return a secret of 256 bits for a browser that has none."""
    return secrets.token_urlsafe(32)


def trial_person(token: str | None) -> Person | None:
    """Return the person that a browser's token stands for, or None if it is no such token.

    The id is made from the token and not the other way round: who sees an id in a log or an
    address cannot become that person.
    """
    if token is None or not _TOKEN.fullmatch(token):
        return None
    person_id = "trial-" + hashlib.sha256(token.encode()).hexdigest()[:24]
    return Person(person_id, "", frozenset(), trial=True)
