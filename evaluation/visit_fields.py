"""Compare visit fields read by rules with fields labelled by reading, field by field.

A wrong value counts against precision and against recall. Does not read reports itself.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from hochoi.errors import TestSetError
from hochoi.text import comparison_key, nfc
from hochoi.types import Party, PartyKind, Person, Stated, Visit

Value = TypeVar("Value")

FIELDS = (
    "title",
    "host",
    "visitors",
    "date_first",
    "date_last",
    "date_text",
    "places",
    "head_of_delegation",
    "host_leads",
    "person_title",
    "participants",
    "document_numbers",
    "topics",
    "source_url",
    "published",
)
GIVEN_FIELDS = frozenset({"title", "source_url", "published"})  # handed over, not understood
READ_FIELDS = tuple(name for name in FIELDS if name not in GIVEN_FIELDS)


@dataclass(frozen=True, slots=True)
class GoldVisit:
    """The labels of one report."""

    file_name: str
    visit: Visit  # spans are 0: labels say what, not where


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the values of one field of one report compare, as words; each label is used once."""

    right: int
    missed: tuple[str, ...] = ()  # labelled, and not found
    extra: tuple[str, ...] = ()  # found, and not labelled

    def __add__(self, other: "Agreement") -> "Agreement":
        """Return both together."""
        return Agreement(
            self.right + other.right, self.missed + other.missed, self.extra + other.extra
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a report that was read otherwise than it is labelled."""

    file_name: str
    field: str
    missed: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How the values of one field compare, over all reports."""

    correct: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of found values that are right, 1 when nothing was found."""
        return self.correct / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of labelled values that were found, 1 when there are none."""
        return self.correct / self.gold if self.gold else 1.0

    def __add__(self, other: "FieldScore") -> "FieldScore":
        """Return the score over both sets of values."""
        return FieldScore(
            self.correct + other.correct, self.found + other.found, self.gold + other.gold
        )


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """What the visit fields of a library are worth by one file of labels."""

    labels: int  # labelled reports
    missing: tuple[str, ...]  # of them, those that are not published; they count as not found
    scores: Mapping[str, FieldScore]
    differences: tuple[Difference, ...]  # of the published ones, in the order of the labels


def field_figures(path: Path, visits: Mapping[str, Visit]) -> FieldFigures:
    """Compare the visits of a library with a file of labels.

    Args:
        path: Read by `read_gold`.
        visits: Of the published reports, by file name.

    Raises:
        TestSetError: If the labels cannot be read, or not one of their reports is published.
    """
    try:
        gold = read_gold(path)
    except (OSError, UnicodeDecodeError) as exc:
        raise TestSetError(str(path), [str(exc)]) from exc
    missing = tuple(label.file_name for label in gold if label.file_name not in visits)
    if len(missing) == len(gold):
        rows = [f"{name}: not a published report" for name in missing] or ["no label"]
        raise TestSetError(str(path), rows)
    published = [label for label in gold if label.file_name in visits]
    differences = (
        Difference(label.file_name, name, found.missed, found.extra)
        for label in published
        for name, found in _compare(label.visit, visits[label.file_name]).items()
        if found.missed or found.extra
    )
    return FieldFigures(len(gold), missing, score(gold, visits), tuple(differences))


def read_gold(path: Path) -> tuple[GoldVisit, ...]:
    """Return the labels in a file of JSON lines {"file_name", "visit"}.

    Raises:
        TestSetError: If lines cannot be read; all of them are named.
        OSError: If the file cannot be read.
    """
    labels: list[GoldVisit] = []
    bad: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            labels.append(GoldVisit(row["file_name"], _visit(row["visit"])))
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            bad.append(f"line {number}: {type(problem).__name__}: {problem}")
    if bad:
        raise TestSetError(path.name, bad)
    return tuple(labels)


def _visit(row: Mapping[str, object]) -> Visit:
    """Return the labels of one report as a visit without spans."""
    text, head = _string(row, "date_text"), row["head_of_delegation"]
    count = row["participants"]
    return Visit(
        title=_string(row, "title") or "",
        host=tuple(map(_party, _rows(row, "host"))),
        visitors=tuple(map(_party, _rows(row, "visitors"))),
        date_text=_label(text) if text else None,
        date_first=_day(row, "date_first"),
        date_last=_day(row, "date_last"),
        places=tuple(map(_label, _strings(row, "places"))),
        head_of_delegation=_person(head) if isinstance(head, Mapping) else None,
        host_leads=tuple(map(_person, _rows(row, "host_leads"))),
        participants=_label(count) if isinstance(count, int) else None,
        document_numbers=tuple(map(_label, _strings(row, "document_numbers"))),
        topics=_strings(row, "topics"),
        source_url=_string(row, "source_url"),
        published=_day(row, "published"),
    )


def _label(value: Value) -> Stated[Value]:
    return Stated(value, 0, 0)


def _string(row: Mapping[str, object], key: str) -> str | None:
    value = row[key]
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{key} must be a string or null, got {value!r}")
    return nfc(value) if value is not None else None


def _strings(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = row[key]
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise TypeError(f"{key} must be a list of strings, got {value!r}")
    return tuple(map(nfc, value))


def _rows(row: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    value = row[key]
    if not isinstance(value, list) or not all(isinstance(v, Mapping) for v in value):
        raise TypeError(f"{key} must be a list of objects, got {value!r}")
    return value


def _day(row: Mapping[str, object], key: str) -> date | None:
    value = _string(row, key)
    return date.fromisoformat(value) if value else None


def _party(row: Mapping[str, object]) -> Stated[Party]:
    return _label(
        Party(
            _string(row, "text") or "",
            _string(row, "province"),
            _string(row, "current"),
            PartyKind(row["kind"]),
        )
    )


def _person(row: Mapping[str, object]) -> Stated[Person]:
    return _label(Person(_string(row, "name"), _string(row, "title")))


def score(gold: Sequence[GoldVisit], found: Mapping[str, Visit]) -> dict[str, FieldScore]:
    """Return the score of each field of `FIELDS` over the labelled reports.

    Parties agree when kind and province are equal and one text holds the other; people when
    their names are equal (their titles, where one has no name); titles of agreeing people form
    the field person_title; places agree when one holds the other; everything else when equal.
    All texts are compared without regard to case and tone placement.

    Args:
        gold: The labels.
        found: What was read, by file name; a report that is missing counts as nothing found.
    """
    totals = dict.fromkeys(FIELDS, FieldScore(0, 0, 0))
    for label in gold:
        visit = found.get(label.file_name, Visit(""))
        for name, found_of in _compare(label.visit, visit).items():
            right = found_of.right
            totals[name] += FieldScore(
                right, right + len(found_of.extra), right + len(found_of.missed)
            )
    return totals


def overall(scores: Mapping[str, FieldScore], fields: Iterable[str] = READ_FIELDS) -> FieldScore:
    """Return the sum over the given fields; left out: over those that are read from the text."""
    total = FieldScore(0, 0, 0)
    for name in fields:
        total += scores[name]
    return total


def _compare(gold: Visit, found: Visit) -> dict[str, Agreement]:
    """Return how each field of one report agrees."""
    people = [(_values(gold.host_leads), _values(found.host_leads))]
    people += [([*_optional(gold.head_of_delegation)], [*_optional(found.head_of_delegation)])]
    return {
        "title": _agree([gold.title] if gold.title else [], [found.title], _same),
        "host": _agree(_values(gold.host), _values(found.host), _same_party),
        "visitors": _agree(_values(gold.visitors), _values(found.visitors), _same_party),
        "date_first": _agree(_given(gold.date_first), _given(found.date_first), _equal),
        "date_last": _agree(_given(gold.date_last), _given(found.date_last), _equal),
        "date_text": _agree([*_optional(gold.date_text)], [*_optional(found.date_text)], _same),
        "places": _agree(_values(gold.places), _values(found.places), _overlap),
        "head_of_delegation": _agree(*people[1], _same_person),
        "host_leads": _agree(*people[0], _same_person),
        "person_title": _titles(*people[0]) + _titles(*people[1]),
        "participants": _agree(
            [*_optional(gold.participants)], [*_optional(found.participants)], _equal
        ),
        "document_numbers": _agree(
            _values(gold.document_numbers), _values(found.document_numbers), _same
        ),
        "topics": _agree(list(gold.topics), list(found.topics), _equal),
        "source_url": _agree(_given(gold.source_url), _given(found.source_url), _equal),
        "published": _agree(_given(gold.published), _given(found.published), _equal),
    }


def _values(stated: Sequence[Stated[Value]]) -> list[Value]:
    return [s.value for s in stated]


def _optional(stated: Stated[Value] | None) -> list[Value]:
    return [] if stated is None else [stated.value]


def _given(value: Value | None) -> list[Value]:
    return [] if value is None else [value]


def _agree(
    gold: list[Value], found: list[Value], same: Callable[[Value, Value], bool]
) -> Agreement:
    """Return how two lists agree, each label used once."""
    left, extra = list(gold), []
    for value in found:
        match = next((label for label in left if same(label, value)), None)
        if match is not None:
            left.remove(match)
        else:
            extra.append(_said(value))
    return Agreement(len(gold) - len(left), tuple(map(_said, left)), tuple(extra))


def _said(value: object) -> str:
    """Return a value as a person reads it; a day in ISO form."""
    if isinstance(value, Party):
        return value.text
    if isinstance(value, Person):
        return ", ".join(part for part in (value.name, value.title) if part)
    return str(value)


def _titles(gold: list[Person], found: list[Person]) -> Agreement:
    """Return how the titles of the people named on both sides agree."""
    total = Agreement(0)
    for person in found:
        label = next(
            (g for g in gold if g.name and person.name and _same(g.name, person.name)), None
        )
        if label is not None:
            total += _agree(_given(label.title), _given(person.title), _same)
    return total


def _equal(a: object, b: object) -> bool:
    return a == b


def _same(a: str, b: str) -> bool:
    return comparison_key(a) == comparison_key(b)


def _overlap(a: str, b: str) -> bool:
    first, second = comparison_key(a), comparison_key(b)
    return first in second or second in first


def _same_party(a: Party, b: Party) -> bool:
    return (a.kind, a.province) == (b.kind, b.province) and _overlap(a.text, b.text)


def _same_person(a: Person, b: Person) -> bool:
    if a.name or b.name:
        return bool(a.name and b.name) and _same(a.name or "", b.name or "")
    return _same(a.title or "", b.title or "")
