"""Read days, lists of days and ranges of days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from hochoi.dates.patterns import Patterns
from hochoi.dates.phrases import Found, Precision
from hochoi.dates.spans import make_day, month_shifted
from hochoi.dates.words import is_relative, month_of, shift_of, year_of

_CUE_CHARS = 24  # how far before a day its cue may begin
_MAX_DAYS = 8  # in one list
_LEAP_YEAR = 2000  # stands in for a year that is not stated: 29 February may exist


@dataclass(frozen=True, slots=True)
class _Day:
    """One day as stated: month and year may be missing."""

    start: int
    end: int
    day: int
    month: int | None
    year: int | None
    relative: bool
    is_bare: bool  # written without a month of its own
    joined_by_to: bool  # to the day before it in the list


def read_iso_day(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return the day written 2025-07-08 at a position."""
    match = known.iso.match(text, at)
    if match is None:
        return []
    day = make_day(*(int(match[part]) for part in ("year", "month", "day")))
    if day is None:
        return [Found(at, match.end())]
    return [Found(at, match.end(), Precision.DAY, (day, day), day.day, day.month)]


def read_days(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return a day, or the list or range of days, at a position, filled in from its neighbours."""
    start = known.date_start.match(text, at)
    if start is None:
        return []
    parts = _list_parts(known, text, start.end("lead"))
    if len(parts) == _MAX_DAYS and all(_month_words(part) is None for part, _ in parts):
        return [Found(at, parts[-1][0].start())]  # a row of numbers: do not read it again
    while parts and not (
        _month_words(parts[-1][0]) and known.date_stop.match(text, parts[-1][0].end())
    ):
        parts.pop()
    days = [_read_day(part, reference, by_to) for part, by_to in parts]
    if not days or not _is_certain(known, start, days):
        return []
    found: list[Found] = []
    for group in _groups(_filled(days)):
        ranged = len(group) > 1 and group[1].joined_by_to
        found.append(_found(group, group[0].start if found or not ranged else at))
    return found


def _list_parts(known: Patterns, text: str, at: int) -> list[tuple[re.Match[str], bool]]:
    """Return the days listed at a position, each with whether "đến" joins it to the one before."""
    parts: list[tuple[re.Match[str], bool]] = []
    by_to = False
    while len(parts) < _MAX_DAYS and (part := known.date_parts.match(text, at)):
        # "ngày 15/7/2022, 8/10 chỉ tiêu": a ratio, not one more day.
        is_told = by_to or part["word"] or _year_words(part)
        if parts and not is_told and _year_words(parts[-1][0]):
            break
        parts.append((part, by_to))
        join = known.join.match(text, part.end())
        if join is None:
            break
        by_to, at = join["to"] is not None, join.end()
    return parts


def _month_words(part: re.Match[str]) -> str | None:
    return part["m1"] or part["m2"] or part["m3"] or part["m4"] or part["m5"]


def _year_words(part: re.Match[str]) -> str | None:
    return part["y1"] or part["y2"] or part["y3"] or part["y5"] or part["y6"]


def _read_day(part: re.Match[str], reference: date | None, by_to: bool) -> _Day:
    month_words, year_words = _month_words(part), _year_words(part)
    year = year_of(year_words, reference)
    relative = is_relative(year_words)
    month = None
    if month_words is not None and shift_of(month_words) is None:
        month = month_of(month_words)
    elif month_words is not None:
        relative = True
        if reference is not None:
            year, month = month_shifted(reference, shift_of(month_words) or 0)
    return _Day(
        part.start(),
        part.end(),
        int(part["day"]),
        month,
        year,
        relative,
        is_bare=month_words is None,
        joined_by_to=by_to,
    )


def _is_certain(known: Patterns, lead: re.Match[str], days: list[_Day]) -> bool:
    """Whether the numbers are days: a year, the word "ngày", or another cue says so."""
    text, start = lead.string, lead.start()
    stated = days[-1].year is not None or days[-1].relative
    if lead["cue"] or lead["lead"]:
        return True
    if known.day_cue.search(text, max(0, start - _CUE_CHARS), start):
        return True
    if any(day.month is None for day in days[:-1]):
        return stated and not any("," in text[a.end : b.start] for a, b in pairwise(days))
    return stated


def _filled(days: list[_Day]) -> list[_Day]:
    """Return `days` with missing months and years taken from the right, in a range also the left.

    A range may turn the year ("30/12 đến 02/01/2024"); in a list an earlier day after a later one
    stays without a year.
    """
    filled = list(days)
    for i in range(len(filled) - 2, -1, -1):
        left, right = filled[i], filled[i + 1]
        if left.month is None:
            left = replace(left, month=right.month)
            if right.month is not None and left.day > right.day:
                left = replace(left, month=(right.month - 2) % 12 + 1)
        if left.year is None and right.year is not None:
            turned = _is_later(left, right)
            if right.joined_by_to or left.is_bare or not turned:
                left = replace(left, year=right.year - turned, relative=right.relative)
        filled[i] = left
    for i in range(1, len(filled)):
        left, right = filled[i - 1], filled[i]
        if right.year is None and left.year is not None and right.joined_by_to:
            year = left.year + _is_later(left, right)
            filled[i] = replace(right, year=year, relative=left.relative)
    return filled


def _is_later(left: _Day, right: _Day) -> bool:
    """Whether `left` comes after `right` within one year."""
    return (left.month or 0, left.day) > (right.month or 0, right.day)


def _groups(days: list[_Day]) -> Iterator[list[_Day]]:
    """Yield days that belong together: ranges, and runs that share one month ("21 và 22/7")."""
    group = days[:1]
    for day in days[1:]:
        if day.joined_by_to or (group[-1].is_bare and not _leaps(days)):
            group.append(day)
        else:
            yield group
            group = [day]
    yield group


def _leaps(days: list[_Day]) -> bool:
    """Whether a list of days of one month leaves days out: "ngày 3, 10 và 17/5"."""
    listed = [day.day for day in days if not day.joined_by_to]
    return len(listed) == len(days) and any(b - a > 1 for a, b in pairwise(listed))


def _found(group: list[_Day], start: int) -> Found:
    """Return the days of a group; none when the calendar lacks one of them."""
    first, last = group[0], group[-1]
    ranged = len(group) > 1
    precision = Precision.RANGE if ranged else Precision.DAY
    relative = first.relative or last.relative
    bounds: list[date] = []
    for day in (first, last):
        if day.year is not None:
            made = make_day(day.year, day.month or 0, day.day)
        else:
            made = make_day(_LEAP_YEAR, day.month or 0, day.day)
        if made is None and not (relative and day.month is None):
            return Found(start, last.end)
        if made is not None:
            bounds.append(made)
    is_known = first.year is not None and last.year is not None and bounds[0] <= bounds[-1]
    return Found(
        start,
        last.end,
        precision,
        (bounds[0], bounds[-1]) if is_known else None,
        first.day,
        first.month,
        last.day if ranged else None,
        last.month if ranged else None,
        relative,
    )
