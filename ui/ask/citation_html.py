"""Citation numbers as links to the exact words of a report."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from hochoi.types import Citation, Span
from ui.elements import attribute, reader_url, words
from ui.wording import Language, number_words

NUMBERS_SHOWN = 8  # of one sentence; a sentence over many visits has them in its table


def markers(citations: Iterable[Citation], language: Language) -> Markup:
    """Return the numbers of a sentence, each once, as links to all its words of that source."""
    by_number: dict[int, list[Citation]] = {}
    for citation in citations:
        by_number.setdefault(citation.number, []).append(citation)
    groups = list(by_number.values())
    shown = Markup("").join(marker(group, language) for group in groups[:NUMBERS_SHOWN])
    more = len(groups) - NUMBERS_SHOWN
    if more <= 0:
        return shown
    text = words("more_numbers", language, count=number_words(more))
    return shown + Markup(' <span class="more">{}</span>').format(text)


def marker(citations: Sequence[Citation], language: Language) -> Markup:
    """Return the link of one number, to all words of that source it rests on."""
    first = citations[0]
    return Markup(
        '<a class="cite" href="{url}" target="_blank" rel="noopener" title="{quote}" {label}>'
        "[{number}]</a>"
    ).format(
        url=reader_url(first.report_id, [span_of(c) for c in citations]),
        quote="\n".join(f"“{c.quote}”" for c in citations),
        label=attribute("aria-label", "citation", language, number=str(first.number)),
        number=first.number,
    )


def span_of(citation: Citation) -> Span:
    """Return where the quoted words stand in the report."""
    return Span(citation.start, citation.end)
