"""Ingest rate, start-up, answering time and memory of the product at a given size.

    python -m benchmarks.product [--passages 10000] [--questions 300] [--no-page]

Runs in a temporary data directory; prints a Markdown table. Each step that a user would start
as a process of its own is measured in one of its own.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from hochoi.settings import SHIPPED, load_settings
from hochoi.store import Store


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--no-page", action="store_true", help="leave the browser out")
    parser.add_argument("--step", choices=["ingest", "ask"], help=argparse.SUPPRESS)
    parser.add_argument("--var", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step == "ingest":
        _ingest(options.var, options.passages)
    elif options.step == "ask":
        _ask(options.var, options.questions)
    else:
        _all(options.passages, options.questions, with_page=not options.no_page)


def _all(passages: int, questions: int, *, with_page: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="hochoi-bench-") as folder:
        rows = _child("ingest", folder, passages, questions)
        rows += _child("ask", folder, passages, questions)
        for name, command in (
            ("`hochoi --help`", ["--help"]),
            ("`hochoi ask`, cold", ["ask", "Trưởng đoàn Cà Mau là ai?", "--var", folder]),
        ):
            started = time.perf_counter()
            subprocess.run([_hochoi(), *command], capture_output=True, check=True)
            rows.append([name, f"{time.perf_counter() - started:.2f} s"])
        if with_page:
            rows += _page(Path(folder))
    print("| what | measured |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


def _hochoi() -> str:
    return str(Path(sys.executable).with_name("hochoi"))


def _child(step: str, folder: str, passages: int, questions: int) -> list[list[str]]:
    sizes = ["--passages", str(passages), "--questions", str(questions)]
    command = [sys.executable, "-m", "benchmarks.product", "--step", step, "--var", folder, *sizes]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=SHIPPED)
    found: list[list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _ingest(var: Path, passages: int) -> None:
    from benchmarks.filling import ingest_files
    from hochoi.workspace import Purpose, open_workspace

    with open_workspace(load_settings(var, {}), Purpose.WRITE) as ws:
        filled = ingest_files(ws, passages)
        closed = time.perf_counter()
    rows = [
        ["reports, passages", f"{filled.reports:,}, {filled.passages:,}"],
        ["read, describe, embed, publish", f"{filled.rate:,.0f} passages/s"],
        ["indexes made from the record", f"{time.perf_counter() - closed:.1f} s"],
    ]
    print(json.dumps(rows))


def _page(var: Path) -> list[list[str]]:
    from benchmarks.page_load import page_times

    with closing(Store(load_settings(var, {}).database_path)) as store:
        titles = [r.title for r in islice(store.reports(), 5)]
    times = page_times(var, [_question(title) for title in titles])
    return [
        ["page, first paint", f"{times.first_paint:.0f} ms"],
        ["page, ready for a question", f"{times.ready:.0f} ms"],
        ["page, question shown after the key", f"{times.echo:.0f} ms"],
        ["page, answer shown after the key", f"{times.answer:.0f} ms"],
    ]


def _ask(var: Path, questions: int) -> None:
    from hochoi.answering import answer
    from hochoi.workspace import Purpose, open_workspace

    settings = load_settings(var, {})
    started = time.perf_counter()
    with open_workspace(settings, Purpose.SERVE) as ws:
        reports = list(ws.reports.values())
        step = max(1, len(reports) // questions)
        texts = [_question(r.title) for r in reports[::step]][:questions]
        answer(ws, texts[0])
        first = time.perf_counter() - started
        timings = [dict(answer(ws, text).timings_ms) for text in texts]
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [
        ["open to the first answer", f"{first:.1f} s"],
        *[
            [f"{name}, p50 / p95", _spread([t[name] for t in timings])]
            for name in ("understand", "search", "answer", "total")
        ],
        ["peak resident memory", f"{peak_mb:,.0f} MB"],
    ]
    print(json.dumps(rows))


def _question(title: str) -> str:
    words = title.split(" lần ")[0]
    return f"Ai làm trưởng đoàn trong buổi: {words}?"


def _spread(values: Sequence[float]) -> str:
    quantiles = statistics.quantiles(values, n=20)
    return f"{statistics.median(values):.1f} / {quantiles[18]:.1f} ms"


if __name__ == "__main__":
    main()
