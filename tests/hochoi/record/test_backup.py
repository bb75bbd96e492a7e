"""A backup is one moment of everything; what comes back is that moment, or nothing comes back."""

import json
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hochoi.errors import BackupError, SchemaTooNewError
from hochoi.record.backup import MANIFEST, read_manifest, restore_backup, write_backup
from hochoi.store import Store
from tests.fakes import make_report, publication
from tests.hochoi.small_record import LAO_CAI, VINH_LONG, publish, run_sql


@pytest.fixture
def var(tmp_path: Path) -> Path:
    folder = tmp_path / "var"
    with closing(Store(folder / "library.sqlite3")) as store:
        publish(store, publication(VINH_LONG), publication(LAO_CAI))
    (folder / "settings.toml").write_text("port = 7999\n", encoding="utf-8")
    return folder


@pytest.fixture
def backup(var: Path, tmp_path: Path) -> Path:
    path = tmp_path / "sao lưu.zip"
    write_backup(var, path)
    return path


def reports(var: Path) -> list[str]:
    with closing(Store(var / "library.sqlite3")) as store:
        assert store.integrity_problems() == ()
        return [report.report_id for report in store.reports()]


def others(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()} - {"library.sqlite3", "settings.toml"}


def test_restored_library_is_the_one_that_was_backed_up(
    var: Path, backup: Path, tmp_path: Path
) -> None:
    manifest = restore_backup(backup, _new(tmp_path / "mới"), replace=False)
    assert (manifest.reports, [f.name for f in manifest.files]) == (
        2,
        ["library.sqlite3", "settings.toml"],
    )
    restored = tmp_path / "mới"
    assert reports(restored) == reports(var) == ["aaaa", "bbbb"]
    assert (restored / "settings.toml").read_bytes() == (var / "settings.toml").read_bytes()
    assert others(restored) == set(), "nothing is left beside them"
    assert backup.stat().st_mode & 0o077 == 0, "only the owner reads it"


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def test_backup_during_writes_is_one_moment(var: Path, tmp_path: Path) -> None:
    """Each commit publishes two reports; a moment never shows an odd number."""
    stop = threading.Event()

    def write() -> None:
        with closing(Store(var / "library.sqlite3")) as store:
            for n in range(200):
                if stop.wait(0.005):
                    return
                pair = [publication(make_report(f"{n}-{side}", f"Số {n}{side}")) for side in "ab"]
                publish(store, *pair)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        found = [write_backup(var, tmp_path / f"{n}.zip").reports for n in range(4)]
    finally:
        stop.set()
        thread.join()
    assert [n % 2 for n in found] == [0, 0, 0, 0]
    restore_backup(tmp_path / "3.zip", _new(tmp_path / "mới"), replace=False)
    assert len(reports(tmp_path / "mới")) == found[3]


def test_backup_never_overwrites_and_needs_a_library(var: Path, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupError, match="exists already"):
        write_backup(var, backup)
    assert backup.read_bytes() == before
    with pytest.raises(BackupError, match="no library"):
        write_backup(var / "nowhere", backup.with_name("b.zip"))
    with pytest.raises(BackupError):
        write_backup(var, var / "no folder" / "b.zip")


def test_restore_leaves_a_library_alone_unless_told(var: Path, backup: Path) -> None:
    with closing(Store(var / "library.sqlite3")) as store:
        store.remove("aaaa")
    with pytest.raises(BackupError, match="a library already"):
        restore_backup(backup, var, replace=False)
    assert reports(var) == ["bbbb"]
    restore_backup(backup, var, replace=True)
    assert reports(var) == ["aaaa", "bbbb"]
    (aside,) = var.glob("library.sqlite3.before-restore-*")
    aside.rename(_new(var / "alt") / "library.sqlite3")
    assert reports(var / "alt") == ["bbbb"], "what was there is kept"


