"""Which visits fit a filter, who learned from whom, which province has which topic.

Pure functions over reports. Draws nothing, searches no text beyond plain words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from hochoi.provinces import ProvinceTable
from hochoi.text import fold
from hochoi.types import Party, PartyKind, Report, Stated, Visit


class Names(Enum):
    """Which name a province goes by."""

    THEN = "then"  # as at the time of the visit, one of 63
    NOW = "now"  # since 1 July 2025, one of 34


class Role(Enum):
    """In which part a province takes part in a visit."""

    ANY = "any"
    HOST = "host"
    VISITOR = "visitor"


class Column(Enum):
    """What a table of visits is ordered by."""

    DATE = "date"
    HOST = "host"
    VISITORS = "visitors"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """What the reader wants to see. Empty means every visit."""

    words: str = ""  # all of them must stand in title, parties, people, places or documents
    province: str | None = None  # canonical or current name
    role: Role = Role.ANY  # of `province`
    host: str | None = None  # a name as `node_name` gives it
    visitor: str | None = None
    year: int | None = None
    topic: str | None = None
    is_everything: bool = False  # reports that state no host or no visitor too


@dataclass(frozen=True, slots=True)
class Link:
    """A visitor who came to a host, and the reports of those visits."""

    visitor: str
    host: str
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many reports there are per province and topic; what has none counts 0."""

    provinces: tuple[str, ...]  # with at least one report, most reports first
    topics: tuple[str, ...]  # all codes, in the order of the table
    counts: Mapping[tuple[str, str], int]  # by province and topic
    totals: Mapping[str, int]  # reports per province
    missing: tuple[str, ...]  # provinces without any report


def is_visit(visit: Visit) -> bool:
    """Return whether a report states who came and who received them."""
    return bool(visit.host) and bool(visit.visitors)


def node_name(party: Party, names: Names) -> str:
    """Return what a party is called as a whole: its province, else the party as written."""
    if party.province is None:
        return party.text
    return party.province if names is Names.THEN else party.current or party.province


def is_province(party: Party) -> bool:
    """Return whether a party belongs to a province of Vietnam."""
    return party.province is not None and party.kind is not PartyKind.FOREIGN


def select(
    reports: Iterable[Report], wanted: VisitFilter, names: Names, table: ProvinceTable
) -> tuple[Report, ...]:
    """Return the reports that fit, in their order; what a report does not state does not fit."""
    terms = fold(wanted.words).split()
    provinces = _meant(wanted.province, table)
    return tuple(
        report
        for report in reports
        if (wanted.is_everything or is_visit(report.visit))
        and _fits(report.visit, wanted, provinces, names)
        and (not terms or all(term in _searched(report) for term in terms))
    )


def _meant(name: str | None, table: ProvinceTable) -> frozenset[str] | None:
    """Return the canonical names that a province filter covers, None for no filter."""
    if name is None:
        return None
    canonical = table.canonical(name)
    return frozenset({*table.former_parts(name), *([canonical] if canonical else [])})


def _fits(
    visit: Visit, wanted: VisitFilter, provinces: frozenset[str] | None, names: Names
) -> bool:
    if wanted.year is not None and wanted.year not in _years(visit):
        return False
    if wanted.topic is not None and wanted.topic not in visit.topics:
        return False
    for name, side in ((wanted.host, visit.host), (wanted.visitor, visit.visitors)):
        if name is not None and name not in {node_name(s.value, names) for s in side}:
            return False
    return provinces is None or any(
        s.value.province in provinces for s in _side(visit, wanted.role)
    )


def _side(visit: Visit, role: Role) -> tuple[Stated[Party], ...]:
    host = visit.host if role is not Role.VISITOR else ()
    visitors = visit.visitors if role is not Role.HOST else ()
    return (*host, *visitors)


def _years(visit: Visit) -> set[int]:
    return {d.year for d in (visit.date_first, visit.date_last) if d is not None}


def _searched(report: Report) -> str:
    """Return the folded words of a visit that a reader may type to find it."""
    visit = report.visit
    people = (visit.head_of_delegation, *visit.deputy_heads, *visit.host_leads)
    parts = [visit.title, report.file_name]
    for stated in (*visit.host, *visit.visitors):
        party = stated.value
        parts += [party.text, party.province or "", party.current or ""]
    parts += [s.value.name or "" for s in people if s is not None]
    parts += [s.value for s in (*visit.places, *visit.document_numbers)]
    return fold("\n".join(parts))


def arrange(
    reports: Iterable[Report], column: Column, *, descending: bool = False
) -> tuple[Report, ...]:
    """Return reports ordered by a column; those that do not state it come last either way."""
    keys: Mapping[Column, Callable[[Visit], str]] = {
        Column.DATE: lambda v: (v.date_first or date.min).isoformat() if v.date_first else "",
        Column.HOST: lambda v: fold(_first(v.host)),
        Column.VISITORS: lambda v: fold(_first(v.visitors)),
        Column.TITLE: lambda v: fold(v.title),
    }
    key = keys[column]
    ordered = sorted(reports, key=lambda r: (key(r.visit), r.report_id), reverse=descending)
    stated = [r for r in ordered if key(r.visit)]
    return (*stated, *(r for r in ordered if not key(r.visit)))


def _first(parties: Sequence[Stated[Party]]) -> str:
    return parties[0].value.text if parties else ""


def links(
    reports: Iterable[Report], names: Names, *, provinces_only: bool = False
) -> tuple[Link, ...]:
    """Return who came to whom, most visits first. A visit within one province is no link."""
    found: dict[tuple[str, str], dict[str, Report]] = {}
    for report in reports:
        for visitor, host in _pairs(report.visit, names, provinces_only=provinces_only):
            found.setdefault((visitor, host), {})[report.report_id] = report
    made = [Link(v, h, tuple(behind.values())) for (v, h), behind in found.items()]
    return tuple(sorted(made, key=lambda k: (-len(k.reports), fold(k.visitor), fold(k.host))))


def _pairs(visit: Visit, names: Names, *, provinces_only: bool) -> set[tuple[str, str]]:
    sides = [
        {node_name(s.value, names) for s in side if not provinces_only or is_province(s.value)}
        for side in (visit.visitors, visit.host)
    ]
    return {(visitor, host) for visitor in sides[0] for host in sides[1] if visitor != host}


def coverage(
    reports: Iterable[Report],
    topics: Sequence[str],
    names: Names,
    table: ProvinceTable,
    role: Role = Role.ANY,
) -> Coverage:
    """Return how many of the reports each province has on each topic."""
    counts: dict[tuple[str, str], int] = {}
    totals: dict[str, int] = {}
    for report in reports:
        sides = _side(report.visit, role)
        for name in {node_name(s.value, names) for s in sides if is_province(s.value)}:
            totals[name] = totals.get(name, 0) + 1
            for topic in report.visit.topics:
                counts[name, topic] = counts.get((name, topic), 0) + 1
    known = table.names if names is Names.THEN else table.current_names
    there = sorted(totals, key=lambda name: (-totals[name], fold(name)))
    missing = sorted((name for name in known if name not in totals), key=fold)
    return Coverage(tuple(there), tuple(topics), counts, totals, tuple(missing))
