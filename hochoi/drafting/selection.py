"""Score the sentences of a report by how well they answer a query.

A sentence is worth the rare words of the question that it holds. Words that already name the
visit (title, host, visitors, date) count less: every sentence of the right report shares them.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from hochoi.drafting.fact_signs import dates_agree, holds
from hochoi.drafting.substance import matter_worths, substance, wants_list
from hochoi.language.tokens import bigrams, fold_syllable, syllables
from hochoi.question import QUESTION_WORDS, Query, Wanted
from hochoi.ranking.sentence_judge import SentenceJudge
from hochoi.ranking.sentence_tokens import read_question
from hochoi.reading import Reading, ReadSentence, Unit

ITEM_SHARE = 0.9  # of what a list holds of a question; an item with it is quoted alone
HEADER_SHARE = 0.2  # worth of a word that the header of the report holds already
# In units of the judge's scores, whose best and second best lie about 1 apart.
SIDE_FLOOR = 0.25  # of its worth, for a sentence that names nobody of the question
FACT_WORTH = 1.5  # for holding the kind of fact asked for
DATE_WORTH = 0.7  # for a date that agrees with one of the question
GENERAL_SHARE = (
    0.3  # of a question's weight beside the visit's sides; no more is a general question
)

Rarity = Callable[[str], float]  # folded term -> inverse document frequency, 0 or more


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence or list of a report and what it is worth for a query."""

    unit: Unit
    score: float  # above 0, at most 1, which the best one has
    judged: float  # the same by the judge alone, whatever kind of fact it holds
    coverage: float  # 0..1, of the question's words
    facts: frozenset[Wanted]  # kinds asked for that it holds

    @property
    def sentence(self) -> ReadSentence:
        """The sentence, or the first one of a list."""
        return self.unit.sentence


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The words of a question that carry its meaning, with their rarity."""

    syllables: dict[str, float]
    pairs: dict[str, float]

    @classmethod
    def of(cls, query: Query, rarity: Rarity) -> "QueryTerms":
        """Return the terms of a query as it was asked."""
        return cls.of_text(query.plain_text, rarity)

    @classmethod
    def about(cls, query: Query, rarity: Rarity) -> "QueryTerms":
        """Return the terms of a query with what it carries on from the conversation."""
        if query.earlier is None or query.standalone in query.plain_text:
            return cls.of(query, rarity)
        return cls.of_text(query.standalone, rarity)

    @classmethod
    def of_text(cls, text: str, rarity: Rarity) -> "QueryTerms":
        """Return the folded syllables and bigrams of a text without the words of asking."""
        terms = [fold_syllable(s) for s in syllables(text)]
        single = {t: rarity(t) for t in terms if t not in QUESTION_WORDS}
        pairs = {p: rarity(p) for p in bigrams(terms) if not set(p.split("_")) & QUESTION_WORDS}
        return cls(single, pairs)

    def coverage(self, terms: Collection[str], discounted: Collection[str] = ()) -> float:
        """Return the share of the weight of syllables and pairs found in `terms`, 0..1.

        Args:
            terms: Folded syllables and bigrams of a text.
            discounted: Terms worth only `HEADER_SHARE`.
        """
        return _share(self.syllables | self.pairs, terms, discounted)

    def weight_only_in(self, terms: Collection[str], others: Collection[str]) -> float:
        """Return the share of the weight of syllables found in `terms` and not in `others`."""
        total = sum(self.syllables.values())
        only = sum(w for t, w in self.syllables.items() if t in terms and t not in others)
        return only / total if total else 0.0

    def syllable_coverage(self, terms: Collection[str]) -> float:
        """Return the share of the weight of syllables found in `terms`, 0..1."""
        return _share(self.syllables, terms, ())


def _share(
    weights: Mapping[str, float], terms: Collection[str], discounted: Collection[str]
) -> float:
    total = found = 0.0
    for term, weight in weights.items():
        worth = weight * (HEADER_SHARE if term in discounted else 1.0)
        total += worth
        found += worth if term in terms else 0.0
    return found / total if total else 0.0


def _units(query: Query, reading: Reading, terms: QueryTerms) -> Sequence[Unit]:
    """Return what of a report may be quoted for a query.

    Contents come in whole lists, unless one item alone says what the list says of the matter;
    only a document may be named by the paper's own frame.
    """
    if Wanted.DOCUMENT in query.wanted:
        return (*reading.frame, *reading.items)
    if query.wanted != (Wanted.CONTENT,):
        return reading.items
    if wants_list(query.plain_text):
        return reading.wholes
    found: list[Unit] = []
    for unit in reading.wholes:
        own = [unit]
        if unit.is_list:
            items = [i for i in reading.items if unit.span.start <= i.span.start < unit.span.end]
            whole = terms.coverage(unit.tokens.terms, reading.side_terms)
            if any(
                0 < ITEM_SHARE * whole <= terms.coverage(i.sentence.terms, reading.side_terms)
                for i in items
            ):
                own = items
        found += own
    return found


def score_units(
    query: Query, reading: Reading, terms: QueryTerms, judge: SentenceJudge, rarity: Rarity
) -> list[Scored]:
    """Return the sentences or lists of a report with their scores, in the order of the report.

    The trained judge ranks them; a kind of fact that was asked for raises those that hold it.
    """
    is_content = query.wanted == (Wanted.CONTENT,)
    units = _units(query, reading, terms)
    asked = read_question(query.plain_text)
    tokens = [u.tokens for u in units]
    judged = judge.judge(asked, tokens, reading.header_terms, rarity)
    if is_content:  # what a title says of the matter is also what such a question asks about
        judged = (judged + judge.judge(asked, tokens, reading.side_terms, rarity)) / 2
    matter = [0.0] * len(units)
    if Wanted.CONTENT in query.wanted:
        matter = matter_worths(query.plain_text, asked, reading, units)
    found = []
    for unit, judgement, told in zip(units, judged, matter, strict=True):
        facts = frozenset(w for w in query.wanted if holds(w, unit.sentence, query))
        worth = judgement + FACT_WORTH * len(facts) / len(query.wanted)
        worth += told + _date_worth(query, unit.sentence)
        coverage = terms.coverage(unit.tokens.terms, reading.header_terms)
        found.append((unit, worth, judgement, coverage, facts))
    best = max((worth for _, worth, *_ in found), default=0.0)
    # A line that only opens a list does not compete with what the list says.
    lines = [j for u, _, j, _, facts in found if facts or not u.sentence.text.endswith(":")]
    top = max(lines, default=max(judged, default=0.0))
    return [
        Scored(unit, math.exp(worth - best), min(1.0, math.exp(judgement - top)), coverage, facts)
        for unit, worth, judgement, coverage, facts in found
    ]


def _date_worth(query: Query, sentence: ReadSentence) -> float:
    """Return what a sentence gains by a date of the question, or loses by other dates."""
    stated = [d for d in sentence.dates if d.first is not None]
    if not query.dates or not stated:
        return 0.0
    agrees = any(dates_agree(asked, own) for asked in query.dates for own in stated)
    return DATE_WORTH if agrees else -DATE_WORTH


# Folded words that any report of a visit answers: what was learned, exchanged, achieved.
GENERAL_WORDS = frozenset(
    "hoc tap kinh nghiem noi dung bai ket qua trao doi tim hieu chuyen tham di dien ra chinh thu".split()
)


def is_general(reading: Reading, terms: QueryTerms) -> bool:
    """Return whether a question says nothing beyond which visit it is about ("học được gì")."""
    matter = {t: w for t, w in terms.syllables.items() if t not in reading.side_terms}
    own = sum(w for t, w in matter.items() if t not in GENERAL_WORDS)
    return own <= GENERAL_SHARE * sum(matter.values())


def score_substance(reading: Reading, terms: QueryTerms) -> list[Scored]:
    """Return what can be quoted for a question that every sentence of the report fits equally.

    Of several hosts the one that is asked about comes first.
    """
    several = len(reading.report.visit.host) > 1
    found = [
        (
            unit,
            worth * (SIDE_FLOOR + terms.syllable_coverage(unit.tokens.terms)) if several else worth,
        )
        for unit, worth in substance(reading)
    ]
    found = [(unit, max(0.001, worth)) for unit, worth in found]
    best = max((worth for _, worth in found), default=1.0)
    return [Scored(unit, worth / best, worth / best, 0.0, frozenset()) for unit, worth in found]
