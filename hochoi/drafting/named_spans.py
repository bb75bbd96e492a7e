"""Places, persons and nations as a sentence names them, cut at the words around them.

By the shape of Vietnamese names and the words that stand before them; knows no list of names.
"""

import re
from collections.abc import Iterator

from hochoi.drafting.fact_signs import name_runs
from hochoi.text import fold
from hochoi.types import Span

MAX_NAMED = 4  # persons or places in one fact; more is a list to quote
_GAP = re.compile(r"[^\S\n]+")
_BRACKETS = re.compile(r"\([^()\n]{1,60}\)")
_TOKEN = re.compile(r"[^\W_]+(?:[-–.][^\W_]+)*")
_PLACE_NOUN = re.compile(
    r"(?:các|thành phố|thị xã|thị trấn|tỉnh|huyện|quận|phường|xã|đặc khu|khu|ủy ban|trung tâm"
    r"|bộ phận|sở|chi cục|văn phòng|trường|bảo tàng|bệnh viện|học viện|hội trường"
    r"|khách sạn|nhà khách|thủ đô|công ty|tổng công ty|tập đoàn|trụ sở|cảng|sân bay"
    r"|nhà máy|điểm cầu|cơ quan|điều hành)\b",
    re.IGNORECASE,
)
_SORTS = frozenset("tinh thanh pho phuong xa huyen quan thi tran o tai va cua tp".split())
_BEFORE_PLACE = re.compile(r"(?<!\w)(?:tại|ở|đến|thăm|sang|tới)[^\S\n]+(?=[^\W_])", re.IGNORECASE)
# A lower-case word that ends the name of a place.
_ENDS_PLACE = frozenset(
    "để nhằm do gồm với ngày chiều sáng tối trưa từ vào đã được trong khi theo cùng có trao"
    " tìm nghiên làm khảo về cho là mà tiếp đón bao qua tháng sau trước hôm diễn nơi nhưng"
    " nên cũng sẽ dự họp đến tại ở thăm sang tới giới nghe tham gặp ký cách bằng như đang"
    " còn".split()
)
_HONORIFIC = re.compile(r"(?<!\w)(?:ông|bà|đồng chí)[^\S\n]+$", re.IGNORECASE)
_TITLE = re.compile(
    r"[^\S\n]*[,–-][^\S\n]*"
    r"((?:(?:Quyền|Nguyên|Phó|Tổng)[^\S\n]+)*"
    r"(?:Chủ tịch|Giám đốc|Bí thư|Chánh|Trưởng|Thứ trưởng|Bộ trưởng|Vụ trưởng|Cục trưởng"
    r"|Ủy viên|Đại sứ|Tham tán|Viện trưởng|Hiệu trưởng|Thống đốc|Chủ nhiệm|Tỉnh trưởng"
    r"|Thị trưởng|Quận trưởng|Tổng Giám đốc|Tổng Thư ký)"
    r"[^,;.:()\n“”\"]*)",
    re.IGNORECASE,
)
_ENDS_TITLE = re.compile(
    r"[^\S\n]+(?:và (?=đồng chí|ông|bà|đại diện|lãnh đạo|các|một|có)|làm|dẫn đầu|tiếp|đã|cho biết"
    r"|phát biểu|chủ trì|dự|cùng|đón|nhấn|khẳng|thay mặt|ký|báo cáo|giới thiệu|trình bày"
    r"|có|đến|vào|trao|cũng|là|đề nghị|kết luận|điều hành|thông tin|nêu|bày tỏ|đánh giá"
    r"|mong|tham|hướng dẫn|sang|sẽ|do|với)(?!\w)"
)
_MAY_BE_PERSON = re.compile(r"(?<!\w)(?:có|gồm|là|do|và)[^\S\n]+$")
_SEVERAL = re.compile(r"\bnhung ai\b|\bai va ai\b|\bgom (?:co )?ai\b|\bnhung vi\b|\bco ai\b")
_BEFORE_NATION = re.compile(r"(?<!\w)(?:người|nước)(?=[^\S\n])")
# Sorts of places that are bodies; the others are units of administration with a short name.
_BODIES = frozenset({"hoi truong", "khach san", "nha hang", "bao tang", "trung tam", "dia diem"})


