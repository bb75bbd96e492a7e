"""Compare our search with what others assemble, on every development set, in one table.

    python -m training.bench_retrieval --data DIR [--minilm MODEL_DIR] [--write docs]

Questions are asked as written and without diacritics. Times are of one processor core's work, so
that a busy machine changes little. Each system works on each set in a process of its own, whose
peak memory is taken. Runs are kept in `--runs`, and `--reuse` takes what is there.
"""

import argparse
import json
import logging
import multiprocessing
import resource
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evaluation.measures import score
from evaluation.runs import Run, read_run, write_run
from evaluation.testset import TestSet, read_testset
from hochoi.settings import SHIPPED, Settings
from hochoi.text import fold
from training.bench_report import Cost, Line, chart, page, with_table
from training.bench_systems import (
    OURS,
    System,
    langchain_minilm,
    ours,
    ours_first_ranking,
    ours_without_vectors,
    publish_corpus,
    segmented_bm25,
    with_reports,
)

logger = logging.getLogger(__name__)

MEASURES = ("Success@1", "Success@5", "Success@10", "RR@10", "nDCG@10")
VISITS = SHIPPED / "corpus" / "testsets" / "visits"  # its documents are the shipped reports
WORDINGS = ("accented", "unaccented")


@dataclass(frozen=True, slots=True)
class Kept:
    """A run, how long its system took to build, and the most memory its process held."""

    run: Run
    build_s: float
    memory_mb: float


@dataclass(frozen=True, slots=True)
class Task:
    """One system on one set, in both wordings."""

    system: str
    set_path: Path
    limit: int | None  # questions; None: all
    minilm: Path | None  # folder of the model that is compared with
    folder: Path  # for the runs

    def path(self, wording: str) -> Path:
        """Return where the run in a wording is kept."""
        return self.folder / f"{self.set_path.name}-{wording}-{self.system}.run"


def unaccented(testset: TestSet) -> TestSet:
    """Return the set with every question typed without diacritics."""
    questions = tuple(replace(q, text=fold(q.text)) for q in testset.questions)
    return replace(testset, questions=questions)


def shortened(testset: TestSet, limit: int | None) -> TestSet:
    """Return the set with its first `limit` judged questions only; None leaves it whole."""
    kept = {q.query_id for q in testset.judged[:limit]}
    questions = tuple(q for q in testset.questions if q.query_id in kept)
    return replace(
        testset, questions=questions, qrels=tuple(q for q in testset.qrels if q.query_id in kept)
    )


def systems(minilm: Path | None, folder: Path) -> dict[str, System]:
    """Return every system by name, in the order of the report.

    Args:
        minilm: Folder of all-MiniLM-L6-v2; None leaves its system out.
        folder: Where the vectors of that model are kept between runs.
    """
    others = {} if minilm is None else {"langchain-chroma-minilm": langchain_minilm(minilm, folder)}
    return others | {
        "bm25-words": segmented_bm25,
        "hochoi-no-vectors": ours_without_vectors,
        "hochoi-first-ranking": ours_first_ranking,
        "hochoi": ours,
    }


def perform(task: Task) -> None:
    """Run one system and keep what it found; meant for a process of its own."""
    testset = shortened(read_testset(task.set_path), task.limit)
    settings = Settings(var=task.folder / "library")
    if not testset.documents:
        publish_corpus(settings)
        if task.system not in OURS:
            testset = with_reports(testset, settings)
    wordings = dict(zip(WORDINGS, (testset, unaccented(testset)), strict=True))
    open_system = systems(task.minilm, task.folder)[task.system]
    with open_system(testset, settings) as built:
        for wording, asked in wordings.items():
            run = built.rank(asked)
            memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            _write(task.path(wording), Kept(run, built.build_s, memory_mb))


def runs(
    testset: TestSet, tasks: Sequence[Task], *, reuse: bool
) -> Iterator[tuple[str, str, Kept]]:
    """Yield system, wording and run; runs that are there are taken with `reuse`."""
    for task in tasks:
        if not (reuse and all(task.path(w).is_file() for w in WORDINGS)):
            fresh = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, mp_context=fresh) as pool:
                pool.submit(perform, task).result()
            logger.info("ran set=%s system=%s", testset.name, task.system)
        for wording in WORDINGS:
            yield task.system, wording, _read(task.path(wording), testset)


def _write(path: Path, kept: Kept) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_run(kept.run, path)
    costs = {
        "build_s": kept.build_s,
        "memory_mb": kept.memory_mb,
        "timings_ms": kept.run.timings_ms,
    }
    path.with_suffix(".json").write_text(json.dumps(costs), encoding="utf-8")


def _read(path: Path, testset: TestSet) -> Kept:
    costs = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    run = replace(read_run(path, testset), timings_ms=tuple(costs["timings_ms"]))
    return Kept(run, costs["build_s"], costs["memory_mb"])


def measure(testset: TestSet, found: Iterator[tuple[str, str, Kept]]) -> list[Line]:
    """Return one line per system and wording."""
    lines = []
    for system, wording, kept in found:
        results = {r.measure: r for r in score(kept.run, testset, MEASURES)}
        cost = Cost(kept.build_s, kept.run.latency, kept.memory_mb)
        lines.append(Line(testset.name, wording, system, results, cost))
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, run, print the page or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with eval/ in BEIR layout")
    parser.add_argument("--minilm", type=Path, help="folder of all-MiniLM-L6-v2, to compare with")
    parser.add_argument("--runs", type=Path, default=Path("var/bench-retrieval"))
    parser.add_argument("--reuse", action="store_true", help="take runs that are there")
    parser.add_argument("--sets", nargs="*", help="names of sets; all when left out")
    parser.add_argument("--systems", nargs="*", help="names of systems; all when left out")
    parser.add_argument("--limit", type=int, help="questions per set; all when left out")
    parser.add_argument("--write", type=Path, metavar="DOCS", help="write page and chart there")
    parser.add_argument(
        "--table", type=Path, metavar="PAGE", help="bring its short table up to date"
    )
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("hochoi").setLevel(logging.WARNING)
    names = list(systems(options.minilm, options.runs))
    lines: list[Line] = []
    folders = sorted(p for p in (options.data / "eval").iterdir() if p.is_dir())
    for folder in [*folders, VISITS]:
        if options.sets and folder.name not in options.sets:
            continue
        testset = shortened(read_testset(folder), options.limit)
        tasks = [
            Task(name, folder, options.limit, options.minilm, options.runs)
            for name in names
            if not options.systems or name in options.systems
        ]
        lines += measure(testset, runs(testset, tasks, reuse=options.reuse))
    command = "python -m training.bench_retrieval --data DIR --minilm MODEL_DIR --write docs"
    text = page(lines, date.today(), command)
    if options.table is not None:
        options.table.write_text(
            with_table(options.table.read_text(encoding="utf-8"), lines, date.today()),
            encoding="utf-8",
        )
    if options.write is None:
        sys.stdout.write(text)
        return
    (options.write / "measurements-retrieval.md").write_text(text, encoding="utf-8")
    (options.write / "images").mkdir(exist_ok=True)
    (options.write / "images" / "retrieval.svg").write_text(chart(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
