"""Rows of an evaluation -> values per question, means with intervals, per slice.

Retrieval measures come from ir_measures, over documents and over passages; a question that found
nothing counts as 0. Measures of answers, for which no library exists, are shares per question.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from evaluation.measures import (
    RETRIEVAL_MEASURES,
    Interval,
    Metric,
    Result,
    interval,
    score_rankings,
)
from evaluation.rows import Answered, Row
from evaluation.runs import Latency, latency
from evaluation.slices import members
from hochoi.types import Outcome

if TYPE_CHECKING:
    from pydantic import TypeAdapter

PASSAGE_MEASURES = ("Success@1", "Success@10", "RR@10")
REPORT_FIRST, ANSWER_HIT = "Report first", "Answer hit"
ASK_BACK, REFUSAL = "Ask back", "Refusal"
CITATION_PRECISION, CITATION_RECALL = "Citation precision", "Citation recall"
EXACT_QUOTES = "Exact quotes"
LEAST_IN_SLICE = 3  # smaller slices say nothing


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean of one measure with its 95 % bootstrap interval."""

    measure: str
    mean: float
    bounds: Interval
    questions: int


@dataclass(frozen=True, slots=True)
class SliceFigures:
    """The figures of the questions that share one property."""

    dimension: str
    value: str
    questions: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How the answers came out."""

    answerable: int  # from one visit, or over all of them
    ambiguous: int  # fit several visits, to be asked back
    unanswerable: int
    right_reports: int  # of the answerable: the first citation is of a relevant report
    words_present: int  # of the answerable: all expected words stand in the answer
    answer_hits: int  # of the answerable: both of these
    wrong_refusals: int
    missed_refusals: int
    ask_backs: int  # of all
    right_ask_backs: int  # of the ambiguous
    citations: int
    altered_quotes: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that an evaluation shows in numbers."""

    overall: tuple[Figure, ...]
    slices: tuple[SliceFigures, ...]
    counts: Counts
    latencies: tuple[tuple[str, Latency], ...]  # "search", "answer", then the steps of answering


