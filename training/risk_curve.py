"""How often answers are wrong against how many questions are answered, as the limit moves."""

from collections.abc import Sequence
from dataclasses import dataclass

LIMITS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_WIDTH, _HEIGHT, _EDGE = 640, 400, 56


@dataclass(frozen=True, slots=True)
class Point:
    """What one limit gives, as shares 0..1."""

    limit: float
    coverage: float  # of the answerable questions that are answered
    risk: float  # of the answers that are wrong: another report, or nothing to answer
    missed: float  # of the unanswerable questions that are answered


def risk_curve(cases: Sequence[tuple[bool, float, bool]]) -> list[Point]:
    """Return the points for `LIMITS`; a case is (answerable, probability, right report)."""
    answerable = sum(is_answerable for is_answerable, _, _ in cases)
    points = []
    for limit in LIMITS:
        answered = [(a, right) for a, p, right in cases if p >= limit]
        covered = sum(a for a, _ in answered)
        wrong = sum(not (a and right) for a, right in answered)
        points.append(
            Point(
                limit,
                covered / max(1, answerable),
                wrong / max(1, len(answered)),
                (len(answered) - covered) / max(1, len(cases) - answerable),
            )
        )
    return points


def table(curve: Sequence[Point], figures: Sequence[str]) -> str:
    """Return the page with the curve and its figures."""
    lines = [
        "# Refusals: coverage and risk",
        "",
        "Made by `make calibrate` from the shipped reports and questions, cross-validated over",
        "reports; each answerable question is also asked with its report taken away.",
        "",
        *(f"- {figure}" for figure in figures),
        "",
        "![Coverage and risk](images/refusals.svg)",
        "",
        "| limit | of the answerable answered | of the answers wrong | of the rest answered |",
        "|---|---|---|---|",
        *(f"| {p.limit:.1f} | {p.coverage:.3f} | {p.risk:.3f} | {p.missed:.3f} |" for p in curve),
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
