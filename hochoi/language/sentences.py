"""Cut Vietnamese text into sentences by rules. Does not clean text and does not drop any.

A line end always ends a sentence. Within a line each stop is judged by the word before it and
the word after it; nothing looks further than a few dozen characters, so time is linear.
"""

import re
from collections.abc import Iterator

from hochoi.types import Span

_STOP = re.compile(r"[.!?…]++[\"'”’»)\]*_]*+")  # with closing quotes, brackets, Markdown marks
_OPENING = re.compile(r"[\s\"'“”‘’«(\[*•●▪◦+–—-]*+")  # what may stand before a first word
_WORD = re.compile(r"[^\W_]+")
_WINDOW = 40  # characters looked at before a stop

# A stop after these never ends a sentence: signatures, pages, examples, "đồng chí".
_ALWAYS = frozenset(
    "TM KT TL TUQ no No tr Tr vd VD vs đ/c Đ/c Đ/C ĐC Vol Fig ĐT Đt SĐT Tel TEL Fax FAX".split()
)
# A name follows; the sentence goes on unless a sentence clearly opens, as in "BS. Ngoài ra".
_TITLES = frozenset(
    "ths ts pgs gs bs bsck bscki bsckii cki ckii ks kts ls ds tskh ncs nsưt nsnd ngưt ngnd cn "
    "mr mrs ms dr prof md st mt".split()
)
# Usually followed by a name, but a sentence may end with them.
_PLACES = frozenset("tp tx tt kp kdc".split())
# First words of sentences, and of no name that follows the abbreviations above ...
_STARTERS = frozenset(
    "Tại Ngày Theo Trong Trên Sau Trước Qua Về Để Đây Đó Đoàn Các Những Với Khi Nhìn Bên Ngoài "
    "Buổi Cùng Nhờ Hiện Đến Kết Thay Cũng Việc Tham Sáng Chiều Tối Nếu Vì Mỗi Nhiều Ban Cuối Được "
    "Sở Nhưng Ở Có Dự Tiếp Đáng Đặc Ông".split()
)
# ... and those that are, as in "TX. Từ Sơn", unless a lower-case word follows: "TX. Từ đó".
_WEAK_STARTERS = frozenset(
    "Từ Tuy Đại Thông Phát Như Hội Đồng Hai Ba Năm Một Chương Lãnh Kinh Bà Lúc Đối Công Mục".split()
)
_SURE_STARTERS = _STARTERS | _WEAK_STARTERS  # with a lower-case word behind them
_FIRST_WORDS = re.compile(r"([^\W_]+)(?:[\s,]+([^\W_]))?")
_INITIALS = frozenset("ABCDĐEFGHIJKLMNOPQRSTUVWXYZ")  # not "Á" and "Ý", which are words
# Before a single capital letter: "nhóm A." is a thing with a label, "ông A." a person's initial.
_LABELLED = frozenset(
    "loại nhóm hạng khối lớp khu mục phần tòa toà nhà dãy bảng án lục hình đội tổ điểm tuyến quý "
    "cấp khóa khoá kỳ lần chương vùng vitamin gan số phòng cửa lô đợt kịch".split()
)
_HEADINGS = (
    "điều|chương|mục|tiểu mục|phần|khoản|điểm|bước|câu|bài|bảng|hình|biểu|phụ lục|nội dung"
    "|chuyên đề|(?:mẫu|biểu|bảng|phiếu|phụ lục)(?: số)?"
)
_LABEL = re.compile(
    rf"[\s\"'“‘«(\[*•●▪◦+–—-]*(?:(?:{_HEADINGS})\s+)?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[ivxlc]{{1,5}}|[^\W\d_])",
    re.IGNORECASE,
)
_LABEL_AFTER = re.compile(r"(?::\s*(?:0?1|[ia])|;\s*(?:\d{1,2}|[a-zđ]))$", re.IGNORECASE)


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` in order, without overlap, as ranges of `text`.

    Spans touch no surrounding white space, cover every other character, and never cross a line
    end. List bullets and numbers stay with their sentence, closing quotes with theirs.

    Args:
        text: NFC text; any length, one line of a megabyte included.

    Returns:
        Spans; none when the text is blank.
    """
    spans: list[Span] = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            spans.extend(_line_spans(text, start, end))
        start = end + 1
    return tuple(spans)


def _line_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the trimmed sentences of one line, `text[start:end]`."""
    for cut in _cuts(text, start, end):
        span = _trimmed(text, start, cut)
        if span is not None:
            yield span
        start = cut
    span = _trimmed(text, start, end)
    if span is not None:
        yield span


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """Return the range without white space at its ends, `None` when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the positions within a line where a sentence ends."""
    for stop in _STOP.finditer(text, start, end):
        cut = stop.end()
        if cut < end and _ends_sentence(text, start, stop, end):
            yield cut
            start = cut


def _ends_sentence(text: str, start: int, stop: re.Match[str], line_end: int) -> bool:
    """Judge one stop, where `start` is where its sentence began."""
    if not text[stop.end()].isspace():
        return _is_missing_space(text, start, stop, line_end)
    opening = _OPENING.match(text, stop.end(), line_end)
    after = opening.end() if opening else stop.end()
    following = text[after : min(after + _WINDOW, line_end)]
    if following[:1].islower() and not following[1:2].isupper():  # "iOffice" may open a sentence
        return False
    before = text[max(start, stop.start() - _WINDOW) : stop.start()]
    if stop[0][0] != "." or stop[0].startswith(".."):
        return not before.endswith(("(", "["))  # "(...)" and "[…]" leave words out
    if stop.start() - start <= _WINDOW and _LABEL.fullmatch(text, start, stop.start()):
        return False
    if _LABEL_AFTER.search(before):
        return False
    if "(" in text[stop.end() : after] and _is_initials(before):
        return False  # "Nguyễn V. A. (Sở Nội vụ)"
    return not _is_abbreviation(before, following)


def _is_initials(before: str) -> bool:
    """Whether `before` ends with a single capital that is a person's initial."""
    word, rest = _last_word(before)
    return len(word) == 1 and word in _INITIALS and not _is_labelled(rest)


def _is_abbreviation(before: str, following: str) -> bool:
    """Whether the word at the end of `before` is short for something, going on to `following`."""
    word, rest = _last_word(before)
    if not word:
        return False
    if word in _ALWAYS:
        return True
    if len(word) == 1:
        if word.islower():  # "(s. 1863)"
            return rest.endswith("(")
        is_initial = word in _INITIALS and not _is_labelled(rest)
        return is_initial and not _opens_sentence(following, surely=False)
    if not word[0].isupper():
        return False
    if word.lower() in _PLACES:
        return not _opens_sentence(following, surely=False)
    return word.lower() in _TITLES and not _opens_sentence(following, surely=True)


def _opens_sentence(following: str, *, surely: bool) -> bool:
    """Whether text after an abbreviation begins like a sentence, not like a name."""
    words = _FIRST_WORDS.match(following)
    if words is None:
        return False
    first, second = words[1], words[2] or ""
    if first in _STARTERS and not surely:
        return True
    return first in _SURE_STARTERS and second.islower()


def _is_labelled(before: str) -> bool:
    """Whether `before` ends with a noun that takes a letter as its label, as in "nhóm A"."""
    noun, _ = _last_word(before.rstrip())
    return noun.lower() in _LABELLED


def _last_word(before: str) -> tuple[str, str]:
    """Return the word that `before` ends with, "đ/c" counting as one, and what precedes it."""
    start = len(before)
    while start and (before[start - 1].isalnum() or before[start - 1] in "&/"):
        start -= 1
    return before[start:], before[:start]


def _is_missing_space(text: str, start: int, stop: re.Match[str], line_end: int) -> bool:
    """Whether a full stop glued to the next word ends a sentence, as in "hành chính.Tại hội nghị".

    Only between a lower-case word that is part of no address and a capitalised word.
    """
    if stop[0] != ".":
        return False
    following = _WORD.match(text, stop.end(), min(stop.end() + _WINDOW, line_end))
    if following is None or not (following[0][0].isupper() and following[0][1:].islower()):
        return False
    token = text[max(start, stop.start() - _WINDOW) : stop.start()].split()[-1:]
    return bool(token) and len(token[0]) > 1 and token[0].isalpha() and token[0].islower()
