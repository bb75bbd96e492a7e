"""Read how many people took part. A number counts only beside words for people of a delegation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hochoi.types import Span
from ingest.visit_words import lowered

_TENS = "mười|hai mươi|ba mươi|bốn mươi|năm mươi|sáu mươi|bảy mươi|tám mươi|chín mươi"
_DIGITS = {"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6}
_DIGITS |= {"bảy": 7, "tám": 8, "chín": 9}
_WORDS = rf"(?:{_TENS})(?: (?:{'|'.join(_DIGITS)}))?|hai|ba|bốn|năm|sáu|bảy|tám|chín"
_NUMBER = rf"(?P<n>\d{{1,3}}(?:\.\d{{3}})?|{_WORDS})"
_PEOPLE = (
    r"(?:người|thành viên|đồng chí|đại biểu|cán bộ|công chức|viên chức|học viên|chuyên gia"
    r"|lãnh đạo|giảng viên"
    r"|sinh viên|vị khách|khách|quan khách|doanh nhân|nhà báo|nhà khoa học|chủ tịch|giám đốc sở"
    r"|người dân"
    r"|hội viên|đoàn viên|chuyên viên|nhân viên|quan chức|nghị sĩ|đại diện|trưởng phòng|phó phòng"
    r"|giáo viên|kỹ sư|phóng viên|nông dân|nhà đầu tư|trưởng thôn|già làng|con người|bí thư)(?!\w)"
)
_ABOUT = r"(?:(?:hơn|trên|gần|khoảng|tổng cộng|tổng số|đông đủ) )?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:đoàn|thành phần)[^.;\n]{0,90}? (?:gồm|gồm có|có|với|cùng|cùng với)"
        rf"(?: sự tham gia của)? {_ABOUT}{_NUMBER} {_PEOPLE}",
        rf"(?:đoàn|nhóm)(?: công tác| gồm)? {_ABOUT}{_NUMBER} {_PEOPLE}",
        rf"đoàn[^.;\n(]{{0,60}}\((?:[^()\n]{{0,90}}[;,] )?{_ABOUT}{_NUMBER} {_PEOPLE}[,;)]",
        rf"đoàn[^.;\n(,\d]{{0,60}}, {_ABOUT}{_NUMBER} {_PEOPLE}[,.]",
        rf"đoàn [^.;\n(,\d]{{2,45}} {_ABOUT}{_NUMBER} (?:người|thành viên|đại biểu) (?:do|đã|vừa"
        rf"|đến|tới"
        r"|sang|về|ra|vào|lên)\b",
        rf"đoàn [^.;\n(,\d]{{2,45}} {_ABOUT}{_NUMBER} (?:người|thành viên|đại biểu)[.,;]",
        rf"^{_ABOUT}{_NUMBER} (?:cán bộ|công chức|viên chức|đại biểu|lãnh đạo|học viên)"
        r"(?:, (?:công chức|viên chức))? (?:của|từ|đến từ|thuộc) (?:tỉnh|thành phố|tp|huyện|quận"
        r"|sở|ubnd)",
        r"(?:cùng|cùng với|cùng đi có|đi cùng có|với|đưa|dẫn|dẫn theo|gồm|cử|tổ chức cho)"
        r" (?:đoàn |nhóm )?"
        rf"{_ABOUT}{_NUMBER} {_PEOPLE}",
        r"(?:tổng số (?:thành viên|đại biểu|người)|số lượng(?: học viên| đại biểu"
        r"| thành viên)?|quân số"
        rf"|số người)[^.;\n\d]{{0,30}}?[ *]{_ABOUT}{_NUMBER} {_PEOPLE}",
        rf"(?:đón|tiếp) {_ABOUT}{_NUMBER} (?:cán bộ|công chức|thành viên|đại biểu|học viên|vị khách"
        rf"|chuyên gia)\b",
        r"(?:hội thảo|hội nghị|tọa đàm|khóa học|lớp)[^.;\n]{0,60}? (?:có|thu hút|với)"
        rf"(?: sự tham (?:dự|gia) của)? {_ABOUT}{_NUMBER} {_PEOPLE}",
        rf"(?:^|, ){_NUMBER} (?:thành viên|vị khách|quan khách|đại biểu|học viên)"
        r"(?: trong| của)? ?(?:đoàn )?(?:đã |được |cũng )?(?:nghe|xem|được|chia|theo|thực|dự)\b",
        rf"(?:khóa|lớp|chương trình)[^.;\n]{{0,80}} cho {_ABOUT}{_NUMBER} (?:cán bộ|công chức"
        rf"|học viên)\b",
        rf"(?:lần này|sự tham (?:dự|gia) của) (?:có )?{_ABOUT}{_NUMBER} {_PEOPLE}",
        rf"{_NUMBER} {_PEOPLE}(?: \w+)? (?:trong đoàn|của đoàn|thuộc đoàn|tham gia đoàn|đi cùng)",
        rf"(?:^|, |vừa qua ){_NUMBER} {_PEOPLE}[^.;\n]{{0,80}}? (?:đã |vừa )?"
        r"(?:đến|tới|vào|sang|đi|ra|tham quan|khảo sát|học)\b",
    )
)
_ANY = re.compile(rf"{_NUMBER} {_PEOPLE}")
_LABELLED = re.compile(
    r"(?:số người|số thành viên|quân số|số đại biểu|số lượng (?:người|thành viên|đại biểu|học"
    r" viên))"
    rf"[^.;:\n\d]{{0,20}}: {_ABOUT}{_NUMBER}(?![\w/.,]*\d)"
)
_PARTIAL = re.compile(r"trong đó[^.;]{0,30}$")
_LARGEST = 5000


@dataclass(frozen=True, slots=True)
class HeadCount:
    """A number of people, read at `text[start:end]`."""

    start: int
    end: int
    value: int


def find_head_count(text: str, sentences: Sequence[Span]) -> HeadCount | None:
    """Return the stated size of the delegation or meeting, `None` when not stated."""
    text = lowered(text)
    counting = [s for s in sentences if _ANY.search(text, s.start, s.end)]
    for pattern in _PATTERNS:
        for sentence in counting:
            words = text[sentence.start : sentence.end]
            match = pattern.search(words)
            if match is None or _PARTIAL.search(words[: match.start("n")]):
                continue
            value = _value(match["n"])
            if 1 < value <= _LARGEST:
                start, end = match.span("n")
                return HeadCount(sentence.start + start, sentence.start + end, value)
    for sentence in sentences:
        match = _LABELLED.search(text, sentence.start, sentence.end)
        if match is not None and 1 < (value := _value(match["n"])) <= _LARGEST:
            return HeadCount(*match.span("n"), value)
    return None


def _value(written: str) -> int:
    """Return the number written in digits or in words."""
    digits = written.replace(".", "")
    if digits.isdigit():
        return int(digits)
    words = written.lower().split()
    if words[0] == "mười":
        return 10 + (_DIGITS[words[1]] if len(words) > 1 else 0)
    if len(words) > 1 and words[1] == "mươi":
        return 10 * _DIGITS[words[0]] + (_DIGITS[words[2]] if len(words) > 2 else 0)
    return _DIGITS[words[0]]
