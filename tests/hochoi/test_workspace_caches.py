"""A library whose caches cannot be trusted: made anew, or gone on without."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hochoi.errors import StoreError, StoreLockedError
from hochoi.index import ChromaIndex
from hochoi.index_state import read_state, write_state
from hochoi.settings import Settings, load_settings
from hochoi.store import Store
from hochoi.workspace import Purpose, open_workspace
from tests.fakes import SyllableEncoder, publication
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


def test_another_encoder_beside_a_running_server_is_refused_and_changes_nothing(
    filled: Settings,
) -> None:
    """`hochoi rebuild` under another model emptied the search of the running server."""
    with library(filled, Purpose.SERVE) as serving:
        before = found(serving)
        with (
            pytest.raises(StoreLockedError, match="another embedding model; stop it"),
            library(filled, Purpose.WRITE, OTHER),
        ):
            pass
        serving.refresh()
        assert found(serving) == before != []
    with library(filled, Purpose.WRITE, OTHER) as ws:
        assert ws.notices[0] == "3 reports were embedded again by the configured model"


def test_reports_of_another_encoder_are_left_out_with_a_warning(
    filled: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with library(filled, Purpose.WRITE, OTHER):
        pass
    with library(filled, Purpose.READ):
        pass
    assert "reports_left_out n=3 reason=vectors_of_another_model" in caplog.text


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
        ws.settle()
        assert ws.chroma is None
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
