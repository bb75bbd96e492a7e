"""An explained search says what was searched for, and what became of an expected report."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hochoi.explaining import Explanation, Fate, explain
from hochoi.retrieval import prepare, retrieve
from hochoi.settings import load_settings
from hochoi.types import Filters
from hochoi.workspace import Purpose, Workspace
from tests.hochoi.small_library import QUESTION, REPORTS, library, publish
from ui.explain_output import explanation_json, explanation_lines


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with library(load_settings(tmp_path, {}), Purpose.WRITE) as opened:
        publish(opened, *REPORTS)
        opened.refresh()
        yield opened


def explained(
    ws: Workspace,
    question: str = QUESTION,
    k: int = 10,
    filters: Filters | None = None,
    **more: str,
) -> Explanation:
    return explain(ws, prepare(question, filters or Filters(), ws), k, more.get("expect"))


def test_explain_places_are_those_of_the_search(ws: Workspace) -> None:
    hits = retrieve(ws, prepare(QUESTION, Filters(), ws), 10)
    placed = explained(ws).placed
    assert [p.ranked.passage_id for p in placed] == [h.passage.passage_id for h in hits]
    assert [p.ranked.score for p in placed] == [h.score for h in hits]


def test_explain_names_what_the_question_raises(ws: Workspace) -> None:
    found = explained(ws, "TP.HCM học Sơn La theo 12/KH-UBND năm 2022")
    assert ("province", "TP.HCM = Hồ Chí Minh") in found.conditions
    assert ("date", "năm 2022 = 2022-01-01 to 2022-12-31") in found.conditions
    assert ("document", "12/KH-UBND = 12/KH-UBND") in found.conditions
    assert "Thành phố Hồ Chí Minh" in found.added


@pytest.mark.parametrize(
    ("question", "filters", "k", "name", "fate"),
    [
        (QUESTION, Filters(), 10, "aaaa", Fate.FOUND),
        (QUESTION, Filters(), 1, "bbbb", Fate.OUTRANKED),
        (QUESTION, Filters(), 10, "zzzz", Fate.NOT_INGESTED),
        (QUESTION, Filters(year=1999), 10, "aaaa", Fate.FILTERED),
        ("🙂", Filters(), 10, "aaaa", Fate.CUT),
    ],
)
def test_explain_expected_report_has_one_fate(
    ws: Workspace, question: str, filters: Filters, k: int, name: str, fate: Fate
) -> None:
    found = explained(ws, question, k, filters, expect=name)
    assert found.expected is not None
    assert found.expected.fate is fate
    assert (found.expected.best is not None) == (fate in (Fate.FOUND, Fate.OUTRANKED))


def test_explain_expected_report_may_be_named_by_its_file(ws: Workspace) -> None:
    name = ws.reports["cccc"].file_name
    found = explained(ws, expect=name)
    assert found.expected is not None
    assert found.expected.report == ws.reports["cccc"]


def test_explanation_lines_show_both_rankings_and_every_signal(ws: Workspace) -> None:
    text = "\n".join(explanation_lines(explained(ws, k=1, expect="bbbb")))
    assert "first ranking 1, keywords 1, vectors 1" in text
    assert "lexical +1.000" in text
    assert "rerank +" in text
    assert "expected bbbb: outranked: other passages rank higher" in text


def test_explanation_json_holds_plain_values(ws: Workspace) -> None:
    found = explanation_json(explained(ws, filters=Filters(topic="x"), expect="aaaa"))
    assert found["filters"] == {"topic": "x"}
    assert found["hits"] == []
    expected = found["expected"]
    assert isinstance(expected, dict)
    assert (expected["fate"], expected["best"]) == ("filtered", None)
