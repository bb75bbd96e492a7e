"""Where a sentence states the value that a question asks for, as exact spans of the sentence.

Finds candidates and says which one of several is meant; says nothing when that is not clear.
Knows no visit record and no other sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hochoi.drafting.asked_parts import AskedPart, Part
from hochoi.drafting.fact_signs import MONEY, answers_when, asks_period, lasts, names_person
from hochoi.drafting.named_spans import nation_spans, person_spans, place_spans
from hochoi.drafting.value_scope import meant, of_asked_years, words_in, years_in
from hochoi.language.document_numbers import find_document_numbers
from hochoi.language.numbers import find_numbers
from hochoi.question import Query
from hochoi.reading import ReadSentence
from hochoi.text import fold
from hochoi.types import Span

_NUMBER = r"\d[\d.,]*(?:[^\S\n]?[-–][^\S\n]?\d[\d.,]*)?"
# Words before a number without which it would say another thing.
_BEFORE = re.compile(
    r"(?:(?<!\w)(?:trên|hơn|gần|khoảng|dưới|chừng|xấp xỉ|ít nhất|tối thiểu|tối đa|không quá"
    r"|giảm|tăng|chỉ còn|còn|đạt|được|tổng số|trung bình|bình quân)[^\S\n]+)+$",
    re.IGNORECASE,
)
_OPENS_RATE = re.compile(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|giá trị trung bình)[^,;:.\n]{0,90}$", re.IGNORECASE
)
# Words behind it that say of when, or compared with what.
_BEHIND = re.compile(
    r"[^\S\n]+so với (?:cùng kỳ )?(?:năm trước|năm \d{4}|trước đây)"
    r"|(?:[^\S\n]+trong)?[^\S\n]+năm \d{4}|[^\S\n]+mỗi (?:năm|tháng|tuần|ngày)"
)
# "106 xã, phường, thị trấn" counts all of them.
_PLACES_TOO = r"(?:, (?:thanh pho|phuong|thi tran|thi xa|dac khu|xa|huyen|quan|nganh)\b)*"
_RANGE = r"(?:(?<![\w.,/])\d[\d.,]*[^\S\n]?(?:[-–]|đến|den)[^\S\n]?)?"  # "750–800"
_MAGNITUDE = r"(?:(?:nghin|ngan|van|trieu|ty|ti)[^\S\n]+)?"
_COUNT_WORD = r"(?:nhất|nhì|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)\b"
_PERCENT = re.compile(
    rf"(?:(?<!\w)từ[^\S\n]+)?{_NUMBER}[^\S\n]?(?:%|phần trăm)"
    rf"(?:[^\S\n]+(?:xuống|lên|đến|còn|giảm còn|xuống còn)(?:[^\S\n]+(?:dưới|trên|còn))?"
    rf"[^\S\n]+{_NUMBER}[^\S\n]?(?:%|phần trăm))?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_COUNTED = frozenset({Part.COUNT, Part.SHARE, Part.OTHER})
_AS_THEY_STAND = frozenset({Part.DATE, Part.DOCUMENT, Part.NATION, Part.ORDINAL, Part.RANK})
_VERBS = frozenset("du duoc da den dang tham co thuoc dat nhan".split())  # behind what is counted
_NEXT_WORD = re.compile(r",?[^\S\n]([^\W\d_]+)")
_SIMPLE: dict[Part, re.Pattern[str]] = {
    Part.PERCENT: _PERCENT,
    Part.RANK: re.compile(
        rf"(?<!\w)(?:(?:xếp|đứng|ở)[^\S\n]+)?(?:vị trí(?: thứ)?|thứ hạng|thứ|hạng)[^\S\n]+"
        rf"(?:\d+|{_COUNT_WORD})(?:/\d+)?(?:[^\S\n]+(?:tỉnh, thành phố|quốc gia|địa phương)\b)?"
        rf"(?:[^\S\n]+(?:trên |trong )?(?:cả nước|toàn quốc))?",
        re.IGNORECASE,
    ),
    Part.ORDINAL: re.compile(rf"(?<!\w)lần thứ[^\S\n]+(?:\d+|{_COUNT_WORD})|\d+[^\S\n]+lần\b"),
    Part.AREA: re.compile(rf"(?:diện tích[^\S\n]+)?{_NUMBER}[^\S\n]?(?:ha|km2|km²|m2|m²)(?!\w)"),
    Part.MONEY: MONEY,
    Part.CLOCK: re.compile(r"(?<![\d.,/])\d{1,2}[^\S\n]?(?:giờ|h)(?:[^\S\n]?\d{2})?(?!\w)"),
    Part.DURATION: re.compile(
        r"(?<![\d/.,])\d+[^\S\n]+(?:phút|giờ|tiếng|ngày đêm|ngày|đêm|tuần|tháng|năm)\b"
        r"(?![^\S\n]?\d)"
    ),
}


# "bao nhiêu phần trăm công chức, viên chức": of both
_ASKS_SEVERAL = re.compile(
    r"\b(?:bao nhiêu|mấy)(?: phần trăm| ?%)? \w+(?: \w+){0,2}(?:,| và) (?!bao nhiêu|mấy)\w+ \w+",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:mỗi|từng|bình quân|trung bình|moi)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:.](?!\d)")


@dataclass(frozen=True, slots=True)
class Values:
    """The places in a sentence where a value of the sort asked for stands."""

    stated: int  # how many
    meant: tuple[Span, ...]  # in characters of the sentence; empty when it is not clear which


NOTHING = Values(0, ())


def exact_values(part: AskedPart, sentence: ReadSentence, query: Query) -> Values:
    """Return where a sentence states a value that a question asks for.

    More than one span is meant only of places and persons that are named together.
    """
    asked = fold(query.plain_text)
    if part.part is Part.PLACE:
        places = place_spans(sentence.text, fold(part.noun), asked)
        return Values(len(places), places)
    if part.part is Part.PERSON:
        persons = person_spans(sentence.text, asked)
        return Values(names_person(sentence.text, asked) or len(persons), persons)
    found = _outside_brackets(list(_candidates(part, sentence, query)), sentence.text)
    found = of_asked_years(found, sentence.text, years_in(query.plain_text))
    if len(found) > 1 and _ASKS_SEVERAL.search(query.plain_text):
        return Values(len(found), ())
    # A report may write the short forms of the question, too.
    short_forms = words_in(query.question) - words_in(query.plain_text)
    chosen = meant(found, sentence.text, part.matter | part.focus | short_forms)
    if chosen is None:
        return Values(len(found), ())
    if part.part in _COUNTED:
        chosen = _with_noun(part, chosen, sentence.text)
    if part.part not in _AS_THEY_STAND:
        chosen = with_measure(chosen, sentence.text)
    return Values(len(found), (chosen,))


def _candidates(part: AskedPart, sentence: ReadSentence, query: Query) -> Iterator[Span]:
    text = sentence.text
    if part.part is Part.COUNT:
        yield from _counts(part.noun, sentence, of_each=_EACH.search(query.plain_text) is not None)
    elif part.part is Part.SHARE:
        total = re.escape(part.noun)
        ratio = rf"(?<![\w.,/])\d[\d.]*(?:/| trong (?:tổng )?(?:số )?| trên (?:tổng số )?){total}\b"
        yield from (Span(*m.span()) for m in re.finditer(ratio, text))
    elif part.part is Part.DATE:
        yield from (
            Span(d.start, d.end)
            for d in sentence.dates
            if answers_when(d, query) and (lasts(d) or not asks_period(query))
        )
    elif part.part is Part.DOCUMENT:
        yield from (Span(d.start, d.end) for d in find_document_numbers(text))
    elif part.part is Part.NATION:
        yield from nation_spans(text)
    elif part.part in (Part.OPEN, Part.RECORD):
        return
    elif part.part is Part.OTHER:
        stated = [n for n in find_numbers(text) if n.text not in query.plain_text]
        yield from (Span(n.start, _end_of_unit(n.end, n.unit, text)) for n in stated)
    else:
        yield from (Span(*m.span()) for m in _SIMPLE[part.part].finditer(text))


def _end_of_unit(end: int, unit: str | None, text: str) -> int:
    found = text.find(unit, end) if unit else -1
    return found + len(unit) if unit and found >= 0 else end


def _counts(noun: str, sentence: ReadSentence, *, of_each: bool) -> Iterator[Span]:
    """Yield the numbers before a counted noun, as many words of it as stand together.

    A noun typed with diacritics counts only what is written so. How many each one has ("mỗi khu
    vực có 01 tổ") is no answer to how many there are, unless `of_each` is asked.
    """
    if len(sentence.folded) != len(sentence.text):
        return
    words, lowered = noun.split(), sentence.text.lower()
    for n in range(len(words), 0, -1):
        counted = " ".join(words[:n])
        unit = r"[^\S\n]+".join(map(re.escape, fold(counted).split()))
        number = rf"{_RANGE}(?<![\w.,/])\d[\d.,/]*[^\S\n]+{_MAGNITUDE}({unit})\b{_PLACES_TOO}"
        found = [
            Span(*m.span())
            for m in re.finditer(number, sentence.folded)
            if noun.isascii() or " ".join(lowered[slice(*m.span(1))].split()) == counted
            if of_each or _EACH.search(_CLAUSE.split(lowered[: m.start()])[-1]) is None
        ]
        if found:
            yield from found
            return


def _outside_brackets(found: list[Span], text: str) -> list[Span]:
    """Return the values that stand outside brackets, where there are some."""
    inside = [m.span() for m in _BRACKETS.finditer(text)]
    outer = [s for s in found if not any(a < s.start and s.end < b for a, b in inside)]
    return outer or found


def _with_noun(part: AskedPart, span: Span, text: str) -> Span:
    """Return a count with the words of the question that follow it: "404 loại *phí, lệ phí*"."""
    end = span.end
    asked = part.focus - _VERBS
    while (word := _NEXT_WORD.match(text, end)) and fold(word[1]) in asked:
        end = word.end()
    return Span(span.start, end)


def with_measure(span: Span, text: str) -> Span:
    """Return a number with the words around it that change what it says."""
    before, behind = _BEFORE.search(text, 0, span.start), _BEHIND.match(text, span.end)
    start = before.start() if before is not None else span.start
    rate = _OPENS_RATE.search(text, 0, start) if "%" in text[span.start : span.end] else None
    start = rate.start() if rate is not None else start
    return Span(start, behind.end() if behind is not None else span.end)
