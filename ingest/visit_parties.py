"""Decide who hosts and who visits from the wording around the bodies of a report.

Votes of the cues are summed per party (all agencies of one province are one party); a party
with no clear majority gets no role, and one party never has both.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hochoi.types import PartyKind
from ingest.visit_bodies import Body
from ingest.visit_clauses import Clause
from ingest.visit_subjects import find_subjects
from ingest.visit_votes import RECEPTION, Votes, counted

_ENOUGH_HOST, _ENOUGH_VISITOR = 1.5, 2.0
_SOME_HOST = 1.0  # when nobody has more
_DISTRICT = re.compile(r"(?:phường|xã|thị trấn|thị xã|quận|huyện|đặc khu) .+")
# Titles of reports about a visit.
_STUDY = re.compile(r"\b(?:đoàn|chuyến|thăm|học tập|học hỏi|tham quan|khảo sát|trao đổi)\b")
_HOME_KINDS = (PartyKind.PROVINCE, PartyKind.FOREIGN)


@dataclass(frozen=True, slots=True)
class Parties:
    """Hosts and visitors, in the order in which the report names them in their role."""

    hosts: tuple[Body, ...] = ()
    visitors: tuple[Body, ...] = ()
    are_met: bool = True  # False: no visit or meeting, the hosts are whom the report is about

    def is_host(self, body: Body) -> bool:
        """Whether `body` belongs to a hosting party."""
        return _belongs(body, self.hosts)

    def is_visitor(self, body: Body) -> bool:
        """Whether `body` belongs to a visiting party."""
        return _belongs(body, self.visitors)


def _belongs(body: Body, parties: Iterable[Body]) -> bool:
    return bool(body.key) and any(body.key == party.key for party in parties)


def find_parties(clauses: Sequence[Clause]) -> Parties:
    """Return the hosts and visitors of a report. Either may be empty."""
    ballot = counted(clauses)
    if not ballot.is_event:
        return Parties(hosts=find_subjects(clauses), are_met=False)
    votes = list(ballot.votes.values())
    visitors = _visitors(votes)
    hosts = _hosts(votes)
    if hosts and not visitors and _STUDY.search(clauses[0].masked):
        other = _only_other(clauses, {b.key for v in votes for _, b in v.as_host})
        visitors = [Votes(visitor=_ENOUGH_VISITOR, as_visitor=other)] if other else []
    if visitors and not hosts:
        other = _only_other(clauses, {b.key for v in visitors for _, b in v.as_visitor})
        hosts = [Votes(host=_SOME_HOST, as_host=other)] if other else []
    received = _ordered(_best(v.as_host) for v in hosts)
    came = _ordered(_best(v.as_visitor) for v in visitors)
    return Parties(_placed(received, came, clauses), _placed(came, received, clauses))


def _visitors(votes: Sequence[Votes]) -> list[Votes]:
    """Return the parties that came, the weak ones left out beside stronger ones."""
    visitors = [v for v in votes if v.visitor >= _ENOUGH_VISITOR and v.visitor > v.host]
    visitors = _without(visitors, [v for v in visitors if not v.is_named_visitor])
    visitors = _without(visitors, [v for v in visitors if not v.visitor_in_body])
    best = max((v.visitor for v in visitors), default=0.0)
    visitors = _without(visitors, [v for v in visitors if v.is_guest_country and v.visitor < best])
    return [v for v in visitors if v.visitor >= 0.4 * best]


def _hosts(votes: Sequence[Votes]) -> list[Votes]:
    """Return the parties that received, what was rather a place left out beside others."""
    hosts = [v for v in votes if v.host >= _ENOUGH_HOST and v.host > v.visitor]
    hosts = _without(hosts, [v for v in hosts if not v.is_named_host])
    hosts = _without(hosts, [v for v in hosts if not v.host_in_body])
    hosts = _without(hosts, [v for v in hosts if v.is_bare_district])
    hosts = _without(hosts, [v for v in hosts if v.is_bare_ward])
    receiving = max((v.host for v in hosts if not v.is_only_seen), default=0.0)
    hosts = _without(hosts, [v for v in hosts if v.is_only_seen and v.host <= receiving])
    hosts = _without(hosts, [v for v in hosts if v.is_bare_abroad])
    hosts = _without(hosts, [v for v in hosts if v.is_country])
    hosts = _without(hosts, [v for v in hosts if v.is_side_show])
    if not hosts:
        hosts = [v for v in votes if v.host >= _SOME_HOST and v.host > v.visitor][:1]
    best = max((v.host for v in hosts), default=0.0)
    return [v for v in hosts if v.host >= 0.5 * best]


def _only_other(clauses: Sequence[Clause], known: set[str]) -> list[tuple[float, Body]]:
    """Return the mentions of the one party named besides the known ones; none if there are more."""
    mentions: dict[str, list[tuple[float, Body]]] = {}
    for clause in clauses:
        for body in clause.bodies_in(clause.masked):
            is_party = body.kind in _HOME_KINDS or (
                body.kind is PartyKind.DISTRICT and not body.is_locality and not body.is_venue
            )
            if is_party and body.key and body.key not in known:
                fitness = RECEPTION + 0.3 * (not body.is_locality) - 3 * (clause.order == 0)
                mentions.setdefault(body.key, []).append((fitness, body))
    return next(iter(mentions.values())) if len(mentions) == 1 else []


def _placed(
    parties: tuple[Body, ...], others: tuple[Body, ...], clauses: Sequence[Clause]
) -> tuple[Body, ...]:
    """Return `parties`, a district without province tied to the only one left in the report."""
    named = {b.province: b for c in clauses[:1] for b in c.bodies if b.province}
    taken = {b.province for b in (*parties, *others)}
    free = [body for name, body in named.items() if name not in taken]
    home = free[0] if len(free) == 1 else None
    return tuple(
        replace(body, province=home.province, current=home.current)
        if home and body.kind is PartyKind.DISTRICT and body.province is None
        else body
        for body in parties
    )


def _without(votes: list[Votes], weak: list[Votes]) -> list[Votes]:
    """Return `votes` without the weak ones, unless nothing else is left."""
    strong = [v for v in votes if v not in weak]
    return strong or votes


def _ordered(bodies: Iterable[Body]) -> tuple[Body, ...]:
    """Return parties in text order, without those that a longer one names as its part."""
    ordered = sorted(bodies, key=lambda body: body.start)
    return tuple(
        body
        for body in ordered
        if not any(body is not other and _is_part(body, other) for other in ordered)
    )


def _is_part(body: Body, other: Body) -> bool:
    """Whether the longer name holds the shorter: "Tập đoàn A" and "Tập đoàn Công nghiệp (A)"."""
    if body.text in other.text:
        return True
    words, others = (set(re.findall(r"\w+", b.text)) for b in (body, other))
    return body.kind is other.kind is PartyKind.OTHER and words < others


def _best(candidates: Sequence[tuple[float, Body]]) -> Body:
    """Return the mention that names a party best in its role; the first of equals."""
    fitness, body = max(candidates, key=lambda c: (c[0], -c[1].start))
    return _territory(body) if body.is_venue and fitness < RECEPTION else body


def _territory(body: Body) -> Body:
    """Return the ward or district that a place to see belongs to, `body` itself without one."""
    words = _DISTRICT.search(body.text)
    if words is None:
        return body
    return replace(body, start=body.start + words.start(), text=words[0], head="")
