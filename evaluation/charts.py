"""Small line charts as SVG text. Colours come from the page they stand in, or from the defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

Points = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT, _MARGIN = 360, 240, 48
_COLOURS = ("#0b57d0", "#b3261e", "#146c2e", "#7a4a00")
_LABELLED = 8  # points; more of them on a line are drawn without their values


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart: points per name of a line, and where the axis to the right has labels."""

    title: str
    lines: Mapping[str, Points]
    ticks: Sequence[tuple[float, str]]
    top: float | None = None  # of the upward axis; None: a little above the largest value
    has_values: bool = True  # points carry their values; else the upward axis has labels

    def summary(self) -> str:
        """Return the chart in words, for those who do not see it."""
        parts = [
            f"{name}: " + ", ".join(f"{x:,.4g} → {y:,.3g}" for x, y in thinned(points))
            for name, points in self.lines.items()
        ]
        return f"{self.title}. " + "; ".join(parts)


def thinned(points: Points) -> Points:
    """Return at most `_LABELLED` of the points, first and last among them."""
    if len(points) <= _LABELLED:
        return points
    step = (len(points) - 1) / (_LABELLED - 1)
    return [points[round(i * step)] for i in range(_LABELLED)]


def draw(panels: Sequence[Panel]) -> str:
    """Return an SVG file with the panels side by side, two to a row. Both axes start at 0."""
    rows = (len(panels) + 1) // 2
    width, height = 2 * _WIDTH, rows * _HEIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' font-family="sans-serif" font-size="11" role="img">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for n, panel in enumerate(panels):
        x, y = (n % 2) * _WIDTH, (n // 2) * _HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def draw_inline(panel: Panel) -> str:
    """Return one panel as an SVG element to stand in a page, in the page's own ink."""
    return "\n".join(
        [
            f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
            f' aria-label="{escape(panel.summary(), quote=True)}" fill="currentColor"'
            ' font-size="11">',
            *_panel(panel),
            "</svg>",
        ]
    )


def _panel(panel: Panel) -> list[str]:
    right, bottom = _WIDTH - _MARGIN, _HEIGHT - _MARGIN
    points = [point for line in panel.lines.values() for point in line]
    top = panel.top or 1.15 * max((y for _, y in points), default=1.0) or 1.0
    far = max([x for x, _ in points] + [x for x, _ in panel.ticks], default=1.0) or 1.0

    def place(x: float, y: float) -> tuple[float, float]:
        across = _MARGIN + (right - _MARGIN) * x / far
        return round(across, 1), round(bottom - (bottom - _MARGIN) * min(y / top, 1), 1)

    title = escape(panel.title)
    parts = [
        f'<text x="{_MARGIN}" y="24" font-size="13" font-weight="bold">{title}</text>',
        f'<path d="M{_MARGIN} {_MARGIN}V{bottom}H{right}" fill="none" stroke="#7d8694"/>',
    ]
    for x, label in panel.ticks:
        across, _ = place(x, 0)
        parts.append(
            f'<text x="{across}" y="{bottom + 16}" text-anchor="middle">{escape(label)}</text>'
        )
    for share in () if panel.has_values else (0.5, 1.0):
        _, up = place(0, share * top)
        parts.append(f'<path d="M{_MARGIN} {up}H{right}" stroke="#7d8694" stroke-width=".5"/>')
        parts.append(
            f'<text x="{_MARGIN - 6}" y="{up + 4}" text-anchor="end">{share * top:.3g}</text>'
        )
    for n, (name, line) in enumerate(panel.lines.items()):
        colour = _COLOURS[n % len(_COLOURS)]
        placed = [place(x, y) for x, y in line]
        path = " ".join(f"{x},{y}" for x, y in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for x, y in thinned(line) if panel.has_values else ():
            across, up = place(x, y)
            parts.append(f'<circle cx="{across}" cy="{up}" r="3" fill="{colour}"/>')
            parts.append(f'<text x="{across}" y="{up - 7}" text-anchor="end">{y:,.4g}</text>')
        parts.append(
            f'<text x="{_MARGIN + 8 + 100 * n}" y="40" fill="{colour}">{escape(name)}</text>'
        )
    return parts
