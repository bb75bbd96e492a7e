"""Keyword search: BM25 over syllables and bigrams in two fields, with and without diacritics.

The index is a list of immutable segments, each a folder of numpy arrays that is mapped, not
read. New reports become a new segment, removed ones are masked, small segments are merged:
nothing is rebuilt as a whole. A cache: a segment that is missing or damaged is made again from
the record. Okapi BM25 as in Robertson and Zaragoza (2009), idf = ln(1 + (N - n + .5) / (n + .5)).
"""

import hashlib
import json
import logging
import math
import os
import shutil
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hochoi.tokens import bigrams, fold_syllable, syllables

logger = logging.getLogger(__name__)

K1, B = 1.2, 0.75
ACCENTED_WEIGHT, FOLDED_WEIGHT = 0.3, 0.7  # best all-round of 24 Nov 2026, docs/measurements.md
FORMAT = 2  # of the arrays in a segment folder
_ARRAYS = ("terms", "starts", "rows", "counts", "lengths")


def _term_hash(field: str, term: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{field}{term}".encode(), digest_size=8).digest())


def _fold_term(term: str) -> str:
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
        hashes.append(_term_hash("a", term))
        folded_hashes.append(_term_hash("f", _fold_term(term)))
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

    Args:
        parts: Segments with a bool[n] that says which of their rows to keep.
    """
    terms = np.unique(np.concatenate([segment.terms for segment, _ in parts]))
    ids: list[str] = []
    keys, counts, lengths = [], [], []
    total = max(1, sum(int(live.sum()) for _, live in parts))
    for segment, live in parts:
        new_row = np.cumsum(live) - 1 + len(ids)
        term_of = np.repeat(np.searchsorted(terms, segment.terms), np.diff(segment.starts))
        kept = live[segment.rows]
        keys.append(term_of[kept].astype(np.int64) * total + new_row[segment.rows[kept]])
        counts.append(segment.counts[kept])
        lengths.append(segment.lengths[live])
        ids += [segment.passage_ids[n] for n in np.flatnonzero(live)]
    flat = np.concatenate(keys)
    order = np.argsort(flat, kind="stable")
    flat = flat[order]
    starts = np.searchsorted(flat // total, np.arange(len(terms) + 1)).astype(np.int64)
    return Segment(
        tuple(ids),
        terms,
        starts,
        (flat % total).astype(np.int32),
        np.concatenate(counts)[order],
        np.concatenate(lengths).astype(np.int32),
    )


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
    arrays = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS]
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


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment in use; changed by making another one."""

    segment: Segment
    name: str  # of its folder
    live: NDArray[np.bool_]  # which rows stand for published passages


class LexicalIndex:
    """All segments and which of their rows are live.

    Threads may search while another one adds, masks or merges.
    """

    MERGE_ABOVE = 8  # segments; more are merged into one

    def __init__(self, folder: Path | None, *, owned: bool) -> None:
        """Map the segments in `folder`; None starts empty, in memory.

        Args:
            folder: Where segments are kept between runs.
            owned: Whether this process may write and delete there; it must then hold the index
                lock. Otherwise what is missing is kept in memory only.
        """
        self._folder = folder if owned else None
        self._parts: tuple[_Part, ...] = ()  # exchanged as a whole, never changed in place
        for path in sorted(folder.iterdir()) if folder and folder.is_dir() else []:
            try:
                self._append(read_segment(path), path.name)
            except (ValueError, KeyError, TypeError, OSError) as exc:
                logger.warning("lexical_segment_dropped name=%s reason=%s", path.name, exc)
                self._delete(path.name)

    def _delete(self, name: str) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def _append(self, segment: Segment, name: str) -> None:
        known = self.passage_ids()
        live = np.array([i not in known for i in segment.passage_ids], dtype=np.bool_)
        self._parts = (*self._parts, _Part(segment, name, live))

    def passage_ids(self) -> set[str]:
        """Return the ids of all live passages."""
        return {p.segment.passage_ids[n] for p in self._parts for n in np.flatnonzero(p.live)}

    def __len__(self) -> int:
        """Return the number of live passages."""
        return _count(self._parts)

    def add(self, passage_ids: Sequence[str], texts: Iterable[str]) -> None:
        """Add passages as one new segment.

        Raises:
            ValueError: If ids and texts differ in number.
        """
        if passage_ids:
            self._append(*self._stored(build_segment(passage_ids, texts)))

    def _stored(self, segment: Segment) -> tuple[Segment, str]:
        """Return a segment as it stands in the folder, with its name.

        A cache: where the disk refuses, the segment is kept in memory.
        """
        name = hashlib.sha256("\n".join(segment.passage_ids).encode()).hexdigest()[:16]
        if self._folder is None:
            return segment, name
        self._delete(name)
        try:
            write_segment(self._folder / name, segment)
            return read_segment(self._folder / name), name
        except OSError as exc:
            logger.warning("lexical_segment_in_memory_only name=%s reason=%s", name, exc)
            self._delete(f"{name}.new")
            return segment, name

    def keep_only(self, passage_ids: set[str]) -> None:
        """Mask every passage that is not among these; drop segments without live rows."""
        masked = [replace(p, live=p.live & _among(p.segment, passage_ids)) for p in self._parts]
        self._parts = tuple(p for p in masked if p.live.any())
        for part in masked:
            if not part.live.any():
                self._delete(part.name)

    def wants_merge(self) -> bool:
        """Whether there are so many segments that a query suffers."""
        return len(self._parts) > self.MERGE_ABOVE

    def merge(self) -> None:
        """Join all segments into one, leaving out what is no longer live."""
        old = self._parts
        if not old:
            return
        segment, name = self._stored(join_segments([(p.segment, p.live) for p in old]))
        self._parts = (_Part(segment, name, np.ones(len(segment.passage_ids), dtype=np.bool_)),)
        for part in old:
            if part.name != name:
                self._delete(part.name)

    def search(
        self, query: str, k: int | None, among: set[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return at most `k` passages by falling score, of `among` only when it is given.

        The score is the weighted sum of BM25 over both fields, above 0, higher is better. A
        passage that shares no term with the query is not returned; `k=None` returns all others.
        """
        found: list[tuple[str, float]] = []
        terms = self._query_terms(query)
        parts = self._parts
        n_live = _count(parts)
        if not terms or not n_live:
            return found
        total = sum(int(p.segment.lengths.sum()) for p in parts)
        mean = total / sum(len(p.segment.lengths) for p in parts)
        frequency = {t: sum(_postings(p.segment, t)[1] for p in parts) for t in terms}
        for part in parts:
            segment = part.segment
            norm = (K1 * (1 - B + B * segment.lengths / max(mean, 1.0))).astype(np.float32)
            scores = np.zeros(len(segment.passage_ids), dtype=np.float32)
            for term, weight in terms.items():
                first, n = _postings(segment, term)
                if not n:
                    continue
                rows = segment.rows[first : first + n]
                counts = segment.counts[first : first + n].astype(np.float32)
                idf = _idf(n_live, frequency[term])
                scores[rows] += weight * idf * counts * (K1 + 1) / (counts + norm[rows])
            scores[~part.live] = 0
            if among is not None:
                scores[~_among(segment, among)] = 0
            found += _best(segment, scores, k)
        found.sort(key=lambda item: (-item[1], item[0]))
        return found[:k]

    def rarity(self, folded_term: str) -> float:
        """Return the inverse document frequency of a folded syllable or bigram, 0 or more."""
        key = _term_hash("f", folded_term)
        parts = self._parts
        return _idf(_count(parts), sum(_postings(p.segment, key)[1] for p in parts))

    @staticmethod
    def _query_terms(query: str) -> dict[int, float]:
        """Return hash -> weight, summed over repetitions, of both fields."""
        terms = syllables(query)
        terms += bigrams(terms)
        weights: dict[int, float] = {}
        for term in terms:
            for field, text, weight in (
                ("a", term, ACCENTED_WEIGHT),
                ("f", _fold_term(term), FOLDED_WEIGHT),
            ):
                key = _term_hash(field, text)
                weights[key] = weights.get(key, 0.0) + weight
        return weights


def _count(parts: Sequence[_Part]) -> int:
    return sum(int(p.live.sum()) for p in parts)


def _among(segment: Segment, passage_ids: set[str]) -> NDArray[np.bool_]:
    return np.array([i in passage_ids for i in segment.passage_ids], dtype=np.bool_)


def _idf(n_live: int, frequency: int) -> float:
    df = min(frequency, n_live)  # rows of removed passages still count until a merge
    return math.log(1 + (n_live - df + 0.5) / (df + 0.5))


def _postings(segment: Segment, term: int) -> tuple[int, int]:
    """Return where the postings of a term hash start, and how many there are."""
    n = int(np.searchsorted(segment.terms, np.uint64(term)))
    if n == len(segment.terms) or int(segment.terms[n]) != term:
        return 0, 0
    return int(segment.starts[n]), int(segment.starts[n + 1] - segment.starts[n])


def _best(segment: Segment, scores: NDArray[np.float32], k: int | None) -> list[tuple[str, float]]:
    rows = np.flatnonzero(scores > 0)
    if k is not None and len(rows) > k:  # and all that tie with the last: ids decide between them
        rows = rows[scores[rows] >= np.partition(scores[rows], -k)[-k]]
    return [(segment.passage_ids[n], float(scores[n])) for n in rows]
