"""Pieces of HTML that the pages of an evaluation and its report file are put together from."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from evaluation.archive import Head
from evaluation.charts import Panel, draw_inline
from evaluation.figures import ANSWER_HIT, ASK_BACK, REFUSAL, Figure, Figures, SliceFigures
from evaluation.report import (
    SUCCESS_DEPTH,
    latency_curve,
    outcome_counts,
    success_curve,
)
from evaluation.rows import Row
from evaluation.slices import DIMENSIONS
from ui.elements import facts, words
from ui.wording import Language, label, number_words
from ui.wording.question_groups import LABELS as GROUPS

_SLICE_MEASURES = ("Success@1", "Success@10", ANSWER_HIT, ASK_BACK, REFUSAL)
_MEANINGS = {
    "RR@10": "measure_rr",
    "nDCG@10": "measure_ndcg",
    "R@10": "measure_recall",
    "Report first": "measure_report_first",
    ANSWER_HIT: "measure_answer_hit",
    ASK_BACK: "measure_ask_back",
    REFUSAL: "measure_refusal",
    "Citation precision": "measure_citation_precision",
    "Citation recall": "measure_citation_recall",
    "Exact quotes": "measure_exact",
}
_OUTCOMES = {
    ANSWER_HIT: "outcome_answer",
    ASK_BACK: "outcome_ask_back",
    REFUSAL: "outcome_refuse",
}


def group_name(dimension: str, value: str, language: Language) -> Markup:
    """Return the name of a group of questions or a step; one of people's own as it is."""
    key = f"group_{dimension}_{value}"
    return words(key, language) if key in GROUPS else Markup("{}").format(value)


