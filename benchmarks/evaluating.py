"""Evaluate a set of 50,000 questions, killed on the way: `python -m benchmarks.evaluating`.

The shipped corpus is published in a directory of its own. Each question is a run of words from a
report, judged for that report, so only retrieval is evaluated, without the re-ranker: what is
measured is the evaluation. `hochoi evaluate` is killed with SIGKILL after a fifth of the questions
and called again; then the evaluators' pages and files are made as the server makes them. Prints a
table; exits 1 when a row was lost or made twice.
"""

import argparse
import json
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.archive import Archive, Head, State
from evaluation.report import rows_csv
from evaluation.rows import Row
from evaluation.testset import read_testset
from hochoi.language.tokens import syllables
from hochoi.people.database import PeopleDatabase
from hochoi.people.person import NOBODY
from hochoi.settings import SHIPPED, load_settings
from hochoi.workspace import Purpose, open_workspace
from ui.evaluate.desk import desk_of
from ui.evaluate.frame import Reader
from ui.evaluate.pages import compare_page, evaluation_page, question_page, start_page
from ui.evaluate.report_file import report_file
from ui.wording import Language

SEED = 1
WORDS = (4, 12)  # of a question
READER = Reader(NOBODY, Language.VI, "token")


def main() -> int:
    """Run the whole benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=50_000)
    wanted = parser.parse_args()
    with TemporaryDirectory(prefix="hochoi-evaluating-") as folder:
        var, testset = Path(folder) / "var", Path(folder) / "many"
        var.mkdir()
        (var / "settings.toml").write_text('reranker = "none"\n', encoding="utf-8")
        _hochoi(var, "ingest", str(SHIPPED / "corpus" / "reports")).communicate()
        _write_set(var, testset, wanted.questions)
        is_whole = _killed_and_gone_on(var, testset, wanted.questions)
        _pages(var)
    return 0 if is_whole else 1


def _hochoi(var: Path, *arguments: str) -> "subprocess.Popen[str]":
    program = "import sys; from ui.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, "--var", str(var), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _say(what: str, found: str) -> None:
    sys.stdout.write(f"{what:58s} {found}\n")
    sys.stdout.flush()


def _write_set(var: Path, folder: Path, questions: int) -> None:
    """Write the test set; the same seed gives the same questions."""
    random_words = random.Random(SEED)
    with open_workspace(load_settings(var, {}), Purpose.READ) as ws:
        texts = [(report.file_name, syllables(report.text)) for report in ws.reports.values()]
    texts = [(name, words) for name, words in sorted(texts) if len(words) > WORDS[1]]
    queries, qrels = [], ["query-id\tcorpus-id\tscore"]
    for number in range(questions):
        name, words = texts[number % len(texts)]
        count = random_words.randint(*WORDS)
        start = random_words.randrange(len(words) - count)
        text = " ".join(words[start : start + count])
        queries.append(json.dumps({"_id": f"q{number}", "text": text}, ensure_ascii=False))
        qrels.append(f"q{number}\t{name}\t1")
    (folder / "qrels").mkdir(parents=True)
    (folder / "queries.jsonl").write_text("\n".join(queries) + "\n", encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("\n".join(qrels) + "\n", encoding="utf-8")
    begun = time.perf_counter()
    read_testset(folder)
    _say("questions, reading their test set", f"{questions:,}, {time.perf_counter() - begun:.1f} s")


def _killed_and_gone_on(var: Path, testset: Path, questions: int) -> bool:
    archive = Archive(var / "evaluations")
    begun = time.perf_counter()
    first = _hochoi(var, "evaluate", str(testset), "--json")
    while not (heads := archive.heads()) or heads[0].done < questions // 5:
        if first.poll() is not None:
            raise RuntimeError("the evaluation ended before it could be killed")
        time.sleep(0.2)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    kept = archive.heads()[0]
    rows = archive.rows(kept.evaluation_id)
    _say("killed with SIGKILL after rows, state", f"{len(rows):,}, {kept.state.value}")
    again = time.perf_counter()
    second = _hochoi(var, "evaluate", str(testset), "--json")
    while archive.head(kept.evaluation_id).done <= len(rows) and second.poll() is None:
        time.sleep(0.05)
    _say("called again, first new row after", f"{time.perf_counter() - again:.1f} s")
    printed, _ = second.communicate()
    memory_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    taken = time.perf_counter() - begun
    done = archive.head(kept.evaluation_id)
    ids = [row.query_id for row in archive.rows(kept.evaluation_id)]
    is_whole = done.state is State.DONE and sorted(ids) == sorted(f"q{n}" for n in range(questions))
    _say("whole evaluation, questions per second", f"{taken:.0f} s, {questions / taken:.0f}")
    _say("rows lost or made twice", "none" if is_whole else "SOME")
    _say("most memory of a command", f"{memory_mb:.0f} MB")
    _say("what --json prints", f"{len(printed) / 2**20:.1f} MB")
    for name in ("rows.jsonl", "run.trec"):
        size = archive.file(kept.evaluation_id, name).stat().st_size
        _say(name, f"{size / 2**20:.0f} MB")
    return is_whole


def _pages(var: Path) -> None:
    settings = load_settings(var, {})
    with (
        open_workspace(settings, Purpose.READ) as ws,
        PeopleDatabase(var / "people.sqlite3") as people,
    ):
        desk = desk_of(ws, people)
        archive = desk.archive
        evaluation_id = archive.heads()[0].evaluation_id

        def read() -> tuple[Head, tuple[Row, ...]]:
            return archive.head(evaluation_id), archive.rows(evaluation_id)

        def whole() -> str:
            return evaluation_page(desk, archive.head(evaluation_id), READER)

        _timed("start page, first time", lambda: start_page(desk, READER))
        _timed("start page, again", lambda: start_page(desk, READER))
        _timed("page of the evaluation, first time", whole)
        _timed("page of the evaluation, again", whole)
        last = read()[1][-1].query_id
        _timed(
            "page of a question",
            lambda: question_page(
                archive.head(evaluation_id), archive.row(evaluation_id, last), READER
            ),
        )
        _timed(
            "report file",
            lambda: report_file(*read(), archive.figures(evaluation_id), Language.VI),
        )
        _timed("CSV of all questions", lambda: rows_csv(read()[1]))
        _timed("comparison with itself", lambda: compare_page(read(), read(), READER))


def _timed(what: str, make: Callable[[], str]) -> None:
    start = time.perf_counter()
    made = make()
    _say(what, f"{time.perf_counter() - start:.2f} s, {len(made.encode()) / 2**20:.2f} MB")


if __name__ == "__main__":
    sys.exit(main())
