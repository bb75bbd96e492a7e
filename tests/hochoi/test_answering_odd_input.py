"""Whatever is asked, a sentence comes back: no exception and no uncited claim."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hochoi.answering import answer, stream
from hochoi.errors import QuestionError
from hochoi.settings import load_settings
from hochoi.types import Answer, Filters, Outcome, Progress
from hochoi.verification.answer_check import check_answer
from hochoi.workspace import Purpose, Workspace, open_workspace
from tests.answering_library import open_library
from tests.chat_server import chat_server, event, sends_slowly
from tests.hochoi.model_library import QUESTION, TRUE, chat

ABOUT_LONG_AN = "Đoàn Cà Mau đến Long An ngày nào?"
NOTHING = "abstain.no_report"


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_library(tmp_path_factory.mktemp("odd")) as opened:
        yield opened


def assert_sound(found: Answer, ws: Workspace) -> None:
    assert check_answer(found, ws.reports, ws.facts, ws.phrases.fixed) == ()
    assert found.sentences or found.notice


@pytest.mark.parametrize(
    ("question", "reason"),
    [("", "empty"), (" \n\t", "empty"), ("\u200b\ufeff", "empty"), ("đoàn " * 2_000, "too long")],
    ids=["nothing", "white space", "invisible", "10,000 characters"],
)
def test_answer_question_that_is_none_is_refused_with_its_reason(
    ws: Workspace, question: str, reason: str
) -> None:
    with pytest.raises(QuestionError) as caught:
        answer(ws, question)
    assert caught.value.reason == reason


@pytest.mark.parametrize("question", ["!!!???", ".....", "🎉🎉", "12345", "<>[]{}|\\`"])
def test_answer_symbols_alone_find_nothing(ws: Workspace, question: str) -> None:
    found = answer(ws, question)
    assert (found.outcome, found.notice) == (Outcome.ABSTAINED, ws.phrases.say(NOTHING))


@pytest.mark.parametrize(
    "question",
    [
        "How many kiosks did the province open?",
        "Combien de bornes la province a-t-elle ouvertes ?",
        "省内开设了多少台自助机？",
        "Сколько терминалов открыла провинция?",
        "ສະບາຍດີ ແຂວງມີຈັກຕູ້?",
    ],
)
def test_answer_other_language_finds_nothing(ws: Workspace, question: str) -> None:
    found = answer(ws, question)
    assert (found.outcome, found.notice) == (Outcome.ABSTAINED, ws.phrases.say(NOTHING))


def test_answer_after_two_hundred_turns_goes_on_from_the_last(ws: Workspace) -> None:
    turns = tuple(f"Hue-S có bao nhiêu tài khoản, lần {n}?" for n in range(199))
    found = answer(ws, "Đoàn đó gồm mấy người?", history=(*turns, ABOUT_LONG_AN))
    assert_sound(found, ws)
    assert found.sources[0].report.report_id == "long-an"


@pytest.mark.parametrize(
    "filters",
    [
        Filters(province="Huế", year=2024),
        Filters(province="Nơi Không Có"),
        Filters(year=1900),
    ],
)
@pytest.mark.parametrize("question", [ABOUT_LONG_AN, "Liệt kê các chuyến", "Ai làm trưởng đoàn?"])
def test_answer_filters_that_leave_nothing_say_so(
    ws: Workspace, question: str, filters: Filters
) -> None:
    found = answer(ws, question, filters)
    assert_sound(found, ws)
    assert found.outcome is Outcome.ABSTAINED


def test_answer_filter_against_the_question_names_both(ws: Workspace) -> None:
    found = answer(ws, "Liệt kê các chuyến năm 2019", Filters(year=2024))
    assert found.outcome is Outcome.ABSTAINED
    assert found.notice is not None
    assert "2019" in found.notice
    assert "2024" in found.notice


def test_answer_report_of_the_history_that_was_removed_is_not_cited(tmp_path: Path) -> None:
    with open_library(tmp_path) as ws:
        before = answer(ws, ABOUT_LONG_AN)
    assert before.sources[0].report.report_id == "long-an"
    with open_workspace(load_settings(tmp_path, {}), Purpose.WRITE) as writing:
        writing.store.remove("long-an")
    with open_workspace(load_settings(tmp_path, {}), Purpose.READ) as ws:
        for question in ("Ai làm trưởng đoàn?", "Đoàn đó gồm mấy người?", ABOUT_LONG_AN):
            found = answer(ws, question, history=(ABOUT_LONG_AN,))
            assert_sound(found, ws)
            assert found.outcome is not Outcome.ANSWERED
            assert "long-an" not in {report.report_id for report in found.related}


def test_stream_that_the_reader_leaves_between_sentences_hangs_up(ws: Workspace) -> None:
    pieces = (event(f"{TRUE}\n" if n == 0 else "và ") for n in range(10_000))
    with chat_server(sends_slowly(pieces, 0.005)) as server:
        ws.generator = chat(server.url)
        steps = stream(ws, QUESTION)
        assert any(isinstance(step, Progress) and step.sentence for step in steps)
        steps.close()  # type: ignore[attr-defined]
        ws.generator = None
        assert server.has_left.wait(1)
