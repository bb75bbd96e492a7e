"""The shipped corpus, published once, and the shipped test set evaluated over it once."""

from collections.abc import Iterator

import pytest

from evaluation.evaluating import Subject, evaluate
from evaluation.figures import with_values
from evaluation.rows import Row
from evaluation.testset import TestSet, read_testset
from hochoi.settings import SHIPPED, load_settings
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.pipeline import IngestStatus, ingest_path, source_paths

QUESTIONS = SHIPPED / "corpus" / "testsets" / "visits"


@pytest.fixture(scope="package")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = load_settings(tmp_path_factory.mktemp("corpus") / "var", {})
    with open_workspace(settings, Purpose.WRITE) as writing:
        for path in source_paths([SHIPPED / "corpus" / "reports"]):
            assert ingest_path(writing, path).status is IngestStatus.ADDED
    with open_workspace(settings, Purpose.READ) as reading:
        yield reading


@pytest.fixture(scope="package")
def testset() -> TestSet:
    return read_testset(QUESTIONS)


@pytest.fixture(scope="package")
def rows(ws: Workspace, testset: TestSet) -> tuple[Row, ...]:
    return with_values(list(evaluate(Subject.of(ws, testset))))
