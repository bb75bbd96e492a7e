"""How much of their wording two texts share, estimated from short signatures (MinHash).

A text is the set of its triples of neighbouring syllables, without diacritics and case; two texts
are alike by the share of triples they have in common (Jaccard). Layout, letter case and accents
do not count. Broder (1997), with 128 permutations: the estimate is off by about .04.
"""

import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hochoi.language.tokens import fold_syllable, syllables

PERMUTATIONS = 128
Signatures = NDArray[np.uint32]  # [n, PERMUTATIONS]

_rng = np.random.default_rng(1)
_FACTORS = _rng.integers(1, 2**32, PERMUTATIONS, dtype=np.uint64) | np.uint64(1)
_OFFSETS = _rng.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)


@lru_cache(maxsize=65536)
def _code(syllable: str) -> int:
    return zlib.crc32(fold_syllable(syllable).encode())


def triples(text: str) -> NDArray[np.uint64]:
    """Return uint64[n], the hashed triples of a text, rising; of a shorter text its syllables."""
    codes = np.fromiter(map(_code, syllables(text)), dtype=np.uint64)
    if len(codes) < 3:
        return np.unique(codes)
    with np.errstate(over="ignore"):
        mixed = codes[:-2] * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ codes[1:-1]) * np.uint64(0xC2B2AE3D27D4EB4F)
        mixed = (mixed ^ codes[2:]) * np.uint64(0x165667B19E3779F9)
    return np.unique(mixed ^ (mixed >> np.uint64(29)))


@lru_cache(maxsize=64)  # asked for when a report is compared and when it is stored
def signature(text: str) -> bytes:
    """Return the signature of a text: uint32[PERMUTATIONS], little-endian."""
    found = triples(text)
    if not len(found):
        return np.zeros(PERMUTATIONS, dtype="<u4").tobytes()
    lowest = np.full(PERMUTATIONS, np.iinfo(np.uint32).max, dtype=np.uint32)
    with np.errstate(over="ignore"):
        for n in range(0, len(found), 4096):  # bounds the memory of a very long text
            hashed = found[n : n + 4096, None] * _FACTORS + _OFFSETS
            part = (hashed >> np.uint64(32)).astype(np.uint32).min(axis=0)
            np.minimum(lowest, part, out=lowest)
    return lowest.astype("<u4").tobytes()


def read_signatures(stored: list[bytes]) -> Signatures:
    """Return stored signatures as the rows of a matrix."""
    flat = np.frombuffer(b"".join(stored), dtype="<u4")
    return flat.reshape(len(stored), PERMUTATIONS).astype(np.uint32)


def estimates(one: bytes, many: Signatures) -> NDArray[np.float32]:
    """Return float32[n], the estimated likeness of one text to each of many, 0..1."""
    mine = np.frombuffer(one, dtype="<u4").astype(np.uint32)
    shares: NDArray[np.float32] = (many == mine).mean(axis=1, dtype=np.float32)
    return shares


def likeness(one: str, other: str) -> float:
    """Return the exact share of triples that two texts have in common, 0..1."""
    a, b = triples(one), triples(other)
    shared = len(np.intersect1d(a, b, assume_unique=True))
    together = len(a) + len(b) - shared
    return shared / together if together else 1.0