def decimal(value: float, language: Language, places: int = 3) -> str:
    """Return a number with the decimal mark of the language."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language is Language.VI else text


def milliseconds(value: float, language: Language) -> str:
    """Return a duration, e.g. "14,4 ms"."""
    return f"{decimal(value, language, 1)} ms"


def table(
    headings: Iterable[Markup | str], rows: Iterable[Iterable[Markup | str]], kind: str = ""
) -> Markup:
    """Return a table whose first column heads its rows; it scrolls on a narrow screen."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(h) for h in headings)
    body = Markup("").join(_table_row(row) for row in rows)
    return Markup(
        '<div class="scrolling" tabindex="0"><table class="figures {}"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(kind, head, body)


def _table_row(cells: Iterable[Markup | str]) -> Markup:
    first, *rest = cells
    others = Markup("").join(Markup("<td>{}</td>").format(cell) for cell in rest)
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(first, others)


def section(key: str, body: Markup, language: Language, **values: str) -> Markup:
    """Return a part of a page under its heading."""
    return Markup("<section><h2>{}</h2>{}</section>").format(words(key, language, **values), body)


def measures(figures: Figures, language: Language) -> Markup:
    """Return the table of all measures."""
    keys = ("figure", "figure_value", "figure_interval", "figure_count", "figure_means")
    rows = [
        (
            figure.measure,
            Markup("<strong>{}</strong>").format(decimal(figure.mean, language)),
            _interval(figure, language),
            number_words(figure.questions),
            meaning(figure.measure, language),
        )
        for figure in figures.overall
    ]
    hint = Markup('<p class="hint">{}</p>').format(words("figures_hint", language))
    body = hint + table([words(key, language) for key in keys], rows, "measures")
    return section("figures", body, language)


def _interval(figure: Figure, language: Language) -> str:
    low, high = (decimal(v, language) for v in (figure.bounds.low, figure.bounds.high))
    return f"{low} – {high}"


def meaning(measure: str, language: Language) -> Markup:
    """Return what a measure says, in words."""
    if measure.startswith("Passage "):
        return words("measure_passage", language, measure=measure.removeprefix("Passage "))
    if measure.startswith("Success@"):
        return words("measure_success", language, k=measure.partition("@")[2])
    return words(_MEANINGS[measure], language) if measure in _MEANINGS else Markup("")


def outcomes(rows: Sequence[Row], language: Language) -> Markup:
    """Return how many questions were answered, asked back and refused, by what was wanted."""
    counts = outcome_counts(rows)
    if not counts:
        return Markup("")
    names = [words(key, language) for key in _OUTCOMES.values()]
    wanted = [w for w in _OUTCOMES if any(key[0] == w for key in counts)]
    lines = [
        (
            words(_OUTCOMES[w], language),
            *(_count(counts.get((w, given), 0), is_right=w == given) for given in _OUTCOMES),
        )
        for w in wanted
    ]
    return section(
        "outcomes", table([words("outcome_wanted", language), *names], lines, "outcomes"), language
    )


def _count(count: int, *, is_right: bool) -> Markup:
    kind = "right" if is_right else "wrong" if count else "zero"
    return Markup('<span class="{}">{}</span>').format(kind, number_words(count))


def charts(rows: Sequence[Row], language: Language) -> Markup:
    """Return the curves: found by depth, time to answer."""
    panels = []
    success = success_curve(rows)
    if success:
        ticks = [(float(k), str(k)) for k in (1, 5, 10, SUCCESS_DEPTH)]
        name = label("line_search", language)
        title = label("chart_success", language)
        panels.append(Panel(title, {name: success}, ticks, top=1.0, has_values=False))
    taken = {
        label("line_search", language): [r.search_ms for r in rows if r.asked.is_judged],
        label("line_answer", language): [r.answered.total_ms for r in rows if r.answered],
    }
    curves = {name: latency_curve(values) for name, values in taken.items() if values}
    longest = max((curve[-1][0] for curve in curves.values()), default=0.0)
    if longest > 0:
        ticks = [(longest * part, f"{longest * part:.0f}") for part in (0.25, 0.5, 0.75, 1)]
        title = label("chart_latency", language)
        panels.append(Panel(title, curves, ticks, top=1.0, has_values=False))
    drawn = Markup("").join(Markup(draw_inline(panel)) for panel in panels)
    return Markup('<div class="charts">{}</div>').format(drawn)


def times(figures: Figures, language: Language) -> Markup:
    """Return how long search, answer and each step of answering took."""
    if not any(found.p95_ms for _, found in figures.latencies):
        return Markup("")
    headings = [words(key, language) for key in ("times_step", "times_p50", "times_p95")]
    rows = [
        (
            group_name("step", name, language),
            milliseconds(found.p50_ms, language),
            milliseconds(found.p95_ms, language),
        )
        for name, found in figures.latencies
    ]
    return section("times", table(headings, rows), language)


def slices(figures: Figures, language: Language) -> Markup:
    """Return one folded table per dimension."""
    parts = [
        _dimension(name, [s for s in figures.slices if s.dimension == name], language)
        for name in DIMENSIONS
    ]
    if not any(parts):
        return Markup("")
    hint = Markup('<p class="hint">{}</p>').format(words("slices_hint", language))
    return section("slices", hint + Markup("").join(parts), language)


def _dimension(name: str, found: Sequence[SliceFigures], language: Language) -> Markup:
    if not found:
        return Markup("")
    shown = [m for m in _SLICE_MEASURES if any(f.measure == m for s in found for f in s.figures)]
    rows = []
    for part in found:
        means = {figure.measure: decimal(figure.mean, language) for figure in part.figures}
        named = group_name(part.dimension, part.value, language)
        rows.append((named, number_words(part.questions), *(means.get(m, "") for m in shown)))
    headings = [words("slice", language), words("figure_count", language), *shown]
    return Markup("<details{}><summary>{}</summary>{}</details>").format(
        Markup(" open") if name == "kind" else "",
        words(f"dimension_{name}", language),
        table(headings, rows),
    )


def fingerprints(head: Head, language: Language) -> Markup:
    """Return everything the figures depend on."""
    used = head.configuration
    rows: tuple[tuple[str, Markup | str | None], ...] = (
        ("fp_set", f"{head.testset} ({head.fingerprint})"),
        ("fp_system", head.system),
        ("fp_version", used.version),
        ("fp_code", used.code),
        (
            "fp_library",
            label("fp_reports", language, count=number_words(used.reports), digest=used.library),
        ),
        ("fp_model", used.embedding_model),
        ("fp_reranker", used.reranker),
        ("fp_generator", used.generator),
        ("fp_prompts", used.prompts),
        ("fp_missing", ", ".join(head.missing)),
    )
    return section("fingerprints", facts(rows, language), language)
