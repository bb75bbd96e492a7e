"""Keyword search: BM25 over syllables and bigrams in two fields, with and without diacritics.

The index is a list of immutable segments. New reports become a new segment, removed ones are
masked, small segments are merged: nothing is rebuilt as a whole. A cache: a segment that is
missing or damaged is made again from the record. Okapi BM25 as in Robertson and Zaragoza (2009),
idf = ln(1 + (N - n + .5) / (n + .5)).
"""

import hashlib
import logging
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hochoi.language.tokens import bigrams, syllables
from hochoi.lexical_scores import K1, Term, score_rows
from hochoi.lexical_segment import (
    Segment,
    build_segment,
    fold_term,
    join_segments,
    read_segment,
    term_hash,
    write_segment,
)

__all__ = ["LexicalIndex", "build_segment", "join_segments", "read_segment", "write_segment"]

logger = logging.getLogger(__name__)

B = 0.75  # K1 is in hochoi/lexical_scores.py
ACCENTED_WEIGHT, FOLDED_WEIGHT = 0.3, 0.7  # best all-round of 24 Nov 2026, docs/measurements.md
_ADDED_TOGETHER = 5000  # passages; the postings of more take gigabytes while they are sorted
_RARITIES_KEPT = 100_000  # of terms


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment in use; changed by making another one."""

    segment: Segment
    name: str  # of its folder
    live: NDArray[np.bool_]  # which rows stand for published passages
    row_of: dict[str, int]  # row of each passage id

    @property
    def n_live(self) -> int:
        return int(np.count_nonzero(self.live))


@dataclass(frozen=True, slots=True)
class _State:
    """Everything a search needs, at one moment."""

    parts: tuple[_Part, ...] = ()
    n_live: int = 0
    norms: tuple[NDArray[np.float32], ...] = ()  # of each part, K1 * (1 - B + B * length / mean)
    rarities: dict[str, float] = field(default_factory=dict)  # those asked for so far


def _state(parts: Iterable[_Part]) -> _State:
    parts = tuple(parts)
    lengths = [p.segment.lengths for p in parts]
    mean = sum(int(n.sum()) for n in lengths) / max(1, sum(map(len, lengths)))
    norms = tuple((K1 * (1 - B + B * n / max(mean, 1.0))).astype(np.float32) for n in lengths)
    return _State(parts, sum(p.n_live for p in parts), norms)


class LexicalIndex:
    """All segments and which of their rows are live.

    Threads may search while another one adds, masks or merges.
    """

    MERGE_ABOVE = 8  # segments; more are joined until fewer are left

    def __init__(self, folder: Path | None, *, owned: bool) -> None:
        """Map the segments in `folder`; None starts empty, in memory.

        Args:
            folder: Where segments are kept between runs.
            owned: Whether this process may write and delete there; it must then hold the index
                lock. Otherwise what is missing is kept in memory only.
        """
        self._folder = folder if owned else None
        self._state = _State()  # exchanged as a whole, never changed in place
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
        """Bring a segment into use; passages that another one has live stay with that one."""
        parts = self._state.parts
        known = [i for p in parts for i in segment.passage_ids if _is_live(p, i)]
        part = _new_part(segment, name)
        part.live[[part.row_of[i] for i in known]] = False
        self._state = _state((*parts, part))

    def passage_ids(self) -> set[str]:
        """Return the ids of all live passages."""
        return {p.segment.passage_ids[n] for p in self._state.parts for n in np.flatnonzero(p.live)}

    def __contains__(self, passage_id: str) -> bool:
        """Return whether a passage is live."""
        return any(_is_live(part, passage_id) for part in self._state.parts)

    def __len__(self) -> int:
        """Return the number of live passages."""
        return self._state.n_live

    def add(self, passage_ids: Sequence[str], texts: Iterable[str]) -> None:
        """Add passages as new segments, one unless they are very many.

        Raises:
            ValueError: If ids and texts differ in number.
        """
        texts = iter(texts)
        while passage_ids:
            ids, passage_ids = passage_ids[:_ADDED_TOGETHER], passage_ids[_ADDED_TOGETHER:]
            block = islice(texts, len(ids)) if passage_ids else texts
            self._append(*self._stored(build_segment(ids, block)))

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
        self._mask(replace(p, live=p.live & _among(p, passage_ids)) for p in self._state.parts)

    def remove(self, passage_ids: Iterable[str]) -> None:
        """Mask passages; unknown ids are ignored. Drop segments without live rows."""
        ids = list(passage_ids)
        masked = []
        for part in self._state.parts:
            rows = [part.row_of[i] for i in ids if i in part.row_of]
            live = part.live.copy() if rows else part.live
            live[rows] = False
            masked.append(replace(part, live=live))
        self._mask(masked)

    def _mask(self, masked: Iterable[_Part]) -> None:
        parts = list(masked)
        self._state = _state(p for p in parts if p.n_live)
        for part in parts:
            if not part.n_live:
                self._delete(part.name)

    def wants_merge(self) -> bool:
        """Whether there are so many segments, or removed rows, that a query suffers."""
        parts = self._state.parts
        return len(parts) > self.MERGE_ABOVE or any(map(_is_half_empty, parts))

    def purge(self) -> None:
        """Write segments with removed passages anew, so that no term of them stays on the disk."""
        for part in self._state.parts:
            if not part.live.all():
                self._join([part])

    def merge(self) -> None:
        """Join all segments into one, leaving out what is no longer live."""
        self._join(self._state.parts)

    def merge_small(self) -> None:
        """Join the smallest segments, and write those anew that lost half of their rows.

        Segments grow by doubling, so a row is moved only a few times while an index grows.
        """
        chosen: list[_Part] = []
        rows = 0
        for part in sorted(self._state.parts, key=lambda p: p.n_live):
            if len(chosen) < 2 or part.n_live <= 2 * rows or _is_half_empty(part):
                chosen.append(part)
                rows += part.n_live
        self._join(chosen)

    def _join(self, parts: Sequence[_Part]) -> None:
        if not parts:
            return
        segment, name = self._stored(join_segments([(p.segment, p.live) for p in parts]))
        names = {p.name for p in parts}
        others = [p for p in self._state.parts if p.name not in names]
        self._state = _state((*others, _new_part(segment, name)))
        for old in names - {name}:
            self._delete(old)

    def search(
        self, query: str, k: int | None, among: set[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return at most `k` passages by falling score, of `among` only when it is given.

        The score is the weighted sum of BM25 over both fields, above 0, higher is better. A
        passage that shares no term with the query is not returned; `k=None` returns all others.
        """
        found: list[tuple[str, float]] = []
        weights = _query_terms(query)
        state = self._state
        if not weights or not state.n_live or k == 0:
            return found
        postings = _postings(state, list(weights))
        lengths = postings[:, :, 1] - postings[:, :, 0]  # [parts, terms]
        idf = _idf(state.n_live, lengths.sum(axis=0))
        ceilings = np.array(list(weights.values())) * idf * (K1 + 1)
        least = ceilings.max() * 1e-6  # less is lost when scores are added up
        order = np.argsort(-ceilings, kind="stable")
        for part, norm, spans in zip(state.parts, state.norms, postings, strict=True):
            found_terms = zip(ceilings[order].tolist(), spans[order].tolist(), strict=True)
            terms = [
                Term(ceiling, *span)
                for ceiling, span in found_terms
                if span[0] < span[1] and (k is None or ceiling > least)
            ]
            allowed = part.live if among is None else part.live & _among(part, among)
            found += _best(part.segment, score_rows(part.segment, norm, allowed, terms, k), k)
        found.sort(key=lambda item: (-item[1], item[0]))
        return found[:k]

    def rarity(self, folded_term: str) -> float:
        """Return the inverse document frequency of a folded syllable or bigram, 0 or more."""
        return self.rarities((folded_term,))[folded_term]

    def rarities(self, folded_terms: Iterable[str]) -> dict[str, float]:
        """Return the inverse document frequency of each folded syllable or bigram, 0 or more."""
        state = self._state
        known = state.rarities
        terms = dict.fromkeys(folded_terms)
        new = [term for term in terms if term not in known]
        if new:
            postings = _postings(state, [term_hash("f", term) for term in new])
            idf = _idf(state.n_live, (postings[:, :, 1] - postings[:, :, 0]).sum(axis=0))
            found = dict(zip(new, idf.tolist(), strict=True))
            if len(known) < _RARITIES_KEPT:
                known.update(found)
            return {term: found[term] if term in found else known[term] for term in terms}
        return {term: known[term] for term in terms}


