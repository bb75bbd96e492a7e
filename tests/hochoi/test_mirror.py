"""The index on the disk follows the record late, and nobody who searches can tell."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import hochoi.mirror
from hochoi.errors import StoreError
from hochoi.index import ChromaIndex
from hochoi.index_state import read_state
from hochoi.settings import Settings, load_settings
from hochoi.store import Store
from hochoi.workspace import Purpose, Workspace
from tests.fakes import publication
from tests.hochoi.small_library import LATER, REPORTS, exactly, library, nearest, publish


def go_on() -> bool:
    return False


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A library with three reports and both indexes on disk."""
    settings = load_settings(tmp_path / "var", {})
    with library(settings, Purpose.WRITE) as ws:
        publish(ws, *REPORTS)
    return settings


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the record to be quiet."""
    monkeypatch.setattr(hochoi.mirror, "CALM_S", 0.0)


@pytest.fixture
def other(settings: Settings) -> Iterator[Store]:
    """The record as another process has it open."""
    with closing(Store(settings.database_path)) as store:
        yield store


def held(ws: Workspace) -> set[str]:
    assert ws.chroma is not None
    return ws.chroma.passage_ids()


def agrees(ws: Workspace) -> bool:
    return held(ws) == set(ws.exact.passage_ids) and nearest(ws) == pytest.approx(
        exactly(ws), abs=1e-4
    )


def test_index_follows_only_once_the_record_is_quiet(settings: Settings, other: Store) -> None:
    with library(settings, Purpose.SERVE) as ws:
        before = held(ws)
        other.publish_many([publication(LATER)], encoder=ws.encoder_name)
        other.remove("aaaa")
        ws.refresh()
        ws.settle_gently(go_on)
        assert held(ws) == before
        assert nearest(ws, "chợ Vinh") == exactly(ws, "chợ Vinh")
        assert not any(i.startswith("aaaa") for i in nearest(ws))
        assert ws.chroma_problem() is None


@pytest.mark.usefixtures("calm")
def test_index_agrees_after_reports_came_and_went_in_any_order(
    settings: Settings, other: Store
) -> None:
    rng = random.Random(4)
    reports = {r.report_id: r for r in (*REPORTS, LATER)}
    live = {r.report_id for r in REPORTS}
    with library(settings, Purpose.SERVE) as ws:
        for _ in range(40):
            chosen = rng.choice(sorted(reports))
            if chosen in live:
                other.remove(chosen)
            else:
                item = publication(reports[chosen], ws.encoder)
                other.publish_many([item], encoder=ws.encoder_name)
            live ^= {chosen}
            if rng.random() < 0.6:
                ws.refresh()
            if rng.random() < 0.3:
                ws.settle_gently(go_on)
        ws.refresh()
        ws.settle_gently(go_on)
        assert set(ws.reports) == live
        assert agrees(ws)
        assert ws.chroma is not None


@pytest.mark.usefixtures("calm")
def test_what_is_published_while_the_index_follows_comes_with_the_next_step(
    settings: Settings, other: Store
) -> None:
    with library(settings, Purpose.SERVE) as ws:
        other.remove("aaaa")
        ws.refresh()

        def publish_once() -> bool:
            if "dddd" not in ws.reports:
                item = publication(LATER, ws.encoder)
                other.publish_many([item], encoder=ws.encoder_name)
                ws.refresh()
            return False

        ws.settle_gently(publish_once)
        assert not any(i.startswith("dddd") for i in held(ws))
        assert nearest(ws, "chợ Vinh") == exactly(ws, "chợ Vinh")
        ws.settle_gently(go_on)
        assert agrees(ws)


@pytest.mark.usefixtures("calm")
def test_stopped_on_the_way_goes_on_at_the_next_start(settings: Settings, other: Store) -> None:
    with library(settings, Purpose.SERVE) as ws:
        item = publication(LATER, ws.encoder)
        other.publish_many([item], encoder=ws.encoder_name)
        ws.refresh()
        ws.settle_gently(lambda: True)
        assert nearest(ws, "chợ Vinh") == exactly(ws, "chợ Vinh")
    with library(settings, Purpose.SERVE) as ws:
        assert ws.notices == []
        assert agrees(ws)
    assert read_state(settings.index_path).generation == "g1"


def test_closed_behind_the_record_is_brought_forward_at_the_next_start(
    settings: Settings, other: Store
) -> None:
    with library(settings, Purpose.SERVE) as ws:
        item = publication(LATER, ws.encoder)
        other.publish_many([item], encoder=ws.encoder_name)
        other.remove("bbbb")
        ws.refresh()
    with library(settings, Purpose.SERVE) as ws:
        assert ws.notices == []
        assert agrees(ws)
    assert read_state(settings.index_path).generation == "g1"


@pytest.mark.usefixtures("calm")
def test_index_that_fails_while_it_follows_is_given_up(
    settings: Settings, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: ChromaIndex, *arguments: object) -> None:
        raise StoreError("index", "InternalError: no space left")

    with library(settings, Purpose.SERVE) as ws:
        other.remove("bbbb")
        ws.refresh()
        monkeypatch.setattr(ChromaIndex, "add", fail)
        monkeypatch.setattr(ChromaIndex, "remove", fail)
        ws.settle_gently(go_on)
        assert ws.chroma is None
        assert nearest(ws) == exactly(ws)
