"""A random walk over the life of reports beside a model of what must be true after each step.

    python -m tests.crash.walk [--examples 500] [--steps 30]

`tests/ingest/test_walk.py` runs a short one.
"""

import argparse
import hashlib
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hochoi.record.database import Database
from hochoi.record.shelf import Shelf
from hochoi.record.states import Standing
from hochoi.settings import load_settings
from hochoi.types import SourceFile
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest import drafts
from ingest.intake import IngestStatus, OnKin, Policy
from ingest.jobs import Queue
from ingest.pipeline import ingest_source
from tests.crash.work import here, read_here, run_queue, text
from tests.fakes import SyllableEncoder

NUMBERS = st.integers(0, 5)  # few visits, so that their versions meet


class KilledError(BaseException):
    """Stands for the end of the process, at the worst moment of a transaction."""


class LifeOfReports(RuleBasedStateMachine):
    """Upload, replace, publish, correct, remove, kill, restart, ask."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="hochoi-walk-"))
        self.stack = ExitStack()
        self.standing: dict[str, Standing] = {}
        self.versions: dict[int, int] = {}  # highest version made of a visit
        self.visit_of: dict[str, int] = {}

    @initialize()
    def start(self) -> None:
        encoder = SyllableEncoder()
        config = load_settings(self.folder / "var", {})
        self.ws: Workspace = self.stack.enter_context(
            open_workspace(config, Purpose.WRITE, encoder=encoder)
        )
        self.shelf = Shelf(self.ws.store.database)

    def teardown(self) -> None:
        self.stack.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ids(self, *standings: Standing) -> list[str]:
        return sorted(i for i, s in self.standing.items() if s in standings)

    def live_of(self, number: int) -> list[str]:
        return [i for i in self.ids(Standing.PUBLISHED) if self.visit_of[i] == number]

    def file(self, number: int, version: int) -> tuple[SourceFile, str]:
        source = SourceFile(f"{number}-{version}.txt", text(number, version).encode())
        report_id = here(self.ws, source).report.report_id
        self.visit_of[report_id] = number
        return source, report_id

    @rule(number=NUMBERS, review=st.booleans(), on_kin=st.sampled_from(OnKin), again=st.booleans())
    def upload(self, number: int, review: bool, on_kin: OnKin, again: bool) -> None:
        version = max(1, self.versions.get(number, 0) + (not again))
        self.versions[number] = version
        source, report_id = self.file(number, version)
        known = self.standing.get(report_id, Standing.REMOVED) is not Standing.REMOVED
        live = self.live_of(number)
        result = ingest_source(self.ws, source, Policy(review, on_kin))
        assert result.report_id == report_id
        if known:
            assert result.status is IngestStatus.PRESENT
        elif review or (live and on_kin is OnKin.ASK):
            assert result.status is IngestStatus.HELD
            self.standing[report_id] = Standing.DRAFT
        else:
            self.standing[report_id] = Standing.PUBLISHED
            if live and on_kin is OnKin.REPLACE:
                assert result.replaces in live
                self.standing[result.replaces or ""] = Standing.REPLACED

    @rule(number=NUMBERS)
    def hand_over(self, number: int) -> None:
        version = self.versions.get(number, 0) + 1
        self.versions[number] = version
        source, report_id = self.file(number, version)
        live = self.live_of(number)
        Queue(self.ws.store.database).enqueue([source], Policy())
        assert run_queue(self.ws) == 1
        self.standing[report_id] = Standing.DRAFT if live else Standing.PUBLISHED

    @precondition(lambda self: self.ids(Standing.DRAFT))
    @rule(data=st.data(), on_kin=st.sampled_from([OnKin.REPLACE, OnKin.KEEP_BOTH]))
    def publish(self, data: st.DataObject, on_kin: OnKin) -> None:
        report_id = data.draw(st.sampled_from(self.ids(Standing.DRAFT)))
        replaced = drafts.publish(self.ws, report_id, "walk", on_kin)
        self.standing[report_id] = Standing.PUBLISHED
        if replaced is not None:
            assert on_kin is OnKin.REPLACE
            assert self.standing[replaced] is Standing.PUBLISHED
            self.standing[replaced] = Standing.REPLACED

    @precondition(lambda self: self.ids(Standing.DRAFT))
    @rule(data=st.data())
    def refuse(self, data: st.DataObject) -> None:
        report_id = data.draw(st.sampled_from(self.ids(Standing.DRAFT)))
        drafts.refuse(self.ws, report_id, "walk")
        self.standing[report_id] = Standing.REMOVED

    @precondition(lambda self: self.ids(Standing.PUBLISHED, Standing.DRAFT))
    @rule(data=st.data(), count=st.integers(1, 99))
    def correct(self, data: st.DataObject, count: int) -> None:
        report_id = data.draw(st.sampled_from(self.ids(Standing.PUBLISHED, Standing.DRAFT)))
        drafts.correct(self.ws, report_id, "participants", str(count), "walk")
        participants = self.shelf.report(report_id).visit.participants
        assert participants is not None
        assert participants.value == count

    @precondition(lambda self: self.ids(Standing.PUBLISHED, Standing.REPLACED))
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        report_id = data.draw(st.sampled_from(self.ids(Standing.PUBLISHED, Standing.REPLACED)))
        for gone in drafts.remove(self.ws, report_id, "walk"):
            self.standing[gone] = Standing.REMOVED

    @rule(number=NUMBERS, on_kin=st.sampled_from(OnKin), act=st.sampled_from(["upload", "remove"]))
    def kill(self, number: int, on_kin: OnKin, act: str) -> None:
        """End in the last moment before a commit: nothing of the act may be left."""
        before = hashlib.sha256("\n".join(self.dump()).encode()).hexdigest()
        honest = Database._commit

        def killed(database: Database) -> None:
            raise KilledError

        Database._commit = killed  # type: ignore[method-assign]
        try:
            if act == "upload":
                source, _ = self.file(number, self.versions.get(number, 0) + 1)
                ingest_source(self.ws, source, Policy(on_kin=on_kin))
            elif self.ids(Standing.PUBLISHED):
                drafts.remove(self.ws, self.ids(Standing.PUBLISHED)[0], "walk")
        except KilledError:
            pass
        finally:
            Database._commit = honest  # type: ignore[method-assign]
        assert hashlib.sha256("\n".join(self.dump()).encode()).hexdigest() == before

    def dump(self) -> list[str]:
        tables = ("reports", "passages", "commits", "drafts", "versions", "originals", "receipts")
        rows = [self.ws.store.database.rows(f"SELECT * FROM {t} ORDER BY 1") for t in tables]
        return [repr(row) for table in rows for row in table]

    @rule()
    def restart(self) -> None:
        self.stack.close()
        self.stack = ExitStack()
        self.start()

    @invariant()
    def record_and_model_agree(self) -> None:
        if not hasattr(self, "ws"):
            return
        found = {i: self.shelf.standing(i) for i in self.standing}
        assert found == self.standing
        assert self.ws.store.integrity_problems() == ()

    @invariant()
    def only_what_is_published_is_found(self) -> None:
        if not hasattr(self, "ws"):
            return
        self.ws.refresh()
        live = set(self.ids(Standing.PUBLISHED))
        assert set(self.ws.reports) == live
        assert {i.partition(":")[0] for i in self.ws.exact.passage_ids} == live
        assert self.ws.lexical.passage_ids() == set(self.ws.exact.passage_ids)
        for report_id in self.ids(Standing.REPLACED, Standing.DRAFT):
            assert self.shelf.report(report_id).text, "older versions and drafts stay readable"


def walk(examples: int, steps: int) -> None:
    """Run the walk.

    Raises:
        AssertionError: With the shortest walk that broke a law.
    """
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        LifeOfReports,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--examples", type=int, default=500)
    parser.add_argument("--steps", type=int, default=30)
    options = parser.parse_args()
    read_here()
    walk(options.examples, options.steps)
