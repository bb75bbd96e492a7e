"""What a question asks for: the kind of answer, and the provinces, dates and documents it names.

Works on folded text, so that accents do not matter. Finds nothing and answers nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from hochoi.dates.finding import DatePhrase, find_dates
from hochoi.language.abbreviations import Abbreviations
from hochoi.language.document_numbers import DocumentNumber, find_document_numbers
from hochoi.language.keyboard import untype
from hochoi.provinces import Mention, ProvinceTable
from hochoi.text import fold
from hochoi.types import Filters


class Wanted(Enum):
    """The kind of fact that would answer a question."""

    HEAD = "head"  # who led the delegation
    DEPUTY = "deputy"
    HOST_LEAD = "host_lead"  # who received it
    PERSON = "person"
    PARTICIPANTS = "participants"
    DATE = "date"
    PLACE = "place"
    DOCUMENT = "document"
    MONEY = "money"
    CONTACT = "contact"  # telephone, address, e-mail
    NUMBER = "number"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for search."""

    question: str  # as asked, NFC, with Telex and VNI typing resolved
    search_text: str  # with abbreviations and province names in other forms appended
    plain_text: str  # with abbreviations replaced by what they stand for
    wanted: tuple[Wanted, ...]  # the kinds of fact asked for, in order; CONTENT when none is clear
    units: tuple[str, ...]  # folded words after "bao nhiêu", "mấy": what is counted
    provinces: tuple[Mention, ...]
    dates: tuple[DatePhrase, ...]
    documents: tuple[DocumentNumber, ...]
    filters: Filters
    is_beyond_reports: bool = False  # asks for a forecast or a judgement of persons


_MANY = r"(?:bao nhieu|may|bn|so luong|chung bao nhieu)"
_PEOPLE = r"(?:nguoi|thanh vien|dai bieu|can bo|dong chi|hoc vien|khach|chuyen gia)"
_CUES: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.CONTACT,
        r"so dien thoai|dien thoai (?:cua|lien he)|dia chi|email|e-mail|so fax|lien he",
    ),
    (
        Wanted.MONEY,
        r"bao nhieu (?:tien|kinh phi|ngan sach|ty|trieu)|(?:kinh phi|chi phi) (?:la )?(?:bao nhieu|het)"
        r"|(?:chi|ton|het) (?:het |mat )?(?:bao nhieu|may) (?:tien|kinh phi|dong)|may (?:ty|trieu) dong",
    ),
    (Wanted.DEPUTY, r"pho truong doan|pho doan"),
    (
        Wanted.HEAD,
        r"truong (?:cac )?doan|(?:dan|dung) dau (?:doan|phai doan)|ai (?:la nguoi )?(?:dan dau|dan doan|phu trach doan)"
        r"|do ai (?:dan|lam truong|phu trach)|dan dau(?: doan)? la ai|doan .{0,80}ai (?:dan|phu trach)"
        r"|(?:dua|dan) doan (?:sang|den|ra|vao|len)|nguoi dung dau doan|doan do ai",
    ),
    (
        Wanted.HOST_LEAD,
        r"ai (?:la nguoi .{0,40})?(?:tiep|don|chu tri|thay mat)|(?:lanh dao|vi) nao .{0,60}(?:tiep|don)"
        r"|(?:tiep|don) (?:doan )?la ai|duoc (?:ai|vi lanh dao nao .{0,60}) tiep|do ai tiep",
    ),
    (
        Wanted.PARTICIPANTS,
        rf"(?:gom|co|may|bao nhieu|bn).{{0,30}}\b{_MANY} {_PEOPLE}|{_MANY} nguoi",
    ),
    (
        Wanted.DATE,
        r"khi nao|bao gio|hom nao|ngay nao|ngay may|thang nao|thang may|nam nao|nam bao nhieu|nam may"
        r"|luc nao|thoi gian nao|vao ngay|ngay bao nhieu|dot nao|la cua nam",
    ),
    (
        Wanted.DOCUMENT,
        r"(?:cong van|van ban|quyet dinh|nghi quyet|chi thi|nghi dinh|ke hoach|thong tu|to trinh|quy dinh)"
        r" (?:nao|so may|so bao nhieu|gi|so nao)|so (?:cong van|quyet dinh|nghi quyet)|van ban nao",
    ),
    (
        Wanted.PLACE,
        r"o dau|den dau|tai dau|nhung dau|noi nao|cho nao|(?:dia diem|thanh pho|hoi truong|phuong|xa|huyen"
        r"|tinh|quan|khu du lich|dia phuong|nuoc|co quan|don vi|trung tam) nao",
    ),
    (
        Wanted.PERSON,
        r"\bai\b|ten la gi|nhung ai|(?:bo truong|thu truong|giam doc|chu tich|vu truong) nao",
    ),
    (
        Wanted.NUMBER,
        rf"{_MANY}|phan tram|ty le|thu may|thu bao nhieu|hang may|bao lau|muc nao|may lan",
    ),
)
_COMPILED = tuple((wanted, re.compile(rf"\b(?:{cue})")) for wanted, cue in _CUES)
_GOES_ON = re.compile(r"\s*(?:con|the con|vay con|the thi|vay thi|the|vay) ")
# What no report can answer: what will be, and what somebody is worth.
_BEYOND = re.compile(
    r"\b(?:se (?:dan dau|dung dau|dung thu|xep thu|thang)|du doan|du bao|thoi tiet|ty gia|xo so"
    r"|(?:yeu|kem|gioi|te|do|tot|xau|luoi) (?:chuyen mon |nang luc )?nhat (?:trong )?(?:doan|nhom)?"
    r"|ai (?:yeu|kem|gioi|te|dang tin|tham nhung))\b"
)
_UNITS = re.compile(rf"\b{_MANY} ((?:[^\W\d_]+ ?){{1,3}})")
# Words that say how a question is put, not what it is about; folded.
QUESTION_WORDS = frozenset(
    "ai gi nao sao may bao nhieu dau khi hom the bn la co duoc khong nhung cac cho hay xin toi biet"
    " voi thi ma va o tai vao ra den tu ve cua do de trong theo nhu ay nay kia con cung a nhe bang"
    " gom lam viec cho cai mot luc hoi viec so".split()
)


