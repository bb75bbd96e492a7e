"""The labelled conversations are understood, and questions over visits get the rows they should.

The floors stand a little below the figures of docs/measurements.md.
"""

from collections.abc import Iterator

import pytest

from evaluation.questions import (
    RowCase,
    read_cases,
    read_row_cases,
    reading_of,
    score_rows,
)
from hochoi.answering import answer
from hochoi.settings import SHIPPED, load_settings
from hochoi.types import Answer, Outcome
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.pipeline import ingest_path, source_paths
from tests.question_reading import asked

FOLDER = SHIPPED / "corpus" / "testsets" / "questions"
CASES = read_cases(FOLDER / "conversations.jsonl")
ROW_CASES = read_row_cases(FOLDER / "overviews.jsonl")


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = load_settings(tmp_path_factory.mktemp("corpus") / "var", {})
    with open_workspace(settings, Purpose.WRITE) as writing:
        for path in source_paths([SHIPPED / "corpus" / "reports"]):
            ingest_path(writing, path)
    with open_workspace(settings, Purpose.READ) as reading:
        yield reading


@pytest.fixture(scope="module")
def answers(ws: Workspace) -> list[tuple[RowCase, Answer]]:
    return [(case, answer(ws, case.question, None, case.history)) for case in ROW_CASES]


@pytest.mark.parametrize(("held_out", "least"), [(False, 0.98), (True, 0.9)])
def test_conversations_are_understood_in_every_part(held_out: bool, least: float) -> None:
    cases = [case for case in CASES if case.held_out is held_out]
    right = [c for c in cases if reading_of(asked(c.question, *c.history)) == c.meant]
    assert len(cases) >= 30
    assert len(right) >= least * len(cases)


def test_conversations_standalone_question_means_the_same_without_the_conversation() -> None:
    for case in CASES:
        query = asked(case.question, *case.history)
        alone = asked(query.standalone)
        assert alone.kind is query.kind, query.standalone
        assert {(c.key, c.role) for c in alone.conditions} == {
            (c.key, c.role) for c in query.conditions
        }, query.standalone


def test_conversations_any_condition_can_be_taken_out() -> None:
    for case in CASES:
        query = asked(case.question, *case.history)
        for condition in query.conditions:
            left = asked(case.question, *case.history, without=condition.key)
            assert condition.key not in {c.key for c in left.conditions}, query.standalone


def test_overviews_rows_are_the_visits_expected(answers: list[tuple[RowCase, Answer]]) -> None:
    scores = score_rows(answers)
    assert scores.cases >= 40
    assert scores.precision >= 0.95
    assert scores.recall >= 0.95


def test_overviews_no_such_visit_is_said_with_the_conditions(
    answers: list[tuple[RowCase, Answer]],
) -> None:
    empty = [found for case, found in answers if not case.rows]
    assert empty
    for found in empty:
        assert found.outcome is Outcome.ABSTAINED
        assert found.notice is not None
        assert "điều kiện" in found.notice


def test_overviews_every_cell_with_words_of_a_report_quotes_it(
    ws: Workspace, answers: list[tuple[RowCase, Answer]]
) -> None:
    for _, found in answers:
        for row in found.table.rows if found.table is not None else ():
            for citation in row.citations:
                text = ws.reports[citation.report_id].text
                assert text[citation.start : citation.end] == citation.quote != ""


def test_overviews_lead_is_a_sentence_that_cites_every_row(
    answers: list[tuple[RowCase, Answer]],
) -> None:
    for _, found in answers:
        if found.table is not None:
            lead = found.sentences[0]
            assert lead.text[0].isupper()
            assert lead.text.endswith(".")
            assert {c.number for c in lead.citations} == {r.number for r in found.table.rows}
