"""Passages handed to whoever drafts, under the numbers that citation markers must name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hochoi.types import Hit, Report, Span


@dataclass(frozen=True, slots=True)
class Offered:
    """A passage under its number."""

    number: int  # 1-based
    report: Report
    span: Span  # of the report's text

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.report.text[self.span.start : self.span.end]


def offer(hits: Sequence[Hit], reports: Mapping[str, Report]) -> tuple[Offered, ...]:
    """Return the passages of hits under the numbers 1, 2, ...; hits of unknown reports go."""
    known = [hit.passage for hit in hits if hit.passage.report_id in reports]
    return tuple(
        Offered(n, reports[p.report_id], Span(p.start, p.end)) for n, p in enumerate(known, 1)
    )
