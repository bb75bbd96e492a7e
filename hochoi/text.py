"""Laws of Vietnamese text: one Unicode form, folding without diacritics, keys for comparison.

Does not know sentences, dates, provinces or tokens. Nothing here is meant to be shown except
the results of `nfc` and `clean`: keys and folded text are for searching and comparing.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hochoi.types import Span

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # huyền, sắc, ngã, hỏi, nặng
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]++[^\W\d_]*+)*+")
_SYLLABLE = re.compile(
    r"(qu(?=[aăâeêioôơuưy])|gi(?=[aăâeêioôơuưy])|[bcdđghklmnpqrstvx]*)"
    r"([aăâeêioôơuưy]+)"
    r"([cghmnpt]*)"
)
_HATTED = frozenset("ăâêôơư")
# Characters outside these blocks may fold to none or to several; inside, each folds to one.
_IRREGULAR = re.compile("[^\u0000-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
_LEARNED_CODES = 0x3000  # tables remember what is below: no input makes them grow further


class _FoldTable(dict[int, str]):
    """A `str.translate` table that learns each character on first sight."""

    def __missing__(self, code: int) -> str:
        plain = chr(code).lower().replace("đ", "d")
        decomposed = unicodedata.normalize("NFD", plain)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c))
        if code < _LEARNED_CODES:
            self[code] = folded
        return folded


class _CleanTable(dict[int, str]):
    """A `str.translate` table from characters to what `clean` leaves of them."""

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        if chr(code) in "\n\t":
            kept = chr(code)
        elif chr(code) in "\r\x0b\x0c\x85\u2028\u2029":
            kept = "\n"
        elif category == "Zs":
            kept = " "
        else:
            kept = "" if category in {"Cc", "Cf", "Cs"} else chr(code)
        if code < _LEARNED_CODES:
            self[code] = kept
        return kept


_FOLD = _FoldTable()
_CLEAN = _CleanTable()


def nfc(text: str) -> str:
    """Return `text` in Unicode NFC, the only form Học Hỏi stores and compares."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    r"""Return `text` as it is stored: NFC, without invisible characters, lines ended by `\n`.

    Zero-width, bidirectional and control characters and lone surrogates are removed; every kind
    of space becomes U+0020, every kind of line or page end `\n`; tabs stay. The result can
    always be written as UTF-8.
    """
    return nfc(text.replace("\r\n", "\n").translate(_CLEAN))


def tidy_lines(text: str) -> str:
    """Return a text with single spaces, and without empty lines: a list keeps its items apart."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics, đ as d.

    Character by character: `fold(a + b) == fold(a) + fold(b)`, so whatever is found before
    folding is found after it. Accepts any Unicode, composed or not.
    """
    return text.lower() if text.isascii() else text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text that remembers where each of its characters came from."""

    text: str
    offsets: Sequence[int]  # original position per folded character, then the original length

    def original_span(self, start: int, end: int) -> Span:
        """Return the range of the original that folded to `text[start:end]`.

        Marks that folding dropped belong to the letter before them.

        Args:
            start: First folded character, 0 or more.
            end: One past the last; `start == end` gives an empty range.

        Raises:
            ValueError: If the range does not lie within the folded text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"range must lie within 0..{len(self.text)}, got {start}..{end}")
        first = self.offsets[start]
        if start == end:
            return Span(first, first)
        last = self.offsets[end - 1]
        while self.offsets[end] == last:  # a letter that folded to several is taken whole
            end += 1
        return Span(first, self.offsets[end])


def fold_with_offsets(text: str) -> Folded:
    """Return `fold(text)` with the way back to positions in `text`."""
    folded = fold(text)
    if not _IRREGULAR.search(text):
        return Folded(folded, range(len(text) + 1))
    offsets = [i for i, char in enumerate(text) for _ in _FOLD[ord(char)]]
    return Folded(folded, (*offsets, len(text)))


def has_diacritics(text: str) -> bool:
    """Whether any letter of `text` carries a Vietnamese mark or is đ."""
    return fold(text) != text.lower()


def comparison_key(text: str) -> str:
    """Return the form in which spellings of the same words are equal. Never for display.

    NFC, lower case, tone mark on the letter of the older convention: "hoà" and "hòa" are equal,
    "thuỷ" and "thủy", "uỷ" and "ủy". Keeps every diacritic, and i apart from y.
    """
    lowered = nfc(nfc(text).lower())
    if lowered.isascii():
        return lowered
    return nfc(_WORD.sub(lambda match: _placed(match[0]), lowered))


@lru_cache(maxsize=65536)
def _placed(word: str) -> str:
    """Return a lower-case word with its tone mark in the older place; not a syllable: unchanged."""
    if word.isascii() or len(word) > 12:
        return word
    decomposed = unicodedata.normalize("NFD", word)
    tones = [c for c in decomposed if c in _TONES]
    if len(tones) != 1:
        return word
    base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    parts = _SYLLABLE.fullmatch(base)
    if parts is None:
        return word
    onset, vowels, coda = parts.groups()
    hatted = [i for i, vowel in enumerate(vowels) if vowel in _HATTED]
    if hatted:
        place = hatted[-1]
    elif coda:
        place = len(vowels) - 1
    else:
        place = 1 if len(vowels) == 3 else 0
    split = len(onset) + place + 1
    return unicodedata.normalize("NFC", base[:split] + tones[0] + base[split:])
