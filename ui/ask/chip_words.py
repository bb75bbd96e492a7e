"""A condition read from a question -> the label that words it in both languages. Pure.

Names of provinces, regions, countries and topics stay Vietnamese, as the library has them; what
stands around them is of the page's language.
"""

from datetime import date, timedelta

from hochoi.understood import AskedDates, Chip, Understood
from ui.wording import Language, label

_AROUND = (("chip_host", "name"), ("chip_visitor", "name"), ("chip_history", "question"))
_GROUPS = frozenset({"foreign", "domestic", "local", "ministry", "council", "abroad"})
LabelOf = tuple[str, dict[str, str]]  # key and values of a label


def chip_label(chip: Chip, understood: Understood) -> LabelOf:
    """Return the label of a condition; in Vietnamese it reads as `chip.text`."""
    code = chip.key.partition(":")[2]
    if chip.kind == "group" and code in _GROUPS:
        return f"chip_{code}", {}
    if chip.kind == "date":
        return "chip_date", {"said": chip.text, "days": _days(chip, understood)}
    for key, value in _AROUND:
        filling = _filling(label(key, Language.VI, **{value: "\0"}), chip.text)
        if filling is not None:
            return key, {value: filling}
    return "chip_plain", {"name": chip.text}


def _filling(frame: str, text: str) -> str | None:
    """Return what stands in a text in the place of the frame's NUL; None for another text."""
    before, _, after = frame.partition("\0")
    is_framed = text.startswith(before) and text.endswith(after)
    return text[len(before) : len(text) - len(after)] if is_framed else None


def _days(chip: Chip, understood: Understood) -> str:
    """Return the time of a chip in figures, in its own words where it has no days."""
    of_dates = [c.key for c in understood.chips if c.kind == "date"]
    asked = dict(zip(of_dates, understood.dates, strict=False)).get(chip.key)
    return (asked and day_words(asked)) or chip.text


def day_words(asked: AskedDates) -> str:
    """Return days in figures, e.g. "2019", "07/2022", "from 01/01/2020"; nothing without any."""
    first, last = asked.first, asked.last
    if first is None or last is None:
        if first is not None:
            return f"from {first:%d/%m/%Y}"
        return f"until {last:%d/%m/%Y}" if last is not None else ""
    if first == last:
        return f"{first:%d/%m/%Y}"
    next_day = last + timedelta(days=1) if last < date.max else last
    if first.day == 1 and next_day.day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%m/%Y}"
        if first.month == 1 and next_day.month == 1:
            years = (first.year, last.year)
            return str(first.year) if years[0] == years[1] else f"{years[0]}–{years[1]}"
    return f"{first:%d/%m/%Y}–{last:%d/%m/%Y}"
