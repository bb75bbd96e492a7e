"""The fact that opens an answer: from the visit record, or the exact words of sentences.

A question that asks for several values is opened with all of them, in its order. Says nothing
when it is not clear which words are meant; the quoted sentence then comes first.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hochoi.drafting.asked_field import speaks_of_field
from hochoi.drafting.asked_parts import AskedPart, Part, asked_parts
from hochoi.drafting.exact_spans import NOTHING, Values, exact_values
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.selection import Scored
from hochoi.drafting.visit_facts import CLEARLY, Fact, fit, matter_share, recorded, words_of
from hochoi.language.tokens import bigrams
from hochoi.question import Query
from hochoi.ranking.sentence_tokens import read_question
from hochoi.reading import Reading
from hochoi.text import fold
from hochoi.types import Report, Span

LEAST_MATTER = 0.5  # of the words asked for, beside a figure that no counted noun tells apart
_MEASURED = frozenset({Part.PERCENT, Part.MONEY, Part.OTHER})
SURE_SHARE = 0.5  # of the best judgement: a fact in a weaker sentence does not open an answer

_PHRASES = {
    Part.DATE: "fact.date",
    Part.CLOCK: "fact.date",
    Part.DURATION: "fact.date",
    Part.DOCUMENT: "fact.document",
    Part.PLACE: "fact.place",
    Part.PERSON: "fact.person",
    Part.NATION: "fact.measure",
}


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence to show and the spans of the report that it rests on."""

    text: str
    report: Report
    spans: tuple[Span, ...]


def lead(
    query: Query, reading: Reading, scored: Sequence[Scored], phrases: Phrases
) -> DraftSentence | None:
    """Return the fact that answers, None when there is none to single out.

    Of several values asked for, all must be found, or those that are must be of the record:
    half an answer does not stand before the sentence that holds the whole.
    """
    parts = asked_parts(query)
    facts = {p: f for p in parts if (f := recorded(p, query, reading, scored, phrases))}
    facts |= _stated([p for p in parts if p not in facts], query, reading, scored, phrases)
    found = [facts[p] for p in dict.fromkeys(parts) if p in facts]
    is_whole = len(found) == len(set(parts))
    if not found or not (is_whole or all(p.part is Part.RECORD for p in facts)):
        return None
    said = "; ".join(dict.fromkeys(fact.said for fact in found))
    spans = dict.fromkeys(span for fact in found for span in fact.spans)
    return DraftSentence(said, reading.report, tuple(spans))


def _stated(
    parts: Sequence[AskedPart],
    query: Query,
    reading: Reading,
    scored: Sequence[Scored],
    phrases: Phrases,
) -> dict[AskedPart, Fact]:
    """Return the values that sentences state, from the sentence with most of them first."""
    names = _names_of_sides(query, reading)
    fitting = [
        s
        for s in scored
        if speaks_of_field(s.sentence, query) and not _is_of_other_side(s.unit.tokens.terms, *names)
    ]
    found = {(p, n): _values(p, s, query, reading) for p in parts for n, s in enumerate(fitting)}
    facts: dict[AskedPart, Fact] = {}
    left = list(dict.fromkeys(parts))
    while left and fitting:
        n = max(
            range(len(fitting)),
            key=lambda n: (
                sum(found[p, n].stated > 0 for p in left),
                sum(fit(p, fitting[n], reading) for p in left if found[p, n].stated),
            ),
        )
        rivals = [m for m in range(len(fitting)) if m != n]
        here = [
            p
            for p in left
            if found[p, n].stated
            and _is_sure(p, fitting[n], [fitting[m] for m in rivals if found[p, m].stated], reading)
        ]
        if not here:
            break
        for part in here:
            left.remove(part)
            start = fitting[n].unit.span.start
            spans = [Span(start + s.start, start + s.end) for s in found[part, n].meant]
            taken = [span for fact in facts.values() for span in fact.spans]
            if spans and not any(s.start < t.end and t.start < s.end for s in spans for t in taken):
                key = _phrase(part, spans, reading, facts)
                facts[part] = words_of(key, reading.report, spans, phrases)
    return facts


def _names_of_sides(query: Query, reading: Reading) -> tuple[list[str], list[str]]:
    """Return the names in the title that the question says, and those that it does not.

    Both sides of a visit have a part in all of it; then there are none.
    """
    if reading.report.visit.visitors:
        return [], []
    asked = fold(query.plain_text)
    names = [name for name in read_question(reading.report.title).names if " " in name]
    said = [name for name in names if name in asked]
    return said, [name for name in names if name not in said]


def _is_of_other_side(terms: Collection[str], asked: list[str], others: list[str]) -> bool:
    """Return whether a sentence is about another province than the one asked about."""

    def names_one(names: list[str]) -> bool:
        return any(set(bigrams(name.split())) <= set(terms) for name in names)

    return bool(asked) and names_one(others) and not names_one(asked)


def _is_sure(part: AskedPart, scored: Scored, rivals: Sequence[Scored], reading: Reading) -> bool:
    """Return whether a sentence is the one to take a value from, not one of its rivals."""
    if part.part in _MEASURED and _is_of_other_matter(part, scored, reading):
        return False
    if scored.judged >= SURE_SHARE:
        return True
    best = max((fit(part, other, reading) for other in rivals), default=0.0)
    is_apart = fit(part, scored, reading) > CLEARLY * best
    return is_apart and matter_share(part, scored, reading) >= SURE_SHARE


def _is_of_other_matter(part: AskedPart, scored: Scored, reading: Reading) -> bool:
    """Return whether a sentence lacks what is asked for beside title and first sentence."""
    own = part.matter - reading.header_terms - reading.items[0].sentence.terms
    return len(own & scored.unit.tokens.terms) < LEAST_MATTER * len(own)


def _values(part: AskedPart, scored: Scored, query: Query, reading: Reading) -> Values:
    """Return what a sentence states, but for the visit's date: the record spoke of that."""
    values = exact_values(part, scored.sentence, query)
    words, start = reading.report.visit.date_text, scored.unit.span.start
    is_visit_date = words is not None and any(
        start + s.start < words.end and words.start < start + s.end for s in values.meant
    )
    return NOTHING if part.part is Part.DATE and is_visit_date else values


def _phrase(
    part: AskedPart, spans: Sequence[Span], reading: Reading, said: Collection[AskedPart]
) -> str:
    """Return the key of the phrase around a value; a measure with its verb needs none."""
    key = _PHRASES.get(part.part, "fact.number")
    is_said = any(_PHRASES.get(p.part, "fact.number") == key for p in said)
    is_bare = reading.report.text[spans[0].start].isdigit()
    return "fact.measure" if is_said or (key == "fact.number" and not is_bare) else key