def _query_terms(query: str) -> dict[int, float]:
    """Return hash -> weight, summed over repetitions, of both fields."""
    terms = syllables(query)
    terms += bigrams(terms)
    weights: dict[int, float] = {}
    for term in terms:
        for name, text, weight in (
            ("a", term, ACCENTED_WEIGHT),
            ("f", fold_term(term), FOLDED_WEIGHT),
        ):
            key = term_hash(name, text)
            weights[key] = weights.get(key, 0.0) + weight
    return weights


def _new_part(segment: Segment, name: str) -> _Part:
    """Return a segment in use, with all rows live."""
    live = np.ones(len(segment.passage_ids), dtype=np.bool_)
    return _Part(segment, name, live, {i: n for n, i in enumerate(segment.passage_ids)})


def _is_live(part: _Part, passage_id: str) -> bool:
    row = part.row_of.get(passage_id)
    return row is not None and bool(part.live[row])


def _is_half_empty(part: _Part) -> bool:
    return 2 * part.n_live < len(part.live)


def _among(part: _Part, passage_ids: set[str]) -> NDArray[np.bool_]:
    """Return bool[n], which rows stand for these passages."""
    rows = [row for i, row in part.row_of.items() if i in passage_ids]
    chosen = np.zeros(len(part.live), dtype=np.bool_)
    chosen[rows] = True
    return chosen


def _idf(n_live: int, frequency: NDArray[np.int64]) -> NDArray[np.float64]:
    df = np.minimum(frequency, n_live)  # rows of removed passages still count until a merge
    return np.log(1 + (n_live - df + 0.5) / (df + 0.5))


def _postings(state: _State, keys: Sequence[int]) -> NDArray[np.int64]:
    """Return int64[parts, terms, 2]: where the postings of each term hash start and end."""
    found = np.zeros((len(state.parts), len(keys), 2), dtype=np.int64)
    wanted = np.array(keys, dtype=np.uint64)
    for spans, part in zip(found, state.parts, strict=True):
        segment = part.segment
        if len(segment.terms):
            places = np.minimum(np.searchsorted(segment.terms, wanted), len(segment.terms) - 1)
            known = segment.terms[places] == wanted
            spans[known, 0] = segment.starts[places[known]]
            spans[known, 1] = segment.starts[places[known] + 1]
    return found


def _best(segment: Segment, scores: NDArray[np.float32], k: int | None) -> list[tuple[str, float]]:
    rows = np.flatnonzero(scores > 0)
    if k is not None and len(rows) > k:  # and all that tie with the last: ids decide between them
        rows = rows[scores[rows] >= np.partition(scores[rows], -k)[-k]]
    return [(segment.passage_ids[n], float(scores[n])) for n in rows]
