"""Decide who hosts and who visits from the wording around the bodies of a report.

Votes of the cues are summed per party (all agencies of one province are one party); a party
with no clear majority gets no role, and one party never has both.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from hochoi.types import PartyKind
from ingest.visit_bodies import Body
from ingest.visit_clauses import BODY_SIGN, PERSON_SIGN, Clause
from ingest.visit_cues import CUES
from ingest.visit_subjects import find_subjects
from ingest.visit_vocabulary import COUNTRIES

_ENOUGH_HOST, _ENOUGH_VISITOR = 1.5, 2.0
_SOME_HOST = 1.0  # when nobody has more
_EARLY = 4  # sentences after the title
_TYPES = ("thành phố", "tỉnh", "bang", "quận", "thủ đô")
_RECEIVED = 2.45  # a vote above this speaks of receiving, below it of going there
_RECEPTION = 3.5  # a centre that receives guests itself is quoted as such
_DISTRICT = re.compile(r"(?:phường|xã|thị trấn|thị xã|quận|huyện|đặc khu) .+")
# Titles of reports about a visit.
_STUDY = re.compile(r"\b(?:đoàn|chuyến|thăm|học tập|học hỏi|tham quan|khảo sát|trao đổi)\b")
_COUNTRIES = frozenset(COUNTRIES)
_HOME_KINDS = (PartyKind.PROVINCE, PartyKind.FOREIGN)
_GUEST_KINDS = (PartyKind.FOREIGN, PartyKind.MINISTRY, PartyKind.OTHER)  # likelier guests first


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


@dataclass(slots=True)
class _Votes:
    """What speaks for one party, and the mentions that it speaks through."""

    host: float = 0.0
    visitor: float = 0.0
    as_host: list[tuple[float, Body]] = field(default_factory=list)
    as_visitor: list[tuple[float, Body]] = field(default_factory=list)
    host_in_body: float = 0.0  # without the votes of the title
    strongest_host: float = 0.0  # vote
    is_named_host: bool = False  # not only in the title of somebody
    is_named_visitor: bool = False

    @property
    def is_bare_district(self) -> bool:
        """Whether the party is a ward or town that no agency speaks for: rather a place."""
        return all(
            b.kind is PartyKind.DISTRICT and (b.is_locality or b.is_venue) for _, b in self.as_host
        )

    @property
    def is_bare_ward(self) -> bool:
        """Whether the party is a ward or commune that no agency speaks for."""
        return self.is_bare_district and all(
            b.text.lower().startswith(("phường", "xã", "thị trấn")) for _, b in self.as_host
        )

    @property
    def is_bare_province(self) -> bool:
        """Whether the party is a province that no agency speaks for."""
        return all(b.kind is PartyKind.PROVINCE and b.is_locality for _, b in self.as_host)

    @property
    def is_only_seen(self) -> bool:
        """Whether the party is a district that guests were at, and that received nobody."""
        is_district = all(b.kind is PartyKind.DISTRICT for _, b in self.as_host)
        return is_district and self.strongest_host < _RECEIVED

    @property
    def is_country(self) -> bool:
        """Whether the party is a whole foreign country."""
        return self.is_bare_abroad and all(b.key in _COUNTRIES for _, b in self.as_host)

    @property
    def is_guest_country(self) -> bool:
        """Whether the visiting party is named as a whole country only."""
        return all(b.is_locality and b.key in _COUNTRIES for _, b in self.as_visitor)

    @property
    def is_bare_abroad(self) -> bool:
        """Whether the party is a foreign territory that no agency speaks for."""
        return all(
            b.kind is PartyKind.FOREIGN and b.is_locality and not b.text.lower().startswith(_TYPES)
            for _, b in self.as_host
        )

    @property
    def is_side_show(self) -> bool:
        """Whether the party is a company or the like that was only met besides others."""
        return all(b.kind is PartyKind.OTHER and w < _RECEPTION - 1 for w, b in self.as_host)


class _Ballot:
    """Collects votes per party."""

    def __init__(self) -> None:
        self.votes: dict[str, _Votes] = {}
        self.is_event = False
        self._named: dict[str, dict[str, Body]] = {}  # by head and key, in the text so far

    def note(self, bodies: Iterable[Body]) -> None:
        """Note agencies named with their place, for later mentions without it."""
        for body in bodies:
            if body.head and body.key:
                self._named.setdefault(body.head, {}).setdefault(body.key, body)

    def meant(self, body: Body) -> Body:
        """Return what "Trung tâm", "Sở" alone stand for: the only one of its kind named so far."""
        named = self._named.get(body.head, {})
        return next(iter(named.values())) if not body.key and len(named) == 1 else body

    def count(self, body: Body, weight: float, role: str, order: int, direct: bool) -> None:
        """Count one vote for `body` as "h" or "v", read in sentence `order`."""
        if not body.key:
            return
        party = self.votes.setdefault(body.key, _Votes())
        # Which mention is quoted: rather an agency than a territory, rather body than title.
        fitness = weight + 0.3 * (not body.is_locality) - 3 * (order == 0) - 1.5 * (not direct)
        fitness -= 4 * ("(UBND)" in body.text)
        if role == "h":
            party.host += weight
            party.host_in_body += weight * (order > 0)
            party.strongest_host = max(party.strongest_host, weight)
            party.is_named_host |= direct
            party.as_host.append((fitness - 2.0 * body.is_venue * (weight < 4), body))
        else:
            party.visitor += weight
            party.is_named_visitor |= direct
            party.as_visitor.append((fitness, body))


def find_parties(clauses: Sequence[Clause]) -> Parties:
    """Return the hosts and visitors of a report. Either may be empty."""
    ballot = _Ballot()
    for clause in clauses:
        _vote(clause, ballot)
    if not ballot.is_event:
        return Parties(hosts=find_subjects(clauses), are_met=False)
    votes = list(ballot.votes.values())
    visitors = [v for v in votes if v.visitor >= _ENOUGH_VISITOR and v.visitor > v.host]
    hosts = [v for v in votes if v.host >= _ENOUGH_HOST and v.host > v.visitor]
    visitors = _without(visitors, [v for v in visitors if not v.is_named_visitor])
    hosts = _without(hosts, [v for v in hosts if not v.is_named_host])
    hosts = _without(hosts, _outer_of(hosts))
    hosts = _without(hosts, [v for v in hosts if v.is_bare_district])
    hosts = _without(hosts, [v for v in hosts if v.is_bare_ward])
    receiving = max((v.host for v in hosts if not v.is_only_seen), default=0.0)
    hosts = _without(hosts, [v for v in hosts if v.is_only_seen and v.host <= receiving])
    hosts = _without(hosts, [v for v in hosts if v.is_bare_abroad])
    hosts = _without(hosts, [v for v in hosts if v.is_country])
    hosts = _without(hosts, [v for v in hosts if v.is_side_show])
    if not hosts:
        hosts = [v for v in votes if v.host >= _SOME_HOST and v.host > v.visitor][:1]
    if hosts and not visitors and _STUDY.search(clauses[0].masked):
        other = _only_other(clauses, {b.key for v in votes for _, b in v.as_host})
        visitors = [_Votes(visitor=_ENOUGH_VISITOR, as_visitor=other)] if other else []
    if visitors and not hosts:
        other = _only_other(clauses, {b.key for v in visitors for _, b in v.as_visitor})
        hosts = [_Votes(host=_SOME_HOST, as_host=other)] if other else []
    if hosts:
        best = max(v.host for v in hosts)
        hosts = [v for v in hosts if v.host >= 0.5 * best]
    if visitors:
        best = max(v.visitor for v in visitors)
        visitors = _without(
            visitors, [v for v in visitors if v.is_guest_country and v.visitor < best]
        )
        visitors = [v for v in visitors if v.visitor >= 0.4 * best]
    received = _ordered(_best(v.as_host) for v in hosts)
    came = _ordered(_best(v.as_visitor) for v in visitors)
    return Parties(_placed(received, came, clauses), _placed(came, received, clauses))


def _outer_of(hosts: Sequence[_Votes]) -> list[_Votes]:
    """Return provinces of the title alone, beside a district of theirs that the text tells of."""
    inner = {
        b.province
        for v in hosts
        for _, b in v.as_host
        if b.kind is PartyKind.DISTRICT and b.province and v.host_in_body >= _ENOUGH_HOST
    }
    return [
        v
        for v in hosts
        if v.is_bare_province and not v.host_in_body and v.as_host[0][1].province in inner
    ]


def _only_other(clauses: Sequence[Clause], known: set[str]) -> list[tuple[float, Body]]:
    """Return the mentions of the one party named besides the known ones; none if there are more."""
    mentions: dict[str, list[tuple[float, Body]]] = {}
    for clause in clauses:
        for body in clause.bodies_in(clause.masked):
            is_party = body.kind in _HOME_KINDS or (
                body.kind is PartyKind.DISTRICT and not body.is_locality and not body.is_venue
            )
            if is_party and body.key and body.key not in known:
                fitness = _RECEPTION + 0.3 * (not body.is_locality) - 3 * (clause.order == 0)
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


def _without(votes: list[_Votes], weak: list[_Votes]) -> list[_Votes]:
    """Return `votes` without the weak ones, unless nothing else is left."""
    strong = [v for v in votes if v not in weak]
    return strong or votes


def _ordered(bodies: Iterable[Body]) -> tuple[Body, ...]:
    """Return parties in text order, without those that a longer one names as its part."""
    ordered = sorted(bodies, key=lambda body: body.start)
    return tuple(
        body
        for body in ordered
        if not any(body is not other and body.text in other.text for other in ordered)
    )


def _best(candidates: Sequence[tuple[float, Body]]) -> Body:
    """Return the mention that names a party best in its role; the first of equals."""
    fitness, body = max(candidates, key=lambda c: (c[0], -c[1].start))
    return _territory(body) if body.is_venue and fitness < _RECEPTION else body


def _territory(body: Body) -> Body:
    """Return the ward or district that a place to see belongs to, `body` itself without one."""
    words = _DISTRICT.search(body.text)
    if words is None:
        return body
    return replace(body, start=body.start + words.start(), text=words[0], head="")


def _vote(clause: Clause, ballot: _Ballot) -> None:
    """Add the votes of one sentence; the title counts a little more, late sentences less."""
    masked = clause.masked
    if BODY_SIGN not in masked and PERSON_SIGN not in masked:
        return
    ballot.note(clause.bodies_in(masked))
    scale = 1.2 if clause.order == 0 else 1.0 if clause.order <= _EARLY else 0.8
    best: dict[tuple[str, str], tuple[float, Body, bool]] = {}
    for cue in CUES:
        if not _stands(cue.needs, masked):
            continue
        is_late_pair = "a" in cue.pattern.groupindex and clause.order > _EARLY
        weight = cue.weight * (0.4 if is_late_pair else scale)
        for match in cue.pattern.finditer(masked):
            groups = match.groupdict()
            if groups.get("a"):
                roles = _partners(
                    clause.bodies_in(groups["a"])[0], clause.bodies_in(groups["b"])[0]
                )
            else:
                roles = [
                    (ballot.meant(b), r, True)
                    for r in "vh"
                    for b in clause.bodies_in(groups.get(r))
                ]
                roles += [
                    (s.bodies[-1], r, False)
                    for r in "vh"
                    for s in clause.people_in(groups.get(r + "p"))
                    if s.bodies
                ]
            for body, role, direct in roles:
                if _is_mere_country(body, role, cue.weight):
                    continue
                ballot.is_event |= cue.weight > 2 or (role == "v" and cue.weight == 2)
                share = 0.5 if role == "h" and body.is_venue and cue.weight < 3 else 1.0
                before = best.get((role, body.key))
                if before is None or (weight * share, direct) > (before[0], before[2]):
                    best[role, body.key] = (weight * share, body, direct)
    for (role, _), (vote, body, direct) in best.items():
        ballot.count(body, vote, role, clause.order, direct)


def _stands(needs: tuple[str, ...], masked: str) -> bool:
    for need in needs:  # faster than any() over a generator, and this is the innermost loop
        if need in masked:
            return True
    return False


def _is_mere_country(body: Body, role: str, weight: float) -> bool:
    return role == "h" and weight < 2 and body.kind is PartyKind.FOREIGN and body.is_locality


def _partners(first: Body, second: Body) -> list[tuple[Body, str, bool]]:
    """Return who of two partners hosts, by their kinds, else the second one.

    A foreign body comes to a Vietnamese one, a ministry to a province, a company to an agency.
    """
    for kind in _GUEST_KINDS:
        if (first.kind is kind) != (second.kind is kind):
            guest, host = (first, second) if first.kind is kind else (second, first)
            return [(guest, "v", True), (host, "h", True)]
    return []
