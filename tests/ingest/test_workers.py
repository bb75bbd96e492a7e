"""Reading processes: a crash costs one input, limits hold, nobody is left behind."""

import ctypes
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from functools import partial
from multiprocessing import resource_tracker, spawn
from pathlib import Path

import pytest

from hochoi.types import SourceFile
from ingest.sandbox import Limits, allow_more_time, scratch_folder
from ingest.workers import WorkerLostError, Workers, shared_workers

LIMITS = Limits(seconds=2, memory_mb=400)


class ForeignError(Exception):
    """Cannot be made again from its message."""

    def __init__(self, a: int, b: int) -> None:
        super().__init__(f"{a} {b}")


class Trap:
    """Runs a command where it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 3",)


def obey(source: SourceFile) -> object:  # noqa: C901 - one line per order
    """Stands in for reading a file: does what the file says."""
    order, _, rest = source.content.decode().partition(" ")
    if order == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "crash":
        ctypes.string_at(0)
    if order == "fail":
        raise ValueError(source.name)
    if order == "foreign":
        raise ForeignError(1, 2)
    if order == "wait":
        signal.pause()
    if order == "more":
        allow_more_time(60)
        return signal.alarm(0)
    if order == "grow":
        return len(bytearray(int(rest)))
    if order == "connect":
        socket.create_connection(("127.0.0.1", int(rest)), timeout=5)
    if order == "environment":
        return " ".join(sorted(os.environ))
    if order == "helper":
        Path(rest).write_text(str(subprocess.Popen(["sleep", "600"]).pid))
        signal.pause()
    if order == "write":
        folder = scratch_folder()
        assert folder is not None
        (folder / "part").write_text("half a file")
        Path(rest).write_text(str(folder))
        signal.pause()
    if order == "trap":
        return Trap()
    return f"{order} {os.getpid()}"


def order(text: str) -> SourceFile:
    return SourceFile(f"{text.split()[0]}.txt", text.encode())


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers[object]]:
    with Workers(obey, 2, LIMITS) as workers:
        yield workers


def test_submit_works_in_another_process(workers: Workers[object]) -> None:
    jobs = [workers.submit(order(f"w{n}")) for n in range(20)]
    results = [str(job.result()).split() for job in jobs]
    assert [word for word, _ in results] == [f"w{n}" for n in range(20)]
    assert str(os.getpid()) not in {pid for _, pid in results}


def test_error_of_the_task_is_raised_for_its_input_only(workers: Workers[object]) -> None:
    jobs = [workers.submit(order(text)) for text in ("a", "fail", "foreign", "b")]
    assert str(jobs[0].result()).startswith("a ")
    with pytest.raises(ValueError, match=r"fail\.txt"):
        jobs[1].result()
    with pytest.raises(RuntimeError, match="ForeignError: 1 2"):
        jobs[2].result()
    assert str(jobs[3].result()).startswith("b ")


def test_input_that_ends_its_process_costs_no_other(workers: Workers[object]) -> None:
    """One damaged file ended the ingest of a whole folder."""
    jobs = [workers.submit(order(text)) for text in ("a", "die", "b", "crash", "c")]
    for job, word in ((jobs[0], "a"), (jobs[2], "b"), (jobs[4], "c")):
        assert str(job.result()).startswith(f"{word} ")
    with pytest.raises(WorkerLostError, match=r"die\.txt"):
        jobs[1].result()
    with pytest.raises(WorkerLostError, match=r"crash\.txt"):
        jobs[3].result()


def test_input_beyond_its_time_or_memory_is_told_apart(workers: Workers[object]) -> None:
    slow, large = workers.submit(order("wait")), workers.submit(order(f"grow {2**29}"))
    slow_error, large_error = slow.exception(), large.exception()
    assert isinstance(slow_error, WorkerLostError)
    assert isinstance(large_error, WorkerLostError)
    assert (slow_error.was_too_slow, slow_error.was_too_large) == (True, False)
    assert (large_error.was_too_slow, large_error.was_too_large) == (False, True)


def test_time_can_be_added_inside_and_means_nothing_outside(workers: Workers[object]) -> None:
    assert workers.submit(order("more")).result() in {61, 62}
    allow_more_time(60)
    assert signal.alarm(0) == 0


def test_process_that_has_grown_is_replaced(workers: Workers[object]) -> None:
    assert workers.submit(order(f"grow {2**27 + 2**26}")).result() == 2**27 + 2**26
    words = [workers.submit(order("a")).result() for _ in range(4)]
    assert all(str(word).startswith("a ") for word in words)


def test_reading_process_reaches_no_network_and_no_secret(
    workers: Workers[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(PermissionError, match="while reading a file"):
            workers.submit(order(f"connect {port}")).result()
    monkeypatch.setenv("HOCHOI_GENERATOR_API_KEY", "secret")
    with Workers(obey, 1, LIMITS) as own:
        names = str(own.submit(order("environment")).result()).split()
    assert set(names) <= {"PATH", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX"}


def test_answer_that_is_no_record_is_refused(workers: Workers[object]) -> None:
    with pytest.raises(pickle.UnpicklingError, match="system"):
        workers.submit(order("trap")).result()


def test_cancel_ends_what_the_process_started(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with Workers(obey, 1, Limits(seconds=60)) as own:
        job, next_job = own.submit(order(f"helper {note}")), own.submit(order("b"))
        while not (note.exists() and note.read_text()):
            assert not job.done()
        own.cancel(next_job)
        own.cancel(job)
        assert isinstance(job.exception(), WorkerLostError)
        with pytest.raises(CancelledError):
            next_job.result()
        assert str(own.submit(order("c")).result()).startswith("c ")
    assert not _is_alive(Path(f"/proc/{note.read_text()}/stat"))


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGALRM])
def test_temporary_files_of_a_killed_process_are_removed(tmp_path: Path, by: int) -> None:
    """A conversion that ran out of time left its folder behind."""
    note = tmp_path / "folder"
    with Workers(obey, 1, Limits(seconds=60)) as own:
        pid = int(str(own.submit(order("a")).result()).split()[1])
        job = own.submit(order(f"write {note}"))
        while not (note.exists() and note.read_text()):
            assert not job.done()
        folder = Path(note.read_text())
        assert (folder / "part").exists()
        assert folder.stat().st_mode & 0o777 == 0o700
        os.kill(pid, by)
        assert isinstance(job.exception(), WorkerLostError)
        assert not folder.exists()


def test_leaving_ends_the_processes() -> None:
    with Workers(obey, 2, LIMITS) as own:
        jobs = [own.submit(order("a")) for _ in range(4)]
        pids = {int(str(job.result()).split()[1]) for job in jobs}
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_shared_workers_are_the_same_for_equal_tasks() -> None:
    assert shared_workers(obey, 1) is shared_workers(obey, 1)
    assert shared_workers(obey, 1) is not shared_workers(repr, 1)


def test_process_and_its_temporary_files_end_with_its_parent(tmp_path: Path) -> None:
    note = tmp_path / "folder"
    program = (
        "from pathlib import Path\n"
        "import os\n"
        "from hochoi.types import SourceFile\n"
        "from ingest.workers import Workers\n"
        "from tests.ingest.test_workers import obey, order\n"
        "workers = Workers(obey, 1)\n"
        "print(workers.submit(order('a')).result().split()[1], flush=True)\n"
        f"workers.submit(order('write {note}'))\n"
        f"note = Path('{note}')\n"
        "while not (note.exists() and note.read_text()):\n"
        "    pass\n"
        "os.kill(os.getpid(), 9)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.returncode == -signal.SIGKILL
    path = Path(f"/proc/{int(ran.stdout)}/stat")
    deadline = time.monotonic() + 30
    folder = Path(note.read_text())
    while (_is_alive(path) or folder.exists()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _is_alive(path)
    assert not folder.exists()


def _is_alive(stat: Path) -> bool:
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def weighed(ballast: bytes, source: SourceFile) -> int:
    return len(ballast) + len(source.content)


def test_process_that_ends_before_it_begins_costs_its_input_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One killed at its start was waited for without end, and no file was read any more."""
    resource_tracker.ensure_running()
    with Workers(partial(weighed, bytes(300_000)), 1) as workers:
        with monkeypatch.context() as patch:
            patch.setattr(spawn, "_python_exe", b"/bin/true")
            job = workers.submit(SourceFile("a", b"12345"))
            assert isinstance(job.exception(timeout=20), WorkerLostError)
        assert workers.submit(SourceFile("b", b"12345")).result(timeout=60) == 300_005
