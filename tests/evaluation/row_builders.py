"""Rows that evaluation tests are made of."""

from evaluation.archive import Configuration, Head
from evaluation.rows import Answered, Asked, Quoted, Row, Said
from hochoi.types import Outcome

CONFIGURATION = Configuration("0", "c", "l", 2, "m", "r", "extractive", "p")


def head_of(evaluation_id: str, *, questions: int = 3, fingerprint: str = "f") -> Head:
    """Return the head of an evaluation that has just begun."""
    return Head(
        evaluation_id, "bộ 1", "sets/1", fingerprint, questions, "2026-11-27T08:00:00+07:00",
        CONFIGURATION,
    )  # fmt: skip


def answered(
    outcome: Outcome = Outcome.ANSWERED,
    doc_ids: str = "a",
    *,
    is_right: bool | None = True,
    holds: bool | None = True,
    altered: int = 0,
    reasons: tuple[str, ...] = (),
) -> Answered:
    """Return an answer with one cited sentence per document id."""
    return Answered(
        outcome=outcome,
        found_text="đáp",
        sentences=tuple(Said("đáp", (Quoted(d, d, 0, 3, "đáp"),)) for d in doc_ids.split()),
        notice=None,
        related=(),
        is_right_report=is_right,
        holds_words=holds,
        offers_fitting=None,
        altered_quotes=altered,
        reasons=reasons,
        total_ms=10.0,
        steps_ms=(("search", 4.0),),
    )


def row_of(query_id: str, found: str = "a b", relevant: str = "a", **more: object) -> Row:
    """Return a judged row from document ids, best first."""
    asked = {"kind": "who", "slices": (("kind", "who"),), **more}
    given = asked.pop("answered", None)
    return Row(
        asked=Asked(
            query_id,
            str(asked.pop("text", f"câu {query_id}")),
            grades=dict.fromkeys(relevant.split(), 1),
            is_judged=bool(relevant),
            is_expected=given is not None,
            **asked,  # type: ignore[arg-type]
        ),
        documents=tuple((d, 1.0 - n / 10) for n, d in enumerate(found.split())),
        search_ms=5.0,
        answered=given,  # type: ignore[arg-type]
    )
