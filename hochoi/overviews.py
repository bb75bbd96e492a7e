"""A question over many visits -> its rows, with what the library has to look up for them."""

from collections.abc import Collection

from hochoi.drafting.overview import Tests, requested
from hochoi.drafting.overview_answer import Wording, answer_overview
from hochoi.drafting.selection import QueryTerms, score_sentences, score_substance
from hochoi.question import Query
from hochoi.retrieval import fits
from hochoi.text import fold
from hochoi.types import Answer, Report, Span
from hochoi.understanding.description import Describer
from hochoi.workspace import Workspace

_MENTIONS = 500  # passages looked at for words that no topic of the list covers
_ASIDE = 0.3  # what the name of its side is worth to a sentence in a comparison


def overview_of(ws: Workspace, question: str, query: Query) -> Answer | None:
    """Return the answer to a question over many visits, None when it is none or search may know.

    Args:
        ws: The library.
        question: As typed.
        query: The question, understood.
    """
    overview = requested(query)
    if overview is None:
        return None
    reports = [r for r in ws.reports.values() if fits(r.visit, query.filters, ws)]
    describer = Describer(ws.phrases, ws.topics, ws.places)
    terms = QueryTerms.of(query, ws.lexical.rarity)

    def mentioning(words: str) -> Collection[str]:
        found = {i.partition(":")[0] for i, _ in ws.lexical.search(words, _MENTIONS)}
        return {i for i in found if i in ws.reports and words in fold(ws.reports[i].text)}

    def agency_words(code: str) -> Collection[str]:
        kind, _, place = code.partition(":")
        return ws.places.places[kind, place].words

    def quote(report: Report, side: str | None) -> Span | None:
        return _quote(ws, query, terms, report, side)

    return answer_overview(
        question,
        overview,
        reports,
        Tests(agency_words, mentioning),
        Wording(ws.phrases, describer.words, ws.topics.name, describer.filters(query)),
        quote,
    )


def _quote(
    ws: Workspace, query: Query, terms: QueryTerms, report: Report, side: str | None
) -> Span | None:
    """Return the sentence of a report that says most about the question."""
    reading = ws.reading(report.report_id)
    body = [s for s in score_sentences(query, reading, terms) if not s.sentence.is_heading]
    substance = {s.sentence.span: s.score for s in score_substance(reading)}
    name = fold(side) if side is not None else ""
    best = max(
        body,
        key=lambda s: (
            s.score
            + substance.get(s.sentence.span, 0.0)
            + _ASIDE * (bool(name) and name in fold(s.sentence.text)),
            -s.sentence.span.start,
        ),
        default=None,
    )
    return best.sentence.span if best is not None else None
