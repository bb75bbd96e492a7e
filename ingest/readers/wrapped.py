"""Plain text broken at some width, as mail programs do -> one paragraph per line.

Knows characters and columns only. Does not look at markup or at fonts.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hochoi.text import clean
from ingest.boilerplate import is_chrome

_WIDTHS = (50, 130)  # columns that lines are broken at
_NEAR = 12  # columns by which full lines fall short of the width: a long word
_FULL = 0.75  # of the width; text copied from a page is broken by millimetres, not by columns
_SET_IN = 2  # columns
_LEAST_PAIRS = 2  # full lines that no sign ends; the widest line of all may stand alone
_LEAST_SHARE = 0.5  # of the lines that go on in lower case: as many are full
_INDENT = 8  # columns; what stands further in is centred or set in a column

_DASH = re.compile(r"[-–—+*]\s")
_BULLET = re.compile(r"[•◦▪‣·●○>|#]|\*\*\*|___|---|===")  # no sentence has one in its middle
_NUMBER = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|\d{1,2}(?:\.\d{1,2})+\s")
_ROMAN = re.compile(r"[IVX]{1,5}[.)/]\s")
_LETTER = re.compile(r"\(?[a-zđ]\)\s|[a-zđ]\.\s")
_NAMED = re.compile(r"(?:Điều|Phần|Mục|Chương|Phụ lục) [\dIVX]+[.:]")
_LABEL = re.compile(r"[A-ZĐÀ-Ỹ][^\s.:;,!?]*(?: [^\s.:;,!?]+){0,4}:(?:\s|$)")
_MARKS = {"-": _DASH, "1": _NUMBER, "I": _ROMAN, "a": _LETTER, "Điều": _NAMED, ":": _LABEL}
_APART = re.compile(  # lines of letters that begin something whatever stands before them
    r"Kính (?:gửi|trình|thưa)|Nơi nhận|Trân trọng|CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập - Tự do"
    r"|(?:TM|KT|TL|TUQ|Q)\. ?[A-ZĐÀ-Ỹ]{2}"
)
_ASKS_NUMBER = re.compile(
    r"(?:^|\s)(?i:ngày|tháng|năm|số|thứ|quý|khóa|khoản|điểm|điều|hạng|quận|phường|kỳ|nhóm"
    r"|và|đến|là|từ|theo|tại|của|có|đạt)$"
)
_COLUMNS = re.compile(r"\S(?:\t| {4,}+)[ \t]*+\S|\|")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_ENDS_PART = re.compile(r"[.!?…:;,][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str  # stripped
    indent: int  # columns
    mark: str  # the kind of item it begins, "" if none
    is_prose: bool  # it may be part of a paragraph of several lines

    @property
    def width(self) -> int:
        """Where it ends, in columns."""
        return self.indent + len(self.text)


_BLANK = _Line("", 0, "", is_prose=False)


def unwrapped(text: str) -> str:
    """Return text with the lines of each paragraph joined, if it was broken at some width.

    Lines are joined when the next word had no room in the first one, or when a line that is
    nearly full goes on in lower case. Lists, headings, letterheads, forms, columns and lines
    that stand further in stay as they are; so does text whose lines have no width in common.
    Time and memory grow with the length of the text.
    """
    cleaned = clean(text)
    lines = [_line(raw) for raw in cleaned.split("\n")]
    width = _width(lines)
    if width is None:
        return text
    joined: list[str] = []
    parts: list[str] = []
    first = lines[0]
    for before, line in pairwise([_BLANK, *lines]):
        if parts and _goes_on(first, before, line, width):
            parts.append(line.text)
        else:
            joined += [" ".join(parts)] if parts else []
            parts, first = [" " * line.indent + line.text], line
    return "\n".join([*joined, " ".join(parts)])


def _line(raw: str) -> _Line:
    text = raw.strip()
    if not text:
        return _BLANK
    indent = len(raw[: raw.index(text[0])].expandtabs(8))
    mark = next((name for name, found in _MARKS.items() if found.match(text)), "")
    stands_apart = _BULLET.match(text) or _COLUMNS.search(text)
    is_prose = indent <= _INDENT and not stands_apart
    return _Line(text, indent, mark, is_prose)


def _width(lines: Sequence[_Line]) -> int | None:
    """Return the column that lines are broken at, `None` if they were not broken at one."""
    ends = [(a.width, b.text[0].islower()) for a, b in pairwise(lines) if _runs_over(a, b)]
    counts = Counter(width for width, _ in ends if _WIDTHS[0] <= width <= _WIDTHS[1])
    sure = Counter(width for width, is_lower in ends if is_lower)
    widest = max((line.width for line in lines if line.is_prose), default=0)
    for width in range(_WIDTHS[1], _WIDTHS[0] - 1, -1):
        near = range(width - _NEAR, width + 1)
        n_sure = sum(sure[n] for n in near)
        is_common = n_sure >= max(1, _LEAST_SHARE * sure.total())
        has_pairs = sum(counts[n] for n in near) >= _LEAST_PAIRS or width == widest
        if counts[width] and is_common and has_pairs:
            return width
    return None


def _runs_over(line: _Line, following: _Line) -> bool:
    """Whether a sentence may go over the end of a line, judged by the sign there."""
    is_unended = line.is_prose and not _ENDS_PART.search(line.text.rstrip(","))
    return is_unended and following.is_prose and not following.mark


def _goes_on(first: _Line, line: _Line, following: _Line, width: int) -> bool:
    """Whether a line goes on in the following one; `first` is the first of its paragraph."""
    if not (line.is_prose and following.is_prose) or _APART.match(following.text):
        return False
    if following.indent >= line.indent + _SET_IN and not first.mark:
        return False  # the first line of a paragraph is set in
    if following.mark and not _is_within_sentence(first, line, following):
        return False
    if line.text.isupper() != following.text.isupper() and " " in following.text:
        return False
    is_lower = following.text[0].islower()
    if is_lower and line.width >= _FULL * width and _runs_over(line, following):
        return True
    word = following.text.split(maxsplit=1)[0]
    had_no_room = width < line.width + 1 + len(word) and line.width <= width + _NEAR
    is_heading = (
        _ENDS_SENTENCE.search(line.text) is not None
        and not is_lower
        and following.width < _FULL * width
        and _ENDS_PART.search(following.text) is None
    )
    return had_no_room and not is_heading and not is_chrome(following.text)


def _is_within_sentence(first: _Line, line: _Line, following: _Line) -> bool:
    """Whether the mark of a line marks nothing: "thi đua / - khen thưởng", "ngày / 12. Đoàn"."""
    if _ENDS_PART.search(line.text):
        return False
    if following.mark == ":":
        return not first.mark
    if following.mark != "-":
        return _ASKS_NUMBER.search(line.text) is not None
    is_other_case = first.text[2:3].islower() != following.text[2:3].islower()
    return first.mark != "-" or following.indent < first.indent or is_other_case
