"""Hits -> what to do: answer from which reports, ask which visit is meant, or abstain, and why.

Rules first: a report whose names, dates or sides of the visit contradict the question answers
nothing. What is left is weighed by two small logistic models over signals that can be read off
(`hochoi/weighing.py`): is this the report that is meant, and does it state what was asked?
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from hochoi.drafting.extractive import Finding, find
from hochoi.drafting.fact_signs import dates_agree
from hochoi.drafting.selection import GENERAL_WORDS, QueryTerms
from hochoi.errors import NotFoundError
from hochoi.evidence_signals import read_signals
from hochoi.question import Query, Wanted
from hochoi.ranking.party_roles import reverses
from hochoi.reading import Reading
from hochoi.text import fold
from hochoi.types import Hit
from hochoi.weighing import Signals, Weighing
from hochoi.workspace import Workspace

READ_REPORTS = 8  # best found reports that are read closely
MAX_CHOICES = 5
_COUNTRY = "group:country:"  # how the key of a condition on a country begins
ALIKE = 0.12  # of a question's weighted words: visits this near fit it equally well
ABOUT_A_VISIT = frozenset(
    {Wanted.HEAD, Wanted.DEPUTY, Wanted.HOST_LEAD, Wanted.PARTICIPANTS, Wanted.DATE}
)


# Folded words of any question about a visit; they tell no visit from another.
VISIT_WORDS = frozenset(
    "doan dan dau truong pho tiep don lam viec cong tac den sang ra vao len tham ngay thang nam hoi"
    " buoi cuoc dai dien lanh dao khach to chuc cu dong chi ong ba tinh thanh pho".split()
)


class Decision(Enum):
    """What the evidence allows."""

    ANSWER = "answer"
    ASK_BACK = "ask_back"
    NOT_STATED = "not_stated"  # the report is there, what was asked is not in it
    NO_REPORT = "no_report"


@dataclass(frozen=True, slots=True)
class Seen:
    """One report that the question may be about, as read."""

    finding: Finding
    signals: Signals
    contradicts: bool  # names, dates or sides of the visit are others


@dataclass(frozen=True, slots=True)
class Candidate:
    """The same, weighed."""

    finding: Finding
    signals: Signals
    contradicts: bool
    is_meant: float  # probability, 0..1, that the question is about this report
    states: float  # probability, 0..1, that it states what was asked
    confidence: float  # probability, 0..1, that an answer from it is the right one


@dataclass(frozen=True, slots=True)
class Evidence:
    """The decision, and the reports behind it."""

    decision: Decision
    candidates: tuple[Candidate, ...]  # as found, best hit first
    answering: tuple[Candidate, ...]  # to answer from, or to choose between; best first
    nearest: tuple[Reading, ...]  # near enough to be named when nothing is answered


def assess(ws: Workspace, query: Query, hits: Sequence[Hit]) -> Evidence:
    """Return what the found reports allow."""
    return decide(ws, query, look(ws, query, hits), ws.judges.weighing)


def decide(ws: Workspace, query: Query, seen: Sequence[Seen], weighing: Weighing) -> Evidence:
    """Return what reports allow that were looked at, best hit first."""
    terms = QueryTerms.about(query, ws.lexical.rarity)
    candidates = tuple(_weighed(s, weighing) for s in seen)
    limits = weighing.limits
    near = [c for c in candidates if c.is_meant >= limits.near]
    near.sort(key=lambda c: -c.is_meant)
    nearest = tuple(c.finding.reading for c in near[:3])
    fitting = [c for c in candidates if not c.contradicts]
    choices = _choices(query, fitting, terms, weighing)
    if len(choices) > 1:
        return Evidence(Decision.ASK_BACK, candidates, tuple(choices[:MAX_CHOICES]), nearest)
    stating = [c for c in fitting if c.states >= limits.states and c.finding.states_some(query)]
    if not stating:
        meant = [c for c in fitting if c.is_meant >= limits.meant]
        if not meant:
            return Evidence(Decision.NO_REPORT, candidates, (), nearest)
        best = max(meant, key=lambda c: c.is_meant)
        first = (best.finding.reading, *(r for r in nearest if r is not best.finding.reading))
        return Evidence(Decision.NOT_STATED, candidates, (best,), first)
    # What the report that fits best does not state is not looked for in one that fits less well.
    best = max(fitting, key=lambda c: c.signals["words"])
    if best not in stating and best.is_meant >= limits.meant:
        least = best.signals["words"]
        stating = [c for c in stating if c.signals["words"] >= least]
        if not stating:
            return Evidence(Decision.NOT_STATED, candidates, (best,), nearest)
    stating.sort(key=lambda c: -c.states)
    return Evidence(Decision.ANSWER, candidates, tuple(stating), nearest)


def _weighed(seen: Seen, weighing: Weighing) -> Candidate:
    is_meant, states, confidence = weighing.weigh(seen.signals)
    return Candidate(seen.finding, seen.signals, seen.contradicts, is_meant, states, confidence)


def _choices(
    query: Query, fitting: Sequence[Candidate], terms: QueryTerms, weighing: Weighing
) -> list[Candidate]:
    """Return the visits among which a question about one does not tell, best first.

    None of the question's words sets one of them apart, and each would be the answer if the
    others were not there.
    """
    if not ABOUT_A_VISIT & set(query.wanted):
        return []
    visits = [
        c
        for c in fitting
        if c.finding.states_some(query)
        and _is_visit(c)
        and _alone(c, weighing) >= weighing.limits.choice
    ]
    best = max(
        visits, key=lambda c: (c.signals["role"], c.signals["words"], c.states), default=None
    )
    if best is None:
        return []
    told_apart = best.finding.reading.terms - GENERAL_WORDS - VISIT_WORDS
    return [
        c
        for c in visits
        if c is best
        or (
            c.signals["role"] >= best.signals["role"]
            and (c.signals["sides"] > 0 or best.signals["sides"] == 0)
            and terms.weight_only_in(told_apart, c.finding.reading.terms) <= ALIKE
        )
    ]


def _is_visit(candidate: Candidate) -> bool:
    visit = candidate.finding.report.visit
    return bool(visit.visitors or (visit.host and visit.date_text))


def _alone(candidate: Candidate, weighing: Weighing) -> float:
    """Return how probable an answer a report would be if it were the only one found."""
    return weighing.states.probability({**candidate.signals, "lead": 1.0, "behind": 0.0})


def look(ws: Workspace, query: Query, hits: Sequence[Hit]) -> list[Seen]:
    """Return the best found reports with what speaks for each, best hit first."""
    rarity = ws.lexical.rarity
    terms, about = QueryTerms.of(query, rarity), QueryTerms.about(query, rarity)
    best_hits: dict[str, Hit] = {}
    for hit in hits:
        best_hits.setdefault(hit.passage.report_id, hit)
    found = []
    for report_id in list(best_hits)[:READ_REPORTS]:
        with suppress(NotFoundError):  # removed since it was found
            found.append((ws.reading(report_id), best_hits[report_id]))
    read = [(reading, hit, contradicts_question(ws, query, reading)) for reading, hit in found]
    seen = []
    for reading, hit, contradicts in read:
        if contradicts:  # may be named as near, never quoted: its sentences are not judged
            finding = Finding(reading, (), query.wanted)
        else:
            finding = find(query, reading, terms, ws.judges.sentences, rarity)
        rivals = [h.score for r, h, wrong in read if r is not reading and not wrong]
        ahead = hit.score - max(rivals, default=0.0)
        seen.append(Seen(finding, read_signals(query, finding, about, hit, ahead), contradicts))
    return seen


def contradicts_question(ws: Workspace, query: Query, reading: Reading) -> bool:
    """Return whether names, dates or sides of the visit are others than the question's."""
    return not (
        names_fit(query, reading)
        and countries_fit(ws, query, reading)
        and dates_fit(query, reading)
        and roles_fit(query, reading)
    )


