"""A time expression of a text and the days it stands for. Does not search any text."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from hochoi.dates.spans import Span


class Precision(Enum):
    """How much of the calendar the words name."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """Words that name days: `text[start:end]` of the text searched.

    `first` and `last` are both included and both None when the year is not known; then the
    stated day and month stand in `day`, `month` (and `last_day`, `last_month` of a range).
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: Precision
    day: int | None = None  # 1..31, of the first day, when the words state one
    month: int | None = None  # 1..12, of the first day, when the words state one
    relative: bool = False  # the words count from the day of writing or asking ("năm ngoái")
    last_day: int | None = None
    last_month: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule makes of `text[start:end]`; without days the words are no date at all."""

    start: int
    end: int
    precision: Precision = Precision.DAY
    days: Span | None = None
    day: int | None = None
    month: int | None = None
    last_day: int | None = None
    last_month: int | None = None
    relative: bool = False

    def phrase(self, text: str) -> DatePhrase | None:
        """Return the phrase in `text`, None when the words turned out to be no date."""
        if self.days is None and self.month is None and not self.relative:
            return None
        first, last = self.days or (None, None)
        return DatePhrase(
            self.start,
            self.end,
            text[self.start : self.end],
            first,
            last,
            self.precision,
            self.day,
            self.month,
            self.relative,
            self.last_day,
            self.last_month,
        )
