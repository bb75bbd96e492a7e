"""An answer and its filters as the JSON text that is kept with a conversation, and back.

Reports are kept without their text: quotes, visits and offsets stay, so that an old answer shows
the same citations even when a report was replaced or removed since.
"""

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from hochoi.types import Answer, Filters, Hit, Report, Source

if TYPE_CHECKING:
    from pydantic import TypeAdapter

HITS_KEPT = 3  # per report, for the view of why a source was found


@cache
def _answers() -> "TypeAdapter[Answer]":
    from pydantic import TypeAdapter

    return TypeAdapter(Answer)


@cache
def _filters() -> "TypeAdapter[Filters]":
    from pydantic import TypeAdapter

    return TypeAdapter(Filters)


def slim(answer: Answer) -> Answer:
    """Return an answer as it is kept: no report texts, only hits of the reports it shows."""
    return replace(
        answer,
        sources=tuple(Source(s.number, _without_text(s.report)) for s in answer.sources),
        related=tuple(map(_without_text, answer.related)),
        hits=_shown_hits(answer),
    )


def _without_text(report: Report) -> Report:
    return replace(report, text="")


def _shown_hits(answer: Answer) -> tuple[Hit, ...]:
    """Return the best hits of each report of the answer, and those that hold a citation."""
    shown = {s.report.report_id for s in answer.sources} | {r.report_id for r in answer.related}
    cited = [(c.report_id, c.start) for s in answer.sentences for c in s.citations]
    seen: dict[str, int] = {}
    kept: list[Hit] = []
    for hit in answer.hits:
        passage = hit.passage
        if passage.report_id not in shown:
            continue
        seen[passage.report_id] = seen.get(passage.report_id, 0) + 1
        holds = any(i == passage.report_id and passage.start <= n < passage.end for i, n in cited)
        if holds or seen[passage.report_id] <= HITS_KEPT:
            kept.append(replace(hit, passage=replace(passage, text="")))
    return tuple(kept)


def encode_answer(answer: Answer) -> str:
    """Return the JSON text of an answer, slim."""
    return _answers().dump_json(slim(answer)).decode()


def decode_answer(stored: str) -> Answer:
    """Return the answer that `encode_answer` wrote, by this version or an older one.

    Raises:
        ValueError: If the text is something else.
    """
    return _answers().validate_json(stored)


def encode_filters(filters: Filters) -> str:
    """Return the JSON text of filters; equal filters give equal texts."""
    return _filters().dump_json(filters).decode()


def decode_filters(stored: str) -> Filters:
    """Return the filters that `encode_filters` wrote.

    Raises:
        ValueError: If the text is something else.
    """
    return _filters().validate_json(stored)
