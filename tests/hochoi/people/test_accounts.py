import unicodedata

import pytest

from hochoi.errors import (
    AccountExistsError,
    AccountNameError,
    HocHoiError,
    LastAdminError,
    NotFoundError,
    PasswordError,
)
from hochoi.people.person import Role
from tests.people_door import BY, PASSWORD, People


def test_account_is_found_by_name_in_any_case_and_by_id(people: People) -> None:
    account = people.add("Nguyễn.An", Role.EVALUATOR, Role.ADMIN)
    assert people.accounts.named(" nguyễn.an ") == account
    assert people.accounts.named(unicodedata.normalize("NFD", "NGUYỄN.AN")) == account
    assert people.accounts.with_id(account.person_id) == account
    assert account.roles == {Role.ADMIN, Role.EVALUATOR}


def test_account_unknown_name_is_an_error_that_names_it(people: People) -> None:
    with pytest.raises(NotFoundError, match="binh"):
        people.accounts.named("binh")


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "a\nb", ".an", "-an", "<b>an</b>", "a" * 65, "a/b"]
)
def test_account_name_that_cannot_be_one_is_refused(people: People, name: str) -> None:
    with pytest.raises(AccountNameError):
        people.add(name)


@pytest.mark.parametrize("name", ["an", "AN", "An "])
def test_account_name_is_taken_in_any_case(people: People, name: str) -> None:
    people.add("an")
    with pytest.raises(AccountExistsError):
        people.add(name)


def test_account_weak_password_makes_none(people: People) -> None:
    with pytest.raises(PasswordError):
        people.accounts.add("an", [Role.OFFICIAL], BY, password="matkhau2026")
    assert people.accounts.all() == ()


def test_account_without_a_role_is_refused(people: People) -> None:
    with pytest.raises(ValueError, match="role"):
        people.accounts.add("an", [], BY, password=PASSWORD)


def test_account_of_the_last_admin_cannot_lose_it(people: People) -> None:
    admin = people.add("quan.tri", Role.ADMIN)
    people.accounts.disable(people.add("cu", Role.ADMIN), BY)
    before = people.accounts.all(), len(people.audit.events())
    with pytest.raises(LastAdminError):
        people.accounts.disable(admin, BY)
    with pytest.raises(LastAdminError):
        people.accounts.set_roles(admin, [Role.OFFICIAL], BY)
    assert (people.accounts.all(), len(people.audit.events())) == before


def test_account_disabled_and_enabled_again_is_as_before(people: People) -> None:
    people.add("quan.tri", Role.ADMIN)
    account = people.add("an")
    assert people.accounts.disable(account, BY).is_disabled
    assert people.accounts.enable(account, BY) == account


def test_account_before_there_is_an_admin_others_can_be_changed(people: People) -> None:
    account = people.add("an")
    assert people.accounts.disable(account, BY).is_disabled
    assert not people.accounts.has_admin()


def test_account_every_change_is_in_the_log_with_who_and_from_where(people: People) -> None:
    people.add("quan.tri", Role.ADMIN)
    account = people.add("an")
    people.accounts.set_roles(account, [Role.EVALUATOR], BY)
    people.accounts.disable(account, BY)
    people.accounts.enable(account, BY)
    people.accounts.set_password(account, PASSWORD + "2", BY)
    people.accounts.unlock(account, BY)
    people.accounts.end_sessions(account, BY)
    events = people.audit.events()[:-1]
    assert [e.action for e in reversed(events)] == [
        "account.add", "account.roles", "account.disable", "account.enable",
        "account.password", "account.unlock", "session.end_all",
    ]  # fmt: skip
    assert {(e.who, e.address, e.object) for e in events} == {(BY.who, BY.address, "an")}
    assert events[-2].detail == "official -> evaluator"
    assert not any(PASSWORD in str(e) for e in events)


def test_account_change_that_is_refused_is_no_event(people: People) -> None:
    people.add("an")
    count = len(people.audit.events())
    with pytest.raises(HocHoiError):
        people.add("an")
    assert len(people.audit.events()) == count
