"""How ingesting, start, search and memory grow with the library.

    python -m benchmarks.scale [--sizes 10000 50000 200000] [--var DIR] [--chart FILE]

One data directory grows from size to size; each step runs in a process of its own, as a user
would start it. Prints a Markdown table, and draws a chart when a file is named.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from evaluation.charts import Panel, draw
from hochoi.settings import SHIPPED, load_settings

SIZES = (10_000, 50_000, 200_000)
_INGESTED_AS_FILES = 10_000  # passages; the rest of a large record is filled quickly
_QUESTIONS = 200
_RECALL_QUESTIONS = 100

Row = dict[str, float]
T = TypeVar("T")


def main() -> None:
    """Measure each size, print the table, draw the chart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--var", type=Path, help="a data directory that is kept, with its state")
    parser.add_argument("--chart", type=Path)
    parser.add_argument("--step", choices=list(_STEPS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        sys.stdout.write(json.dumps(_STEPS[options.step](options.var, options.sizes[0])) + "\n")
        return
    with tempfile.TemporaryDirectory(prefix="hochoi-scale-") as folder:
        rows = [_measured(options.var or Path(folder), size) for size in sorted(options.sizes)]
    print(_table(rows))
    if options.chart:
        options.chart.write_text(_chart(rows), encoding="utf-8")


def _measured(var: Path, size: int) -> Row:
    row: Row = {}
    for step in _STEPS:
        command = [sys.executable, "-m", "benchmarks.scale", "--step", step, "--var", str(var)]
        done = subprocess.run(
            [*command, "--sizes", str(size)], stdout=subprocess.PIPE, text=True, check=True,
            cwd=SHIPPED,
        )  # fmt: skip
        row |= json.loads(done.stdout.splitlines()[-1])
        sys.stderr.write(f"{size} {step} done\n")
    return row


def _fill(var: Path, size: int) -> Row:
    """Bring the record to `size` passages; nothing is indexed yet."""
    from benchmarks.filling import fill_quickly, ingest_files
    from hochoi.workspace import Purpose, open_workspace

    with open_workspace(load_settings(var, {}), Purpose.READ) as ws:
        present = sum(c.passages for c in ws.store.commits())
        row: Row = {}
        if not present:
            filled = ingest_files(ws, min(size, _INGESTED_AS_FILES))
            present, row = filled.passages, {"ingest_rate": filled.rate}
        if present < size:
            filled = fill_quickly(ws, len(ws.store.commits()), size - present)
            present += filled.passages
        reports = len(ws.store.commits())
    record_mb = (var / "library.sqlite3").stat().st_size / 2**20
    return {**row, "passages": present, "reports": reports, "record_mb": record_mb}


def _index(var: Path, size: int) -> Row:
    """Make the indexes of what is not in them yet, then only open and close them."""
    from hochoi.workspace import Purpose, open_workspace

    started = time.perf_counter()
    with open_workspace(load_settings(var, {}), Purpose.SERVE):
        pass
    built = time.perf_counter() - started
    lexical_mb = _folder_mb(var / "lexical")
    return {"build_s": built, "lexical_mb": lexical_mb, "vectors_mb": _folder_mb(var / "index"),
            "build_peak_mb": _peak_mb()}  # fmt: skip


def _ask(var: Path, size: int) -> Row:
    """Open as the server does, ask, search, and compare Chroma with exact search."""
    from hochoi.answering import answer
    from hochoi.retrieval import prepare, retrieve
    from hochoi.types import Filters
    from hochoi.workspace import Purpose, open_workspace

    started = time.perf_counter()
    with open_workspace(load_settings(var, {}), Purpose.SERVE) as ws:
        step = max(1, len(ws.reports) // _QUESTIONS)
        titles = [r.title for r in islice(ws.reports.values(), 0, None, step)][:_QUESTIONS]
        questions = [f"Ai làm trưởng đoàn trong buổi: {t.split(' lần ')[0]}?" for t in titles]
        answer(ws, questions[0])
        row: Row = {"start_s": time.perf_counter() - started}
        row |= _spread("answer", _timed(lambda q: answer(ws, q), questions))
        queries = [prepare(q, Filters(), ws) for q in questions]
        row |= _spread("retrieve", _timed(lambda q: retrieve(ws, q, 10), queries))
        texts = [q.search_text for q in queries]
        row |= _spread("lexical", _timed(lambda t: ws.lexical.search(t, 100), texts))
        vectors = [ws.encoder.encode_query(q) for q in questions[:_RECALL_QUESTIONS]]
        row |= _spread("chroma", _timed(lambda v: ws.nearest(v, 100), vectors))
        row |= _spread("exact", _timed(lambda v: ws.exact.search(v, 100), vectors))
        shares = []
        for vector in vectors:
            wanted = {i for i, _ in ws.exact.search(vector, 10)}
            shares.append(len(wanted & {i for i, _ in ws.nearest(vector, 10)}) / len(wanted))
        row["recall"] = statistics.fmean(shares)
        row["memory_mb"] = _peak_mb()
    return row


_STEPS: dict[str, Callable[[Path, int], Row]] = {"fill": _fill, "index": _index, "ask": _ask}


def _timed(work: Callable[[T], object], items: Sequence[T]) -> list[float]:
    """Return how long the work on each item takes, in milliseconds."""
    times = []
    for item in items:
        started = time.perf_counter()
        work(item)
        times.append((time.perf_counter() - started) * 1000)
    return times


def _spread(name: str, values: Sequence[float]) -> Row:
    return {
        f"{name}_p50": statistics.median(values),
        f"{name}_p95": statistics.quantiles(values, n=20)[18],
    }


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _folder_mb(folder: Path) -> float:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 2**20


_LINES = (
    ("passages", "{passages:,.0f}"),
    ("reports", "{reports:,.0f}"),
    ("ingest of text files, passages/s", "{ingest_rate:,.0f}"),
    ("indexes made or extended, s", "{build_s:.1f}"),
    ("peak memory while doing so, MB", "{build_peak_mb:,.0f}"),
    ("record / keyword index / vector index, MB", "{record_mb:,.0f} / {lexical_mb:,.0f} /"
     " {vectors_mb:,.0f}"),
    ("start to the first answer, s", "{start_s:.1f}"),
    ("question to full answer, ms, p50 / p95", "{answer_p50:.0f} / {answer_p95:.0f}"),
    ("retrieval, ms, p50 / p95", "{retrieve_p50:.0f} / {retrieve_p95:.0f}"),
    ("keyword search, ms, p50 / p95", "{lexical_p50:.1f} / {lexical_p95:.1f}"),
    ("Chroma search, ms, p50 / p95", "{chroma_p50:.1f} / {chroma_p95:.1f}"),
    ("exact vector search, ms, p50 / p95", "{exact_p50:.1f} / {exact_p95:.1f}"),
    ("recall@10 of Chroma against exact search", "{recall:.3f}"),
    ("peak memory of the serving process, MB", "{memory_mb:,.0f}"),
)  # fmt: skip


def _table(rows: Sequence[Row]) -> str:
    lines = ["| what |" + " |" * len(rows), "|---|" + "---|" * len(rows)]
    for name, form in _LINES:
        cells = [form.format(**row) if _knows(form, row) else "" for row in rows]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _knows(form: str, row: Row) -> bool:
    return all(part.split(":")[0].split("}")[0] in row for part in form.split("{")[1:])


def _chart(rows: Sequence[Row]) -> str:
    sizes = [row["passages"] for row in rows]
    kinds = (
        ("Milliseconds to a full answer", {"p50": "answer_p50", "p95": "answer_p95"}),
        ("Milliseconds of search", {"keyword p95": "lexical_p95", "Chroma p95": "chroma_p95",
                                    "whole p95": "retrieve_p95"}),
        ("Seconds to the first answer", {"start": "start_s"}),
        ("Memory in MB", {"serving": "memory_mb"}),
    )  # fmt: skip
    return draw(
        [
            Panel(
                title,
                {
                    name: list(zip(sizes, [row[key] for row in rows], strict=True))
                    for name, key in lines.items()
                },
                [(size, f"{size / 1000:,.0f}k") for size in sizes],
            )
            for title, lines in kinds
        ]
    )


if __name__ == "__main__":
    main()
