"""A test set and an open library -> one `Row` per question, searched and answered as users do.

The only loop over questions that the command line and the page share. Stores nothing.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evaluation.answers import judge, stands_in
from evaluation.failing import why
from evaluation.rows import Answered, Asked, Quoted, Row, Said
from evaluation.runs import Clock, collapse
from evaluation.slices import slices_of
from evaluation.testset import Expectation, Question, TestSet
from hochoi.answering import answer
from hochoi.errors import QuestionError
from hochoi.retrieval import prepare, retrieve
from hochoi.types import Answer, Filters, Hit, Outcome
from hochoi.workspace import Workspace

PASSAGES = 100  # asked for per question; enough for ten documents of any length
PASSAGES_KEPT = 10

ShouldStop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Subject:
    """A test set laid over a library: which report is which document."""

    ws: Workspace
    testset: TestSet
    document_ids: Mapping[str, str]  # per report id

    @classmethod
    def of(cls, ws: Workspace, testset: TestSet) -> "Subject":
        """Lay a test set over an open library."""
        return cls(ws, testset, testset.document_ids(file_names(ws)))

    def missing(self) -> tuple[str, ...]:
        """Return the documents that the set names and the library does not hold, sorted."""
        return self.testset.missing(file_names(self.ws))


def file_names(ws: Workspace) -> dict[str, str]:
    """Return the file name per report id of a library."""
    return {report_id: report.file_name for report_id, report in ws.reports.items()}


def evaluate(
    subject: Subject,
    done: Mapping[str, Row] | None = None,
    should_stop: ShouldStop | None = None,
    clock: Clock = time.perf_counter,
) -> Iterator[Row]:
    """Yield one row per question of the set that has a judgement or an expectation, in its order.

    Args:
        subject: What to evaluate.
        done: Rows of an interrupted evaluation, by query id; they are passed on as they are.
        should_stop: Asked before each question; True ends the rows.
        clock: Seconds from any start; measures each search and each answer.
    """
    known = done or {}
    passages = _AnsweringPassages(subject)
    expectations = {e.query_id: e for e in subject.testset.expectations}
    for asked in asked_questions(subject):
        if should_stop is not None and should_stop():
            return
        kept = known.get(asked.query_id)
        yield kept or _row(subject, asked, expectations.get(asked.query_id), passages, clock)


def asked_questions(subject: Subject) -> tuple[Asked, ...]:
    """Return the questions that are evaluated, with everything known about them."""
    testset = subject.testset
    expectations = {e.query_id: e for e in testset.expectations}
    grades: dict[str, dict[str, int]] = {}
    for qrel in testset.qrels:
        grades.setdefault(qrel.query_id, {})[qrel.doc_id] = qrel.relevance
    reports = {
        doc_id: subject.ws.reports[report_id]
        for report_id, doc_id in subject.document_ids.items()
        if report_id in subject.ws.reports
    }

    def asked(question: Question) -> Asked:
        query_id = question.query_id
        expectation = expectations.get(query_id)
        graded = grades.get(query_id, {})
        right = [reports[name] for name in graded if graded[name] > 0 and name in reports]
        known = expectation or Expectation(query_id)
        return Asked(
            query_id=query_id,
            text=question.text,
            history=question.history,
            is_judged=query_id in grades,
            is_expected=expectation is not None,
            answerable=known.answerable,
            ask_back=known.ask_back,
            kind=known.kind,
            tags=known.tags,
            expected=known.expected,
            grades=graded,
            slices=slices_of(expectation, right),
        )

    questions = testset.questions
    return tuple(asked(q) for q in questions if q.query_id in grades or q.query_id in expectations)


def _row(
    subject: Subject,
    asked: Asked,
    expectation: Expectation | None,
    passages: "_AnsweringPassages",
    clock: Clock,
) -> Row:
    hits: Sequence[Hit] = ()
    search_ms = 0.0
    if asked.is_judged:
        start = clock()
        hits = _search(subject.ws, asked)
        search_ms = (clock() - start) * 1000
    row = Row(
        asked=asked,
        documents=tuple((d.doc_id, d.score) for d in collapse(hits, subject.document_ids)),
        passages=tuple(hit.passage.passage_id for hit in hits[:PASSAGES_KEPT]),
        answering_passages=passages.of(asked),
        search_ms=search_ms,
        answered=_answered(subject, asked, expectation, clock) if expectation else None,
    )
    return replace(row, why=why(subject.ws, row, subject.document_ids))


def _search(ws: Workspace, asked: Asked) -> Sequence[Hit]:
    """Search as the product does; a question it refuses has found nothing."""
    try:
        return retrieve(ws, prepare(asked.text, Filters(), ws, asked.history), PASSAGES)
    except QuestionError:
        return ()


def _answered(subject: Subject, asked: Asked, expectation: Expectation, clock: Clock) -> Answered:
    """Answer as the product does; a question that is too long counts as refused."""
    start = clock()
    try:
        given = answer(subject.ws, asked.text, Filters(), asked.history)
    except QuestionError:
        given = Answer(asked.text, Outcome.ABSTAINED)
    total_ms = (clock() - start) * 1000
    verdict = judge(
        given,
        Question(asked.query_id, asked.text, asked.history),
        expectation,
        relevant=frozenset(asked.relevant),
        document_ids=subject.document_ids,
    )

    def doc(report_id: str) -> str:
        return subject.document_ids.get(report_id, report_id)

    return Answered(
        outcome=given.outcome,
        found_text=verdict.found_text,
        sentences=tuple(
            Said(
                sentence.text,
                tuple(
                    Quoted(doc(c.report_id), c.report_id, c.start, c.end, c.quote)
                    for c in sentence.citations
                ),
            )
            for sentence in given.sentences
        ),
        notice=given.notice,
        related=tuple(doc(report.report_id) for report in given.related),
        is_right_report=verdict.is_right_report,
        holds_words=verdict.holds_words,
        offers_fitting=verdict.offers_fitting,
        altered_quotes=verdict.altered_quotes,
        reasons=verdict.reasons,
        total_ms=total_ms,
        steps_ms=given.timings_ms,
        confidence=given.confidence,
    )


class _AnsweringPassages:
    """Which passages of the relevant reports hold an expected string, read once per report."""

    def __init__(self, subject: Subject) -> None:
        self._store = subject.ws.store
        self._reports = {doc_id: r for r, doc_id in subject.document_ids.items()}

    def of(self, asked: Asked) -> tuple[str, ...]:
        """Return their ids; none without expected strings."""
        if not asked.expected:
            return ()
        return tuple(
            passage.passage_id
            for doc_id in asked.relevant
            if doc_id in self._reports
            for passage in self._store.passages_of(self._reports[doc_id])
            if any(stands_in(words, passage.text) for words in asked.expected)
        )
