"""Reading processes in the rounds of `make crash`: one is killed, or who waits for them is.

    python -m tests.crash.readers VAR LOG FOLDER

ingests a folder as `hochoi ingest` does and says what became of each file. A module of its own,
because reading processes import the main module once more, within little memory.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FILES = 10
_PARAGRAPHS = 400  # of a file: reading it takes a good part of a second
_WAIT_S = 60

Problems = list[tuple[str, str]]


def write_files(folder: Path) -> None:
    """Write long reports, as text and as pages in turn."""
    from tests.crash.work import text

    folder.mkdir()
    for number in range(_FILES):
        title, lead, *parts = text(500_000 + number).split("\n\n")
        body = [f"{parts[n % len(parts)]} Lần {n}." for n in range(_PARAGRAPHS)]
        if number % 2:
            lines = "".join(f"<p>{line}</p>" for line in (lead, *body))
            content = f"<html><body><h1>{title}</h1>{lines}</body></html>"
        else:
            content = "\n\n".join([title, lead, *body])
        (folder / f"{number}.{'html' if number % 2 else 'txt'}").write_text(content, "utf-8")


def ingest(var: Path, log_path: Path, folder: Path) -> None:
    """Ingest a folder, saying of each file that it is safe, or why not."""
    from ingest.intake import IngestStatus
    from ingest.pipeline import ingest_paths, source_paths
    from tests.crash.work import Log, library

    log = Log(log_path)
    with library(var) as ws:
        log.say("begin", "ingest")
        for result in ingest_paths(ws, source_paths([folder])):
            if result.status is IngestStatus.REFUSED:
                log.say("refused", type(result.error).__name__)
            else:
                log.say("done", "ingest", result.report_id)


def readers_of(pid: int) -> list[int]:
    """Return the reading processes that a process has started."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in path.read_text().split() if _is_reader(child)]
    return found


def _is_reader(pid: str) -> bool:
    with suppress(OSError):
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def started(var: Path, log: Path, folder: Path, scratch: Path) -> "subprocess.Popen[bytes]":
    """Start a process that ingests a folder and keeps its temporary files in `scratch`."""
    command = [sys.executable, "-m", "tests.crash.readers", *map(str, (var, log, folder))]
    environment = {**os.environ, "TMPDIR": str(scratch)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)


def round_of_readers(
    var: Path, log: Path, files: Path, rng: random.Random, *, kills_reader: bool
) -> tuple[bool, Problems]:
    """Kill in the middle of reading; return whether that struck, and what was wrong after it."""
    scratch = var.with_name("scratch")
    scratch.mkdir(exist_ok=True)
    process = started(var, log, files, scratch)
    readers = list(_waited_for(process))
    time.sleep(rng.uniform(0.0, 1.5))
    struck = process.poll() is None and bool(readers)
    victim = rng.choice(readers) if kills_reader and readers else process.pid
    with suppress(ProcessLookupError):
        os.kill(victim, signal.SIGKILL)
    try:
        code = process.wait(_WAIT_S * 2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return struck, [("other", "it waits for a reading process that has ended")]
    wrong = _left_behind(readers, scratch)
    if kills_reader and code != 0:
        wrong.append(("other", f"the death of a reading process ended its parent with {code}"))
    return struck, wrong


def _waited_for(process: "subprocess.Popen[bytes]") -> Iterator[int]:
    until = time.monotonic() + _WAIT_S
    while process.poll() is None and time.monotonic() < until:
        found = readers_of(process.pid)
        if found:
            yield from found
            return
        time.sleep(0.01)


def _left_behind(readers: list[int], scratch: Path) -> Problems:
    """Return what outlives its parent: processes, temporary files."""
    until = time.monotonic() + _WAIT_S
    while time.monotonic() < until:
        alive = [pid for pid in readers if _is_reader(str(pid))]
        left = sorted(path.name for path in scratch.glob("hochoi-reading-*"))
        if not alive and not left:
            return []
        time.sleep(0.05)
    return [("other", f"left behind: processes {alive}, files {left}")]


if __name__ == "__main__":
    ingest(*map(Path, sys.argv[1:4]))
