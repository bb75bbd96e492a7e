"""How Vietnamese writes dates, as regular expressions. Does not compute any date.

Each pattern exists twice: with diacritics, and without for text typed without any. They are tried
at the start of a word of lower-case text, never searched for. Every repetition is bounded, so that
reading stays linear in the text.
"""

import re
from dataclasses import dataclass
from functools import cache

from hochoi.text import fold

_G = r"[ \t\u00a0]{0,3}"  # a gap that may be empty
_S = r"[ \t\u00a0\n]{1,3}"  # a gap
_EDGE = r"(?<!\d[:.,/\-])(?<!\d [/\-])"
_STOP = r"(?!\w)(?![:.,/\-–]\d)(?! ?/ ?\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_MONTH_WORD = r"(?:mười một|mười hai|mười|giêng|một|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|chạp)(?!\w)"
_SHIFT = r"(?:này|nay|trước|ngoái|kia|sau|tới|vừa qua|qua)(?!\w)"
_YEAR_TAIL = rf"(?:{_G}[/.\-]{_G}{_YEAR}|{_G},?{_S}năm{_S}(?:{_YEAR}|{_SHIFT}))"
_TO = rf"(?:{_S}(?:cho{_S}đến|đến{_S}hết|đến|tới){_S}|{_G}[\-–—]{_G})"
_AND = rf"(?:{_G},{_S}và{_S}|{_S}và{_S}|{_G}[,&]{_G})"
_JOIN = rf"(?:{_TO}|{_AND})"
_DAY_WORD = rf"(?:ngày{_S}(?:mùng{_S}|mồng{_S})?|mùng{_S}|mồng{_S})"

_YEAR_SAID = rf"(?:{_G}[/.\-]{_G}|{_G},?{_S}năm{_S})"
_DATE_PARTS = (
    rf"(?P<word>{_DAY_WORD})?(?P<day>{_DAY})(?:"
    rf"{_G}/{_G}(?P<m1>{_MONTH})(?:{_G}/{_G}(?P<y1>{_YEAR}))?"
    rf"|{_G}\.{_G}(?P<m2>{_MONTH})(?:{_G}\.{_G}(?P<y2>{_YEAR}))?"
    rf"|{_G}-{_G}(?P<m3>{_MONTH}){_G}-{_G}(?P<y3>{_YEAR})"
    rf"|-(?P<m4>{_MONTH})(?!{_G}(?:tháng|/))"
    rf"|{_S}tháng{_S}(?P<m5>{_MONTH}|{_MONTH_WORD}|{_SHIFT})(?:{_G}[/.\-]{_G}(?P<y5>{_YEAR}))?"
    rf")?(?:(?<=\w),?{_S}năm{_S}(?P<y6>{_YEAR}|{_SHIFT}))?"
)

