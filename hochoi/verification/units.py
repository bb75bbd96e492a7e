"""Compare what numbers count: a number of the sentence must count the same thing in the quote."""

from collections.abc import Sequence

from hochoi.drafting.stated_facts import StatedFacts, words_of
from hochoi.language.numbers import NumberPhrase, find_numbers

_PERCENT = frozenset({"%", "phần trăm"})
# "15 người" may be said of 15 members, officials or delegates.
_ANYBODY = frozenset({"người", "thành viên", "đồng chí", "đại biểu"})
_PERSONS = _ANYBODY | {
    "cán bộ",
    "công chức",
    "viên chức",
    "chuyên gia",
    "học viên",
    "nhân viên",
    "khách",
    "lãnh đạo",
}


def units_agree(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    """Return whether every number that stands in the quote counts there what it counts here."""
    there: dict[float, list[NumberPhrase]] = {}
    for number in find_numbers(quoted.text):
        there.setdefault(abs(number.value), []).append(number)
    return all(
        _agrees(number, there.get(abs(number.value), []), quoted.words)
        for number in find_numbers(sentence.text)
    )


def _agrees(number: NumberPhrase, others: Sequence[NumberPhrase], words: Sequence[str]) -> bool:
    if number.unit is None or not others:
        return True  # a number that stands nowhere is a fault of its own
    return any(
        _is_abbreviation(number)
        or _is_abbreviation(other)
        or _same(_unit(number), _unit(other), words)
        for other in others
    )


def _is_abbreviation(number: NumberPhrase) -> bool:
    """Whether a number counts "UBND" and the like, which may be spelled out elsewhere."""
    unit = number.unit or ""
    return len(unit) > 2 and unit.isupper()


def _unit(number: NumberPhrase) -> str:
    unit = " ".join(words_of(number.unit or "")) or (number.unit or "")
    return "%" if (number.unit or "").lower() in _PERCENT else unit


def _same(own: str, other: str, words: Sequence[str]) -> bool:
    if not other:
        return own == "%" or set(own.split()) <= set(words)
    if own in _ANYBODY and other in _PERSONS:
        return True
    return own == other or own.split()[0] == other.split()[0]
