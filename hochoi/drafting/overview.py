"""Questions over many visits: which visits they mean, by role, region, date, topic and visitor.

"Liệt kê các đoàn đến Bắc Ninh trước năm 2020" asks for rows, not for a sentence of one report.
Conditions of one kind and role are alternatives; those of different kinds must all hold.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from hochoi.drafting.overview_words import required_words
from hochoi.question import Condition, ConditionKind, Query
from hochoi.text import fold
from hochoi.understood import ProvinceRole, QuestionKind

OVERVIEWS = frozenset(
    {QuestionKind.LIST, QuestionKind.COUNT, QuestionKind.COMPARE, QuestionKind.TIMELINE}
)


class Scope(Enum):
    """Which reports may be rows."""

    VISITS = "visits"  # somebody visits
    EVENTS = "events"  # or something takes place on a day
    REPORTS = "reports"  # all


class Grouping(Enum):
    """By what a count is broken down."""

    YEAR = "year"
    TOPIC = "topic"
    HOST = "host"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Overview:
    """The visits a question is about."""

    kind: QuestionKind
    conditions: tuple[Condition, ...]
    scope: Scope
    groupings: tuple[Grouping, ...] = ()
    compared: tuple[Condition, ...] = ()  # COMPARE: the sides, each an alternative of the others
    is_between: bool = False  # "giữa A và B": both must take part
    words: tuple[str, ...] = ()  # that a report must hold, as asked: names, a subject
    wants_head: bool = False
    wants_host_leads: bool = False
    is_ranked: bool = False  # which group has most
    wants_content: bool = False
    asked: str = ""  # the question, folded


_EVENTS = re.compile(r"\b(?:buoi|cuoc|hoi thao|su kien|hoat dong|dien dan)\b")
VISIT_WORDS = re.compile(r"\b(?:doan|chuyen|lan|luot|khach)\b")
_WENT = re.compile(
    r"\b(?:den|tham|di hoc|sang|cu|tiep|don|hoc tap|hoc kinh nghiem|hoc o|lam viec voi)\b"
)
_BETWEEN = re.compile(r"\bgiua\b")
_HEAD = re.compile(r"\b(?:truong doan|dan dau|ai dan|dung dau|dan doan)\b")
_HOST_LEADS = re.compile(r"\b(?:ai tiep|do ai tiep|nguoi tiep|ai don|ai chu tri)\b")
_RANKED = re.compile(r"\b(?:nhieu|it) (?:doan |chuyen |lan )?nhat\b")
_MENTIONS = re.compile(r"\b(?:noi|nhac|de cap) (?:ve|den|toi)\b")
_REPORTS = re.compile(r"\bbao cao\b")
_MOST_BY = (
    (Grouping.YEAR, re.compile(r"\bnam nao\b")),
    (
        Grouping.HOST,
        re.compile(r"\b(?:tinh|dia phuong|noi) nao\b.{0,30}\b(?:tiep|don|duoc|co)\b"),
    ),
    (Grouping.VISITOR, re.compile(r"\b(?:tinh|dia phuong|noi) nao\b")),
)
_CONTENT = re.compile(
    r"\b(?:noi dung|(?:tim hieu|hoc|hoc tap|trao doi|ban|chia se|quan tam)(?: duoc)?"
    r"(?: nhung| ve)?(?: van de| dieu)? gi|ket qua|kinh nghiem gi|bai hoc gi)\b"
)
_GROUPINGS = (
    (Grouping.YEAR, re.compile(r"\b(?:theo (?:tung |cac )?nam|moi nam|tung nam|hang nam)\b")),
    (Grouping.TOPIC, re.compile(r"\btheo (?:tung |cac )?(?:chu de|linh vuc|noi dung)\b")),
    (
        Grouping.HOST,
        re.compile(r"\btheo (?:tung |cac )?(?:noi (?:tiep|den|don)|dia phuong tiep|tinh tiep)\b"),
    ),
    (
        Grouping.VISITOR,
        re.compile(r"\btheo (?:tung |cac )?(?:doan|tinh|dia phuong|don vi|noi di)\b(?! tiep)"),
    ),
)


def requested(query: Query) -> Overview | None:
    """Return which visits a question asks for as a group, None when it asks for one."""
    if query.kind not in OVERVIEWS:
        return None
    text = query.standalone or query.question
    folded = fold(text)
    compared = _sides(query.conditions) if query.kind is QuestionKind.COMPARE else ()
    if query.kind is QuestionKind.COMPARE and len(compared) < 2:
        return None
    return Overview(
        query.kind,
        query.conditions,
        _scope(folded),
        _groupings(folded),
        compared,
        is_between=_BETWEEN.search(folded) is not None,
        words=(*required_words(text, query), *_mentioned(folded, query.conditions)),
        wants_head=_HEAD.search(folded) is not None,
        wants_host_leads=_HOST_LEADS.search(folded) is not None,
        is_ranked=_RANKED.search(folded) is not None,
        wants_content=query.kind is QuestionKind.COMPARE or _CONTENT.search(folded) is not None,
        asked=folded,
    )


def _mentioned(folded: str, conditions: Sequence[Condition]) -> tuple[str, ...]:
    """Return the words of a topic that reports must use themselves: "nói về IOC"."""
    if not _MENTIONS.search(folded):
        return ()
    return tuple(c.text for c in conditions if c.kind is ConditionKind.TOPIC)


def _groupings(folded: str) -> tuple[Grouping, ...]:
    found = [g for g, words in _GROUPINGS if words.search(folded)]
    if not found and _RANKED.search(folded):
        found = [g for g, words in _MOST_BY if words.search(folded)][:1]
    return tuple(found)


def _scope(folded: str) -> Scope:
    if _REPORTS.search(folded) and not re.search(r"\b(?:doan|chuyen)\b", folded):
        return Scope.REPORTS
    if VISIT_WORDS.search(folded):
        return Scope.VISITS
    if _EVENTS.search(folded):
        return Scope.EVENTS
    return Scope.VISITS if _WENT.search(folded) else Scope.REPORTS


def _sides(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return the conditions that a comparison sets against each other."""
    places = [c for c in conditions if c.kind in (ConditionKind.PROVINCE, ConditionKind.REGION)]
    groups = [c for c in conditions if c.kind is ConditionKind.GROUP]
    for among in (places, groups, [c for c in conditions if c.kind is ConditionKind.DATE]):
        for role in ProvinceRole:
            side = tuple(c for c in among if c.role is role)
            if len(side) > 1:
                return side
    return tuple(places)


def for_side(overview: Overview, side: Condition) -> Overview:
    """Return the part of a comparison that is about one of its sides."""
    others = tuple(c for c in overview.conditions if c not in overview.compared)
    return replace(overview, conditions=(*others, side))


def without_kind(overview: Overview, *kinds: ConditionKind) -> Overview:
    """Return an overview without its conditions of some kinds."""
    kept = tuple(c for c in overview.conditions if c.kind not in kinds)
    return replace(overview, conditions=kept)
