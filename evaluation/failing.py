"""A question that failed -> why: how far the right report came, and what stood before it."""

from collections.abc import Mapping

from evaluation.answers import (
    ALTERED_QUOTE,
    ASKED_BACK,
    MISSED_REFUSAL,
    MISSING_WORDS,
    NOT_ASKED_BACK,
    WRONG_CHOICES,
    WRONG_NEAREST,
    WRONG_REFUSAL,
    WRONG_REPORT,
)
from evaluation.rows import Asked, Place, Row, Why
from hochoi.errors import QuestionError
from hochoi.explaining import Explanation, Fate, Placed, explain
from hochoi.retrieval import prepare
from hochoi.types import Filters
from hochoi.workspace import Workspace

DEPTH = 10  # a report behind this many passages is not found
RELEVANT_EXPLAINED = 3  # of several right reports, this many are looked for

# What an answer did wrong although the report was found, the gravest first.
_CAUSES = {
    ALTERED_QUOTE: "altered quote",
    MISSED_REFUSAL: "should have refused",
    WRONG_REFUSAL: "refused",
    ASKED_BACK: "asked back",
    NOT_ASKED_BACK: "should have asked back",
    WRONG_CHOICES: "wrong choices",
    WRONG_REPORT: "other report chosen",
    MISSING_WORDS: "wrong sentence",
    WRONG_NEAREST: "nearest report not named",
}
CAUSES = (*(fate.value for fate in Fate if fate is not Fate.FOUND), *_CAUSES.values())
"""Every cause that `why` can give."""


def why(ws: Workspace, row: Row, document_ids: Mapping[str, str]) -> Why | None:
    """Return why a question failed, None when nothing is wrong with it.

    Args:
        ws: The library that was searched.
        row: Of the question, without values.
        document_ids: Document id per report id.
    """
    asked, answered = row.asked, row.answered
    first = [doc_id for doc_id, _ in row.documents[:DEPTH]]
    is_missed = bool(asked.relevant) and not set(asked.relevant) & set(first)
    reasons = () if answered is None else answered.reasons
    if not is_missed and not reasons:
        return None
    explanation = _explanation(ws, asked)
    if explanation is None:
        return Why(_cause(reasons))
    found = _place(ws, explanation.placed[0], document_ids) if explanation.placed else None
    expected = explanation.expected
    if expected is None:
        return Why(_cause(reasons), found=found)
    wanted = None if expected.best is None else _place(ws, expected.best, document_ids)
    is_found = expected.fate is Fate.FOUND
    if is_found and reasons == (WRONG_REPORT,) and expected.best and expected.best.rank > 1:
        return Why(Fate.OUTRANKED.value, wanted, found)
    return Why(_cause(reasons) if is_found and reasons else expected.fate.value, wanted, found)


def _cause(reasons: tuple[str, ...]) -> str:
    known = [cause for reason, cause in _CAUSES.items() if reason in reasons]
    return known[0] if known else Fate.OUTRANKED.value


def _explanation(ws: Workspace, asked: Asked) -> Explanation | None:
    """Return the search laid open with the right report that came furthest."""
    try:
        query = prepare(asked.text, Filters(), ws, asked.history)
    except QuestionError:
        return None
    if not asked.relevant:
        return explain(ws, query, DEPTH)
    tried = [explain(ws, query, DEPTH, doc) for doc in asked.relevant[:RELEVANT_EXPLAINED]]
    return min(tried, key=_distance)


def _distance(explanation: Explanation) -> float:
    expected = explanation.expected
    if expected is None or expected.fate is Fate.NOT_INGESTED:
        return float("inf")
    return float(expected.best.rank) if expected.best else 1e9


def _place(ws: Workspace, placed: Placed, document_ids: Mapping[str, str]) -> Place:
    item, report = placed.ranked, placed.report
    passages = ws.store.passages([item.passage_id])
    return Place(
        doc_id=document_ids.get(item.report_id, report.file_name),
        report_id=item.report_id,
        passage_id=item.passage_id,
        rank=placed.rank,
        score=item.score,
        text=passages[item.passage_id].text if item.passage_id in passages else "",
        signals=(
            ("lexical_rank", float(item.lexical_rank or 0)),
            ("vector_rank", float(item.vector_rank or 0)),
            *item.signals,
        ),
    )
