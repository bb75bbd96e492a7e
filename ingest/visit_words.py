"""Cut report text into words and marks for the visit rules. Does not judge any of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hochoi.text import fold

_TOKEN = re.compile(
    r"[^\W\d_][^\W_]*(?:['’‑-][^\W\d_][^\W_]*)*"  # word
    r"|\d+(?:[.,/]\d+)*"
    r"|\n+"
    r"|[^\w\s]"
)
_ONSET = "b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x"
_NUCLEUS = (
    "uyu|uya|uye|uoi|uou|uai|uay|oai|oao|oay|oeo|ieu|yeu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo"
    "|ua|ue|ui|uo|uu|uy|ye|a|e|i|o|u|y"
)
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{_NUCLEUS})(?:ch|ng|nh|c|m|n|p|t)?")
# Letters of no other language in these reports, and syllables of the Central Highlands.
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_HIGHLAND = frozenset("dak krong plong kbang pleiku ea hleo mdrak glei drang ksor chu".split())


@dataclass(slots=True)
class Word:
    """One token, `text[start:end]`."""

    start: int
    end: int
    text: str
    lower: str
    capital: bool  # begins with a capital letter
    letters: bool  # a word, not a number, a mark or a line end


def split_words(text: str) -> list[Word]:
    """Return the words, numbers, marks and line ends of `text`, in order."""
    words = []
    for match in _TOKEN.finditer(text):
        written = match[0]
        lower = written.lower()
        first = written[0]
        start, end = match.span()
        words.append(Word(start, end, written, lower, lower[0] != first, first.isalpha()))
    return words


def lowered(text: str) -> str:
    """Return `text` in lower case with every position kept, for patterns without a case flag."""
    lower = text.lower()
    return (
        lower
        if len(lower) == len(text)
        else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    )


@lru_cache(maxsize=16384)
def is_vietnamese_syllable(word: str) -> bool:
    """Whether `word` could be one Vietnamese syllable, with or without diacritics."""
    if _VIETNAMESE.search(word) or fold(word) in _HIGHLAND:
        return True
    return _SYLLABLE.fullmatch(fold(word)) is not None
