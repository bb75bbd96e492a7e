"""What a password must be, and how it is kept: argon2id, never the words themselves."""

import re
import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hochoi.errors import PasswordError

MIN_CHARS = 10
MAX_BYTES = 1024
_AT_ONCE = 2  # a hash needs its memory; more at once would let logins starve the answers
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
_COMMON = (
    "password", "matkhau", "hochoi", "admin", "quantri", "qwerty", "iloveyou", "vietnam",
    "abcdefgh", "12345678", "87654321", "abc123", "123abc", "letmein", "welcome",
)  # fmt: skip
_SEQUENCES = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


class Passwords:
    """Hashes and verifies. Safe to use from several threads; at most two work at once."""

    def __init__(self, *, memory_kib: int = 47104, passes: int = 1) -> None:
        """Choose the cost of a hash; the defaults are OWASP's first recommendation.

        Args:
            memory_kib: Memory of one hash in KiB.
            passes: How often the memory is gone through.
        """
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self._hasher.hash("the password of nobody")

    def hash(self, password: str) -> str:
        """Return what is kept of a password.

        Raises:
            PasswordError: If it has more than `MAX_BYTES` bytes or characters nobody can type.
        """
        with self._turns:
            return self._hasher.hash(_normal(password))

    def verify(self, kept: str | None, password: str) -> bool:
        """Tell whether this is the password that `kept` was made of.

        Takes as long for an account that does not exist (None) as for one that does.
        """
        try:
            with self._turns:
                self._hasher.verify(kept or self._nobody, _normal(password))
        except (VerificationError, InvalidHashError, PasswordError):
            return False
        return bool(kept)

    def is_outdated(self, kept: str) -> bool:
        """Whether `kept` was made at another cost than today's, so that it should be made anew."""
        return self._hasher.check_needs_rehash(kept)


def check_password(password: str, name: str) -> None:
    """Refuse a password that is easily guessed.

    Args:
        password: As typed.
        name: Of its account; the password must not contain it.

    Raises:
        PasswordError: If it is too short, too long, common, a sequence or made of the name.
    """
    normal = _normal(password)
    folded = normal.casefold()
    plain = re.sub(r"[\W_]+", "", folded)
    if len(normal) < MIN_CHARS:
        raise PasswordError("short")
    if len(set(folded)) < 5 or any(folded in s or folded[::-1] in s for s in _SEQUENCES):
        raise PasswordError("common")
    if any(len(plain.replace(word, "").strip("0123456789")) < 3 for word in _COMMON):
        raise PasswordError("common")
    if len(name) >= 3 and name.casefold() in folded:
        raise PasswordError("name")


def _normal(password: str) -> str:
    """Return the password as it is hashed: NFC, so that any keyboard types the same one."""
    if len(password.encode("utf-8", "replace")) > MAX_BYTES:
        raise PasswordError("long")
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in password):
        raise PasswordError("characters")
    return unicodedata.normalize("NFC", password)


def temporary_password() -> str:
    """Return a random password of 79 bits that can be read out: no letter looks like another."""
    groups = ("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
