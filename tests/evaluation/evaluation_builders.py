"""Small records that evaluation tests are made of."""

from evaluation.measures import Metric, Result
from evaluation.runs import RankedDocument, Ranking, Run
from evaluation.testset import Qrel, Question, TestSet
from hochoi.types import Hit, Passage


def make_testset(qrels: str, *, fingerprint: str = "f") -> TestSet:
    """Return a test set from lines of `query document grade`."""
    rows = [line.split() for line in qrels.strip().splitlines()]
    query_ids = list(dict.fromkeys(row[0] for row in rows))
    return TestSet(
        name="small",
        questions=tuple(Question(query_id, f"câu {query_id}") for query_id in query_ids),
        qrels=tuple(Qrel(query_id, doc_id, int(grade)) for query_id, doc_id, grade in rows),
        fingerprint=fingerprint,
    )


def run_of(rankings: dict[str, str], *, fingerprint: str = "f") -> Run:
    """Return a run from document ids, best first, per query id."""
    return Run(
        "t",
        fingerprint,
        tuple(
            Ranking(
                query_id,
                tuple(RankedDocument(d, -float(i)) for i, d in enumerate(doc_ids.split())),
            )
            for query_id, doc_ids in rankings.items()
        ),
    )


def result_of(*values: float, measure: str = "RR@10") -> Result:
    """Return a result with the questions q0, q1, ..."""
    return Result(measure, tuple(Metric(f"q{i}", value) for i, value in enumerate(values)))


def hit_of(report_id: str, score: float, rank: int) -> Hit:
    """Return a hit in a report."""
    return Hit(Passage(f"{report_id}:0-1", report_id, "", 0, 1, "x"), score, rank)
