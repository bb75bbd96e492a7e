"""What found reports allow: laws of signals and decisions, over three small visits."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hochoi.answering import answer
from hochoi.drafting.selection import QueryTerms
from hochoi.evidence import Decision, assess, decide, look
from hochoi.evidence_signals import read_signals
from hochoi.question import Query
from hochoi.retrieval import prepare, retrieve
from hochoi.text import fold
from hochoi.types import Filters, Outcome
from hochoi.weighing import SIGNALS, Calibration, Limits, Logistic, Weighing
from hochoi.workspace import Workspace
from tests.answering_library import open_library

QUESTIONS = (
    "Trưởng đoàn Cà Mau đến Long An là ai?",
    "Long An mở bao nhiêu kiosk tra cứu?",
    "Đoàn Sơn La đến Huế ngày nào?",
    "Phía Huế nêu kinh nghiệm gì?",
    "Đoàn Cà Mau đến Long An thăm bảo tàng nào?",
)


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder: Path = tmp_path_factory.mktemp("evidence")
    with open_library(folder) as opened:
        yield opened


def asked(ws: Workspace, question: str) -> Query:
    return prepare(question, Filters(), ws, ())


@pytest.mark.parametrize("question", QUESTIONS)
def test_signals_are_those_that_weights_name_and_about_one_at_most(
    ws: Workspace, question: str
) -> None:
    query = asked(ws, question)
    for seen in look(ws, query, retrieve(ws, query, 20)):
        assert set(SIGNALS) <= set(seen.signals)
        assert all(-1.0 <= value <= 1.5 for value in seen.signals.values()), seen.signals


@pytest.mark.parametrize("question", QUESTIONS)
def test_decisions_are_the_same_without_accents_and_every_time(
    ws: Workspace, question: str
) -> None:
    def decision(text: str) -> tuple[Decision, list[str]]:
        query = asked(ws, text)
        evidence = assess(ws, query, retrieve(ws, query, 20))
        return evidence.decision, [c.finding.report.report_id for c in evidence.answering]

    assert decision(question) == decision(question) == decision(fold(question).lower())


def test_words_that_a_report_holds_never_speak_against_it(ws: Workspace) -> None:
    weights = ws.judges.weighing.states.weights
    assert all(weights[name] > 0 for name in ("words", "pairs", "fact", "thing"))


def test_a_question_of_symbols_gives_signals_and_no_answer(ws: Workspace) -> None:
    hits = retrieve(ws, asked(ws, QUESTIONS[0]), 20)
    query = asked(ws, "?! kn …")
    assert look(ws, query, ()) == []
    terms = QueryTerms.about(query, ws.lexical.rarity)
    for seen, hit in zip(look(ws, query, hits), hits, strict=False):
        assert set(SIGNALS) <= set(read_signals(query, seen.finding, terms, hit, 0.0))
    assert decide(ws, query, (), ws.judges.weighing).decision is Decision.NO_REPORT


def test_a_thing_that_the_report_does_not_name_makes_an_answer_less_probable(
    ws: Workspace,
) -> None:
    def states(question: str) -> float:
        query = asked(ws, question)
        return max(c.states for c in assess(ws, query, retrieve(ws, query, 20)).candidates)

    assert states("Long An mở bao nhiêu kiosk?") > states("Long An mở bao nhiêu khách sạn?")


def test_what_stands_in_brackets_is_not_asked_of_a_report(ws: Workspace) -> None:
    def words(question: str) -> float:
        query = asked(ws, question)
        seen = look(ws, query, retrieve(ws, query, 20))
        return max(s.signals["words"] for s in seen if s.finding.report.report_id == "long-an")

    plain = words("Long An mở bao nhiêu kiosk tra cứu?")
    assert words("Long An (nay thuộc Tây Ninh) mở bao nhiêu kiosk tra cứu?") == plain


def test_a_country_that_no_report_names_is_answered_from_none(ws: Workspace) -> None:
    query = asked(ws, "Đoàn Thái Lan đến Long An ngày nào?")
    seen = look(ws, query, retrieve(ws, query, 20))
    assert seen
    assert all(s.contradicts for s in seen)


def test_limits_refuse_more_the_higher_they_are(ws: Workspace) -> None:
    query = asked(ws, QUESTIONS[1])
    seen = look(ws, query, retrieve(ws, query, 20))
    sure = Logistic(3.0, {})

    def decision(limit: float) -> Decision:
        limits = Limits(limit, 0.5, 0.2, 0.5)
        return decide(ws, query, seen, Weighing(sure, sure, limits, Calibration(0, 1))).decision

    assert decision(0.5) is Decision.ANSWER
    assert decision(0.99) is Decision.NOT_STATED


def test_only_an_answer_in_the_words_of_a_report_has_a_confidence(ws: Workspace) -> None:
    given = answer(ws, QUESTIONS[1])
    assert given.outcome is Outcome.ANSWERED
    assert given.confidence is not None
    assert 0.5 < given.confidence < 1
    refused = answer(ws, "Đoàn Cà Mau đến Long An tốn bao nhiêu tiền?")
    assert (refused.outcome, refused.confidence) == (Outcome.ABSTAINED, None)
    assert answer(ws, "Có những đoàn nào đã đến Long An?").confidence is None
