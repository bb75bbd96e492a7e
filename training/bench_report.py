"""Lines of a retrieval bench as a Markdown page and as an SVG chart. Measures and runs nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from evaluation.compare import compare
from evaluation.measures import Result, interval
from evaluation.runs import Latency

SYSTEMS = {
    "langchain-chroma-minilm": "LangChain splitter + Chroma + all-MiniLM-L6-v2",
    "bm25-words": "BM25 over words (underthesea, bm25s)",
    "hochoi-no-vectors": "ours without vectors",
    "hochoi-first-ranking": "ours without re-ranker",
    "hochoi": "ours, whole",
}
BASELINES = ("langchain-chroma-minilm", "bm25-words")
COLOURS = ("#9aa5b1", "#616e7c", "#8bb8e8", "#4a90d9", "#1f4e8c")
TABLE_START, TABLE_END = "<!-- peers -->", "<!-- /peers -->"
CHARTED = "Success@1"
_WIDTH, _BAR, _GAP, _LEFT, _SCALE = 760, 16, 26, 300, 400


@dataclass(frozen=True, slots=True)
class Cost:
    """What a system needed: seconds and milliseconds of one processor, megabytes at most."""

    build_s: float
    latency: Latency | None
    memory_mb: float  # of the whole process, libraries included


@dataclass(frozen=True, slots=True)
class Line:
    """What one system did on one set in one wording."""

    testset: str
    wording: str
    system: str
    results: Mapping[str, Result]  # by measure
    cost: Cost


def page(lines: Sequence[Line], day: date, command: str) -> str:
    """Return the page: a table per wording, intervals and tests below."""
    parts = [
        "# Retrieval, measured",
        f"Made on {day.isoformat()} by `{command}`.",
        "![Success@1 of each system on each set](images/retrieval.svg)",
        "Build and query times are processor time (one core's work), p50 and p95 per question;"
        " the build of the LangChain pipeline leaves its embedding out when the vectors were kept."
        " MB is the peak memory of a process that does nothing else.",
    ]
    for wording in dict.fromkeys(line.wording for line in lines):
        chosen = [line for line in lines if line.wording == wording]
        parts += [f"## Questions {wording}", "\n".join(_table(chosen))]
    parts += ["## How sure", "\n".join(_tests(lines))]
    return "\n\n".join(parts) + "\n"


def _table(lines: Sequence[Line]) -> Iterator[str]:
    measures = list(lines[0].results)
    yield f"| set | system | {' | '.join(measures)} | build s | p50 / p95 ms | MB |"
    yield "|---" * (len(measures) + 5) + "|"
    for line in lines:
        values = " | ".join(f"{line.results[m].mean:.3f}" for m in measures)
        times = line.cost.latency
        speed = f"{times.p50_ms:.0f} / {times.p95_ms:.0f}" if times is not None else "-"
        name = SYSTEMS.get(line.system, line.system)
        yield (
            f"| {line.testset} | {name} | {values} | {line.cost.build_s:.1f} | {speed}"
            f" | {line.cost.memory_mb:.0f} |"
        )


def _tests(lines: Sequence[Line]) -> Iterator[str]:
    yield (
        "95 % bootstrap interval of the whole system, and its difference from the best other"
        " system of the two that others assemble; p of the paired randomisation test, two-sided."
    )
    yield ""
    yield "| set | questions | measure | whole [95 %] | best baseline | difference | p |"
    yield "|---|---|---|---|---|---|---|"
    for line in lines:
        if line.system != "hochoi":
            continue
        others = [
            o
            for o in lines
            if (o.testset, o.wording) == (line.testset, line.wording) and o.system in BASELINES
        ]
        for measure, result in line.results.items():
            low_high = interval(result)
            shown = f"{result.mean:.3f} [{low_high.low:.3f}, {low_high.high:.3f}]"
            start = f"| {line.testset} | {line.wording} | {measure} | {shown} |"
            if not others:
                yield f"{start} - | - | - |"
                continue
            best = max(others, key=lambda o: o.results[measure].mean)
            change = compare(best.results[measure], result)
            name = SYSTEMS[best.system]
            yield (
                f"{start} {change.mean_before:.3f} ({name}) | {change.difference:+.3f}"
                f" | {change.p_value:.4f} |"
            )


def with_table(text: str, lines: Sequence[Line], day: date) -> str:
    """Return a page with the short table of the comparison in place of the one it has.

    Success@1 / Success@10 per set and system, questions as written, then without diacritics.

    Raises:
        ValueError: If the page has no place for the table, two marks in comments.
    """
    head, first, rest = text.partition(TABLE_START)
    _, last, tail = rest.partition(TABLE_END)
    if not first or not last:
        raise ValueError(f"the page has no {TABLE_START} ... {TABLE_END}")
    systems = [s for s in SYSTEMS if any(line.system == s for line in lines)]
    rows = [
        f"Success@1 / Success@10, {day.isoformat()}.",
        "",
        f"| set | questions | {' | '.join(SYSTEMS[s] for s in systems)} |",
        "|---" * (len(systems) + 2) + "|",
    ]
    for testset, wording in dict.fromkeys((line.testset, line.wording) for line in lines):
        cells = []
        for system in systems:
            results = [
                line.results
                for line in lines
                if (line.testset, line.wording, line.system) == (testset, wording, system)
            ]
            cells += [
                f"{r['Success@1'].mean:.3f} / {r['Success@10'].mean:.3f}" for r in results
            ] or ["-"]
        rows.append(f"| {testset} | {wording} | {' | '.join(cells)} |")
    return f"{head}{first}\n" + "\n".join(rows) + f"\n{last}{tail}"


def chart(lines: Sequence[Line]) -> str:
    """Return bars of `CHARTED` per set and system, questions as written, as SVG."""
    shown = [line for line in lines if line.wording == lines[0].wording]
    sets = list(dict.fromkeys(line.testset for line in shown))
    names = [s for s in SYSTEMS if any(line.system == s for line in shown)]
    height = 30 + len(sets) * (len(names) * _BAR + _GAP)
    body: list[str] = []
    y = 30
    for testset in sets:
        body.append(f'<text x="4" y="{y + 10}" font-weight="bold">{escape(testset)}</text>')
        y += _GAP - 10
        for name in names:
            found = [x for x in shown if (x.testset, x.system) == (testset, name)]
            if found:
                body.append(_bar(name, found[0].results[CHARTED].mean, y))
            y += _BAR
        y += 10
    title = f"{CHARTED}, questions {lines[0].wording}" if lines else CHARTED
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
        f' viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" font-size="11">\n'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="4" y="16" font-size="13">{escape(title)}</text>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _bar(name: str, value: float, y: int) -> str:
    colour = COLOURS[list(SYSTEMS).index(name)]
    width = value * _SCALE
    return (
        f'<text x="{_LEFT - 6}" y="{y + 11}" text-anchor="end">{escape(SYSTEMS[name])}</text>'
        f'<rect x="{_LEFT}" y="{y + 2}" width="{width:.1f}" height="{_BAR - 4}" fill="{colour}"/>'
        f'<text x="{_LEFT + width + 5:.1f}" y="{y + 11}">{value:.3f}</text>'
    )
