"""How sure the answers of an evaluation were: risk by coverage, confidence against truth."""

import math
from collections.abc import Sequence

from markupsafe import Markup

from evaluation.charts import Panel, draw_inline
from evaluation.rows import Row
from evaluation.selective import COVERAGES, Bin, Selective, selective_of
from ui.elements import words
from ui.evaluate.parts import decimal, section, table
from ui.wording import Language, label, number_words

_RISK_STEP = 0.1  # the upward axis ends at a multiple of it


def confidence(rows: Sequence[Row], language: Language) -> Markup:
    """Return curves and tables; nothing when no answer came with a confidence."""
    found = selective_of(rows)
    if found is None:
        return Markup("")
    hint = Markup('<p class="hint">{}</p>').format(words("confidence_hint", language))
    panels = Markup("").join(
        Markup(draw_inline(panel)) for panel in (_risk(found, language), _truth(found, language))
    )
    body = Markup('{}{}<div class="charts">{}</div><details><summary>{}</summary>{}</details>')
    return section(
        "confidence",
        body.format(
            hint,
            _figures(found, language),
            panels,
            words("confidence_bins", language),
            _bins(found.bins, language),
        ),
        language,
    )


def _figures(found: Selective, language: Language) -> Markup:
    rows = [
        (
            words("confidence_risk_at", language, share=f"{coverage:.0%}".replace("%", " %")),
            words("confidence_not_reached", language)
            if (risk := found.risk_at(coverage)) is None
            else decimal(risk, language),
        )
        for coverage in COVERAGES
    ]
    reached = found.curve[-1]
    rows += [
        (
            words(
                "confidence_all",
                language,
                share=f"{decimal(100 * reached.coverage, language, 1)} %",
            ),
            decimal(reached.risk, language),
        ),
        (words("confidence_area", language), decimal(found.area, language)),
        (words("confidence_error", language), decimal(found.calibration_error, language)),
    ]
    return table([words("figure", language), words("figure_value", language)], rows, "confidence")


def _bins(bins: Sequence[Bin], language: Language) -> Markup:
    keys = ("confidence_said", "confidence_answers", "confidence_mean", "confidence_right")
    rows = [
        (
            f"{decimal(b.low, language, 1)} – {decimal(b.high, language, 1)}",
            number_words(b.answers),
            decimal(b.mean_confidence, language),
            decimal(b.share_right, language),
        )
        for b in bins
    ]
    return table([words(key, language) for key in keys], rows)


def _risk(found: Selective, language: Language) -> Panel:
    ticks = [(share, f"{share:.0%}") for share in (0.25, 0.5, 0.75, 1.0)]
    points = [(point.coverage, point.risk) for point in found.curve]
    lines = {label("line_risk", language): points}
    top = max(1, math.ceil(max(risk for _, risk in points) / _RISK_STEP)) * _RISK_STEP
    return Panel(label("chart_risk", language), lines, ticks, top=top, has_values=False)


def _truth(found: Selective, language: Language) -> Panel:
    ticks = [(share, f"{share:.0%}") for share in (0.25, 0.5, 0.75, 1.0)]
    lines = {
        label("line_right", language): [(b.mean_confidence, b.share_right) for b in found.bins],
        label("line_ideal", language): [(0.0, 0.0), (1.0, 1.0)],
    }
    title = label("chart_truth", language)
    return Panel(title, lines, ticks, top=1.0, has_values=False)
