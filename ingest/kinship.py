"""A report -> the reports of the record that seem to tell of the same visit, or in the same words.

The file name never counts. Compares signatures of texts first (`hochoi/likeness.py`), then the
visits of the few that are alike. Does not decide what follows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

import numpy as np

from hochoi.likeness import PERMUTATIONS, estimates, likeness, read_signatures, signature
from hochoi.store import Store
from hochoi.text import fold
from hochoi.types import Party, Report, Stated

T = TypeVar("T")

VERSION_LIKENESS = 0.4  # a new version shares at least so much wording with the one before
DUPLICATE_LIKENESS = 0.7  # whatever the visit, so much shared wording is worth a warning
_COMPARED = 8  # of the most similar signatures
_SLACK = 0.12  # by which an estimate may be too low


@dataclass(frozen=True, slots=True)
class Kin:
    """A report of the record that resembles a new one."""

    report_id: str
    likeness: float  # share of wording in common, 0..1
    is_same_visit: bool

    @property
    def is_version(self) -> bool:
        """Whether the new report seems to be another version of this one."""
        return self.is_same_visit and self.likeness >= VERSION_LIKENESS


class Kindred:
    """Everything new reports are compared with: the published ones, and those on their way."""

    def __init__(self, store: Store) -> None:
        """Read the signatures of all published reports."""
        rows = store.database.rows(
            "SELECT report_id, minhash FROM signatures JOIN commits USING (report_id)"
        )
        self._store = store
        self._ids = [row[0] for row in rows]
        self._matrix = np.empty((max(64, len(rows)), PERMUTATIONS), dtype=np.uint32)
        self._matrix[: len(rows)] = read_signatures([bytes(r[1]) for r in rows])  # type: ignore[arg-type]
        self._coming: dict[str, Report] = {}
        self._gone: set[str] = set()

    def add(self, report: Report, replaces: str | None = None) -> None:
        """Compare later reports with this one too, and not with the one it replaces."""
        if len(self._ids) == len(self._matrix):
            self._matrix = np.resize(self._matrix, (2 * len(self._ids), PERMUTATIONS))
        self._matrix[len(self._ids)] = read_signatures([signature(report.text)])[0]
        self._ids.append(report.report_id)
        self._coming[report.report_id] = report
        if replaces is not None:
            self._gone.add(replaces)

    def find(self, report: Report) -> tuple[Kin, ...]:
        """Return the kin of a report, versions first, then by falling likeness."""
        shares = estimates(signature(report.text), self._matrix[: len(self._ids)])
        near = np.flatnonzero(shares >= VERSION_LIKENESS - _SLACK)
        found = []
        for row in near[np.argsort(-shares[near], kind="stable")][:_COMPARED]:
            report_id = self._ids[row]
            if report_id == report.report_id or report_id in self._gone:
                continue
            other = self._report(report_id)
            if other is None:
                continue
            kin = Kin(report_id, likeness(report.text, other.text), same_visit(report, other))
            if kin.is_version or kin.likeness >= DUPLICATE_LIKENESS:
                found.append(kin)
        return tuple(sorted(found, key=lambda k: (not k.is_version, -k.likeness)))

    def _report(self, report_id: str) -> Report | None:
        if report_id in self._coming:
            return self._coming[report_id]
        return self._store.report(report_id) if self._store.has_report(report_id) else None


def same_visit(one: Report, other: Report) -> bool:
    """Return whether two reports carry one title and nothing they state of the visit differs.

    A title that a person has corrected counts beside the one in the text. At least one of date,
    hosts and visitors must be stated by both: a title alone proves nothing.
    """
    if not _titles(one) & _titles(other):
        return False
    here, there = one.visit, other.visit
    agreed = [
        _agree(here.date_first, there.date_first, lambda a, b: a == b),
        _agree(_names(here.host), _names(there.host), lambda a, b: bool(a & b)),
        _agree(_names(here.visitors), _names(there.visitors), lambda a, b: bool(a & b)),
    ]
    return False not in agreed and True in agreed


def _titles(report: Report) -> set[str]:
    first_line = report.text.lstrip().partition("\n")[0]
    return {fold(title.strip()) for title in (report.title, first_line)} - {""}


def _agree(one: T | None, other: T | None, test: Callable[[T, T], bool]) -> bool | None:
    """Return whether two stated values agree; None where one is not stated."""
    if not one or not other:
        return None
    return test(one, other)


def _names(parties: tuple[Stated[Party], ...]) -> frozenset[str]:
    return frozenset(fold(s.value.current or s.value.text) for s in parties)


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two texts differ; one of the sides may be empty."""

    before: str
    after: str


def differences(before: str, after: str, most: int = 50) -> tuple[Difference, ...]:
    """Return the lines in which two texts differ, in order, at most so many."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changed = (
        Difference("\n".join(old[a:b]), "\n".join(new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )
    return tuple(found for found, _ in zip(changed, range(most), strict=False))
