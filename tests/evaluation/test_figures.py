"""Values per question and their means, beside ir_measures and by hand."""

from dataclasses import replace

import pytest

from evaluation.figures import figures_of, results_of, with_values
from evaluation.measures import score
from evaluation.runs import RankedDocument, Ranking, Run
from hochoi.types import Outcome
from tests.evaluation.evaluation_builders import make_testset
from tests.evaluation.row_builders import answered, row_of


def test_values_over_documents_are_those_of_the_run() -> None:
    rows = [row_of("q1", "b a"), row_of("q2", "c d", "d e"), row_of("q3", "", "a")]
    run = Run(
        "t",
        "f",
        tuple(
            Ranking(r.query_id, tuple(RankedDocument(d, s) for d, s in r.documents)) for r in rows
        ),
    )
    testset = make_testset("q1 a 1\nq2 d 1\nq2 e 1\nq3 a 1")
    assert results_of(with_values(rows)) == score(run, testset)


def test_values_over_passages_need_expected_words_and_miss_without_a_passage() -> None:
    asked = row_of("q1", expected=("57",))
    found = replace(asked, passages=("a:0-1", "a:1-2"), answering_passages=("a:1-2",))
    first, second, third = with_values([found, row_of("q2", expected=("5",)), row_of("q3")])
    assert first.values["Passage RR@10"] == 0.5
    assert second.values["Passage RR@10"] == 0
    assert "Passage RR@10" not in third.values


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (answered(), {"Report first": 1, "Answer hit": 1, "Citation precision": 1,
                      "Citation recall": 1, "Exact quotes": 1}),
        (answered(holds=False), {"Report first": 1, "Answer hit": 0}),
        (answered(doc_ids="a x", is_right=True), {"Citation precision": 0.5}),
        (answered(doc_ids="x", is_right=False), {"Report first": 0, "Citation recall": 0}),
        (answered(doc_ids="a a a a", altered=1), {"Exact quotes": 0.75}),
        (answered(Outcome.ABSTAINED, "", is_right=False), {"Answer hit": 0}),
    ],
)  # fmt: skip
def test_values_of_an_answer_are_shares(given: object, expected: dict[str, float]) -> None:
    (row,) = with_values([row_of("q1", answered=given)])
    assert {name: row.values[name] for name in expected} == expected


def test_values_of_a_refusal_are_right_without_citations() -> None:
    row = row_of("q1", relevant="", answerable=False, answered=answered(Outcome.ABSTAINED, ""))
    (row,) = with_values([row])
    assert row.values == {"Exact quotes": 1.0, "Refusal": 1.0}


def test_measures_of_a_question_do_not_depend_on_its_answer() -> None:
    refused = answered(Outcome.ABSTAINED, "", is_right=False, holds=False)
    one, other = with_values([row_of("q1", answered=answered()), row_of("q2", answered=refused)])
    assert one.values.keys() == other.values.keys()
    assert (other.values["Citation precision"], other.values["Citation recall"]) == (0, 0)


def test_figures_count_outcomes_and_slice_by_three_or_more() -> None:
    rows = with_values([
        row_of("q1", answered=answered()),
        row_of("q2", answered=answered(Outcome.ABSTAINED, "", is_right=False, holds=False)),
        row_of("q3", answered=answered(Outcome.CLARIFY, "", is_right=False, holds=False)),
        row_of("q4", relevant="", kind="none", slices=(), answerable=False, answered=answered()),
    ])  # fmt: skip
    figures = figures_of(rows)
    counts = figures.counts
    assert (counts.answerable, counts.unanswerable, counts.answer_hits) == (3, 1, 1)
    assert (counts.wrong_refusals, counts.missed_refusals, counts.ask_backs) == (1, 1, 1)
    assert [(s.dimension, s.value, s.questions) for s in figures.slices] == [("kind", "who", 3)]
    assert dict(figures.latencies)["answer: search"].p50_ms == 4.0


def test_figures_with_the_same_seed_are_the_same() -> None:
    rows = with_values([row_of(f"q{i}", "a" if i % 3 else "b") for i in range(30)])
    assert figures_of(rows, seed=1) == figures_of(rows, seed=1)


def test_figures_of_nothing_are_empty() -> None:
    assert figures_of([]).overall == ()
