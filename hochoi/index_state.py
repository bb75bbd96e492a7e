"""The file beside a stored vector index that says whether the index can be trusted.

Knows folders and checksums. Does not know Chroma, vectors or the record.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from hochoi.errors import StoreUnwritableError

BEHIND = "it differs from the record"  # sound, and to be brought forward
NO_INDEX = "no index yet"  # the reason to build that is nobody's fault
_FILE = "state.json"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an index must hold to agree with the record."""

    digest: str  # of the commit rows and the encoder
    count: int  # passages


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the index was when the file was written."""

    generation: str  # name of the folder that holds the index
    holds: Fingerprint
    is_writing: bool  # a change was under way: whatever the folder holds is not to be trusted
    files: str = ""  # checksum of the generation when it was closed; "" while it is open


def read_state(folder: Path) -> IndexState:
    """Return the state of the index in a folder.

    Raises:
        OSError, ValueError, KeyError, TypeError: If the file is not there or not one of ours.
    """
    raw = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    holds = Fingerprint(str(raw["digest"]), int(raw["count"]))
    return IndexState(str(raw["generation"]), holds, raw["writing"] != "no", str(raw["files"]))


def write_state(folder: Path, state: IndexState) -> None:
    """Write the state so that it is there whole or not at all, and survives a power cut.

    Raises:
        StoreUnwritableError: If the folder cannot be written.
    """
    raw = {
        "generation": state.generation,
        "digest": state.holds.digest,
        "count": state.holds.count,
        "writing": "yes" if state.is_writing else "no",
        "files": state.files,
    }
    temporary = folder / f"{_FILE}.new"
    try:
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(raw, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / _FILE)
    except OSError as exc:
        raise StoreUnwritableError(str(folder), exc.strerror or str(exc)) from exc


def forget_state(folder: Path) -> None:
    """Remove the state, so that the next opening builds the index anew.

    Raises:
        StoreUnwritableError: If the folder cannot be written.
    """
    try:
        (folder / _FILE).unlink(missing_ok=True)
    except OSError as exc:
        raise StoreUnwritableError(str(folder), exc.strerror or str(exc)) from exc


def checksum(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of all files in a folder."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder)} {content}\n".encode())
    return digest.hexdigest()


def reason_to_rebuild(folder: Path, expected: Fingerprint) -> str | None:
    """Return why the index in a folder cannot serve the record as it is, None when it can.

    Reads the state file and, of an index that nobody has open, the checksum of its files.
    """
    if not (folder / _FILE).is_file():
        return NO_INDEX
    try:
        state = read_state(folder)
        generation = folder / state.generation
        if state.is_writing:
            return "a write was interrupted"
        if not state.generation or not generation.is_dir():
            return "its files are gone"
        if state.files not in ("", checksum(generation)):
            return "its files were changed"
        if state.holds != expected:
            return BEHIND
    except (ValueError, KeyError, TypeError, OSError) as exc:
        return f"its state is unreadable: {exc!r}"
    return None
