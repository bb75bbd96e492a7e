import sqlite3

import pytest

from hochoi.people.person import Role
from hochoi.people.sessions import Sessions
from tests.people_door import BY, PASSWORD, People

HOUR = 3600


@pytest.fixture
def token(people: People) -> str:
    people.add("quan.tri", Role.ADMIN)
    people.add("an", Role.OFFICIAL, Role.EVALUATOR)
    return people.sign_in("an")


def test_session_tells_who_signed_in(people: People, token: str) -> None:
    session = people.sessions.find(token)
    assert session is not None
    assert session.person.name == "an"
    assert session.person.roles == {Role.OFFICIAL, Role.EVALUATOR}
    assert session.person.is_known


def test_session_token_is_not_kept(people: People, token: str) -> None:
    with people.db.reading() as db:
        kept = "\n".join(db.iterdump()) if isinstance(db, sqlite3.Connection) else ""
    assert "sessions" in kept
    assert token not in kept


@pytest.mark.parametrize("other", [None, "", "x", "\ud800", "a" * 10_000])
def test_session_of_another_token_is_none(people: People, token: str, other: str | None) -> None:
    assert people.sessions.find(other) is None


def test_session_unused_for_half_an_hour_ends(people: People, token: str) -> None:
    people.clock.now += 29 * 60
    assert people.sessions.find(token)
    people.clock.now += 29 * 60
    assert people.sessions.find(token)
    people.clock.now += 30 * 60
    assert people.sessions.find(token) is None


def test_session_ends_after_twelve_hours_however_much_it_is_used(
    people: People, token: str
) -> None:
    for _ in range(12 * 4 - 1):
        people.clock.now += 15 * 60
        assert people.sessions.find(token)
    people.clock.now += 15 * 60
    assert people.sessions.find(token) is None


def test_session_times_are_settings(people: People, token: str) -> None:
    sessions = Sessions(people.db, idle_s=HOUR, absolute_s=2 * HOUR, clock=people.clock)
    people.clock.now += 45 * 60
    assert sessions.find(token)


def test_session_signed_out_is_no_more(people: People, token: str) -> None:
    other = people.sign_in("an")
    people.sessions.end_token(token)
    people.sessions.end_token(token)
    assert people.sessions.find(token) is None
    assert people.sessions.find(other)


@pytest.mark.parametrize("change", ["roles", "disable", "password", "everywhere"])
def test_session_ends_with_what_it_was_begun_for(people: People, token: str, change: str) -> None:
    account = people.accounts.named("an")
    admin = people.sign_in("quan.tri")
    match change:
        case "roles":
            people.accounts.set_roles(account, [Role.OFFICIAL], BY)
        case "disable":
            people.accounts.disable(account, BY)
        case "password":
            people.accounts.set_password(account, PASSWORD + "!", BY)
        case _:
            people.accounts.end_sessions(account, BY)
    assert people.sessions.find(token) is None
    assert people.sessions.count(account.person_id) == 0
    assert people.sessions.find(admin)


def test_session_copied_before_its_account_was_disabled_stays_out(
    people: People, token: str
) -> None:
    account = people.accounts.named("an")
    with people.db.writing() as db:  # as if the row had survived
        db.execute("UPDATE accounts SET is_disabled = 1 WHERE person_id = ?", (account.person_id,))
    assert people.sessions.find(token) is None


def test_session_in_which_the_password_was_changed_goes_on(people: People, token: str) -> None:
    other = people.sign_in("an")
    here = people.sessions.find(token)
    assert here is not None
    account = people.accounts.named("an")
    people.accounts.set_password(account, PASSWORD + "!", BY, keep_session=here.token_sha256)
    assert people.sessions.find(token)
    assert people.sessions.find(other) is None


def test_session_ended_ones_leave_the_database(people: People, token: str) -> None:
    people.clock.now += 13 * HOUR
    people.sign_in("an")
    with people.db.reading() as db:
        assert db.execute("SELECT count(*) FROM sessions").fetchone()[0] == 1
