"""Read from the wording of a sentence which province visits and which one hosts.

"Đoàn Sơn La đến Thái Nguyên", "Sơn La học Thái Nguyên", "Thái Nguyên tiếp đoàn Sơn La" all say
the same. Does not know the visit; `hochoi/verification/support.py` compares.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hochoi.drafting.stated_facts import Item, Kind, StatedFacts
from hochoi.text import fold
from hochoi.types import Report

_VISITS = (
    "den|sang|toi|tham|hoc|hoc tap|hoc hoi|tim hieu|nghien cuu|khao sat|tham quan"
    r"|(?:ra|vao|len|ve)(?= (?:tham|hoc|lam viec|cong tac|tinh)|$)"
)
_HOSTS = (
    "don|tiep|don tiep|tiep don|chao don|gioi thieu|chia se|huong dan|truyen dat|thong tin|chu nha"
    "|dang cai"
)
_CUE = re.compile(
    rf"(?<!\w)(?:(?P<passive>duoc|do)|(?P<host>{_HOSTS})|(?P<visit>{_VISITS}))(?!\w)"
    r"(?! (?:nam|nay|thang|nhat|hien|ket|do|voi)(?!\w))"
)
_HOST_CUE = re.compile(rf"(?<!\w)(?:{_HOSTS})(?!\w)")
# Words between "đoàn" and the province that the delegation comes from.
_DELEGATION = re.compile(
    r"(?<!\w)(?:phai |truong |pho )?doan(?: (?:cong tac|can bo|dai bieu|lanh dao|hoc tap|khao sat"
    r"|cua|so|noi|vu|ubnd|hdnd|§t|uy|ban|nhan|dan|hoi|dong|tinh|thanh|pho|thong|tin|truyen|va|khoa"
    r"|hoc|cong|nghe|van|phong|den tu|tu)){0,12} $"
)
_WORDS_BETWEEN = 14
_SENTENCE_END = re.compile(r"[.;!?\n]")


@dataclass(frozen=True, slots=True)
class Roles:
    """Canonical provinces by their part in a visit; one may be in both by mistake of a text."""

    visitors: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()

    def stands_in(self, known: "Roles") -> bool:
        """Return whether every part given here is known."""
        return self.visitors <= known.visitors and self.hosts <= known.hosts

    def contradicts(self, known: "Roles") -> bool:
        """Return whether a visitor is known only as a host, or a host only as a visitor."""
        return bool(
            self.visitors & (known.hosts - known.visitors)
            or self.hosts & (known.visitors - known.hosts)
        )


def known_roles(reports: Sequence[Report]) -> Roles:
    """Return who hosts and who visits according to the records of some visits."""
    visits = [report.visit for report in reports]
    return Roles(
        frozenset(s.value.province for v in visits for s in v.visitors if s.value.province),
        frozenset(s.value.province for v in visits for s in v.host if s.value.province),
    )


def read_roles(facts: StatedFacts) -> Roles:
    """Return the parts that the wording gives to the provinces of a text."""
    items = facts.items
    places = [n for n, item in enumerate(items) if item.kind is Kind.PROVINCE]
    visitors: set[str] = set()
    hosts: set[str] = set()
    for n in places:
        if _DELEGATION.search(f" {_folded(_clause(facts, n))} "):
            visitors.add(items[n].value)
    for a, b in pairwise(places):
        first, second = items[a].value, items[b].value
        between = items[a + 1 : b]
        is_apart = _SENTENCE_END.search(facts.text, items[a].end, items[b].start)
        if first == second or len(between) > _WORDS_BETWEEN or is_apart:
            continue
        is_visit = _first_visits(_folded(between), _folded(items[b + 1 : b + 6]))
        if is_visit is not None:
            visitors.add(first if is_visit else second)
            hosts.add(second if is_visit else first)
    return Roles(frozenset(visitors), frozenset(hosts))


def visits_first(between: str, after: str) -> bool | None:
    """Whether the first of two parties visits the second, by the folded words between and after.

    None: the words do not say.
    """
    return _first_visits(between, after)


def _clause(facts: StatedFacts, n: int) -> Sequence[Item]:
    """Return the items right before the n-th, back to a comma or other stop."""
    first = n
    while first > max(0, n - 12):
        between = facts.text[facts.items[first - 1].end : facts.items[first].start]
        if any(mark in between for mark in ",.;:!?\n"):
            break
        first -= 1
    return facts.items[first:n]


def _first_visits(between: str, after: str) -> bool | None:
    """Whether the province before these words visits the one after them; None: they do not say."""
    cue = _CUE.search(between)
    if cue is None:
        return None
    if cue["passive"]:
        rest = between[cue.end() :]
        if rest.strip() in ("", "tinh", "thanh pho", "phia") and _HOST_CUE.match(after):
            return True
        return None
    return cue["visit"] is not None


def _folded(items: Iterable[Item]) -> str:
    return " ".join(fold(item.key) for item in items)
