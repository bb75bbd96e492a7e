"""Labelled questions and conversations -> how many are understood, which rows are right.

Reads `corpus/testsets/questions/`; its README says what the fields mean.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hochoi.question import Condition, ConditionKind, Query
from hochoi.types import Answer


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question means, as far as it is labelled; sets of plain texts."""

    kind: str
    provinces: frozenset[tuple[str, str]]  # name and role
    regions: frozenset[tuple[str, str]]
    dates: frozenset[tuple[str | None, str | None]]  # ISO days, both included
    topics: frozenset[str]
    groups: frozenset[str]
    documents: frozenset[str]
    follows: bool  # goes on with the conversation


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the ones before it and what it means."""

    case_id: str
    history: tuple[str, ...]
    question: str
    meant: Reading
    held_out: bool  # written like the others, not looked at while rules were made


@dataclass(frozen=True, slots=True)
class RowCase:
    """A question over visits with all the rows that answer it."""

    case_id: str
    history: tuple[str, ...]
    question: str
    kind: str
    rows: frozenset[str]  # beginnings of file names, e.g. "v05"; empty: there is no such visit
    held_out: bool  # written like the others, not looked at while rules were made


@dataclass(frozen=True, slots=True)
class RowScores:
    """How the rows of all cases compare with those expected."""

    right: int
    extra: int
    missing: int
    exact: int  # cases with kind and rows all right
    cases: int

    @property
    def precision(self) -> float:
        """The share of rows shown that are right; 1 without any."""
        shown = self.right + self.extra
        return self.right / shown if shown else 1.0

    @property
    def recall(self) -> float:
        """The share of rows expected that are shown; 1 without any."""
        expected = self.right + self.missing
        return self.right / expected if expected else 1.0


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the conversations in a file, in its order.

    Raises:
        KeyError, ValueError: If a line is not such an object.
        OSError: If the file cannot be read.
    """
    return tuple(
        Case(
            line["_id"],
            tuple(line["history"]),
            line["question"],
            Reading(
                line["kind"],
                _pairs(line["provinces"]),
                _pairs(line["regions"]),
                frozenset((first, last) for first, last in line["dates"]),
                frozenset(line["topics"]),
                frozenset(line["groups"]),
                frozenset(line["documents"]),
                line["follows"],
            ),
            line["held_out"],
        )
        for line in _lines(path)
    )


def read_row_cases(path: Path) -> tuple[RowCase, ...]:
    """Return the questions over visits in a file, in its order.

    Raises:
        KeyError, ValueError: If a line is not such an object.
        OSError: If the file cannot be read.
    """
    return tuple(
        RowCase(
            line["_id"],
            tuple(line["history"]),
            line["question"],
            line["kind"],
            frozenset(line["rows"]),
            line["held_out"],
        )
        for line in _lines(path)
    )


def reading_of(query: Query) -> Reading:
    """Return what a question was taken to mean."""

    def of(kind: ConditionKind) -> list[Condition]:
        return [c for c in query.conditions if c.kind is kind]

    return Reading(
        query.kind.value,
        frozenset((_code(c), c.role.value) for c in of(ConditionKind.PROVINCE)),
        frozenset((c.text, c.role.value) for c in of(ConditionKind.REGION)),
        frozenset((_day(c.first), _day(c.last)) for c in of(ConditionKind.DATE)),
        frozenset(map(_code, of(ConditionKind.TOPIC))),
        frozenset(map(_code, of(ConditionKind.GROUP))),
        frozenset(c.text for c in of(ConditionKind.DOCUMENT)),
        query.earlier is not None,
    )


def rows_of(answer: Answer) -> frozenset[str]:
    """Return the beginnings of the names of the files behind the rows of an answer."""
    if answer.table is None:
        return frozenset()
    names = {s.number: s.report.file_name for s in answer.sources}
    return frozenset(
        names[row.number].partition("-")[0].partition("_")[0] for row in answer.table.rows
    )


def score_rows(answers: Iterable[tuple[RowCase, Answer]]) -> RowScores:
    """Return how many rows of the answers are right, too many and missing."""
    right = extra = missing = exact = cases = 0
    for case, answer in answers:
        shown = rows_of(answer)
        kind = answer.understood.kind.value if answer.understood is not None else None
        right += len(shown & case.rows)
        extra += len(shown - case.rows)
        missing += len(case.rows - shown)
        exact += shown == case.rows and kind == case.kind
        cases += 1
    return RowScores(right, extra, missing, exact, cases)


def _lines(path: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _pairs(values: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset((name, role) for name, role in values)


def _code(condition: Condition) -> str:
    return condition.key.partition(":")[2]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
