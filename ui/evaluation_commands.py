"""`hochoi evaluate`: a test set, a gold file of visit fields, or both."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from evaluation.answers import AnswerScores, examine
from evaluation.gate import Baseline, Problem, check, make_baseline, read_baseline, write_baseline
from evaluation.library import open_library
from evaluation.measures import Result, score
from evaluation.runs import OnProgress, Run, produce, write_run
from evaluation.testset import Question, TestSet, read_testset
from evaluation.visit_fields import read_gold
from evaluation.visit_fields import score as score_fields
from hochoi.answering import answer
from hochoi.errors import QuestionError, StoreUnwritableError, TestSetError
from hochoi.retrieval import prepare, retrieve
from hochoi.settings import Settings
from hochoi.store import Store
from hochoi.types import Answer, Filters, Hit, Outcome
from hochoi.workspace import Workspace
from ui.evaluation_output import (
    Figures,
    answers_json,
    answers_lines,
    fields_json,
    fields_lines,
    figures_json,
    figures_lines,
    problem_line,
    problems_json,
)
from ui.output import print_json, print_line, warn

_PASSAGES = 100  # asked for per question; enough for ten documents of any length


def evaluate(settings: Settings, options: argparse.Namespace) -> int:
    """Run what the options name; exit 1 on a drop below the baseline or an altered quote."""
    if options.testset is None and options.visit_fields is None:
        warn("hochoi evaluate: error: give TESTSET_DIR, --visit-fields GOLD, or both")
        return 2
    found: dict[str, object] = {}
    failed = False
    if options.testset is not None:
        failed = _testset(settings, options, found)
    if options.visit_fields is not None:
        _visit_fields(settings, options, found)
    if options.json:
        print_json(found)
    return 1 if failed else 0


def _testset(settings: Settings, options: argparse.Namespace, found: dict[str, object]) -> bool:
    """Run one test set, add its figures to `found`; returns whether it should stop a release."""
    testset = read_testset(options.testset)
    baseline = read_baseline(options.baseline, testset) if options.baseline else None
    run_path = options.run or _default_run_path(settings, testset)
    with _progress("publishing") as show, open_library(testset, settings, show) as ws:
        for notice in ws.notices:
            warn(f"note: {notice}")
        file_names = {i: report.file_name for i, report in ws.reports.items()}
        missing = _missing(testset, file_names, options.testset)
        run = _run(ws, testset, file_names)
        answers = _answers(ws, testset, file_names) if testset.expectations else None
    _written(run_path, lambda: write_run(run, run_path))
    results = score(run, testset)
    everything = [*results, *(answers.results() if answers else ())]
    problems = _problems(everything, baseline, options.baseline) if baseline else None
    if options.accept:
        accepted = make_baseline(testset, everything)
        _written(options.accept, lambda: write_baseline(accepted, options.accept))
    figures = Figures(testset, run, results, len(file_names), missing, run_path)
    found.update(figures_json(figures))
    found["answers"] = answers_json(answers) if answers else None
    found["baseline"] = None if problems is None else problems_json(options.baseline, problems)
    if not options.json:
        _print(figures, answers, problems)
    return bool(problems) or (answers is not None and answers.altered_quotes > 0)


def _run(ws: Workspace, testset: TestSet, file_names: Mapping[str, str]) -> Run:
    """Search for every judged question as the product does; a refused one has found nothing."""

    def search(question: Question, k: int) -> Sequence[Hit]:
        try:
            return retrieve(ws, prepare(question.text, Filters(), ws), k)
        except QuestionError:
            return ()

    ids = testset.document_ids(file_names)
    with _progress("searching") as show:
        return produce(testset, search, document_ids=ids, k=_PASSAGES, on_progress=show)


def _answers(ws: Workspace, testset: TestSet, file_names: Mapping[str, str]) -> AnswerScores:
    """Answer every question with an expectation; one that is too long counts as refused."""

    def ask(question: Question) -> Answer:
        try:
            return answer(ws, question.text, Filters(), question.history)
        except QuestionError:
            return Answer(question.text, Outcome.ABSTAINED)

    ids = testset.document_ids(file_names)
    with _progress("answering") as show:
        return examine(testset, ask, document_ids=ids, on_progress=show)


def _problems(results: Sequence[Result], baseline: Baseline, path: Path) -> tuple[Problem, ...]:
    """Return what got worse than the baseline.

    Raises:
        TestSetError: If its values are of other questions than its fingerprint says.
    """
    try:
        return check(results, baseline)
    except ValueError as exc:
        raise TestSetError(str(path), [str(exc)]) from exc


def _missing(testset: TestSet, file_names: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    """Return the named documents that are not searched.

    Raises:
        TestSetError: If not one of them is.
    """
    missing = testset.missing(file_names)
    if len(missing) == len(testset.named_documents()):
        raise TestSetError(str(folder), [f"{name}: not a published report" for name in missing])
    if missing:
        warn(f"note: {len(missing)} named reports are not published: {', '.join(missing)}")
    return missing


def _default_run_path(settings: Settings, testset: TestSet) -> Path:
    path = settings.var / "runs" / f"{testset.name}-{date.today().isoformat()}.run"
    _written(path, lambda: path.parent.mkdir(parents=True, exist_ok=True))
    return path


def _written(path: Path, write: Callable[[], None]) -> None:
    try:
        write()
    except OSError as exc:
        raise StoreUnwritableError(str(path), exc.strerror or str(exc)) from exc


def _visit_fields(
    settings: Settings, options: argparse.Namespace, found: dict[str, object]
) -> None:
    """Score the visit fields of the published reports, add the figures to `found`."""
    try:
        gold = read_gold(options.visit_fields)
    except (OSError, UnicodeDecodeError) as exc:
        raise TestSetError(str(options.visit_fields), [str(exc)]) from exc
    with closing(Store(settings.database_path)) as store:
        visits = {report.file_name: report.visit for report in store.reports()}
    missing = [label.file_name for label in gold if label.file_name not in visits]
    if len(missing) == len(gold):
        rows = [f"{name}: not a published report" for name in missing] or ["no label"]
        raise TestSetError(str(options.visit_fields), rows)
    if missing:
        warn(f"note: {len(missing)} labelled reports are not published: {', '.join(missing)}")
    scores = score_fields(gold, visits)
    found["visit_fields"] = fields_json(scores, len(gold), missing)
    if not options.json:
        for line in fields_lines(scores, len(gold)):
            print_line(line)


def _print(
    figures: Figures, answers: AnswerScores | None, problems: Sequence[Problem] | None
) -> None:
    lines = figures_lines(figures)
    if answers is not None:
        lines += answers_lines(answers)
    if problems is not None:
        lines += [problem_line(problem) for problem in problems]
        lines.append(f"baseline     {len(problems)} problems")
    for line in lines:
        print_line(line)


@contextmanager
def _progress(what: str) -> Iterator[OnProgress]:
    """Show a bar on a terminal while the block runs, nothing elsewhere."""
    from tqdm import tqdm

    with tqdm(desc=what, disable=not sys.stderr.isatty(), leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
