"""Which visits a question about one fits when nothing in it tells them apart: the record decides.

Search sees only the best hits; that two visits have the same sides, dates and topic is known from
all visits. Words that only one of them has tell it apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hochoi.drafting.overview import Overview, Scope
from hochoi.drafting.overview_matching import matching
from hochoi.drafting.selection import GENERAL_WORDS, QueryTerms
from hochoi.evidence import ABOUT_A_VISIT, ALIKE, VISIT_WORDS, Decision, Evidence
from hochoi.overviews import look_ups, reports_within
from hochoi.question import Condition, ConditionKind, Query, Wanted
from hochoi.text import fold
from hochoi.types import Party, Report, Stated, Visit
from hochoi.understood import ProvinceRole, QuestionKind
from hochoi.workspace import Workspace

# Bodies are written short or in full as it comes, and most provinces send the same ones.
_BODIES = frozenset("hdnd ubnd hoi dong uy ban nhan dan van phong thuong truc".split())
MAX_READ = 16  # visits that are compared word by word; reading one takes some milliseconds
_COVERED = 0.6  # of the question's weighted words, where search found nothing to answer from


@dataclass(frozen=True, slots=True)
class Several:
    """Visits to choose from."""

    reports: tuple[Report, ...] = ()  # best fit first
    is_all: bool = True  # else there are more that meet the conditions and were not read


def several_visits(ws: Workspace, query: Query, evidence: Evidence) -> Several:
    """Return the visits to choose from; none when fewer than two fit alike.

    Args:
        ws: The library.
        query: The question.
        evidence: What search found for it.
    """
    if not ABOUT_A_VISIT & set(query.wanted) or not query.conditions:
        return Several()
    overview = Overview(QuestionKind.LIST, query.conditions, Scope.VISITS)
    reports = reports_within(ws, query.filters, query.conditions)
    found = matching(overview, reports, look_ups(ws)).reports
    stating = [r for r in _strictly(query.conditions, found) if _states(r.visit, query.wanted)]
    if len(stating) < 2:
        return Several()
    found_first = {c.finding.report.report_id for c in evidence.candidates}
    stating.sort(key=lambda r: r.report_id not in found_first)
    is_all, stating = len(stating) <= MAX_READ, stating[:MAX_READ]
    terms = QueryTerms.about(query, ws.lexical.rarity)
    covered = {r.report_id: terms.syllable_coverage(ws.reading(r.report_id).terms) for r in stating}
    stating.sort(key=lambda r: -covered[r.report_id])
    best = stating[0]
    if evidence.decision is Decision.ANSWER:
        best = evidence.answering[0].finding.report
    elif evidence.decision is Decision.NO_REPORT and covered[best.report_id] < _COVERED:
        return Several()
    elif evidence.decision is Decision.NOT_STATED:
        silent = evidence.answering[0].finding.reading.terms
        if terms.syllable_coverage(silent) > covered[best.report_id]:
            return Several()
    if best.report_id not in covered:
        return Several()
    alike = _alike(ws, query, terms, best, stating)
    return Several(tuple(alike), is_all) if len(alike) > 1 else Several()


def _alike(
    ws: Workspace, query: Query, terms: QueryTerms, best: Report, stating: Sequence[Report]
) -> list[Report]:
    """Return the visits that no word of the question sets behind the best one, it included."""
    # What the conditions say is true of all of them.
    common = GENERAL_WORDS | VISIT_WORDS | _BODIES | _words_of(query.conditions)
    own = ws.reading(best.report_id).terms - common
    alike = [best]
    for report in stating:
        if report.report_id != best.report_id:
            others = ws.reading(report.report_id).terms - common
            ahead = terms.weight_only_in(own, others) - terms.weight_only_in(others, own)
            if ahead <= ALIKE:
                alike.append(report)
    return alike


def _words_of(conditions: Sequence[Condition]) -> frozenset[str]:
    return frozenset(w for c in conditions for w in fold(f"{c.text} {c.spelling}").split())


def _strictly(conditions: Sequence[Condition], found: Sequence[Report]) -> list[Report]:
    """Return the visits of the provinces as named; those of merged parts only if there is none."""
    provinces = [c for c in conditions if c.kind is ConditionKind.PROVINCE]
    own = [r for r in found if all(_takes_part(c, r.visit) for c in provinces)]
    return own or list(found)


def _takes_part(condition: Condition, visit: Visit) -> bool:
    sides: list[Stated[Party]] = []
    if condition.role is not ProvinceRole.VISITOR:
        sides += visit.host
    if condition.role is not ProvinceRole.HOST:
        sides += visit.visitors
    name = condition.key.partition(":")[2]
    return any(s.value.province == name for s in sides)


def _states(visit: Visit, wanted: Sequence[Wanted]) -> bool:
    """Return whether the record of a visit has one of the facts asked for."""
    stated = {
        Wanted.HEAD: visit.head_of_delegation is not None,
        Wanted.DEPUTY: bool(visit.deputy_heads),
        Wanted.HOST_LEAD: bool(visit.host_leads),
        Wanted.PARTICIPANTS: visit.participants is not None,
        Wanted.DATE: visit.date_text is not None,
    }
    return any(stated.get(w, False) for w in wanted)
