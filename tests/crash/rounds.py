"""`make crash`: kill, fail and damage the library again and again; print what is wrong after each.

Every round forks: the child acts and dies, another child judges. The parent opens nothing.
"""

import argparse
import ctypes
import errno
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import chromadb  # noqa: F401 - loaded once, before the forks

from hochoi import index, lexical, mirror, store
from hochoi.errors import HocHoiError, StoreLockedError
from hochoi.record import database, receipts, shelf
from hochoi.workspace import Purpose
from tests.crash.oracle import KINDS, judge
from tests.crash.readers import round_of_readers, started, write_files
from tests.crash.work import ACTS, Acting, Log, library, read_here

POINTS: tuple[tuple[object, str], ...] = (
    (store, "insert_report"),
    (store, "commit_report"),
    (shelf, "insert_report"),
    (shelf, "commit_report"),
    (shelf, "hide_report"),
    (shelf, "delete_report"),
    (shelf.Shelf, "supersede"),
    (receipts, "insert_original"),
    (receipts.Receipts, "begin"),
    (receipts.Receipts, "advance"),
    (database.Database, "_commit"),
    (lexical, "write_segment"),
    (index, "write_state"),
    (index.ChromaIndex, "add"),
    (index.ChromaIndex, "remove"),
    (index.ChromaIndex, "_apply"),
    (index.ChromaIndex, "_catch_up"),
)
_WRITE, _SYNC, _RENAME = 1, 2, 4
FAULTS = (
    ("write fails once (EIO)", _WRITE, errno.EIO, 0),
    ("disk full (ENOSPC)", _WRITE, errno.ENOSPC, 1),
    ("fsync fails once (EIO)", _SYNC, errno.EIO, 0),
    ("rename fails once (EIO)", _RENAME, errno.EIO, 0),
)


@dataclass(slots=True)
class Tally:
    """What was done in one part, and what was wrong afterwards."""

    name: str
    rounds: int = 0
    effects: int = 0  # rounds in which the kill or the fault struck
    wrong: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, found: list[tuple[str, str]], *, struck: bool) -> None:
        """Count one round."""
        self.rounds += 1
        self.effects += struck
        for kind, words in found:
            self.wrong[kind] += 1
            if len(self.examples) < 5:
                self.examples.append(f"{kind}: {words}")

    def line(self) -> str:
        """Return the row of the table."""
        counts = ", ".join(f"{self.wrong[kind]} {kind}" for kind in KINDS)
        other = sum(n for kind, n in self.wrong.items() if kind not in KINDS)
        return f"{self.name}: {self.rounds} rounds, {self.effects} struck: {counts}, {other} other"


