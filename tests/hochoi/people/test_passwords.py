import unicodedata

import pytest

from hochoi.errors import PasswordError
from hochoi.people.passwords import Passwords, check_password
from tests.people_door import CHEAP, PASSWORD


def test_password_is_kept_as_argon2id_and_never_as_words() -> None:
    kept = Passwords().hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert PASSWORD not in kept


def test_password_two_hashes_of_one_password_differ() -> None:
    assert CHEAP.hash(PASSWORD) != CHEAP.hash(PASSWORD)


def test_verify_only_the_same_password_passes() -> None:
    kept = CHEAP.hash(PASSWORD)
    assert CHEAP.verify(kept, PASSWORD)
    assert not CHEAP.verify(kept, PASSWORD + " ")
    assert not CHEAP.verify(kept, PASSWORD.upper())


def test_verify_any_keyboard_types_the_same_password() -> None:
    kept = CHEAP.hash(unicodedata.normalize("NFC", PASSWORD))
    assert CHEAP.verify(kept, unicodedata.normalize("NFD", PASSWORD))


@pytest.mark.parametrize("kept", [None, "", "plain words", "$argon2id$broken"])
def test_verify_without_a_usable_hash_nothing_passes(kept: str | None) -> None:
    assert not CHEAP.verify(kept, PASSWORD)
    assert not CHEAP.verify(kept, "the password of nobody")


def test_password_long_ones_are_not_cut() -> None:
    kept = CHEAP.hash("ă" * 500)
    assert not CHEAP.verify(kept, "ă" * 499)
    assert not CHEAP.verify(kept, "ă" * 5000)


def test_password_hash_of_another_cost_is_outdated() -> None:
    assert CHEAP.is_outdated(Passwords(memory_kib=16).hash(PASSWORD))
    assert not CHEAP.is_outdated(CHEAP.hash(PASSWORD))


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "short"), ("123456789", "short"), ("bảy chữ", "short"),
        ("a" * 1025, "long"), ("ă" * 600, "long"),
        ("mật khẩu\x00của tôi", "characters"), ("hai\ndòng chữ dài", "characters"),
        ("1234567890", "common"), ("0987654321", "common"), ("aaaaaaaaaaaa", "common"),
        ("abababababab", "common"), ("Password123", "common"), ("matkhau2025", "common"),
        ("qwertyuiop", "common"), ("HocHoi@2026", "common"), ("admin-admin-1", "common"),
        ("nguyen.van.an!", "name"), ("xx NGUYEN.VAN.AN", "name"),
    ],
)  # fmt: skip
def test_check_password_weak_ones_are_refused(password: str, reason: str) -> None:
    with pytest.raises(PasswordError) as caught:
        check_password(password, "nguyen.van.an")
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "password", [PASSWORD, "t7#Lq9!xvR2m", "bốn từ dễ nhớ", "k" * 5 + "lmnopqr"]
)
def test_check_password_others_are_taken(password: str) -> None:
    check_password(password, "nguyen.van.an")
