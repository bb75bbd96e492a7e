"""What a process that reads foreign files may use: time, memory, no network, no secrets.

Confining is one-way: a process that was confined stays so. Does not start processes.
"""

import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000  # linux/sched.h
_NICENESS = 5  # on a busy machine answers go first, and a file still has its time
_HARD_FACTOR = 6  # an office program that converts a file needs more; it may raise its own limit
_MAX_WRITTEN_BYTES = 2**28  # into one file, for programs that convert
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX")
_NETWORK = frozenset(
    "socket.connect socket.bind socket.sendto socket.sendmsg socket.getaddrinfo".split()
)

_is_confined = False
_scratch: Path | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    seconds: int = 30  # of wall time; `allow_more_time` adds to it
    memory_mb: int = 640  # of address space; about 100 of them are the interpreter and libraries


def confine(limits: Limits, scratch: Path) -> None:
    """Take from this process what reading a file does not need.

    It steps back for other processes. Memory is capped, core dumps are off, the environment keeps
    a few harmless variables, no socket can be connected. Where the system allows it, the process
    also leaves the network altogether, which binds code that is not Python too. A process group
    of its own lets the parent end whatever it started.

    Args:
        limits: What one file may cost.
        scratch: Where temporary files go; made when needed. Whoever started this process removes
            it, for a process that is killed cannot.
    """
    global _is_confined, _scratch
    os.setsid()
    os.nice(_NICENESS)
    memory = limits.memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory * _HARD_FACTOR))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_WRITTEN_BYTES, _MAX_WRITTEN_BYTES))
    kept = harmless_environment()
    os.environ.clear()
    os.environ.update(kept)
    leave_network()
    sys.addaudithook(_refuse_network)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process, even inside C code
    _is_confined, _scratch = True, scratch


def harmless_environment() -> dict[str, str]:
    """Return the variables that this process and the programs it starts may see."""
    return {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}


def scratch_folder() -> Path | None:
    """Return the folder for temporary files, `None` where this process removes its own."""
    if _scratch is not None:
        _scratch.mkdir(mode=0o700, exist_ok=True)
    return _scratch


def leave_network() -> bool:
    """Move this process into an empty network; return whether the system allowed it."""
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    return any(unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWNET | _CLONE_NEWUSER))


def _refuse_network(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError(f"{event} while reading a file")


def start_clock(limits: Limits) -> None:
    """Begin the time of one file; when it is over, the system ends this process."""
    signal.alarm(limits.seconds)


def allow_more_time(seconds: int) -> None:
    """Add to the time of the file being read. Does nothing in a process that is not confined."""
    if _is_confined:
        signal.alarm(signal.alarm(0) + seconds)


def allow_more_memory() -> None:
    """Raise the memory of this process to the most it may have: an office program needs it."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def stop_clock() -> None:
    """End the time of one file."""
    signal.alarm(0)


def peak_memory_mb() -> float:
    """Return the most memory this process ever held, in MB.

    From /proc: `getrusage` counts what the parent held when it started this process.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
