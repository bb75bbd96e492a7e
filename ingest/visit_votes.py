"""Count what the wording of a report says for each party as a host and as a visitor.

All agencies of one province are one party. Does not decide who is which.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hochoi.types import PartyKind
from ingest.visit_bodies import Body
from ingest.visit_clauses import BODY_SIGN, PERSON_SIGN, Clause
from ingest.visit_cues import CUES
from ingest.visit_vocabulary import COUNTRIES

EARLY = 4  # sentences after the title
RECEPTION = 3.5  # a centre that receives guests itself is quoted as such
_TYPES = ("thành phố", "tỉnh", "bang", "quận", "thủ đô")
_RECEIVED = 2.45  # a vote above this speaks of receiving, below it of going there
_COUNTRIES = frozenset(COUNTRIES)
_GUEST_KINDS = (PartyKind.FOREIGN, PartyKind.MINISTRY, PartyKind.OTHER)  # likelier guests first


@dataclass(slots=True)
class Votes:
    """What speaks for one party, and the mentions that it speaks through."""

    host: float = 0.0
    visitor: float = 0.0
    as_host: list[tuple[float, Body]] = field(default_factory=list)
    as_visitor: list[tuple[float, Body]] = field(default_factory=list)
    host_in_body: float = 0.0  # without the votes of the title
    visitor_in_body: float = 0.0
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
        return all(b.kind is PartyKind.OTHER and w < RECEPTION - 1 for w, b in self.as_host)


class Ballot:
    """Collects votes per party."""

    def __init__(self) -> None:
        self.votes: dict[str, Votes] = {}
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
        party = self.votes.setdefault(body.key, Votes())
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
            party.visitor_in_body += weight * (order > 0)
            party.is_named_visitor |= direct
            party.as_visitor.append((fitness, body))


def counted(clauses: Sequence[Clause]) -> Ballot:
    """Return the votes of all sentences."""
    ballot = Ballot()
    for clause in clauses:
        _vote(clause, ballot)
    return ballot


def _vote(clause: Clause, ballot: Ballot) -> None:
    """Add the votes of one sentence; the title counts a little more, late sentences less."""
    masked = clause.masked
    if BODY_SIGN not in masked and PERSON_SIGN not in masked:
        return
    ballot.note(clause.bodies_in(masked))
    scale = 1.2 if clause.order == 0 else 1.0 if clause.order <= EARLY else 0.8
    best: dict[tuple[str, str], tuple[float, Body, bool]] = {}
    for cue in CUES:
        if not _stands(cue.needs, masked):
            continue
        is_late_pair = "a" in cue.pattern.groupindex and clause.order > EARLY
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
