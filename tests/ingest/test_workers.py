"""Worker processes: results in order, a crash costs one input, nobody is left behind."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hochoi.types import SourceFile
from ingest.workers import WorkerLostError, Workers


def first_word(source: SourceFile) -> str:
    """Stands in for reading a file: b"die" ends the process, b"fail" raises."""
    word = source.content.decode().split()[0]
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "fail":
        raise ValueError(source.name)
    return f"{word} {os.getpid()}"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers[str]]:
    with Workers(first_word, 2) as workers:
        yield workers


def started(workers: Workers[str], *contents: str) -> None:
    for n, content in enumerate(contents):
        workers.start(SourceFile(f"{n}.txt", content.encode()))


def test_finish_gives_results_in_the_order_of_inputs(workers: Workers[str]) -> None:
    words = [f"w{n}" for n in range(20)]
    started(workers, *words)
    assert [workers.finish().split()[0] for _ in words] == words


def test_finish_works_in_other_processes(workers: Workers[str]) -> None:
    started(workers, "a")
    assert workers.finish() != f"a {os.getpid()}"


def test_is_ready_says_whether_the_oldest_is_done(workers: Workers[str]) -> None:
    started(workers, "a")
    assert workers.is_ready(30)
    assert workers.finish().startswith("a ")


def test_finish_error_of_the_task_is_raised_for_its_input_only(workers: Workers[str]) -> None:
    started(workers, "a", "fail", "b")
    assert workers.finish().startswith("a ")
    with pytest.raises(ValueError, match=r"1\.txt"):
        workers.finish()
    assert workers.finish().startswith("b ")


def test_finish_input_that_ends_its_process_costs_no_other(workers: Workers[str]) -> None:
    """One damaged file ended the ingest of a whole folder."""
    started(workers, "a", "die", "b", "die", "c")
    assert workers.finish().startswith("a ")
    with pytest.raises(WorkerLostError, match=r"1\.txt"):
        workers.finish()
    assert workers.finish().startswith("b ")
    with pytest.raises(WorkerLostError, match=r"3\.txt"):
        workers.finish()
    assert workers.finish().startswith("c ")


def test_leaving_ends_the_processes() -> None:
    with Workers(first_word, 2) as own:
        started(own, "a", "b")
        pids = {int(own.finish().split()[1]) for _ in range(2)}
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
