"""A few confined processes that apply one function to source files.

Each works on one file at a time, so a file that ends its process (out of time, out of memory, a
crash in a parser) is known by name and costs no other. Does not know what the function does.
"""

import atexit
import io
import multiprocessing
import os
import pickle
import secrets
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from hochoi.types import SourceFile
from ingest.sandbox import Limits, confine, peak_memory_mb, start_clock, stop_clock

T = TypeVar("T")

_reaping = threading.Lock()  # starting a process looks at all others, and may take their exit code
_OUT_OF_MEMORY = 77  # exit code of a worker
_TRIES, _PAUSE_SECONDS = 20, 0.05
_TRUSTED = ("hochoi.types", "hochoi.errors", "ingest.preparing", "ingest.personal_data", "datetime")


class WorkerLostError(Exception):
    """The process that worked on an input ended without an answer."""

    def __init__(self, name: str, exit_code: int | None) -> None:
        super().__init__(f"{name}: its process ended with code {exit_code}")
        self.exit_code = exit_code

    @property
    def was_too_slow(self) -> bool:
        """Whether the time of the input was over."""
        return self.exit_code == -signal.SIGALRM

    @property
    def was_too_large(self) -> bool:
        """Whether the input needed more memory than is allowed."""
        return self.exit_code == _OUT_OF_MEMORY


