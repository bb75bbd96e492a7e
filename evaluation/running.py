"""Run an evaluation into an archive: from the start, or on from where it was interrupted.

What the command line and the page call. Prints nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from evaluation.archive import (
    Archive,
    Configuration,
    Head,
    State,
    configuration_of,
    new_id,
)
from evaluation.evaluating import ShouldStop, Subject, asked_questions, evaluate
from evaluation.figures import with_values
from evaluation.rows import Row
from evaluation.runs import OnProgress, Run
from evaluation.testset import TestSet
from hochoi.errors import TestSetError


@dataclass(frozen=True, slots=True)
class Finished:
    """An evaluation with its rows, which carry values."""

    head: Head
    rows: tuple[Row, ...]


def run_evaluation(
    archive: Archive,
    subject: Subject,
    folder: Path,
    *,
    resume: bool = True,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Finished:
    """Search and answer every question of a test set and keep what came out.

    Args:
        archive: Where the evaluation is kept.
        subject: Test set and library.
        folder: Where the test set stands, for people.
        resume: Go on with an unfinished evaluation of the same set, library and code.
        on_progress: Called after each question with the number done and the number of all.
        should_stop: Asked before each question; True ends the evaluation as stopped.

    Raises:
        TestSetError: If the library holds not one report that the set names.
        StoreLockedError: If the evaluation to go on with is being written by another process.
        OSError: If the archive cannot be written.
    """
    testset = subject.testset
    missing = subject.missing()
    if missing and len(missing) == len(testset.named_documents()):
        raise TestSetError(str(folder), [f"{name}: not a published report" for name in missing])
    head = _head(archive, subject, folder, resume=resume)
    with archive.record(replace(head, missing=missing)) as recording:
        known = {row.query_id: row for row in recording.rows}
        rows = evaluate(subject, known, should_stop)
        for done, row in enumerate(rows, start=1):
            if row.query_id not in known:
                recording.add(row)
            if on_progress is not None:
                on_progress(done, head.questions)
        is_whole = len(recording.rows) == head.questions
        kept = recording.finish(State.DONE if is_whole else State.STOPPED)
        return Finished(recording.head, kept)


def _head(archive: Archive, subject: Subject, folder: Path, *, resume: bool) -> Head:
    configuration = configuration_of(subject.ws)
    unfinished = archive.interrupted(subject.testset, configuration) if resume else None
    if unfinished is not None:
        return archive.head(unfinished)
    questions = len(asked_questions(subject))
    return _new_head(subject.testset, folder, questions, configuration)


def _new_head(
    testset: TestSet,
    folder: Path,
    questions: int,
    configuration: Configuration,
    system: str = "hochoi",
) -> Head:
    now = datetime.now().astimezone()
    return Head(
        evaluation_id=new_id(testset, now),
        testset=testset.name,
        folder=str(folder),
        fingerprint=testset.fingerprint,
        questions=questions,
        started=now.isoformat(timespec="seconds"),
        configuration=configuration,
        system=system,
    )


def import_run(archive: Archive, subject: Subject, folder: Path, run: Run) -> Finished:
    """Keep the run of another system as an evaluation, to be scored and compared.

    Args:
        archive: Where it is kept.
        subject: The test set over the library, which gives the slices.
        folder: Where the test set stands, for people.
        run: Of the same test set (`evaluation.runs.read_run`).

    Raises:
        OSError: If the archive cannot be written.
    """
    found = {ranking.query_id: ranking.documents for ranking in run.rankings}
    asked = [a for a in asked_questions(subject) if a.is_judged]
    system = run.tag or "imported"
    configuration = configuration_of(subject.ws)
    head = _new_head(subject.testset, folder, len(asked), configuration, system)
    with archive.record(head) as recording:
        for question in asked:
            documents = tuple((d.doc_id, d.score) for d in found.get(question.query_id, ()))
            recording.add(Row(asked=replace(question, is_expected=False), documents=documents))
        rows = recording.finish(State.DONE)
    return Finished(recording.head, with_values(rows))
