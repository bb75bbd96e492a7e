"""Small line charts as SVG text: one panel per measure, library size to the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT, _MARGIN = 360, 240, 48
_COLOURS = ("#0b57d0", "#b3261e", "#146c2e", "#7a4a00")


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart: `lines` maps the name of a line to a value per size."""

    title: str
    sizes: Sequence[float]
    lines: dict[str, Sequence[float]]


def draw(panels: Sequence[Panel]) -> str:
    """Return an SVG with the panels side by side, two to a row. Both axes start at 0."""
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


def _panel(panel: Panel) -> list[str]:
    right, bottom = _WIDTH - _MARGIN, _HEIGHT - _MARGIN
    top_value = 1.15 * max(max(values) for values in panel.lines.values()) or 1.0
    top_size = max(panel.sizes)

    def place(size: float, value: float) -> tuple[float, float]:
        x = _MARGIN + (right - _MARGIN) * size / top_size
        return round(x, 1), round(bottom - (bottom - _MARGIN) * value / top_value, 1)

    title = escape(panel.title)
    parts = [
        f'<text x="{_MARGIN}" y="24" font-size="13" font-weight="bold">{title}</text>',
        f'<path d="M{_MARGIN} {_MARGIN}V{bottom}H{right}" fill="none" stroke="#444"/>',
    ]
    for size in panel.sizes:
        x, _ = place(size, 0)
        label = f"{size / 1000:,.0f}k"
        parts.append(f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{label}</text>')
    for n, (name, values) in enumerate(panel.lines.items()):
        points = [place(s, v) for s, v in zip(panel.sizes, values, strict=True)]
        path = " ".join(f"{x},{y}" for x, y in points)
        colour = _COLOURS[n % len(_COLOURS)]
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for (x, y), value in zip(points, values, strict=True):
            parts.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>')
            parts.append(f'<text x="{x}" y="{y - 7}" text-anchor="end">{value:,.4g}</text>')
        parts.append(
            f'<text x="{_MARGIN + 8 + 100 * n}" y="40" fill="{colour}">{escape(name)}</text>'
        )
    return parts
