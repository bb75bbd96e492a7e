"""Questions with expectations and something that answers -> `AnswerScores` and every failure.

Does not judge style or whether a sentence follows from its quote: it checks the cited report, the
expected words, the refusals and that every quote stands in its report.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluation.measures import Metric, Result
from evaluation.runs import Clock, Latency, OnProgress, latency
from evaluation.testset import Expectation, Question, TestSet
from hochoi.text import comparison_key
from hochoi.types import Answer, Outcome

Ask = Callable[[Question], Answer]

MAX_OFFERED = 5  # visits among which a reader can be asked to choose

_SPACE = re.compile(r"\s+")

WRONG_REFUSAL = "refused although answerable"
MISSED_REFUSAL = "answered although unanswerable"
ASKED_BACK = "asked back although one visit fits"
NOT_ASKED_BACK = "answered for one of several visits without asking back"
WRONG_CHOICES = "asked back without offering every visit that fits"
WRONG_REPORT = "first citation is of another report"
MISSING_WORDS = "expected words are missing"
WRONG_NEAREST = "refused without naming the nearest report"
ALTERED_QUOTE = "a quote does not stand in its report"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one answer was worth. None: does not apply to this question."""

    question: Question
    expectation: Expectation
    outcome: Outcome
    found_text: str  # sentences and cells joined by a space, "" without any
    first_document: str | None  # document of the first citation
    is_right_report: bool | None  # answerable: the first citation is of a relevant document
    holds_words: bool | None  # answerable with expected words: all stand in `found_text`
    names_nearest: bool | None  # refused as it should be: the nearest report is named
    offers_fitting: bool | None  # asked back as it should: every visit that fits is offered
    altered_quotes: int
    citations: int
    reasons: tuple[str, ...]  # why it failed, empty when it did not

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Slice:
    """Counts over the questions of one kind, one tag, or all."""

    name: str
    answerable: int  # from one visit, or over all of them
    ambiguous: int  # fit several visits, to be asked back
    unanswerable: int
    right_reports: int  # of the answerable
    words_present: int  # of the answerable: all expected words present
    answer_hits: int  # of the answerable: both of these
    wrong_refusals: int  # of the answerable
    right_refusals: int  # of the unanswerable
    missed_refusals: int  # of the unanswerable
    right_ask_backs: int  # of the ambiguous: with every visit that fits among the choices
    ask_backs: int  # of all


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """How a test set was answered: counts over all and per slice, verdicts in its order."""

    overall: Slice
    by_kind: tuple[Slice, ...]  # sorted by name
    by_tag: tuple[Slice, ...]
    citations: int
    altered_quotes: int
    verdicts: tuple[Verdict, ...]
    latency: Latency | None

    @property
    def failures(self) -> tuple[Verdict, ...]:
        """The verdicts with something wrong, in the order of the test set."""
        return tuple(verdict for verdict in self.verdicts if not verdict.is_good)

    def results(self) -> tuple[Result, ...]:
        """Return per question 0 or 1: report and answer (answerable), asking back, refusal.

        In the shape of retrieval results, so that `compare` and `gate` read them.
        """
        report, answer, ask_back, refusal = [], [], [], []
        for verdict in self.verdicts:
            query_id = verdict.question.query_id
            if verdict.expectation.ask_back:
                ask_back.append(Metric(query_id, float(verdict.offers_fitting is True)))
            elif verdict.expectation.answerable:
                report.append(Metric(query_id, float(verdict.is_right_report is True)))
                answer.append(Metric(query_id, float(_is_hit(verdict))))
            else:
                refused = verdict.outcome is Outcome.ABSTAINED
                refusal.append(Metric(query_id, float(refused)))
        named = {
            "Report first": report,
            "Answer hit": answer,
            "Ask back": ask_back,
            "Refusal": refusal,
        }
        return tuple(Result(name, tuple(metrics)) for name, metrics in named.items() if metrics)


