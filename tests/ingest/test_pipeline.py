"""Files become reports once, whatever they are called; a bad one stops nobody."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hochoi.errors import (
    LimitExceededError,
    MissingFileError,
    StoreUnwritableError,
    UnreadableFileError,
)
from hochoi.settings import load_settings
from hochoi.types import SourceFile
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.pipeline import (
    IngestStatus,
    ingest_path,
    ingest_source,
    report_id_of,
    source_paths,
)
from tests.fakes import SyllableEncoder

TEXT = "Đoàn Hà Nam thăm Huế\nNgày 5/5/2025, đoàn tỉnh Hà Nam gồm 12 người đến thành phố Huế.\n"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    settings = replace(load_settings(tmp_path / "var", {}), max_file_mb=1)
    with open_workspace(settings, Purpose.WRITE, encoder=SyllableEncoder()) as workspace:
        yield workspace


def put(folder: Path, name: str, content: str | bytes = TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# -- adding ------------------------------------------------------------------------------------


def test_ingest_new_file_publishes_text_passages_vectors_and_original(
    ws: Workspace, tmp_path: Path
) -> None:
    result = ingest_path(ws, put(tmp_path, "hà nam.txt"))
    assert (result.status, result.passages, result.error) == (IngestStatus.ADDED, 1, None)
    report = ws.store.report(result.report_id or "")
    assert report.file_name == "hà nam.txt"
    assert report.text == TEXT.replace("\n", "\n\n", 1).strip()
    assert report.report_id == hashlib.sha256(report.text.encode()).hexdigest()[:16]
    assert report.source_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert ws.store.original(report.source_sha256) == TEXT.encode()
    ids, vectors = ws.store.vectors_of(report.report_id)
    assert ids == tuple(p.passage_id for p in ws.store.passages_of(report.report_id))
    assert vectors.shape == (1, 256)
    assert ws.store.integrity_problems() == ()


def test_ingest_same_bytes_twice_changes_nothing(ws: Workspace, tmp_path: Path) -> None:
    first = ingest_path(ws, put(tmp_path, "a.txt"))
    revision = ws.store.revision()
    second = ingest_path(ws, put(tmp_path, "b.html"))
    assert (second.status, second.report_id) == (IngestStatus.PRESENT, first.report_id)
    assert ws.store.revision() == revision
    assert ws.store.report(first.report_id or "").file_name == "a.txt"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
        "# " + TEXT.replace("\n", "\n\n"),
        f"<html><body><h1>{TEXT.splitlines()[0]}</h1><p>{TEXT.splitlines()[1]}</p></body></html>",
        "---\nsource_url: https://vidu.vn\n---\n" + TEXT,
    ],
    ids=["crlf", "bom", "markdown", "html", "front matter"],
)
def test_ingest_same_text_in_another_form_changes_nothing(
    ws: Workspace, tmp_path: Path, content: str
) -> None:
    first = ingest_path(ws, put(tmp_path, "a.txt"))
    revision = ws.store.revision()
    second = ingest_path(ws, put(tmp_path, "khác.md", content))
    assert (second.status, second.report_id) == (IngestStatus.PRESENT, first.report_id)
    assert ws.store.revision() == revision


def test_ingest_same_name_other_content_is_another_report(ws: Workspace, tmp_path: Path) -> None:
    first = ingest_path(ws, put(tmp_path, "a.txt"))
    second = ingest_path(ws, put(tmp_path, "a.txt", TEXT.replace("5/5", "6/6")))
    assert second.status is IngestStatus.ADDED
    assert first.report_id != second.report_id
    assert len(ws.store.reports()) == 2


def test_ingest_removed_report_can_be_added_again(ws: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt")
    first = ingest_path(ws, path)
    ws.store.remove(first.report_id or "")
    assert ws.store.report_of_original(hashlib.sha256(TEXT.encode()).hexdigest()) is None
    assert ingest_path(ws, path).status is IngestStatus.ADDED


def test_report_id_depends_on_the_text_only() -> None:
    assert report_id_of("a\u0302\u0301") == report_id_of("ấ")
    assert report_id_of("ấ") != report_id_of("ầ")
    assert report_id_of("") == "e3b0c44298fc1c14"


# -- refusing ----------------------------------------------------------------------------------


def test_ingest_large_file_is_refused_unread(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "lớn.txt"
    with path.open("wb") as file:
        file.truncate(3 * 2**30)  # a hole: takes no space, and no memory unless it is read
    result = ingest_path(ws, path)
    assert isinstance(result.error, LimitExceededError)
    assert (result.error.limit, result.error.actual) == ("1 MB", "3072.0 MB")


def test_ingest_missing_path_and_broken_link_are_missing(ws: Workspace, tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "đi đâu rồi.txt")
    for path in (tmp_path / "không có.txt", link):
        result = ingest_path(ws, path)
        assert isinstance(result.error, MissingFileError)
        assert result.error.file_name == str(path)


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "loop", "long"])
def test_ingest_path_that_is_no_file_is_unreadable(
    ws: Workspace, tmp_path: Path, kind: str
) -> None:
    """A pipe held the command for ever, and a name of 300 letters ended it for all files."""
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path(os.devnull)
    elif kind == "loop":
        path.symlink_to(path)
    else:
        path = tmp_path / ("x" * 300)
    assert list(source_paths([path])) == ([] if kind == "folder" else [path])
    assert isinstance(ingest_path(ws, path).error, UnreadableFileError)


def test_ingest_bad_file_does_not_stop_the_batch(ws: Workspace, tmp_path: Path) -> None:
    put(tmp_path, "in/1.txt", TEXT)
    put(tmp_path, "in/2.txt", b"")
    put(tmp_path, "in/3.txt", b"%PDF-1.4")
    put(tmp_path, "in/4.txt", bytes(range(128, 256)))
    put(tmp_path, "in/5.txt", b"\x00\x01\x02")
    put(tmp_path, "in/6.txt", TEXT.replace("5/5", "6/6"))
    results = [ingest_path(ws, path) for path in source_paths([tmp_path / "in"])]
    assert [r.status.value for r in results] == [
        "added", "refused", "refused", "refused", "refused", "added",
    ]  # fmt: skip
    assert [type(r.error).__name__ for r in results[1:5]] == [
        "EmptyTextError", "UnreadableFileError", "UnreadableFileError", "UnsupportedFormatError",
    ]  # fmt: skip
    assert len(ws.store.reports()) == 2


# -- names and folders -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "label"),
    [
        (b"b\xe1o.txt", "b\ufffdo.txt"),
        ("a\u0302\u0301.txt".encode(), "ấ.txt"),
        (b"hai\ndong.txt", "hai dong.txt"),
        ("\u202etxt.exe".encode(), "txt.exe"),
        ("đoàn  hai.md".encode(), "đoàn  hai.md"),
    ],
)
def test_ingest_odd_file_name_becomes_a_readable_label(
    ws: Workspace, tmp_path: Path, name: bytes, label: str
) -> None:
    """A name in an old encoding made SQLite refuse the report and ended the command."""
    path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))
    path.write_text(TEXT, encoding="utf-8")
    result = ingest_path(ws, path)
    assert result.file_name == label
    assert ws.store.report(result.report_id or "").file_name == label


def test_ingest_source_name_is_a_label_not_an_identity(ws: Workspace) -> None:
    first = ingest_source(ws, SourceFile("../../a", TEXT.encode()))
    second = ingest_source(ws, SourceFile("b", TEXT.encode()))
    assert first.report_id == second.report_id


def test_source_paths_walks_by_name_without_hidden_files_and_links(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/y.txt", "A.txt", ".hidden", "a/.git/x.txt", "c/k.txt"):
        put(tmp_path, f"in/{name}")
    outside = put(tmp_path, "outside/o.txt")
    (tmp_path / "in" / "link.txt").symlink_to(outside)
    (tmp_path / "in" / "folder").symlink_to(outside.parent)
    (tmp_path / "in" / "empty").mkdir()
    folder = tmp_path / "in"
    found = [str(path.relative_to(folder)) for path in source_paths([folder])]
    assert found == ["A.txt", "a/b/y.txt", "a/z.txt", "b.txt", "c/k.txt"]


def test_source_paths_named_files_come_first_as_named(tmp_path: Path) -> None:
    z, a = put(tmp_path, "z.txt"), put(tmp_path, "in/a.txt")
    hidden = put(tmp_path, ".tên.txt")
    missing = tmp_path / "m.txt"
    assert list(source_paths([z, missing, tmp_path / "in", hidden])) == [z, missing, a, hidden]


def test_ingest_full_record_raises_and_publishes_nothing(ws: Workspace, tmp_path: Path) -> None:
    ws.store.database.rows("PRAGMA max_page_count = 1")  # stands in for a full disk
    long = TEXT + "\n".join(f"Câu số {n} của đoàn công tác." for n in range(20_000))
    with pytest.raises(StoreUnwritableError):
        ingest_path(ws, put(tmp_path, "a.txt", long))
    assert ws.store.reports() == ()
    assert ws.store.integrity_problems() == ()
