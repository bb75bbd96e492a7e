"""Hits -> what to do: answer from which reports, ask which visit is meant, or abstain, and why.

Rules first: a report whose names, dates or sides of the visit contradict the question answers
nothing. What is left is weighed by two small logistic models over signals that can be read off
(`hochoi/weighing.py`): is this the report that is meant, and does it state what was asked?
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from hochoi.drafting.extractive import Finding, fact_share, find
from hochoi.drafting.fact_signs import dates_agree
from hochoi.drafting.selection import GENERAL_WORDS, QueryTerms
from hochoi.errors import NotFoundError
from hochoi.question import Query, Wanted
from hochoi.ranking.party_roles import mentions, reverses
from hochoi.ranking.sentence_tokens import AskedTokens, read_question
from hochoi.reading import Reading
from hochoi.retrieval import ROLE_WEIGHT, VECTOR_WEIGHT
from hochoi.text import fold
from hochoi.types import Hit
from hochoi.weighing import Signals
from hochoi.workspace import Workspace

READ_REPORTS = 8  # best found reports that are read closely
MAX_CHOICES = 5
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """The decision, and the reports behind it."""

    decision: Decision
    candidates: tuple[Candidate, ...]  # as found, best hit first
    answering: tuple[Candidate, ...]  # to answer from, or to choose between; best first
    nearest: tuple[Reading, ...]  # near enough to be named when nothing is answered


def assess(ws: Workspace, query: Query, hits: Sequence[Hit]) -> Evidence:
    """Return what the found reports allow."""
    terms = QueryTerms.about(query, ws.lexical.rarity)
    candidates = tuple(
        Candidate(s.finding, s.signals, s.contradicts, *ws.judges.weighing.weigh(s.signals))
        for s in look(ws, query, hits)
    )
    limits = ws.judges.weighing.limits
    near = [c for c in candidates if c.is_meant >= limits.near]
    near.sort(key=lambda c: -c.is_meant)
    nearest = tuple(c.finding.reading for c in near[:3])
    fitting = [c for c in candidates if not c.contradicts]
    choices = _choices(ws, query, fitting, terms)
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


def _choices(
    ws: Workspace, query: Query, fitting: Sequence[Candidate], terms: QueryTerms
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
        and _alone(ws, c) >= ws.judges.weighing.limits.states
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


def _alone(ws: Workspace, candidate: Candidate) -> float:
    """Return how probable an answer a report would be if it were the only one found."""
    return ws.judges.weighing.states.probability({**candidate.signals, "lead": 1.0, "behind": 0.0})


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
    read = [(reading, hit, contradicts_question(query, reading)) for reading, hit in found]
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


def read_signals(
    query: Query, finding: Finding, terms: QueryTerms, hit: Hit, ahead: float
) -> Signals:
    """Return what speaks for one report, each about 0..1.

    Args:
        query: The question.
        finding: What the report holds for it.
        terms: The words of the question, and of what it goes on with, with their rarity.
        hit: The best passage of the report.
        ahead: By how much its score exceeds the best one of any other report that may be meant.
    """
    reading = finding.reading
    asked = read_question(query.standalone or query.plain_text)
    parts = dict(hit.signals)
    best = max(finding.scored, key=lambda s: s.score, default=None)
    facts = [fact_share(w, query, reading, finding.scored) for w in query.wanted]
    stated_units = [s.coverage for s in finding.scored if s.facts] or [0.0]
    rarest = max(terms.syllables.values(), default=0.0)
    missing = [w for t, w in terms.syllables.items() if t not in reading.terms]
    return {
        "words": terms.syllable_coverage(reading.terms),
        "pairs": terms.coverage(reading.terms),
        "sentence": best.coverage if best is not None else 0.0,
        "fact_sentence": 1.0 if query.wanted == (Wanted.CONTENT,) else max(stated_units),
        "fact": max(facts, default=0.0) if finding.scored else 1.0,
        "rare_words": 1.0 - max(missing, default=0.0) / rarest if rarest else 0.0,
        "sides": _sides(query, reading),
        "names": _share([name in reading.folded for name in _names(asked)]),
        "numbers": _share([n in reading.report.text for n in asked.numbers]),
        "lead": max(0.0, min(1.0, ahead)),
        "behind": max(0.0, min(1.0, -ahead)),
        "meaning": parts.get("vector", 0.0) / VECTOR_WEIGHT,
        "role": parts.get("role", 0.0) / ROLE_WEIGHT,
        "is_content": float(query.wanted == (Wanted.CONTENT,)),
    }


def _sides(query: Query, reading: Reading) -> float:
    """Return how many of the two sides of the visit the question names, as a share."""
    asked, visit = fold(query.standalone or query.plain_text), reading.report.visit
    named = [any(mentions(asked, side)) for side in (visit.host, visit.visitors)]
    return sum(named) / 2


def _names(asked: AskedTokens) -> list[str]:
    """Return the names in a question; its first word has a capital whatever it is."""
    first = asked.sequence[0] if asked.sequence else ""
    return [name for name in asked.names if name != first]


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 1.0


def contradicts_question(query: Query, reading: Reading) -> bool:
    """Return whether names, dates or sides of the visit are others than the question's."""
    return not (
        names_fit(query, reading) and dates_fit(query, reading) and roles_fit(query, reading)
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
