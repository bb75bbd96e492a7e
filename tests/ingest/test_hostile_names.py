"""Whatever a file calls itself: nothing is written outside the data directory, nothing is lost."""

import io
import os
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hochoi.settings import load_settings
from hochoi.types import SourceFile
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.archives import contents_of
from ingest.files import label
from ingest.intake import IngestResult, IngestStatus
from ingest.pipeline import ingest_paths
from tests.fakes import SyllableEncoder
from tests.hostile_names import hostile_names

NAMES = hostile_names()
OURS = {"library.sqlite3", "index", "lexical", "writer.lock", "index.lock"}


def text(number: int) -> bytes:
    return (
        f"Đoàn số {number} thăm Huế\n\nNgày 9/7/2023, đoàn số {number} đến Huế xem hồ sơ {number}."
    ).encode()


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    (tmp_path / "deep" / "home").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "home")
    monkeypatch.setenv("HOME", str(tmp_path / "deep" / "home"))
    settings = load_settings(tmp_path / "deep" / "var", {})
    with open_workspace(settings, Purpose.WRITE, encoder=SyllableEncoder()) as ws:
        yield ws


def files_below(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def nothing_escaped(ws: Workspace, given: set[str]) -> bool:
    outside = ws.settings.var.parents[1]
    assert {p.name for p in ws.settings.var.iterdir()} <= OURS
    return {f for f in files_below(outside) if not f.startswith("deep/var/")} == given


def is_shown_safely(name: str) -> bool:
    return name == unicodedata.normalize("NFC", name) and not any(
        unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in name
    )


def zipped(names: tuple[str, ...]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, name in enumerate(names):
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            archive.writestr(entry, text(number))
    return stream.getvalue()


def test_there_are_more_than_300_hostile_names() -> None:
    assert len(NAMES) > 300


def test_names_in_an_archive_write_nothing_outside(ws: Workspace, tmp_path: Path) -> None:
    content = zipped(NAMES)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [e for e in archive.infolist() if not e.filename.endswith("/")]
    inside = contents_of(SourceFile("a.zip", content), 2**20)
    path = tmp_path / "deep" / "a.zip"
    path.write_bytes(content)
    results = list(ingest_paths(ws, [path]))
    assert {r.status for r in results} == {IngestStatus.ADDED}
    assert len(results) == len(inside)
    assert 0.9 * len(entries) < len(results)  # hidden ones are left out
    assert all(is_shown_safely(r.file_name) for r in results)
    assert len(ws.store.commits()) == len(results)
    assert nothing_escaped(ws, {"deep/a.zip"})


def test_names_in_a_folder_write_nothing_outside(ws: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "in"
    folder.mkdir()
    made = []
    for number, name in enumerate(NAMES):
        flat = name.replace("/", "\u2215")  # the system takes no other
        try:
            (folder / flat).write_bytes(text(number))
        except (OSError, ValueError):  # NUL, too long, a folder: no file has such a name
            continue
        made.append(flat)
    assert len(made) > 250
    results: list[IngestResult] = list(ingest_paths(ws, [folder / name for name in made]))
    assert {r.status for r in results} == {IngestStatus.ADDED}
    assert [r.file_name for r in results] == [label(name) for name in made]
    assert all(is_shown_safely(r.file_name) for r in results)
    assert nothing_escaped(ws, {f"deep/in/{name}" for name in os.listdir(folder)})
