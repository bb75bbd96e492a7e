"""Whether a stored index can be trusted, told from its folder alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from hochoi.errors import StoreUnwritableError
from hochoi.index_state import (
    Fingerprint,
    IndexState,
    checksum,
    forget_state,
    read_state,
    reason_to_rebuild,
    write_state,
)

HOLDS = Fingerprint("digest", 7)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of one file, closed in order."""
    (tmp_path / "g1").mkdir()
    (tmp_path / "g1" / "data.bin").write_bytes(b"numbers")
    files = checksum(tmp_path / "g1")
    write_state(tmp_path, IndexState("g1", HOLDS, is_writing=False, files=files))
    return tmp_path


def test_state_comes_back_equal(tmp_path: Path) -> None:
    state = IndexState("g12", Fingerprint("ă", 3), is_writing=True, files="f")
    write_state(tmp_path, state)
    assert read_state(tmp_path) == state
    assert [p.name for p in tmp_path.iterdir()] == ["state.json"]


def test_reason_closed_and_untouched_is_none(folder: Path) -> None:
    assert reason_to_rebuild(folder, HOLDS) is None


def test_reason_open_index_is_not_read(folder: Path) -> None:
    write_state(folder, replace(read_state(folder), files=""))
    (folder / "g1" / "data.bin").write_bytes(b"more numbers")
    assert reason_to_rebuild(folder, HOLDS) is None


def test_reason_no_state_is_no_index(tmp_path: Path, folder: Path) -> None:
    forget_state(folder)
    forget_state(folder)
    assert reason_to_rebuild(folder, HOLDS) == "no index yet"
    assert reason_to_rebuild(tmp_path / "nowhere", HOLDS) == "no index yet"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_writing": True}, "a write was interrupted"),
        ({"holds": Fingerprint("digest", 8)}, "it differs from the record"),
        ({"holds": Fingerprint("other", 7)}, "it differs from the record"),
        ({"generation": "g2"}, "its files are gone"),
        ({"generation": ""}, "its files are gone"),
        ({"files": "0" * 64}, "its files were changed"),
    ],
)
def test_reason_disagreeing_state_is_told(
    folder: Path, change: dict[str, object], reason: str
) -> None:
    state = replace(read_state(folder), **change)  # type: ignore[arg-type]
    write_state(folder, state)
    assert reason_to_rebuild(folder, HOLDS) == reason


@pytest.mark.parametrize("damage", ["flipped", "truncated", "deleted", "added", "renamed"])
def test_reason_changed_files_are_noticed(folder: Path, damage: str) -> None:
    path = folder / "g1" / "data.bin"
    match damage:
        case "flipped":
            path.write_bytes(b"nUmbers")
        case "truncated":
            path.write_bytes(b"number")
        case "deleted":
            path.unlink()
        case "added":
            (folder / "g1" / "other.bin").touch()
        case "renamed":
            path.rename(folder / "g1" / "data2.bin")
    assert reason_to_rebuild(folder, HOLDS) == "its files were changed"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"\xff\xfe",
        b'{"generation": "g1"}',
        b'{"generation": "g1", "digest": "digest", "count": "many", "writing": "no", "files": ""}',
    ],
)
def test_reason_unreadable_state_is_told(folder: Path, content: bytes) -> None:
    (folder / "state.json").write_bytes(content)
    assert (reason_to_rebuild(folder, HOLDS) or "").startswith("its state is unreadable")


def test_write_state_in_an_impossible_folder_raises_unwritable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnwritableError):
        write_state(tmp_path / "nowhere", IndexState("g1", HOLDS, is_writing=False))
