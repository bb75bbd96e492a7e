"""The groups that visits are counted in, and which visits or groups a question singles out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from hochoi.drafting.overview import Extreme, Grouping, Overview
from hochoi.drafting.overview_matching import Tests, days_of, is_at_home, origins_of
from hochoi.text import fold
from hochoi.types import Party, PartyKind, Person, Report, Stated


@dataclass(frozen=True, slots=True)
class GroupNames:
    """What names the groups."""

    topic: Callable[[str], str]  # the name of a topic
    person: Callable[
        [str], str
    ]  # one spelling for all of a name, "Nguyen Van A" and "Nguyễn Văn A"
    party: Callable[[Party], str]  # with the present name of its province


@dataclass(frozen=True, slots=True)
class SingledOut:
    """The visits that a question asks for among those that fit."""

    reports: tuple[Report, ...]
    compared: int  # visits that state what was compared
    names: tuple[str, ...] = ()  # of the groups with most or least visits
    size: int | None = None  # people in each, or visits of each group


def groups_of(
    report: Report, grouping: Grouping, overview: Overview, tests: Tests, names: GroupNames
) -> set[str]:
    """Return the groups that a visit counts in; none when it states nothing about them."""
    visit = report.visit
    match grouping:
        case Grouping.YEAR:
            first = days_of(visit)[0]
            return {str(first.year)} if first is not None else set()
        case Grouping.MONTH:
            first = days_of(visit)[0]
            return {f"{first.month}/{first.year}"} if first is not None else set()
        case Grouping.TOPIC:
            return {names.topic(code) for code in visit.topics}
        case Grouping.COUNTRY:
            return origins_of(report, tests, PartyKind.FOREIGN)
        case Grouping.MINISTRY:
            return origins_of(report, tests, PartyKind.MINISTRY)
        case Grouping.HEAD:
            head = visit.head_of_delegation
            return _people([head] if head is not None else [], names)
        case Grouping.HOST_LEAD:
            return _people(visit.host_leads, names)
        case Grouping.HOST:
            parties = () if is_at_home(visit) else visit.host
        case Grouping.VISITOR:
            parties = visit.visitors
    return {
        names.party(replace(p, text=p.province) if p.province is not None else p)
        for p in (s.value for s in parties)
        if p.province is not None or not overview.only_provinces
    }


def _people(stated: Sequence[Stated[Person]], names: GroupNames) -> set[str]:
    return {names.person(s.value.name) for s in stated if s.value.name is not None}


def one_spelling(reports: Iterable[Report]) -> Callable[[str], str]:
    """Return what gives each person the spelling with most diacritics that any report has."""
    spellings: dict[str, str] = {}
    for report in reports:
        head, leads = report.visit.head_of_delegation, report.visit.host_leads
        for stated in (*leads, *([head] if head is not None else [])):
            name = stated.value.name
            if name is not None:
                known = spellings.setdefault(fold(name), name)
                spellings[fold(name)] = max(known, name, key=_diacritics)
    return lambda name: spellings[fold(name)]


def _diacritics(name: str) -> int:
    return sum(a != b for a, b in zip(fold(name), name.lower(), strict=False))


def single_out(
    overview: Overview, reports: Sequence[Report], groups: Callable[[Report], set[str]]
) -> SingledOut | None:
    """Return what a question singles out; None when it does not, or no visit states enough.

    Args:
        overview: The question.
        reports: The visits that fit it, in order.
        groups: The groups that a visit counts in.
    """
    match overview.extreme:
        case None:
            return None
        case Extreme.LATEST | Extreme.EARLIEST:
            dated = [(day, r) for r in reports if (day := days_of(r.visit)[0]) is not None]
            days = [day for day, _ in dated]
            chosen = max if overview.extreme is Extreme.LATEST else min
            wanted_day = chosen(days, default=None)
            found = tuple(r for day, r in dated if day == wanted_day)
            return SingledOut(found, len(dated)) if found else None
        case Extreme.LARGEST | Extreme.SMALLEST:
            sized = [(p.value, r) for r in reports if (p := r.visit.participants) is not None]
            sizes = [people for people, _ in sized]
            chosen = max if overview.extreme is Extreme.LARGEST else min
            wanted_size = chosen(sizes, default=None)
            found = tuple(r for people, r in sized if people == wanted_size)
            return SingledOut(found, len(sized), size=wanted_size) if found else None
    members: dict[str, list[Report]] = {}
    for report in reports:
        for name in groups(report):
            members.setdefault(name, []).append(report)
    if not members:
        return None
    chosen = max if overview.extreme is Extreme.MOST else min
    size = chosen(len(own) for own in members.values())
    winners = sorted(name for name, own in members.items() if len(own) == size)
    ids = {r.report_id for name in winners for r in members[name]}
    counted = {r.report_id for own in members.values() for r in own}
    rows = tuple(r for r in reports if r.report_id in ids)
    return SingledOut(rows, len(counted), tuple(winners), size)
