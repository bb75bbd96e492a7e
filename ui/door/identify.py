"""Find out who a request comes from: a session, a trusted proxy, or a browser on trial."""

import secrets

from starlette.requests import HTTPConnection

from hochoi.errors import AccountNameError, LoginRefusedError
from hochoi.people.person import Person
from ui.door.cookies import FORM_COOKIE, SESSION_COOKIE, read_cookie
from ui.door.door import Door
from ui.door.peer import Peer
from ui.door.state import Visitor, form_token_from, visitor_of
from ui.door.trial import TRIAL_COOKIE, trial_person

PROXY_ORIGIN = "proxy"
_PROXY_SECRET = secrets.token_urlsafe(32)  # forms of people whom a proxy vouches for


def identify(request: HTTPConnection, door: Door, peer: Peer) -> Visitor:
    """Return who this is. Reads the database; call it outside the event loop.

    A person whom a trusted proxy names needs no cookie. Of two names none counts.
    """
    if peer.user_names:
        return _vouched(door, peer)
    token = read_cookie(request, SESSION_COOKIE, is_secure=peer.is_secure)
    session = door.sessions.find(token)
    if session is not None:
        return Visitor(session.person, peer.address, peer.is_secure, session.form_token, session)
    if door.options.open_asking:
        trial = read_cookie(request, TRIAL_COOKIE, is_secure=peer.is_secure)
        person = trial_person(trial)
        if trial is not None and person is not None:
            return Visitor(person, peer.address, peer.is_secure, form_token_from(trial))
    held = read_cookie(request, FORM_COOKIE, is_secure=peer.is_secure)
    form_token = form_token_from(held) if held else ""
    return Visitor(address=peer.address, is_secure=peer.is_secure, form_token=form_token)


def is_still_in(request: HTTPConnection, door: Door) -> bool:
    """Return whether a request that the door let in would come from the same person now.

    Reads the database. Only a session can end: who is on trial, or vouched for by a proxy, stays.
    """
    visitor = visitor_of(request)
    if visitor.session is None:
        return True
    peer = Peer(visitor.address, visitor.is_secure, ())
    return identify(request, door, peer).person == visitor.person


def _vouched(door: Door, peer: Peer) -> Visitor:
    nobody = Visitor(address=peer.address, is_secure=peer.is_secure)
    if len(peer.user_names) != 1 or not peer.user_names[0]:
        return nobody
    try:
        account = door.login.vouched(peer.user_names[0], PROXY_ORIGIN, peer.address)
    except (AccountNameError, LoginRefusedError):
        return nobody
    person = Person(account.person_id, account.name, account.roles, trial=False)
    token = form_token_from(f"{_PROXY_SECRET} {person.id}")
    return Visitor(person, peer.address, peer.is_secure, token)
