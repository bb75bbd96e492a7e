"""A question over many visits -> its rows, with what the library has to look up for them."""

from collections.abc import Collection, Sequence

from hochoi.drafting.overview import requested
from hochoi.drafting.overview_answer import Wording, answer_overview
from hochoi.drafting.overview_matching import Tests
from hochoi.drafting.overview_table import CellWords
from hochoi.drafting.selection import QueryTerms, score_sentences, score_substance
from hochoi.question import Query
from hochoi.reading import ReadSentence
from hochoi.retrieval import fits
from hochoi.text import fold
from hochoi.types import Answer, Report, Span
from hochoi.understanding.description import Describer
from hochoi.workspace import Workspace

_MENTIONS = 500  # passages looked at for words that no topic of the list covers
_ASIDE = 0.3  # what the name of its side is worth to a sentence in a comparison
_SUBSTANCE = 2.0  # what the matter of a sentence is worth beside the words of the question
_FORMAL = 0.4  # taken off a sentence that only says who came and when
_QUOTED = 2  # sentences at most
_SECOND = 0.6  # least share of the best sentence's score for a second one
_FEWEST_WORDS = 6
_MOST_ITEMS = 6  # of a list that is quoted with the line above it


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
    reports = list(ws.reports.values())
    if query.filters:
        reports = [r for r in reports if fits(r.visit, query.filters, ws)]
    describer = describer_of(ws)
    terms = QueryTerms.of(query, ws.lexical.rarity)

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

    def quote(report: Report, side: str | None) -> tuple[Span, ...]:
        return _quotes(ws, query, terms, report, side)

    return answer_overview(
        question,
        overview,
        reports,
        Tests(agency_words, mentioning),
        Wording(
            ws.phrases,
            describer.words,
            ws.topics.name,
            describer.filters(query),
            CellWords(describer.party, quote),
        ),
    )


def describer_of(ws: Workspace) -> Describer:
    """Return what words the conditions of questions with the tables of a library."""
    return Describer(ws.phrases, ws.topics, ws.places, ws.provinces)


def _quotes(
    ws: Workspace, query: Query, terms: QueryTerms, report: Report, side: str | None
) -> tuple[Span, ...]:
    """Return the sentences of a report that say most about the question, in its order."""
    reading = ws.reading(report.report_id)
    substance = {s.sentence.span: s.score for s in score_substance(reading)}
    name = fold(side) if side is not None else ""
    scored: list[tuple[float, Span]] = []
    for n, one in enumerate(score_sentences(query, reading, terms)):
        sentence = one.sentence
        whole = _with_list(reading.sentences[n : n + _MOST_ITEMS + 1])
        words = report.text[whole.start : whole.end].split()
        if (
            sentence.is_heading
            or len(words) < _FEWEST_WORDS
            or (sentence.introduces and whole == sentence.span)
        ):
            continue
        score = one.score + _SUBSTANCE * substance.get(sentence.span, 0.0)
        score -= _FORMAL * (not substance.get(sentence.span))
        score += _ASIDE * (bool(name) and name in fold(sentence.text))
        scored.append((score, whole))
    scored.sort(key=lambda item: (-item[0], item[1].start))
    kept: list[Span] = []
    for score, span in scored:
        is_apart = all(span.end <= k.start or k.end <= span.start for k in kept)
        if len(kept) < _QUOTED and is_apart and score >= _SECOND * scored[0][0]:
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))


def _with_list(sentences: Sequence[ReadSentence]) -> Span:
    """Return the span of the first sentence, with the list that it introduces."""
    first, *following = sentences
    last = first
    if first.introduces:
        for sentence in following:
            if not sentence.is_item:
                break
            last = sentence
    return Span(first.span.start, last.span.end)
