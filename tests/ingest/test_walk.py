"""A short random walk over the life of reports, and the judge of `make crash` judged itself."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hochoi.store import Store
from ingest import jobs, pipeline
from tests.crash.oracle import judge
from tests.crash.walk import walk
from tests.crash.work import Acting, Log, here, library


@pytest.fixture(autouse=True, scope="module")
def _read_here() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "prepared", here)
        patch.setattr(pipeline, "prepared", here)
        yield


def test_walk_never_leaves_the_laws() -> None:
    walk(examples=5, steps=10)


@pytest.fixture(scope="module")
def acted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("acted") / "var"
    with library(var) as ws:
        actor = Acting(ws, Log(var.with_suffix(".log")), 3)
        for act in ("ingest", "queue", "draft", "replace", "remove", "correct"):
            actor.act(act)
    return var


def test_judge_of_crashes_sees_nothing_wrong_with_a_library_that_was_closed(acted: Path) -> None:
    assert judge(acted, Log(acted.with_suffix(".log"))) == []


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        ("DELETE FROM reports", "lost"),
        ("DELETE FROM commits", "half visible"),
        ("DELETE FROM passages WHERE ordinal = 0", "half visible"),
        ("UPDATE vectors SET vector = zeroblob(length(vector))", "half visible"),
    ],
)
def test_judge_of_crashes_sees_what_is_planted(
    acted: Path, tmp_path: Path, spoil: str, kind: str
) -> None:
    var = tmp_path / "var"
    shutil.copytree(acted, var)
    shutil.copyfile(acted.with_suffix(".log"), tmp_path / "var.log")
    store = Store(var / "library.sqlite3")
    store.database.rows(spoil)
    store.close()
    assert kind in {found for found, _ in judge(var, Log(tmp_path / "var.log"))}
