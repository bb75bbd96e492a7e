"""A question as it stands alone: its text, its conditions, its kind.

A follow-up that asks something of its own stands as "own words (what it is about)?". What stands
in brackets says what is meant and asks nothing, unless nothing outside them does.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from hochoi.question import Condition, ConditionKind, Wanted
from hochoi.text import fold
from hochoi.understanding.conditions import ConditionReader, Found
from hochoi.understanding.kinds import kind_of
from hochoi.understanding.turns import Ordinal, ordinal_in
from hochoi.understanding.wanted import WantedCue, find_wanted, settle
from hochoi.understood import ProvinceRole, QuestionKind

_BRACKETS = re.compile(r"\([^()]*\)")
_SUBJECT = re.compile(r"(?P<own>.+) \((?P<subject>[^()]+)\)\?", re.DOTALL)
_PLACES = (ConditionKind.PROVINCE, ConditionKind.REGION)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Standing:
    """A question that needs no other one to be understood."""

    text: str
    own: str  # without what was added in brackets
    subject: str | None  # what was added
    found: Found
    kind: QuestionKind
    wanted: tuple[Wanted, ...]
    folded: str
    ordinal: Ordinal | None = None  # which visit of the list in brackets is meant

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What the question states, in order."""
        return self.found.conditions

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its conditions."""
        return frozenset(c.key for c in self.conditions)

    def of_kind(self, *kinds: ConditionKind) -> tuple[Condition, ...]:
        """Return the conditions of some kinds."""
        return tuple(c for c in self.conditions if c.kind in kinds)


Read = Callable[[str, date], Standing]


def standing_reader(conditions: ConditionReader, kept: int = 2048) -> Read:
    """Return what reads questions as they stand; it remembers the latest `kept` of them."""

    @lru_cache(maxsize=kept)
    def read(text: str, today: date) -> Standing:
        found = conditions.read(text, today)
        folded = fold(text)
        match = _SUBJECT.fullmatch(text)
        outside = _BRACKETS.sub(lambda m: " " * len(m[0]), folded)
        ordinal = ordinal_in(folded) if match is not None else None
        if ordinal is not None:  # "đoàn đầu tiên" of a list is not the first of all
            outside = outside[: ordinal.start] + " doan" + outside[ordinal.end :]
        is_ahead = any(d.relative and d.first is not None and d.first > today for d in found.dates)
        roles = _roles(found.conditions)
        kind, cues = _asked(outside, roles, is_ahead=is_ahead)
        if kind is QuestionKind.CONTENT and match is not None:
            kind, cues = _asked(folded, roles, is_ahead=is_ahead)
        return Standing(
            text,
            own=match["own"] if match else text,
            subject=match["subject"] if match else None,
            found=found,
            kind=kind,
            wanted=settle(tuple(cue.wanted for cue in cues)),
            folded=folded,
            ordinal=ordinal,
        )

    return read


def _asked(
    folded: str, roles: frozenset[ProvinceRole], *, is_ahead: bool
) -> tuple[QuestionKind, tuple[WantedCue, ...]]:
    cues = find_wanted(folded)
    return kind_of(_SPACES.sub(" ", folded).strip(), cues, roles, is_ahead=is_ahead), cues


def _roles(conditions: Iterable[Condition]) -> frozenset[ProvinceRole]:
    """Return the parts of the places named; "tỉnh nào", "đoàn nước ngoài" name none."""
    return frozenset(c.role for c in conditions if c.kind in _PLACES or _is_named_group(c))


def _is_named_group(condition: Condition) -> bool:
    return condition.kind is ConditionKind.GROUP and condition.key.count(":") > 1


def with_subject(own: str, subject: str) -> str:
    """Return own words and what they are about as one text."""
    subject = " ".join(subject.replace("(", ", ").replace(")", " ").split()).strip(" ?.,;!")
    return f"{own.strip(' ?.!')} ({subject.replace(' ,', ',')})?"


def without_conditions(text: str, conditions: Iterable[Condition]) -> str:
    """Return a text without the words of some of its conditions."""
    for condition in sorted(conditions, key=lambda c: -c.start):
        text = f"{text[: condition.lead]} {text[condition.end :]}"
    text = re.sub(r"\(\s*\)", "", text)
    text = re.sub(r"\s+([,.;:?!)])", r"\1", " ".join(text.split()))
    return re.sub(r"^[\s,;:]+|[\s,;:]+(?=\?|$)", "", text).replace("( ", "(")
