"""Compare our search with what others assemble, on every development set, in one table.

    python -m training.bench_retrieval --data DIR [--minilm MODEL_DIR] [--write docs]

Questions are asked as written and without diacritics. Times are of one processor core's work, so
that a busy machine changes little. Runs are kept in `--runs`, and `--reuse` takes what is there.
"""

import argparse
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evaluation.measures import score
from evaluation.runs import Run, read_run, write_run
from evaluation.testset import TestSet, read_testset
from hochoi.settings import Settings
from hochoi.text import fold
from training.bench_report import Line, chart, page
from training.bench_systems import (
    System,
    langchain_minilm,
    ours,
    ours_first_ranking,
    ours_without_vectors,
    segmented_bm25,
)

logger = logging.getLogger(__name__)

MEASURES = ("Success@1", "Success@5", "Success@10", "RR@10", "nDCG@10")
WORDINGS = ("accented", "unaccented")


@dataclass(frozen=True, slots=True)
class Kept:
    """A run and how long its system took to build."""

    run: Run
    build_s: float


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


def runs(
    testset: TestSet, systems: dict[str, System], settings: Settings, folder: Path, *, reuse: bool
) -> Iterator[tuple[str, str, Kept]]:
    """Yield system, wording and run, building each system once for both wordings."""
    wordings = dict(zip(WORDINGS, (testset, unaccented(testset)), strict=True))
    for name, open_system in systems.items():
        paths = {w: folder / f"{testset.name}-{w}-{name}.run" for w in WORDINGS}
        if reuse and all(path.is_file() for path in paths.values()):
            for wording, path in paths.items():
                yield name, wording, _read(path, testset)
            continue
        with open_system(testset, settings) as built:
            for wording, path in paths.items():
                kept = Kept(built.rank(wordings[wording]), built.build_s)
                _write(path, kept)
                logger.info("ran set=%s wording=%s system=%s", testset.name, wording, name)
                yield name, wording, kept


def _write(path: Path, kept: Kept) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_run(kept.run, path)
    times = {"build_s": kept.build_s, "timings_ms": kept.run.timings_ms}
    path.with_suffix(".json").write_text(json.dumps(times), encoding="utf-8")


def _read(path: Path, testset: TestSet) -> Kept:
    times = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    run = replace(read_run(path, testset), timings_ms=tuple(times["timings_ms"]))
    return Kept(run, times["build_s"])


def measure(testset: TestSet, found: Iterator[tuple[str, str, Kept]]) -> list[Line]:
    """Return one line per system and wording."""
    lines = []
    for system, wording, kept in found:
        results = {r.measure: r for r in score(kept.run, testset, MEASURES)}
        lines.append(Line(testset.name, wording, system, results, kept.build_s, kept.run.latency))
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, run, print the page or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with eval/ in BEIR layout")
    parser.add_argument("--minilm", type=Path, help="folder of all-MiniLM-L6-v2, to compare with")
    parser.add_argument("--runs", type=Path, default=Path("var/bench-retrieval"))
    parser.add_argument("--reuse", action="store_true", help="take runs that are there")
    parser.add_argument("--sets", nargs="*", help="names of sets; all when left out")
    parser.add_argument("--limit", type=int, help="questions per set; all when left out")
    parser.add_argument("--write", type=Path, metavar="DOCS", help="write page and chart there")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("hochoi").setLevel(logging.WARNING)
    settings = Settings(var=options.runs)
    systems: dict[str, System] = {
        "bm25-words": segmented_bm25,
        "hochoi-no-vectors": ours_without_vectors,
        "hochoi-first-ranking": ours_first_ranking,
        "hochoi": ours,
    }
    if options.minilm is not None:
        systems = {
            "langchain-chroma-minilm": langchain_minilm(options.minilm, options.runs)
        } | systems
    lines: list[Line] = []
    for folder in sorted(p for p in (options.data / "eval").iterdir() if p.is_dir()):
        if options.sets and folder.name not in options.sets:
            continue
        testset = shortened(read_testset(folder), options.limit)
        found = runs(testset, systems, settings, options.runs, reuse=options.reuse)
        lines += measure(testset, found)
    command = "python -m training.bench_retrieval --data DIR --minilm MODEL_DIR --write docs"
    text = page(lines, date.today(), command)
    if options.write is None:
        sys.stdout.write(text)
        return
    (options.write / "measurements-retrieval.md").write_text(text, encoding="utf-8")
    (options.write / "images").mkdir(exist_ok=True)
    (options.write / "images" / "retrieval.svg").write_text(chart(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
