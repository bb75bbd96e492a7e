"""A few processes that apply one function to source files, in order.

An input that ends its process (out of memory, a crash in a parser) is told apart from the
innocent ones that were under way. Does not know what the function does.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from hochoi.types import SourceFile

T = TypeVar("T")

_task: Callable[[SourceFile], object] | None = None  # of a worker process


class WorkerLostError(Exception):
    """The process that worked on an input ended without an answer."""


class Workers(Generic[T]):
    """Processes that work on inputs in the background; results come in the order of inputs."""

    def __init__(self, task: Callable[[SourceFile], T], count: int) -> None:
        """Make ready; the processes start with the first input.

        Args:
            task: Applied to every input; it, its results and its errors must be picklable.
            count: How many processes.
        """
        self._task, self._count = task, count
        self._running: deque[tuple[SourceFile, Future[T]]] = deque()
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        self._is_cold = True
        return ProcessPoolExecutor(
            self._count,
            multiprocessing.get_context("spawn"),  # the parent has threads and open databases
            _start_worker,
            (self._task,),
        )

    def start(self, source: SourceFile) -> None:
        """Begin to work on one more input."""
        self._running.append((source, self._submit(source)))

    def _submit(self, source: SourceFile) -> "Future[T]":
        try:
            return self._launch(source)
        except BrokenProcessPool:
            self._restart()
            return self._launch(source)

    def _launch(self, source: SourceFile) -> "Future[T]":
        """Hand an input over to the pool, whose processes start with the first one."""
        work = cast("Callable[[SourceFile], T]", _work)  # applies what `_start_worker` was given
        if not self._is_cold:
            return self._pool.submit(work, source)
        with _without_interrupts():
            # All processes start before the first input. The pool of Python 3.11 waits for ever
            # for a process that it started while another one was dying.
            for _ in range(self._count):
                self._pool.submit(os.getpid)
            self._is_cold = False
            return self._pool.submit(work, source)

    def _restart(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new_pool()

    def is_ready(self, timeout_s: float) -> bool:
        """Wait at most so long for the oldest input; return whether its result is there."""
        return bool(wait([self._running[0][1]], timeout_s).done)

    def finish(self) -> T:
        """Return the result of the oldest input, waiting for it.

        Raises:
            WorkerLostError: If this input ended the process that worked on it.
        """
        source, future = self._running.popleft()
        try:
            return future.result()
        except (BrokenProcessPool, CancelledError):
            return self._alone(source)

    def _alone(self, source: SourceFile) -> T:
        """Try an input again by itself, to learn whether it was the one that broke the pool."""
        self._restart()
        try:
            return self._submit(source).result()
        except BrokenProcessPool as exc:
            self._restart()
            raise WorkerLostError(source.name) from exc
        finally:
            self._running = deque(
                (s, f if _has_result(f) else self._submit(s)) for s, f in self._running
            )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes; inputs not begun are dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _has_result(future: "Future[T]") -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Keep a Ctrl-C away from processes being started; they inherit how signals are met."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _start_worker(task: Callable[[SourceFile], object]) -> None:
    """Prepare a worker process: it leaves Ctrl-C to its parent and does not outlive it."""
    global _task
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _task = task


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(source: SourceFile) -> object:
    if _task is None:
        raise RuntimeError("this process was not started as a worker")
    return _task(source)
