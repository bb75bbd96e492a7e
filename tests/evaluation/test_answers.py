"""What an answer is worth: cited report, expected words, refusals, quotes."""

from dataclasses import replace

import pytest

from evaluation.answers import (
    ALTERED_QUOTE,
    ASKED_BACK,
    MISSED_REFUSAL,
    MISSING_WORDS,
    NOT_ASKED_BACK,
    WRONG_CHOICES,
    WRONG_NEAREST,
    WRONG_REFUSAL,
    WRONG_REPORT,
    count_altered_quotes,
    examine,
    missing_words,
)
from evaluation.testset import Expectation, Qrel, Question, TestSet
from hochoi.types import Answer, Choice, Citation, Outcome, Report, Sentence, Source, Visit

TEXT = "Đoàn gồm 57 người do ông Tạ Văn Dũng làm trưởng đoàn."
IDS = {"r1": "a.md", "r2": "b.md"}


def report(report_id: str) -> Report:
    return Report(report_id, f"{report_id}.md", TEXT, "md", "0", Visit("Đoàn"))


def answered(text: str, report_id: str = "r1", quote: str = TEXT[:8]) -> Answer:
    citation = Citation(1, report_id, 0, 8, quote)
    return Answer(
        "?",
        Outcome.ANSWERED,
        (Sentence(text, (citation,)),),
        sources=(Source(1, report(report_id)),),
    )


def refused(*related: str) -> Answer:
    return Answer("?", Outcome.ABSTAINED, related=tuple(report(name) for name in related))


ASKED_AGAIN = Answer("?", Outcome.CLARIFY, notice="Đoàn nào?", choices=(Choice("a", "Đoàn a?"),))


def asked_back(*related: str) -> Answer:
    return replace(ASKED_AGAIN, related=tuple(report(name) for name in related))


WHO = Expectation("q1", kind="who", expected=("Tạ Văn Dũng", "57"), tags=("accented",))
COST = Expectation("q2", answerable=False, kind="how_many", nearest="a.md", tags=("accented",))
SET = TestSet(
    "small",
    questions=(Question("q1", "Ai dẫn đầu?"), Question("q2", "Chi bao nhiêu?")),
    qrels=(Qrel("q1", "a.md", 1),),
    expectations=(WHO, COST),
)
GOOD = answered("Ông tạ văn  dũng dẫn đầu 57 người.")


@pytest.mark.parametrize(
    ("first", "second", "reasons"),
    [
        (GOOD, refused("r2", "r1"), []),
        (GOOD, ASKED_AGAIN, []),
        (answered("Tạ Văn Dũng, 57", "r2"), refused("r1"), [WRONG_REPORT]),
        (answered("Tạ Văn Dũng"), refused("r1"), [MISSING_WORDS]),
        (refused("r1"), refused("r1"), [WRONG_REFUSAL]),
        (ASKED_AGAIN, refused("r1"), [ASKED_BACK]),
        (GOOD, answered("Một tỷ đồng"), [MISSED_REFUSAL]),
        (GOOD, refused("r2"), [WRONG_NEAREST]),
        (answered("Tạ Văn Dũng 57", quote="Đoàn gầm"), refused("r1"), [ALTERED_QUOTE]),
        (answered("?", "r2", "x"), refused("r1"), [WRONG_REPORT, MISSING_WORDS, ALTERED_QUOTE]),
        (GOOD, refused(), [WRONG_NEAREST]),
    ],
)
def test_examine_wrong_answers_are_failures_with_their_reasons(
    first: Answer, second: Answer, reasons: list[str]
) -> None:
    answers = {"q1": first, "q2": second}
    scores = examine(SET, lambda question: answers[question.query_id], document_ids=IDS)
    assert [reason for verdict in scores.failures for reason in verdict.reasons] == reasons


@pytest.mark.parametrize(
    ("answer", "reasons", "right"),
    [
        (asked_back("r1", "r2"), [], 1),
        (asked_back("r2", "r3", "r1"), [], 1),
        (asked_back("r1", "r3"), [WRONG_CHOICES], 0),
        (GOOD, [NOT_ASKED_BACK], 0),
        (refused("r1", "r2"), [WRONG_REFUSAL], 0),
    ],
)
def test_examine_question_that_fits_several_visits_must_be_asked_back_with_all_of_them(
    answer: Answer, reasons: list[str], right: int
) -> None:
    testset = TestSet(
        "s",
        (Question("q1", "Ai dẫn đầu?"),),
        (Qrel("q1", "a.md", 1), Qrel("q1", "b.md", 1)),
        (Expectation("q1", kind="who", ask_back=True),),
    )
    scores = examine(testset, lambda question: answer, document_ids=IDS)
    assert [reason for verdict in scores.failures for reason in verdict.reasons] == reasons
    assert (scores.overall.ambiguous, scores.overall.right_ask_backs) == (1, right)
    assert (scores.overall.answerable, scores.overall.unanswerable) == (0, 0)
    found = {r.measure: [m.value for m in r.metrics] for r in scores.results()}
    assert found == {"Ask back": [float(right)]}


