"""`hochoi evaluate`, `hochoi evaluations`, `hochoi compare`: test sets, runs, visit fields."""

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from evaluation.archive import Head, models_of
from evaluation.comparing import compare_rows
from evaluation.evaluating import Subject
from evaluation.figures import results_of
from evaluation.gate import (
    Baseline,
    Models,
    Problem,
    Rules,
    check,
    make_baseline,
    read_baseline,
    write_baseline,
)
from evaluation.library import open_library
from evaluation.measures import Result
from evaluation.running import Finished, import_run, run_evaluation
from evaluation.runs import OnProgress, read_run
from evaluation.testset import TestSet, read_testset
from evaluation.visit_fields import field_figures
from hochoi.errors import StoreUnwritableError, TestSetError
from hochoi.settings import Settings
from hochoi.store import Store
from ui.evaluate.output import (
    compared_json,
    compared_lines,
    evaluation_json,
    evaluation_lines,
    fields_json,
    fields_lines,
    problem_line,
    problems_json,
)
from ui.evaluate.places import archive_of
from ui.output import print_json, print_line, warn


def evaluate(settings: Settings, options: argparse.Namespace) -> int:
    """Run what the options name; exit 1 on a drop, a broken floor or an altered quote."""
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


def evaluations(settings: Settings, options: argparse.Namespace) -> int:
    """List the evaluations that are kept, newest first."""
    heads = archive_of(settings).heads()
    if options.json:
        print_json([_head_json(head) for head in heads])
        return 0
    for head in heads:
        print_line(
            f"{head.evaluation_id}  {head.state.value:11s} {head.done} of {head.questions}"
            f"  {head.testset}  {head.system} {head.configuration.version}"
        )
    return 0


def compare(settings: Settings, options: argparse.Namespace) -> int:
    """Set two kept evaluations side by side."""
    archive = archive_of(settings)
    before, after = archive.head(options.before), archive.head(options.after)
    if before.fingerprint != after.fingerprint:
        reason = (
            f"{before.evaluation_id} was made on {before.testset} ({before.fingerprint}),"
            f" {after.evaluation_id} on {after.testset} ({after.fingerprint})"
        )
        raise TestSetError(options.after, [reason])
    found = compare_rows(archive.rows(options.before), archive.rows(options.after))
    if options.json:
        print_json(compared_json(before, after, found))
        return 0
    for line in compared_lines(before, after, found):
        print_line(line)
    return 0


def _head_json(head: Head) -> dict[str, object]:
    return {
        "evaluation": head.evaluation_id,
        "state": head.state.value,
        "done": head.done,
        "questions": head.questions,
        "test_set": head.testset,
        "fingerprint": head.fingerprint,
        "started": head.started,
        "system": head.system,
    }


def _testset(settings: Settings, options: argparse.Namespace, found: dict[str, object]) -> bool:
    """Run one test set, add its figures to `found`; returns whether it should stop a release."""
    testset = read_testset(options.testset)
    rules = _rules(options)
    baseline = read_baseline(options.baseline, testset) if options.baseline else None
    finished = _finished(settings, options, testset)
    head, rows = finished.head, finished.rows
    archive = archive_of(settings)
    run_path = archive.folder / head.evaluation_id / "run.trec"
    if options.run:
        _written(options.run, lambda: shutil.copyfile(run_path, options.run))
        run_path = options.run
    results = results_of(rows)
    problems, models = None, models_of(head.configuration)
    if baseline is not None or rules.floors:
        problems = _problems(
            results, baseline or make_baseline(testset, ()), rules, options, models
        )
    if options.accept:
        accepted = make_baseline(testset, results, models)
        _written(options.accept, lambda: write_baseline(accepted, options.accept))
    figures = archive.figures(head.evaluation_id)
    found.update(evaluation_json(head, figures, rows, run_path))
    found["baseline"] = None if problems is None else problems_json(options.baseline, problems)
    if not options.json:
        for line in evaluation_lines(head, figures, rows, run_path):
            print_line(line)
        for problem in problems or ():
            print_line(problem_line(problem))
        if problems is not None:
            print_line(f"baseline     {len(problems)} problems")
    return bool(problems) or figures.counts.altered_quotes > 0


def _finished(settings: Settings, options: argparse.Namespace, testset: TestSet) -> Finished:
    """Evaluate the product, or score the run of another system."""
    archive = archive_of(settings)
    with _progress("publishing") as show, open_library(testset, settings, show) as ws:
        for notice in ws.notices:
            warn(f"note: {notice}")
        subject = Subject.of(ws, testset)
        try:
            if options.score_run:
                run = read_run(options.score_run, testset)
                return import_run(archive, subject, options.testset, run)
            with _progress("evaluating") as done:
                finished = run_evaluation(
                    archive,
                    subject,
                    options.testset,
                    resume=not options.anew,
                    on_progress=done,
                )
        except OSError as exc:
            raise StoreUnwritableError(str(archive.folder), exc.strerror or str(exc)) from exc
    missing = finished.head.missing
    if missing:
        warn(f"note: {len(missing)} named reports are not published: {', '.join(missing)}")
    return finished


def _rules(options: argparse.Namespace) -> Rules:
    """Return the rules of `--fail-under MEASURE=FLOOR`, which may stand several times.

    Raises:
        TestSetError: If one of them is not a measure and a number from 0 to 1.
    """
    floors, bad = [], []
    for text in options.fail_under or ():
        measure, _, floor = text.rpartition("=")
        try:
            value = float(floor)
        except ValueError:
            value = -1.0
        if not measure.strip() or not 0 <= value <= 1:
            bad.append(f"{text!r} is not MEASURE=FLOOR with a floor from 0 to 1")
        floors.append((measure.strip(), value))
    if bad:
        raise TestSetError("--fail-under", bad)
    return Rules(floors=tuple(floors))


def _problems(
    results: Sequence[Result],
    baseline: Baseline,
    rules: Rules,
    options: argparse.Namespace,
    models: Models,
) -> tuple[Problem, ...]:
    """Return what got worse than the baseline or fell below a floor.

    Raises:
        TestSetError: If its values are of other questions than its fingerprint says.
    """
    try:
        return check(results, baseline, rules, models=models)
    except ValueError as exc:
        raise TestSetError(str(options.baseline), [str(exc)]) from exc


def _written(path: Path, write: Callable[[], None]) -> None:
    try:
        write()
    except OSError as exc:
        raise StoreUnwritableError(str(path), exc.strerror or str(exc)) from exc


def _visit_fields(
    settings: Settings, options: argparse.Namespace, found: dict[str, object]
) -> None:
    """Score the visit fields of the published reports, add the figures to `found`."""
    with closing(Store(settings.database_path)) as store:
        visits = {report.file_name: report.visit for report in store.reports()}
    figures = field_figures(options.visit_fields, visits)
    if figures.missing:
        names = ", ".join(figures.missing)
        warn(f"note: {len(figures.missing)} labelled reports are not published: {names}")
    found["visit_fields"] = fields_json(figures)
    if not options.json:
        for line in fields_lines(figures):
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
