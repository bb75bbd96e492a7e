"""Many people at once, while reports are ingested: how long answers and pages take, what fails.

    python -m benchmarks.load [--seconds 300] [--users 30] [--pause 5] [--passages 10000]

Serves the corpus and generated reports from a temporary data directory on loopback. Every person
is a browser of its own without the drawing: the page, its start, questions through the queue of
the user interface library, follow-ups, reports, visits. Between two deeds a person reads, for
`--pause` seconds on average. Ends by itself, with exit code 1 if anything failed.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import httpx

from benchmarks.ask_client import AskClient, EventFailedError, Seen
from benchmarks.generated_reports import generated_reports
from hochoi.settings import SHIPPED, load_settings
from hochoi.store import Store

_SLOWEST_S = 60.0  # what takes longer counts as failed
_BATCH = 100  # reports of one ingest beside the questions
_QUESTIONS = SHIPPED / "corpus" / "testsets" / "visits" / "queries.jsonl"


@dataclass
class Tally:
    """What all people saw together; safe to write to from every thread."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    outcomes: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, what: str, ms: float) -> None:
        """Note how long one deed took."""
        with self._lock:
            self.times[what].append(ms)

    def failed(self, what: str, why: str) -> None:
        """Note a deed that failed."""
        with self._lock:
            self.errors[f"{what}: {why[:160]}"] += 1

    def ended(self, outcome: str) -> None:
        """Note how a question ended."""
        with self._lock:
            self.outcomes[outcome] += 1


class Somebody:
    """One person at one browser."""

    def __init__(self, address: str, questions: list[str], tally: Tally, seed: int) -> None:
        """Open nothing yet."""
        # Idle connections are given up before the server does it, as a browser would ask again.
        limits = httpx.Limits(keepalive_expiry=2.0)
        self._http = httpx.Client(base_url=address, timeout=_SLOWEST_S, limits=limits)
        self._questions, self._tally, self._rng = questions, tally, random.Random(seed)
        self._page: AskClient | None = None
        self._last: Seen | None = None

    def work(self, until: float, pause_s: float) -> None:
        """Do one thing after another until the time is over."""
        time.sleep(self._rng.uniform(0, min(2.0, pause_s + 0.5)))  # not all in the same instant
        while time.monotonic() < until:
            deed = self._next()
            try:
                getattr(self, f"_{deed}")()
            except (httpx.HTTPError, EventFailedError) as exc:
                self._tally.failed(deed, f"{type(exc).__name__} {exc}")
                self._page = None
            time.sleep(self._rng.uniform(0.5, 1.5) * pause_s)
        self._http.close()

    def _next(self) -> str:
        if self._page is None:
            return "open"
        deeds = {"ask": 10, "visits": 2, "conversations": 1, "open": 1}
        if self._last is not None and self._last.reports:
            deeds["read"] = 4
        return self._rng.choices(list(deeds), list(deeds.values()))[0]

    def _get(self, what: str, path: str) -> httpx.Response:
        began = time.perf_counter()
        response = self._http.get(path, headers={"accept": "text/html"})
        if response.status_code != 200:
            raise EventFailedError(f"{path} {response.status_code}")
        self._tally.took(what, (time.perf_counter() - began) * 1000)
        return response

    def _open(self) -> None:
        self._get("ask page", "/")
        page = AskClient(self._http, self._http.get("/config").json())
        self._tally.took("ask page, its start", page.opened().total_ms)
        self._page, self._last = page, None

    def _ask(self) -> None:
        assert self._page is not None
        seen = self._page.ask(self._rng.choice(self._questions))
        if not seen.outcomes or seen.problem is not None:
            raise EventFailedError(f"no answer, {seen.problem}")
        self._tally.took("question, first sign", seen.first_ms)
        self._tally.took("question, whole answer", seen.total_ms)
        self._tally.ended(seen.outcomes[-1])
        self._last = seen
        self._tally.took("questions to go on with", self._page.followed().total_ms)

    def _read(self) -> None:
        assert self._last is not None
        self._get("report", self._rng.choice(self._last.reports))

    def _visits(self) -> None:
        self._get("visits", f"/visits?year={self._rng.randint(2018, 2025)}")

    def _conversations(self) -> None:
        self._get("conversations", "/conversations")


