import threading

import pytest

from hochoi.errors import HocHoiError, LoginDelayedError, LoginRefusedError
from hochoi.people.passwords import Passwords
from hochoi.people.person import Role
from tests.people_door import BY, CHEAP, PASSWORD, People


def outcome(people: People, name: str, password: str) -> str:
    try:
        people.login.with_password(name, password, "10.0.0.1")
    except HocHoiError as exc:
        return str(exc)
    return "in"


def test_login_right_password_begins_a_new_session_each_time(people: People) -> None:
    people.add("an")
    one, other = people.sign_in("an"), people.sign_in("AN")
    assert one != other
    assert people.sessions.find(one)


def test_login_says_the_same_about_every_wrong_thing(people: People) -> None:
    people.add("quan.tri", Role.ADMIN)
    people.accounts.disable(people.add("binh"), BY)
    people.add("an")
    people.accounts.add("sso", [Role.OFFICIAL], BY, password=None, origin="oidc")
    tries = [("an", "x"), ("nobody", "x"), ("binh", PASSWORD), ("sso", ""), ("", ""), ("an", "")]
    assert {outcome(people, *each) for each in tries} == {"wrong name or password"}


def test_login_thirty_wrong_ones_look_at_five_and_the_right_one_waits(people: People) -> None:
    people.add("an")
    said = [outcome(people, "an", f"wrong {n}") for n in range(30)]
    assert said.count("wrong name or password") == 5
    with pytest.raises(LoginDelayedError) as caught:
        people.sign_in("an")
    assert caught.value.wait_s == 60
    people.clock.now += 60
    assert people.sign_in("an")


def test_login_thirty_at_once_look_at_five(people: People) -> None:
    people.add("an")
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(outcome(people, "an", "wrong")))
        for _ in range(30)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("wrong name or password") == 5


def test_login_success_and_unlocking_forget_what_failed(people: People) -> None:
    account = people.add("an")
    for _ in range(4):
        outcome(people, "an", "wrong")
    people.sign_in("an")
    for _ in range(5):
        outcome(people, "an", "wrong")
    assert people.accounts.wait_s(account) == 60
    people.accounts.unlock(account, BY)
    assert people.accounts.wait_s(account) == 0
    assert people.sign_in("an")


def test_login_of_a_whole_office_behind_one_address_goes_on(people: People) -> None:
    for number in range(80):
        people.add(f"an{number}")
        assert people.sign_in(f"an{number}")


def test_login_old_cost_is_renewed_when_its_owner_signs_in(people: People) -> None:
    account = people.add("an")
    old = Passwords(memory_kib=16).hash(PASSWORD)
    with people.db.writing() as db:
        db.execute("UPDATE accounts SET password_hash = ?", (old,))
    people.sign_in("an")
    with people.db.reading() as db:
        kept = db.execute(
            "SELECT password_hash FROM accounts WHERE person_id = ?", (account.person_id,)
        ).fetchone()[0]
    assert not CHEAP.is_outdated(kept)
    assert people.sign_in("an")


def test_login_failures_are_logged_without_what_was_typed(people: People) -> None:
    people.add("an")
    outcome(people, "an", "secret word 1")
    outcome(people, "my password by mistake", "x")
    refused, known = people.audit.events()[:2]
    assert (known.object, known.result, known.address) == ("an", "refused", "10.0.0.1")
    assert refused.object == ""
    assert "secret" not in str(people.audit.events())


def test_login_vouched_person_becomes_an_official_once(people: People) -> None:
    one = people.login.vouched("lan@tinh.gov.vn", "proxy", "10.0.0.1")
    assert (one.roles, one.origin) == ({Role.OFFICIAL}, "proxy")
    assert people.login.vouched("LAN@tinh.gov.vn", "proxy", "10.0.0.2") == one


def test_login_vouched_never_opens_an_account_that_another_made(people: People) -> None:
    people.add("quan.tri", Role.ADMIN)
    with pytest.raises(LoginRefusedError):
        people.login.vouched("quan.tri", "proxy", "10.0.0.1")


def test_login_vouched_disabled_person_stays_out(people: People) -> None:
    people.add("quan.tri", Role.ADMIN)
    people.accounts.disable(people.login.vouched("lan", "proxy", "10.0.0.1"), BY)
    with pytest.raises(LoginRefusedError):
        people.login.vouched("lan", "proxy", "10.0.0.1")
