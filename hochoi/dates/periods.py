"""Read months, quarters, halves, years and spans of years."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from hochoi.dates.patterns import Patterns
from hochoi.dates.phrases import Found, Precision
from hochoi.dates.spans import Span, month_shifted, months, part_of_month, year_span
from hochoi.dates.words import is_relative, month_of, quarter_of, shift_of, year_of
from hochoi.text import fold

_PARTS = {"dau": 0, "thuong tuan": 0, "giua": 1, "trung tuan": 1, "cuoi": 2, "ha tuan": 2}
_PART_MONTHS = ((1, 4), (5, 8), (9, 12))  # đầu, giữa, cuối năm
_COUNTS = {"ba": 3, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_LOOK_BACK = 24  # characters before a bare month or year that decide what it is
# "số 7/2022", "Kế hoạch 5/2021": numbers of documents, not months.
_DOCUMENT_BEFORE = re.compile(
    r"(?:số|so|quyết|nghị|định|hoạch|văn|luật|lệnh|án|báo|cáo|thị|trình|iso)\s*:?\s*$", re.I
)
# A bare year counts after these words, or where nothing countable follows.
_YEAR_BEFORE = re.compile(
    r"(?:trước|sau|từ|đến|tới|hết|kể từ|đầu|giữa|cuối|index|dti|pci|papi|sipas|ddci"
    r"|truoc|tu|den|toi|het|dau|giua|cuoi|quý [iv1-4]+|quy [iv1-4]+)\s+$",
    re.I,
)
_COUNT_BEFORE = re.compile(
    r"(?:số|đạt|có|gần|trên|hơn|khoảng|là|gồm|quận|phường|iso|tổng|với|còn|xuống|lên|thêm"
    r"|so|dat|co|gan|tren|hon|khoang|la|gom|tong|voi|con|:|\+|tiêu chuẩn)\s*$",
    re.I,
)
_NOTHING_COUNTED = re.compile(r"\s*(?:$|[?.,;:!)\]\n–-])")


@dataclass(frozen=True, slots=True)
class _Item:
    """One month, quarter or year as stated in a list."""

    start: int
    end: int
    number: int
    year: int | None
    relative: bool
    has_word: bool  # "tháng", "quý" or "năm" stands before it
    joined_by_to: bool


def read_months(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return the month, or the list or range of months, at a position."""
    match = known.months.match(text, at)
    if match is None:
        return []
    items = _read_items(known, known.month_parts, month_of, match, reference)
    if not items or not _is_month(match, items):
        return []
    return [_month_found(group, start, 1, Precision.MONTH) for group, start in _groups(at, items)]


