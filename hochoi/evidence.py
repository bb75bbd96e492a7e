"""Hits -> which report answers, or why none does: the question's names and dates must fit.

A first rule: a report counts when the provinces the question names all occur in it, its dates do
not contradict the question, and it holds enough of the question's rare words.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from hochoi.dates.finding import DatePhrase
from hochoi.drafting.selection import QueryTerms
from hochoi.errors import NotFoundError
from hochoi.question import Query
from hochoi.reading import Reading
from hochoi.text import fold
from hochoi.types import Hit
from hochoi.workspace import Workspace

# Least share of the question's weighted syllables in the report (24 Nov 2026, 135 answerable and
# 18 unanswerable questions): a question that names a province or document of the report is about
# it however it is worded; any other must share more words.
MIN_COVERAGE_NAMED = 0.2
MIN_COVERAGE = 0.45


@dataclass(frozen=True, slots=True)
class Evidence:
    """The reports worth answering from, best first, and the nearest ones whatever they say."""

    answering: tuple[Reading, ...]
    nearest: tuple[Reading, ...]


def assess(ws: Workspace, query: Query, hits: Sequence[Hit], terms: QueryTerms) -> Evidence:
    """Return which of the found reports may answer the query."""
    ids = dict.fromkeys(hit.passage.report_id for hit in hits)
    readings = []
    for report_id in ids:
        with suppress(NotFoundError):  # removed since it was found
            readings.append(ws.reading(report_id))
    fitting = [
        r
        for r in readings
        if not query.is_beyond_reports
        and names_fit(query, r)
        and dates_fit(query, r)
        and words_fit(query, r, terms)
    ]
    if fitting:
        # What the best report does not state is not looked for in one that fits less well.
        least = terms.syllable_coverage(fitting[0].terms)
        fitting = [r for r in fitting if terms.syllable_coverage(r.terms) >= least]
    return Evidence(tuple(fitting), tuple(readings[:3]))


def names_fit(query: Query, reading: Reading) -> bool:
    """Return whether every province the question names takes part or is written in the report."""
    parties = [s.value for s in (*reading.report.visit.host, *reading.report.visit.visitors)]
    own = {name for p in parties for name in (p.province, p.current)}
    return all(
        m.province in own or fold(m.province) in reading.folded or fold(m.text) in reading.folded
        for m in query.provinces
    )


def words_fit(query: Query, reading: Reading, terms: QueryTerms) -> bool:
    """Return whether the report shares enough of the question's rare words."""
    named = bool(query.provinces or query.documents)
    least = MIN_COVERAGE_NAMED if named else MIN_COVERAGE
    return terms.syllable_coverage(reading.terms) >= least


def dates_fit(query: Query, reading: Reading) -> bool:
    """Return whether each date of the question meets a date of the report.

    A report without any complete date contradicts nothing.
    """
    if not any(phrase.first for phrase in reading.dates):
        return True
    return all(any(_meet(asked, own) for own in reading.dates) for asked in query.dates)


def _meet(asked: DatePhrase, own: DatePhrase) -> bool:
    if asked.first is None or own.first is None or asked.last is None or own.last is None:
        same_day = asked.day is None or own.day is None or asked.day == own.day
        return same_day and (asked.month is None or own.month is None or asked.month == own.month)
    return asked.first <= own.last and own.first <= asked.last
