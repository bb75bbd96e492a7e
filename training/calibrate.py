"""Fit the weights of evidence anew: which report is meant, does it state what was asked, how sure.

    python -m training.calibrate --out models/hochoi-evidence/weights.json --docs docs

Signals are read from the shipped reports for the questions of `corpus/testsets/visits`, as they
are and with the right report taken away, and for questions that rules make and nothing answers
(`training.evidence_cases`). Probabilities that the figures and the curve rest on come from
cross-validation over reports: no report, and no question about it, is in a model that judges it.
Run it again whenever the models, the reports read or the signals change. Forecasts, orders and
questions over several visits are decided elsewhere and left out.
"""

import argparse
import logging
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from evaluation.answers import MAX_OFFERED, missing_words
from evaluation.selective import Given, Selective, selective
from evaluation.testset import read_testset
from hochoi.evidence import Decision, decide
from hochoi.responding import respond
from hochoi.settings import SHIPPED, load_settings
from hochoi.types import Outcome
from hochoi.weighing import SIGNALS, Calibration, Limits, Logistic, Weighing, write_weighing
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.pipeline import ingest_path, source_paths
from training.evidence_cases import Case, Sort, gather
from training.risk_curve import LIMITS, Point, draw, table

logger = logging.getLogger(__name__)

TESTSET = SHIPPED / "corpus" / "testsets" / "visits"
FOLDS = 10
STRENGTH = 1.0  # inverse of the regularisation
MADE_WEIGHT = 0.5  # of a question made by rules, beside 1 of one that a person asked
MOST_REFUSED = 0.03  # of the answerable questions


@dataclass(frozen=True, slots=True)
class Row:
    """One report found for one question."""

    group: str  # the report that the question is about; "" when about none
    case: int  # place of the case
    signals: tuple[float, ...]  # in the order of `SIGNALS`
    is_meant: bool | None  # None: not known
    states: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What one calibration gives."""

    weighing: Weighing
    curve: tuple[Point, ...]
    confidence: Selective  # of the cross-validated answers
    limit: float  # of `states`


def rows_of(cases: Sequence[Case], ids: Mapping[str, str]) -> list[Row]:
    """Return a row for each report of each case that does not contradict its question."""
    rows = []
    for place, case in enumerate(cases):
        nearest = case.expectation.nearest
        for seen in case.seen:
            if seen.contradicts:
                continue
            document = ids[seen.finding.report.report_id]
            is_right = document in case.right
            is_meant = is_right or document == nearest
            rows.append(
                Row(
                    case.group,
                    place,
                    tuple(seen.signals[name] for name in SIGNALS),
                    is_meant if case.is_nearest_known or not is_meant else None,
                    is_right and seen.finding.states_some(case.query),
                    MADE_WEIGHT if case.sort is Sort.MADE else 1.0,
                )
            )
    return rows


def fit(rows: Sequence[Row], labels: Sequence[bool]) -> Logistic:
    """Return the model for one of the two labels."""
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000)
    weights = [r.weight for r in rows]
    model.fit(np.array([r.signals for r in rows]), np.array(labels), sample_weight=weights)
    found = dict(zip(SIGNALS, map(float, model.coef_[0]), strict=True))
    return Logistic(float(model.intercept_[0]), found)


def fit_states(rows: Sequence[Row]) -> Logistic:
    """Return the model that says whether a report states what was asked."""
    return fit(rows, [r.states for r in rows])


def fit_meant(rows: Sequence[Row]) -> Logistic:
    """Return the model that says whether a report is the one that is meant."""
    known = [r for r in rows if r.is_meant is not None]
    return fit(known, [bool(r.is_meant) for r in known])


def folds_of(groups: Sequence[str]) -> list[int]:
    """Return the fold of each group; the same group is in one fold."""
    fold = {group: n % FOLDS for n, group in enumerate(sorted(set(groups)))}
    return [fold[group] for group in groups]


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a question, by weights that have not seen its report."""

    case: Case
    outcome: Outcome
    odds: float = 0.0  # log odds that the report answered from states what was asked
    is_right: bool = False  # of an answer; of choices: every visit that fits is among them


class CrossValidation:
    """The cases, decided by models that have not seen the report that a case is about."""

    def __init__(self, ws: Workspace, cases: Sequence[Case], ids: Mapping[str, str]) -> None:
        """Fit the models of every fold."""
        self._ws, self._ids = ws, ids
        rows = rows_of(cases, ids)
        folds = folds_of([r.group for r in rows])
        kept = [[r for r, f in zip(rows, folds, strict=True) if f != n] for n in range(FOLDS)]
        self._states, self._meant = [fit_states(k) for k in kept], [fit_meant(k) for k in kept]
        self._fold = dict(zip((r.group for r in rows), folds, strict=True))
        meant = [(self._meant[f], r) for r, f in zip(rows, folds, strict=True) if r.is_meant]
        self._meant_limit = float(np.quantile([_probability(m, r) for m, r in meant], 0.1))

    def limits(self, states: float, choice: float) -> Limits:
        """Return all limits; nine in ten reports that are meant count as such."""
        return Limits(states, self._meant_limit, self._meant_limit / 2, choice)

    def decide(self, limits: Limits, cases: Sequence[Case]) -> list[Decided]:
        """Return what becomes of cases."""
        found = []
        for case in cases:
            n = self._fold.get(case.group, 0)
            weighing = Weighing(self._meant[n], self._states[n], limits, Calibration(0.0, 1.0))
            found.append(self._decide(case, weighing))
        return found

    def _decide(self, case: Case, weighing: Weighing) -> Decided:
        evidence = decide(self._ws, case.query, case.seen, weighing)
        if case.sort is not Sort.ASKED:
            is_answer = evidence.decision is Decision.ANSWER
            return Decided(case, Outcome.ANSWERED if is_answer else Outcome.ABSTAINED)
        found = respond(self._ws, case.query, evidence, ())
        if found.outcome is not Outcome.ANSWERED:
            offered = {self._ids[r.report_id] for r in found.related}
            enough = len(offered & case.right) >= min(len(case.right), MAX_OFFERED)
            is_right = found.outcome is Outcome.CLARIFY and case.expectation.ask_back and enough
            return Decided(case, found.outcome, is_right=is_right)
        text = " ".join(s.text for s in found.sentences)
        first = self._ids[found.sentences[0].citations[0].report_id]
        holds = not missing_words(text, case.expectation.expected)
        is_right = case.is_answerable and first in case.right and holds
        return Decided(
            case, found.outcome, weighing.states.odds(evidence.answering[0].signals), is_right
        )


