"""Many files at once: published in batches, told one by one, in order."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hochoi.errors import StoreUnwritableError
from hochoi.settings import load_settings
from hochoi.store import Publication
from hochoi.types import Visit
from hochoi.visit_codec import encode_visit
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest import pipeline
from ingest.pipeline import BATCH_REPORTS, IngestResult, ingest_path, ingest_paths, source_paths
from tests.fakes import SyllableEncoder
from tests.ingest.hostile_reader import hostile


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    settings = replace(load_settings(tmp_path / "var", {}), max_file_mb=2)
    with open_workspace(settings, Purpose.WRITE, encoder=SyllableEncoder()) as workspace:
        yield workspace


def report(n: int) -> bytes:
    return f"Đoàn số {n} thăm Huế\nNgày 5/5/2025, đoàn tỉnh Hà Nam gồm {n} người đến Huế.".encode()


def folder(tmp_path: Path, *contents: bytes) -> list[Path]:
    (tmp_path / "in").mkdir()
    for n, content in enumerate(contents):
        (tmp_path / "in" / f"{n:04d}.txt").write_bytes(content)
    return list(source_paths([tmp_path / "in"]))


def told(results: list[IngestResult]) -> list[str]:
    return [f"{r.file_name[:4]} {r.status.value}" for r in results]


def test_ingest_paths_equals_ingesting_one_by_one(ws: Workspace, tmp_path: Path) -> None:
    paths = folder(tmp_path, report(1), b"", report(2), report(1), b"%PDF-1.4", report(3))
    together = list(ingest_paths(ws, paths))
    with open_workspace(
        load_settings(tmp_path / "other", {}), Purpose.WRITE, encoder=SyllableEncoder()
    ) as other:
        alone = [ingest_path(other, path) for path in paths]
        assert [c.vectors_sha256 for c in ws.store.commits()] == [
            c.vectors_sha256 for c in other.store.commits()
        ]
        assert ws.store.reports() == other.store.reports()
    assert [(r.file_name, r.status, r.report_id, r.passages, str(r.error)) for r in together] == [
        (r.file_name, r.status, r.report_id, r.passages, str(r.error)) for r in alone
    ]
    assert told(together) == [
        "0000 added", "0001 refused", "0002 added", "0003 already present", "0004 refused",
        "0005 added",
    ]  # fmt: skip


def test_ingest_paths_publishes_several_reports_in_one_commit(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH_WAIT_S", 60)
    before = ws.store.revision()
    results = list(ingest_paths(ws, folder(tmp_path, *map(report, range(BATCH_REPORTS + 1)))))
    assert len(results) == BATCH_REPORTS + 1
    assert ws.store.revision() == before + 2


def test_ingest_paths_result_is_told_after_its_commit(ws: Workspace, tmp_path: Path) -> None:
    for result in ingest_paths(ws, folder(tmp_path, *map(report, range(40)))):
        assert ws.store.has_report(result.report_id or "")


def test_ingest_paths_again_changes_nothing(ws: Workspace, tmp_path: Path) -> None:
    paths = folder(tmp_path, report(1), report(2))
    list(ingest_paths(ws, paths))
    revision = ws.store.revision()
    assert told(list(ingest_paths(ws, paths))) == ["0000 already present", "0001 already present"]
    assert ws.store.revision() == revision


def test_ingest_paths_report_that_the_record_refuses_harms_no_other(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def encode(visit: Visit) -> str:
        if visit.title.startswith("Đoàn số 2 "):
            raise TypeError("cannot be written")
        return encode_visit(visit)

    monkeypatch.setattr("hochoi.report_rows.encode_visit", encode)
    results = list(ingest_paths(ws, folder(tmp_path, *map(report, range(4)))))
    assert told(results) == ["0000 added", "0001 added", "0002 refused", "0003 added"]
    assert len(ws.store.commits()) == 3
    assert ws.store.integrity_problems() == ()


def test_ingest_paths_full_disk_tells_what_was_published_then_raises(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_many = ws.store.publish_many
    calls: list[int] = []

    def fill_up(publications: Sequence[Publication], *, encoder: str) -> None:
        calls.append(len(publications))
        if len(publications) > 1 or len(calls) > 3:
            raise StoreUnwritableError("var", "disk full")
        publish_many(publications, encoder=encoder)

    monkeypatch.setattr(ws.store, "publish_many", fill_up)
    results = ingest_paths(ws, folder(tmp_path, *map(report, range(5))))
    assert told([next(results), next(results)]) == ["0000 added", "0001 added"]
    with pytest.raises(StoreUnwritableError):
        next(results)
    assert len(ws.store.commits()) == 2


# -- reading processes -------------------------------------------------------------------------


def test_ingest_paths_many_files_are_told_in_order(ws: Workspace, tmp_path: Path) -> None:
    contents = [*map(report, range(40)), b"", report(3), b"\x00\x01", report(50)]
    results = list(ingest_paths(ws, folder(tmp_path, *contents)))
    assert told(results)[-4:] == [
        "0040 refused", "0041 already present", "0042 refused", "0043 added",
    ]  # fmt: skip
    assert [type(r.error).__name__ for r in results if r.error] == [
        "EmptyTextError", "UnsupportedFormatError",
    ]  # fmt: skip
    assert len(ws.store.commits()) == 41
    stored = ws.store.report(results[7].report_id or "")
    assert ws.store.original(stored.source_sha256) == report(7)
    assert ws.store.integrity_problems() == ()


def test_ingest_paths_closed_early_leaves_a_whole_record(ws: Workspace, tmp_path: Path) -> None:
    paths = folder(tmp_path, *map(report, range(60)))
    with closing(ingest_paths(ws, paths)) as results:
        first = next(results)
    assert ws.store.has_report(first.report_id or "")
    assert ws.store.integrity_problems() == ()
    assert {s.split()[1] for s in told(list(ingest_paths(ws, paths)))} == {"added", "already"}


def test_ingest_paths_file_that_harms_its_reader_is_refused_alone(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "prepare_elsewhere", hostile)
    bad = (b"DEADLY", b"ENDLESS", b"HUGE", b"ODD")
    results = list(ingest_paths(ws, folder(tmp_path, report(1), *bad, report(2))))
    assert told(results) == [
        "0000 added", *(f"{n:04d} refused" for n in (1, 2, 3, 4)), "0005 added",
    ]  # fmt: skip
    reasons = [str(r.error).partition(": ")[2] for r in results[1:5]]
    assert reasons[:3] == [
        "cannot be read: its reader ended unexpectedly",
        "could not be read within 30 seconds",
        "could not be read within 640 MB of memory",
    ]
    assert reasons[3].startswith("cannot be read: unexpected RecursionError (")
    assert len(ws.store.commits()) == 2
