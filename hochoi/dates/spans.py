"""Calendar arithmetic: first and last day of months, quarters, parts of a year. Knows no words."""

import calendar
from datetime import date, timedelta

MIN_YEAR, MAX_YEAR = 1900, 2099

Span = tuple[date, date]  # first and last day, both included


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None when the calendar has no such day (31 February)."""
    if not (MIN_YEAR <= year <= MAX_YEAR and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= days_in_month(year, month) else None


def days_in_month(year: int, month: int) -> int:
    """Return 28 to 31."""
    return calendar.monthrange(year, month)[1]


def months(year: int, first_month: int, last_month: int) -> Span:
    """Return the days from the start of one month to the end of another, in the same year."""
    return (
        date(year, first_month, 1),
        date(year, last_month, days_in_month(year, last_month)),
    )


def year_span(first_year: int, last_year: int) -> Span:
    """Return the days from 1 January of one year to 31 December of another."""
    return date(first_year, 1, 1), date(last_year, 12, 31)


def month_shifted(day: date, by: int) -> tuple[int, int]:
    """Return the (year, month) that lies `by` months after the one of `day`."""
    index = day.year * 12 + day.month - 1 + by
    return index // 12, index % 12 + 1


def week_of(day: date) -> Span:
    """Return Monday and Sunday of the week of `day`."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def part_of_month(year: int, month: int, part: int) -> Span:
    """Return the first ten days (0), the second ten (1) or the rest (2) of a month."""
    last = (10, 20, days_in_month(year, month))[part]
    return date(year, month, 10 * part + 1), date(year, month, last)
