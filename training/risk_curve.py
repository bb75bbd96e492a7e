"""How often answers are wrong against how many questions are answered, as the limit moves."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.selective import COVERAGES, Selective

LIMITS = tuple(n / 20 for n in range(2, 20))
_WIDTH, _HEIGHT, _EDGE = 640, 400, 56


@dataclass(frozen=True, slots=True)
class Point:
    """What one limit gives, as shares 0..1."""

    limit: float
    coverage: float  # of the answerable questions that are answered
    refused: float  # ... and that are refused; the rest is asked back
    risk: float  # of the answers to questions as asked that are wrong, or to be refused
    missed: tuple[tuple[str, float], ...]  # per sort of unanswerable questions: answered


def table(curve: Sequence[Point], limit: float, confidence: Selective) -> str:
    """Return the page with the curve and how true confidences are."""
    risks = ((coverage, confidence.risk_at(coverage)) for coverage in COVERAGES)
    sorts = [name for name, _ in curve[0].missed]
    lines = [
        "# Refusals and confidence",
        "",
        "Made by `make calibrate` from the shipped reports and questions. Every figure is cross-"
        "validated over reports: what a question is",
        "decided by has seen neither its report nor a question about it. Questions that nothing "
        "answers are of three sorts: asked by people; the",
        "answerable ones with their report taken away; made by rules, hard on purpose "
        "(`training/made_questions.py`).",
        "",
        "## By limit",
        "",
        f"A report answers from a probability of {limit:.2f} on that it states what was asked: the "
        "highest limit in the table that refuses at",
        "most 3 % of the answerable questions.",
        "",
        "![Coverage and risk](images/refusals.svg)",
        "",
        "| limit | answerable: answered | refused | of the answers wrong |"
        + "".join(f" {name}: answered |" for name in sorts),
        "|---|---|---|---|" + "---|" * len(sorts),
        *(
            f"| {p.limit:.2f} | {p.coverage:.3f} | {p.refused:.3f} | {p.risk:.3f} |"
            + "".join(f" {share:.3f} |" for _, share in p.missed)
            for p in curve
        ),
        "",
        "## Confidence",
        "",
        "`confidence` of an answer is the probability that it cites the report that is meant and "
        "holds what was asked. Fitted on the answers",
        "to the questions as asked, at the limit above; an answer to a question to ask back counts "
        "as wrong.",
        "",
        "| answerable questions answered, the surest first | of the answers wrong |",
        "|---|---|",
        *(
            f"| {coverage:.0%} | {'not reached' if risk is None else f'{risk:.3f}'} |"
            for coverage, risk in risks
        ),
        f"| {confidence.curve[-1].coverage:.1%} (all that are answered) |"
        f" {confidence.curve[-1].risk:.3f} |",
        "",
        f"Area under the curve (mean risk along it): {confidence.area:.3f}. Expected calibration "
        f"error over {confidence.answers} answers:",
        f"{confidence.calibration_error:.3f}.",
        "",
        "| confidence | answers | mean confidence | share right |",
        "|---|---|---|---|",
        *(
            f"| {b.low:.1f} to {b.high:.1f} | {b.answers} | {b.mean_confidence:.3f} |"
            f" {b.share_right:.3f} |"
            for b in confidence.bins
        ),
    ]
    return "\n".join(lines) + "\n"


def draw(curve: Sequence[Point]) -> str:
    """Return the curve as SVG: coverage to the right, risk upwards."""
    top = max(0.05, *(p.risk for p in curve))

    def place(point: Point) -> tuple[float, float]:
        x = _EDGE + point.coverage * (_WIDTH - 2 * _EDGE)
        y = _HEIGHT - _EDGE - point.risk / top * (_HEIGHT - 2 * _EDGE)
        return round(x, 1), round(y, 1)

    places = [place(p) for p in sorted(curve, key=lambda p: p.coverage)]
    path = " ".join(f"{x},{y}" for x, y in places)
    dots = "".join(
        f'<circle cx="{place(p)[0]}" cy="{place(p)[1]}" r="4" fill="#1f6feb">'
        f"<title>limit {p.limit:.1f}: coverage {p.coverage:.3f}, risk {p.risk:.3f}</title></circle>"
        for p in curve
    )
    bottom = _HEIGHT - _EDGE
    ticks = "".join(
        f'<text x="{_EDGE + share * (_WIDTH - 2 * _EDGE)}" y="{bottom + 18}"'
        f' text-anchor="middle">{share:.1f}</text>'
        f'<text x="{_EDGE - 8}" y="{bottom - share * (_HEIGHT - 2 * _EDGE) + 4}"'
        f' text-anchor="end">{share * top:.2f}</text>'
        for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        ' font-family="sans-serif" font-size="12"><title>Coverage and risk of answers</title>'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
        f'<path d="M{_EDGE},{_EDGE}V{bottom}H{_WIDTH - _EDGE}" fill="none" stroke="#555"/>'
        f'{ticks}<text x="{_WIDTH / 2}" y="{_HEIGHT - 12}" text-anchor="middle">share of the'
        " answerable questions that are answered</text>"
        f'<text x="{_EDGE}" y="{_EDGE - 16}">share of the answers that are wrong</text>'
        f'<polyline points="{path}" fill="none" stroke="#1f6feb" stroke-width="2"/>{dots}</svg>\n'
    )
