"""Locks between processes, held as long as the object lives. They say who holds them."""

import fcntl
import os
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from hochoi.errors import StoreLockedError, StoreUnwritableError

_RETRY_S = 0.02


def is_held(path: Path) -> bool:
    """Return whether somebody holds the `ProcessLock` of a file; nothing is changed by asking.

    Whoever wants the lock in this very moment is kept from it for some microseconds.
    """
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


class ProcessLock:
    """An exclusive lock on a file; the file names its owner in words.

    The kernel releases it when the process ends, however it ends, so a lock is never stale.
    """

    def __init__(self, path: Path, purpose: str, *, wait_s: float = 0) -> None:
        """Take the lock.

        Args:
            path: The lock file; its folder is created.
            purpose: What the owner does, in English, for the message of the loser.
            wait_s: How long to try; where `is_held` is asked, its moments have to be waited out.

        Raises:
            StoreLockedError: If another process holds it; `owner` is what that process wrote.
            StoreUnwritableError: If the file cannot be created.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: IO[str] = path.open("a+", encoding="utf-8", errors="replace")
        except OSError as exc:
            raise StoreUnwritableError(str(path.parent), exc.strerror or str(exc)) from exc
        try:
            self._take(time.monotonic() + wait_s)
        except BlockingIOError:
            self._file.seek(0)
            owner = self._file.read().strip() or "another process"
            self._file.close()
            raise StoreLockedError(str(path.parent), owner) from None
        except OSError as exc:  # a file system without locks
            self._file.close()
            raise StoreUnwritableError(str(path), exc.strerror or str(exc)) from exc
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        with suppress(OSError):  # a full disk costs the owner's name, not the lock
            os.ftruncate(self._file.fileno(), 0)
            os.write(self._file.fileno(), f"{purpose}, pid {os.getpid()}, since {since}\n".encode())

    def _take(self, until: float) -> None:
        """Take the lock of the open file; BlockingIOError when it is held that long."""
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise
            time.sleep(_RETRY_S)

    def release(self) -> None:
        """Give the lock back. Safe to repeat."""
        self._file.close()

    def __enter__(self) -> Self:
        """Return the held lock."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Release the lock, whatever happened inside."""
        self.release()
