"""Does a sentence hold the kind of fact that a question asks for? By signs, not by meaning."""

import re
from collections.abc import Iterator, Mapping, Sequence

from hochoi.dates.finding import DatePhrase
from hochoi.dates.phrases import Precision
from hochoi.drafting.asked_field import asks_clock, speaks_of_field
from hochoi.language.document_numbers import find_document_numbers
from hochoi.question import Query, Wanted
from hochoi.reading import ReadSentence
from hochoi.text import fold
from hochoi.types import Span

MONEY = re.compile(r"\d[\d.,]*\s*(?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*(?:tỷ|đồng|USD|đô la|euro)\b")
_CONTACT = re.compile(r"\b0\d{2,3}[\s.)-]?\d{3}[\s.-]?\d{3,4}\b|[\w.]+@[\w.]+\.\w+")
_HEAD_CUE = re.compile(r"trưởng đoàn|dẫn đầu|đứng đầu đoàn|phụ trách đoàn", re.IGNORECASE)
_DEPUTY_CUE = re.compile(r"phó (?:trưởng )?đoàn", re.IGNORECASE)
_PERSON_CUE = re.compile(
    r"\b(?:ông|bà|đồng chí|chủ tịch|giám đốc|trưởng|bộ trưởng|thứ trưởng|bí thư|tham tán|chánh"
    r"|chủ nhiệm|đại sứ)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\d[\d.]*\s+(?:người|thành viên|đại biểu|cán bộ|học viên|đồng chí|chuyên gia|khách)\b"
)
_PLACE = re.compile(
    r"\b(?:tại|ở|đến|thăm|sang|Trung tâm|phường|xã|huyện|quận|thành phố|thị xã|tỉnh|khu|Sở)\b",
    re.IGNORECASE,
)
# What a sentence must show, all of it, to hold a kind of fact.
_SIGNS: Mapping[Wanted, tuple[re.Pattern[str], ...]] = {
    Wanted.MONEY: (MONEY,),
    Wanted.CONTACT: (_CONTACT,),
    Wanted.DEPUTY: (_DEPUTY_CUE,),
    Wanted.PARTICIPANTS: (_PEOPLE,),
    Wanted.PLACE: (_PLACE,),
}
# "đứng thứ mấy", "hạng bao nhiêu": only a rank answers, not any number.
_ASKS_RANK = re.compile(
    r"\b(?:thu|hang|top) may\b|\b(?:hang|thu|top) bao nhieu\b(?! [a-z])"
    r"|\b(?:vi tri|thu hang) (?:nao|thu)\b"
)
_RANK = re.compile(r"\b(?:thu|hang|top|nhom) (?:so )?(?:\d|nhat\b|nhi\b|hai\b|ba\b)")
_PERSONS = frozenset({Wanted.HEAD, Wanted.HOST_LEAD, Wanted.PERSON})

_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]+(?:-[a-zà-ỹ]+)?\.?")
# Capitalised first words of names that nobody bears.
_OFFICES = frozenset(
    "sở ủy uỷ ban bộ vụ cục trung hội học viện tỉnh thành cơ tổng đoàn văn phòng liên diễn tập"
    " phân đại sứ quán thường nhân dân chính phủ nước quốc nghị quyết định đề án chỉ số kinh tế"
    " ngày tháng năm khu công ty trường phường xã huyện quận thị thủ đô vương hai việt nam lào"
    " campuchia hàn hoa kỳ pháp anh úc chủ tịch phó giám đốc bí thư tham tán".split()
)
# After one of them "Văn", "Quốc", "Thành" are parts of a name: "Nguyễn Văn Phúc".
_FAMILIES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh mai tô tạ"
    " lương trương cao lâm phùng đào lưu hà".split()
)
_DOCUMENT_KINDS = (
    "cong van",
    "quyet dinh",
    "nghi quyet",
    "chi thi",
    "nghi dinh",
    "ke hoach",
    "thong tu",
    "quy dinh",
    "bien ban ghi nho",
)


def holds(wanted: Wanted, sentence: ReadSentence, query: Query) -> bool:
    """Return whether a sentence holds the kind of fact asked for, and speaks of that field."""
    return _has_sign(wanted, sentence, query) and speaks_of_field(sentence, query)


def _has_sign(wanted: Wanted, sentence: ReadSentence, query: Query) -> bool:
    if wanted is Wanted.DATE:
        return any(answers_when(phrase, query) for phrase in sentence.dates)
    if wanted is Wanted.NUMBER:
        if _ASKS_RANK.search(fold(query.question)):
            return _RANK.search(sentence.folded) is not None
        return not asks_clock(query) and holds_number(sentence, query.units)
    if wanted is Wanted.DOCUMENT:
        return _holds_document(sentence, fold(query.question))
    if wanted in _PERSONS:
        is_head = wanted is not Wanted.HEAD or _HEAD_CUE.search(sentence.text) is not None
        return is_head and names_person(sentence.text, fold(query.question))
    return wanted in _SIGNS and all(sign.search(sentence.text) for sign in _SIGNS[wanted])


