"""Two evaluations side by side, as a page."""

from collections.abc import Sequence

from markupsafe import Markup

from evaluation.archive import Head
from evaluation.compare import Comparison
from evaluation.comparing import Compared, Flip, compare_rows
from evaluation.rows import Row
from ui.elements import words
from ui.evaluate.failures import cause_key, question_url
from ui.evaluate.parts import decimal, fingerprints, group_name, meaning, section, table
from ui.wording import Language, number_words

SLICES_SHOWN = 15
FLIPS_SHOWN = 200
SIGNIFICANT = 0.05


def compare_parts(
    before: tuple[Head, Sequence[Row]], after: tuple[Head, Sequence[Row]], language: Language
) -> Markup:
    """Return what changed from one evaluation to the other."""
    found = compare_rows(before[1], after[1])
    return Markup("").join(
        (
            _overall(found, language),
            _slices(found, language),
            _flips(found.flips, (before[0], after[0]), language),
            Markup('<div class="sides">{}{}</div>').format(
                *(
                    Markup("<div><h3>{}</h3>{}</div>").format(
                        words(key, language), fingerprints(head, language)
                    )
                    for key, head in (
                        ("evaluate_before", before[0]),
                        ("evaluate_after", after[0]),
                    )
                )
            ),
        )
    )


def _overall(found: Compared, language: Language) -> Markup:
    rows = [
        (c.measure, *_cells(c, c.p_value, language), meaning(c.measure, language))
        for c in found.overall
    ]
    headings = _headings("figure", "compare_p", language)
    hint = Markup('<p class="hint">{}</p>').format(words("compare_hint", language))
    return section(
        "figures", hint + table([*headings, words("figure_means", language)], rows), language
    )


def _headings(first: str, p_value: str, language: Language) -> list[Markup]:
    keys = (
        first, "evaluate_before", "evaluate_after", "compare_change", "compare_better",
        "compare_worse", p_value,
    )  # fmt: skip
    return [words(key, language) for key in keys]


def _cells(found: Comparison, p_value: float, language: Language) -> list[Markup | str]:
    difference = decimal(abs(found.difference), language)
    sign = "+" if found.difference > 0 else "−" if found.difference < 0 else "±"
    kind = "other"
    if p_value < SIGNIFICANT:
        kind = "right" if found.difference > 0 else "wrong"
    return [
        decimal(found.mean_before, language),
        decimal(found.mean_after, language),
        Markup('<span class="{}">{}</span>').format(kind, sign + difference),
        str(len(found.better)),
        str(len(found.worse)),
        decimal(p_value, language),
    ]


def _slices(found: Compared, language: Language) -> Markup:
    changed = [s for s in found.slices if s.comparison.better or s.comparison.worse]
    if not changed:
        return Markup("")
    rows = [
        (
            Markup("{}: {} · {}").format(
                words(f"dimension_{part.dimension}", language),
                group_name(part.dimension, part.value, language),
                part.comparison.measure,
            ),
            *_cells(part.comparison, part.corrected_p, language),
        )
        for part in changed[:SLICES_SHOWN]
    ]
    headings = _headings("slice", "compare_p_corrected", language)
    return section("compare_slices", table(headings, rows), language)


def _flips(flips: Sequence[Flip], heads: tuple[Head, Head], language: Language) -> Markup:
    if not flips:
        empty = Markup("<p>{}</p>").format(words("compare_same", language))
        return section("compare_flips", empty, language, count="0")
    rows = [
        (
            Markup('<span lang="vi">{}</span> <small>{}</small>').format(
                flip.after.asked.text, flip.after.query_id
            ),
            _side(flip.before, heads[0], language),
            _side(flip.after, heads[1], language),
            words("compare_better" if flip.is_better else "compare_worse", language),
        )
        for flip in flips[:FLIPS_SHOWN]
    ]
    keys = ("failure_question", "evaluate_before", "evaluate_after", "compare_change")
    body = table([words(key, language) for key in keys], rows, "failed")
    if len(rows) < len(flips):
        body += Markup('<p class="hint">{}</p>').format(
            words(
                "failures_more", language, shown=number_words(len(rows)),
                count=number_words(len(flips)),
            )
        )  # fmt: skip
    return section("compare_flips", body, language, count=str(len(flips)))


def _side(row: Row, head: Head, language: Language) -> Markup:
    text = words(cause_key(row), language) if row.has_failed else Markup("✓")
    return Markup('<a href="{}">{}</a>').format(question_url(head.evaluation_id, row), text)
