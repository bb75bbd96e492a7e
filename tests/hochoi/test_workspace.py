"""Opening a library, following its record, and going on with less when a cache fails."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hochoi.errors import ModelMissingError, NotFoundError, StoreError, StoreLockedError
from hochoi.index import ChromaIndex
from hochoi.index_state import read_state, write_state
from hochoi.retrieval import prepare, retrieve
from hochoi.settings import Settings, load_settings
from hochoi.store import Store
from hochoi.types import Filters, Report
from hochoi.workspace import Purpose, Workspace, open_workspace
from tests.fakes import SyllableEncoder, make_report, publication

ENCODER = SyllableEncoder()
REPORTS = [
    make_report("aaaa", "Đoàn Sơn La ở Hải Phòng", "Học một cửa điện tử.", "Thăm cảng biển."),
    make_report("bbbb", "Đoàn Lai Châu ở Cần Thơ", "Học chữ ký số.", "Nghe về bến Ninh Kiều."),
    make_report("cccc", "Đoàn Hà Giang ở Huế", "Học giám sát đô thị.", "Thăm Hue-S."),
]
LATER = make_report("dddd", "Đoàn Bình Thuận ở Vinh", "Học lưu trữ điện tử.", "Ghé chợ Vinh.")
QUESTION = "học một cửa điện tử"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(tmp_path / "var", {})


@contextmanager
def library(
    settings: Settings, purpose: Purpose, encoder: SyllableEncoder = ENCODER
) -> Iterator[Workspace]:
    with open_workspace(settings, purpose, encoder=encoder) as ws:
        yield ws


def publish(ws: Workspace, *reports: Report) -> None:
    items = [publication(report, ws.encoder) for report in reports]
    ws.store.publish_many(items, encoder=ws.encoder_name)


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """A library with three reports and both indexes on disk."""
    with library(settings, Purpose.WRITE) as ws:
        publish(ws, *REPORTS)
    return settings


def found(ws: Workspace, question: str = QUESTION) -> list[tuple[str, float]]:
    hits = retrieve(ws, prepare(question, Filters(), ws), 10)
    return [(h.passage.passage_id, round(h.score, 4)) for h in hits]


def nearest(ws: Workspace, question: str = QUESTION) -> dict[str, float]:
    return dict(ws.nearest(ws.encoder.encode_query(question), 5))


def exactly(ws: Workspace, question: str = QUESTION) -> dict[str, float]:
    return dict(ws.exact.search(ws.encoder.encode_query(question), 5))


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
    with pytest.raises(ZeroDivisionError), library(filled, Purpose.WRITE) as ws:
        publish(ws, LATER)
        _ = 1 / 0
    with library(filled, Purpose.SERVE) as ws:
        assert set(ws.reports) == {"aaaa", "bbbb", "cccc", "dddd"}
        assert ws.notices == ["the vector index was rebuilt: it differs from the record"]


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
        assert len(found(ws)) == 3
        assert ws.refresh()
        assert found(ws, "chợ Vinh")[0][0].startswith("dddd:")
        assert nearest(ws, "chợ Vinh") == pytest.approx(exactly(ws, "chợ Vinh"), abs=1e-4)


def test_search_while_another_process_publishes_and_removes_raises_nothing(
    filled: Settings,
) -> None:
    stop, errors = threading.Event(), []

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


# -- another encoder ----------------------------------------------------------------------------

OTHER = SyllableEncoder(64, "other")


def test_another_encoder_leads_to_new_vectors_before_anything_is_searched(
    filled: Settings,
) -> None:
    steps: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        steps.append((done, total))

    with open_workspace(filled, Purpose.SERVE, encoder=OTHER, on_embedding=tell) as ws:
        assert ws.notices[0] == "3 reports were embedded again by the configured model"
        assert {c.encoder for c in ws.store.commits()} == {ws.encoder_name}
        assert ws.store.vectors_of("aaaa")[1].shape == (2, 64)
        assert nearest(ws) == pytest.approx(exactly(ws), abs=1e-4)
        assert found(ws)[0][0].startswith("aaaa:")
        assert ws.store.integrity_problems() == ()
    assert steps == [(1, 3), (2, 3), (3, 3)]
    with library(filled, Purpose.SERVE, OTHER) as ws:
        assert ws.notices == []


def test_another_encoder_reader_leaves_stale_reports_out_and_says_so(filled: Settings) -> None:
    """Vectors of two models are never compared with each other."""
    with closing(Store(filled.database_path)) as store:
        ids, _ = store.vectors_of("aaaa")
        fresh = np.eye(2, 64, dtype=np.float32)
        name = f"{OTHER.fingerprint}/1"
        store.replace_vectors("aaaa", ids, fresh, encoder=name)
    with library(filled, Purpose.READ, OTHER) as ws:
        assert set(ws.reports) == {"aaaa"}
        assert ws.notices == [
            "2 reports were embedded by another model and are left out; run `hochoi rebuild`"
        ]
        assert {i[:4] for i, _ in found(ws)} == {"aaaa"}
        assert ws.stale_reports() == ("bbbb", "cccc")


# -- caches that cannot be trusted --------------------------------------------------------------


@pytest.mark.parametrize("damage", ["state", "file", "folder", "interrupted"])
def test_damaged_index_is_rebuilt_with_a_notice_and_the_same_results(
    filled: Settings, damage: str
) -> None:
    with library(filled, Purpose.READ) as ws:
        before = found(ws)
    match damage:
        case "state":
            (filled.index_path / "state.json").write_bytes(b"\x00rubbish")
        case "file":
            (path,) = filled.index_path.rglob("chroma.sqlite3")
            path.write_bytes(path.read_bytes()[:5000])
        case "folder":
            (filled.index_path / "g1").rename(filled.index_path / "g5")
        case "interrupted":
            write_state(filled.index_path, replace(read_state(filled.index_path), is_writing=True))
    with library(filled, Purpose.READ) as ws:
        assert ws.chroma_problem() is not None
    with library(filled, Purpose.SERVE) as ws:
        assert len(ws.notices) == 1
        assert ws.notices[0].startswith("the vector index was rebuilt: ")
        assert found(ws) == before
        assert nearest(ws) == pytest.approx(exactly(ws), abs=1e-4)
        assert ws.chroma_problem() is None


def test_damaged_lexical_folder_is_made_again_from_the_record(filled: Settings) -> None:
    with library(filled, Purpose.READ) as ws:
        before = found(ws)
    for path in filled.lexical_path.rglob("*.npy"):
        path.write_bytes(b"rubbish")
    with library(filled, Purpose.READ) as ws:
        assert found(ws) == before
    with library(filled, Purpose.SERVE) as ws:
        assert found(ws) == before
    with library(filled, Purpose.READ) as ws:
        assert len(list(filled.lexical_path.iterdir())) == 1
        assert found(ws) == before


def test_index_folder_that_cannot_be_written_costs_a_notice_only(filled: Settings) -> None:
    (filled.index_path).rename(filled.var / "away")
    filled.index_path.write_text("a file in its place", encoding="utf-8")
    with library(filled, Purpose.SERVE) as ws:
        assert ws.notices[0].startswith("the vector index cannot be used: ")
        assert found(ws)[0][0].startswith("aaaa:")


def test_index_that_fails_while_searching_is_given_up_for_the_record(
    filled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library(filled, Purpose.SERVE) as ws:
        expected = exactly(ws)
        with monkeypatch.context() as patch:

            def fail(self: ChromaIndex, vector: object, k: int) -> None:
                raise StoreError("index", "InternalError: gone")

            patch.setattr(ChromaIndex, "search", fail)
            assert nearest(ws) == expected
        assert nearest(ws) == expected
    with library(filled, Purpose.SERVE) as ws:
        assert nearest(ws) == pytest.approx(expected, abs=1e-4)


def test_index_that_fails_while_following_is_given_up_for_the_record(
    filled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library(filled, Purpose.SERVE) as ws, closing(Store(filled.database_path)) as other:
        other.publish_many([publication(LATER)], encoder=ws.encoder_name)

        def fail(self: ChromaIndex, *arguments: object) -> None:
            raise StoreError("index", "InternalError: no space left")

        monkeypatch.setattr(ChromaIndex, "apply", fail)
        assert ws.refresh()
        assert found(ws, "chợ Vinh")[0][0].startswith("dddd:")
        assert nearest(ws) == exactly(ws)


def test_rebuild_makes_both_indexes_anew(filled: Settings) -> None:
    with library(filled, Purpose.WRITE) as ws:
        before = found(ws)
        assert ws.rebuild() == 6
        assert found(ws) == before
        assert ws.chroma_problem() is None
    assert ws.notices == []
    assert read_state(filled.index_path).generation == "g2"
    with library(filled, Purpose.SERVE) as ws:
        assert ws.notices == []
        assert found(ws) == before
