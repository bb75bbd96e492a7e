"""Find the conditions that a question states: provinces, regions, dates, topics, documents, groups.

Each keeps the words it was read from, so that it can be taken out of the question or exchanged.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from hochoi.dates.finding import DatePhrase, find_dates
from hochoi.language.document_numbers import DocumentNumber, find_document_numbers
from hochoi.provinces import Mention, ProvinceTable
from hochoi.question import Condition, ConditionKind
from hochoi.text import fold, has_diacritics
from hochoi.understanding.places import NamedPlace, PlaceTable
from hochoi.understanding.roles import role_at
from hochoi.understanding.topic_names import TopicNames
from hochoi.understood import ProvinceRole

_BEFORE = re.compile(r"\btruoc(?: (?:thang|nam|ngay))?\s*$")
_AFTER = re.compile(r"\bsau(?: (?:thang|nam|ngay))?\s*$")
_SINCE = re.compile(r"\b(?:tu|ke tu)(?: (?:thang|nam|ngay|dau))?\s*$")
_UNTIL = re.compile(r"\b(?:den het|tinh den|cho den)(?: (?:thang|nam|ngay))?\s*$")
_DATE_LEAD = re.compile(
    r"(?:\b(?:chi|trong|vao|hoi|dip|ke|tu|truoc|sau|den het|tinh den|cho den|thang|nam|ngay) )*$"
)
_PLACE_LEAD = re.compile(
    r"(?:(?:\bva|\bhoac|\bhay|,) ?)?(?:\b(?:o|tai|den|tham|ra|vao|sang|toi|voi|ve|cua|tu|len|phia) )?"
    r"(?:\b(?:cac tinh|khu vuc|vung|ubnd|hdnd) )*$"
)
_TOPIC_LEAD = re.compile(r"(?:(?:\bva|,) ?)?(?:\b(?:hoc |tim hieu |noi |ban |trao doi )?ve )?$")
_GROUP_LEAD = re.compile(r"(?:\b(?:cua|tu|den tu) )?$")
_LABEL_BEFORE = re.compile(
    r"(?:\(\s*(?:nay|gom|truoc|cu|tuc|thuoc|phan|moi|hien|hop nhat|sap nhap)\b[^()]*"
    r"|\b(?:nay (?:thuoc(?: ve)?|la|nhap vao)|(?:sap nhap|hop nhat|nhap)(?: vao| voi))"
    r"(?: (?:tinh|thanh pho|tp)\.?)*\s*|\btruoc khi nhap vao(?: (?:tinh|thanh pho|tp)\.?)*\s*)$"
)
_FORMER = re.compile(
    r" \(?(?:cu|truoc day|truoc kia|ngay truoc|truoc(?: khi)? (?:sap nhap|hop nhat))\b\)?"
)
_PRESENT = re.compile(r" \(?(?:moi|hien nay|ngay nay|sau(?: khi)? (?:sap nhap|hop nhat))\b\)?")
_FOREIGN = re.compile(
    r"\b(?:(?:doan|khach|doi tac|chuyen gia)(?: khach)? (?:nuoc ngoai|quoc te)|(?:den tu|tu|cua) nuoc ngoai"
    r"|nguoi nuoc ngoai|(?:(?:bao nhieu|may|bn) (?:nuoc|quoc gia)|(?:nuoc|quoc gia) nao)(?= (?:da |tung )*(?:den|sang|tham|hoc|cu)\b))\b"
)
_ABROAD = re.compile(
    r"\bchuyen (?:di |tham |cong tac )*nuoc ngoai\b|\b(?:di|ra|tham|sang|cong tac|o|tai) (?:o )?nuoc ngoai\b|\b(?:tham|sang|den) (?:nhung |cac )?nuoc nao\b"
)
_DOMESTIC = re.compile(r"\b(?:doan|khach) trong nuoc\b")
_LOCAL = re.compile(
    r"\bdoan (?:cua )?(?:cac )?(?:tinh|dia phuong)(?: khac| ban)?,?(?: thanh pho| thanh)?"
    r"(?= (?:da |tung )*(?:den|tham|hoc|sang|vao|ra)\b)"
    r"|\b(?:tinh,? thanh(?: pho)?|tinh|dia phuong) nao"
    r"(?= (?:da |tung )*(?:den|tham|hoc|cu|sang|vao|ra|di)\b)"
    r"|(?<=cac |ung |ieu |may |ach )(?:tinh,? thanh(?: pho)?|tinh|dia phuong)(?: khac| ban)?"
    r"(?= (?:da |tung )*(?:den|tham|hoc|cu|sang|vao|ra|di)\b)"
)
_MINISTRY = re.compile(
    r"\b(?:bo,? nganh(?: trung uong)? nao|bo nao|(?:cac|nhung|may|bao nhieu) bo,? nganh(?: trung uong)?"
    r"|co quan trung uong(?: nao)?)\b|(?<=\bcua )(?:cac )?bo(?:,? nganh)?(?= khong\b|\W*$)"
)
_COUNCIL = re.compile(
    r"\b(?:doan (?:cua )?(?:cac )?(?:hdnd|hoi dong nhan dan)|(?:hdnd|hoi dong nhan dan)(?= (?:tinh|cac tinh|cac dia phuong|nao)\b))"
    r"(?: (?:tinh|cac tinh))?(?= (?:nao|da|den|tham|hoc|vao|ra|sang|cac)\b)"
    r"|(?<=\bcua )(?:cac )?(?:hdnd|hoi dong nhan dan)(?= (?:da|den|nam|trong|ve|tu)\b|\W*$)"
)
_PRODUCT = re.compile(r"-[A-Z]\b")  # "Hue-S"
_ASKS = re.compile(r" nao\b")
_OF_JAPAN = re.compile(r"\b(?:doan|nuoc|tu|sang|di|khach|cua|phia|ben|tham|nguoi) $")
_LAO_DONG = re.compile(r" dong\b")


_ASIDE_CHARS = 30  # between a name and where it belongs now
_CITY_NAME = "Thành phố Hồ Chí Minh"  # the bare name is a person's
_PLACE_KINDS = (ConditionKind.PROVINCE, ConditionKind.REGION)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a text: conditions in order, and the names as search wants them."""

    conditions: tuple[Condition, ...]
    provinces: tuple[Mention, ...]  # those named beside another to explain it included
    dates: tuple[DatePhrase, ...]
    documents: tuple[DocumentNumber, ...]


