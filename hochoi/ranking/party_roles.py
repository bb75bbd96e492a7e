"""Does a question have host and visitor of a visit the way they were, or the other way round?

Unlike `visit_roles` it knows the visit, and so finds foreign guests and ministries too. Only a
wording that clearly says who came to whom contradicts.
"""

import re
from collections.abc import Iterator, Sequence

from hochoi.language.tokens import fold_syllable, syllables
from hochoi.ranking.visit_roles import visits_first
from hochoi.text import fold
from hochoi.types import Party, Span, Stated, Visit

# Folded words of offices that are in many names of parties and tell none of them apart.
_GENERAL = frozenset(
    "ubnd hdnd uy ban nhan dan hoi dong tinh thanh pho tp so bo van phong doan cong tac thuong truc"
    " vuong quoc thu do chinh phu quan huyen thi xa phuong tuc cac va cua vu cuc to chuc can noi"
    " thong tin truyen khoa hoc nghe hanh chinh cong".split()
)
_LEAVES = re.compile(r"(?<!\w)(?:cu|di|sang|ra|vao|len)(?!\w)")
_ARRIVES = re.compile(r"(?<!\w)(?:sang|den|toi|ra|vao|len|tham|ve)(?!\w)")
_STOP = re.compile(r"[,.;:!?]")  # another clause begins
_PARTS = re.compile(r"[(),;]")
_SHORTEST = 2  # characters of a name
_WORDS_AFTER = 5


def names_of(party: Party) -> tuple[str, ...]:
    """Return the folded names by which a question may mean a party: provinces, or its own."""
    found = [fold(name) for name in (party.province, party.current) if name]
    if not found:
        found = [name for part in _PARTS.split(party.text) for name in _telling(part)]
    return tuple(dict.fromkeys(found))


def _telling(part: str) -> Iterator[str]:
    """Yield the folded runs of words that tell a party from others."""
    run: list[str] = []
    for word in [*(fold_syllable(s) for s in syllables(part)), ""]:
        if word and word not in _GENERAL:
            run.append(word)
        elif run:
            if len("".join(run)) > _SHORTEST:
                yield " ".join(run)
            run = []


def mentions(question: str, parties: Sequence[Stated[Party]]) -> Iterator[Span]:
    """Yield where a folded question names one of some parties."""
    for stated in parties:
        for name in names_of(stated.value):
            found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", question)
            if found:
                yield Span(found.start(), found.end())


def reverses(question: str, visit: Visit) -> bool:
    """Return whether a folded question has host and visitor of a visit the wrong way round."""
    hosts, guests = list(mentions(question, visit.host)), list(mentions(question, visit.visitors))
    for host in hosts:
        for guest in guests:
            if host == guest:
                continue
            first, second = sorted((host, guest), key=lambda s: s.start)
            between = " ".join(question[first.end : second.start].split())
            if _STOP.search(between):
                continue
            after = " ".join(question[second.end :].split()[:_WORDS_AFTER])
            is_visit = visits_first(between, after)
            if is_visit is None and len(between.split()) <= _WORDS_AFTER:
                goes = _LEAVES.search(between) or _ARRIVES.search(between)
                is_visit = True if goes else None
            if is_visit is not None and (first if is_visit else second) == host:
                return True
    return False