def understand(
    question: str,
    provinces: ProvinceTable,
    abbreviations: Abbreviations,
    filters: Filters,
    history: Sequence[str],
    today: date,
) -> Query:
    """Return what a question asks for.

    Args:
        question: Clean NFC text, not empty. Telex or VNI keys left in it are read as typed for.
        provinces: The province table.
        abbreviations: The table of administrative abbreviations.
        filters: What the user restricted the search to.
        history: Earlier questions, oldest first; a question that names no province, date or
            document of its own goes on with what the last one before it named.
        today: What "năm ngoái" and the like are reckoned from.
    """
    question = untype(question)
    folded = fold(question)
    wanted = tuple(w for w, cue in _COMPILED if cue.search(folded))
    context = _context(question, provinces, history, today)
    asked = f"{question}\n{context}" if context else question
    mentions = provinces.find(asked)
    others = {name for m in mentions for name in (m.province, m.current) if name not in asked}
    expansions = abbreviations.expansions(question)
    return Query(
        question=question,
        search_text="\n".join([asked, *expansions, *sorted(others)]),
        plain_text=_spelled_out(question, abbreviations),
        wanted=_settle(wanted),
        units=tuple(m[1].strip() for m in _UNITS.finditer(folded)),
        provinces=mentions,
        dates=find_dates(asked, today),
        documents=find_document_numbers(asked),
        filters=filters,
        is_beyond_reports=_BEYOND.search(folded) is not None or _is_ahead(question, today),
    )


def _context(
    question: str, provinces: ProvinceTable, history: Sequence[str], today: date
) -> str | None:
    """Return the earlier question that a follow-up goes on with, None when it stands alone."""
    goes_on = _GOES_ON.match(fold(question)) is not None
    if not history or (not goes_on and _names_something(question, provinces, today)):
        return None
    named = (h for h in reversed(history) if _names_something(h, provinces, today))
    return next(named, history[-1])


def _is_ahead(question: str, today: date) -> bool:
    """Return whether a question is about days to come: "ngày mai", "tháng sau"."""
    found = find_dates(question, today)
    return any(d.relative and d.first is not None and d.first > today for d in found)


def _names_something(text: str, provinces: ProvinceTable, today: date) -> bool:
    return bool(provinces.find(text) or find_dates(text, today) or find_document_numbers(text))


def _spelled_out(question: str, abbreviations: Abbreviations) -> str:
    words = []
    for word in question.split():
        bare = word.strip(",.;:?!()")
        longer = [e for e in abbreviations.expansions(bare) if len(e) > len(bare)]
        words.append(" ".join(longer) if longer else word)
    return " ".join(words)


def _settle(wanted: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    """Drop the general kinds beside a special one that the same words called up."""
    drop: set[Wanted] = set()
    if {Wanted.HEAD, Wanted.HOST_LEAD, Wanted.DEPUTY} & set(wanted):
        drop |= {Wanted.PERSON}
    if Wanted.DEPUTY in wanted:
        drop |= {Wanted.HEAD}
    if {Wanted.MONEY, Wanted.PARTICIPANTS, Wanted.CONTACT} & set(wanted):
        drop |= {Wanted.NUMBER}
    if Wanted.MONEY in wanted:
        drop |= {Wanted.PARTICIPANTS}
    if Wanted.DATE in wanted:
        drop |= {Wanted.NUMBER} if Wanted.NUMBER in wanted and len(wanted) == 2 else set()
    return tuple(w for w in wanted if w not in drop) or (Wanted.CONTENT,)
