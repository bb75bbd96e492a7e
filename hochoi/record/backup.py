"""One file that holds everything an administrator must not lose, and the way back.

A ZIP with the databases as they were at one moment, the settings, and a manifest of checksums.
Nothing of a backup is opened before its checksum is right. Indexes are not in it: they are made
again from the record.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from hochoi.errors import BackupError, SchemaTooNewError, StoreLockedError
from hochoi.locks import ProcessLock
from hochoi.people.tables import PEOPLE_MIGRATIONS
from hochoi.record.writing import now
from hochoi.schema import MIGRATIONS

MANIFEST = "manifest.json"
RECORD = "library.sqlite3"
NAMES = (RECORD, "people.sqlite3", "settings.toml")
"""What a backup may hold, by its name in the data directory; the record always."""

_DATABASES = {RECORD: len(MIGRATIONS), "people.sqlite3": len(PEOPLE_MIGRATIONS)}
_FORMAT = 1
_BLOCK = 2**20
_MANIFEST_BYTES = 2**16
_PAGES = 65536  # copied at a time while somebody writes, who gets a turn in between


@dataclass(frozen=True, slots=True)
class BackedUp:
    """One file of a backup."""

    name: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    made_at: str
    schema: int  # of the record
    revision: int  # of the record
    reports: int  # published ones
    files: tuple[BackedUp, ...]


def write_backup(var: Path, target: Path) -> Manifest:
    """Back a data directory up into one file, while others read and write there.

    The file appears whole, under its name, or not at all; only its owner may read it.

    Args:
        var: The data directory.
        target: The file to write; an existing one is not overwritten.

    Raises:
        BackupError: If there is nothing to back up, the target exists or cannot be written.
    """
    if target.exists():
        raise BackupError(str(target), "the file exists already")
    if not (var / RECORD).is_file():
        raise BackupError(str(var), "there is no library here")
    partial = target.with_name(f".{target.name}.part")
    try:
        with TemporaryDirectory(dir=target.parent, prefix=".hochoi-backup-") as folder:
            copies = _copies(var, Path(folder))
            manifest = _describe(Path(folder), copies)
            _pack(partial, manifest, copies)
        _name(partial, target)
        _sync_folder(target.parent)
    except (OSError, sqlite3.Error) as exc:
        raise BackupError(str(target), getattr(exc, "strerror", None) or str(exc)) from exc
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return manifest


def _name(partial: Path, target: Path) -> None:
    """Give a finished file its name; a link never overwrites, where the file system knows links."""
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:
        partial.rename(target)


def _copies(var: Path, folder: Path) -> list[Path]:
    """Copy everything there is; nobody starts to write meanwhile, who writes already goes on."""
    there = [name for name in NAMES if (var / name).is_file()]
    with ExitStack() as stack:
        pages = -1  # all at once, which a change in between never makes start again
        try:
            stack.enter_context(ProcessLock(var / "writer.lock", "making a backup"))
        except StoreLockedError:
            pages = _PAGES
        return [_copy(var / name, folder / name, pages) for name in there]


def _copy(source: Path, target: Path, pages: int) -> Path:
    """Copy one file as it is at one moment."""
    if source.suffix != ".sqlite3":
        shutil.copyfile(source, target)
        return target
    uri = f"{source.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=30)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy, pages=pages, sleep=0.01)
        copy.execute("PRAGMA journal_mode = DELETE")
    return target


def _describe(folder: Path, copies: Sequence[Path]) -> Manifest:
    with closing(sqlite3.connect(folder / RECORD)) as db:
        schema = int(db.execute("PRAGMA user_version").fetchone()[0])
        revision = int(db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0])
        reports = int(db.execute("SELECT COUNT(*) FROM commits").fetchone()[0])
    files = tuple(BackedUp(p.name, p.stat().st_size, _sha256(p)) for p in copies)
    return Manifest(now(), schema, revision, reports, files)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(partial: Path, manifest: Manifest, copies: Sequence[Path]) -> None:
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(MANIFEST, _encode(manifest))
            for path in copies:
                archive.write(path, path.name)
        file.flush()
        os.fsync(file.fileno())


def _encode(manifest: Manifest) -> str:
    return json.dumps(
        {
            "format": _FORMAT,
            "made_at": manifest.made_at,
            "schema": manifest.schema,
            "revision": manifest.revision,
            "reports": manifest.reports,
            "files": [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in manifest.files],
        },
        indent=1,
    )


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as exc:
        raise BackupError(str(path), "there is no such file") from exc
    except (OSError, zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as exc:
        raise BackupError(str(path), f"it is no backup, or damaged: {exc}") from exc


def read_manifest(path: Path) -> Manifest:
    """Return what a backup says it holds; nothing else of it is read.

    Raises:
        BackupError: If it is no backup, or holds what none of ours does.
        SchemaTooNewError: If a newer version made it.
    """
    with _opened(path) as archive:
        manifest = _decode(archive, path)
    if manifest.schema > len(MIGRATIONS):
        raise SchemaTooNewError(str(path), manifest.schema, len(MIGRATIONS))
    return manifest


def _decode(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        with archive.open(MANIFEST) as file:
            raw = json.loads(file.read(_MANIFEST_BYTES))
        files = tuple(
            BackedUp(str(f["name"]), int(f["size"]), str(f["sha256"])) for f in raw["files"]
        )
        manifest = Manifest(
            str(raw["made_at"]),
            int(raw["schema"]),
            int(raw["revision"]),
            int(raw["reports"]),
            files,
        )
        is_known = int(raw["format"]) == _FORMAT
    except (KeyError, TypeError, ValueError) as exc:
        raise BackupError(str(path), "its manifest cannot be read") from exc
    names = [f.name for f in manifest.files]
    in_archive = sorted(archive.namelist())
    if not is_known or RECORD not in names or not set(names) <= set(NAMES):
        raise BackupError(str(path), "its manifest is none of ours")
    if in_archive != sorted([MANIFEST, *names]):
        raise BackupError(str(path), "it holds other files than its manifest says")
    return manifest


def restore_backup(path: Path, var: Path, *, replace: bool) -> Manifest:
    """Bring a backup back into a data directory that nobody has open.

    Everything is unpacked beside it and compared with the manifest first; then the files change
    places. What was there stays under its name with `.before-restore`. The caller holds the locks.

    Args:
        path: The backup.
        var: The data directory; it is created.
        replace: Whether a library that is there may step aside.

    Raises:
        BackupError: If the backup is not sound, or there is a library and `replace` is not set.
        SchemaTooNewError: If a newer version made it.
    """
    manifest = read_manifest(path)
    if (var / RECORD).exists() and not replace:
        raise BackupError(str(var), "there is a library already; --replace puts it aside")
    try:
        with TemporaryDirectory(dir=var, prefix=".hochoi-restore-") as folder:
            unpacked = Path(folder)
            with _opened(path) as archive:
                for item in manifest.files:
                    _unpack(archive, item, unpacked / item.name, path)
            for name, supported in _DATABASES.items():
                if (unpacked / name).exists():
                    _check_database(unpacked / name, path, supported)
            aside = f".before-restore-{_stamp()}"
            for name in NAMES:
                _change_places(unpacked / name, var / name, aside)
        for cache in ("index", "lexical"):
            shutil.rmtree(var / cache, ignore_errors=True)
        _sync_folder(var)
    except OSError as exc:
        raise BackupError(str(var), exc.strerror or str(exc)) from exc
    return manifest


def _unpack(archive: zipfile.ZipFile, item: BackedUp, target: Path, path: Path) -> None:
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with archive.open(item.name) as packed, os.fdopen(descriptor, "wb") as file:
        for block in _blocks(packed):
            size += len(block)
            if size > item.size:
                break
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if size != item.size or digest.hexdigest() != item.sha256:
        raise BackupError(str(path), f"the checksum of {item.name} is wrong")


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


def _check_database(database: Path, path: Path, supported: int) -> None:
    """Let SQLite itself look at an unpacked database.

    Raises:
        BackupError: If it finds damage.
        SchemaTooNewError: If a newer version made it.
    """
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as db:
            found = db.execute("PRAGMA quick_check").fetchone()[0]
            schema = int(db.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as exc:
        raise BackupError(str(path), f"{database.name} in it is damaged: {exc}") from exc
    if found != "ok":
        raise BackupError(str(path), f"{database.name} in it is damaged: {found}")
    if schema > supported:
        raise SchemaTooNewError(str(path), schema, supported)


def _change_places(fresh: Path, place: Path, aside: str) -> None:
    """Put a restored file in its place, at no moment leaving the place empty.

    What was there stays beside it under a name with `aside`.
    """
    if not fresh.exists():
        return
    if place.exists():
        _settle_journal(place, aside)
        os.link(place, place.with_name(place.name + aside))
    fresh.replace(place)


def _settle_journal(place: Path, aside: str) -> None:
    """Let SQLite end what a killed process left in a journal, which would spoil the new file."""
    if place.suffix == ".sqlite3":
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(place)) as db:
            db.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    for ending in ("-journal", "-wal", "-shm"):  # of a database too damaged for that
        journal = place.with_name(place.name + ending)
        if journal.exists():
            journal.replace(place.with_name(place.name + aside + ending))


def _stamp() -> str:
    """Return this moment as it stands in file names."""
    return now()[:19].replace(":", "").replace("-", "").replace("T", "-")


def _sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
