"""A question within a conversation: whether it goes on with the one before, and how.

What it names replaces what was named in the same place; the rest stays. A question about
something new stands alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hochoi.question import Condition, ConditionKind
from hochoi.text import fold, has_diacritics
from hochoi.understanding.exchanging import (
    NARROWS,
    PLACES,
    exchanged,
    replaced_in,
    with_more,
)
from hochoi.understanding.over_visits import OVERVIEWS
from hochoi.understanding.standing import Read, Standing, with_subject, without_conditions
from hochoi.understanding.turns import Manner, Turn, ordinal_in, read_turn
from hochoi.understood import ProvinceRole, QuestionKind

SMALL_TALK = frozenset(
    {
        QuestionKind.GREETING,
        QuestionKind.ORDER,
        QuestionKind.OFF_TOPIC,
        QuestionKind.PREDICTION,
        QuestionKind.OPINION,
    }
)
_ENTITIES = (ConditionKind.PROVINCE, ConditionKind.REGION, ConditionKind.GROUP)
_MOST_WORDS = 14  # of a follow-up that no cue word shows

_OPENER = re.compile(
    r"\W*(?:ngoai ra,? )?(?:(?:the |vay )?con(?! (?:lai|nua|bao|may)\b)|the thi|vay thi|the|vay) "
)
_TAIL = re.compile(r"\s*\b(?:thi (?:sao|the nao|nhu the nao|ra sao)|thi|nua|thoi|nhi|nhe)?\W*$")
_DROPS = re.compile(
    r"\W*(?:khong (?:gioi han|can loc|loc|can)|bo (?:loc|dieu kien|gioi han|qua dieu kien)"
    r"|xoa (?:loc|dieu kien)|(?:tinh |lay |xem )?(?:tat ca|moi|het) (?:cac )?(?=nam|noi|tinh|chu de))\b"
)
_DROPPED = (
    (re.compile(r"\b(?:nam|thoi gian|ngay|thang)\b"), (ConditionKind.DATE,)),
    (re.compile(r"\b(?:tinh|dia phuong|noi|thanh pho)\b"), PLACES),
    (re.compile(r"\b(?:vung|mien|khu vuc)\b"), (ConditionKind.REGION,)),
    (re.compile(r"\b(?:chu de|noi dung|linh vuc)\b"), (ConditionKind.TOPIC,)),
    (re.compile(r"\b(?:nuoc ngoai|trong nuoc|doan|khach|bo)\b"), (ConditionKind.GROUP,)),
)
_POINTS_BACK = re.compile(
    r"\b(?:(?:doan|chuyen(?: di)?|buoi(?: lam viec)?|cuoc|bao cao|mo hinh|cach|tinh|noi|dia phuong|hoi thao"
    r"|trung tam) (?:nay|do|ay|kia|tren|vua roi)|(?:nam|ngay|luc|thang) (?:do|ay)|nhu vay|nhu the|o do|tai do"
    r"|hai ben|ben kia|(?:phia|ben) ban|cac doan do)\b|^\W*ho (?!so|chi|tro|dan)"
)
_SIDE = re.compile(r"\b(?:phia|ben)\b")
_VISIT = re.compile(r"\b(?:doan|chuyen(?: di| tham)?|buoi(?: lam viec)?|le ky)\b")
_ELLIPTIC = re.compile(
    r"\W*(?:co|gom|ai|nhung ai|do ai|khi nao|ngay nao|luc nao|hom nao|nam nao|o dau|may|bao nhieu|bn|vi sao"
    r"|tai sao|ket qua|noi dung|(?:cong )?van ban|van ban|ap dung|cho|tiep|xep|sap|ke ten|(?:pho )?truong doan"
    r"|nguoi|lanh dao|moi (?:ngay|nam|thang)|binh quan|doan|chuyen|buoi|tham du|mat bao lau|keo dai|hoc"
    r"|trao doi|ky|muc|dua vao|noi nao|tai|the)\b"
)
_ELLIPTIC_LIST = re.compile(
    r"\W*(?:(?:co )?(?:bao nhieu|may) (?:tinh|dia phuong|nuoc)\b|co (?:bao nhieu |may )?(?:doan|chuyen|buoi)|(?:doan|chuyen|buoi) nao"
    r"|ke ten|xep|sap xep|(?:co )?(?:bao nhieu|may|bn) (?:doan|chuyen|buoi)\W*$"
    r"|ai (?:dan dau|dan|lam truong) (?:moi|tung|cac|nhung) (?:doan|chuyen))"
)
_ADDS = re.compile(r"\W*(?:them(?: ca)?|bo sung(?: them)?|ca|va ca) ")
_WHICH = re.compile(
    r"\W*(?:co )?(?:nhung |cac )?(?:tinh|dia phuong|don vi|co quan|doan|chuyen|noi|nuoc|bo) nao\b"
)
_AND_NOW = re.compile(r"\bthi (?:sao|the nao|nhu the nao|ra sao)\W*$")
_COMPARED_WITH = re.compile(r"\W*so sanh (?:no |chung )?(?:voi|cung)\b")
# All that "Quảng Ninh làm thế nào?" says beside the place: the subject is still the old one.
_BRIEF = frozenset("lam the nao ra sao nhu co gi khong dat duoc may bao nhieu thi o".split())
_BETTER = re.compile(r"\b(?:hon|noi nao|ben nao|dau la)\b")
_STRIKING = re.compile(r"[a-zà-ỹ]-?[A-ZĐ]|\b[A-ZĐ][a-zà-ỹ]+ [A-ZĐ][a-zà-ỹ]+")
_ASKS = re.compile(
    r"\b(?:gi|nao|ai|sao|bao|may|khong|dau|noi dung|ket qua|thanh phan|so nguoi|truong doan|nguoi tiep"
    r"|thoi gian|dia diem|van ban|kinh phi)\b"
)
_FILLERS = frozenset(
    "con the vay thi sao nao doan cac nhung buoi chuyen cuoc o tai den ve voi cua phia ben nam thang ngay"
    " vao hoi trong chi lay loc xem can nua thoi nhi a nhe khong co ra tu cho tinh thanh pho"
    " khu vuc so do nay kia khi lam viec luc giua va nhu di sang toi len cong tac thoi gian thoi nhe hoc tap tim"
    " hieu don vi ngoai ra co them ca bo sung".split()
)
# What asks, cut out of the earlier question to leave what it is about; folded.
_ASKING = re.compile(
    r"\b(?:do ai (?:lam truong doan|dan dau|dan doan|phu trach|chu tri|tiep|lam truong)?"
    r"|(?:ai|nguoi nao) (?:la nguoi )?(?:lam truong doan|dan dau|dung dau|dan doan|chu tri|ky)"
    r"|(?:nguoi dan dau|(?:pho )?truong doan) (?:doan )?(?:la ai\b)|la ai"
    r"|(?:gom|co) (?:bao nhieu|may|bn) (?:nguoi|thanh vien)|bao nhieu(?= (?:doan|chuyen|buoi))"
    r"|may(?= (?:doan|chuyen|buoi))|(?:vao )?(?:khi nao|luc nao|bao gio|ngay nao|hom nao|nam nao|thang nao"
    r"|ngay may)|o (?:nhung )?dau|(?:nhu )?the nao|ra sao|nhung noi dung gi|noi dung gi"
    r"|(?:tim hieu|trao doi|hoc(?: duoc| hoi)?|chia se|gop y|noi|ban|lam)(?: duoc)?(?: nhung| ve)?(?: dieu)? gi|liet ke|ke ten"
    r"|danh sach|(?:cho|hay cho) biet|so sanh|theo thoi gian)(?=\W|$)"
)
_EDGE = re.compile(
    r"^\W*(?:(?:va|la|thi|cua|vao|do|gom|hay)\b\W*)+|\W*(?:\b(?:la|do|vao|gom|thi|ve|,)\W*)*$"
)


@dataclass(frozen=True, slots=True)
class Followed:
    """A question as it stands, and the earlier one that it goes on with, if it does."""

    standing: Standing
    before: Standing | None = None


def follow(turn: Turn, earlier: Sequence[Standing], read: Read, today: date) -> Followed:
    """Return a question as it stands, given those it comes after.

    Args:
        turn: The question, NFC, not empty.
        earlier: The questions that were about something, oldest first.
        read: Reads a question that stands alone.
        today: What relative dates are reckoned from.
    """
    now = read(turn.rest, today)
    if not earlier or now.kind in SMALL_TALK or turn.manner is Manner.ANEW:
        return Followed(now)
    before = earlier[-1]
    if turn.manner is Manner.RETURNS:
        before = next((e for e in reversed(earlier) if e.keys & now.keys), before)
    if turn.manner is Manner.PLAIN and not _goes_on(now, before):
        return Followed(now)
    alike = _alike(now, before, read, today), _alike(before, now, read, today)
    return Followed(_carried(*alike, read, today), before)


def _alike(typed: Standing, other: Standing, read: Read, today: date) -> Standing:
    """Return a question typed without diacritics with those of its names, if the other has some.

    Names are looked for without diacritics only in texts that have none at all.
    """
    if has_diacritics(typed.text) or not has_diacritics(other.text):
        return typed
    text = typed.text
    for condition in sorted(typed.conditions, key=lambda c: -c.start):
        if condition.spelling:
            text = f"{text[: condition.start]}{condition.spelling}{text[condition.end :]}"
    return read(text, today)


def _carried(now: Standing, before: Standing, read: Read, today: date) -> Standing:
    """Return a question with what it carries on from the one before."""
    if before.kind is QuestionKind.COMPARE and not now.conditions and _BETTER.search(now.folded):
        return before
    if _DROPS.match(now.folded):
        return read(without_conditions(before.text, _dropped(now, before)), today)
    if now.conditions and _ADDS.match(now.folded) and _is_fragment(now):
        return read(with_more(now, before), today)
    is_plain = now.kind is QuestionKind.CONTENT or now.kind in OVERVIEWS
    asks_nothing = is_plain or _AND_NOW.search(now.folded) is not None or _picks(now, before)
    if now.conditions and asks_nothing and _is_fragment(now):
        return read(exchanged(now, before), today)
    own = _bare(now)
    if _COMPARED_WITH.match(now.folded):
        places = before.of_kind(*PLACES)
        if places:
            own = f"{own} và {places[0].text}"
            now = read(own, today)
    if before.ordinal is not None and ordinal_in(now.folded) is None and not now.of_kind(*PLACES):
        own = f"{before.text[before.ordinal.start : before.ordinal.end]}: {own[0].lower()}{own[1:]}"
    subject = before.subject or _subject(before)
    if now.kind is QuestionKind.CONTENT and not _asks(now) and before.ordinal is None:
        subject = before.text if before.subject is None else before.text.replace(" (", ", ")
    replaced = replaced_in(now, read(subject, today)) if now.conditions else []
    remaining = without_conditions(subject, replaced)
    return read(with_subject(own, remaining) if remaining else own, today)


def _picks(now: Standing, before: Standing) -> bool:
    """Return whether a question picks some of the visits that the one before lists."""
    return before.kind in OVERVIEWS and _WHICH.match(now.folded) is not None


def _is_complete(now: Standing, before: Standing) -> bool:
    """Return whether a question names both sides of another visit and asks about it."""
    roles = {c.role for c in now.of_kind(*PLACES) if c.key not in before.keys}
    return _asks(now) and {ProvinceRole.HOST, ProvinceRole.VISITOR} <= roles


def _goes_on(now: Standing, before: Standing) -> bool:
    """Return whether a question goes on with the one before it."""
    folded = now.folded
    if _is_complete(now, before):
        return False
    if _points_back(now, before):
        return True
    if _COMPARED_WITH.match(folded):
        return bool(before.of_kind(*PLACES))
    if now.kind is QuestionKind.CONTENT and _is_fragment(now):
        return True
    new = [c for c in now.of_kind(*_ENTITIES, ConditionKind.DOCUMENT) if c.key not in before.keys]
    if now.kind in OVERVIEWS:
        is_alone = any(c.kind in (*PLACES, ConditionKind.DOCUMENT) for c in new)
        elliptic = _ELLIPTIC_LIST.match(folded) is not None
        return elliptic and not is_alone and before.kind in OVERVIEWS
    if new:
        # "Có đoàn Hàn Quốc không?" asks about the list before it.
        return (
            before.kind in OVERVIEWS
            and _ELLIPTIC_LIST.match(folded) is not None
            and all(c.kind is ConditionKind.GROUP for c in new)
        )
    return _SIDE.search(folded) is not None or _leans(now, before)


def _points_back(now: Standing, before: Standing) -> bool:
    """Return whether words of a question say that it goes on: "còn", "đoàn đó", "thì sao"."""
    folded = now.folded
    if any(p.match(folded) for p in (_OPENER, NARROWS, _DROPS)) or _POINTS_BACK.search(folded):
        return True
    if _AND_NOW.search(folded) or _is_brief(now, before):
        return True
    if ordinal_in(folded) and not now.of_kind(*PLACES):
        return True
    return _picks(now, before) and _is_fragment(now)


def _leans(now: Standing, before: Standing) -> bool:
    """Return whether a question that names nothing new leaves out what it is about."""
    leans = _VISIT.search(now.folded) is not None or _ELLIPTIC.match(now.folded) is not None
    has_new_topic = any(c.key not in before.keys for c in now.of_kind(ConditionKind.TOPIC))
    if now.of_kind(*_ENTITIES) or has_new_topic or _names_something(now, before):
        return leans
    return leans or len(now.folded.split()) <= _MOST_WORDS


def _names_something(now: Standing, before: Standing) -> bool:
    """Return whether a proper name stands in a question that the one before does not have."""
    return any(
        now.text[max(0, m.start() - 1) : m.end()].strip() not in before.text
        for m in _STRIKING.finditer(now.text)
    )


def _is_fragment(now: Standing) -> bool:
    """Return whether nothing but conditions and filling words stand in a question."""
    rest = without_conditions(now.text, now.conditions)
    words = re.findall(r"\w+", fold(rest).replace("dia phuong", ""))
    return all(word in _FILLERS for word in words)


def _is_brief(now: Standing, before: Standing) -> bool:
    """Return whether a question names only another place for what the one before asked about."""
    if {c.kind for c in now.conditions} - set(PLACES) or not now.conditions:
        return False
    rest = re.findall(r"\w+", fold(without_conditions(now.text, now.conditions)))
    return bool(before.of_kind(ConditionKind.TOPIC)) and set(rest) <= _BRIEF


def _asks(now: Standing) -> bool:
    """Return whether a question says what it wants to know, apart from "thì sao"."""
    return bool(_ASKS.search(_TAIL.sub("", now.folded)))


def _bare(now: Standing) -> str:
    """Return a question without "còn", "thế", "thì sao"."""
    opener = _OPENER.match(now.folded)
    start = opener.end() if opener else 0
    tail = _TAIL.search(now.folded, start)
    own = now.text[start : tail.start() if tail else len(now.text)].strip(" ?.!") or now.text
    return own[0].upper() + own[1:]


def _subject(before: Standing) -> str:
    """Return what an earlier question is about: itself without the words that ask."""
    text = before.text
    for match in reversed(list(_ASKING.finditer(before.folded))):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    text = _EDGE.sub("", " ".join(text.split())) if len(fold(text)) == len(text) else text
    return text if len(text.split()) > 1 or before.conditions else before.text


def _dropped(now: Standing, before: Standing) -> list[Condition]:
    """Return the conditions that a question wants out of the one before."""
    named = [c for c in before.conditions if c.key in now.keys]
    if named:
        return named
    for words, kinds in _DROPPED:
        if words.search(now.folded):
            return list(before.of_kind(*kinds))
    return []


def subjects(
    history: Sequence[str], read: Read, today: date, *, most_turns: int, most_chars: int
) -> tuple[Standing, ...]:
    """Return the questions of a conversation that were about something, standing alone, in order.

    Args:
        history: Earlier questions, oldest first.
        read: Reads a question that stands alone.
        today: What relative dates are reckoned from.
        most_turns: Only so many of the latest are looked at.
        most_chars: Longer ones are passed over.
    """
    found: list[Standing] = []
    for turn in history[-most_turns:]:
        text = " ".join(turn.split())
        if not text or len(text) > most_chars:
            continue
        now = follow(read_turn(text), found, read, today).standing
        if now.kind not in SMALL_TALK:
            found.append(now)
    return tuple(found)
