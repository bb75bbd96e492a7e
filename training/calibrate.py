"""Fit the weights of evidence anew: which report is meant, and does it state what was asked.

    python -m training.calibrate --out models/hochoi-evidence/weights.json --docs docs

Signals are read from the shipped reports for the questions of `corpus/testsets/visits`, as they
are and with the right report taken away (then nothing must be answered). Probabilities that the
figures and the curve rest on come from cross-validation over reports: no report, and no question
about it, is in a model that judges it. Run it again whenever the models, the reports read or the
signals change. Forecasts, orders and questions over several visits are decided elsewhere and
left out.
"""

import argparse
import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evaluation.testset import Expectation, Question, TestSet, read_testset
from hochoi.evidence import look
from hochoi.retrieval import prepare, retrieve
from hochoi.settings import SHIPPED, load_settings
from hochoi.types import Filters
from hochoi.weighing import SIGNALS, Limits, Logistic, Weighing, write_weighing
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.pipeline import ingest_path, source_paths
from training.risk_curve import Point, draw, risk_curve, table

logger = logging.getLogger(__name__)

TESTSET = SHIPPED / "corpus" / "testsets" / "visits"
HITS = 20
FOLDS = 10
STRENGTH = 1.0  # inverse of the regularisation
OVER_VISITS = {"list", "count", "compare", "timeline"}
MOST_MISSED = 0.1  # of the unanswerable cases, most of which are made hard on purpose


@dataclass(frozen=True, slots=True)
class Row:
    """One report found for one question."""

    group: str  # the report that the question is about; "" when about none
    case: str  # question, and whether its report was taken away
    answerable: bool  # the case
    signals: tuple[float, ...]  # in the order of `SIGNALS`
    is_meant: bool
    states: bool


def gather(ws: Workspace, testset: TestSet) -> list[Row]:
    """Return the rows of all questions that evidence decides about, with and without report."""
    names = {r.report_id: r.file_name for r in ws.reports.values()}
    ids = testset.document_ids(names)
    relevant = testset.relevant()
    rows: list[Row] = []
    by_id = {q.query_id: q for q in testset.questions}
    for expectation in testset.expectations:
        if expectation.kind in {*OVER_VISITS, "out_of_scope"}:
            continue
        question = by_id[expectation.query_id]
        right = relevant[expectation.query_id]
        rows += _rows(ws, question, expectation, right, ids, taken_away=frozenset())
        if right and not expectation.ask_back:  # other visits may fit a vague question as well
            rows += _rows(ws, question, expectation, right, ids, taken_away=right)
    return rows


def _rows(
    ws: Workspace,
    question: Question,
    expectation: Expectation,
    right: frozenset[str],
    ids: Mapping[str, str],
    taken_away: frozenset[str],
) -> Iterator[Row]:
    query = prepare(question.text, Filters(), ws, question.history)
    hits = tuple(h for h in retrieve(ws, query, HITS) if ids[h.passage.report_id] not in taken_away)
    group = min(right, default=expectation.nearest or "")
    for candidate in look(ws, query, hits):
        if candidate.contradicts:
            continue
        document = ids[candidate.finding.report.report_id]
        is_right = document in right
        yield Row(
            group,
            f"{question.query_id}{'-' if taken_away else ''}",
            expectation.answerable and not taken_away,
            tuple(candidate.signals[name] for name in SIGNALS),
            is_meant=is_right or document == expectation.nearest,
            states=is_right and candidate.finding.states_some(query),
        )


def fit(rows: Sequence[Row], labels: Sequence[bool]) -> Logistic:
    """Return the model for one of the two labels."""
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000)
    model.fit(np.array([r.signals for r in rows]), np.array(labels))
    weights = dict(zip(SIGNALS, map(float, model.coef_[0]), strict=True))
    return Logistic(float(model.intercept_[0]), weights)


def across(rows: Sequence[Row], labels: Sequence[bool]) -> NDArray[np.float64]:
    """Return a probability per row from models that have not seen the row's report."""
    groups = sorted({r.group for r in rows})
    fold = {group: n % FOLDS for n, group in enumerate(groups)}
    found = np.zeros(len(rows))
    for number in range(FOLDS):
        seen = [n for n, r in enumerate(rows) if fold[r.group] != number]
        model = fit([rows[n] for n in seen], [labels[n] for n in seen])
        for n, row in enumerate(rows):
            if fold[row.group] == number:
                found[n] = model.probability(dict(zip(SIGNALS, row.signals, strict=True)))
    return found


def best_per_case(
    rows: Sequence[Row], probability: NDArray[np.float64]
) -> list[tuple[bool, float, bool]]:
    """Return per case: answerable, highest probability, and whether that report is a right one."""
    best: dict[str, tuple[bool, float, bool]] = {}
    for row, value in zip(rows, probability.tolist(), strict=True):
        if row.case not in best or value > best[row.case][1]:
            best[row.case] = (row.answerable, value, row.states)
    return list(best.values())


def limit_for(cases: Sequence[tuple[bool, float, bool]], most_missed: float) -> float:
    """Return the lowest limit at which at most a share of the unanswerable is answered."""
    unanswerable = sorted((p for answerable, p, _ in cases if not answerable), reverse=True)
    place = int(most_missed * len(unanswerable))
    return unanswerable[place] + 1e-6 if place < len(unanswerable) else 0.0


def calibrate(ws: Workspace, testset: TestSet) -> tuple[Weighing, list[Point], list[str]]:
    """Return fitted weights, the curve of coverage and risk, and figures in words."""
    rows = gather(ws, testset)
    states, meant = [r.states for r in rows], [r.is_meant for r in rows]
    cases = best_per_case(rows, across(rows, states))
    limit = limit_for(cases, MOST_MISSED)
    answerable = [c for c in cases if c[0]]
    refused = sum(p < limit for _, p, _ in answerable)
    missed = sum(p >= limit for is_answerable, p, _ in cases if not is_answerable)
    wrong = sum(p >= limit and not right for _, p, right in answerable)
    figures = [
        f"{len(cases)} cases, {len(answerable)} of them answerable; limit {limit:.3f}",
        f"refused though answerable {refused} of {len(answerable)}",
        f"answered though unanswerable {missed} of {len(cases) - len(answerable)}",
        f"answered from another report {wrong} of {len(answerable)}",
    ]
    meant_model, meant_across = fit(rows, meant), across(rows, meant)
    meant_limit = float(
        np.quantile([p for p, m in zip(meant_across, meant, strict=True) if m], 0.1)
    )
    weighing = Weighing(meant_model, fit(rows, states), Limits(limit, meant_limit, meant_limit / 2))
    return weighing, risk_curve(cases), figures


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
            weighing, curve, figures = calibrate(ws, testset)
    for line in figures:
        logger.info(line)
    note = f"fitted on {testset.name} {testset.fingerprint} by training.calibrate"
    write_weighing(weighing, options.out, note)
    if options.docs is not None:
        (options.docs / "images" / "refusals.svg").write_text(draw(curve), encoding="utf-8")
        (options.docs / "refusals.md").write_text(table(curve, figures), encoding="utf-8")


if __name__ == "__main__":
    main()
