"""Decide who leads the delegation and who receives it. Does not find people or parties."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hochoi.types import PartyKind
from ingest.visit_clauses import PERSON, PERSON_SIGN, Clause
from ingest.visit_cues import RECEIVING
from ingest.visit_parties import Parties
from ingest.visit_people import Somebody

_NOT_PERSON = rf"[^.;{PERSON_SIGN}]"
_JOIN = r"(?:,|;| và|, và| cùng|, cùng|; cùng| cùng với|; và| cùng dự có|; cùng dự có)*"
_PEOPLE = rf"{PERSON}(?:{_JOIN} (?:các )?{PERSON}){{0,40}}"
_ADVERBS = r"(?:,? (?:đã|cũng|trực tiếp|vừa|có|cùng|trân trọng)){0,5}"
_ALSO = rf"{_ADVERBS}(?:,? (?:thay mặt|đại diện) [^.;]{{2,60}}?)?{_ADVERBS},?"
_RECEIVES = (
    r"(?:(?:chủ trì |dự |tham gia )?(?:buổi |cuộc )?(?:tiếp(?! (?:nhận|tục|thu|xúc|cận|theo"
    r"|nối))|đón|hội đàm)"
    r"|chủ trì|gặp gỡ|gặp mặt|gặp đoàn|(?:làm việc|trao đổi|đi) (?:với|cùng) đoàn|thay mặt"
    r" [^.;]{0,60}? tiếp)"
)
_EXPLAINS = (
    r"(?:giới thiệu|trình bày|chia sẻ|điểm lại|nêu khái quát|khái quát|thông tin|chào mừng"
    r"|báo cáo|cho biết"
    r"|hướng dẫn|trả lời|phát biểu chào|giải thích|phân tích|thuyết minh|tóm tắt|đưa đoàn|chào"
    r" đón|kể|lý giải|cho hay|thuyết trình|mở máy|dẫn đoàn đi)"
)


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_LEADS_OFF = (
    r"(?:(?:là )?người (?:dẫn đầu|dẫn đoàn|phụ trách|đứng đầu)|(?:là )?trưởng đoàn|(?:làm|là|giữ"
    r" vai trò|đảm nhiệm vai trò|với vai trò|trên cương vị"
    r"|với cương vị) (?:người )?trưởng đoàn"
    r"|dẫn đầu|đứng đầu|dẫn đoàn|phụ trách đoàn|dẫn (?:một |theo )?(?:nhóm|đoàn|\d+))"
)
_GOES = (
    r"(?:đến|tới|sang|về|vào|ra) (?:thăm|kiểm tra|làm việc|khảo sát|chào|dự|tham quan|tìm hiểu|học)"
)
_HEAD = _compiled(
    rf"(?<!phó )(?:trưởng đoàn|dẫn đầu(?! cả nước)|đứng đầu(?! cả nước)|người phụ trách|phụ"
    rf" trách đoàn"
    rf"|dẫn đoàn){_NOT_PERSON}{{0,60}}?"
    rf"(?: là| có| gồm|:|,) (?P<p>{PERSON})",
    rf"(?P<p>{PERSON}),? (?:đã |được giao |được cử |đại diện [^.;]{{2,40}}? )?{_LEADS_OFF}",
    rf"(?<!phó )trưởng đoàn(?: công tác)? (?P<p>{PERSON})",
    rf"(?P<p>{PERSON}),? [(-]?(?<!phó )trưởng đoàn",
    rf"do (?P<p>{PERSON}),? phụ trách",
    rf"(?P<p>{PERSON}),? (?:và|cùng) (?:đoàn|các thành viên)[^.;]{{0,30}} (?:đã |có )?"
    r"(?:đến|tới|thăm|kiểm tra|làm)",
    rf"(?P<p>{PERSON}),? (?:đã )?{_GOES}",
    rf"{RECEIVING}(?: và làm việc với)? (?P<p>{PERSON})",
    rf"(?P<p>{PERSON}),? (?:đã )?(?:cùng (?:với )?(?:đoàn (?:gồm )?)?\d+ [^\W\d]"
    rf"|đưa (?:đoàn )?\d+)",
)
_DEPUTY = _compiled(
    rf"phó (?:trưởng )?đoàn{_NOT_PERSON}{{0,30}}?(?: là|:|,) (?P<p>{PERSON})",
    rf"(?P<p>{PERSON}),? (?:làm|là) phó (?:trưởng )?đoàn",
)
_LIST = rf"(?: sự tham dự của| sự tham gia của| các| đồng chí| ông| bà|,)*:? (?P<p>{_PEOPLE})"
_LEADS = _compiled(
    rf"(?P<p>{_PEOPLE}){_ALSO}(?:,? cùng [^.;]{{2,80}}?)? {_RECEIVES}",
    r"(?:tiếp|đón|chủ nhà|chủ trì|làm việc với)(?:,| và làm việc| với)*(?: đoàn| buổi tiếp)?"
    rf"{_NOT_PERSON}{{0,80}}?(?: là| có| gồm){_LIST}",
    rf"^(?:khi |tại buổi |trong buổi )?(?:tiếp|đón|gặp|trao đổi với đoàn|làm việc với đoàn"
    rf"|chia sẻ với đoàn)[^.;]{{0,120}}, (?P<p>{PERSON})",
    rf"(?:người tiếp|tiếp đoàn|bên tiếp|đón đoàn)(?: là)?: (?P<p>{_PEOPLE})",
    rf"(?:cảm ơn|cám ơn|chào xã giao|gặp|hội kiến) (?P<p>{PERSON})",
    rf" nghe (?P<p>{PERSON}),? (?:nói|giới|trình|báo|kể|chia|phổ|thông|trao)",
    rf"được (?P<p>{_PEOPLE})[^.;]{{0,60}}? (?:đón|tiếp)",
    rf"(?:thay mặt|chào mừng|đón tiếp|tiếp đón|chủ trì){_NOT_PERSON}{{0,50}}?,? (?P<p>{PERSON})",
)
_EXPLAINING = _compiled(
    rf"(?P<p>{PERSON})(?:,? cùng [^.;{PERSON_SIGN}]{{2,60}}?)?,?"
    rf" (?:đã |trực tiếp |nhiệt liệt |vui mừng |trân trọng |cũng ){{0,3}}{_EXPLAINS}",
    rf"^theo"
    rf" (?P<p>{PERSON}),",
)
_SIDE = re.compile(
    rf"(?:về phía|phía|đại diện(?: cho)?|thay mặt)(?P<side>{_NOT_PERSON}{{1,80}}?)"
    rf"(?: là| có| gồm|, có|,){_LIST}"
)
# "Về phía tỉnh" of a report about guests from elsewhere.
_OWN_SIDE = re.compile(
    r" (?:lãnh đạo )?(?:tỉnh|thành phố|huyện|quận|phường|xã|sở|địa phương|trung tâm)(?:,| (?:có"
    r"|dự)|$)"
)
_HEADING = re.compile(
    r"(?:(?:[ivx]{1,4}|\d{1,2}|[a-dđ])[.)] |[-*+] ?)?"
    r"(?:bên|phía|về phía|đại diện|đoàn|đơn vị|thành phần|khách|chủ nhà)\b"
)
_ITEM = re.compile(rf"(?:\d{{1,2}}[.)] ?|[-*•+–] ?)(?P<p>{PERSON})")


@dataclass(frozen=True, slots=True)
class Leaders:
    """Who leads the visitors, who deputises, who receives them."""

    head: Somebody | None = None
    deputies: tuple[Somebody, ...] = ()
    hosts: tuple[Somebody, ...] = ()


def find_leaders(clauses: Sequence[Clause], parties: Parties) -> Leaders:
    """Return the leading people of both sides; each side may be empty."""
    deputies = _unique(_matched(clauses, _DEPUTY))
    heads = [p for p in _unique(_matched(clauses, _HEAD)) if not _is_among(p, deputies)]
    visiting, hosting = _sides(clauses, parties)
    if not heads:
        heads = [p for p in visiting if p.person.name]
    heads.sort(key=lambda s: s.person.name is None)
    head = heads[0] if heads else None
    taken = [*deputies, *heads[:1]]
    received = [*_matched(clauses, _LEADS), *hosting]
    received += [s for s in _matched(clauses, _EXPLAINING) if s.person.name]
    received += _of_hosts(clauses, parties)
    leads = [
        s
        for s in _unique(received)
        if not _is_among(s, taken)
        and not _is_among(s, visiting)
        and not _acts_for_visitor(s, parties)
    ]
    if any(s.person.name for s in leads):
        leads = [s for s in leads if s.person.name]
    return Leaders(head, tuple(deputies), tuple(sorted(leads, key=lambda s: s.start)))


def _matched(clauses: Sequence[Clause], patterns: Sequence[re.Pattern[str]]) -> list[Somebody]:
    """Return the people in group p of all matches, in the order of rules, then of the text."""
    found: list[Somebody] = []
    for pattern in patterns:
        for clause in clauses:
            if PERSON_SIGN not in clause.masked:
                continue
            for match in pattern.finditer(clause.masked):
                found.extend(clause.people_in(match["p"]))
    return found


def _sides(clauses: Sequence[Clause], parties: Parties) -> tuple[list[Somebody], list[Somebody]]:
    """Return the people listed on the visitors' and on the hosts' side."""
    visiting: list[Somebody] = []
    hosting: list[Somebody] = []
    for clause in clauses:
        for match in _SIDE.finditer(clause.masked):
            bodies = clause.bodies_in(match["side"])
            people = clause.people_in(match["p"])
            side = match["side"].lower()
            if any(
                v.head and v.head in side for v in parties.visitors if v.kind is PartyKind.OTHER
            ):
                visiting += people
            elif any(map(parties.is_visitor, bodies)) or re.match(
                r"(?: cho)? (?:đoàn|khách)", side
            ):
                visiting += people
            elif (
                any(map(parties.is_host, bodies))
                or "chủ nhà" in side
                or "đơn vị" in side
                or _OWN_SIDE.match(side)
                or "tổ chức" in side
            ):
                hosting += people
            elif any(h.head and re.search(rf"\b{h.head}\b", side) for h in parties.hosts):
                hosting += people
    for side, person in _listed(clauses, parties):
        (hosting if side == "h" else visiting).append(person)
    return visiting, hosting


def _listed(clauses: Sequence[Clause], parties: Parties) -> Iterable[tuple[str, Somebody]]:
    """Yield the people of lists under a line that names a side, with "h" or "v" for that side."""
    side = ""
    for clause in clauses:
        item = _ITEM.match(clause.masked)
        if item is not None and side:
            yield from ((side, somebody) for somebody in clause.people_in(item["p"]))
            continue
        side = ""
        if PERSON_SIGN not in clause.masked and _HEADING.match(clause.masked):
            bodies = clause.bodies_in(clause.masked)
            if any(map(parties.is_host, bodies)) and not any(map(parties.is_visitor, bodies)):
                side = "h"
            elif any(map(parties.is_visitor, bodies)) and not any(map(parties.is_host, bodies)):
                side = "v"


def _of_hosts(clauses: Sequence[Clause], parties: Parties) -> list[Somebody]:
    """Return named people whose title names a host."""
    if not clauses:
        return []
    # "UBND tỉnh" is the host's when no other party is a province or a part of one.
    is_only_local = any(b.kind is PartyKind.PROVINCE for b in parties.hosts) and all(
        b.kind in (PartyKind.OTHER, PartyKind.MINISTRY) for b in parties.visitors
    )
    return [
        s
        for s in clauses[0].people
        if s.person.name
        and s.bodies
        and (any(map(parties.is_host, s.bodies)) or (is_only_local and _is_nameless(s)))
    ]


def _is_nameless(somebody: Somebody) -> bool:
    """Whether a title names only agencies without their province: "Chủ tịch UBND tỉnh"."""
    return somebody.is_addressed and all(
        b.kind is PartyKind.PROVINCE and not b.key for b in somebody.bodies
    )


def _acts_for_visitor(somebody: Somebody, parties: Parties) -> bool:
    return any(map(parties.is_visitor, somebody.bodies)) and not any(
        map(parties.is_host, somebody.bodies)
    )


def _unique(people: Iterable[Somebody]) -> list[Somebody]:
    """Return each person once; of several mentions the first with a title."""
    kept: dict[str, Somebody] = {}
    for somebody in people:
        key = somebody.person.name or f"\0{somebody.person.title}"
        if key not in kept or (kept[key].person.title is None and somebody.person.title):
            kept[key] = somebody
    return list(kept.values())


def _is_among(somebody: Somebody, people: Iterable[Somebody]) -> bool:
    return any(
        somebody.person.name == other.person.name
        if somebody.person.name
        else somebody.start == other.start
        for other in people
    )
