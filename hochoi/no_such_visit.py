"""A question about a visit that no report is of: what to say, and which visits come nearest.

"Ai dẫn đầu đoàn Cà Mau đến Long An?" names both sides. Where no visit has them, the refusal says
so, and whether one went the other way. Judges no text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hochoi.drafting.overview import Overview, Scope
from hochoi.drafting.overview_matching import matching
from hochoi.drafting.visit_labels import visit_label
from hochoi.overviews import describer_of, look_ups, reports_within
from hochoi.question import Condition, ConditionKind, Query
from hochoi.types import Report
from hochoi.understood import ProvinceRole, QuestionKind
from hochoi.workspace import Workspace

_NAMED = 3  # visits in the sentence
_SIDES = (ConditionKind.PROVINCE, ConditionKind.REGION, ConditionKind.GROUP)
_OTHER_SIDE = {
    ProvinceRole.HOST: ProvinceRole.VISITOR,
    ProvinceRole.VISITOR: ProvinceRole.HOST,
}


@dataclass(frozen=True, slots=True)
class NoSuchVisit:
    """Why there is no visit with the sides that a question names."""

    notice: str  # Vietnamese
    nearest: tuple[Report, ...]  # the visits the other way round, else those of either side


def no_such_visit(ws: Workspace, query: Query) -> NoSuchVisit | None:
    """Return what to say when no visit has host and visitor as the question names them.

    None when it does not name both sides, or some visit has them.
    """
    sides = [c for c in query.conditions if c.kind in _SIDES and c.role in _OTHER_SIDE]
    if {c.role for c in sides} != set(_OTHER_SIDE):
        return None
    reports = reports_within(ws, query.filters)
    if _visits(ws, sides, reports):
        return None
    phrases = ws.phrases
    named = "; ".join(map(describer_of(ws).words, sides))
    notice = phrases.say("overview.none", filters=named)
    reverse = _visits(ws, [replace(c, role=_OTHER_SIDE[c.role]) for c in sides], reports)
    found = reverse
    for role in (ProvinceRole.VISITOR, ProvinceRole.HOST):
        if not reverse:
            found += _visits(ws, [c for c in sides if c.role is role], reports)
    if found:
        labels = "; ".join(visit_label(r.visit, phrases) for r in found[:_NAMED])
        key = "absent.reversed" if reverse else "absent.others"
        notice = f"{notice} {phrases.say(key, visits=labels)}"
    return NoSuchVisit(notice, found)


def _visits(
    ws: Workspace, sides: Sequence[Condition], reports: Sequence[Report]
) -> tuple[Report, ...]:
    overview = Overview(QuestionKind.LIST, tuple(sides), Scope.VISITS)
    return matching(overview, reports, look_ups(ws)).reports