class Workers(Generic[T]):
    """Processes that work on inputs in the background."""

    def __init__(
        self, task: Callable[[SourceFile], T], count: int, limits: Limits | None = None
    ) -> None:
        """Make ready; a process starts when an input finds none that is idle.

        Args:
            task: Applied to every input; it, its results and its errors must be picklable.
            count: How many processes at most.
            limits: What one input may cost.
        """
        self._task, self._limits = task, limits or Limits()
        self._threads = ThreadPoolExecutor(count, "reading")  # each looks after one process
        self._own = threading.local()
        self._children: set[_Child] = set()
        self._busy: dict[Future[T], _Child] = {}
        self._changing = threading.Lock()  # who is busy

    def submit(self, source: SourceFile) -> "Future[T]":
        """Begin to work on an input.

        Its result raises what the task raised, or `WorkerLostError` if the input ended the
        process that worked on it.
        """
        job: Future[T] = Future()
        self._threads.submit(self._run, source, job)
        return job

    def cancel(self, job: "Future[T]") -> None:
        """Drop an input, ending the process that works on it already."""
        if job.cancel():
            return
        with self._changing:
            child = self._busy.get(job)
            if child is not None:
                child.kill()

    def _run(self, source: SourceFile, job: "Future[T]") -> None:
        if not job.set_running_or_notify_cancel():
            return
        try:
            answer = self._answered(source, job)
        except BaseException as exc:
            job.set_exception(exc)
            raise
        if isinstance(answer, BaseException):
            job.set_exception(answer)
        else:
            job.set_result(cast("T", answer))

    def _answered(self, source: SourceFile, job: "Future[T]") -> object:
        """Return the answer of a process, or the error that stands for it."""
        while True:
            child = self._child()
            with self._changing:
                self._busy[job] = child
            try:
                return child.ask(source)
            except (EOFError, OSError):
                exit_code = child.end()
                if exit_code != 0 or not child.has_answered:  # else it had ended by itself before
                    return WorkerLostError(source.name, exit_code)
            finally:
                with self._changing:
                    del self._busy[job]
                if child.is_over:
                    self._children.discard(child)
                    self._own.child = None

    def _child(self) -> "_Child":
        child: _Child | None = getattr(self._own, "child", None)
        if child is None:
            child = self._own.child = _Child(self._task, self._limits)
            self._children.add(child)
        return child

    def close(self) -> None:
        """End the processes; inputs not begun are dropped. Safe to repeat."""
        for job in list(self._busy):
            self.cancel(job)
        self._threads.shutdown(wait=True, cancel_futures=True)
        while self._children:
            self._children.pop().end()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes."""
        self.close()


class _Child:
    """One worker process, as its parent sees it."""

    def __init__(self, task: Callable[[SourceFile], object], limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")  # the parent has threads, open databases
        self.has_answered = False
        self.is_over = False  # killed or ended: fit for no further input
        self._scratch = Path(tempfile.gettempdir()) / f"hochoi-reading-{secrets.token_hex(5)}"
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, limits, self._scratch), name="reading", daemon=True
        )
        # Told later: what a process gets at its start is written into a pipe that this one holds
        # open too, so more than fits would be waited for without end, should the process be killed.
        self._untold: Callable[[SourceFile], object] | None = task
        # It inherits the mask: a Ctrl-C is its parent's to meet, from the first moment on.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            with _reaping:
                self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self._pid = self._process.pid

    def ask(self, source: SourceFile) -> object:
        """Return what the task makes of an input, or the error that it raised.

        Raises:
            EOFError, OSError: If the process ended meanwhile.
        """
        if self._untold is not None:
            self._connection.send(self._untold)
            self._untold = None
        self._connection.send(source)
        answer = self._connection.recv_bytes()
        self.has_answered = True
        return _Unpickler(io.BytesIO(answer)).load()

    def kill(self) -> None:
        """End the process and all it started."""
        self.is_over = True
        with _reaping:
            if self._pid is not None:
                with suppress(ProcessLookupError):  # it leads no group yet, or none is left
                    os.killpg(self._pid, signal.SIGKILL)
                self._process.kill()

    def end(self) -> int | None:
        """End the process if it has not ended, remove what it left; return its exit code."""
        self._connection.close()
        wait([self._process.sentinel], timeout=1)  # without its pipe it ends by itself
        self.kill()
        wait([self._process.sentinel])
        with _reaping:
            self._pid = None
            self._process.join()
            exit_code = self._process.exitcode
            self._process.close()
        _remove(self._scratch)
        return exit_code


def _remove(scratch: Path) -> None:
    """Remove the temporary files of a process; what it started may be ending only now."""
    for _ in range(_TRIES):
        shutil.rmtree(scratch, ignore_errors=True)
        if not scratch.exists():
            return
        time.sleep(_PAUSE_SECONDS)


class _Unpickler(pickle.Unpickler):
    """Reads answers and nothing else: a hostile file may speak through its reader."""

    def find_class(self, module: str, name: str) -> object:
        """Return a record or an error.

        Raises:
            pickle.UnpicklingError: If it is anything else.
        """
        if module in _TRUSTED or module == "builtins":
            found = super().find_class(module, name)
            if isinstance(found, type) and (module in _TRUSTED or issubclass(found, Exception)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} in the answer of a reading process")


_shared: dict[bytes, Workers[object]] = {}
_sharing = threading.Lock()


def shared_workers(task: Callable[[SourceFile], T], count: int) -> Workers[T]:
    """Return workers for a task that stay until this process ends; the same for equal tasks."""
    key = pickle.dumps(task)
    with _sharing:
        if key not in _shared:
            workers = _shared[key] = cast("Workers[object]", Workers(task, count))
            atexit.register(workers.close)
        return cast("Workers[T]", _shared[key])


# -- in the process ---------------------------------------------------------------------------


def _serve(connection: Connection, limits: Limits, scratch: Path) -> None:
    """Answer inputs until the parent closes the pipe, or this process has grown large."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        task: Callable[[SourceFile], object] = connection.recv()
    except EOFError:
        return
    confine(limits, scratch)
    threading.Thread(target=_end_with_parent, args=(scratch,), daemon=True).start()
    has_room = True
    while has_room:
        try:
            source = connection.recv()
        except EOFError:
            return
        start_clock(limits)
        answer = _attempt(task, source)
        stop_clock()
        connection.send_bytes(answer)
        has_room = peak_memory_mb() < limits.memory_mb / 3


def _end_with_parent(scratch: Path) -> None:
    """End this process and all it started once the parent has ended, and remove their files."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    reader = os.getpid()
    if scratch.exists():
        remover = os.fork()  # put out of the group, it outlives those that write the files
        if remover == 0:
            while os.getppid() == reader:
                time.sleep(_PAUSE_SECONDS)
            _remove(scratch)
            os._exit(0)
        os.setpgid(remover, remover)
    os.killpg(0, signal.SIGKILL)


def _attempt(task: Callable[[SourceFile], object], source: SourceFile) -> bytes:
    """Return the pickled result of the task, or its error; the parent raises that."""
    try:
        return pickle.dumps(task(source))
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except Exception as exc:
        return _carried(exc)


def _carried(exc: Exception) -> bytes:
    """Return an error pickled; one that cannot travel goes as its name."""
    if type(exc).__module__ in ("builtins", "hochoi.errors"):
        return pickle.dumps(exc)
    return pickle.dumps(RuntimeError(f"{type(exc).__name__}: {exc}"))