def read_quarters(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return the quarter, or the list or range of quarters, at a position."""
    match = known.quarters.match(text, at)
    if match is None:
        return []
    items = _read_items(known, known.quarter_parts, quarter_of, match, reference)
    return [_month_found(group, start, 3, Precision.QUARTER) for group, start in _groups(at, items)]


def read_years(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return the years at a position: two years joined by "và năm" are two phrases."""
    match = known.years.match(text, at)
    if match is None:
        return []
    found: list[Found] = []
    items = _read_items(known, known.year_parts, int, match, reference)
    for group, start in _groups(at, _apart(items)):
        first, last = group[0].number, group[-1].number
        precision = Precision.YEAR if len(group) == 1 else Precision.RANGE
        days = year_span(first, last) if first <= last else None
        found.append(Found(start, group[-1].end, precision, days))
    return found


def _apart(items: list[_Item]) -> list[_Item]:
    """Return a list of years that leaves some out ("2019, 2021 và 2023") as single years."""
    is_list = not any(item.joined_by_to for item in items)
    leaps = any(b.number - a.number > 1 for a, b in pairwise(items))
    return [replace(item, has_word=True) for item in items] if is_list and leaps else items


def read_period(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return the span of years at a position: giai đoạn, nhiệm kỳ, năm học, 2021-2025."""
    match = known.period.match(text, at)
    if match is None or int(match["first"]) > int(match["last"]):
        return []
    first, last = int(match["first"]), int(match["last"])
    days = year_span(first, last)
    if fold(match["word"] or "").startswith("nam hoc"):
        days = (date(first, 9, 1), date(last, 5, 31))
    return [Found(at, match.end(), Precision.RANGE, days)]


def read_first_months(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return "6 tháng đầu năm 2024" or "9 tháng cuối năm" at a position."""
    match = known.first_months.match(text, at)
    if match is None:
        return []
    words = match["count"]
    count = int(words) if words.isdecimal() else _COUNTS[fold(words)]
    bounds = (1, count) if fold(match["end"]) == "dau" else (13 - count, 12)
    precision = Precision.HALF if count == 6 else Precision.RANGE
    return [_year_part(match, bounds, precision, match["year"], reference)]


def read_half_year(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return "nửa cuối năm 2024" at a position."""
    match = known.half_year.match(text, at)
    if match is None:
        return []
    bounds = (1, 6) if fold(match["end"]).startswith("dau") else (7, 12)
    return [_year_part(match, bounds, Precision.HALF, match["year"], reference)]


def read_part_of_year(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return "đầu năm 2024" at a position: January to April; giữa: to August; cuối: the rest."""
    match = known.part_of_year.match(text, at)
    if match is None:
        return []
    year = match["year"] or match["bare"]
    return [_year_part(match, _PART_MONTHS[_part_of(match)], Precision.RANGE, year, reference)]


def read_part_of_month(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return "đầu tháng 9/2025" at a position: days 1-10, 11-20 or 21 to the end."""
    match = known.part_of_month.match(text, at)
    if match is None:
        return []
    year, relative = year_of(match["year"], reference), is_relative(match["year"])
    month: int | None
    shift = shift_of(match["month"])
    if shift is None:
        month = month_of(match["month"])
    else:
        relative = True
        year, month = (None, None) if reference is None else month_shifted(reference, shift)
    days: Span | None = None
    if year is not None and month is not None:
        days = part_of_month(year, month, _part_of(match))
    return [Found(at, match.end(), Precision.RANGE, days, month=month, relative=relative)]


def read_bare_month(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return "7/2022" at a position where no document number is meant."""
    match = known.bare_month.match(text, at)
    if match is None or _DOCUMENT_BEFORE.search(text, max(0, at - _LOOK_BACK), at):
        return []
    last = int(match["month"])
    first = int(match["from"] or last)
    if first > last:
        return []
    days = months(int(match["year"]), first, last)
    precision = Precision.MONTH if first == last else Precision.RANGE
    return [Found(at, match.end(), precision, days, month=first)]


def read_bare_year(known: Patterns, text: str, at: int, reference: date | None) -> list[Found]:
    """Return a year without "năm" at a position where a year is the only sensible reading."""
    match = known.bare_year.match(text, at)
    before = max(0, at - _LOOK_BACK)
    if match is None or _COUNT_BEFORE.search(text, before, at):
        return []
    if not (_YEAR_BEFORE.search(text, before, at) or _NOTHING_COUNTED.match(text, match.end())):
        return []
    year = int(match["year"])
    return [Found(at, match.end(), Precision.YEAR, year_span(year, year))]


def _read_items(
    known: Patterns,
    parts: re.Pattern[str],
    number_of: Callable[[str], int],
    match: re.Match[str],
    reference: date | None,
) -> list[_Item]:
    """Return the items of a list, in order, missing years taken from a neighbour."""
    text, position = match.string, match.end("lead")
    items: list[_Item] = []
    by_to = False
    while part := parts.match(text, position, match.end()):
        words = part.groupdict().get("year")
        items.append(
            _Item(
                part.start(),
                part.end(),
                number_of(part["item"]),
                year_of(words, reference),
                is_relative(words),
                part["word"] is not None,
                by_to,
            )
        )
        join = known.join.match(text, part.end(), match.end())
        if join is None:
            break
        by_to, position = join["to"] is not None, join.end()
    return _filled(items)


def _filled(items: list[_Item]) -> list[_Item]:
    """Return items with missing years taken from the right, then, in a range, from the left."""
    filled = list(items)
    for i in range(len(filled) - 2, -1, -1):
        left, right = filled[i], filled[i + 1]
        if left.year is None and not left.relative and right.year is not None:
            turned = left.number > right.number
            if right.joined_by_to or not turned:
                filled[i] = replace(left, year=right.year - turned, relative=right.relative)
    for i in range(1, len(filled)):
        left, right = filled[i - 1], filled[i]
        if right.year is None and right.joined_by_to and left.year is not None:
            year = left.year + (left.number > right.number)
            filled[i] = replace(right, year=year, relative=left.relative)
    return filled


def _groups(at: int, items: list[_Item]) -> Iterator[tuple[list[_Item], int]]:
    """Yield groups of items that are one phrase, each with the start of its words."""
    groups: list[list[_Item]] = []
    for item in items:
        if groups and (item.joined_by_to or not item.has_word):
            groups[-1].append(item)
        else:
            groups.append([item])
    for number, group in enumerate(groups):
        ranged = len(group) > 1 and group[1].joined_by_to
        yield group, at if number == 0 and ranged else group[0].start


def _month_found(group: list[_Item], start: int, width: int, precision: Precision) -> Found:
    """Return the days of months (width 1) or quarters (width 3)."""
    first, last = group[0], group[-1]
    first_month, last_month = (first.number - 1) * width + 1, last.number * width
    days: Span | None = None
    if first.year is not None and last.year is not None:
        days = (
            months(first.year, first_month, first_month)[0],
            months(last.year, last_month, last_month)[1],
        )
        days = days if days[0] <= days[1] else None
    return Found(
        start,
        last.end,
        precision if len(group) == 1 else Precision.RANGE,
        days,
        month=first_month,
        last_month=last_month if last_month != first_month else None,
        relative=first.relative or last.relative,
    )


def _is_month(match: re.Match[str], items: list[_Item]) -> bool:
    """Whether "tháng" with a word is a month: "tháng bảy năm 2022", not "tháng hai lần"."""
    words = match.string[items[0].start : items[0].end].split()
    return words[1][0].isdecimal() or items[0].year is not None


def _part_of(match: re.Match[str]) -> int:
    return _PARTS[" ".join(fold(match["part"]).split())]


def _year_part(
    match: re.Match[str],
    bounds: tuple[int, int],
    precision: Precision,
    year_words: str | None,
    reference: date | None,
) -> Found:
    year = year_of(year_words, reference)
    return Found(
        match.start(),
        match.end(),
        precision,
        None if year is None else months(year, *bounds),
        month=bounds[0],
        last_month=bounds[1],
        relative=is_relative(year_words),
    )
