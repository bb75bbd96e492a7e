"""Values of the words in dates: months by name, Roman quarters, "năm ngoái". Knows no patterns."""

from datetime import date

from hochoi.text import fold

_MONTHS = {
    "gieng": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "muoi hai": 12,
    "chap": 12,
}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4}
_SHIFTS = {
    "nay": 0,
    "truoc": -1,
    "ngoai": -1,
    "qua": -1,
    "vua qua": -1,
    "kia": -2,
    "sau": 1,
    "toi": 1,
}


def shift_of(words: str) -> int | None:
    """Return how many units from now "trước", "này", "sau" ... mean, None for other words."""
    return _SHIFTS.get(" ".join(fold(words).split()))


def month_of(words: str) -> int:
    """Return 1 to 12 for "7", "07" or "bảy"."""
    return int(words) if words.isdecimal() else _MONTHS[" ".join(fold(words).split())]


def quarter_of(words: str) -> int:
    """Return 1 to 4 for "III", "3" or "ba"."""
    return int(words) if words.isdecimal() else _QUARTERS[fold(words)]


def year_of(words: str | None, reference: date | None) -> int | None:
    """Return the year that "2024" or, counted from `reference`, "ngoái" means; None if unknown."""
    if words is None:
        return None
    if words.isdecimal():
        return int(words)
    shift = shift_of(words)
    return None if reference is None or shift is None else reference.year + shift


def is_relative(words: str | None) -> bool:
    """Whether a year is said by a word such as "ngoái"."""
    return words is not None and not words.isdecimal()
