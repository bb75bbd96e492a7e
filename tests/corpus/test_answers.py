"""The shipped corpus answers its own test set: what an official would see, over every report.

The floors stand a little below the figures of docs/measurements.md, so that a change that makes
answers worse fails here and noise does not.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.answers import AnswerScores, examine
from evaluation.testset import TestSet, read_testset
from hochoi.answering import answer
from hochoi.settings import SHIPPED, load_settings
from hochoi.starters import starter_questions
from hochoi.types import Filters, Outcome
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.pipeline import IngestStatus, ingest_path, source_paths

QUESTIONS = SHIPPED / "corpus" / "testsets" / "visits"


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = load_settings(tmp_path_factory.mktemp("corpus") / "var", {})
    with open_workspace(settings, Purpose.WRITE) as writing:
        for path in source_paths([SHIPPED / "corpus" / "reports"]):
            assert ingest_path(writing, path).status is IngestStatus.ADDED
    with open_workspace(settings, Purpose.READ) as reading:
        yield reading


@pytest.fixture(scope="module")
def testset() -> TestSet:
    return read_testset(QUESTIONS)


@pytest.fixture(scope="module")
def scores(ws: Workspace, testset: TestSet) -> AnswerScores:
    names = {r.report_id: r.file_name for r in ws.reports.values()}
    return examine(
        testset,
        lambda q: answer(ws, q.text, Filters(), q.history),
        document_ids=testset.document_ids(names),
    )


def test_answers_right_report_is_cited_first(scores: AnswerScores) -> None:
    assert scores.overall.right_reports >= 0.92 * scores.overall.answerable


def test_answers_expected_words_are_in_the_answer(scores: AnswerScores) -> None:
    assert scores.overall.answer_hits >= 0.87 * scores.overall.answerable


def test_answers_wrong_refusals_are_rare(scores: AnswerScores) -> None:
    assert scores.overall.wrong_refusals <= 0.04 * scores.overall.answerable


def test_answers_unanswerable_questions_are_refused(scores: AnswerScores) -> None:
    assert scores.overall.right_refusals >= 0.95 * scores.overall.unanswerable


def test_answers_questions_that_fit_several_visits_are_asked_back(scores: AnswerScores) -> None:
    assert scores.overall.right_ask_backs >= 0.7 * scores.overall.ambiguous
    assert scores.overall.ask_backs - scores.overall.right_ask_backs <= 0.02 * len(scores.verdicts)


@pytest.mark.parametrize(
    "question",
    ["Trưởng đoàn Bộ Nội vụ Lào là ai?", "Quảng Nam tiếp đoàn Lào vào ngày nào?"],
)
def test_answer_every_choice_is_a_question_that_its_visit_answers(
    ws: Workspace, question: str
) -> None:
    asked = answer(ws, question)
    assert asked.outcome is Outcome.CLARIFY
    for choice, report in zip(asked.choices, asked.related, strict=True):
        chosen = answer(ws, choice.question)
        assert chosen.outcome is Outcome.ANSWERED
        assert chosen.sources[0].report.report_id == report.report_id


@pytest.mark.parametrize("question", ["asdf qwer zxcv", "Cách nấu phở bò ngon?"])
def test_answer_nonsense_names_no_unrelated_report(ws: Workspace, question: str) -> None:
    found = answer(ws, question)
    assert found.outcome is Outcome.ABSTAINED
    assert found.related == ()


def test_answer_says_whether_the_report_or_only_the_field_is_missing(ws: Workspace) -> None:
    missing = answer(ws, "Đoàn tỉnh Phú Thọ sang Bắc Ninh học mô hình một cửa ngày nào?")
    unstated = answer(ws, "VNPT làm việc với Sở KH&CN Lai Châu ngày nào?")
    assert missing.notice == ws.phrases.say("abstain.no_report")
    assert unstated.notice is not None
    assert unstated.related[0].title in unstated.notice


def test_answers_every_quote_stands_in_its_report(scores: AnswerScores) -> None:
    assert scores.citations > 0
    assert scores.altered_quotes == 0


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Trưởng đoàn công tác tỉnh Tuyên Quang là ai?", ("Tạ Văn Dũng",)),
        ("doan tuyen quang gom bao nhieu nguoi", ("57",)),
        (
            "Ngày 21/7/2022 đoàn Tuyên Quang làm việc ở đâu?",
            ("Sở Kế hoạch và Đầu tư", "Quận 1", "Quận 10"),
        ),
        ("Công văn nào là căn cứ để TP.HCM tiếp đoàn Tuyên Quang?", ("683/SNV-CCVC",)),
    ],
)
def test_answer_about_the_users_own_report(
    ws: Workspace, question: str, words: tuple[str, ...]
) -> None:
    found = answer(ws, question)
    text = " ".join(s.text for s in found.sentences)
    assert found.sources[0].report.file_name == "000_69676b97deb71c3b.txt"
    assert [word for word in words if word not in text] == []


def test_answer_unstated_cost_names_the_users_own_report_and_no_figure(ws: Workspace) -> None:
    found = answer(ws, "Đoàn Tuyên Quang chi hết bao nhiêu tiền?")
    assert found.outcome is Outcome.ABSTAINED
    assert found.related[0].file_name == "000_69676b97deb71c3b.txt"
    assert found.notice is not None
    assert not any(c.isdigit() for c in found.notice)


def test_answer_gold_price_abstains(ws: Workspace) -> None:
    assert answer(ws, "Giá vàng hôm nay?").outcome is Outcome.ABSTAINED


def test_starter_questions_are_all_answerable(ws: Workspace) -> None:
    questions = starter_questions(ws, 6)
    assert len(set(questions)) == 6
    assert {answer(ws, q).outcome for q in questions} == {Outcome.ANSWERED}


def test_corpus_every_passage_is_its_span(ws: Workspace) -> None:
    for report in ws.store.reports():
        for passage in ws.store.passages_of(report.report_id):
            assert report.text[passage.start : passage.end] == passage.text


def test_corpus_folder_holds_one_report_per_fact_and_the_users_own() -> None:
    assert len(list(Path(SHIPPED / "corpus" / "reports").iterdir())) == 66