def test_restore_throws_indexes_away(var: Path, backup: Path) -> None:
    (var / "index").mkdir()
    (var / "lexical" / "x").mkdir(parents=True)
    restore_backup(backup, var, replace=True)
    assert not (var / "index").exists()
    assert not (var / "lexical").exists()


def rewritten(backup: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Write the backup anew with other content."""
    with zipfile.ZipFile(backup) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    target = backup.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def set_manifest(content: dict[str, bytes], **values: object) -> None:
    content[MANIFEST] = json.dumps(json.loads(content[MANIFEST]) | values).encode()


def with_schema(files: dict[str, bytes]) -> None:
    set_manifest(files, schema=99)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: f.update({"library.sqlite3": f["library.sqlite3"][:-1] + b"x"}), "checksum"),
        (lambda f: f.update({"library.sqlite3": f["library.sqlite3"] + b"x"}), "checksum"),
        (lambda f: f.update({"library.sqlite3": b""}), "checksum"),
        (lambda f: f.pop("settings.toml"), "other files"),
        (lambda f: f.update({"../evil.txt": b"x"}), "other files"),
        (lambda f: f.pop(MANIFEST), "manifest"),
        (lambda f: f.update({MANIFEST: b"{"}), "manifest"),
        (lambda f: set_manifest(f, format=7), "none of ours"),
        (
            lambda f: set_manifest(f, files=[{"name": "../x", "size": 1, "sha256": "0"}]),
            "none of ours",
        ),
    ],
)
def test_restore_of_anything_else_changes_nothing(
    var: Path, backup: Path, change: Callable[[dict[str, bytes]], object], words: str
) -> None:
    before = {p.name: p.read_bytes() for p in var.iterdir()}
    with pytest.raises(BackupError, match=words):
        restore_backup(rewritten(backup, change), var, replace=True)
    assert {p.name: p.read_bytes() for p in var.iterdir()} == before
    assert not (var.parent / "evil.txt").exists()


@pytest.mark.parametrize("cut", [0, 10, 200, 5000])
def test_restore_of_a_cut_file_is_refused(var: Path, backup: Path, cut: int) -> None:
    backup.write_bytes(backup.read_bytes()[:cut])
    with pytest.raises(BackupError, match="no backup, or damaged"):
        restore_backup(backup, var, replace=True)


def test_restore_of_damaged_pages_with_right_checksums_is_refused(
    var: Path, tmp_path: Path
) -> None:
    path = var / "library.sqlite3"
    with closing(Store(path)) as store:
        publish(store, publication(make_report("c", "Số", "chữ " * 60_000)))
    write_backup(var, tmp_path / "a.zip")

    def damage(files: dict[str, bytes]) -> None:
        import hashlib

        content = bytearray(files["library.sqlite3"])
        content[2**18 : 2**18 + 9000] = b"\xff" * 9000
        files["library.sqlite3"] = bytes(content)
        entries = json.loads(files[MANIFEST])["files"]
        entries[0]["sha256"] = hashlib.sha256(content).hexdigest()
        set_manifest(files, files=entries)

    with pytest.raises(BackupError, match="damaged"):
        restore_backup(rewritten(tmp_path / "a.zip", damage), var, replace=True)


def test_backup_of_a_newer_version_is_refused_and_names_both(
    var: Path, backup: Path, tmp_path: Path
) -> None:
    with pytest.raises(SchemaTooNewError):
        read_manifest(rewritten(backup, with_schema))
    run_sql(var / "library.sqlite3", "PRAGMA user_version = 99")
    write_backup(var, tmp_path / "new.zip")
    with pytest.raises(SchemaTooNewError) as caught:
        restore_backup(tmp_path / "new.zip", var, replace=True)
    assert caught.value.found == 99


def test_restore_of_no_file_says_so(var: Path) -> None:
    with pytest.raises(BackupError, match="no such file"):
        restore_backup(var / "none.zip", var, replace=True)
