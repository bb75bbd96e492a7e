"""Lay a search open: what the query became, each score in parts, why a report was missed.

Searches exactly as `retrieve` does. Formats nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from hochoi.question import Query
from hochoi.retrieval import Ranked, fits, rank, spread
from hochoi.types import Report
from hochoi.workspace import Workspace


class Fate(Enum):
    """What became of an expected report."""

    FOUND = "found"  # among the first k
    NOT_INGESTED = "not ingested"  # no such report in this library
    FILTERED = "filtered"  # the filters of the user leave it out
    CUT = "cut"  # neither side had any of its passages among its candidates
    OUTRANKED = "outranked"  # a candidate, behind the first k


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate and where it ends up, 1-based."""

    rank: int
    ranked: Ranked
    report: Report


@dataclass(frozen=True, slots=True)
class Expected:
    """An expected report and what became of it."""

    name: str
    fate: Fate
    report: Report | None = None  # None: not ingested
    best: Placed | None = None  # its best passage, when it was a candidate


@dataclass(frozen=True, slots=True)
class Explanation:
    """A search laid open."""

    added: tuple[str, ...]  # what was searched for besides the words of the question
    conditions: tuple[tuple[str, str], ...]  # kind and reading of what the question names
    filters: tuple[tuple[str, str], ...]  # what the user restricted the search to
    candidates: int
    placed: tuple[Placed, ...]  # the first k
    expected: Expected | None


def explain(ws: Workspace, query: Query, k: int, expect: str | None = None) -> Explanation:
    """Return the first `k` candidates of a query with all that placed them there.

    Args:
        ws: The library.
        query: From `prepare`.
        k: How many, at least 1.
        expect: Id or file name of a report that should be among them.
    """
    ordered = spread(rank(ws, query))
    everything = [Placed(n, item, ws.reports[item.report_id]) for n, item in enumerate(ordered, 1)]
    return Explanation(
        added=tuple(query.search_text.split("\n")[1:]),
        conditions=tuple(_conditions(query)),
        filters=tuple(_filters(query)),
        candidates=len(everything),
        placed=tuple(everything[:k]),
        expected=None if expect is None else _expected(ws, query, everything, k, name=expect),
    )


def _conditions(query: Query) -> list[tuple[str, str]]:
    found = []
    for mention in query.provinces:
        now = "" if mention.current == mention.province else f", now {mention.current}"
        found.append(("province", f"{mention.text} = {mention.province}{now}"))
    for phrase in query.dates:
        days = f"{phrase.first or '?'} to {phrase.last or '?'}"
        found.append(("date", f"{phrase.text} = {days}"))
    found += [("document", f"{number.text} = {number.key}") for number in query.documents]
    return found


def _filters(query: Query) -> list[tuple[str, str]]:
    filters = query.filters
    values = (("province", filters.province), ("year", filters.year), ("topic", filters.topic))
    return [(name, str(value)) for name, value in values if value is not None]


def _expected(
    ws: Workspace, query: Query, everything: Sequence[Placed], k: int, *, name: str
) -> Expected:
    named = [r for i, r in ws.reports.items() if name in (i, r.file_name)]
    if not named:
        return Expected(name, Fate.NOT_INGESTED)
    report = named[0]
    ids = {r.report_id for r in named}
    best = next((p for p in everything if p.report.report_id in ids), None)
    if best is not None:
        fate = Fate.FOUND if best.rank <= k else Fate.OUTRANKED
        return Expected(name, fate, best.report, best)
    if query.filters and not any(fits(r.visit, query.filters, ws) for r in named):
        return Expected(name, Fate.FILTERED, report)
    return Expected(name, Fate.CUT, report)
