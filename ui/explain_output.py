"""An explanation of a search as lines for the terminal and as JSON. Searches nothing."""

from collections.abc import Iterator

from hochoi.explaining import Expected, Explanation, Fate, Placed

Json = dict[str, object]


def explanation_lines(found: Explanation) -> Iterator[str]:
    """Yield the lines that `hochoi search --explain` prints, in English."""
    for words in found.added:
        yield f"also searched  {words}"
    for kind, reading in found.conditions:
        yield f"raises {kind:9s} {reading}"
    for kind, value in found.filters:
        yield f"only {kind:11s} {value}"
    yield f"candidates     {found.candidates}"
    for placed in found.placed:
        yield ""
        yield from _placed_lines(placed)
    if found.expected is not None:
        yield ""
        yield from _expected_lines(found.expected)


def _placed_lines(placed: Placed) -> Iterator[str]:
    item = placed.ranked
    yield f"{placed.rank:3d}  {item.score:.3f}  {placed.report.title}"
    yield f"     {placed.report.file_name}  {item.passage_id}"
    yield (
        f"     first ranking {item.first_rank}, keywords {_rank(item.lexical_rank)},"
        f" vectors {_rank(item.vector_rank)}"
    )
    yield "     " + "  ".join(f"{name} {value:+.3f}" for name, value in item.signals)


def _rank(value: int | None) -> str:
    return "-" if value is None else str(value)


_REASONS = {
    Fate.FOUND: "it is among them",
    Fate.NOT_INGESTED: "no such report in this library",
    Fate.FILTERED: "the filters leave it out",
    Fate.CUT: "no passage of it is among the candidates of either side",
    Fate.OUTRANKED: "other passages rank higher",
}


def _expected_lines(expected: Expected) -> Iterator[str]:
    yield f"expected {expected.name}: {expected.fate.value}: {_REASONS[expected.fate]}"
    if expected.best is not None:
        yield from _placed_lines(expected.best)


def explanation_json(found: Explanation) -> Json:
    """Return what `hochoi search --explain --json` prints."""
    return {
        "added": list(found.added),
        "conditions": [{"kind": kind, "reading": text} for kind, text in found.conditions],
        "filters": dict(found.filters),
        "candidates": found.candidates,
        "hits": [_placed_json(placed) for placed in found.placed],
        "expected": None if found.expected is None else _expected_json(found.expected),
    }


def _placed_json(placed: Placed) -> Json:
    item = placed.ranked
    return {
        "rank": placed.rank,
        "score": round(item.score, 6),
        "report_id": item.report_id,
        "file_name": placed.report.file_name,
        "passage_id": item.passage_id,
        "first_rank": item.first_rank,
        "lexical_rank": item.lexical_rank,
        "vector_rank": item.vector_rank,
        "signals": {name: round(value, 6) for name, value in item.signals},
    }


def _expected_json(expected: Expected) -> Json:
    return {
        "name": expected.name,
        "fate": expected.fate.value,
        "report_id": None if expected.report is None else expected.report.report_id,
        "best": None if expected.best is None else _placed_json(expected.best),
    }
