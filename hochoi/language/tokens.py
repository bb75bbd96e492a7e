"""Vietnamese text as search terms: syllables and syllable bigrams, with and without diacritics.

Word segmentation is left out on purpose: measured on visit reports it lowered Success@1 from
.95 to .62 (docs/decisions/004-syllables.md). Does not weight terms and does not know any index.
"""

import re
from functools import lru_cache
from itertools import pairwise

from hochoi.text import fold, nfc

_SYLLABLE = re.compile(r"[^\W_]+")


@lru_cache(maxsize=65536)
def fold_syllable(syllable: str) -> str:
    """Return a lower-case syllable without diacritics. Cached: Vietnamese has about 8,000."""
    return fold(syllable)


def syllables(text: str) -> list[str]:
    """Return the lower-case syllables and digit groups of `text`, in order, in NFC."""
    return _SYLLABLE.findall(nfc(text).lower())


def bigrams(terms: list[str]) -> list[str]:
    """Return neighbouring pairs joined by `_`; one fewer than `terms`, none for a single term."""
    return [f"{a}_{b}" for a, b in pairwise(terms)]


def embedding_tokens(text: str) -> str:
    """Return the input of the shipped embedding model for `text`.

    Space-separated tokens: each syllable as written, each syllable folded with `_` before it,
    each folded bigram, e.g. "Chuyển đổi số" -> "chuyển đổi số _chuyen _doi _so chuyen_doi doi_so".
    """
    accented = syllables(text)
    folded = [fold_syllable(s) for s in accented]
    return " ".join([*accented, *("_" + s for s in folded), *bigrams(folded)])