def in_child(act: Callable[[], object], kill_after_s: float | None = None) -> tuple[int, object]:
    """Run something in a forked child; return its wait status and what it returned."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        code = 1
        try:
            result = act()
            os.write(write_end, json.dumps(result).encode()[:60_000])
            code = 0
        except BaseException as exc:
            os.write(write_end, json.dumps(f"{type(exc).__name__}: {exc}").encode()[:60_000])
        finally:
            os._exit(code)
    os.close(write_end)
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(read_end, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(child, 0)
    return status, json.loads(content) if content else None


def judged(var: Path, log: Log) -> list[tuple[str, str]]:
    """Return what a fresh process finds wrong."""
    _, found = in_child(lambda: judge(var, log))
    if not isinstance(found, list):
        return [("failed start", str(found))]
    return [(str(kind), str(words)) for kind, words in found]


def acting(var: Path, log: Log, seed: int, act: str | None) -> Callable[[], object]:
    """Return what a child does: one act, or acts without end."""

    def run() -> object:
        with library(var) as ws:
            actor = Acting(ws, log, seed)
            if act is None:
                actor.go_on()
            else:
                actor.act(act)
        return "finished"

    return run


def filled(folder: Path, reports: int = 6) -> Path:
    """Return a library with some reports, and with a job that was worked off."""
    var = folder / "base"
    log = Log(folder / "base.log")

    def fill() -> object:
        with library(var) as ws:
            actor = Acting(ws, log, 1)
            for _ in range(reports):
                actor.act("ingest")
            actor.act("queue")
        return "filled"

    status, result = in_child(fill)
    if status or result != "filled":
        raise SystemExit(f"the library could not be filled: {result}")
    return var


def copied(base: Path, folder: Path) -> tuple[Path, Log]:
    """Return a fresh copy of a library with what was acknowledged about it."""
    var = folder / "var"
    shutil.rmtree(var, ignore_errors=True)
    shutil.copytree(base, var)
    log = folder / "var.log"
    shutil.copyfile(base.with_suffix(".log"), log)
    return var, Log(log)


def random_kills(base: Path, folder: Path, rounds: int, seed: int) -> Iterator[Tally]:
    """Kill at random moments, always the same library."""
    tally = Tally("SIGKILL at a random moment")
    var, log = copied(base, folder)
    rng = random.Random(seed)
    for n in range(rounds):
        status, _ = in_child(acting(var, log, seed + n, None), rng.uniform(0.02, 1.2))
        tally.add(judged(var, log), struck=os.WIFSIGNALED(status))
    yield tally


def named_kills(base: Path, folder: Path, acts: tuple[str, ...]) -> Iterator[Tally]:
    """Kill before and after every named point of every act."""
    tally = Tally("SIGKILL at a named point")
    for act in acts:
        for owner, name in POINTS:
            # With seed 7 the index on the disk follows in small steps, with 8 in large ones.
            seeds = (7, 8) if owner is index.ChromaIndex else (7,)
            for seed, moment in product(seeds, ("before", "after")):
                var, log = copied(base, folder)
                run = killed_at(acting(var, log, seed, act), owner, name, moment)
                status, _ = in_child(run)
                if os.WIFSIGNALED(status):
                    tally.add(judged(var, log), struck=True)
    yield tally


def killed_at(
    run: Callable[[], object], owner: object, name: str, moment: str
) -> Callable[[], object]:
    """Return `run` with its process killed at the first call of a function."""
    honest = getattr(owner, name)

    def deadly(*args: object, **options: object) -> object:
        if moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = honest(*args, **options)
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    def patched() -> object:
        setattr(owner, name, deadly)  # in the child only
        return run()

    return patched


def faults(base: Path, folder: Path, shim: Path, most: int) -> Iterator[Tally]:
    """Let the first, second, third ... write, fsync or rename of an act fail, until none does."""
    for name, kind, error, sticky in FAULTS:
        tally = Tally(name)
        for act in ("ingest", "replace", "remove", "queue"):
            for nth in range(1, most + 1):
                var, log = copied(base, folder)
                run = failing(acting(var, log, 7, act), shim, (kind, nth, error, sticky), var)
                status, result = in_child(run)
                hits, told = result if isinstance(result, list) else (0, str(result))
                found = judged(var, log)
                if status or (told and not told.startswith("told ")):
                    found.append(("other", f"{act} {nth}: {told} (status {status})"))
                tally.add(found, struck=bool(hits))
                if not hits:
                    break
        yield tally


def failing(
    run: Callable[[], object], shim: Path, fault: tuple[int, int, int, int], var: Path
) -> Callable[[], object]:
    """Return `run` under a fault; it returns how often it struck and which error was told."""

    def armed() -> object:
        library_ = ctypes.CDLL(str(shim))
        library_.fault_arm(*fault, f"{var}/".encode())
        told = ""
        try:
            run()
        except HocHoiError as exc:
            told = f"told {type(exc).__name__}"
        except BaseException as exc:
            told = f"{type(exc).__name__}: {exc}"
        hits = library_.fault_hits()
        library_.fault_arm(0, 0, 0, 0, b"")
        return [hits, told]

    return armed


def damage(base: Path, folder: Path) -> Iterator[Tally]:
    """Delete, cut and change each file of the indexes; a start must repair what it finds."""
    tally = Tally("damaged index file")
    caches = [base / "index", base / "lexical"]
    files = sorted(p.relative_to(base) for c in caches for p in c.rglob("*") if p.is_file())
    for file in files:
        for spoil in ("delete", "cut", "change"):
            var, log = copied(base, folder)
            path = var / file
            content = bytearray(path.read_bytes())
            if spoil == "delete":
                path.unlink()
            elif spoil == "cut":
                path.write_bytes(content[: len(content) // 2])
            else:
                middle = len(content) // 2
                content[middle : middle + 16] = os.urandom(16)[: len(content) - middle]
                path.write_bytes(content)
            tally.add(judged(var, log), struck=True)
    yield tally


def two_writers(base: Path, folder: Path, rounds: int) -> Iterator[Tally]:
    """Let two processes want to write at once: one is told who is there, nothing is harmed."""
    tally = Tally("two writers")
    for n in range(rounds):
        var, log = copied(base, folder)

        def second(var: Path = var) -> object:
            try:
                with library(var, Purpose.WRITE):
                    return "opened"
            except StoreLockedError as exc:
                return exc.owner

        def first(var: Path = var, log: Log = log, n: int = n) -> object:
            with library(var, Purpose.WRITE) as ws:
                _, told = in_child(second)
                ws.store.revision()
            acting(var, log, n, "ingest")()
            return told

        _, told = in_child(first)
        found = judged(var, log)
        if "writing, pid" not in str(told):
            found.append(("other", f"the second was told {told}"))
        tally.add(found, struck=True)
    yield tally


def reader_kills(base: Path, folder: Path, rounds: int, seed: int) -> Iterator[Tally]:
    """Kill a reading process, or its parent, in the middle; then ingest the same files again."""
    write_files(folder / "files")
    rng = random.Random(seed)
    for kills_reader, name in ((True, "a reading process"), (False, "the parent of readers")):
        tally = Tally(f"SIGKILL of {name}")
        for _ in range(rounds):
            var, log = copied(base, folder)
            struck, wrong = round_of_readers(
                var, log.path, folder / "files", rng, kills_reader=kills_reader
            )
            wrong += judged(var, log)
            again = started(var, log.path, folder / "files", folder).wait()
            told = [line[1] for line in log.lines() if line[0] == "refused"]
            reports = {str(line[2]) for line in log.lines() if line[:2] == ["done", "ingest"]}
            if again or len(told) > 1 or set(told) - {"ReaderEndedError"}:
                wrong.append(("other", f"refused because of {told}, again: {again}"))
            if len(reports) < len(list((folder / "files").iterdir())):
                wrong.append(("lost", f"{len(reports)} reports after ingesting again"))
            tally.add(wrong + judged(var, log), struck=struck)
        yield tally


def main() -> int:
    """Run the parts that were asked for; exit 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--reader-kills", type=int, default=25, help="of each kind")
    parser.add_argument("--most-faults", type=int, default=60, help="of one kind and act")
    parser.add_argument("--shim", type=Path, help="the compiled faults.c, also in LD_PRELOAD")
    parser.add_argument(
        "--only", choices=("random", "named", "faults", "damage", "writers", "readers")
    )
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    read_here()
    mirror.CALM_S = 0.0  # nobody waits for the record to be quiet
    started = time.monotonic()
    is_wrong = False
    with TemporaryDirectory(prefix="hochoi-crash-") as name:
        folder = Path(name)
        base = filled(folder)
        parts: dict[str, Callable[[], Iterator[Tally]]] = {
            "random": lambda: random_kills(base, folder, options.kills, options.seed),
            "named": lambda: named_kills(base, folder, ACTS),
            "readers": lambda: reader_kills(base, folder, options.reader_kills, options.seed),
            "damage": lambda: damage(base, folder),
            "writers": lambda: two_writers(base, folder, 5),
        }
        if options.shim is not None:
            shim = options.shim.resolve()
            parts["faults"] = lambda: faults(base, folder, shim, options.most_faults)
        for part, run in parts.items():
            if options.only in (None, part):
                for tally in run():
                    is_wrong |= bool(tally.wrong)
                    sys.stdout.write(tally.line() + "\n")
                    sys.stdout.writelines(f"    {example}\n" for example in tally.examples)
                    sys.stdout.flush()
    sys.stdout.write(f"{time.monotonic() - started:.0f} s\n")
    return 1 if is_wrong else 0


if __name__ == "__main__":
    sys.exit(main())
