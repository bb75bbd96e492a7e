"""A segment of the keyword index: an inverted index over some passages, immutable.

Made from texts, joined from other segments, kept as a folder of numpy arrays that is mapped, not
read. Does not weight terms and does not rank.
"""

import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hochoi.language.tokens import bigrams, fold_syllable, syllables

FORMAT = 2  # of the arrays in a segment folder
_ARRAYS = ("terms", "starts", "rows", "counts", "lengths")
_BLOCK = 1 << 22  # postings moved at a time while segments are joined


def term_hash(field: str, term: str) -> int:
    """Return the key of a term in the field "a" (as written) or "f" (without diacritics)."""
    return int.from_bytes(hashlib.blake2b(f"{field}{term}".encode(), digest_size=8).digest())


def fold_term(term: str) -> str:
    """Return a syllable or bigram without diacritics."""
    return "_".join(map(fold_syllable, term.split("_")))


@dataclass(frozen=True, slots=True)
class Segment:
    """An inverted index over some passages. Row n stands for `passage_ids[n]`."""

    passage_ids: tuple[str, ...]
    terms: NDArray[np.uint64]  # hashes of field and term, rising
    starts: NDArray[np.int64]  # postings of term i are rows[starts[i]:starts[i + 1]]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint8]  # of the term in the passage, at most 255
    lengths: NDArray[np.int32]  # terms in each passage


def build_segment(passage_ids: Sequence[str], texts: Iterable[str]) -> Segment:
    """Return the inverted index of `texts`, one per passage id.

    Raises:
        ValueError: If ids and texts differ in number.
    """
    vocabulary: dict[str, int] = {}
    numbers: list[NDArray[np.int64]] = []
    for text in texts:
        terms = syllables(text)
        terms += bigrams(terms)
        found = [vocabulary.setdefault(t, len(vocabulary)) for t in terms]
        numbers.append(np.array(found, dtype=np.int64))
    if len(numbers) != len(passage_ids):
        raise ValueError(f"{len(passage_ids)} ids but {len(numbers)} texts")
    lengths = np.array([len(n) for n in numbers], dtype=np.int32)
    rows = np.repeat(np.arange(len(numbers), dtype=np.int64), lengths)
    flat = np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.int64)
    del numbers
    hashes, folded_hashes = [], []
    for term in vocabulary:
        hashes.append(term_hash("a", term))
        folded_hashes.append(term_hash("f", fold_term(term)))
    everything = np.array(hashes + folded_hashes, dtype=np.uint64)
    unique, position = np.unique(everything, return_inverse=True)
    accented = position[: len(hashes)][flat]
    folded = position[len(hashes) :][flat]
    n_rows = max(1, len(lengths))
    keys, counts = np.unique(
        np.concatenate([accented * n_rows + rows, folded * n_rows + rows]), return_counts=True
    )
    term_of = keys // n_rows
    starts = np.searchsorted(term_of, np.arange(len(unique) + 1)).astype(np.int64)
    return Segment(
        tuple(passage_ids),
        unique.astype(np.uint64),
        starts,
        (keys % n_rows).astype(np.int32),
        np.minimum(counts, 255).astype(np.uint8),
        lengths,
    )


def join_segments(parts: Sequence[tuple[Segment, NDArray[np.bool_]]]) -> Segment:
    """Return one segment with the live rows of several, in order.

    Nothing is sorted: the postings of a term are those of the first segment, then the second...

    Args:
        parts: Segments with a bool[n] that says which of their rows to keep.
    """
    terms = np.unique(np.concatenate([segment.terms for segment, _ in parts]))
    places = [np.searchsorted(terms, segment.terms) for segment, _ in parts]
    sizes = np.zeros(len(terms), dtype=np.int64)
    for (segment, live), place in zip(parts, places, strict=True):
        sizes[place] += _live_postings(segment, live)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    rows = np.empty(starts[-1], dtype=np.int32)
    counts = np.empty(starts[-1], dtype=np.uint8)
    free = starts[:-1].copy()  # where the next posting of each term goes
    n_rows = 0
    for (segment, live), place in zip(parts, places, strict=True):
        new_row = (np.cumsum(live) - 1 + n_rows).astype(np.int32)
        for first, last in _term_blocks(segment.starts):
            span = slice(int(segment.starts[first]), int(segment.starts[last]))
            old = segment.rows[span]
            term = np.repeat(np.arange(first, last), np.diff(segment.starts[first : last + 1]))
            kept = live[old]
            old, term = old[kept], term[kept]
            n = np.bincount(term - first, minlength=last - first)
            here = place[first:last]
            target = np.arange(len(old)) + np.repeat(free[here] - (np.cumsum(n) - n), n)
            rows[target] = new_row[old]
            counts[target] = segment.counts[span][kept]
            free[here] += n
        n_rows += int(live.sum())
    used = sizes > 0
    return Segment(
        tuple(s.passage_ids[n] for s, live in parts for n in np.flatnonzero(live)),
        terms[used],
        np.concatenate([starts[:-1][used], starts[-1:]]),
        rows,
        counts,
        np.concatenate([s.lengths[live] for s, live in parts]),
    )


def _live_postings(segment: Segment, live: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return int64[t], how many postings of each term stand in live rows."""
    if live.all():
        return np.diff(segment.starts)
    before = np.zeros(len(segment.rows) + 1, dtype=np.int64)
    np.cumsum(live[segment.rows], out=before[1:])
    return np.diff(before[segment.starts])


def _term_blocks(starts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms with about `_BLOCK` postings each, a longer term by itself."""
    first, n_terms = 0, len(starts) - 1
    while first < n_terms:
        last = int(np.searchsorted(starts, starts[first] + _BLOCK, side="right")) - 1
        last = min(max(last, first + 1), n_terms)
        yield first, last
        first = last


def write_segment(folder: Path, segment: Segment) -> None:
    """Write a segment so that it is there whole or not at all."""
    temporary = folder.with_name(folder.name + ".new")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    for name in _ARRAYS:
        np.save(temporary / f"{name}.npy", getattr(segment, name))
    checksums = {name: _checksum(temporary / f"{name}.npy") for name in _ARRAYS}
    contents = {"format": FORMAT, "checksums": checksums, "passage_ids": segment.passage_ids}
    with (temporary / "segment.json").open("w", encoding="utf-8") as file:
        json.dump(contents, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(folder)


def read_segment(folder: Path) -> Segment:
    """Map a segment that `write_segment` wrote.

    Raises:
        ValueError, KeyError, TypeError, OSError: If it is damaged or of another format.
    """
    contents = json.loads((folder / "segment.json").read_text(encoding="utf-8"))
    if contents["format"] != FORMAT:
        raise ValueError(f"segment format {contents['format']}, expected {FORMAT}")
    for name in _ARRAYS:
        if _checksum(folder / f"{name}.npy") != contents["checksums"][name]:
            raise ValueError(f"{name}.npy is not what was written")
    # As plain arrays: slicing a `numpy.memmap` takes ten times as long.
    arrays = [np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS]
    segment = Segment(tuple(contents["passage_ids"]), *arrays)
    if len(segment.passage_ids) != len(segment.lengths):
        raise ValueError(f"{len(segment.passage_ids)} ids for {len(segment.lengths)} rows")
    return segment


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            value = zlib.crc32(block, value)
    return value