def examine(
    testset: TestSet,
    ask: Ask,
    *,
    document_ids: Mapping[str, str],
    on_progress: OnProgress | None = None,
    clock: Clock = time.perf_counter,
) -> AnswerScores:
    """Ask every question that has an expectation and return what the answers were worth.

    Args:
        testset: With expectations; without any, the counts are 0.
        ask: Called once per question; what it raises stops the examination.
        document_ids: Document id per report id, as for `runs.produce`.
        on_progress: Called after each question with the number done and the number of all.
        clock: Seconds from any start; measures each answer.
    """
    expectations = {e.query_id: e for e in testset.expectations}
    questions = [q for q in testset.questions if q.query_id in expectations]
    relevant = testset.relevant()
    verdicts: list[Verdict] = []
    timings_ms: list[float] = []
    for done, question in enumerate(questions, start=1):
        start = clock()
        answer = ask(question)
        timings_ms.append((clock() - start) * 1000)
        verdicts.append(
            judge(
                answer,
                question,
                expectations[question.query_id],
                relevant=relevant[question.query_id],
                document_ids=document_ids,
            )
        )
        if on_progress is not None:
            on_progress(done, len(questions))
    return _summarise(verdicts, latency(timings_ms))


def judge(
    answer: Answer,
    question: Question,
    expectation: Expectation,
    *,
    relevant: frozenset[str],
    document_ids: Mapping[str, str],
) -> Verdict:
    """Return what one answer is worth.

    Args:
        answer: To `question`.
        question: Of a test set.
        expectation: Of the same question.
        relevant: Document ids any of which may be cited first.
        document_ids: Document id per report id; others are known by their report id.
    """

    def document_id(report_id: str) -> str:
        return document_ids.get(report_id, report_id)

    citations = [citation for sentence in answer.sentences for citation in sentence.citations]
    found_text = " ".join(_shown(answer))
    first = document_id(citations[0].report_id) if citations else None
    right = holds = nearest = None
    if expectation.answerable:
        right = first in relevant
        holds = not missing_words(found_text, expectation.expected)
    elif answer.outcome is Outcome.ABSTAINED and expectation.nearest is not None:
        related = {document_id(report.report_id) for report in answer.related}
        nearest = expectation.nearest in related
    offers = None
    if expectation.ask_back:
        # More than `MAX_OFFERED` visits are too many to choose from: any of them will do then.
        offered = {document_id(report.report_id) for report in answer.related} & relevant
        enough = len(offered) >= min(len(relevant), MAX_OFFERED)
        offers = answer.outcome is Outcome.CLARIFY and enough
    altered = count_altered_quotes(answer)
    reasons = _outcome_reasons(answer.outcome, expectation)
    if answer.outcome is Outcome.CLARIFY and offers is False:
        reasons.append(WRONG_CHOICES)
    if answer.outcome is Outcome.ANSWERED and right is False:
        reasons.append(WRONG_REPORT)
    if answer.outcome is Outcome.ANSWERED and holds is False:
        reasons.append(MISSING_WORDS)
    if nearest is False:
        reasons.append(WRONG_NEAREST)
    if altered:
        reasons.append(ALTERED_QUOTE)
    return Verdict(
        question=question,
        expectation=expectation,
        outcome=answer.outcome,
        found_text=found_text,
        first_document=first,
        is_right_report=right,
        holds_words=holds if expectation.expected else None,
        names_nearest=nearest,
        offers_fitting=offers,
        altered_quotes=altered,
        citations=len(citations),
        reasons=tuple(reasons),
    )


def _shown(answer: Answer) -> Iterator[str]:
    """Yield what a reader sees of an answer: its sentences and the cells of its table."""
    yield from (sentence.text for sentence in answer.sentences)
    if answer.table is not None:
        yield from (c.text for row in answer.table.rows for c in row.cells if c.text is not None)


def missing_words(found_text: str, expected: Sequence[str]) -> tuple[str, ...]:
    """Return those of the expected strings that do not stand in a text as whole words.

    Letter case, runs of spaces, Unicode form and the place of a tone mark make no difference.
    "Quận 1" does not stand in "Quận 10", nor "57" in "2.657" or "57,5".
    """
    return tuple(words for words in expected if not stands_in(words, found_text))