class ConditionReader:
    """Reads conditions with the tables of a library."""

    def __init__(self, provinces: ProvinceTable, places: PlaceTable, topics: TopicNames) -> None:
        self._provinces, self._places, self._topics = provinces, places, topics

    def read(self, text: str, today: date) -> Found:
        """Return the conditions of an NFC text; relative dates are reckoned from `today`."""
        folded, plain = fold(text), not has_diacritics(text)
        mentions = self._provinces.find(text)
        # "lần đầu năm nào" names no time.
        dates = tuple(d for d in find_dates(text, today) if not _ASKS.match(folded, d.end))
        documents = find_document_numbers(text)
        if len(folded) != len(text):  # letters no Vietnamese keyboard has; nothing can be cut
            return Found((), mentions, dates, documents)
        taken = [(m.start, m.end) for m in mentions]
        taken += [(d.start, d.end) for d in dates]
        taken += [(d.start, d.end) for d in documents]
        named = [
            p
            for p in self._places.find(text, folded, plain=plain)
            if _is_free(p.start, p.end, taken) and not (plain and _is_everyday(p, folded))
        ]
        taken += [(p.start, p.end) for p in named]
        found = [
            *self._province_conditions(mentions, text, folded),
            *(_of_place(p, folded) for p in named),
            *_of_dates(dates, text, folded),
            *(_of_document(d) for d in documents),
            *_groups(folded, text, taken),
            *(
                Condition(
                    ConditionKind.TOPIC,
                    f"topic:{t.code}",
                    t.start,
                    t.end,
                    _lead(_TOPIC_LEAD, folded, t.start),
                    text[t.start : t.end],
                    names=frozenset({t.code}),
                    spelling=t.cue,
                )
                for t in self._topics.find(text, folded, plain=plain)
                if _is_free(t.start, t.end, taken)
            ),
        ]
        ordered = _once(sorted(found, key=lambda c: (c.start, -c.end)))
        conditions = _complemented(_coordinated(ordered, folded))
        return Found(conditions, mentions, dates, documents)

    def _province_conditions(
        self, mentions: Sequence[Mention], text: str, folded: str
    ) -> Iterator[Condition]:
        labels = [
            m
            for before, m in zip((None, *mentions), mentions, strict=False)
            if _LABEL_BEFORE.search(folded[: m.start]) or _explains(before, m, folded)
        ]
        if len(labels) == len(mentions):
            labels = []
        for m, following in zip(mentions, (*mentions[1:], None), strict=False):
            if m in labels or _PRODUCT.match(text, m.end):
                continue
            former, present = _FORMER.match(folded, m.end), _PRESENT.match(folded, m.end)
            names = {m.province}
            if former is None:
                names |= set(self._provinces.former_parts(m.province))
            said = former or present
            end = said.end() if said is not None else m.end
            yield Condition(
                ConditionKind.PROVINCE,
                f"province:{m.province}",
                m.start,
                end,
                _lead(_PLACE_LEAD, folded, m.start),
                text[m.start : end],
                role_at(folded, m.start, _explained_to(folded, end, following, labels)),
                frozenset(names),
                spelling=_CITY_NAME if m.province == "Hồ Chí Minh" else m.province,
            )


