"""The records refuse to be wrong."""

from dataclasses import FrozenInstanceError

import pytest

from hochoi.types import Answer, Citation, Filters, Outcome, Sentence, Source
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


@pytest.mark.parametrize("outcome", [Outcome.ABSTAINED, Outcome.CLARIFY])
def test_answer_without_sentences_is_none(outcome: Outcome) -> None:
    assert Answer("?", outcome, related=(REPORT,)).sentences == ()


def test_filters_are_true_when_anything_is_restricted() -> None:
    assert not Filters()
    assert all([Filters(province="Huế"), Filters(year=2022), Filters(topic="mot_cua")])


def test_report_title_is_that_of_its_visit() -> None:
    assert REPORT.title == "Một báo cáo"


def test_records_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        REPORT.text = "khác"  # type: ignore[misc]
