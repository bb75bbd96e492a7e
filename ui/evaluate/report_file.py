"""An evaluation as one HTML file that stands alone: nothing beside it, nothing from elsewhere.

It can be mailed, kept with the minutes and printed.
"""

import re
from collections.abc import Sequence

from markupsafe import Markup

from evaluation.archive import Head
from evaluation.comparing import compare_rows
from evaluation.figures import Figures
from evaluation.rows import Row
from ui.document import STATIC
from ui.elements import words
from ui.evaluate.confidence import confidence
from ui.evaluate.failures import FAILURES_SHOWN, failures, question_parts
from ui.evaluate.parts import charts, fingerprints, measures, outcomes, slices, table, times
from ui.evaluate.parts import section as part
from ui.local_time import day_and_time
from ui.wording import Language, label

_DOCUMENT = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body class="document"><main><div class="evaluate"><h1>{title}</h1>{body}</div></main></body>
</html>
""")


def report_file(
    head: Head,
    rows: Sequence[Row],
    figures: Figures,
    language: Language,
    before: tuple[Head, Sequence[Row]] | None = None,
) -> str:
    """Return the file.

    Args:
        head: Of the evaluation.
        rows: With values.
        figures: Of the rows.
        language: Of the labels; questions and answers stay Vietnamese.
        before: An earlier evaluation of the same set, whose flips are listed.
    """
    style = "\n".join(
        (STATIC / name).read_text(encoding="utf-8") for name in ("base.css", "evaluate.css")
    )
    failed = [row for row in rows if row.has_failed]
    details = Markup("").join(
        Markup("<details><summary>{} {}</summary>{}</details>").format(
            row.query_id, row.asked.text, question_parts(row, language)
        )
        for row in failed[:FAILURES_SHOWN]
    )
    body = Markup("").join(
        (
            fingerprints(head, language),
            measures(figures, language),
            outcomes(rows, language),
            charts(rows, language),
            confidence(rows, language),
            slices(figures, language),
            times(figures, language),
            _flips(before, rows, language) if before else Markup(""),
            failures(failed, language, url=None),
            details,
        )
    )
    started = day_and_time(head.started)
    return str(
        _DOCUMENT.format(
            language=language.value,
            title=f"{label('evaluate_title', language)}: {head.testset}, {started}",
            style=Markup(style.replace("</", "<\\/")),
            body=_without_links(body),
        )
    )


def _without_links(body: Markup) -> Markup:
    """Return the body with addresses of the server taken off: the file is read elsewhere."""
    return Markup(re.sub(r'<a (?:class="[^"]*" )?href="/[^"]*">', "<a>", str(body)))


def _flips(before: tuple[Head, Sequence[Row]], rows: Sequence[Row], language: Language) -> Markup:
    flips = compare_rows(before[1], rows).flips
    lines = [
        (
            Markup('<span lang="vi">{}</span>').format(flip.after.asked.text),
            flip.measure,
            words("compare_better" if flip.is_better else "compare_worse", language),
        )
        for flip in flips
    ]
    keys = ("failure_question", "figure", "compare_change")
    body = table([words(key, language) for key in keys], lines, "failed")
    return part("compare_flips", body, language, count=str(len(flips)))
