"""Questions over many visits: which visits they mean, by role, region, date, topic and visitor.

"Liệt kê các đoàn đến Bắc Ninh trước năm 2020" asks for rows, not for a sentence of one report.
Conditions of one kind and role are alternatives; those of different kinds must all hold.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from hochoi.dates.finding import find_dates
from hochoi.language.document_numbers import document_key
from hochoi.question import Condition, ConditionKind, Query
from hochoi.text import fold
from hochoi.types import Party, PartyKind, Report, Stated, Visit
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
    subject: str | None = None  # folded words that a report must hold, none of the conditions
    wants_head: bool = False
    wants_content: bool = False
    asked: str = ""  # the question, folded


_EVENTS = re.compile(r"\b(?:buoi|cuoc|hoi thao|su kien|hoat dong|dien dan)\b")
_VISITS = re.compile(r"\b(?:doan|chuyen|lan|luot|khach)\b")
_WENT = re.compile(
    r"\b(?:den|tham|di hoc|sang|cu|tiep|don|hoc tap|hoc kinh nghiem|hoc o|lam viec voi)\b"
)
_WORKSHOP = re.compile(r"\bhoi thao\b")
_BETWEEN = re.compile(r"\bgiua\b")
_HEAD = re.compile(r"\b(?:truong doan|dan dau|ai dan|dung dau)\b")
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
_SUBJECT = re.compile(
    r"\b(?:ve|lien quan den|noi den|nhac den)\s+((?:(?!\b(?:nam|trong|o|tai|nao|gi|cua|den|tu"
    r"|truoc|sau|theo|va|hay|khong|thi|ra sao|the nao)\b)\w+\s*){1,6})"
)
_NO_SUBJECT = frozenset(
    "viec van de noi dung linh vuc chu de kinh nghiem mo hinh cong tac lam hoc tham nuoc viet nam"
    " dia phuong tinh thanh pho cac nhung mot cach thuc".split()
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
        tuple(g for g, words in _GROUPINGS if words.search(folded)),
        compared,
        is_between=_BETWEEN.search(folded) is not None,
        subject=_subject(text, query.conditions),
        wants_head=_HEAD.search(folded) is not None,
        wants_content=query.kind is QuestionKind.COMPARE or _CONTENT.search(folded) is not None,
        asked=folded,
    )


def _scope(folded: str) -> Scope:
    if _VISITS.search(folded):
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


def _subject(text: str, conditions: Sequence[Condition]) -> str | None:
    """Return what visits are to be about where no topic of the list says it."""
    if any(c.kind is ConditionKind.TOPIC for c in conditions):
        return None
    for condition in sorted(conditions, key=lambda c: -c.start):
        text = f"{text[: condition.lead]} , {text[condition.end :]}"
    match = _SUBJECT.search(fold(text))
    if match is None:
        return None
    words = match[1].split()
    while words and words[0] in _NO_SUBJECT:
        words.pop(0)
    return " ".join(words) or None


@dataclass(frozen=True, slots=True)
class Tests:
    """What matching has to look up outside a visit."""

    agency_words: Callable[[str], Collection[str]]  # folded spellings of "country:lao"
    mentioning: Callable[[str], Collection[str]]  # report ids whose text holds folded words


def matching(overview: Overview, reports: Iterable[Report], tests: Tests) -> tuple[Report, ...]:
    """Return the reports of the visits asked for: dated ones by date, then the undated."""
    within = tests.mentioning(overview.subject) if overview.subject is not None else None
    found = [
        r
        for r in reports
        if (within is None or r.report_id in within)
        and _in_scope(overview, r)
        and _matches(overview, r, tests)
    ]
    return tuple(sorted(found, key=lambda r: (days_of(r.visit)[0] or date.max, r.title)))


def days_of(visit: Visit) -> tuple[date | None, date | None]:
    """Return the first and last day of a visit, of its month where it states no day."""
    if visit.date_first is not None or visit.date_text is None:
        return visit.date_first, visit.date_last or visit.date_first
    found = [d for d in find_dates(visit.date_text.value) if d.first is not None]
    return (found[0].first, found[0].last) if found else (None, None)


def for_side(overview: Overview, side: Condition) -> Overview:
    """Return the part of a comparison that is about one of its sides."""
    others = tuple(c for c in overview.conditions if c not in overview.compared)
    return replace(overview, conditions=(*others, side))


def without_kind(overview: Overview, *kinds: ConditionKind) -> Overview:
    """Return an overview without its conditions of some kinds."""
    kept = tuple(c for c in overview.conditions if c.kind not in kinds)
    return replace(overview, conditions=kept)


def _in_scope(overview: Overview, report: Report) -> bool:
    visit = report.visit
    if overview.scope is Scope.REPORTS:
        return True
    if overview.scope is Scope.VISITS:
        return bool(visit.visitors)
    if _WORKSHOP.search(overview.asked) and not _VISITS.search(overview.asked):
        return _WORKSHOP.search(fold(report.title)) is not None
    return bool(visit.visitors) or (bool(visit.host) and visit.date_text is not None)


def _matches(overview: Overview, report: Report, tests: Tests) -> bool:
    alternatives: dict[tuple[str, ...], list[Condition]] = {}
    dates = []
    for condition in overview.conditions:
        if condition.kind is ConditionKind.DATE:
            dates.append(condition)
            continue
        alternatives.setdefault(_alternative_key(overview, condition), []).append(condition)
    holds = all(
        any(_holds(c, report, overview, tests) for c in among) for among in alternatives.values()
    )
    return holds and (not dates or _in_time(dates, report.visit))


def _alternative_key(overview: Overview, condition: Condition) -> tuple[str, ...]:
    if condition.kind is ConditionKind.GROUP:
        return ("group", condition.key.split(":")[1], condition.role.value)
    if overview.is_between and condition.kind is ConditionKind.PROVINCE:
        return (condition.key,)
    return (condition.kind.value, condition.role.value)


def _in_time(dates: Sequence[Condition], visit: Visit) -> bool:
    """Return whether a visit meets all open and one of the closed times asked for."""
    first, last = days_of(visit)
    if first is None or last is None:
        return False
    bounded = [c for c in dates if c.first is not None and c.last is not None]
    opened = [c for c in dates if (c.first is None) != (c.last is None)]
    meets_all = all(
        (c.first is None or c.first <= last) and (c.last is None or first <= c.last) for c in opened
    )
    meets_one = not bounded or any(
        c.first is not None and c.last is not None and c.first <= last and first <= c.last
        for c in bounded
    )
    return meets_all and meets_one


def _holds(condition: Condition, report: Report, overview: Overview, tests: Tests) -> bool:
    visit = report.visit
    if condition.kind is ConditionKind.TOPIC:
        return not condition.names.isdisjoint(visit.topics) or (
            fold(condition.text) in fold(report.title)
        )
    if condition.kind is ConditionKind.DOCUMENT:
        own = {document_key(s.value) for s in visit.document_numbers}
        return not condition.names.isdisjoint(own)
    if condition.kind is ConditionKind.GROUP:
        return _holds_group(condition, report, overview, tests)
    return _holds_place(condition, visit)


def _holds_place(condition: Condition, visit: Visit) -> bool:
    hosts = _provinces(visit.host) & condition.names
    guests = _provinces(visit.visitors)
    if condition.role is ProvinceRole.HOST:
        # A province that inspects its own wards has received nobody.
        at_home = condition.kind is ConditionKind.PROVINCE and bool(guests) and guests <= hosts
        return bool(hosts) and not at_home
    visiting = bool(guests & condition.names)
    return visiting if condition.role is ProvinceRole.VISITOR else visiting or bool(hosts)


def _provinces(parties: Sequence[Stated[Party]]) -> set[str]:
    return {s.value.province for s in parties if s.value.province is not None}


def _holds_group(condition: Condition, report: Report, overview: Overview, tests: Tests) -> bool:
    visit = report.visit
    (code,) = condition.names
    kinds = [s.value.kind for s in visit.visitors]
    if code == "foreign":
        return PartyKind.FOREIGN in kinds
    if code == "domestic":
        return bool(kinds) and PartyKind.FOREIGN not in kinds
    if code == "local":
        return PartyKind.PROVINCE in kinds or PartyKind.DISTRICT in kinds
    if code == "abroad":
        return any(s.value.kind is PartyKind.FOREIGN for s in visit.host)
    parties = visit.host if condition.role is ProvinceRole.HOST else visit.visitors
    if code == "council":
        return any(_names_any(s, ("hdnd", "hoi dong nhan dan")) for s in parties)
    words = tests.agency_words(code)
    if code.startswith("country:"):
        return any(_is_from(s, report, words) for s in parties)
    abroad = any(c.key.startswith("group:country:") for c in overview.conditions)
    return any(
        _names_any(s, words)
        and (abroad or s.value.kind is not PartyKind.FOREIGN or _is_name(words))
        for s in parties
    )


def _is_name(words: Collection[str]) -> bool:
    """Return whether a body is known by a name of its own, unlike the ministries of countries."""
    return not any(word.startswith("bo ") for word in words)


def _names_any(stated: Stated[Party], words: Collection[str]) -> bool:
    own = fold(stated.value.text)
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", own) for word in words)


def _is_from(stated: Stated[Party], report: Report, words: Collection[str]) -> bool:
    """Return whether a foreign party is of a country: by its name, the title or its paragraph."""
    if stated.value.kind is not PartyKind.FOREIGN:
        return False
    if _names_any(stated, words):
        return True
    start = report.text.rfind("\n", 0, stated.start) + 1
    end = report.text.find("\n", stated.end)
    around = report.text[start : end if end >= 0 else len(report.text)]
    where = fold(f"{report.title}\n{around}")
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", where) for word in words)