def stands_in(words: str, text: str) -> bool:
    """Whether words stand in a text as whole words, as `missing_words` reads them."""
    return _pattern(words).search(_key(text)) is not None


def count_altered_quotes(answer: Answer) -> int:
    """Return how many citations break the law `report.text[start:end] == quote`."""
    reports = {source.number: source.report for source in answer.sources}
    return sum(
        citation.report_id != reports[citation.number].report_id
        or reports[citation.number].text[citation.start : citation.end] != citation.quote
        for sentence in answer.sentences
        for citation in sentence.citations
    )


def _key(text: str) -> str:
    return _SPACE.sub(" ", comparison_key(text)).strip()


def _pattern(words: str) -> re.Pattern[str]:
    """Return a pattern for whole words; a digit group is not cut out of a longer number."""
    key = _key(words)
    before = r"(?<!\w)" if key[:1].isalnum() else ""
    after = r"(?!\w)" if key[-1:].isalnum() else ""
    if key[:1].isdigit():
        before += r"(?<!\d[.,])"
    if key[-1:].isdigit():
        after += r"(?![.,]\d)"
    return re.compile(before + re.escape(key) + after)


def _outcome_reasons(outcome: Outcome, expectation: Expectation) -> list[str]:
    """Return why an outcome is wrong; asking back about the unanswerable is not."""
    if expectation.ask_back:
        wrong = {Outcome.ABSTAINED: WRONG_REFUSAL, Outcome.ANSWERED: NOT_ASKED_BACK}
    elif expectation.answerable:
        wrong = {Outcome.ABSTAINED: WRONG_REFUSAL, Outcome.CLARIFY: ASKED_BACK}
    else:
        wrong = {Outcome.ANSWERED: MISSED_REFUSAL}
    reason = wrong.get(outcome)
    return [] if reason is None else [reason]


def _is_hit(verdict: Verdict) -> bool:
    return verdict.is_right_report is True and verdict.holds_words is not False


def _summarise(verdicts: Sequence[Verdict], timing: Latency | None) -> AnswerScores:
    kinds = {verdict.expectation.kind for verdict in verdicts} - {""}
    tags = {tag for verdict in verdicts for tag in verdict.expectation.tags}
    return AnswerScores(
        overall=_slice("all", verdicts),
        by_kind=tuple(
            _slice(kind, [v for v in verdicts if v.expectation.kind == kind])
            for kind in sorted(kinds)
        ),
        by_tag=tuple(
            _slice(tag, [v for v in verdicts if tag in v.expectation.tags]) for tag in sorted(tags)
        ),
        citations=sum(verdict.citations for verdict in verdicts),
        altered_quotes=sum(verdict.altered_quotes for verdict in verdicts),
        verdicts=tuple(verdicts),
        latency=timing,
    )


def _slice(name: str, verdicts: Sequence[Verdict]) -> Slice:
    ambiguous = [verdict for verdict in verdicts if verdict.expectation.ask_back]
    answerable = [
        verdict
        for verdict in verdicts
        if verdict.expectation.answerable and not verdict.expectation.ask_back
    ]
    unanswerable = [verdict for verdict in verdicts if not verdict.expectation.answerable]

    def count(among: Sequence[Verdict], outcome: Outcome) -> int:
        return sum(verdict.outcome is outcome for verdict in among)

    return Slice(
        name=name,
        answerable=len(answerable),
        ambiguous=len(ambiguous),
        unanswerable=len(unanswerable),
        right_reports=sum(verdict.is_right_report is True for verdict in answerable),
        words_present=sum(verdict.holds_words is not False for verdict in answerable),
        answer_hits=sum(_is_hit(verdict) for verdict in answerable),
        wrong_refusals=count(answerable, Outcome.ABSTAINED),
        right_refusals=count(unanswerable, Outcome.ABSTAINED),
        missed_refusals=count(unanswerable, Outcome.ANSWERED),
        right_ask_backs=sum(verdict.offers_fitting is True for verdict in ambiguous),
        ask_backs=count(verdicts, Outcome.CLARIFY),
    )