def _probability(model: Logistic, row: Row) -> float:
    return model.probability(dict(zip(SIGNALS, row.signals, strict=True)))


def best_limit(points: Sequence[Point]) -> float:
    """Return the highest limit that refuses at most a share of the answerable questions."""
    fitting = [p.limit for p in points if p.refused <= MOST_REFUSED]
    return max(fitting, default=min(p.limit for p in points))


def best_choice(across: CrossValidation, asked: Sequence[Case]) -> float:
    """Return the limit that asks back best where several visits fit and least where one does."""

    def worth(choice: float) -> int:
        backs = [
            d
            for d in across.decide(across.limits(0.5, choice), asked)
            if d.outcome is Outcome.CLARIFY
        ]
        return sum(d.is_right - d.case.is_answerable for d in backs)

    return max(LIMITS, key=lambda choice: (worth(choice), choice))


def calibrate(ws: Workspace, cases: Sequence[Case], ids: Mapping[str, str]) -> Calibrated:
    """Return fitted weights with the curve and the figures, all of these cross-validated."""
    across = CrossValidation(ws, cases, ids)
    choice = best_choice(across, [c for c in cases if c.sort is Sort.ASKED])
    by_limit = {limit: across.decide(across.limits(limit, choice), cases) for limit in LIMITS}
    curve = tuple(point(limit, decided) for limit, decided in by_limit.items())
    limit = best_limit(curve)
    asked = [d for d in by_limit[limit] if d.case.sort is Sort.ASKED]
    answered = [d for d in asked if d.outcome is Outcome.ANSWERED]
    rows = rows_of(cases, ids)
    weighing = Weighing(
        fit_meant(rows), fit_states(rows), across.limits(limit, choice), fit_calibration(answered)
    )
    confidence = selective(across_answers(answered), sum(d.case.is_answerable for d in asked))
    return Calibrated(weighing, curve, confidence, limit)


def point(limit: float, decided: Sequence[Decided]) -> Point:
    """Return what a limit makes of the cases."""
    asked = [d for d in decided if d.case.sort is Sort.ASKED]
    answerable = [d for d in asked if d.case.is_answerable]
    answered = [d for d in asked if d.outcome is Outcome.ANSWERED]

    def missed(sort: Sort) -> float:
        none = [d for d in decided if d.case.sort is sort and not d.case.expectation.answerable]
        return sum(d.outcome is Outcome.ANSWERED for d in none) / max(1, len(none))

    return Point(
        limit,
        coverage=sum(d.outcome is Outcome.ANSWERED for d in answerable) / max(1, len(answerable)),
        refused=sum(d.outcome is Outcome.ABSTAINED for d in answerable) / max(1, len(answerable)),
        risk=sum(not d.is_right for d in answered) / max(1, len(answered)),
        missed=tuple((sort.value, missed(sort)) for sort in Sort),
    )


def fit_calibration(answered: Sequence[Decided]) -> Calibration:
    """Return what log odds are worth in right answers."""
    model = LogisticRegression(C=STRENGTH)
    model.fit(np.array([[o.odds] for o in answered]), np.array([o.is_right for o in answered]))
    return Calibration(float(model.intercept_[0]), float(model.coef_[0][0]))


def across_answers(answered: Sequence[Decided]) -> list[Given]:
    """Return the answers with confidences that were fitted without their report."""
    folds = folds_of([o.case.group for o in answered])
    scales = [
        fit_calibration([o for o, f in zip(answered, folds, strict=True) if f != n])
        for n in range(FOLDS)
    ]
    return [
        Given(scales[f].confidence(o.odds), o.case.is_answerable, o.is_right)
        for o, f in zip(answered, folds, strict=True)
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, ingest the shipped reports, fit, write weights and curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="file of the weights")
    parser.add_argument("--docs", type=Path, help="folder for the curve and its table")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("ingest").setLevel(logging.WARNING)
    testset = read_testset(TESTSET)
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(Path(folder), {})
        with open_workspace(settings, Purpose.WRITE) as ws:
            for path in source_paths([SHIPPED / "corpus" / "reports"]):
                ingest_path(ws, path)
        with open_workspace(settings, Purpose.READ) as ws:
            ids = testset.document_ids({r.report_id: r.file_name for r in ws.reports.values()})
            found = calibrate(ws, gather(ws, testset), ids)
    logger.info(
        "limit %.3f %s", found.limit, next(p for p in found.curve if p.limit == found.limit)
    )
    note = f"fitted on {testset.name} {testset.fingerprint} by training.calibrate"
    write_weighing(found.weighing, options.out, note)
    if options.docs is not None:
        (options.docs / "images" / "refusals.svg").write_text(draw(found.curve), encoding="utf-8")
        page = table(found.curve, found.limit, found.confidence)
        (options.docs / "refusals.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
