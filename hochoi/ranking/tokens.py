"""Passages and questions as arrays of numbers, from which the re-ranker's evidence is counted.

A syllable becomes two hashes, as written and without diacritics, so that no vocabulary has to be
kept. Does not count anything itself.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hochoi.language.tokens import fold_syllable
from hochoi.text import nfc

Rarity = Callable[[str], float]  # folded term -> inverse document frequency, 0 or more

MAX_QUERY_SYLLABLES = 200  # further ones are not looked at: work stays bounded

# Words that say how a question is put. Unlike `QUESTION_WORDS` with their accents, so that "của"
# goes and "cửa" stays, and without "một", "số", "việc", which are half of what offices ask about.
_ASKING = frozenset(
    "ai gì nào sao mấy bao nhiêu đâu khi hôm thế bn là có được không những các cho hay xin tôi biết"
    " với thì mà và ở tại vào ra đến tới từ về của do để trong theo như ấy này kia còn cũng ạ à nhé"
    " bằng gồm hãy hỏi phải".split()
)
_ASKING_FOLDED = frozenset(map(fold_syllable, _ASKING)) - {"cua"}

# "X là gì", "X được hiểu như thế nào", "thế nào là X", "khái niệm X", all without diacritics
_ASKS_MEANING = re.compile(
    r"\bla(?: \w+){0,3} gi\b|\bduoc hieu\b|\bthe nao la\b|\b(?:khai niem|dinh nghia|nghia la)\b"
)
_TOKEN = re.compile(r"[^\W_]+|[.!?;:…]+(?=\s)|\n+")  # a syllable, or the end of a sentence
_BITS = 30  # of each hash; among 50,000 syllables about one pair falls together
_MASK = (1 << _BITS) - 1
_DIGIT = 1 << (2 * _BITS)
_MAX_CACHED = 200_000


def _hash(field: str, syllable: str) -> int:
    digest = hashlib.blake2b(f"{field}{syllable}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "little") & _MASK | 1  # never 0


def folded_hash(syllable: str) -> int:
    """Return the hash of a folded syllable, as `PassageTokens.folded` holds it."""
    return _hash("f", syllable)


class _Codes(dict[str, int]):
    """Codes of tokens, worked out when first met; all are forgotten when there are too many.

    A code holds, from the lowest bit: folded hash, accented hash, "starts with a digit". The
    end of a sentence has code 0.
    """

    def __missing__(self, token: str) -> int:
        if len(self) >= _MAX_CACHED:
            self.clear()
        code = 0
        if token[0].isalnum():
            low = token.lower()
            code = _hash("f", fold_syllable(low)) | _hash("a", low) << _BITS
            code |= _DIGIT if token[0].isdigit() else 0
        self[token] = code
        return code


_CODES = _Codes()


@dataclass(frozen=True, slots=True)
class PassageTokens:
    """The n syllables of a passage, header first, in order."""

    folded: NDArray[np.int32]  # [n] hashes
    accented: NDArray[np.int32]  # [n] hashes
    sentence: NDArray[np.int32]  # [n] number of the sentence, rising from 0; the header is first
    n_header: int

    def __len__(self) -> int:
        """Return the number of syllables."""
        return len(self.folded)


def _codes(text: str) -> NDArray[np.int64]:
    return np.fromiter(map(_CODES.__getitem__, _TOKEN.findall(nfc(text))), dtype=np.int64)


def read_passage(header: str, body: str) -> PassageTokens:
    """Return the tokens of a passage under its header. Linear in the length of both."""
    head, rest = _codes(header), _codes(body)
    codes = np.concatenate((head[head > 0], np.zeros(1, np.int64), rest))
    is_end = codes == 0
    kept = codes[~is_end]
    number = np.cumsum(is_end)[~is_end]
    # Ends that follow each other leave gaps in the numbers.
    steps = np.diff(number, prepend=number[:1]) > 0
    return PassageTokens(
        (kept & _MASK).astype(np.int32),
        (kept >> _BITS & _MASK).astype(np.int32),
        np.cumsum(steps).astype(np.int32),
        int((head > 0).sum()),
    )


@dataclass(frozen=True, slots=True)
class QueryTokens:
    """The m syllables of a question as u distinct folded terms and b distinct bigrams."""

    terms: NDArray[np.int32]  # [u] folded hashes, rising
    accented: NDArray[np.int32]  # accented hashes, distinct, rising
    sequence: NDArray[np.intp]  # [m] place of each syllable in `terms`
    rarity: NDArray[np.float32]  # [u] inverse document frequency
    weight: NDArray[np.float32]  # [u] the same, 0 for words of asking; sums to 1
    pairs: NDArray[np.int64]  # [b] first place * u + second place, rising
    pair_rarity: NDArray[np.float32]  # [b]
    pair_weight: NDArray[np.float32]  # [b] 0 beside a word of asking; sums to 1
    is_number: NDArray[np.bool_]  # [u]
    is_name: NDArray[np.bool_]  # [u] capitalised inside the question
    asks_meaning: bool  # what something is or means
    accent_share: float  # of the syllables that carry a diacritic


def read_query(question: str, rarity: Rarity) -> QueryTokens | None:
    """Return the tokens of a question, None when it has no syllable.

    Args:
        question: Any text; what follows `MAX_QUERY_SYLLABLES` is left out.
        rarity: Inverse document frequency of folded syllables and bigrams ("chuyen_doi").
    """
    tokens = [t for t in _TOKEN.findall(nfc(question)) if t[0].isalnum()][:MAX_QUERY_SYLLABLES]
    if not tokens:
        return None
    codes = np.array([_CODES[t] for t in tokens], dtype=np.int64)
    names = [fold_syllable(t.lower()) for t in tokens]
    terms, first, sequence = np.unique(
        (codes & _MASK).astype(np.int32), return_index=True, return_inverse=True
    )
    u = len(terms)
    asks = np.array([_is_asking(tokens[n].lower(), names[n]) for n in first])
    values = np.array([rarity(names[n]) for n in first], dtype=np.float32)
    pairs, place = np.unique(sequence[:-1].astype(np.int64) * u + sequence[1:], return_index=True)
    pair_values = np.array([rarity(f"{names[n]}_{names[n + 1]}") for n in place], dtype=np.float32)
    pair_asks = asks[pairs // u] | asks[pairs % u]
    is_name = np.zeros(u, dtype=np.bool_)
    is_name[[sequence[n] for n, t in enumerate(tokens) if n and t[0].isupper()]] = True
    return QueryTokens(
        terms=terms,
        accented=np.unique((codes >> _BITS & _MASK).astype(np.int32)),
        sequence=sequence,
        rarity=values,
        weight=_shares(values, asks),
        pairs=pairs,
        pair_rarity=pair_values,
        pair_weight=_shares(pair_values, pair_asks),
        is_number=codes[first] & _DIGIT > 0,
        is_name=is_name,
        asks_meaning=_ASKS_MEANING.search(" ".join(names)) is not None,
        accent_share=_accent_share(tokens, names),
    )


def _is_asking(syllable: str, folded: str) -> bool:
    return syllable in _ASKING or (syllable == folded and folded in _ASKING_FOLDED)


def _shares(values: NDArray[np.float32], left_out: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return `values` scaled to sum 1, without those left out unless nothing would remain."""
    kept = np.where(left_out, np.float32(0), values)
    if kept.sum() <= 0:
        kept = values
    return (kept / max(float(kept.sum()), 1e-6)).astype(np.float32)


def _accent_share(tokens: Sequence[str], folded: Sequence[str]) -> float:
    return sum(t.lower() != f for t, f in zip(tokens, folded, strict=True)) / len(tokens)