def main() -> int:
    """Fill, serve, let people in, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--users", type=int, default=30)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds of reading, on average")
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--step", choices=["fill"], help=argparse.SUPPRESS)
    parser.add_argument("--var", type=Path, help="a filled data directory; reports are added to it")
    options = parser.parse_args()
    if options.step == "fill":
        _fill(options.var, options.passages)
        return 0
    with tempfile.TemporaryDirectory(prefix="hochoi-load-") as name:
        var = options.var or Path(name) / "var"
        if options.var is None:
            command = ["--step", "fill", "--var", str(var), "--passages", str(options.passages)]
            step = [sys.executable, "-m", "benchmarks.load", *command]
            subprocess.run(step, check=True, cwd=SHIPPED)
        tally = Tally()
        with _served(var, tally) as (address, pid):
            _let_in(address, _questions(var), var, tally, options)
            peak_mb = _peak_mb(pid)
    _print(tally, options, peak_mb)
    return 1 if tally.errors else 0


def _fill(var: Path, passages: int) -> None:
    from benchmarks.filling import fill_quickly
    from hochoi.workspace import Purpose, open_workspace
    from ingest.files import source_paths
    from ingest.pipeline import ingest_paths

    with open_workspace(load_settings(var, {}), Purpose.WRITE) as ws:
        corpus = list(ingest_paths(ws, source_paths([SHIPPED / "corpus" / "reports"])))
        there = sum(result.passages for result in corpus)
        filled = fill_quickly(ws, 0, passages - there)
    print(f"{len(corpus) + filled.reports:,} reports, {there + filled.passages:,} passages")


def _questions(var: Path) -> list[str]:
    """Return the questions of the test set of visits, and as many about generated reports."""
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    texts = [str(json.loads(line)["text"]) for line in lines]
    with closing(Store(load_settings(var, {}).database_path)) as store:
        titles = [r.title.split(" lần ")[0] for r in store.reports() if " lần " in r.title]
    step = max(1, len(titles) // len(texts))
    return texts + [f"Ai làm trưởng đoàn trong buổi: {title}?" for title in titles[::step]]


@contextmanager
def _served(var: Path, tally: Tally) -> Iterator[tuple[str, int]]:
    """Serve; what the server writes to standard error counts as failed."""
    with tempfile.TemporaryFile("w+") as errors:
        command = [sys.executable, "app.py", "serve", "--var", str(var), "--port", "0"]
        server = subprocess.Popen(
            command, cwd=SHIPPED, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            if not address.startswith("http://"):
                raise RuntimeError(f"the server did not start: {address}")
            yield address, server.pid
            if server.poll() is not None:
                tally.failed("server", f"ended with {server.returncode}")
        finally:
            server.terminate()
            server.wait(30)
            errors.seek(0)
            for line in errors.read().splitlines():
                if "Traceback" in line or "ERROR" in line:
                    tally.failed("server", line)


def _let_in(
    address: str, questions: list[str], var: Path, tally: Tally, options: argparse.Namespace
) -> None:
    """Let everybody work until the time is over, with a command that ingests beside them."""
    until = time.monotonic() + options.seconds
    people = [Somebody(address, questions, tally, seed) for seed in range(options.users)]
    threads = [threading.Thread(target=p.work, args=(until, options.pause)) for p in people]
    threads.append(threading.Thread(target=_ingest, args=(var, tally, until)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _ingest(var: Path, tally: Tally, until: float) -> None:
    """Ingest files of new reports, a command for each batch, until the time is over."""
    with closing(Store(load_settings(var, {}).database_path)) as store:
        sources = generated_reports(10**6, seed=2 + len(store.commits()))  # none is there already
    program = "import sys; from ui.cli import main; sys.exit(main(sys.argv[1:]))"
    while time.monotonic() < until:
        with tempfile.TemporaryDirectory(prefix="hochoi-load-files-") as folder:
            for source in islice(sources, _BATCH):
                (Path(folder) / source.name).write_bytes(source.content)
            command = [sys.executable, "-c", program, "--var", str(var), "ingest", folder]
            began = time.perf_counter()
            done = subprocess.run(command, capture_output=True, text=True, cwd=SHIPPED)
        if done.returncode != 0:
            tally.failed("ingest", done.stderr[-160:])
            return
        tally.took(f"ingest of {_BATCH} reports", (time.perf_counter() - began) * 1000)


def _peak_mb(pid: int) -> float:
    """Return the most memory that a process has held."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _print(tally: Tally, options: argparse.Namespace, peak_mb: float) -> None:
    print(f"{options.users} users, {options.seconds} s, pause {options.pause} s on average")
    print("| what | times | p50 | p95 | longest |\n|---|---|---|---|---|")
    for what, values in sorted(tally.times.items()):
        p95 = (
            statistics.quantiles(values, n=20, method="inclusive")[18]
            if len(values) > 1
            else values[0]
        )
        figures = (statistics.median(values), p95, max(values))
        cells = " | ".join(f"{ms:,.0f} ms" for ms in figures)
        print(f"| {what} | {len(values):,} | {cells} |")
    print("outcomes:", ", ".join(f"{name} {n:,}" for name, n in tally.outcomes.most_common()))
    print(f"server, peak resident memory: {peak_mb:,.0f} MB")
    print(f"errors: {sum(tally.errors.values())}")
    for error, n in tally.errors.most_common():
        print(f"  {n} x {error}")


if __name__ == "__main__":
    sys.exit(main())
