"""Locks between processes, held as long as the object lives. They say who holds them."""

import fcntl
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from hochoi.errors import StoreLockedError, StoreUnwritableError


class ProcessLock:
    """An exclusive lock on a file; the file names its owner in words.

    The kernel releases it when the process ends, however it ends, so a lock is never stale.
    """

    def __init__(self, path: Path, purpose: str) -> None:
        """Take the lock at once.

        Args:
            path: The lock file; its folder is created.
            purpose: What the owner does, in English, for the message of the loser.

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
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
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
