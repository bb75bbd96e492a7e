"""Rows of an evaluation -> the curves that its report shows, and its table for a spreadsheet.

Does not know words or HTML: those are the page's.
"""

from collections.abc import Sequence

from evaluation.figures import ANSWER_HIT, ASK_BACK, REFUSAL
from evaluation.rows import Row
from hochoi.spreadsheet import spreadsheet_csv
from hochoi.types import Outcome

SUCCESS_DEPTH = 20
CURVE_POINTS = 400

_COLUMNS = (
    "id", "question", "history", "kind", "tags", "expected", "relevant", "outcome", "answer",
    "cited", "failed", "reasons", "cause", "search_ms", "answer_ms",
)  # fmt: skip


def success_curve(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return (k, share of questions with a relevant document in the first k), k from 1."""
    ranks = [_first_relevant(row) for row in rows if row.asked.is_judged]
    if not ranks:
        return []
    return [
        (float(k), sum(rank <= k for rank in ranks) / len(ranks))
        for k in range(1, SUCCESS_DEPTH + 1)
    ]


def _first_relevant(row: Row) -> float:
    relevant = set(row.asked.relevant)
    found = (n for n, (doc_id, _) in enumerate(row.documents, start=1) if doc_id in relevant)
    return float(next(found, float("inf")))


def latency_curve(values_ms: Sequence[float]) -> list[tuple[float, float]]:
    """Return (milliseconds, share of questions done by then), from the fastest to the slowest.

    At most `CURVE_POINTS` + 1 points: a line of more looks no different and fills the page.
    """
    ordered = sorted(values_ms)
    curve = [(taken, n / len(ordered)) for n, taken in enumerate(ordered, start=1)]
    step = -(-len(curve) // CURVE_POINTS)
    return [*curve[:-1:step], curve[-1]] if step > 1 else curve


def rows_csv(rows: Sequence[Row]) -> str:
    """Return the rows as CSV for a spreadsheet, one question a line."""
    measures = sorted({measure for row in rows for measure in row.values})
    lines = (
        [*_cells(row), *(f"{row.values[m]:.4f}" if m in row.values else "" for m in measures)]
        for row in rows
    )
    return spreadsheet_csv([[*_COLUMNS, *measures], *lines])


def _cells(row: Row) -> list[str]:
    asked, given = row.asked, row.answered
    cited = [c.doc_id for said in given.sentences for c in said.citations] if given else []
    return [
        asked.query_id,
        asked.text,
        "\n".join(asked.history),
        asked.kind,
        " ".join(asked.tags),
        "\n".join(asked.expected),
        "\n".join(asked.relevant),
        given.outcome.value if given else "",
        given.found_text if given else "",
        "\n".join(dict.fromkeys(cited)),
        "1" if row.has_failed else "0",
        "; ".join(given.reasons) if given else "",
        row.why.cause if row.why else "",
        f"{row.search_ms:.1f}",
        f"{given.total_ms:.1f}" if given else "",
    ]


def outcome_counts(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """Return how many questions were (expected, given): answer, ask back, refuse."""
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.answered is None:
            continue
        wanted = ASK_BACK if row.asked.ask_back else ANSWER_HIT
        wanted = wanted if row.asked.answerable else REFUSAL
        given = {
            Outcome.ANSWERED: ANSWER_HIT,
            Outcome.CLARIFY: ASK_BACK,
            Outcome.ABSTAINED: REFUSAL,
        }[row.answered.outcome]
        found[wanted, given] = found.get((wanted, given), 0) + 1
    return found
