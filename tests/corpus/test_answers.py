"""The shipped corpus answers its own test set: what an official would see, over every report.

The floors stand a little below the figures of docs/measurements.md, so that a change that makes
answers worse fails here and noise does not.
"""

from pathlib import Path

import pytest

from evaluation.figures import Counts, figures_of
from evaluation.rows import Row
from hochoi.answering import answer
from hochoi.settings import SHIPPED
from hochoi.starters import starter_questions
from hochoi.tries import Tries
from hochoi.types import Outcome
from hochoi.workspace import Workspace


@pytest.fixture(scope="module")
def counts(rows: tuple[Row, ...]) -> Counts:
    return figures_of(rows).counts


def test_answers_right_report_is_cited_first(counts: Counts) -> None:
    assert counts.right_reports >= 0.92 * counts.answerable


def test_answers_expected_words_are_in_the_answer(counts: Counts) -> None:
    assert counts.answer_hits >= 0.87 * counts.answerable


def test_answers_wrong_refusals_are_rare(counts: Counts) -> None:
    assert counts.wrong_refusals <= 0.04 * counts.answerable


def test_answers_unanswerable_questions_are_refused(counts: Counts) -> None:
    assert counts.missed_refusals <= 0.05 * counts.unanswerable


def test_answers_questions_that_fit_several_visits_are_asked_back(
    counts: Counts, rows: tuple[Row, ...]
) -> None:
    assert counts.right_ask_backs >= 0.7 * counts.ambiguous
    assert counts.ask_backs - counts.right_ask_backs <= 0.02 * len(rows)


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
    assert missing.notice is not None
    assert missing.notice.startswith(
        "Kho báo cáo không có chuyến nào như vậy (điều kiện: đoàn Phú Thọ; nơi tiếp Bắc Ninh)."
    )
    assert unstated.notice is not None
    assert unstated.related[0].title in unstated.notice


def test_a_report_that_only_names_both_provinces_answers_for_no_visit(ws: Workspace) -> None:
    found = answer(ws, "Hải Phòng học được gì ở Quảng Ninh về trung tâm hành chính công?")
    assert found.outcome is Outcome.ABSTAINED
    assert found.notice is not None
    assert "không có chuyến nào như vậy" in found.notice


def test_answers_every_quote_stands_in_its_report(counts: Counts) -> None:
    assert counts.citations > 0
    assert counts.altered_quotes == 0


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
    questions = starter_questions(ws, 6, Tries(ws))
    assert len(set(questions)) == 6
    assert {answer(ws, q).outcome for q in questions} == {Outcome.ANSWERED}


def test_corpus_every_passage_is_its_span(ws: Workspace) -> None:
    for report in ws.store.reports():
        for passage in ws.store.passages_of(report.report_id):
            assert report.text[passage.start : passage.end] == passage.text


def test_corpus_folder_holds_one_report_per_fact_and_the_users_own() -> None:
    assert len(list(Path(SHIPPED / "corpus" / "reports").iterdir())) == 66
