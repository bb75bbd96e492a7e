"""How often answers are wrong when only the surest are given, and whether confidences are true.

Coverage and risk after El-Yaniv and Wiener, "On the foundations of noise-free selective
classification", 2010; the expected calibration error over bins of equal width, after Naeini,
Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.figures import ANSWER_HIT
from evaluation.rows import Row
from hochoi.types import Outcome

COVERAGES = (0.8, 0.9, 0.95)
BINS = 10


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given with a confidence."""

    confidence: float  # 0..1
    is_answerable: bool  # the question has an answer in one report
    is_right: bool  # this is it


@dataclass(frozen=True, slots=True)
class Point:
    """What comes of giving only answers of at least a confidence."""

    confidence: float
    coverage: float  # share of the answerable questions that are answered, 0..1
    risk: float  # share of the answers given that are wrong, 0..1


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers with confidences above `low` (the first bin: from it on) and up to `high`."""

    low: float
    high: float
    answers: int
    mean_confidence: float
    share_right: float


@dataclass(frozen=True, slots=True)
class Selective:
    """Curve and calibration of the answers to one test set."""

    curve: tuple[Point, ...]  # from the surest answer to all of them
    bins: tuple[Bin, ...]  # those that hold an answer
    answers: int

    @property
    def area(self) -> float:
        """Mean risk over the coverage that is reached: the area under the curve, 0..1."""
        reached, total = 0.0, 0.0
        for point in self.curve:
            total += point.risk * (point.coverage - reached)
            reached = point.coverage
        return total / reached if reached else 0.0

    def risk_at(self, coverage: float) -> float | None:
        """Return the risk where a coverage is first reached, None when it never is."""
        found = (p.risk for p in self.curve if p.coverage >= coverage - 1e-9)
        return next(found, None)

    @property
    def calibration_error(self) -> float:
        """Mean distance of confidence from the share that is right, over answers, 0..1."""
        return sum(b.answers * abs(b.mean_confidence - b.share_right) for b in self.bins) / max(
            1, self.answers
        )


def selective(given: Sequence[Given], answerable: int) -> Selective:
    """Return curve and calibration.

    Args:
        given: The answers that came with a confidence.
        answerable: How many questions should have been answered so, answered or not.
    """
    curve: list[Point] = []
    right = wrong = covered = 0
    ordered = sorted(given, key=lambda one: -one.confidence)
    for place, one in enumerate(ordered):
        covered += one.is_answerable
        right, wrong = right + one.is_right, wrong + (not one.is_right)
        is_last = place + 1 == len(ordered)
        if is_last or ordered[place + 1].confidence != one.confidence:  # ties are given together
            coverage = covered / max(1, answerable)
            curve.append(Point(one.confidence, coverage, wrong / (right + wrong)))
    return Selective(tuple(curve), tuple(_bins(ordered)), len(ordered))


def _bins(given: Sequence[Given]) -> Iterable[Bin]:
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = [
            g for g in given if low < g.confidence <= high or (number == 0 and g.confidence == 0)
        ]
        if inside:
            yield Bin(
                low, high, len(inside),
                sum(g.confidence for g in inside) / len(inside),
                sum(g.is_right for g in inside) / len(inside),
            )  # fmt: skip


def selective_of(rows: Sequence[Row]) -> Selective | None:
    """Return curve and calibration of an evaluation, None when no answer had a confidence.

    Questions that were answered without one (from the visit table, by a language model) are left
    out; a question that was refused or asked back stays uncovered.
    """
    given: list[Given] = []
    answerable = 0
    for row in rows:
        answered = row.answered
        if answered is None:
            continue
        is_answerable = row.asked.answerable and not row.asked.ask_back
        if answered.outcome is not Outcome.ANSWERED:
            answerable += is_answerable
        elif answered.confidence is not None:
            answerable += is_answerable
            is_right = is_answerable and row.values.get(ANSWER_HIT, 0.0) == 1
            given.append(Given(answered.confidence, is_answerable, is_right))
    return selective(given, answerable) if given else None