def _is_everyday(named: NamedPlace, folded: str) -> bool:
    """Return whether a country's name typed plainly is another word: "lao dong", "nhieu nhat"."""
    if folded[named.start : named.end] == "nhat":
        return _OF_JAPAN.search(folded, 0, named.start) is None
    return named.place.code == "lao" and _LAO_DONG.match(folded, named.end) is not None


def _explains(before: Mention | None, mention: Mention, folded: str) -> bool:
    """Return whether a name in brackets says where the one before them belongs: "Kon Tum (Quảng Ngãi)"."""
    return (
        before is not None
        and before.current == mention.current
        and folded[before.end : mention.start].strip() == "("
        and folded[mention.end : mention.end + 1] == ")"
    )


def _explained_to(
    folded: str, end: int, following: Mention | None, labels: Sequence[Mention]
) -> int:
    """Return where the words end that belong to a name: "Long An đã nhập vào Tây Ninh"."""
    if following is None or following not in labels or following.start - end > _ASIDE_CHARS:
        return end
    return end if "(" in folded[end : following.start] else following.end


def _lead(pattern: re.Pattern[str], folded: str, start: int) -> int:
    match = pattern.search(folded, max(0, start - 60), start)
    return match.start() if match else start


def _is_free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return all(end <= a or b <= start for a, b in taken)


def _of_place(named: NamedPlace, folded: str) -> Condition:
    place, start, end = named.place, named.start, named.end
    is_region = place.kind == "region"
    lead = _lead(_PLACE_LEAD if is_region else _GROUP_LEAD, folded, start)
    role = role_at(folded, start, end)
    if not is_region and role is ProvinceRole.ANY:
        role = ProvinceRole.VISITOR  # whoever is named by its country or ministry comes from there
    return Condition(
        ConditionKind.REGION if is_region else ConditionKind.GROUP,
        f"region:{place.code}" if is_region else f"group:{place.kind}:{place.code}",
        start,
        end,
        lead,
        place.name,
        role,
        place.provinces if is_region else frozenset({f"{place.kind}:{place.code}"}),
        spelling=place.name,
    )


