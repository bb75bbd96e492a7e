"""Find quantities written in digits. Does not read spelled numbers.

Dates, times, document numbers, telephone numbers and labels ("Quận 1", "khoản 2", "Đề án 06") are
not quantities. A ratio such as 8/10 is two quantities.
"""

import re
from dataclasses import dataclass
from functools import cache

from hochoi.dates.finding import find_dates
from hochoi.language.document_numbers import find_document_numbers
from hochoi.text import fold

_S = r"[ \t\u00a0]"
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(
    r"(?P<digits>\d{1,18}(?:[.,]\d{1,18}){0,6})"
    rf"(?P<scale>{_S}{{1,2}}(?:(?:nghìn|ngàn|nghin|ngan){_S}(?:tỷ|tỉ|ty)|trăm{_S}(?:triệu|nghìn)"
    rf"|nghìn|ngàn|nghin|ngan|trăm|triệu|trieu|tỷ|tỉ|ty)"
    rf"(?!\w)(?!{_S}(?:lệ|trọng|suất|số|le|trong|suat)(?!\w)))?"
    r"(?=(?:%|km2|km²|km|m2|m²|m³|ha|kg|gb|mb|tb)?(?!\w))"
)
# Words whose number is a name or a place in an order, by their last one or two words.
_LABELS = frozenset(
    "quận|phường|điều|khoản|mục|chương|phần|phụ lục|mức độ|mức|cấp độ|cấp|loại|hạng|số|"
    "đường|quốc lộ|tỉnh lộ|tổ|tầng|phòng|lô|ấp|thôn|đề án|dự án|nghị quyết|nghị định|quyết định|"
    "thông tư|công văn|chỉ thị|kết luận|luật|chỉ số|khóa|lần thứ|công nghiệp|phiên bản|vietnam|"
    "iso|tcvn|kênh|vtv|hình|bảng|trang|khu phố|covid".split("|")
)
# Not quantities: times of day, days the calendar lacks, telephone numbers, standards, 24/7.
_NO_QUANTITY = re.compile(
    rf"\d{{1,2}}{_S}?(?:giờ|gio|h|g){_S}?\d{{2}}(?!\d)(?:{_S}?phút)?|\d{{1,2}}h(?!\w)"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\d{4,5}:\d{4}(?!\d)"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)"
    r"|(?!\d{1,3}(?:\.\d{3}){1,6}(?![.\d]))\d{1,4}(?:\.\d{1,4}){3,6}"
    r"|0\d{2,3}[ .]\d{3,4}[ .]\d{3,4}(?!\d)|0\d{4,15}(?![.,]?\d)|24/(?:7|24)(?!\d)"
)
_PERHAPS_NONE = re.compile(
    r"\d{1,16}(?:[:./-]\d|[ \t\u00a0]?[gh]|[ .]\d{3})|0\d{4}"
)  # cheap, first
_TIME = re.compile(rf"\d{{1,2}}{_S}?(?:giờ|gio|h|g)(?!\w)")
_TIME_WORDS = frozenset({"lúc", "hồi", "luc", "hoi"})
_LIST_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?[.)]\s")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+|[^\s@<>]{1,64}@[^\s@<>]{1,64}")
_UNIT = re.compile(
    rf"{_S}{{0,2}}(%|°[cf](?!\w)|(?:điểm|diem){_S}(?:phần|phan){_S}(?:trăm|tram)(?!\w)"
    rf"|[^\W\d_][\w²³]*(?:-[^\W\d_]+)*)(?:{_S}([^\W\d_]+))?",
    re.IGNORECASE,
)
# A slogan: a number and what it counts in quotes of their own, as in "3 không".
_SLOGAN = re.compile(
    r" ?([^\W\d_][^\d\n\"”’»,.;:]{1,30})(?:[\"”’»]|,(?= ?\d[^\n\"”’»]{1,30}[\"”’»]))"
)
_OPENING_QUOTES = ('"', "“", "‘", "«")
# "mức 22 - 24 °C", "mức 85%": a level with its unit is a quantity.
_LEVEL = re.compile(rf"\d{{1,4}}{_S}?[-–]{_S}?\d|\d{{1,4}}{_S}?°")
_DIGITS = re.compile(r"\d{1,4}(?![.,/%]?\d|%)")
_LEVEL_WORDS = frozenset({"mức", "muc"})
_SCALES = {"nghin": 3, "ngan": 3, "trieu": 6, "ty": 9, "ti": 9, "tram": 2}
_NO_UNIT = frozenset(
    "số tổng đến tới và hoặc hay trên trong của là có được đã đang sẽ tại ở so với "
    "từ lên xuống còn để thì mà cho theo do nhưng cũng về vào nữa sau trước khi nếu như thuộc "
    "không chưa phải này đó trở tăng giảm đạt gồm bằng qua ra rồi cùng các những một "
    "nên vẫn nhằm rưỡi".split()
)
_TWO_SYLLABLES = frozenset(
    "hồ sơ|thành viên|đại biểu|cán bộ|công chức|viên chức|thủ tục|dịch vụ|nhiệm vụ|chỉ tiêu|"
    "tiêu chí|quyết định|kế hoạch|cơ sở|chuyên gia|học viên|đồng chí|doanh nghiệp|đơn vị|"
    "địa phương|văn bản|nội dung|lĩnh vực|mô hình|trung tâm|chi nhánh|hội nghị|nền tảng|hệ thống|"
    "phần mềm|ứng dụng|sản phẩm|dự án|đề án|chương trình|giải pháp|sáng kiến|thiết bị|máy tính|"
    "tài khoản|giao dịch|tổ chức|cá nhân|cơ quan|công dân|khách hàng|lao động|hợp đồng|hạng mục|"
    "tập thể|sinh viên|học sinh|giáo viên|bệnh viện|trường học|kiến nghị|ý kiến|câu hỏi|báo cáo|"
    "nhân viên|lãnh đạo|đảng viên|nhân khẩu|bộ phận|quy trình|chi cục|văn phòng|phương tiện|"
    "giấy phép|chỉ số|đối tượng|phần trăm|đại diện|sở ngành|thành phố|thị xã|thị trấn|đặc khu|"
    "khu phố|tổ dân|hộ dân|tình nguyện|biểu mẫu|thông báo|nghị quyết|chỉ thị|công văn|đề tài|"
    "chuyên đề|buổi họp|quốc gia|nhà báo|phóng viên|camera|kiốt|chuyên viên|cử tri|ý tưởng|"
    "điểm cầu|phòng ban|đầu mối|bài học|khuyến nghị|hạn chế|tồn tại|nguyên nhân|mục tiêu|"
    "bưu điện|bưu cục|hành khách|du khách|lớp học|khóa học|đoàn viên|hội viên|chức danh".split("|")
)


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A quantity: `text[start:end]`, scale word included ("12 nghìn tỷ"), unit not."""

    start: int
    end: int
    text: str
    value: float
    unit: str | None  # the noun after it as written, e.g. "hồ sơ", "%"


def find_numbers(text: str) -> tuple[NumberPhrase, ...]:
    """Return the quantities of `text` in order.

    A dot before groups of three digits marks thousands, a comma marks decimals; 86.54 is a
    decimal because two digits follow, and 1,250,000 is thousands because groups repeat.
    """
    lowered = text.replace("İ", "I").lower()  # the one letter that lower() makes longer
    others = iter(sorted(_other_spans(text)))
    other = next(others, None)
    found: list[NumberPhrase] = []
    position, before, ended = 0, ("", ""), 0
    for word in _WORD.finditer(lowered):
        at = word.start()
        is_near = not lowered[ended : min(at, ended + 4)].strip() and at - ended < 4
        previous, ended = before if is_near else ("", ""), word.end()
        before = (previous[1], word[0])
        if at < position or not lowered[at].isdecimal():
            continue
        while other is not None and other[1] <= at:
            other = next(others, None)
        if other is not None and other[0] <= at:
            position = other[1]
            continue
        skipped = _skip(lowered, at, previous)
        match = None if skipped else _NUMBER.match(lowered, at)
        if match is None:
            position = skipped or at
            continue
        position = match.end()
        found.append(_phrase(text, match))
    return tuple(found)


def _other_spans(text: str) -> list[tuple[int, int]]:
    """Return where dates, document numbers and addresses stand."""
    spans = [(d.start, d.end) for d in find_dates(text)]
    spans += [(d.start, d.end) for d in find_document_numbers(text)]
    if "@" in text or "http" in text or "www." in text:
        spans += [m.span() for m in _ADDRESS.finditer(text)]
    return spans


def _skip(text: str, at: int, before: tuple[str, str]) -> int:
    """Return where a number that is no quantity ends, 0 when it is one.

    Args:
        text: Lower-case text.
        at: Where the number begins.
        before: The two words before it, as far as only spaces part them.
    """
    if _PERHAPS_NONE.match(text, at) and (match := _NO_QUANTITY.match(text, at)):
        return match.end()
    if before[1] in _TIME_WORDS and (match := _TIME.match(text, at)):
        return match.end()
    line = text[max(0, at - 9) : at]
    if (at < 9 or "\n" in line) and not line.rpartition("\n")[2].strip():
        if match := _LIST_NUMBER.match(text, at):
            return match.end()
    labels = _folded(_LABELS) if text.isascii() else _LABELS
    is_label = before[1] in labels or " ".join(before) in labels
    match = _DIGITS.match(text, at)
    if before[1] in _LEVEL_WORDS and _LEVEL.match(text, at):
        return 0
    return match.end() if is_label and match else 0


def _phrase(text: str, match: re.Match[str]) -> NumberPhrase:
    """Return the quantity at a match in the lower-case text."""
    start, end = match.span()
    slogan = _SLOGAN.match(text, end) if text.startswith(_OPENING_QUOTES, start - 1) else None
    unit = slogan[1] if slogan else _unit_after(text, end)
    value = _value(match["digits"], match["scale"])
    sign, around = text[start - 1 : start], text[max(0, start - 2) : start - 1]
    is_signed = around in {"", " ", "(", "\n"} and (sign == "+" or (sign == "-" and unit == "%"))
    if is_signed:
        start -= 1
        value = -value if sign == "-" else value
    return NumberPhrase(start, end, text[start:end], value, unit)


def _value(digits: str, scale: str | None) -> float:
    """Return the value of digits with marks, times the scale word."""
    marks = [c for c in digits if c in ".,"]
    groups = re.split("[.,]", digits)
    if len(set(marks)) > 1:  # the last mark is the decimal one
        whole, fraction = "".join(groups[:-1]), groups[-1]
    elif len(marks) > 1:
        whole, fraction = "".join(groups), ""
    elif marks == ["."] and len(groups[1]) == 3 and groups[0] != "0":
        whole, fraction = "".join(groups), ""
    else:
        whole, fraction = groups[0], "".join(groups[1:])
    power = sum(_SCALES[fold(word)] for word in scale.split()) if scale else 0
    return float(f"{whole}.{fraction}e{power}")  # read as a decimal: 1,3 triệu is 1300000 exactly


def _unit_after(text: str, end: int) -> str | None:
    """Return the noun that follows a number, None when something else follows."""
    found = _UNIT.match(text, end)
    if found is None or found[1].lower() in _NO_UNIT:
        return None
    pair = f"{found[1]} {found[2]}".lower()
    pairs = _folded(_TWO_SYLLABLES) if pair.isascii() else _TWO_SYLLABLES
    return text[found.start(1) : found.end(2)] if pair in pairs else found[1]


@cache
def _folded(words: frozenset[str]) -> frozenset[str]:
    """Return the words with and without diacritics."""
    return words | frozenset(map(fold, words)) - {"so", "to", "lo"}  # sở, tới, lỗ ...
