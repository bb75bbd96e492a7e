"""Points in time as officials read them: dd/mm/yyyy hh:mm in Vietnam. Knows no HTML."""

from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")  # no summer time since 1975


def day_and_time(iso: str, *, seconds: bool = False) -> str:
    """Return a point in time in Vietnam, e.g. "27/11/2026 18:30".

    Args:
        iso: ISO 8601 with an offset.
        seconds: Whether to say the seconds too.
    """
    local = datetime.fromisoformat(iso).astimezone(VIETNAM)
    return f"{local:%d/%m/%Y %H:%M:%S}" if seconds else f"{local:%d/%m/%Y %H:%M}"


def day_begins(text: str) -> str:
    """Return when a day of Vietnam begins, as ISO 8601 in UTC; empty for what is no day.

    Args:
        text: The day as dd/mm/yyyy.
    """
    try:
        day = datetime.strptime(text, "%d/%m/%Y")
    except ValueError:
        return ""
    begin = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    return begin.astimezone(UTC).isoformat(timespec="seconds")


def day_ends(text: str) -> str:
    """Return when a day of Vietnam is over, as ISO 8601 in UTC; empty for what is no day."""
    begin = day_begins(text)
    if not begin:
        return ""
    end = datetime.fromisoformat(begin) + timedelta(days=1)
    return end.isoformat(timespec="seconds")