_MONTH_ITEM = rf"(?:{_MONTH}|{_MONTH_WORD})"
_BARE_MONTHS = rf"(?:{_AND}{_MONTH}(?=(?:{_AND}{_MONTH}){{0,4}}{_YEAR_TAIL}))"
_MONTHS = (
    rf"(?<!\d )(?<!cách mạng )(?P<lead>(?:từ{_S})?)tháng{_S}{_MONTH_ITEM}{_YEAR_TAIL}?"
    rf"(?:{_TO}(?:tháng{_S})?{_MONTH_ITEM}{_YEAR_TAIL}?"
    rf"|{_AND}tháng{_S}{_MONTH_ITEM}{_YEAR_TAIL}?|{_BARE_MONTHS}{_YEAR_TAIL}?){{0,5}}{_STOP}"
)
_QUARTER = r"(?:iv|iii|ii|i|[1-4]|một|hai|ba|bốn|tư)(?![\w])"
_QUARTERS = (
    rf"{_EDGE}(?P<lead>(?:từ{_S})?)quý{_S}{_QUARTER}{_YEAR_TAIL}?"
    rf"(?:{_JOIN}quý{_S}{_QUARTER}{_YEAR_TAIL}?|{_TO}{_QUARTER}{_YEAR_TAIL}?"
    rf"|{_AND}{_QUARTER}(?=(?:{_AND}{_QUARTER}){{0,2}}{_YEAR_TAIL}){_YEAR_TAIL}?){{0,3}}{_STOP}"
)
_YEARS = (
    rf"{_EDGE}(?P<lead>(?:từ{_S})?)năm{_S}{_YEAR}"
    rf"(?:{_TO}(?:năm{_S})?{_YEAR}|{_AND}năm{_S}{_YEAR}|{_AND}{_YEAR}){{0,6}}{_STOP}"
)
_ITEM_TAIL = rf"(?:{_YEAR_SAID}(?P<year>{_YEAR}|{_SHIFT}))?"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled patterns, named by what they find."""

    noise: re.Pattern[str]
    iso: re.Pattern[str]
    period: re.Pattern[str]
    first_months: re.Pattern[str]
    half_year: re.Pattern[str]
    part_of_month: re.Pattern[str]
    part_of_year: re.Pattern[str]
    date_start: re.Pattern[str]
    date_stop: re.Pattern[str]
    promising: re.Pattern[str]
    date_parts: re.Pattern[str]
    months: re.Pattern[str]
    month_parts: re.Pattern[str]
    quarters: re.Pattern[str]
    quarter_parts: re.Pattern[str]
    years: re.Pattern[str]
    year_parts: re.Pattern[str]
    relative_day: re.Pattern[str]
    relative_weekday: re.Pattern[str]
    relative_unit: re.Pattern[str]
    recent: re.Pattern[str]
    bare_month: re.Pattern[str]
    bare_year: re.Pattern[str]
    day_cue: re.Pattern[str]
    join: re.Pattern[str]


_SOURCES = {
    # Internet addresses, telephone numbers, versions, decree numbers: never dates.
    "noise": r"\d{1,9}(?:\.\d{1,9}){3,9}|\d{2,4}\.\d{3,4}\.\d{3,4}|\d{1,6}/\d{4}/(?=\w)"
    r"|(?:https?://|www\.)[^\s<>]{1,2000}",
    "iso": r"(?<![\w/.\-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d\-/])",
    "period": rf"{_EDGE}(?P<word>(?:giai{_S}đoạn|nhiệm{_S}kỳ|thời{_S}kỳ|niên{_S}khóa|"
    rf"năm{_S}học|(?:từ{_S})?(?:các{_S})?năm|từ){_S}(?:từ{_S})?(?:năm{_S})?)?"
    rf"(?P<first>{_YEAR}){_TO}(?:năm{_S})?(?P<last>{_YEAR}){_STOP}",
    "first_months": rf"{_EDGE}(?P<count>0?[1-9]|1[0-2]|ba|sáu|bảy|tám|chín|mười){_S}tháng{_S}"
    rf"(?P<end>đầu|cuối)(?:{_S}của)?{_S}năm(?:{_S}(?P<year>{_YEAR}|{_SHIFT}))?(?!\w)",
    "half_year": rf"{_EDGE}nửa{_S}(?P<end>đầu|cuối|đầu{_S}của|cuối{_S}của){_S}năm"
    rf"(?:{_S}(?P<year>{_YEAR}|{_SHIFT}))?(?!\w)",
    "part_of_month": rf"{_EDGE}(?P<part>đầu|giữa|cuối|thượng{_S}tuần|trung{_S}tuần|hạ{_S}tuần){_S}"
    rf"tháng{_S}(?P<month>{_MONTH}|{_MONTH_WORD}|{_SHIFT}){_ITEM_TAIL}{_STOP}",
    "part_of_year": rf"{_EDGE}(?P<part>đầu|giữa|cuối)"
    rf"(?:{_S}năm(?!{_S}học)(?:{_S}(?P<year>{_YEAR}|{_SHIFT}))?|{_S}(?P<bare>{_YEAR})){_STOP}",
    "date_start": rf"{_EDGE}(?P<lead>(?:từ{_S})?)(?P<cue>{_DAY_WORD}?)(?=\d)",
    "date_stop": _STOP,
    # What may follow the digits where a date begins; anything else is skipped at once.
    "promising": rf"\d{{4}}(?!\d)|\d{{1,6}}/\d|\d{{1,4}}(?:{_G}[/.,:&\-–—;]"
    rf"|{_S}(?:tháng|đến|tới|cho|và|ngày|tuần|năm))",
    "date_parts": _DATE_PARTS,
    "months": _MONTHS,
    "month_parts": rf"(?P<word>tháng{_S})?(?P<item>{_MONTH_ITEM}){_ITEM_TAIL}",
    "quarters": _QUARTERS,
    "quarter_parts": rf"(?P<word>quý{_S})?(?<!\w)(?P<item>{_QUARTER}){_ITEM_TAIL}",
    "years": _YEARS,
    "year_parts": rf"(?P<word>năm{_S})?(?P<item>{_YEAR})",
    "relative_day": rf"{_EDGE}(?:(?:hôm|sáng|trưa|chiều|tối|đêm){_S}(?P<day>nay|qua|kia)"
    rf"|(?:ngày|sáng|trưa|chiều|tối|đêm){_S}(?P<next>mai)|ngày{_S}(?P<after>kia))(?!\w)",
    "relative_weekday": rf"{_EDGE}(?:thứ{_S}(?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])"
    rf"|(?P<sunday>chủ{_S}nhật)){_S}tuần{_S}(?P<shift>{_SHIFT})(?!\w)",
    "relative_unit": rf"{_EDGE}(?<!\d )(?:(?P<unit>tuần|tháng|quý|năm){_S}(?P<shift>{_SHIFT})"
    rf"|(?P<next>sang{_S}năm)(?!{_S}\d))(?!\w)",
    "recent": rf"{_EDGE}(?P<count>\d{{1,2}}){_S}(?P<unit>ngày|tuần|tháng|năm){_S}"
    rf"(?:vừa{_S}qua|qua|gần{_S}đây|gần{_S}nhất|trở{_S}lại{_S}đây)(?!\w)",
    "bare_month": rf"(?<![\w/.,:\-])(?:(?P<from>{_MONTH}){_G}[\-–]{_G})?(?P<month>{_MONTH})"
    rf"{_G}/{_G}(?P<year>{_YEAR})(?!\w)(?![/\-.,:]\w)",
    "bare_year": rf"(?<![\w/.,:\-])(?P<year>{_YEAR})(?!\w)(?![/\-.,:]\w)",
    "day_cue": rf"(?:ngày|mùng|mồng|hôm|từ|đến|tới|vào|sáng|trưa|chiều|tối|đêm|chủ{_S}nhật"
    rf"|thứ{_S}(?:hai|ba|tư|năm|sáu|bảy|[2-7])),?{_G}\(?{_G}$|(?:nay|qua),?{_G}\(?{_G}$",
    "join": rf"(?P<to>{_TO})|{_AND}",
}


@cache
def patterns(folded: bool) -> Patterns:
    """Return the patterns for text with diacritics, or (`folded`) for text without any."""
    return Patterns(
        **{
            name: re.compile(_unaccented(source) if folded else source)
            for name, source in _SOURCES.items()
        }
    )


def _unaccented(source: str) -> str:
    """Return a pattern without diacritics; regular-expression syntax is ASCII and stays."""
    return "".join(c if c.isascii() else fold(c) for c in source)
