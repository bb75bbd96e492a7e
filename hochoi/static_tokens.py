"""Texts to the token ids of the static embedding, a thousand passages at a time.

Gives exactly the known tokens of `language.tokens.embedding_tokens`, without building its strings.
Does not know vectors.
"""

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from hochoi.language.tokens import fold_syllable, syllables
from hochoi.text import nfc

TOKEN_SCHEME = "embedding_tokens/1"  # raise when `embedding_tokens` gives other tokens

_SHIFT = 32  # a syllable's code: id of its accented token above, class of its folded form below
_MASK = (1 << _SHIFT) - 1
_MAX_CACHED = 100_000


class _Codes(dict[str, tuple[int, ...]]):
    """Codes of the syllables of a word between spaces, worked out when it is first met.

    Forgets all of them when there are too many, so that a server does not grow without limit.
    """

    def __init__(self, accented: Mapping[str, int], classes: Mapping[str, int]) -> None:
        super().__init__()
        self._accented, self._classes = accented, classes

    def __missing__(self, word: str) -> tuple[int, ...]:
        """Return the codes of a word not seen before."""
        if len(self) >= _MAX_CACHED:
            self.clear()
        codes = self[word] = tuple(
            (self._accented.get(s, 0) << _SHIFT) | self._classes.get(fold_syllable(s), 0)
            for s in syllables(word)
        )
        return codes


class TokenTable:
    """The vocabulary of a static model, arranged for fast look-up. Id 0 means unknown."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        accented: dict[str, int] = {}
        folded: dict[str, int] = {}
        pairs: dict[tuple[str, str], int] = {}
        for token, number in vocabulary.items():
            first, mark, second = token.partition("_")
            if not mark:
                accented[token] = number
            elif first:
                pairs[first, second] = number
            else:
                folded[second] = number
        names = sorted(folded.keys() | {name for pair in pairs for name in pair})
        classes = {name: k for k, name in enumerate(names, 1)}  # class 0: in no known token
        self._codes = _Codes(accented, classes)
        self._n = len(names) + 1
        self._folded = np.array([0, *(folded.get(name, 0) for name in names)], dtype=np.int64)
        keys = np.array([classes[a] * self._n + classes[b] for a, b in pairs], dtype=np.int64)
        order = np.argsort(keys)
        # The sentinel keeps look-ups in range; no key is that large.
        self._pair_keys = np.append(keys[order], self._n * self._n)
        self._pair_ids = np.append(np.array(list(pairs.values()), dtype=np.int64)[order], 0)

    def bags(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """Return, per text, the ids of its known tokens: accented, then folded, then bigrams.

        Texts are worked on together because numpy's cost per call would outweigh one passage.
        """
        codes_of = [self._read(text) for text in texts]
        ends = np.cumsum([len(codes) for codes in codes_of], dtype=np.int64)
        codes = np.concatenate([np.empty(0, dtype=np.int64), *codes_of])
        classes = codes & _MASK
        following = np.append(classes[1:], 0)[: len(classes)]
        following[ends[ends > 0] - 1] = 0  # no bigram runs from one text into the next
        keys = classes * self._n + following
        places = self._pair_keys.searchsorted(keys)
        bigrams = np.where(self._pair_keys[places] == keys, self._pair_ids[places], 0)
        ids = np.stack((codes >> _SHIFT, self._folded[classes], bigrams))  # [3, syllables]
        bags = []
        start = 0
        for end in ends.tolist():
            bag = ids[:, start:end].ravel()
            bags.append(bag[bag > 0])
            start = end
        return bags

    def _read(self, text: str) -> NDArray[np.int64]:
        """Return the codes of the syllables of `text`, in order."""
        # No white space is part of a syllable, so words can be looked up one by one.
        words = map(self._codes.__getitem__, nfc(text).split())
        return np.fromiter(chain.from_iterable(words), dtype=np.int64)
