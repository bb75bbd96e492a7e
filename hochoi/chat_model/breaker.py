"""Stop calling a service that keeps failing, and try it again from time to time."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Opens after some failures in a row; then lets one call through every `probe_s` seconds.

    Safe to share between threads. Every call that `allows` let through must end in one of
    `succeeded`, `failed` or `abandoned`.
    """

    def __init__(
        self, *, failures: int = 3, probe_s: float = 30.0, clock: Callable[[], float] | None = None
    ) -> None:
        """Start closed.

        Args:
            failures: How many in a row open it, at least 1.
            probe_s: Seconds between two calls while it is open.
            clock: Seconds that never run backwards; `time.monotonic` when None.
        """
        self._most, self._probe_s = failures, probe_s
        self._clock = clock or time.monotonic
        self._failures = 0
        self._next_probe = 0.0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether calls are held back at present."""
        return self._failures >= self._most

    def allows(self) -> bool:
        """Return whether a call may be made now; while open, one caller gets the probe."""
        with self._lock:
            if not self.is_open:
                return True
            now = self._clock()
            if now < self._next_probe:
                return False
            self._next_probe = now + self._probe_s
            return True

    def succeeded(self) -> None:
        """Close it."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Count a failure; at the limit it opens."""
        with self._lock:
            self._failures += 1
            if self.is_open:
                self._next_probe = self._clock() + self._probe_s

    def abandoned(self) -> None:
        """Give back a call that ended neither way; a probe may be made again at once."""
        with self._lock:
            if self.is_open:
                self._next_probe = self._clock()
