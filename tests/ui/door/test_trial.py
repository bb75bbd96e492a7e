import pytest

from ui.door.trial import new_trial_token, trial_person


def test_trial_person_of_one_token_is_always_the_same() -> None:
    token = new_trial_token()
    assert trial_person(token) == trial_person(token)


def test_trial_person_of_two_browsers_are_two_people() -> None:
    people = {trial_person(new_trial_token()) for _ in range(100)}
    assert len({person.id for person in people if person}) == 100


def test_trial_person_has_no_role_and_does_not_tell_the_token() -> None:
    token = new_trial_token()
    person = trial_person(token)
    assert person is not None
    assert (person.roles, person.trial, person.is_known) == (frozenset(), True, False)
    assert token not in person.id


@pytest.mark.parametrize("token", [None, "", "x", "a" * 42, "a" * 44, "ă" * 43, "a" * 42 + "\n"])
def test_trial_person_of_anything_else_is_none(token: str | None) -> None:
    assert trial_person(token) is None
