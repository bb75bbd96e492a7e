"""Report text -> marks of what must not go live unseen: identity and phone numbers, secrecy stamps.

Numbers of offices (land lines, hotlines) are public and not marked. Names and functions of
officials are what reports are about. Does not decide what happens to a report with marks.
"""

import re
from dataclasses import dataclass
from enum import Enum


class MarkKind(Enum):
    """What sort of thing is marked."""

    PHONE = "phone number"
    IDENTITY = "identity number"
    SECRET = "secret stamp"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a report, `text[start:end]`, that a person must look at."""

    kind: MarkKind
    start: int
    end: int


_BEFORE = r"(?<![\w/])(?<![\d][.,-])"  # not in the middle of a document number or an amount
_AFTER = r"(?![\w/]|[.,-]?\d)"
_NAMED = r"(?:CMND|CMTND|CMT|CCCD|chứng minh(?: nhân dân)?|căn cước(?: công dân)?|hộ chiếu)"
_PATTERNS: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    (
        MarkKind.IDENTITY,  # 12 digits: province 001-096, sex and century, year, number
        re.compile(
            rf"{_BEFORE}0(?:0[1-9]|[1-8]\d|9[0-6])[ .]?[0-3]\d{{2}}[ .]?\d{{3}}[ .]?\d{{3}}{_AFTER}"
        ),
    ),
    (
        MarkKind.IDENTITY,  # the older 9 digits, and passports, only where they are called so
        re.compile(
            rf"{_NAMED}(?: số|:|\s)*\s*(\d{{3}}[ .]?\d{{3}}[ .]?\d{{3}}|[A-Z]\d{{7,8}}){_AFTER}",
            re.IGNORECASE,
        ),
    ),
    (
        MarkKind.PHONE,  # mobile numbers: 03, 05, 07, 08, 09 and eight digits
        re.compile(rf"{_BEFORE}(?:\(?\+?84\)?[ .-]?|0)[35789]\d(?:[ .-]?\d){{7}}{_AFTER}"),
    ),
    (MarkKind.SECRET, re.compile(r"^[\W_]*((?:TUYỆT |TỐI )?MẬT)[\W_]*$", re.MULTILINE)),
    (
        MarkKind.SECRET,
        re.compile(r"độ mật ?: ?((?:tuyệt |tối )?mật\b)", re.IGNORECASE),
    ),
)


def find_marks(text: str) -> tuple[Mark, ...]:
    """Return what is marked in the text of a report, in order; nothing is marked twice."""
    found: list[Mark] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            if all(end <= other.start or start >= other.end for other in found):
                found.append(Mark(kind, start, end))
    return tuple(sorted(found, key=lambda mark: mark.start))
