"""The records refuse to be wrong."""

from dataclasses import FrozenInstanceError

import pytest

from hochoi.types import (
    Answer,
    Cell,
    Choice,
    Citation,
    Filters,
    Outcome,
    Row,
    Sentence,
    Source,
    Table,
)
from tests.fakes import make_report

REPORT = make_report("aaaa", "Một báo cáo", "Một câu.")
CITED = Sentence("Một câu.", (Citation(1, "aaaa", 12, 20, "Một câu."),))
UNCITED = Sentence("Một câu.", ())
SOURCES = (Source(1, REPORT),)


def test_answer_with_cited_sentences_is_answered() -> None:
    assert Answer("?", Outcome.ANSWERED, (CITED,), SOURCES).sentences == (CITED,)


@pytest.mark.parametrize(
    ("outcome", "sentences"),
    [
        (Outcome.ANSWERED, ()),
        (Outcome.ANSWERED, (UNCITED,)),
        (Outcome.ANSWERED, (CITED, UNCITED)),
        (Outcome.ABSTAINED, (CITED,)),
        (Outcome.ABSTAINED, (UNCITED,)),
        (Outcome.CLARIFY, (CITED, UNCITED)),
    ],
)
def test_answer_whose_outcome_does_not_fit_cannot_be_built(
    outcome: Outcome, sentences: tuple[Sentence, ...]
) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Answer("?", outcome, sentences, SOURCES)


def test_answer_citing_no_source_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="citation 1 names none of"):
        Answer("?", Outcome.ANSWERED, (CITED,), ())


@pytest.mark.parametrize(
    ("text", "is_quote"),
    [("“Một câu.”", True), ("“Một\ncâu.”", True), ("Theo báo cáo: “Một câu.”", False)],
)
def test_sentence_is_a_quote_when_it_says_nothing_else(text: str, is_quote: bool) -> None:
    assert Sentence(text, CITED.citations).is_quote is is_quote


def test_answer_without_sentences_is_none() -> None:
    assert Answer("?", Outcome.ABSTAINED, related=(REPORT,)).sentences == ()


def test_answer_that_asks_back_says_why_and_offers_choices() -> None:
    choices = (Choice("Huế", "Đoàn đến Huế?"),)
    assert Answer("?", Outcome.CLARIFY, notice="Đoàn nào?", choices=choices).choices == choices
    for notice, offered in (("Đoàn nào?", ()), (None, choices), ("", choices)):
        with pytest.raises(ValueError, match="choices"):
            Answer("?", Outcome.CLARIFY, notice=notice, choices=offered)
    with pytest.raises(ValueError, match="choices"):
        Answer("?", Outcome.ABSTAINED, notice="Không có.", choices=choices)


def test_table_row_of_another_width_or_without_citation_cannot_be_built() -> None:
    cited = Cell("Một câu.", CITED.citations)
    assert Table(("title",), (Row(1, (cited,)),)).rows[0].citations == CITED.citations
    for row in (Row(1, (cited, cited)), Row(1, (Cell("Một câu."),)), Row(1, ())):
        with pytest.raises(ValueError, match="row 1"):
            Table(("title",), (row,))


def test_answer_whose_table_cites_no_source_or_is_not_answered_cannot_be_built() -> None:
    stray = Citation(2, "aaaa", 12, 20, "Một câu.")
    table = Table(("title",), (Row(2, (Cell("Một câu.", (stray,)),)),))
    with pytest.raises(ValueError, match="citation 2 names none of"):
        Answer("?", Outcome.ANSWERED, (CITED,), SOURCES, table=table)
    with pytest.raises(ValueError, match="comes with a table"):
        Answer("?", Outcome.ABSTAINED, table=table)


def test_filters_are_true_when_anything_is_restricted() -> None:
    assert not Filters()
    assert not Filters(without=frozenset({"province:Huế"}))
    assert all([Filters(province="Huế"), Filters(year=2022), Filters(topic="mot_cua")])


def test_report_title_is_that_of_its_visit() -> None:
    assert REPORT.title == "Một báo cáo"


def test_records_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        REPORT.text = "khác"  # type: ignore[misc]