def names_person(text: str, asked: str) -> bool:
    """Return whether a text names a person by two or more words that the question does not say.

    Args:
        text: A sentence.
        asked: The question, folded.
    """
    if not _PERSON_CUE.search(text):
        return False
    return any(fold(text[r.start : r.end]).rstrip(".") not in asked for r in name_runs(text))


def name_runs(text: str) -> Iterator[Span]:
    """Yield runs of two or more capitalised words that may be the name of a person."""
    # Brackets hold spellings and abbreviations, no persons.
    text = _BRACKETS.sub(lambda found: "," * len(found[0]), text)
    run: list[re.Match[str]] = []
    last = 0
    for word in _WORD.finditer(text):
        joins = text[last : word.start()] in (" ", "-", "\u00a0")
        last = word.end()
        goes_on = bool(run) and joins and run[0][0].lower() in _FAMILIES
        is_name = word[0][0].isupper() and (goes_on or word[0].lower() not in _OFFICES)
        if run and joins and is_name:
            run.append(word)
            continue
        if len(run) > 1:
            yield Span(run[0].start(), run[-1].end())
        run = [word] if is_name and not word[0].isupper() else []
    if len(run) > 1:
        yield Span(run[0].start(), run[-1].end())


def answers_when(phrase: DatePhrase, query: Query) -> bool:
    """Return whether a date is as exact as the question wants: a year needs a year, a day a day."""
    asked = fold(query.question)
    if re.search(r"\bnam (?:nao|bao nhieu|may)\b", asked):
        return phrase.first is not None
    if re.search(r"\b(?:ngay|hom) (?:nao|may|bao nhieu)\b", asked):
        return phrase.day is not None
    if re.search(r"\bthang (?:nao|may)\b", asked):
        return phrase.month is not None or (phrase.first is not None and _within_month(phrase))
    return True


_ASKS_PERIOD = re.compile(r"\btu (?:ngay|thang|nam|hom) (?:nao|may)\b.{0,20}\b(?:den|toi)\b")


def asks_period(query: Query) -> bool:
    """Return whether a question asks from when to when something lasted."""
    return _ASKS_PERIOD.search(fold(query.question)) is not None


def lasts(phrase: DatePhrase) -> bool:
    """Return whether a date has a beginning and an end of its own."""
    return phrase.precision is Precision.RANGE


def _within_month(phrase: DatePhrase) -> bool:
    return (
        phrase.first is not None
        and phrase.last is not None
        and ((phrase.first.year, phrase.first.month) == (phrase.last.year, phrase.last.month))
    )


def dates_agree(asked: DatePhrase, own: DatePhrase) -> bool:
    """Return whether two dates may be the same; an unknown year contradicts none."""
    if asked.first is None or own.first is None or asked.last is None or own.last is None:
        same_day = asked.day is None or own.day is None or asked.day == own.day
        return same_day and (asked.month is None or own.month is None or asked.month == own.month)
    return asked.first <= own.last and own.first <= asked.last


def _holds_document(sentence: ReadSentence, asked: str) -> bool:
    named = [kind for kind in _DOCUMENT_KINDS if kind in asked]
    if re.search(r"\bso (?:may|bao nhieu|nao|gi)\b", asked):
        return bool(find_document_numbers(sentence.text)) and (
            not named or any(kind in sentence.folded for kind in named)
        )
    if named and not any(kind in sentence.folded for kind in named):
        return False
    if find_document_numbers(sentence.text):
        return True
    return any(kind in sentence.folded for kind in named or _DOCUMENT_KINDS)


def holds_number(sentence: ReadSentence, units: Sequence[str]) -> bool:
    """Return whether a sentence counts one of the units asked for; any number without units."""
    if not re.search(r"\d", sentence.text):
        return False
    return not units or any(_counts(unit, sentence) for unit in units)


def _counts(unit: str, sentence: ReadSentence) -> bool:
    """Return whether a number stands before the counted noun, at most two words between."""
    if unit.startswith("phan tram"):
        return "%" in sentence.text or "phan tram" in sentence.folded
    words = unit.split()
    return any(
        re.search(
            rf"\d[\d.,/%]*\s+(?:[^\W\d]+\s+){{0,{2 if n in (2, 3, len(words)) else 1}}}?"
            rf"{re.escape(' '.join(words[:n]))}\b",
            sentence.folded,
        )
        for n in range(len(words), 0, -1)
    )
