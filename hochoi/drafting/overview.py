"""Questions over many visits: which visits they mean, by role, date, topic and kind of visitor.

"Liệt kê các đoàn đến Bắc Ninh trước năm 2020" asks for rows, not for a sentence of one report.
Only plain wordings count; a question that may be about a single visit is left to search.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from hochoi.language.topics import TopicTable
from hochoi.provinces import Mention
from hochoi.question import Query
from hochoi.text import fold
from hochoi.types import PartyKind, Report, Visit


class OverviewKind(Enum):
    """What a question over visits wants."""

    LIST = "list"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Overview:
    """The visits a question is about. An empty set or None does not restrict."""

    kind: OverviewKind
    hosts: frozenset[str]  # canonical provinces that must host
    visitors: frozenset[str]  # ... that must visit
    parties: frozenset[str]  # ... that must take part
    first: date | None
    last: date | None
    topics: frozenset[str]  # codes, of which a visit has at least one
    foreign_only: bool


_GROUP = (
    r"(?:doan|chuyen(?: tham| di| cong tac)?|buoi(?: lam viec| trao doi)?|cuoc(?: trao doi| tham)?)"
)
_LIST = re.compile(
    rf"\b(?:liet ke|ke ten|danh sach|cho xem) (?:tat ca |toan bo )?(?:cac |nhung )?{_GROUP}\b"
    rf"|\b(?:nhung|cac) {_GROUP}\b.{{0,60}}\b(?:nao|gi)\b(?!.*\b(?:may|bao nhieu)\b)"
    rf"|\bco (?:nhung )?{_GROUP} nao\b|\b(?:tung|da) (?:tiep|don)(?: duoc)? (?:nhung|cac) doan\b"
    rf"|\bnhung (?:tinh|dia phuong|thanh pho|noi) nao (?:da |tung )?(?:den|tham|hoc|ve|cu doan)\b"
)
_COUNT = re.compile(
    rf"\b(?:bao nhieu|may) {_GROUP}\b(?! (?:kiem tra|khao sat|thanh tra|giam sat))"
    rf"|\b(?:thong ke|dem) (?:so )?{_GROUP}\b|\b(?:tiep|don|den) (?:bao nhieu|may) (?:lan|luot)\b"
)
_FOREIGN = re.compile(r"\b(?:doan (?:khach )?(?:nuoc ngoai|quoc te)|khach quoc te|nuoc ngoai)\b")
_BEFORE = re.compile(r"\btruoc(?: (?:thang|nam|ngay))?\s*$")
_AFTER = re.compile(r"\b(?:sau|tu)(?: (?:thang|nam|ngay))?\s*$")
_HOST_BEFORE = re.compile(
    r"\b(?:den|tai|o|tham|ra|vao|sang|voi|ve)(?: (?:tinh|thanh pho|tp|ubnd|hdnd)\.?)*\s*$"
)
_HOST_AFTER = re.compile(r"^\W*(?:\([^)]*\)\W*)?(?:da |tung |tiep tuc )*(?:tiep|don)\b")
_VISITOR_AFTER = re.compile(
    r"^\W*(?:\([^)]*\)\W*)?(?:da |tung )*(?:di|den|sang|ra|vao|hoc|tham|cu (?:doan|can bo))\b"
)
_VISITOR_BEFORE = re.compile(r"\bdoan(?: (?:cua|tinh|thanh pho|tp|ubnd|hdnd|cong tac)\.?)*\s*$")


def requested(query: Query, topics: TopicTable, accented: str) -> Overview | None:
    """Return which visits a question asks for as a group, None when it asks for one.

    Args:
        query: The question, understood.
        topics: The closed list of topics.
        accented: The question with diacritics, for finding topics in it.
    """
    folded = fold(query.question)
    kind = OverviewKind.COUNT if _COUNT.search(folded) else None
    if kind is None and _LIST.search(folded):
        kind = OverviewKind.LIST
    if kind is None:
        return None
    roles = [(m.province, _role(folded, m)) for m in query.provinces]
    first, last = _bounds(folded, query)
    return Overview(
        kind,
        hosts=frozenset(p for p, role in roles if role == "host"),
        visitors=frozenset(p for p, role in roles if role == "visitor"),
        parties=frozenset(p for p, role in roles if role is None),
        first=first,
        last=last,
        topics=frozenset(topics.classify("", accented)) - {"khac"},
        foreign_only=_FOREIGN.search(folded) is not None,
    )


def _role(folded: str, mention: Mention) -> str | None:
    """Return "host" or "visitor" where the words around a province say so."""
    before, after = folded[: mention.start], folded[mention.end :]
    if _HOST_AFTER.match(after):
        return "host"
    if _VISITOR_BEFORE.search(before):
        return "visitor"
    if _HOST_BEFORE.search(before):
        return "host"
    return "visitor" if _VISITOR_AFTER.match(after) else None


def _bounds(folded: str, query: Query) -> tuple[date | None, date | None]:
    """Return the first and last day the question allows."""
    firsts: list[date] = []
    lasts: list[date] = []
    for phrase in query.dates:
        if phrase.first is None or phrase.last is None:
            continue
        before = folded[: phrase.start]
        if _BEFORE.search(before):
            lasts.append(phrase.first - timedelta(days=1))
        elif _AFTER.search(before):
            is_from = re.search(r"\btu(?: \w+)?\s*$", before) is not None
            firsts.append(phrase.first if is_from else phrase.last + timedelta(days=1))
        else:
            firsts.append(phrase.first)
            lasts.append(phrase.last)
    return (min(firsts) if firsts else None, max(lasts) if lasts else None)


def matching(overview: Overview, reports: Iterable[Report]) -> tuple[Report, ...]:
    """Return the reports of the visits asked for: dated ones by date, then the undated."""
    found = [r for r in reports if r.visit.visitors and _matches(overview, r.visit)]
    return tuple(sorted(found, key=lambda r: (r.visit.date_first or date.max, r.title)))


def _matches(overview: Overview, visit: Visit) -> bool:
    hosts = {name for s in visit.host for name in (s.value.province, s.value.current) if name}
    guests = {name for s in visit.visitors for name in (s.value.province, s.value.current) if name}
    if not (overview.hosts <= hosts and overview.visitors <= guests):
        return False
    if not overview.parties <= hosts | guests:
        return False
    if overview.topics and overview.topics.isdisjoint(visit.topics):
        return False
    if overview.foreign_only and not _is_foreign(visit):
        return False
    if overview.first is None and overview.last is None:
        return True
    if visit.date_first is None or visit.date_last is None:
        return False
    return (overview.first is None or overview.first <= visit.date_last) and (
        overview.last is None or visit.date_first <= overview.last
    )


def _is_foreign(visit: Visit) -> bool:
    return any(s.value.kind is PartyKind.FOREIGN for s in visit.visitors)
