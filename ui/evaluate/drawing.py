"""The page of an evaluation as far as it depends on nothing but its rows: drawn once, then kept."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from evaluation.archive import Archive, Head, State
from evaluation.figures import figures_of, with_values
from evaluation.rows import Row
from ui.evaluate.confidence import confidence
from ui.evaluate.parts import charts, measures, outcomes, slices, times
from ui.wording import Language


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands before and after the list of failures, and the failures, without rankings."""

    before: Markup
    after: Markup
    failed: tuple[Row, ...]


def draw(archive: Archive, head: Head, language: Language) -> Drawn:
    """Read an evaluation and draw it.

    Raises:
        NotFoundError: If it is not there any more.
    """
    rows = archive.rows(head.evaluation_id)
    if head.state in (State.RUNNING, State.INTERRUPTED):
        rows = with_values(rows)
        figures = figures_of(rows)
    else:
        figures = archive.figures(head.evaluation_id)
    return Drawn(
        Markup("").join((measures(figures, language), outcomes(rows, language))),
        Markup("").join(
            (
                charts(rows, language),
                confidence(rows, language),
                slices(figures, language),
                times(figures, language),
            )
        ),
        tuple(
            replace(row, documents=(), passages=(), answering_passages=())
            for row in rows
            if row.has_failed
        ),
    )
