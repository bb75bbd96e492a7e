"""Choose the date of the visit among the dates of a report.

Letter dates, posting dates and the days from which something runs are no visit dates. Does not
find dates itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hochoi.dates.finding import DatePhrase, Precision
from hochoi.types import Span

_PART = (
    r"(?:(?:đầu giờ |cuối |đầu )?(?:buổi )?(?:sáng|trưa|chiều|tối|đêm)(?: sớm| muộn)?(?: nay| qua)?"
    r"|\d{1,2}(?: giờ|h)(?: ?\d{2}(?: phút)?)?|(?:hai|ba|bốn|năm|sáu) ngày(?=,)"
    r"|hôm (?:nay|qua)|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|hai|ba|bốn|năm|sáu|các)"
)
_BEFORE = re.compile(rf"(?<!\w)(?:{_PART}(?:, ?| |(?= ?\())){{1,3}}\(?$", re.IGNORECASE)
_REJECTED_BEFORE = re.compile(
    r"(?:nhận được|cập nhật|đăng|(?:cập nhật|đăng)[^.;\n]{0,12} lúc|kể từ|từ|đến|tới|trước|sau"
    r"|hết|cho đến|tính đến"
    r"|ban hành|ký|đề ngày"
    r"|khẩn|công bố|thành lập|truy cập|in|\d/\d"
    r"|chào mừng|kỷ niệm|nhân dịp|hưởng ứng|kết thúc(?: vào| hôm)?|hạn|chậm nhất)[:,]?(?: ngày)? ?$"
    r"|(?:công văn|quyết định|kế hoạch|thông báo|giấy mời|tờ trình|văn bản|nghị quyết|thư mời|tờ"
    r" trình)"
    r"(?: số \S{1,20})? (?:ngày )?$",
    re.IGNORECASE,
)
_RANGE_START = re.compile(r"(?:từ|đến|tới|trước|sau|hết) ?$", re.IGNORECASE)
_REJECTED_AFTER = re.compile(
    r"[^.;]{0,60}?(?:nhận được|ban hành|gửi (?:công )?văn|có (?:công )?văn|có tờ trình"
    r"|có kế hoạch|đi vào hoạt động"
    r"|chính thức hoạt động|được thành lập)",
    re.IGNORECASE,
)
_JOIN = re.compile(r",? (?:và )?(?:ngày )?|, ")
_VISIT = re.compile(
    r"đoàn|thăm|làm việc|tiếp(?! nhận| tục| cận| xúc| thu| theo)|đón|tham quan|khảo sát"
    r"|học tập|hội thảo|hội nghị"
    r"|tọa đàm|buổi|chuyến|lễ|khai giảng|thời gian|trao đổi|tìm hiểu|kiểm tra|gặp|học hỏi"
    r"|diễn đàn|thực tế|khóa|lớp|diễn ra"
    r"|ghé|hội đàm|hoạt động trao đổi|cử cán bộ|học kinh nghiệm",
    re.IGNORECASE,
)

# Dates of pages and of figures.
_STAMP = re.compile(
    r"cập nhật|đăng|lượt xem|nguồn|tác giả|phản hồi|bình luận|\d{1,2}:\d{2}|\d %|\d%|hồ sơ|tỷ lệ"
    r"|kết quả"
    r"|hiệu lực|hợp nhất|sáp nhập|thành lập|giai đoạn|dự kiến|hạn",
    re.IGNORECASE,
)
_EARLY = 12  # sentences after the title
_FEW_WORDS = 3


@dataclass(frozen=True, slots=True)
class VisitDate:
    """The words of the date, `text[start:end]`; days only when the year is stated."""

    start: int
    end: int
    first: date | None
    last: date | None


def whole_words(text: str, phrase: DatePhrase) -> Span:
    """Return the range of a date with the time of day or "hai" of "hai ngày" before it."""
    line = text[max(0, phrase.start - 40) : phrase.start].rpartition("\n")[2]
    match = _BEFORE.search(line)
    if match is not None and match[0].endswith("ngày, ") and not text[phrase.start].isdigit():
        match = None  # "bốn ngày, từ 5 đến 8/7" says it twice
    start = phrase.start - (len(line) - match.start() if match else 0)
    end = phrase.end
    if "(" in text[start : phrase.start]:
        if text[end : end + 1] == ")":
            end += 1
        else:
            start = phrase.start
    return Span(start, end)


def find_visit_date(
    text: str,
    sentences: Sequence[Span],
    phrases: Sequence[DatePhrase],
    numbers: Sequence[Span],
) -> VisitDate | None:
    """Return the date of the visit, `None` when no date stands in a sentence about one.

    Args:
        text: The report text.
        sentences: Its sentences; the first is the title.
        phrases: The dates in it.
        numbers: Its document numbers; a date behind one is the document's.
    """
    number_ends = {span.end for span in numbers}
    months: list[VisitDate] = []
    others: list[VisitDate] = []
    at = 0
    for order, sentence in enumerate(sentences):
        while at < len(phrases) and phrases[at].start < sentence.start:
            at += 1
        while at < len(phrases) and phrases[at].end <= sentence.end:
            phrase = phrases[at]
            at += 1
            if not _may_be_of_visit(text, sentence, phrase, number_ends):
                continue
            words = whole_words(text, phrase)
            is_day = phrase.day is not None or phrase.precision is Precision.DAY
            if _VISIT.search(text, sentence.start, sentence.end):
                if is_day:
                    return _joined(text, words, phrase, phrases[at:])
                months.append(VisitDate(words.start, words.end, None, None))
            elif is_day and 0 < order <= _EARLY and _tells(text, sentences, order, words):
                others.append(_joined(text, words, phrase, phrases[at:]))
    if len({(day.first, day.last, text[day.start : day.end]) for day in others}) == 1:
        return others[0]
    return months[0] if months else None


def _tells(text: str, sentences: Sequence[Span], order: int, date_words: Span) -> bool:
    """Whether a sentence without a word for visits still tells of the day, and is no page stamp.

    A day that stands alone ("10/12.") counts when a sentence about a visit follows in its line.
    """
    sentence = sentences[order]
    if _STAMP.search(text, sentence.start, sentence.end):
        return False
    rest = text[sentence.start : date_words.start] + text[date_words.end : sentence.end]
    if len(rest.split()) >= _FEW_WORDS:
        return True
    following = sentences[order + 1] if order + 1 < len(sentences) else None
    return (
        following is not None
        and "\n" not in text[sentence.end : following.start]
        and _VISIT.search(text, following.start, following.end) is not None
    )


def _joined(
    text: str, words: Span, phrase: DatePhrase, following: Sequence[DatePhrase]
) -> VisitDate:
    """Return a date with those that a comma or "và" joins to it: "ngày 9/7 và ngày 10/7"."""
    end, last = words.end, phrase.last
    for other in following:
        if other.day is None or not _JOIN.fullmatch(text, end, other.start):
            break
        end, last = other.end, other.last
    return VisitDate(words.start, end, phrase.first, last)


def _may_be_of_visit(text: str, sentence: Span, phrase: DatePhrase, number_ends: set[int]) -> bool:
    """Whether the wording around a date speaks of no letter, post or start."""
    if phrase.precision not in (Precision.DAY, Precision.MONTH, Precision.RANGE) or phrase.relative:
        return False
    words = whole_words(text, phrase)
    before = text[max(sentence.start, words.start - 40) : words.start]
    if any(end in number_ends for end in range(words.start - 3, words.start + 1)):
        return False
    is_range = phrase.first != phrase.last or phrase.last_day is not None
    if not is_range and _REJECTED_BEFORE.search(before):
        return False
    if is_range and _RANGE_START.search(before):
        return False
    return not _REJECTED_AFTER.match(text, words.end, sentence.end)
