"""A question within a conversation: whether it goes on with the one before, and how.

What it names replaces what was named in the same place; the rest stays. A question about
something new stands alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hochoi.question import Condition, ConditionKind
from hochoi.text import fold
from hochoi.understanding.over_visits import OVERVIEWS
from hochoi.understanding.standing import Read, Standing, with_subject, without_conditions
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
_PLACES = (ConditionKind.PROVINCE, ConditionKind.REGION)
_MOST_WORDS = 14  # of a follow-up that no cue word shows

_OPENER = re.compile(r"\W*(?:(?:the |vay )?con(?! (?:lai|nua|bao|may)\b)|the thi|vay thi|the|vay) ")
_TAIL = re.compile(r"\s*\b(?:thi (?:sao|the nao|nhu the nao|ra sao)|thi|nua|thoi|nhi|nhe)?\W*$")
_NARROWS = re.compile(
    r"\W*(?:chi (?!dao|thi|so|ro|phi|nhanh|tra)|loc |trong (?:so )?(?:do|cac|nhung|danh sach))"
)
_DROPS = re.compile(
    r"\W*(?:khong (?:gioi han|can loc|loc|can)|bo (?:loc|dieu kien|gioi han|qua dieu kien)"
    r"|xoa (?:loc|dieu kien)|(?:tinh |lay |xem )?(?:tat ca|moi|het) (?:cac )?(?=nam|noi|tinh|chu de))\b"
)
_DROPPED = (
    (re.compile(r"\b(?:nam|thoi gian|ngay|thang)\b"), (ConditionKind.DATE,)),
    (re.compile(r"\b(?:tinh|dia phuong|noi|thanh pho)\b"), _PLACES),
    (re.compile(r"\b(?:vung|mien|khu vuc)\b"), (ConditionKind.REGION,)),
    (re.compile(r"\b(?:chu de|noi dung|linh vuc)\b"), (ConditionKind.TOPIC,)),
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
    r"\W*(?:co (?:bao nhieu |may )?(?:doan|chuyen|buoi)|(?:doan|chuyen|buoi) nao"
    r"|ke ten|xep|sap xep|(?:co )?(?:bao nhieu|may|bn) (?:doan|chuyen|buoi)\W*$)"
)
_AND_NOW = re.compile(r"\bthi (?:sao|the nao|nhu the nao|ra sao)\W*$")
_COMPARED_WITH = re.compile(r"\W*so sanh (?:no |chung )?(?:voi|cung)\b")
# All that "Quảng Ninh làm thế nào?" says beside the place: the subject is still the old one.
_BRIEF = frozenset("lam the nao ra sao nhu co gi khong dat duoc may bao nhieu thi o".split())
_BETTER = re.compile(r"\b(?:hon|noi nao|ben nao|dau la)\b")
_STRIKING = re.compile(r"[a-zà-ỹ]-?[A-ZĐ]|\b[A-ZĐ][a-zà-ỹ]+ [A-ZĐ][a-zà-ỹ]+")
_AT = re.compile(r"\b(?:o|tai)\b")
_FILLERS = frozenset(
    "con the vay thi sao nao doan cac nhung buoi chuyen cuoc o tai den ve voi cua phia ben nam thang ngay"
    " vao hoi trong chi lay loc xem can nua thoi nhi a nhe khong co ra tu cho tinh thanh pho"
    " khu vuc so do nay kia khi lam viec luc giua va nhu di sang toi len cong tac thoi gian thoi nhe hoc tap".split()
)
# What asks, cut out of the earlier question to leave what it is about; folded.
_ASKING = re.compile(
    r"\b(?:do ai (?:lam truong doan|dan dau|dan doan|phu trach|chu tri|tiep|lam truong)?"
    r"|(?:ai|nguoi nao) (?:la nguoi )?(?:lam truong doan|dan dau|dung dau|dan doan|chu tri|ky)"
    r"|(?:nguoi dan dau|(?:pho )?truong doan) (?:doan )?(?:la ai\b)|la ai"
    r"|(?:gom|co) (?:bao nhieu|may|bn) (?:nguoi|thanh vien)|bao nhieu(?= (?:doan|chuyen|buoi))"
    r"|may(?= (?:doan|chuyen|buoi))|(?:vao )?(?:khi nao|luc nao|bao gio|ngay nao|hom nao|nam nao|thang nao"
    r"|ngay may)|o (?:nhung )?dau|(?:nhu )?the nao|ra sao|nhung noi dung gi|noi dung gi|liet ke|ke ten"
    r"|danh sach|(?:cho|hay cho) biet|so sanh|theo thoi gian)(?=\W|$)"
)
_EDGE = re.compile(
    r"^\W*(?:(?:va|la|thi|cua|vao|do|gom|hay)\b\W*)+|\W*(?:\b(?:la|do|vao|gom|thi|ve|,)\W*)*$"
)


def follow(question: str, before: Standing | None, read: Read, today: date) -> Standing:
    """Return a question as it stands, given the one it comes after.

    Args:
        question: NFC, not empty.
        before: The last question that was about something; None when there is none.
        read: Reads a question that stands alone.
        today: What relative dates are reckoned from.
    """
    now = read(question, today)
    if before is None or now.kind in SMALL_TALK or not _goes_on(now, before):
        return now
    if before.kind is QuestionKind.COMPARE and not now.conditions and _BETTER.search(now.folded):
        return before
    if _DROPS.match(now.folded):
        return read(without_conditions(before.text, _dropped(now, before)), today)
    is_plain = now.kind is QuestionKind.CONTENT or now.kind in OVERVIEWS
    asks_nothing = is_plain or _AND_NOW.search(now.folded) is not None
    if now.conditions and asks_nothing and _is_fragment(now):
        return read(_exchanged(now, before), today)
    own = _bare(now)
    if _COMPARED_WITH.match(now.folded):
        places = before.of_kind(*_PLACES)
        if places:
            own = f"{own} và {places[0].text}"
            now = read(own, today)
    subject = before.subject or _subject(before)
    if now.kind is QuestionKind.CONTENT and not _asks(now):
        subject = before.text if before.subject is None else before.text.replace(" (", ", ")
    replaced = _replaced_in(now, read(subject, today)) if now.conditions else []
    remaining = without_conditions(subject, replaced)
    return read(with_subject(own, remaining) if remaining else own, today)


def _goes_on(now: Standing, before: Standing) -> bool:
    """Return whether a question goes on with the one before it."""
    folded = now.folded
    if any(p.match(folded) for p in (_OPENER, _NARROWS, _DROPS)) or _POINTS_BACK.search(folded):
        return True
    if _AND_NOW.search(folded) or _is_brief(now, before):
        return True
    if _COMPARED_WITH.match(folded):
        return bool(before.of_kind(*_PLACES))
    if now.kind is QuestionKind.CONTENT and _is_fragment(now):
        return True
    new = [c for c in now.of_kind(*_ENTITIES, ConditionKind.DOCUMENT) if c.key not in before.keys]
    if now.kind in OVERVIEWS:
        is_alone = any(c.kind in (*_PLACES, ConditionKind.DOCUMENT) for c in new)
        elliptic = _ELLIPTIC_LIST.match(folded) is not None
        return elliptic and not is_alone and before.kind in OVERVIEWS
    if new:
        # "Có đoàn Hàn Quốc không?" asks about the list before it.
        return (
            before.kind in OVERVIEWS
            and _ELLIPTIC_LIST.match(folded) is not None
            and all(c.kind is ConditionKind.GROUP for c in new)
        )
    if _SIDE.search(folded):
        return True
    leans = _VISIT.search(folded) is not None or _ELLIPTIC.match(folded) is not None
    if now.of_kind(*_ENTITIES):
        return leans
    has_new_topic = any(c.key not in before.keys for c in now.of_kind(ConditionKind.TOPIC))
    if has_new_topic or _names_something(now, before):
        return leans
    return leans or len(folded.split()) <= _MOST_WORDS


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
    if {c.kind for c in now.conditions} - set(_PLACES) or not now.conditions:
        return False
    rest = re.findall(r"\w+", fold(without_conditions(now.text, now.conditions)))
    return bool(before.of_kind(ConditionKind.TOPIC)) and set(rest) <= _BRIEF


def _asks(now: Standing) -> bool:
    """Return whether a question says what it wants to know, apart from "thì sao"."""
    return bool(re.search(r"\b(?:gi|nao|ai|sao|bao|may|khong|dau)\b", _TAIL.sub("", now.folded)))


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


def _replaced_in(now: Standing, before: Standing) -> list[Condition]:
    """Return the conditions of the one before whose place those of a question take."""
    return [old for c in now.conditions for old in _rivals(c, before) if old.key not in now.keys]


def _rivals(new: Condition, before: Standing) -> list[Condition]:
    """Return what stood where a new condition stands: the first of them gives it its place."""
    if new.key in before.keys:
        return []
    if new.kind not in _PLACES:
        return list(before.of_kind(new.kind))
    places = before.of_kind(*_PLACES)
    if before.kind is QuestionKind.COMPARE:
        return list(places)
    if new.role is not ProvinceRole.ANY:
        same = [c for c in places if c.role in (new.role, ProvinceRole.ANY)]
        return same[:1] if new.kind is ConditionKind.PROVINCE else same
    return list(places[:1])


def _exchanged(now: Standing, before: Standing) -> str:
    """Return the earlier question with the new conditions in the place of the old ones."""
    narrows = _NARROWS.match(now.folded) is not None
    text = before.text
    edits: list[tuple[int, int, str]] = []
    added: list[str] = []
    for new in now.conditions:
        if new.key in before.keys:
            continue
        if new.kind in _PLACES and _AT.search(now.folded[new.lead : new.start]):
            new = replace(new, role=ProvinceRole.HOST)
        rivals = _rivals(new, before)
        if narrows and new.kind in (*_PLACES, ConditionKind.GROUP):
            rivals = [c for c in rivals if c.kind is new.kind is ConditionKind.GROUP]
        if not rivals:
            added.append(_added(new, now))
            continue
        first, *others = rivals
        edits.append(_edit(new, first, now))
        edits += [(old.lead, old.end, "") for old in others]
    for start, end, words in sorted(set(edits), reverse=True):
        text = f"{text[:start]} {words} {text[end:]}" if words or start else text[end:]
    text = re.sub(r"\s+([,.;:?!)])", r"\1", " ".join(text.split())).replace("( ", "(")
    if not added:
        return text
    end = len(text.rstrip(" ?.!)"))
    return f"{text[:end]} {' '.join(added)}{text[end:]}"


def _edit(new: Condition, old: Condition, now: Standing) -> tuple[int, int, str]:
    """Return which characters of the earlier question the new words replace."""
    keeps_lead = new.kind is not ConditionKind.DATE and (
        new.role in (old.role, ProvinceRole.ANY) or new.kind is ConditionKind.GROUP
    )
    if keeps_lead:
        return old.start, old.end, _inner(now, new.start, new.end)
    return old.lead, old.end, _inner(now, new.lead, new.end)


def _inner(now: Standing, start: int, end: int) -> str:
    """Return words of a question as they stand within another: "Năm 2023" as "năm 2023"."""
    words = now.text[start:end]
    is_name = now.of_kind(*_PLACES) and any(c.start == start for c in now.of_kind(*_PLACES))
    return words if start > 0 or is_name else words[0].lower() + words[1:]


_LEADS = {ConditionKind.TOPIC: "về", ConditionKind.REGION: "ở", ConditionKind.PROVINCE: "ở"}


def _added(new: Condition, now: Standing) -> str:
    """Return the words that add a condition at the end of the earlier question."""
    words = _inner(now, new.lead, new.end)
    if new.kind is ConditionKind.GROUP:
        return f", đoàn {now.text[new.start : new.end]}"
    has_lead = new.lead < new.start or new.kind not in _LEADS
    return words if has_lead else f"{_LEADS[new.kind]} {words}"


def last_subject(
    history: Sequence[str], read: Read, today: date, *, most_turns: int, most_chars: int
) -> Standing | None:
    """Return the last question of a conversation that was about something, standing alone.

    Args:
        history: Earlier questions, oldest first.
        read: Reads a question that stands alone.
        today: What relative dates are reckoned from.
        most_turns: Only so many of the latest are looked at.
        most_chars: Longer ones are passed over.
    """
    before: Standing | None = None
    for turn in history[-most_turns:]:
        text = " ".join(turn.split())
        if not text or len(text) > most_chars:
            continue
        now = follow(text, before, read, today)
        if now.kind not in SMALL_TALK:
            before = now
    return before