def countries_fit(ws: Workspace, query: Query, reading: Reading) -> bool:
    """Return whether every country the question names is written in the report."""
    codes = (c.key.partition(_COUNTRY)[2] for c in query.conditions if c.key.startswith(_COUNTRY))
    return all(
        any(
            re.search(rf"\b{re.escape(word)}\b", reading.folded)
            for word in ws.places.places["country", code].words
        )
        for code in codes
    )


def roles_fit(query: Query, reading: Reading) -> bool:
    """Return whether the question has host and visitor as they were, or as the report puts it."""
    visit = reading.report.visit
    if not reverses(fold(query.plain_text), visit):
        return True
    return any(reverses(sentence.folded, visit) for sentence in reading.sentences)


def names_fit(query: Query, reading: Reading) -> bool:
    """Return whether every province the question names takes part or is written in the report."""
    parties = [s.value for s in (*reading.report.visit.host, *reading.report.visit.visitors)]
    own = {name for p in parties for name in (p.province, p.current)}
    return all(
        m.province in own or fold(m.province) in reading.folded or fold(m.text) in reading.folded
        for m in query.provinces
    )


def dates_fit(query: Query, reading: Reading) -> bool:
    """Return whether each date of the question meets a date of the report.

    A report without any complete date contradicts nothing.
    """
    if not any(phrase.first for phrase in reading.dates):
        return True
    return all(any(dates_agree(asked, own) for own in reading.dates) for asked in query.dates)