def _of_dates(dates: Sequence[DatePhrase], text: str, folded: str) -> Iterator[Condition]:
    for phrase in dates:
        before = folded[: phrase.start]
        first, last = phrase.first, phrase.last
        bounded = phrase.start
        if first is not None and last is not None:
            for pattern, bounds in (
                (_BEFORE, (None, first - timedelta(days=1))),
                (_AFTER, (last + timedelta(days=1), None)),
                (_SINCE, (first, None)),
                (_UNTIL, (None, last)),
            ):
                match = pattern.search(before)
                if match is not None:
                    first, last = bounds
                    bounded = match.start()
        words = text[bounded : phrase.end]
        yield Condition(
            ConditionKind.DATE,
            f"date:{fold(' '.join(words.split()))}",
            phrase.start,
            phrase.end,
            min(bounded, _lead(_DATE_LEAD, folded, phrase.start)),
            words,
            first=first,
            last=last,
        )


def _of_document(number: DocumentNumber) -> Condition:
    key = f"document:{number.key}"
    return Condition(
        ConditionKind.DOCUMENT,
        key,
        number.start,
        number.end,
        number.start,
        number.text,
        names=frozenset({number.key}),
    )


def _groups(folded: str, text: str, taken: list[tuple[int, int]]) -> Iterator[Condition]:
    """Yield kinds of visitors: from abroad, from this country, councils; and visits abroad."""
    for code, pattern, role in (
        ("foreign", _FOREIGN, ProvinceRole.VISITOR),
        ("abroad", _ABROAD, ProvinceRole.HOST),
        ("domestic", _DOMESTIC, ProvinceRole.VISITOR),
        ("council", _COUNCIL, ProvinceRole.VISITOR),
        ("local", _LOCAL, ProvinceRole.VISITOR),
        ("ministry", _MINISTRY, ProvinceRole.VISITOR),
    ):
        for match in pattern.finditer(folded):
            start = match.start()
            noun = re.match(r"(?:doan|khach)\s+", folded[start : match.end()])
            start += noun.end() if noun and code != "abroad" else 0
            if _is_free(start, match.end(), taken):
                taken.append((start, match.end()))
                yield Condition(
                    ConditionKind.GROUP,
                    f"group:{code}",
                    start,
                    match.end(),
                    start,
                    text[start : match.end()],
                    role,
                    frozenset({code}),
                )


def _once(conditions: Sequence[Condition]) -> list[Condition]:
    """Return each condition once: "Bắc Ninh" named twice keeps the role that either states."""
    kept: dict[str, Condition] = {}
    for condition in conditions:
        known = kept.get(condition.key)
        if known is None:
            kept[condition.key] = condition
        elif known.role is ProvinceRole.ANY:
            kept[condition.key] = replace(known, role=condition.role)
    return list(kept.values())


_JOINED = re.compile(
    r"\s*(?:,|-|–|\bva\b|\bhoac\b|\bhay\b|\bcung\b|\blan\b)+\s*(?:(?:tinh|thanh pho|tp)\.?\s*)?"
)


def _coordinated(conditions: Sequence[Condition], folded: str) -> list[Condition]:
    """Give names that are joined by "và", "hoặc" or a comma the role that one of them has."""
    joined = list(conditions)
    places = [n for n, c in enumerate(joined) if c.kind in _PLACE_KINDS]
    for forth in (True, False):  # "đến A và B", then "A và B tiếp"
        pairs = list(pairwise(places))
        for a, b in pairs if forth else reversed(pairs):
            known, other = (a, b) if forth else (b, a)
            is_open = joined[other].role is ProvinceRole.ANY
            if is_open and _JOINED.fullmatch(folded, joined[a].end, joined[b].start):
                joined[other] = replace(joined[other], role=joined[known].role)
    return joined


def _complemented(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Give the last province without a role the one that the others leave free."""
    provinces = [c for c in conditions if c.kind is ConditionKind.PROVINCE]
    roles = {c.role for c in provinces}
    free = [c for c in provinces if c.role is ProvinceRole.ANY]
    others = {
        frozenset({ProvinceRole.HOST, ProvinceRole.ANY}): ProvinceRole.VISITOR,
        frozenset({ProvinceRole.VISITOR, ProvinceRole.ANY}): ProvinceRole.HOST,
    }
    role = others.get(frozenset(roles))
    if len(provinces) != 2 or len(free) != 1 or role is None:
        return tuple(conditions)
    return tuple(replace(c, role=role) if c is free[0] else c for c in conditions)
