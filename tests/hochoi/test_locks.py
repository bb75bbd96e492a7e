"""A lock is held by one process, names its owner, and never outlives it."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hochoi.errors import StoreLockedError, StoreUnwritableError
from hochoi.locks import ProcessLock, is_held

HOLD = """
import sys
from pathlib import Path
from hochoi.locks import ProcessLock
with ProcessLock(Path(sys.argv[1]), "serving the web page"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process_holding(path: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_lock_held_by_another_process_names_its_purpose_and_pid(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with another_process_holding(path) as process:
        with pytest.raises(StoreLockedError) as caught:
            ProcessLock(path, "writing")
        assert re.fullmatch(
            rf"serving the web page, pid {process.pid}, since \d{{4}}-\d\d-\d\dT\S+",
            caught.value.owner,
        )


def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with another_process_holding(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with ProcessLock(path, "writing"):
            assert f"writing, pid {os.getpid()}," in path.read_text(encoding="utf-8")


def test_lock_taken_twice_in_one_process_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with ProcessLock(path, "writing"), pytest.raises(StoreLockedError, match="writing, pid"):
        ProcessLock(path, "reading")


def test_lock_released_can_be_taken_again(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    lock = ProcessLock(path, "writing")
    lock.release()
    lock.release()
    with ProcessLock(path, "embedding"):
        assert path.read_text(encoding="utf-8").startswith("embedding, pid")


def test_lock_left_by_an_error_inside_is_free(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with pytest.raises(ZeroDivisionError), ProcessLock(path, "writing"):
        _ = 1 / 0
    ProcessLock(path, "writing").release()


def test_lock_owner_in_no_known_encoding_is_still_an_owner(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with ProcessLock(path, "writing"):
        path.write_bytes(b"\xff\xfe old")
        with pytest.raises(StoreLockedError) as caught:
            ProcessLock(path, "writing")
    assert caught.value.owner.endswith("old")


def test_lock_makes_its_folder(tmp_path: Path) -> None:
    with ProcessLock(tmp_path / "new" / "folder" / "a.lock", "writing"):
        assert (tmp_path / "new" / "folder" / "a.lock").is_file()


def test_lock_in_an_impossible_folder_raises_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreUnwritableError):
        ProcessLock(tmp_path / "file" / "a.lock", "writing")
    with pytest.raises(StoreUnwritableError):
        ProcessLock(tmp_path, "writing")


def test_asking_whether_it_is_held_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not is_held(path)
    assert not path.exists()
    with another_process_holding(path):
        before = path.read_text(encoding="utf-8")
        assert is_held(path)
        assert path.read_text(encoding="utf-8") == before
    assert not is_held(path)
    ProcessLock(path, "evaluating").release()


def test_lock_that_is_waited_for_is_taken_when_it_comes_free(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held = ProcessLock(path, "looking")
    timer = threading.Timer(0.1, held.release)
    timer.start()
    ProcessLock(path, "evaluating", wait_s=30).release()
    timer.join()
    held = ProcessLock(path, "evaluating")
    with pytest.raises(StoreLockedError):
        ProcessLock(path, "evaluating", wait_s=0.05)
    held.release()
