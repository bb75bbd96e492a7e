"""Read words that count from the day of writing: hôm nay, tháng trước, 3 năm qua."""

import re
from datetime import date, timedelta

from hochoi.dates.patterns import Patterns
from hochoi.dates.phrases import Found, Precision
from hochoi.dates.spans import (
    Span,
    days_in_month,
    make_day,
    month_shifted,
    months,
    week_of,
    year_span,
)
from hochoi.dates.words import shift_of
from hochoi.text import fold

_DAY_SHIFTS = {"nay": 0, "qua": -1, "kia": -2}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}  # Monday is 0
_WEEKDAYS |= {str(number): number - 2 for number in range(2, 8)}
_SUNDAY = 6
_PRECISIONS = {
    "tuan": Precision.RANGE,
    "thang": Precision.MONTH,
    "quy": Precision.QUARTER,
    "nam": Precision.YEAR,
}
# What "kia" and "ngoái" may follow; "những năm qua" and "hai tháng sau" count from elsewhere.
_YEAR_ONLY = frozenset({"ngoai", "kia"})
_COUNTED = re.compile(
    r"(?:những|các|nhiều|mấy|vài|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|hằng|hàng|từng|mỗi"
    r"|nhung|cac|nhieu|may|vai|bon|sau|bay|tam|chin|muoi|hang|tung|moi)\s{1,3}$",
)
_SOUTH = re.compile(r"(?:viet|mien|quang|ha|phia|dong|tay)\s{1,3}$")


def read_relative_day(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return "hôm nay", "sáng mai" ... at a position."""
    match = known.relative_day.match(text, at)
    return [] if match is None else [_day(match, reference)]


def read_relative_weekday(
    known: Patterns, text: str, at: int, reference: date | None
) -> list[Found]:
    """Return "thứ Năm tuần trước" at a position; a week begins on Monday."""
    match = known.relative_weekday.match(text, at)
    shift = None if match is None else shift_of(match["shift"])
    if match is None or shift is None:
        return []
    days: Span | None = None
    if reference is not None:
        monday = week_of(reference + timedelta(weeks=shift))[0]
        weekday = _SUNDAY if match["sunday"] else _WEEKDAYS[fold(match["day"])]
        days = (monday + timedelta(days=weekday),) * 2
    return [Found(at, match.end(), Precision.DAY, days, relative=True)]


def read_relative_unit(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return "tuần trước", "quý này", "năm ngoái" ... at a position."""
    match = known.relative_unit.match(text, at)
    return [] if match is None or not _counts(match) else [_unit(match, reference)]


def read_recent(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return "3 năm qua": from the day after the same day three years ago to `reference`."""
    match = known.recent.match(text, at)
    if match is None:
        return []
    count, unit = int(match["count"]), fold(match["unit"])
    days: Span | None = None
    if reference is not None:
        back = _earlier(reference, count, unit)
        days = (back + timedelta(days=1), reference) if count else (reference, reference)
    return [Found(at, match.end(), Precision.RANGE, days, relative=True)]


def _counts(match: re.Match[str]) -> bool:
    """Whether the unit counts from the day of writing."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    if _COUNTED.search(before):
        return False
    if match["unit"] is None:
        return True
    if match["unit"] == "nam" and _SOUTH.search(before):
        return False
    shift = " ".join(fold(match["shift"]).split())
    if fold(match["unit"]) == "nam":
        return shift not in {"qua", "vua qua"}
    return shift not in _YEAR_ONLY


def _day(match: re.Match[str], reference: date | None) -> Found:
    if match["day"]:
        shift = _DAY_SHIFTS[fold(match["day"])]
    else:
        shift = 1 if match["next"] else 2
    days: Span | None = None
    if reference is not None:
        day = reference + timedelta(days=shift)
        days = (day, day)
    return Found(match.start(), match.end(), Precision.DAY, days, relative=True)


def _unit(match: re.Match[str], reference: date | None) -> Found:
    unit = "nam" if match["unit"] is None else fold(match["unit"])
    shift = 1 if match["unit"] is None else shift_of(match["shift"]) or 0
    days = None if reference is None else _unit_days(reference, unit, shift)
    return Found(match.start(), match.end(), _PRECISIONS[unit], days, relative=True)


def _unit_days(reference: date, unit: str, shift: int) -> Span:
    """Return the week, month, quarter or year that lies `shift` units from `reference`."""
    if unit == "tuan":
        return week_of(reference + timedelta(weeks=shift))
    if unit == "nam":
        return year_span(reference.year + shift, reference.year + shift)
    if unit == "thang":
        year, month = month_shifted(reference, shift)
        return months(year, month, month)
    year, month = month_shifted(reference, 3 * shift)
    first = (month - 1) // 3 * 3 + 1
    return months(year, first, first + 2)


def _earlier(reference: date, count: int, unit: str) -> date:
    """Return the day `count` units before `reference`, the last of the month when it is shorter."""
    if unit in {"ngay", "tuan"}:
        return reference - timedelta(days=count * (7 if unit == "tuan" else 1))
    year, month = month_shifted(reference, -count * (12 if unit == "nam" else 1))
    day = make_day(year, month, reference.day)
    return day or date(year, month, days_in_month(year, month))
