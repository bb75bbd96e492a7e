"""Which reports are of the visits that a question over many asks for.

Conditions of one kind and role are alternatives; those of different kinds must all hold.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from hochoi.dates.finding import find_dates
from hochoi.drafting.overview import VISIT_WORDS, Overview, Scope
from hochoi.language.document_numbers import document_key
from hochoi.question import Condition, ConditionKind
from hochoi.text import fold
from hochoi.types import Party, PartyKind, Report, Stated, Visit
from hochoi.understanding.places import Place
from hochoi.understood import ProvinceRole

_WORKSHOP = re.compile(r"\bhoi thao\b")


@dataclass(frozen=True, slots=True)
class Tests:
    """What matching has to look up outside a visit."""

    agency_words: Callable[[str], Collection[str]]  # folded spellings of "country:lao"
    places_in: Callable[[str], Collection[Place]]  # countries and central bodies named in a text
    mentioning: Callable[[str], Collection[str]]  # report ids whose text holds folded words


@dataclass(frozen=True, slots=True)
class Matched:
    """The reports of the visits asked for, and those that fit but for a year they do not state."""

    reports: tuple[Report, ...]  # dated ones by date, then the undated
    undated: tuple[Report, ...] = ()


def matching(overview: Overview, reports: Iterable[Report], tests: Tests) -> Matched:
    """Return which of the reports are asked for."""
    within = _within(overview, tests)
    dates = [c for c in overview.conditions if c.kind is ConditionKind.DATE]
    others = _alternatives(overview)
    is_workshop = _WORKSHOP.search(overview.asked) and not VISIT_WORDS.search(overview.asked)
    found: list[Report] = []
    undated: list[Report] = []
    for report in reports:
        if within is not None and report.report_id not in within:
            continue
        if not _in_scope(overview.scope, report) or not _has_size(overview, report.visit):
            continue
        if dates and not (meets := _in_time(dates, report.visit)) and meets is not None:
            continue
        if not all(any(_holds(c, report, overview, tests) for c in among) for among in others):
            continue
        if is_workshop and not _WORKSHOP.search(fold(report.title)):
            continue
        (undated if dates and meets is None else found).append(report)
    return Matched(_in_order(found), _in_order(undated))


def _within(overview: Overview, tests: Tests) -> set[str] | None:
    """Return the ids of the reports that hold all words asked for, None when there are none."""
    held = [set(tests.mentioning(fold(words))) for words in overview.words]
    return set.intersection(*held) if held else None


def _in_order(reports: Iterable[Report]) -> tuple[Report, ...]:
    return tuple(sorted(reports, key=lambda r: (days_of(r.visit)[0] or date.max, r.title)))


def _alternatives(overview: Overview) -> list[list[Condition]]:
    """Return the conditions that are not about time, those in one list alternatives.

    Those that are quickly tested come first.
    """
    alternatives: dict[tuple[str, ...], list[Condition]] = {}
    for condition in overview.conditions:
        if condition.kind is not ConditionKind.DATE:
            alternatives.setdefault(_alternative_key(overview, condition), []).append(condition)
    slow = (ConditionKind.TOPIC, ConditionKind.GROUP)
    return sorted(alternatives.values(), key=lambda among: among[0].kind in slow)


def days_of(visit: Visit) -> tuple[date | None, date | None]:
    """Return the first and last day of a visit, of its month where it states no day."""
    if visit.date_first is not None or visit.date_text is None:
        return visit.date_first, visit.date_last or visit.date_first
    return _days_in(visit.date_text.value)


@lru_cache(maxsize=65536)
def _days_in(words: str) -> tuple[date | None, date | None]:
    found = [d for d in find_dates(words) if d.first is not None]
    return (found[0].first, found[0].last) if found else (None, None)


@lru_cache(maxsize=65536)
def _day_and_month(words: str) -> tuple[tuple[int | None, int | None], ...]:
    return tuple((d.day, d.month) for d in find_dates(words))


def _in_scope(scope: Scope, report: Report) -> bool:
    visit = report.visit
    if scope is Scope.REPORTS or visit.visitors:
        return True
    return scope is Scope.EVENTS and bool(visit.host) and visit.date_text is not None


def _has_size(overview: Overview, visit: Visit) -> bool:
    size = overview.size
    if size is None:
        return True
    if visit.participants is None:
        return False
    people = visit.participants.value
    return (size.least is None or size.least <= people) and (
        size.most is None or people <= size.most
    )


def _alternative_key(overview: Overview, condition: Condition) -> tuple[str, ...]:
    if condition.kind is ConditionKind.GROUP:
        return ("group", condition.key.split(":")[1], condition.role.value)
    if overview.is_between and condition.kind is ConditionKind.PROVINCE:
        return (condition.key,)
    return (condition.kind.value, condition.role.value)


def _in_time(dates: Sequence[Condition], visit: Visit) -> bool | None:
    """Return whether a visit meets all open and one of the closed times; None: no year stated."""
    unknown = [c for c in dates if c.first is None and c.last is None]
    if unknown and not any(_on_day(c, visit) for c in unknown):
        return False
    first, last = days_of(visit)
    bounded = [c for c in dates if c.first is not None and c.last is not None]
    opened = [c for c in dates if (c.first is None) != (c.last is None)]
    if not bounded and not opened:
        return True
    if first is None or last is None:
        return None
    meets_all = all(
        (c.first is None or c.first <= last) and (c.last is None or first <= c.last) for c in opened
    )
    meets_one = not bounded or any(
        c.first is not None and c.last is not None and c.first <= last and first <= c.last
        for c in bounded
    )
    return meets_all and meets_one


def _on_day(condition: Condition, visit: Visit) -> bool:
    """Return whether a visit is on the day or in the month of a date without a year."""
    if visit.date_text is None:
        return False
    own = _day_and_month(visit.date_text.value)
    return any(
        month == own_month and (day is None or day == own_day)
        for day, month in _day_and_month(condition.text)
        for own_day, own_month in own
    )


def _holds(condition: Condition, report: Report, overview: Overview, tests: Tests) -> bool:
    visit = report.visit
    if condition.kind is ConditionKind.TOPIC:
        return not condition.names.isdisjoint(visit.topics) or _in_title(condition, report.title)
    if condition.kind is ConditionKind.DOCUMENT:
        own = {document_key(s.value) for s in visit.document_numbers}
        return not condition.names.isdisjoint(own)
    if condition.kind is ConditionKind.GROUP:
        return _holds_group(condition, report, overview, tests)
    return _holds_place(condition, visit)


@lru_cache(maxsize=65536)
def _folded(title: str) -> str:
    return fold(title)


def _in_title(condition: Condition, title: str) -> bool:
    """Return whether a title has the words in which a topic was asked for."""
    return fold(condition.text) in _folded(title)


def _holds_place(condition: Condition, visit: Visit) -> bool:
    hosts = _provinces(visit.host) & condition.names
    guests = _provinces(visit.visitors)
    if condition.role is ProvinceRole.HOST:
        is_province = condition.kind is ConditionKind.PROVINCE
        return bool(hosts) and not (is_province and bool(guests) and guests <= hosts)
    visiting = bool(guests & condition.names)
    return visiting if condition.role is ProvinceRole.VISITOR else visiting or bool(hosts)


def is_at_home(visit: Visit) -> bool:
    """Return whether all visitors are of the host's own province: it has received nobody."""
    guests = _provinces(visit.visitors)
    return bool(guests) and guests <= _provinces(visit.host)


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
    if code == "ministry":
        return PartyKind.MINISTRY in kinds
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
    return _any_of(tuple(words)).search(fold(stated.value.text)) is not None


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _is_from(stated: Stated[Party], report: Report, words: Collection[str]) -> bool:
    """Return whether a foreign party is of a country: by its name, the title or its paragraph."""
    if stated.value.kind is not PartyKind.FOREIGN:
        return False
    if _names_any(stated, words):
        return True
    around = f"{report.title}\n{_paragraph(stated, report)}"
    return _any_of(tuple(words)).search(fold(around)) is not None


def _paragraph(stated: Stated[Party], report: Report) -> str:
    start = report.text.rfind("\n", 0, stated.start) + 1
    end = report.text.find("\n", stated.end)
    return report.text[start : end if end >= 0 else len(report.text)]


def origins_of(report: Report, tests: Tests, kind: PartyKind) -> set[str]:
    """Return the names of the countries (FOREIGN) or central bodies (MINISTRY) of the visitors.

    The first of these that names one counts: the visitor as written, the title, the paragraph.
    """
    wanted = "country" if kind is PartyKind.FOREIGN else "agency"
    found: set[str] = set()
    for stated in report.visit.visitors:
        if stated.value.kind is not kind:
            continue
        for text in (stated.value.text, report.title, _paragraph(stated, report)):
            names = {place.name for place in tests.places_in(text) if place.kind == wanted}
            if names:
                found |= names
                break
    return found
