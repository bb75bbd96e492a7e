"""What speaks for a report that was found for a question, as numbers of about 0..1.

Weighs nothing: that is `hochoi/weighing.py`, which names the signals.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from hochoi.asked_thing import VOWEL, asked_things, share_held
from hochoi.drafting.extractive import Finding, fact_share
from hochoi.drafting.selection import QueryTerms, Scored
from hochoi.question import Query, Wanted
from hochoi.ranking.party_roles import mentions
from hochoi.ranking.sentence_tokens import AskedTokens, read_question
from hochoi.reading import Reading
from hochoi.retrieval import ROLE_WEIGHT, VECTOR_WEIGHT
from hochoi.text import fold
from hochoi.types import Hit, Visit
from hochoi.weighing import Signals

_BRACKETED = re.compile(r"\([^()]*\)")


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
    terms = _held_to(terms, query)
    near = _near(finding, best)
    own = {t: w for t, w in terms.syllables.items() if t not in reading.header_terms}
    matter = _weight_share(own, near)
    things = () if _is_recorded(query, reading.report.visit) else asked_things(query.plain_text)
    thing = share_held(things, near)
    is_content = float(query.wanted == (Wanted.CONTENT,))
    rarest = max(terms.syllables.values(), default=0.0)
    missing = [w for t, w in terms.syllables.items() if t not in reading.terms]
    return {
        "words": terms.syllable_coverage(reading.terms),
        "pairs": terms.coverage(reading.terms),
        "sentence": best.coverage if best is not None else 0.0,
        "fact_sentence": 1.0 if query.wanted == (Wanted.CONTENT,) else max(stated_units),
        "fact": max(facts, default=0.0) if finding.scored else 1.0,
        "rare_words": 1.0 - max(missing, default=0.0) / rarest if rarest else 0.0,
        "matter": matter,
        "thing": thing,
        "thing_anywhere": share_held(things, reading.terms),
        "content_matter": is_content * matter,
        "content_thing": is_content * thing,
        "sides": _sides(query, reading),
        "names": _share([name in reading.folded for name in _names(asked)]),
        "numbers": _share([n in reading.report.text for n in asked.numbers]),
        "lead": max(0.0, min(1.0, ahead)),
        "behind": max(0.0, min(1.0, -ahead)),
        "meaning": parts.get("vector", 0.0) / VECTOR_WEIGHT,
        "role": parts.get("role", 0.0) / ROLE_WEIGHT,
        "is_content": is_content,
    }


def _is_recorded(query: Query, visit: Visit) -> bool:
    """Return whether the visit record has who was asked for: the report need not say it so."""
    recorded = {
        Wanted.HEAD: visit.head_of_delegation is not None,
        Wanted.DEPUTY: bool(visit.deputy_heads),
        Wanted.HOST_LEAD: bool(visit.host_leads),
    }
    return all(recorded.get(wanted, False) for wanted in query.wanted)


def _held_to(terms: QueryTerms, query: Query) -> QueryTerms:
    """Return the terms that a report can be held to.

    Not so what a reader adds in brackets ("nay thuộc Vĩnh Long"), and short forms that nothing
    could spell out: no report has them.
    """
    asked = fold(query.standalone or query.plain_text)
    outside = set(re.findall(r"[^\W_]+", _BRACKETED.sub(" ", asked)))

    def counts(term: str) -> bool:
        return all(t in outside and (t.isdigit() or VOWEL.search(t)) for t in term.split("_"))

    return QueryTerms(
        {t: w for t, w in terms.syllables.items() if counts(t)},
        {p: w for p, w in terms.pairs.items() if counts(p)},
    )


def _near(finding: Finding, best: Scored | None) -> frozenset[str]:
    """Return the terms of the best sentence and of its neighbours."""
    if best is None:
        return frozenset()
    place = finding.scored.index(best)
    around = finding.scored[max(0, place - 1) : place + 2]
    return frozenset().union(*(s.unit.tokens.terms for s in around))


def _weight_share(weights: Mapping[str, float], terms: Collection[str]) -> float:
    total = sum(weights.values())
    return sum(w for t, w in weights.items() if t in terms) / total if total else 1.0


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
