"""Find the dates that a Vietnamese text states. Does not choose among them.

A letter's date, a page's date and a visit's date look alike here; the reader of a report decides.
Day before month, always. A year that is not written is not invented: only relative words
("tháng trước", "năm ngoái") take it from the day of writing.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from hochoi.dates.days import read_days, read_iso_day
from hochoi.dates.patterns import Patterns, patterns
from hochoi.dates.periods import (
    read_bare_month,
    read_bare_year,
    read_first_months,
    read_half_year,
    read_months,
    read_part_of_month,
    read_part_of_year,
    read_period,
    read_quarters,
    read_years,
)
from hochoi.dates.phrases import DatePhrase, Found, Precision
from hochoi.dates.relative import (
    read_recent,
    read_relative_day,
    read_relative_unit,
    read_relative_weekday,
)
from hochoi.text import fold

__all__ = ["DatePhrase", "Precision", "find_dates"]

_Rule = Callable[[Patterns, str, int, date | None], list[Found]]


def _skip_noise(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return an address, telephone or decree number at a position as no date."""
    match = known.noise.match(text, at)
    return [] if match is None else [Found(at, match.end())]


_AT_DIGITS: tuple[_Rule, ...] = (
    _skip_noise,
    read_iso_day,
    read_first_months,
    read_days,
    read_period,
    read_recent,
    read_bare_month,
    read_bare_year,
)
# Which rules may apply where a word stands, longer wordings first.
_AT_WORDS: dict[str, tuple[_Rule, ...]] = {
    "từ": (read_days, read_period, read_months, read_quarters, read_years),
    "ngày mùng mồng": (read_days, read_relative_day),
    "tháng": (read_months, read_relative_unit),
    "quý": (read_quarters, read_relative_unit),
    "năm": (read_period, read_years, read_relative_unit),
    "tuần": (read_relative_unit,),
    "sang": (read_relative_unit,),
    "đầu giữa cuối": (read_part_of_month, read_part_of_year),
    "thượng trung hạ": (read_part_of_month,),
    "nửa": (read_half_year,),
    "giai nhiệm thời niên các": (read_period,),
    "ba sáu bảy tám chín mười": (read_first_months,),
    "thứ chủ": (read_relative_weekday,),
    "hôm sáng trưa chiều tối đêm": (read_relative_day,),
    "http https www": (_skip_noise,),
}


def find_dates(text: str, reference: date | None = None) -> tuple[DatePhrase, ...]:
    """Return the time expressions of `text` in order, without overlaps.

    Text without any diacritics is read as unaccented Vietnamese ("thang 7 nam 2022").

    Args:
        text: NFC text of any length.
        reference: The day the text was written or asked; without it, relative words are found
            but stand for no days.
    """
    lowered = text.replace("İ", "I").lower()  # the one letter that lower() makes longer
    known, rules = patterns(text.isascii()), _rules(text.isascii())
    starts = _starts(text.isascii())
    phrases: list[DatePhrase] = []
    position = 0
    for start in starts.finditer(lowered):
        at = start.start()
        if at < position:
            continue
        applicable = rules.get(start[0], _AT_DIGITS)
        if applicable is _AT_DIGITS and not known.promising.match(lowered, at):
            continue
        readings = (rule(known, lowered, at, reference) for rule in applicable)
        for found in next(filter(None, readings), []):
            position = found.end
            if (phrase := found.phrase(text)) is not None:
                phrases.append(phrase)
    return tuple(phrases)


@cache
def _rules(folded: bool) -> dict[str, tuple[_Rule, ...]]:
    """Return the rules by first word, the words without diacritics when `folded`."""
    rules: dict[str, tuple[_Rule, ...]] = {}
    for words, applicable in _AT_WORDS.items():
        for word in (fold(words) if folded else words).split():
            rules[word] = (*rules.get(word, ()), *applicable)
    return rules


@cache
def _starts(folded: bool) -> re.Pattern[str]:
    """Return the pattern of what a rule applies to: a digit, or one of the words as a whole."""
    words = "|".join(map(re.escape, _rules(folded)))
    return re.compile(rf"\b(?:\d|(?:{words})\b)")