def test_examine_counts_overall_and_per_slice() -> None:
    answers = {"q1": GOOD, "q2": answered("Một tỷ đồng")}
    scores = examine(SET, lambda question: answers[question.query_id], document_ids=IDS)
    overall = scores.overall
    assert (overall.answerable, overall.unanswerable) == (1, 1)
    assert (overall.right_reports, overall.words_present, overall.answer_hits) == (1, 1, 1)
    assert (overall.wrong_refusals, overall.right_refusals, overall.missed_refusals) == (0, 0, 1)
    assert [(s.name, s.answerable, s.unanswerable) for s in scores.by_kind] == [
        ("how_many", 0, 1),
        ("who", 1, 0),
    ]
    assert [(s.name, s.answerable, s.unanswerable) for s in scores.by_tag] == [("accented", 1, 1)]
    assert (scores.citations, scores.altered_quotes) == (2, 0)


def test_examine_results_are_zero_or_one_per_question() -> None:
    answers = {"q1": answered("Tạ Văn Dũng"), "q2": refused("r1")}
    scores = examine(SET, lambda question: answers[question.query_id], document_ids=IDS)
    found = {r.measure: [(m.query_id, m.value) for m in r.metrics] for r in scores.results()}
    assert found == {
        "Report first": [("q1", 1.0)],
        "Answer hit": [("q1", 0.0)],
        "Refusal": [("q2", 1.0)],
    }


def test_examine_asks_with_history_and_reports_progress() -> None:
    asked: list[Question] = []
    seen: list[tuple[int, int]] = []
    follow_up = Question("q1", "Ai tiếp?", ("Đoàn nào?",))
    testset = TestSet("s", (follow_up,), (Qrel("q1", "a.md", 1),), (WHO,))

    def ask(question: Question) -> Answer:
        asked.append(question)
        return GOOD

    ticks = iter([1.0, 1.25])
    scores = examine(
        testset,
        ask,
        document_ids=IDS,
        on_progress=lambda done, total: seen.append((done, total)),
        clock=lambda: next(ticks),
    )
    assert asked == [follow_up]
    assert seen == [(1, 1)]
    assert scores.latency is not None
    assert scores.latency.p50_ms == 250.0


def test_examine_without_expectations_counts_nothing() -> None:
    testset = TestSet("s", SET.questions, SET.qrels)
    scores = examine(testset, lambda question: GOOD, document_ids=IDS)
    assert (scores.overall.answerable, scores.verdicts, scores.latency) == (0, (), None)
    assert scores.results() == ()


@pytest.mark.parametrize(
    ("text", "words", "stands"),
    [
        ("Tại ỦY BAN  nhân\ndân Quận 1.", "Ủy ban nhân dân Quận 1", True),
        ("thủy sản, hoà bình", "thuỷ sản, hòa bình", True),
        ("a\u0302\u0301p du\u0323ng", "ấp dụng", True),
        ("Quận 10", "Quận 1", False),
        ("157 người", "57", False),
        ("2.657 người", "57", False),
        ("57,5 người", "57", False),
        ("1,57 tỷ đồng", "57", False),
        ("gồm 57, trong đó", "57", True),
        ("đạt 95%.", "95%", True),
        ("Ta Van Dung", "Tạ Văn Dũng", False),
        ("1x298", "1.298", False),
    ],
)
def test_missing_words_compares_whole_words(text: str, words: str, stands: bool) -> None:
    assert (missing_words(text, [words]) == ()) == stands


def test_count_altered_quotes_wrong_span_or_report_is_counted() -> None:
    other = Citation(1, "r9", 0, 8, TEXT[:8])
    shifted = Citation(1, "r1", 1, 9, TEXT[:8])
    exact = Citation(1, "r1", 9, 17, TEXT[9:17])
    answer = Answer(
        "?",
        Outcome.ANSWERED,
        (Sentence("x", (other, shifted)), Sentence("y", (exact,))),
        sources=(Source(1, report("r1")),),
    )
    assert count_altered_quotes(answer) == 2