def place_spans(text: str, noun: str, asked: str) -> tuple[Span, ...]:
    """Return where a sentence names the places it speaks of; none when they are many.

    Args:
        text: The sentence.
        noun: Folded word for the sort of place: only places so called are meant. "" for any.
        asked: The question, folded; places that it names itself are left out.
    """
    found = list(_of_sort(text, noun)) if noun else list(_after_prepositions(text))
    new = [s for s in found if not names_all(text[s.start : s.end], asked)]
    return tuple(new) if len(new) <= MAX_NAMED else ()


def _of_sort(text: str, noun: str) -> Iterator[Span]:
    folded = fold(text)
    if len(folded) != len(text):
        return
    said: set[str] = set()
    reached = 0
    for match in re.finditer(rf"\b{noun}\b", folded):
        is_body = noun in _BODIES
        end = _end_of_place(text, match.start()) if is_body else _end_of_name(text, match.end())
        name = folded[match.start() : end]
        if end > match.end() and name not in said and match.start() >= reached:
            said.add(name)
            reached = end
            yield Span(match.start(), end)


def _end_of_name(text: str, at: int) -> int:
    """Return where the capitalised words or the number behind a place in the text end."""
    end = at
    while (gap := _GAP.match(text, end)) and (token := _TOKEN.match(text, gap.end())):
        if not (token[0][0].isupper() or (token[0].isdecimal() and end == at)):
            break
        end = token.end()
    return end


def _after_prepositions(text: str) -> Iterator[Span]:
    """Yield the places behind "tại", "đến", ...: items joined by commas and "và"."""
    reached = 0
    for match in _BEFORE_PLACE.finditer(text):
        if match.end() < reached or not _opens_place(text, match.end()):
            continue
        end = _end_of_place(text, match.end())
        name = text[match.end() : end]
        if any(c.isupper() for c in name):
            yield Span(match.end(), end)
            reached = end


def _opens_place(text: str, at: int) -> bool:
    return text[at].isupper() or _PLACE_NOUN.match(text, at) is not None


def _end_of_place(text: str, at: int) -> int:
    end = at
    while token := _TOKEN.match(text, at):
        if token[0].lower() in _ENDS_PLACE and token[0][0].islower():
            break
        if token[0] == "và" and not _opens_place(text, min(token.end() + 1, len(text) - 1)):
            break
        end = at = token.end()
        if gap := _GAP.match(text, end):
            at = gap.end()
        elif text.startswith(", ", end) and _opens_place(text, min(end + 2, len(text) - 1)):
            at = end + 2
        else:
            break
        if brackets := _BRACKETS.match(text, at):
            after = _GAP.match(text, brackets.end())
            end, at = brackets.end(), after.end() if after else brackets.end()
    return end


def person_spans(text: str, asked: str) -> tuple[Span, ...]:
    """Return where a sentence names a person with a title; several only when several are asked for.

    Args:
        text: The sentence.
        asked: The question, folded; persons that it names itself are left out.
    """
    found: list[Span] = []
    untitled = 0
    for run in name_runs(text):
        if fold(text[run.start : run.end]).rstrip(".") in asked:
            continue
        honorific = _HONORIFIC.search(text, 0, run.start)
        title = _TITLE.match(text, run.end)
        if honorific is None and title is None:
            untitled += _MAY_BE_PERSON.search(text, 0, run.start) is not None
            continue
        end = run.end
        if title is not None:
            stop = _ENDS_TITLE.search(title[1])
            end = title.start(1) + (stop.start() if stop is not None else len(title[1].rstrip()))
        found.append(Span(honorific.start() if honorific else run.start, end))
    is_clear = len(found) == 1 and not untitled
    is_clear = is_clear or (_SEVERAL.search(asked) is not None and len(found) <= MAX_NAMED)
    return tuple(found) if is_clear else ()


def nation_spans(text: str) -> Iterator[Span]:
    """Yield the nations behind "người", "nước"."""
    for match in _BEFORE_NATION.finditer(text):
        end = _end_of_name(text, match.end())
        if end > match.end():
            yield Span(match.start(), end)


def names_all(words: str, asked: str) -> bool:
    """Return whether a question, folded, holds every word of a name but those for its sort."""
    said = set(re.findall(r"\w+", asked)) | _SORTS
    return set(re.findall(r"\w+", fold(words))) <= said
