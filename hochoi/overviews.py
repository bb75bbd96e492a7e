"""A question over many visits -> its rows, with what the library has to look up for them."""

from collections.abc import Collection

from hochoi.drafting.overview import requested
from hochoi.drafting.overview_answer import Wording, answer_overview
from hochoi.drafting.overview_matching import Tests
from hochoi.drafting.overview_table import CellWords
from hochoi.drafting.selection import QueryTerms
from hochoi.drafting.substance import substance
from hochoi.question import Condition, ConditionKind, Query
from hochoi.retrieval import fits
from hochoi.text import fold, has_diacritics
from hochoi.types import Answer, Filters, Outcome, Report, Span
from hochoi.understanding.description import Describer
from hochoi.understanding.places import Place
from hochoi.workspace import Workspace

_MENTIONS = 500  # passages looked at for words that no topic of the list covers
_ASIDE = 0.3  # what the name of its side is worth to a sentence in a comparison
_SUBSTANCE = 2.0  # what the matter of a sentence is worth beside the words of the question
_FORMAL = 0.4  # taken off a sentence that only says who came and when
_QUOTED = 2  # sentences at most
_SECOND = 0.6  # least share of the best sentence's score for a second one
_FEWEST_WORDS = 6


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
    if overview.is_negated:  # the reports tell what took place only
        return Answer(question, Outcome.ABSTAINED, notice=ws.phrases.say("overview.negated"))
    reports = reports_within(ws, query.filters)
    describer = describer_of(ws)
    terms = QueryTerms.of(query, ws.lexical.rarity)

    def quote(report: Report, side: str | None) -> tuple[Span, ...]:
        return _quotes(ws, terms, report, side)

    return answer_overview(
        question,
        overview,
        reports,
        look_ups(ws),
        Wording(
            ws.phrases,
            describer.words,
            ws.topics.name,
            describer.filters(query),
            CellWords(describer.party, quote),
        ),
    )


def reports_within(
    ws: Workspace, filters: Filters, conditions: Collection[Condition] = ()
) -> list[Report]:
    """Return the reports that the filters of the user leave.

    Args:
        ws: The library.
        filters: Of the user.
        conditions: Of a question; reports in which none of the provinces of one side takes part
            are left out, so that not all of a large library are tested.
    """
    placed = [c for c in conditions if c.kind in (ConditionKind.PROVINCE, ConditionKind.REGION)]
    reports: Collection[Report] = ws.reports.values()
    if placed:
        names = {n for c in placed if c.role is placed[0].role for n in c.names}
        reports = ws.reports_of(names)
    return [r for r in reports if fits(r.visit, filters, ws)] if filters else list(reports)


def look_ups(ws: Workspace) -> Tests:
    """Return what matching visits has to look up in a library."""

    def mentioning(words: str) -> Collection[str]:
        spellings = [words, *map(fold, ws.abbreviations.expansions(words))]
        found = {
            passage_id.partition(":")[0]
            for spelling in spellings
            for passage_id, _ in ws.lexical.search(spelling, _MENTIONS)
        }
        texts = {i: fold(ws.reports[i].text) for i in found if i in ws.reports}
        return {i for i, text in texts.items() if any(s in text for s in spellings)}

    def agency_words(code: str) -> Collection[str]:
        kind, _, place = code.partition(":")
        return ws.places.places[kind, place].words

    def places_in(text: str) -> list[Place]:
        return [n.place for n in ws.places.find(text, fold(text), plain=not has_diacritics(text))]

    return Tests(agency_words, places_in, mentioning)


def describer_of(ws: Workspace) -> Describer:
    """Return what words the conditions of questions with the tables of a library."""
    return Describer(ws.phrases, ws.topics, ws.places, ws.provinces)


def _quotes(ws: Workspace, terms: QueryTerms, report: Report, side: str | None) -> tuple[Span, ...]:
    """Return the sentences of a report that say most about the question, in its order."""
    reading = ws.reading(report.report_id)
    name = fold(side) if side is not None else ""
    scored: list[tuple[float, Span]] = []
    for unit, matter in substance(reading):
        words = report.text[unit.span.start : unit.span.end].split()
        if len(words) < _FEWEST_WORDS or (unit.sentence.introduces and not unit.is_list):
            continue
        score = terms.coverage(unit.tokens.terms, reading.header_terms) + _SUBSTANCE * matter
        score -= _FORMAL * (not matter)
        score += _ASIDE * (bool(name) and name in fold(unit.sentence.text))
        scored.append((score, unit.span))
    scored.sort(key=lambda item: (-item[0], item[1].start))
    kept = [span for score, span in scored[:_QUOTED] if score >= _SECOND * scored[0][0]]
    return tuple(sorted(kept, key=lambda span: span.start))
