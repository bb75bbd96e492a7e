"""Opening a library, sharing it between processes, following its record."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hochoi.errors import ModelMissingError, NotFoundError, StoreError, StoreLockedError
from hochoi.index_state import read_state
from hochoi.settings import Settings, load_settings
from hochoi.store import Store
from hochoi.types import Report
from hochoi.workspace import Purpose, open_workspace
from tests.fakes import publication
from tests.hochoi.small_library import (
    LATER,
    REPORTS,
    exactly,
    found,
    library,
    nearest,
    publish,
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(tmp_path / "var", {})


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """A library with three reports and both indexes on disk."""
    with library(settings, Purpose.WRITE) as ws:
        publish(ws, *REPORTS)
    return settings


# -- opening ------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", Purpose)
def test_open_new_library_is_empty_without_notice(settings: Settings, purpose: Purpose) -> None:
    with library(settings, purpose) as ws:
        assert (ws.reports, len(ws.exact), len(ws.lexical)) == ({}, 0, 0)
        assert found(ws) == []
    assert ws.notices == []


def test_open_missing_model_raises_and_makes_no_record(settings: Settings) -> None:
    changed = replace(settings, embedding_model="no-such-model")
    with pytest.raises(ModelMissingError), open_workspace(changed, Purpose.READ):
        pass
    assert not settings.database_path.exists()


def test_open_for_every_purpose_finds_the_same(filled: Settings) -> None:
    results = []
    for purpose in Purpose:
        with library(filled, purpose) as ws:
            results.append(found(ws))
            assert ws.notices == []
    assert results[0][0][0].startswith("aaaa:")
    assert results[0] == results[1] == results[2]


def test_open_to_serve_searches_chroma_like_the_record(filled: Settings) -> None:
    with library(filled, Purpose.SERVE) as ws:
        assert nearest(ws) == pytest.approx(exactly(ws), abs=1e-4)
        assert read_state(filled.index_path).files == ""  # open
    assert read_state(filled.index_path).files != ""


def test_write_again_brings_the_index_forward_without_rebuilding(filled: Settings) -> None:
    """Every later ingest told that the index "differs from the record" and was rebuilt."""
    with library(filled, Purpose.WRITE) as ws:
        publish(ws, LATER)
        ws.store.remove("bbbb")
    assert ws.notices == []
    assert read_state(filled.index_path).generation == "g1"
    with library(filled, Purpose.SERVE) as ws:
        assert ws.notices == []
        assert set(ws.reports) == {"aaaa", "cccc", "dddd"}
        assert nearest(ws, "chợ Vinh") == pytest.approx(exactly(ws, "chợ Vinh"), abs=1e-4)


def test_write_that_fails_loses_nothing(filled: Settings) -> None:
    def publish_and_fail() -> None:
        with library(filled, Purpose.WRITE) as ws:
            publish(ws, LATER)
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        publish_and_fail()
    with library(filled, Purpose.SERVE) as ws:
        assert set(ws.reports) == {"aaaa", "bbbb", "cccc", "dddd"}
        assert ws.notices == []
        assert nearest(ws, "chợ Vinh") == pytest.approx(exactly(ws, "chợ Vinh"), abs=1e-4)
    assert read_state(filled.index_path).generation == "g1"  # brought forward, not built anew


# -- locks --------------------------------------------------------------------------------------

OPEN = """
import sys
from pathlib import Path
from hochoi.settings import load_settings
from hochoi.workspace import Purpose, open_workspace
from tests.fakes import SyllableEncoder
settings = load_settings(Path(sys.argv[1]), {})
with open_workspace(settings, Purpose[sys.argv[2]], encoder=SyllableEncoder()):
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(settings: Settings, purpose: Purpose) -> Iterator[int]:
    """Open the library in another process; yield its process id."""
    command = [sys.executable, "-c", OPEN, str(settings.var), purpose.name]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process.pid


def test_open_second_writer_is_refused_with_the_pid_of_the_first(filled: Settings) -> None:
    with another_process(filled, Purpose.WRITE) as pid:
        with pytest.raises(StoreLockedError, match=f"writing, pid {pid},"):
            with library(filled, Purpose.WRITE):
                pass
        with library(filled, Purpose.READ) as reader:
            assert len(reader.reports) == 3


