"""Name the parts of a test set that are looked at on their own. Does not compute figures."""

from collections.abc import Mapping, Sequence

from evaluation.testset import Expectation
from hochoi.types import Report

DIMENSIONS = ("kind", "accents", "naming", "province", "year", "format", "tag")
"""In the order in which people read them."""

_NAMING = {"old_name": "old", "new_name": "new"}
_ACCENTS = frozenset({"accented", "unaccented"})


def slices_of(
    expectation: Expectation | None, relevant: Sequence[Report]
) -> tuple[tuple[str, str], ...]:
    """Return the slices of one question as (dimension, value), in the order of `DIMENSIONS`.

    Args:
        expectation: Gives kind, accents, naming and the other tags; None gives none of them.
        relevant: Published reports that are right for the question: their provinces by current
            name (host or visitor), years of the visit, and formats.
    """
    found: dict[str, set[str]] = {name: set() for name in DIMENSIONS}
    if expectation is not None:
        if expectation.kind:
            found["kind"].add(expectation.kind)
        for tag in expectation.tags:
            if tag in _ACCENTS:
                found["accents"].add(tag)
            elif tag in _NAMING:
                found["naming"].add(_NAMING[tag])
            else:
                found["tag"].add(tag)
    for report in relevant:
        visit = report.visit
        parties = [stated.value for stated in (*visit.host, *visit.visitors)]
        found["province"] |= {party.current for party in parties if party.current}
        found["year"] |= {str(day.year) for day in (visit.date_first, visit.date_last) if day}
        found["format"].add(report.format)
    return tuple((name, value) for name in DIMENSIONS for value in sorted(found[name]))


def members(slices: Mapping[str, Sequence[tuple[str, str]]]) -> dict[tuple[str, str], list[str]]:
    """Return the query ids per slice, dimensions in order, values sorted.

    Args:
        slices: (dimension, value) pairs per query id.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for query_id, names in slices.items():
        for name in names:
            found.setdefault(name, []).append(query_id)
    order = {name: place for place, name in enumerate(DIMENSIONS)}
    return {key: found[key] for key in sorted(found, key=lambda key: (order[key[0]], key[1]))}
