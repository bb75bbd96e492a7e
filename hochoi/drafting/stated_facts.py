"""Read what can be checked in a sentence: numbers, dates, document numbers, provinces, names.

Each fact keeps its place among the words, so that two sentences can be compared place by place.
Judges nothing; see `hochoi/verification`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from hochoi.dates.finding import DatePhrase, find_dates
from hochoi.language.abbreviations import Abbreviations
from hochoi.language.document_numbers import find_document_numbers
from hochoi.language.numbers import NumberPhrase, find_numbers
from hochoi.provinces import ProvinceTable
from hochoi.text import comparison_key, nfc

_WORD = re.compile(r"[^\W_]+(?:[-–][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_JOINS_NAME = re.compile(r"[ \t\u00a0]{1,3}|\.[ \t\u00a0]?")
# Words with a capital because a sentence begins or a title stands before a name.
_OPENERS = frozenset(
    "ông bà anh chị đồng chí các đoàn tại theo trong ngày sau trước khi qua về để đây đó với bên "
    "buổi cùng nhờ hiện đến kết thay cũng việc sáng chiều trưa tối nếu vì mỗi nhiều cuối đầu năm "
    "tháng quý được nhưng ở có dự tiếp ngoài từ tuy hai ba bốn một những toàn phía tỉnh thành phố "
    "tính thời lãnh đạo trên dưới do nhằm gồm là và hay còn như nay hôm lúc cả phần đối riêng "
    "trưởng phó".split()
)
_LONGEST_NAME = 8  # words


class Kind(Enum):
    """What a place in a sentence holds."""

    WORD = ""
    NUMBER = "§n"
    DATE = "§d"
    DOCUMENT = "§v"
    PROVINCE = "§p"
    NAME = "§t"


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a fact at `text[start:end]`. Facts of a kind are alike but for their `value`."""

    kind: Kind
    start: int
    end: int
    value: str  # what is compared: key of a word, canonical form of a fact

    @property
    def key(self) -> str:
        """The item as a neighbour sees it."""
        return self.kind.value or self.value


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and whether it counts in percent."""

    value: float
    is_percent: bool


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """A text as a row of items, with the facts in the form in which they are compared."""

    text: str
    items: tuple[Item, ...]
    words: tuple[str, ...]  # comparison keys of all words, those inside facts too
    quantities: tuple[Quantity, ...]  # other digits, as in "Quận 1", included
    dates: tuple[DatePhrase, ...]
    documents: frozenset[str]  # keys
    provinces: tuple[Item, ...]
    names: tuple[tuple[str, ...], ...]  # runs of capitalised words, as comparison keys
    longer: tuple[tuple[str, ...], ...]  # words of abbreviations in their other form


class FactReader:
    """Reads facts with the tables of a library; remembers the texts it has read."""

    def __init__(self, provinces: ProvinceTable, abbreviations: Abbreviations) -> None:
        self.provinces = provinces
        self._abbreviations = abbreviations
        self.read = lru_cache(maxsize=2048)(self._read)

    def _read(self, text: str) -> StatedFacts:
        """Return the facts of an NFC text."""
        dates, numbers = find_dates(text), find_numbers(text)
        found = list(self._facts(text, dates, numbers))
        facts = _apart(found)
        items = list(_items(text, facts))
        measured = {n.start for n in numbers}
        labels = [i for i in items if i.kind is Kind.NUMBER and i.start not in measured]
        other = [float(d) for i in labels for d in _DIGITS.findall(i.value)]
        quantities = [Quantity(abs(n.value), _is_percent(n.unit)) for n in numbers]
        return StatedFacts(
            text,
            tuple(items),
            words_of(text),
            (*quantities, *(Quantity(value, False) for value in other)),
            dates,
            frozenset(i.value for i in items if i.kind is Kind.DOCUMENT),
            tuple(i for i in items if i.kind is Kind.PROVINCE),
            tuple(words_of(text[i.start : i.end]) for i in items if i.kind is Kind.NAME),
            tuple(map(words_of, self._abbreviations.expansions(text))),
        )

    def _facts(
        self, text: str, dates: Sequence[DatePhrase], numbers: Sequence[NumberPhrase]
    ) -> Iterator[Item]:
        for number in find_document_numbers(text):
            yield Item(Kind.DOCUMENT, number.start, number.end, number.key)
        for phrase in dates:
            yield Item(Kind.DATE, phrase.start, phrase.end, date_value(phrase))
        for mention in self.provinces.find(text):
            yield Item(Kind.PROVINCE, mention.start, mention.end, mention.province)
        for quantity in numbers:
            value = f"{abs(quantity.value):g}{'%' * _is_percent(quantity.unit)}"
            yield Item(Kind.NUMBER, quantity.start, quantity.end, value)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as comparison keys; "Hue-S" is two."""
    return tuple(_key(word) for word in _PART.findall(nfc(text)))


def date_value(phrase: DatePhrase) -> str:
    """Return one form per date, however it is written: "tháng 7/2022", "07/2022"."""
    if phrase.first is not None and phrase.last is not None:
        return f"{phrase.first:%Y%m%d}-{phrase.last:%Y%m%d}"
    if phrase.month is None:
        return comparison_key(phrase.text)
    return f"{phrase.day}.{phrase.month}-{phrase.last_day}.{phrase.last_month}"


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    key = comparison_key(word)
    return key.lstrip("0") or "0" if key.isdecimal() else key


def _is_percent(unit: str | None) -> bool:
    return unit is not None and (unit == "%" or unit.lower() == "phần trăm")


def _apart(facts: list[Item]) -> list[Item]:
    """Return the facts in order, without those that overlap one found before."""
    kept: list[Item] = []
    for fact in facts:
        if all(fact.end <= other.start or other.end <= fact.start for other in kept):
            kept.append(fact)
    return sorted(kept, key=lambda item: item.start)


def _items(text: str, facts: Sequence[Item]) -> Iterator[Item]:
    """Yield facts, names and words in order."""
    position = 0
    for fact in facts:
        yield from _names_and_words(text, position, fact.start)
        yield fact
        position = fact.end
    yield from _names_and_words(text, position, len(text))


def _names_and_words(text: str, start: int, end: int) -> Iterator[Item]:
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text, start, end):
        goes_on = run and _JOINS_NAME.fullmatch(text, run[-1].end(), word.start())
        if run and not (goes_on and word[0][0].isupper() and len(run) < _LONGEST_NAME):
            yield from _run_items(run)
            run = []
        if word[0][0].isupper():
            run.append(word)
        else:
            yield from _words(word)
    yield from _run_items(run)


def _run_items(run: list[re.Match[str]]) -> Iterator[Item]:
    """Yield a run of capitalised words: openers apart, two or more words as one name."""
    while run and comparison_key(run[0][0]) in _OPENERS:
        yield from _words(run.pop(0))
    if len(run) == 1 and not _is_striking(run[0]):
        yield from _words(run[0])
    elif run:
        start, end = run[0].start(), run[-1].end()
        yield Item(Kind.NAME, start, end, " ".join(_key(word[0]) for word in run))


def _is_striking(word: re.Match[str]) -> bool:
    """Whether a single word is a name by its letters: "IOC", "VNeID", "Hue-S"."""
    return sum(map(str.isupper, word[0])) > 1


def _words(word: re.Match[str]) -> Iterator[Item]:
    for part in _PART.finditer(word.string, word.start(), word.end()):
        kind = Kind.NUMBER if _DIGITS.search(part[0]) else Kind.WORD
        yield Item(kind, part.start(), part.end(), _key(part[0]))