def test_open_beside_a_server_writes_the_record_and_leaves_the_index(filled: Settings) -> None:
    with another_process(filled, Purpose.SERVE) as pid:
        with pytest.raises(StoreLockedError, match=f"serving the web page, pid {pid},"):
            with library(filled, Purpose.SERVE):
                pass
        before = read_state(filled.index_path)
        with library(filled, Purpose.WRITE) as ws:
            assert not ws.owns_index
            publish(ws, LATER)
            ws.refresh()
            assert found(ws, "chợ Vinh")[0][0].startswith("dddd:")
        assert read_state(filled.index_path) == before


# -- following the record -----------------------------------------------------------------------


@pytest.mark.parametrize("purpose", [Purpose.READ, Purpose.SERVE])
def test_refresh_brings_in_what_another_published_and_removed(
    filled: Settings, purpose: Purpose
) -> None:
    with library(filled, purpose) as ws, closing(Store(filled.database_path)) as other:
        assert not ws.refresh()
        other.publish_many([publication(LATER)], encoder=ws.encoder_name)
        assert "dddd" not in ws.reports
        assert ws.refresh()
        assert found(ws, "chợ Vinh")[0][0].startswith("dddd:")
        assert nearest(ws, "chợ Vinh") == pytest.approx(exactly(ws, "chợ Vinh"), abs=1e-4)
        other.remove("dddd")
        other.remove("aaaa")
        assert ws.refresh()
        assert set(ws.reports) == {"bbbb", "cccc"}
        assert {i[:4] for i, _ in found(ws, "chợ Vinh một cửa điện tử")} <= {"bbbb", "cccc"}
        assert nearest(ws) == pytest.approx(exactly(ws), abs=1e-4)
        assert ws.lexical.passage_ids() == set(ws.exact.passage_ids)
        assert not ws.refresh()


def test_refresh_removed_and_published_again_is_one_report(filled: Settings) -> None:
    with library(filled, Purpose.SERVE) as ws, closing(Store(filled.database_path)) as other:
        other.remove("aaaa")
        other.publish_many([publication(REPORTS[0])], encoder=ws.encoder_name)
        before = found(ws)
        ws.refresh()
        assert found(ws) == before
        assert len(ws.exact) == len(ws.lexical) == 6


def test_refresh_that_failed_is_made_good_by_the_next(
    filled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report whose refresh had failed half-way was never found again."""
    with library(filled, Purpose.SERVE) as ws, closing(Store(filled.database_path)) as other:
        other.publish_many([publication(LATER)], encoder=ws.encoder_name)
        with monkeypatch.context() as patch:

            def refuse(self: Store, report_id: str) -> Report:
                raise StoreError("record", "busy")

            patch.setattr(Store, "report", refuse)
            with pytest.raises(StoreError):
                ws.refresh()
        assert len(found(ws)) == 6
        assert ws.refresh()
        assert found(ws, "chợ Vinh")[0][0].startswith("dddd:")
        assert nearest(ws, "chợ Vinh") == pytest.approx(exactly(ws, "chợ Vinh"), abs=1e-4)


@pytest.mark.usefixtures("eager_threads")
def test_search_while_another_process_publishes_and_removes_raises_nothing(
    filled: Settings,
) -> None:
    stop = threading.Event()
    errors: list[BaseException] = []

    def follow() -> None:
        while not stop.is_set():
            try:
                ws.refresh()
            except BaseException as exc:
                errors.append(exc)
                return

    def change() -> None:
        with closing(Store(filled.database_path)) as other:
            for _ in range(12):
                other.publish_many([publication(LATER)], encoder=ws.encoder_name)
                other.remove("dddd")
        stop.set()

    with library(filled, Purpose.SERVE) as ws:
        threads = [threading.Thread(target=follow), threading.Thread(target=change)]
        for thread in threads:
            thread.start()
        steady = set()
        while not stop.is_set():
            steady.add(found(ws)[0][0])
        for thread in threads:
            thread.join()
        ws.refresh()
        assert errors == []
        assert steady == {found(ws)[0][0]}
        assert set(ws.reports) == {"aaaa", "bbbb", "cccc"}


def test_reading_is_kept_until_its_report_changes(filled: Settings) -> None:
    with library(filled, Purpose.READ) as ws, closing(Store(filled.database_path)) as other:
        first = ws.reading("aaaa")
        assert ws.reading("aaaa") is first
        other.remove("aaaa")
        ws.refresh()
        with pytest.raises(NotFoundError):
            ws.reading("aaaa")
        changed = replace(REPORTS[0], file_name="khac.txt")
        other.publish_many([publication(changed)], encoder=ws.encoder_name)
        ws.refresh()
        assert ws.reading("aaaa").report.file_name == "khac.txt"
