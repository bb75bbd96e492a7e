"""Decide whether the words of a report support a sentence.

Every number, date, document number, province and name of the sentence must stand in the quoted
words; so must most other words; and where the quoted words fill the same place with something
else, or turn host and visitor round, the sentence is not supported. Knows no markers and no hits.
"""

from enum import Enum
from itertools import pairwise

from hochoi.drafting.stated_facts import Item, Kind, StatedFacts
from hochoi.provinces import ProvinceTable
from hochoi.ranking.visit_roles import Roles, read_roles
from hochoi.text import fold
from hochoi.verification.exchanged_words import exchanged
from hochoi.verification.modifiers import modifiers_agree
from hochoi.verification.places import displaced
from hochoi.verification.stated import (
    COUNT_WORDS,
    addresses_stand,
    dates_stand,
    names_stand,
    numbers_stand,
    provinces_stand,
    stands_in,
)
from hochoi.verification.units import units_agree

MIN_WORDS = 0.65  # share of the sentence's own words that must stand in the quoted ones
MIN_PAIRS = 0.30  # ... and of its neighbouring pairs


class Fault(Enum):
    """Why a sentence of a draft is not shown."""

    UNCITED = "uncited"
    UNKNOWN_SOURCE = "unknown source"
    UNQUOTABLE = "nothing to quote"
    NUMBER = "number"
    UNIT = "what a number counts"
    DATE = "date"
    DOCUMENT = "document number"
    ADDRESS = "address of a mailbox or site"
    PROVINCE = "province"
    NAME = "name"
    PLACE = "another value in the same place"
    ROLES = "host and visitor"
    POLARITY = "direction"
    MODIFIER = "negation, bound or deputy"
    EXCHANGED = "a word exchanged for another"
    WORDS = "words"
    QUOTATION = "quotation"
    FORM = "link, markup or length"
    VOICE = "speaks of itself or gives orders"
    REPEATED = "repeated"


def faults(
    sentence: StatedFacts, quoted: StatedFacts, known: Roles, provinces: ProvinceTable
) -> tuple[Fault, ...]:
    """Return why quoted words do not support a sentence; empty when they do.

    Args:
        sentence: What is claimed.
        quoted: The words of the report.
        known: Who hosts and who visits, as far as the record of the visit says.
        provinces: For old and new names.
    """
    return tuple(
        fault
        for fault, holds in (
            (Fault.NUMBER, numbers_stand(sentence, quoted)),
            (Fault.UNIT, units_agree(sentence, quoted)),
            (Fault.DATE, dates_stand(sentence, quoted)),
            (Fault.DOCUMENT, sentence.documents <= quoted.documents),
            (Fault.ADDRESS, addresses_stand(sentence, quoted)),
            (Fault.PROVINCE, provinces_stand(sentence, quoted, provinces)),
            (Fault.NAME, names_stand(sentence, quoted)),
            (Fault.PLACE, next(displaced(sentence, quoted), None) is None),
            (Fault.ROLES, _roles_agree(sentence, quoted, known)),
            (Fault.POLARITY, _polarity_agrees(sentence, quoted)),
            (Fault.MODIFIER, modifiers_agree(sentence, quoted)),
            (Fault.WORDS, _words_shared(sentence, quoted)),
            (Fault.EXCHANGED, next(exchanged(sentence, quoted), None) is None),
        )
        if not holds
    )


# Host and visitor


def _roles_agree(sentence: StatedFacts, quoted: StatedFacts, known: Roles) -> bool:
    claimed = read_roles(sentence)
    if claimed.contradicts(known) and not _is_verbatim(sentence, quoted):
        return False
    return claimed.stands_in(known) or not claimed.contradicts(read_roles(quoted))


def _is_verbatim(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    """Whether everything from the first province to the last stands so in the quoted words."""
    places = [n for n, item in enumerate(sentence.items) if item.kind is Kind.PROVINCE]
    stretch = sentence.items[places[0] : places[-1] + 1]
    return stands_in([i.value for i in stretch], [i.value for i in quoted.items])


# Direction

_POLAR = frozenset(
    "tăng giảm thấp cao kém vượt trễ sớm muộn thiếu thừa đóng mở lỗ lãi thu chi bỏ cấm từ_chối "
    "nhất cuối đầu ngừng dừng hủy thất_bại sai".split()
)


# "Dẫn đầu", "bắt đầu" and the like give no direction.
_LEADS = frozenset({"dẫn", "bắt", "đứng", "ban", "người", "lần"})


def _polarity_agrees(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    own = set(quoted.words)
    return not any(
        word in _POLAR and word not in own and not (word == "đầu" and before in _LEADS)
        for before, word in pairwise(("", *sentence.words))
    )


# Words

_EMPTY_WORDS = frozenset(
    "theo bao cao cho biet thi la va cua voi cac nhung mot duoc da dang se co nay do khi trong "
    "tren tai ve den tu boi vi de nhu cung con rang ma o nguon doan neu ghi trich ngoai ra day "
    "ay".split()
)


def _words_shared(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    """Whether enough words, and enough neighbouring pairs, stand in the quoted words.

    Facts are compared elsewhere; here only the words between them count, counts spelled out
    excepted.
    """
    pool = {*quoted.words, *(word for longer in quoted.longer for word in longer)}
    pairs = {pair for words in (quoted.words, *quoted.longer) for pair in pairwise(words)}
    plain = [_is_plain(item) for item in sentence.items]
    own = [i.value for i, is_plain in zip(sentence.items, plain, strict=True) if is_plain]
    own_pairs = [
        (a.value, b.value)
        for (a, b), both in zip(pairwise(sentence.items), pairwise(plain), strict=True)
        if all(both) and not (_is_empty(a.value) and _is_empty(b.value))
    ]
    own = [word for word in own if not _is_empty(word)]
    found = sum(word in pool for word in own)
    paired = sum(pair in pairs for pair in own_pairs)
    has_facts = not all(plain)
    return (
        (bool(own) or has_facts)
        and found >= MIN_WORDS * len(own)
        and paired >= MIN_PAIRS * len(own_pairs)
    )


def _is_empty(word: str) -> bool:
    return fold(word) in _EMPTY_WORDS


def _is_plain(item: Item) -> bool:
    return item.kind is Kind.WORD and item.value not in COUNT_WORDS