def with_values(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with the value of every measure that applies to each of them."""
    values: dict[str, dict[str, float]] = {row.query_id: {} for row in rows}
    judged = [row for row in rows if row.asked.is_judged]
    documents = {
        row.query_id: ([doc for doc, _ in row.documents], row.asked.grades) for row in judged
    }
    for result in score_rankings(documents, RETRIEVAL_MEASURES):
        for metric in result.metrics:
            values[metric.query_id][result.measure] = metric.value
    passages = {
        row.query_id: (row.passages, row.answering_passages)
        for row in judged
        if row.asked.expected and row.asked.relevant
    }
    for result in score_rankings(passages, PASSAGE_MEASURES):
        for metric in result.metrics:
            values[metric.query_id][f"Passage {result.measure}"] = metric.value
    for row in rows:
        if row.answered is not None:
            values[row.query_id].update(_answer_values(row, row.answered))
    return tuple(row.with_values(values[row.query_id]) for row in rows)


def _answer_values(row: Row, answered: Answered) -> dict[str, float]:
    """Return the values of an answer; which measures there are depends on the question only.

    So two evaluations of one set have the same measures for the same questions, and what was
    refused counts against the citations it should have had.
    """
    cited = [{c.doc_id for c in said.citations} for said in answered.sentences]
    citations = sum(len(said.citations) for said in answered.sentences)
    found = {EXACT_QUOTES: 1 - answered.altered_quotes / citations if citations else 1.0}
    if row.asked.ask_back:
        return {**found, ASK_BACK: float(answered.offers_fitting is True)}
    if not row.asked.answerable:
        return {**found, REFUSAL: float(answered.outcome is Outcome.ABSTAINED)}
    found[REPORT_FIRST] = float(answered.is_right_report is True)
    found[ANSWER_HIT] = float(_is_hit(answered))
    relevant = set(row.asked.relevant)
    right = sum(bool(docs & relevant) for docs in cited)
    found[CITATION_PRECISION] = right / len(cited) if cited else 0.0
    named = {doc_id for docs in cited for doc_id in docs}
    found[CITATION_RECALL] = len(named & relevant) / len(relevant) if relevant else 0.0
    return found


def _is_hit(answered: Answered) -> bool:
    return answered.is_right_report is True and answered.holds_words is not False


def results_of(rows: Iterable[Row]) -> tuple[Result, ...]:
    """Return one result per measure, over the questions it applies to, measures in order."""
    found: dict[str, list[Metric]] = {}
    for row in rows:
        for measure, value in row.values.items():
            found.setdefault(measure, []).append(Metric(row.query_id, value))
    return tuple(Result(measure, tuple(metrics)) for measure, metrics in sorted_measures(found))


def sorted_measures(found: dict[str, list[Metric]]) -> list[tuple[str, list[Metric]]]:
    """Return measures in the order in which people read them."""
    order = (
        *RETRIEVAL_MEASURES,
        *(f"Passage {measure}" for measure in PASSAGE_MEASURES),
        REPORT_FIRST,
        ANSWER_HIT,
        ASK_BACK,
        REFUSAL,
        CITATION_PRECISION,
        CITATION_RECALL,
        EXACT_QUOTES,
    )
    place = {measure: n for n, measure in enumerate(order)}
    return sorted(found.items(), key=lambda item: place.get(item[0], len(place)))


def figures_of(rows: Sequence[Row], *, seed: int = 0) -> Figures:
    """Return the figures of rows that carry values; the same seed gives the same numbers."""
    by_id = {row.query_id: row for row in rows}
    slices = members({row.query_id: row.asked.slices for row in rows})
    return Figures(
        overall=_figures(rows, seed),
        slices=tuple(
            SliceFigures(dimension, value, len(ids), _figures([by_id[i] for i in ids], seed))
            for (dimension, value), ids in slices.items()
            if len(ids) >= LEAST_IN_SLICE
        ),
        counts=_counts(rows),
        latencies=_latencies(rows),
    )


def figures_text(figures: Figures) -> str:
    """Return figures as JSON, e.g. for a file."""
    return _codec().dump_json(figures).decode("utf-8") + "\n"


def read_figures(text: str) -> Figures:
    """Return what `figures_text` wrote.

    Raises:
        ValueError: If it is something else.
    """
    return _codec().validate_json(text)


@cache
def _codec() -> "TypeAdapter[Figures]":
    from pydantic import TypeAdapter  # 0.1 s: only who evaluates pays for it

    return TypeAdapter(Figures)


def _figures(rows: Iterable[Row], seed: int) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            result.measure,
            result.mean,
            interval(result, resamples=1000, seed=seed),
            len(result.metrics),
        )
        for result in results_of(rows)
    )


def _counts(rows: Sequence[Row]) -> Counts:
    answered = [(row.asked, row.answered) for row in rows if row.answered is not None]
    ambiguous = [given for asked, given in answered if asked.ask_back]
    answerable = [g for asked, g in answered if asked.answerable and not asked.ask_back]
    unanswerable = [given for asked, given in answered if not asked.answerable]

    def count(among: Sequence[Answered], outcome: Outcome) -> int:
        return sum(given.outcome is outcome for given in among)

    return Counts(
        answerable=len(answerable),
        ambiguous=len(ambiguous),
        unanswerable=len(unanswerable),
        right_reports=sum(given.is_right_report is True for given in answerable),
        words_present=sum(given.holds_words is not False for given in answerable),
        answer_hits=sum(_is_hit(given) for given in answerable),
        wrong_refusals=count(answerable, Outcome.ABSTAINED),
        missed_refusals=count(unanswerable, Outcome.ANSWERED),
        ask_backs=count([given for _, given in answered], Outcome.CLARIFY),
        right_ask_backs=sum(given.offers_fitting is True for given in ambiguous),
        citations=sum(len(s.citations) for _, given in answered for s in given.sentences),
        altered_quotes=sum(given.altered_quotes for _, given in answered),
    )


def _latencies(rows: Iterable[Row]) -> tuple[tuple[str, Latency], ...]:
    timings: dict[str, list[float]] = {"search": [], "answer": []}
    for row in rows:
        if row.asked.is_judged:
            timings["search"].append(row.search_ms)
        if row.answered is not None:
            timings["answer"].append(row.answered.total_ms)
            for step, taken in row.answered.steps_ms:
                timings.setdefault(f"answer: {step}", []).append(taken)
    found = ((name, latency(values)) for name, values in timings.items())
    return tuple((name, known) for name, known in found if known is not None)
