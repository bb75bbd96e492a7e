"""Score the sentences of a report by how well they answer a query.

A sentence is worth the rare words of the question that it holds. Words that already name the
visit (title, host, visitors, date) count less: every sentence of the right report shares them.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from hochoi.dates.finding import DatePhrase
from hochoi.language.tokens import bigrams, fold_syllable, syllables
from hochoi.question import QUESTION_WORDS, Query, Wanted
from hochoi.reading import Reading, ReadSentence
from hochoi.text import fold

HEADER_SHARE = 0.2  # worth of a word that the header of the report holds already
FACT_BONUS = 0.35  # for holding the kind of fact asked for
INTRO_SHARE = 0.5  # worth of a word that stands in the heading or line above a list
INFORMATIVE_BONUS = 0.12  # for a content question: a sentence that reports something
FORMAL_MALUS = 0.1  # ... and one that only says who attended, or thanks in general
GENERAL_SHARE = 0.3  # of the question's weight outside the header; less is a general question
BEFORE_SHARE = 0.3  # worth of a word that only the sentence before holds

Rarity = Callable[[str], float]  # folded term -> inverse document frequency, 0 or more

_MONEY = re.compile(r"\d[\d.,]*\s*(?:nghìn|ngàn|triệu|tỷ|tỉ)?\s*(?:tỷ|đồng|USD|đô la|euro)\b")
_CONTACT = re.compile(r"\b0\d{2,3}[\s.)-]?\d{3}[\s.-]?\d{3,4}\b|[\w.]+@[\w.]+\.\w+")
_PERSON = re.compile(
    r"(?:[A-ZĐÀ-ỸĂÂÊÔƠƯ][a-zà-ỹđăâêôơư]+\.?[ -]){1,4}[A-ZĐÀ-ỸĂÂÊÔƠƯ][a-zà-ỹđăâêôơư]+"
)
_PERSON_CUE = re.compile(
    r"\b(?:ông|bà|đồng chí|chủ tịch|giám đốc|trưởng|bộ trưởng|thứ trưởng|bí thư|tham tán|chánh)\b",
    re.IGNORECASE,
)
_HEAD_CUE = re.compile(r"trưởng đoàn|dẫn đầu|đứng đầu đoàn|phụ trách đoàn", re.IGNORECASE)
_DEPUTY_CUE = re.compile(r"phó (?:trưởng )?đoàn", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\d[\d.]*\s+(?:người|thành viên|đại biểu|cán bộ|học viên|đồng chí|chuyên gia|khách)\b"
)
_DOCUMENT = re.compile(
    r"\d+[\w.]*\s*/\s*[A-ZĐ\d]|\d+-[A-ZĐ]{2,}/|(?:Nghị quyết|Quyết định|Nghị định|biên bản ghi nhớ)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:tại|ở|đến|thăm|sang|Trung tâm|phường|xã|huyện|quận|thành phố|thị xã|tỉnh|khu|Sở)\b",
    re.IGNORECASE,
)


# What a sentence must show, all of it, to hold a kind of fact.
_SIGNS: Mapping[Wanted, tuple[re.Pattern[str], ...]] = {
    Wanted.MONEY: (_MONEY,),
    Wanted.CONTACT: (_CONTACT,),
    Wanted.HEAD: (_HEAD_CUE,),
    Wanted.DEPUTY: (_DEPUTY_CUE,),
    Wanted.HOST_LEAD: (_PERSON, _PERSON_CUE),
    Wanted.PERSON: (_PERSON, _PERSON_CUE),
    Wanted.PARTICIPANTS: (_PEOPLE,),
    Wanted.DOCUMENT: (_DOCUMENT,),
    Wanted.PLACE: (_PLACE,),
}
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a report and what it is worth for a query."""

    sentence: ReadSentence
    score: float  # 0 or more, higher is better
    coverage: float  # 0..1, of the question's words
    facts: frozenset[Wanted]  # kinds asked for that it holds


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The words of a question that carry its meaning, with their rarity."""

    syllables: dict[str, float]
    pairs: dict[str, float]

    @classmethod
    def of(cls, query: Query, rarity: Rarity) -> "QueryTerms":
        """Return the folded syllables and bigrams of a query without the words of asking."""
        terms = [fold_syllable(s) for s in syllables(query.plain_text)]
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


def score_sentences(query: Query, reading: Reading, terms: QueryTerms) -> list[ScoredSentence]:
    """Return the sentences of a report with their scores, in the order of the report."""
    discounted = reading.header_terms
    scored: list[ScoredSentence] = []
    intro = before = _NOTHING
    for sentence in reading.sentences:
        under = sentence.is_item or (before == intro)
        inherited = intro - sentence.terms if under else _NOTHING
        coverage = terms.coverage(sentence.terms, discounted)
        context = INTRO_SHARE * terms.coverage(inherited, discounted)
        context += BEFORE_SHARE * terms.coverage(before - sentence.terms - inherited, discounted)
        facts = frozenset(w for w in query.wanted if holds(w, sentence, query))
        bonus = FACT_BONUS * len(facts) / len(query.wanted) + _content_bonus(query, sentence)
        scored.append(ScoredSentence(sentence, coverage + context + bonus, coverage, facts))
        before = sentence.terms
        if sentence.introduces:
            intro = sentence.terms
        elif not sentence.is_item:
            intro = _NOTHING
    return scored


_INFORMATIVE = re.compile(
    r"kinh nghiệm|mô hình|giải pháp|cách làm|kết quả|bài học|nội dung|đề xuất|đề nghị|khuyến nghị|thống nhất"
    r"|giới thiệu|chia sẻ|triển khai|vận hành|xây dựng|ứng dụng|đạt|giảm|tăng|gồm|%",
    re.IGNORECASE,
)
_FORMAL = re.compile(
    r"trưởng đoàn|dẫn đầu|có sự tham dự|cùng dự|tiếp đoàn|chủ trì|tham dự|^nhìn chung|góp phần|bày tỏ",
    re.IGNORECASE,
)


def _content_bonus(query: Query, sentence: ReadSentence) -> float:
    """Return what a sentence gains or loses for a question about what was learned."""
    if Wanted.CONTENT not in query.wanted or sentence.is_heading:
        return 0.0
    if _FORMAL.search(sentence.text):
        return -FORMAL_MALUS
    return INFORMATIVE_BONUS if _INFORMATIVE.search(sentence.text) else 0.0


# Folded words that any report of a visit answers: what was learned, exchanged, achieved.
GENERAL_WORDS = frozenset(
    "hoc tap kinh nghiem noi dung bai ket qua trao doi tim hieu chuyen tham di dien ra chinh thu".split()
)


def is_general(reading: Reading, terms: QueryTerms) -> bool:
    """Return whether a question says nothing beyond which visit it is about ("học được gì")."""
    known = reading.header_terms | GENERAL_WORDS
    outside = sum(w for t, w in terms.syllables.items() if t not in known)
    return outside < GENERAL_SHARE * sum(terms.syllables.values())


def score_substance(reading: Reading) -> list[ScoredSentence]:
    """Return the sentences of a report with what they tell about the matter of the visit.

    For a question that every sentence of the report fits equally. Who came, when and who
    received them is not the matter; figures, models, proposals and lists are.
    """
    visit = reading.report.visit
    head, words = visit.head_of_delegation, visit.date_text
    formal = [(p.start, p.end) for p in visit.host_leads]
    formal += [(p.start, p.end) for p in (*visit.host, *visit.visitors)]
    formal += [(head.start, head.end)] if head else []
    formal += [(words.start, words.end)] if words else []
    scored = []
    for sentence in reading.sentences:
        inside = sum(
            sentence.span.start <= start and end <= sentence.span.end and end > 0
            for start, end in formal
        )
        cues = {cue.lower() for cue in _INFORMATIVE.findall(sentence.text)}
        worth = 0.1 * min(4, len(cues)) + 0.1 * any(c.isdigit() for c in sentence.text)
        worth += 0.15 * (sentence.introduces and not sentence.is_heading)
        worth -= 0.3 * (inside > 0 or _FORMAL.search(sentence.text) is not None)
        scored.append(ScoredSentence(sentence, max(0.0, worth), 0.0, frozenset()))
    return scored


def holds(wanted: Wanted, sentence: ReadSentence, query: Query) -> bool:
    """Return whether a sentence holds the kind of fact asked for."""
    if wanted is Wanted.DATE:
        return any(answers_when(phrase, query) for phrase in sentence.dates)
    if wanted is Wanted.NUMBER:
        return _holds_number(sentence, query.units)
    return wanted in _SIGNS and all(sign.search(sentence.text) for sign in _SIGNS[wanted])


def answers_when(phrase: DatePhrase, query: Query) -> bool:
    """Return whether a date is as exact as the question wants: a year needs a year."""
    if re.search(r"\bnam (?:nao|bao nhieu|may)\b", fold(query.question)):
        return phrase.first is not None
    return True


def _holds_number(sentence: ReadSentence, units: Sequence[str]) -> bool:
    if not re.search(r"\d", sentence.text):
        return False
    return not units or any(_counts(unit, sentence) for unit in units)


def _counts(unit: str, sentence: ReadSentence) -> bool:
    """Return whether a number stands before the counted noun, at most two words between."""
    if unit.startswith("phan tram"):
        return "%" in sentence.text or "phan tram" in sentence.folded
    words = unit.split()
    return any(
        re.search(
            rf"\d[\d.,/%]*\s+(?:[^\W\d]+\s+){{0,2}}?{re.escape(' '.join(words[:n]))}\b",
            sentence.folded,
        )
        for n in range(len(words), 0, -1)
    )
