"""The gate of this repository: a change that makes search or answers worse does not pass.

After a wanted change: `hochoi ingest corpus/reports`, then `hochoi evaluate corpus/testsets/visits
--accept corpus/testsets/visits/baseline.json`, and say in the commit why the new figures are right.
"""

from evaluation.archive import configuration_of, models_of
from evaluation.figures import results_of
from evaluation.gate import check, read_baseline
from evaluation.rows import Row
from evaluation.testset import TestSet
from hochoi.workspace import Workspace
from tests.corpus.conftest import QUESTIONS


def test_no_measure_fell_significantly_below_the_accepted_baseline(
    ws: Workspace, testset: TestSet, rows: tuple[Row, ...]
) -> None:
    baseline = read_baseline(QUESTIONS / "baseline.json", testset)
    models = models_of(configuration_of(ws))
    assert check(results_of(rows), baseline, models=models) == ()
