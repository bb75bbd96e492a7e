"""What speaks for each candidate passage: a table of numbers that the re-ranker judges.

Counts how much of the question a passage covers, how closely together, in which order, in its
header, in its report, and compares with the best candidate. Works on folded syllables, so that
accents hardly matter. Knows no index, no model and no visit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hochoi.ranking.tokens import PassageTokens, QueryTokens, folded_hash

Column = NDArray[np.float32]  # one number per candidate

TYPICAL_SYLLABLES = 150  # of a passage; BM25 compares lengths with it
K1, B = 1.2, 0.75
WINDOWS = (8, 20)  # syllables
IS = folded_hash("la")  # follows what a sentence defines: "Thủ tục hành chính là ..."
NEAR = 4  # syllables between two terms that stand in the order of the question
_GAPPED = (
    "sentence", "sentence_header", "sentence_header_pool", "two_sentences", "sentence_pairs",
    "window_20", "run_weight", "order", "bm25_terms", "bm25_pairs", "report_pairs",
    "report_bm25", "report_sentence", "defined",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidates:
    """The p passages to judge, p at least 1, in any order; all sequences have length p."""

    passages: Sequence[PassageTokens]
    lexical: Column  # keyword score, 0 or more
    cosine: Column  # -1..1
    fused: Column  # what the first ranking was made by
    report: NDArray[np.int64]  # equal numbers: passages of one report
    header: NDArray[np.int64]  # equal numbers: the same header text; -1: no header
    is_first: NDArray[np.bool_]  # the passage with which its report starts


@dataclass(frozen=True, slots=True)
class _Matches:
    """Every place where a syllable of a candidate is a term of the question; k places."""

    n_passages: int
    n_terms: int
    folded: NDArray[np.int32]  # hashes of all syllables of all candidates, one after the other
    place: NDArray[np.intp]  # [k] among all syllables of all candidates
    term: NDArray[np.intp]  # [k]
    passage: NDArray[np.intp]  # [k]
    sentence: NDArray[np.intp]  # [k] among all sentences of all candidates
    in_header: NDArray[np.bool_]  # [k]
    is_accented: NDArray[np.bool_]  # [k] written as in the question
    lengths: NDArray[np.intp]  # [p] syllables
    first_sentence: NDArray[np.intp]  # [p + 1]
    sentence_lengths: NDArray[np.intp]

    def best_of_sentences(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the largest value of each passage's sentences, column by column."""
        return np.asarray(np.maximum.reduceat(values, self.first_sentence[:-1], axis=0))


def _match(query: QueryTokens, passages: Sequence[PassageTokens]) -> _Matches:
    lengths = np.array([len(p) for p in passages], dtype=np.intp)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    n_sentences = np.array(
        [int(p.sentence[-1]) + 1 if len(p) else 1 for p in passages], dtype=np.intp
    )
    first_sentence = np.concatenate(([0], np.cumsum(n_sentences)))
    folded = np.concatenate([p.folded for p in passages])
    term = np.searchsorted(query.terms, folded)
    term[term == len(query.terms)] = 0
    place = np.flatnonzero(query.terms[term] == folded)
    of_passage = np.repeat(np.arange(len(passages)), lengths)
    sentence = np.concatenate([p.sentence for p in passages]) + first_sentence[of_passage]
    passage = of_passage[place]
    headers = np.array([p.n_header for p in passages], dtype=np.intp)
    written = np.concatenate([p.accented for p in passages])[place]
    return _Matches(
        n_passages=len(passages),
        n_terms=len(query.terms),
        folded=folded,
        place=place,
        term=term[place],
        passage=passage,
        sentence=sentence[place],
        in_header=place - starts[passage] < headers[passage],
        is_accented=np.isin(written, query.accented),
        lengths=lengths,
        first_sentence=first_sentence,
        sentence_lengths=np.bincount(sentence, minlength=int(first_sentence[-1])),
    )


def _counts(
    rows: NDArray[np.intp], columns: NDArray[np.intp], shape: tuple[int, int]
) -> NDArray[np.float32]:
    """Return how often each (row, column) occurs, float32[shape]."""
    flat = np.bincount(rows * shape[1] + columns, minlength=shape[0] * shape[1])
    return flat.reshape(shape).astype(np.float32)


def _column(values: NDArray[np.floating] | NDArray[np.integer]) -> Column:
    return values.astype(np.float32)


def _seen(counts: NDArray[np.float32]) -> NDArray[np.float32]:
    return (counts > 0).astype(np.float32)


def _weighed(rows: NDArray[np.floating], weights: NDArray[np.floating]) -> Column:
    """Return rows times weights, one or several a row; small, so not through BLAS.

    BLAS kernels read past the end of small blocks, and what they find there now and then raises
    the processor's "invalid value" flag over finite numbers, which NumPy reports as a warning.
    """
    return np.asarray(np.einsum("rt,t...->r...", rows, weights), dtype=np.float32)


def _bm25(counts: NDArray[np.float32], lengths: NDArray[np.float64], weight: Column) -> Column:
    norm = (K1 * (1 - B + B * lengths / TYPICAL_SYLLABLES)).astype(np.float32)[:, None]
    return _weighed(counts * (K1 + 1) / (counts + norm), weight)


def _best_in_group(values: Column, group: NDArray[np.intp]) -> Column:
    best = np.full(int(group.max()) + 1, -np.inf, dtype=np.float32)
    np.maximum.at(best, group, values)
    return best[group]


class _Sheet:
    """The columns being filled, by name."""

    def __init__(self, query: QueryTokens, candidates: Candidates) -> None:
        self.query, self.candidates = query, candidates
        self.matches = _match(query, candidates.passages)
        self.columns: dict[str, Column] = {}
        p, u = self.matches.n_passages, self.matches.n_terms
        m = self.matches
        self.term_counts = _counts(m.passage, m.term, (p, u))
        present = _seen(self.term_counts)
        among = present.sum(axis=0)
        rarity = np.log(1 + (p - among + 0.5) / (among + 0.5)) * (query.weight > 0)
        pool = rarity / rarity.sum() if rarity.sum() > 0 else query.weight
        # How much each term counts: by rarity in the library, without words of asking, by rarity
        # among the candidates.
        everything = query.rarity / max(float(query.rarity.sum()), 1e-6)
        self.weights = np.stack([everything, query.weight, pool.astype(np.float32)], axis=1)
        self.present = present

    def fill(self) -> None:
        """Work out every column."""
        self._first_ranking()
        self._coverage()
        self._sentences()
        self._pairs()
        self._windows()
        self._runs()
        self._order()
        self._reports()
        self._headers()
        self._question()
        for name in _GAPPED:
            self.columns[f"{name}_gap"] = self.columns[name] - self.columns[name].max()

    def _first_ranking(self) -> None:
        c, columns = self.candidates, self.columns
        columns["lexical_share"] = c.lexical / max(float(c.lexical.max()), 1e-6)
        columns["cosine"], columns["fused"] = c.cosine, c.fused
        for name, values in (("lexical", c.lexical), ("cosine", c.cosine), ("fused", c.fused)):
            order = np.argsort(-values, kind="stable")
            ranks = np.empty(len(values), dtype=np.float32)
            ranks[order] = np.arange(len(values))
            columns[f"{name}_rank"] = ranks
        for name in ("cosine", "fused"):
            columns[f"{name}_gap"] = columns[name] - columns[name].max()

    def _coverage(self) -> None:
        m, query, columns = self.matches, self.query, self.columns
        shape = (m.n_passages, m.n_terms)
        cover = _weighed(self.present, self.weights)
        columns["cover_all"], columns["cover"], columns["cover_pool"] = cover.T
        accented = _seen(_counts(m.passage[m.is_accented], m.term[m.is_accented], shape))
        agree = _weighed(accented, query.weight) / np.maximum(cover[:, 1], 1e-6)
        columns["accents_agree"] = _column(agree)
        missing = np.where(self.present > 0, 0, query.weight).max(axis=1)
        columns["missing"] = _column(missing / max(float(query.weight.max()), 1e-6))
        for name, chosen in (("numbers", query.is_number), ("names", query.is_name)):
            weight = np.where(chosen, query.rarity, 0)
            total = float(weight.sum())
            share = (
                _weighed(self.present, weight / total) if total > 0 else np.full(m.n_passages, -1.0)
            )
            columns[name] = _column(share)
        columns["length"] = m.lengths.astype(np.float32)
        columns["bm25_terms"] = _bm25(self.term_counts, m.lengths.astype(np.float64), query.weight)

    def _sentences(self) -> None:
        m, columns = self.matches, self.columns
        n = int(m.first_sentence[-1])
        per_passage = np.diff(m.first_sentence)
        owner = np.repeat(np.arange(m.n_passages), per_passage)
        seen = _seen(_counts(m.sentence, m.term, (n, m.n_terms)))
        in_header = _seen(
            _counts(m.passage[m.in_header], m.term[m.in_header], (m.n_passages, m.n_terms))
        )
        header_syllables = np.array(
            [p.n_header for p in self.candidates.passages], dtype=np.float32
        )
        columns["header"] = _weighed(in_header, self.weights[:, 1])
        named = np.bincount(m.passage[m.in_header], minlength=m.n_passages)
        columns["header_precision"] = _column(named / np.maximum(header_syllables, 1))
        columns["header_length"] = header_syllables
        alone = _weighed(seen, self.weights[:, 1])
        columns["sentence"] = m.best_of_sentences(alone)
        under_header = _weighed(np.maximum(seen, in_header[owner]), self.weights[:, 1:])
        best = m.best_of_sentences(under_header)
        columns["sentence_header"], columns["sentence_header_pool"] = best.T
        two = seen.copy()
        same = (owner[1:] == owner[:-1])[:, None]
        two[:-1] = np.maximum(two[:-1], seen[1:] * same)
        best = m.best_of_sentences(_weighed(np.maximum(two, in_header[owner]), self.weights[:, 1:]))
        columns["two_sentences"], columns["two_sentences_pool"] = best.T
        self.sentence_owner, self.sentence_seen = owner, seen
        self.sentence_value = alone + under_header[:, 0]

    def _pairs(self) -> None:
        m, query, columns = self.matches, self.query, self.columns
        p, b = m.n_passages, max(1, len(query.pairs))
        weight, rarity = query.pair_weight, query.pair_rarity
        if not len(query.pairs):
            weight = rarity = np.zeros(1, dtype=np.float32)
        follows = (np.diff(m.place) == 1) & (np.diff(m.passage) == 0)
        code = m.term[:-1] * m.n_terms + m.term[1:]
        pair = np.minimum(np.searchsorted(query.pairs, code), b - 1)
        found = np.flatnonzero(follows & np.isin(code, query.pairs))
        pair = pair[found]
        self.pair_counts = _counts(m.passage[found], pair, (p, b))
        self.pair_weight = rarity / max(float(rarity.sum()), 1e-6)
        columns["pairs"] = _weighed(_seen(self.pair_counts), weight)
        n = int(m.first_sentence[-1])
        in_sentence = _weighed(_seen(_counts(m.sentence[found], pair, (n, b))), weight)
        columns["sentence_pairs"] = m.best_of_sentences(in_sentence)
        columns["bm25_pairs"] = _bm25(
            self.pair_counts, m.lengths.astype(np.float64), self.pair_weight
        )
        # The sentence that fits best: how long it is, how much of it the question names, where.
        value = self.sentence_value + in_sentence
        order = np.lexsort((np.arange(n), -value, self.sentence_owner))
        best = order[m.first_sentence[:-1]]
        length = m.sentence_lengths[best]
        columns["best_precision"] = self.sentence_seen[best].sum(axis=1) / np.maximum(length, 1)
        columns["best_length"] = length.astype(np.float32)
        before = best - m.first_sentence[:-1]
        columns["best_place"] = _column(before / np.diff(m.first_sentence))

    def _windows(self) -> None:
        m, columns = self.matches, self.columns
        running = np.zeros((len(m.place) + 1, m.n_terms), dtype=np.int32)
        running[np.arange(1, len(m.place) + 1), m.term] = 1
        np.cumsum(running, axis=0, out=running)
        spread = m.place + m.passage * max(WINDOWS)  # no window reaches into the next passage
        starts = np.searchsorted(m.passage, np.arange(m.n_passages))
        filled = np.bincount(m.passage, minlength=m.n_passages) > 0
        for width in WINDOWS:
            ends = np.searchsorted(spread, spread + width)
            cover = _weighed((running[ends] > running[:-1]).astype(np.float32), self.weights[:, 1:])
            best = np.zeros((m.n_passages, 2), dtype=np.float32)
            if len(m.place):
                best[filled] = np.maximum.reduceat(cover, starts[filled], axis=0)
            columns[f"window_{width}"], columns[f"window_{width}_pool"] = best.T

    def _runs(self) -> None:
        """Runs of syllables that stand in the passage as in the question."""
        m, query, columns = self.matches, self.query, self.columns
        p = m.n_passages
        length, weight, squares, defined = (np.zeros(p, dtype=np.float32) for _ in range(4))
        if len(m.place):
            by_term = np.argsort(query.sequence, kind="stable")
            repeats = np.bincount(query.sequence, minlength=m.n_terms)
            firsts = np.concatenate(([0], np.cumsum(repeats)))
            times = repeats[m.term]
            match = np.repeat(np.arange(len(m.place)), times)
            nth = np.arange(len(match)) - np.repeat(np.cumsum(times) - times, times)
            asked = by_term[firsts[m.term[match]] + nth]  # place in the question
            place = m.place[match] + m.passage[match] * (len(query.sequence) + 1)
            order = np.lexsort((place, place - asked))
            diagonal, place = (place - asked)[order], place[order]
            breaks = np.flatnonzero((np.diff(diagonal) != 0) | (np.diff(place) != 1)) + 1
            starts = np.concatenate(([0], breaks))
            sizes = np.diff(np.append(starts, len(order)))
            worth = np.add.reduceat(query.weight[query.sequence[asked[order]]], starts)
            owner = m.passage[match[order[starts]]]
            np.maximum.at(length, owner, sizes)
            np.maximum.at(weight, owner, worth)
            np.add.at(squares, owner, np.where(sizes > 1, worth, 0) ** 2)
            first = m.place[match[order[starts]]]
            after = np.minimum(first + sizes, len(m.folded) - 1)
            defines = (m.folded[after] == IS) | (m.folded[first + sizes - 1] == IS)
            np.maximum.at(defined, owner, np.where(defines, worth, 0))
        columns["run_length"], columns["run_weight"] = length, weight
        columns["run_squares"], columns["defined"] = np.sqrt(squares), defined

    def _order(self) -> None:
        """Terms near each other that stand in the order of the question."""
        m, query = self.matches, self.query
        first = np.zeros(m.n_terms, dtype=np.intp)
        first[query.sequence[::-1]] = np.arange(len(query.sequence))[::-1]
        near = (np.diff(m.place) <= NEAR) & (np.diff(m.passage) == 0)
        step = np.diff(first[m.term])
        found = np.flatnonzero(near & (step > 0) & (step <= NEAR))
        worth = np.minimum(query.weight[m.term[found]], query.weight[m.term[found + 1]])
        distinct, kept = np.unique(m.passage[found] * m.n_terms + m.term[found], return_index=True)
        owner = distinct // m.n_terms
        summed = np.bincount(owner, weights=worth[kept], minlength=m.n_passages)
        self.columns["order"] = _column(summed)

    def _reports(self) -> None:
        """What all candidates of the same report cover together."""
        c, m, columns = self.candidates, self.matches, self.columns
        _, group = np.unique(c.report, return_inverse=True)
        r = int(group.max()) + 1
        terms = np.zeros((r, m.n_terms), dtype=np.float32)
        np.add.at(terms, group, self.term_counts)
        pairs = np.zeros((r, self.pair_counts.shape[1]), dtype=np.float32)
        np.add.at(pairs, group, self.pair_counts)
        lengths = np.bincount(group, weights=m.lengths, minlength=r) / 1.5
        columns["report"] = _weighed(_seen(terms), self.query.weight)[group]
        columns["report_pairs"] = _weighed(_seen(pairs), self.pair_weight)[group]
        both = _bm25(terms, lengths, self.query.weight) + _bm25(pairs, lengths, self.pair_weight)
        columns["report_bm25"] = both[group]
        columns["report_fused"] = _best_in_group(c.fused, group)
        columns["report_sentence"] = _best_in_group(columns["sentence_header"], group)
        columns["report_passages"] = np.bincount(group, minlength=r)[group].astype(np.float32)
        columns["is_first"] = c.is_first.astype(np.float32)

    def _headers(self) -> None:
        """How well the other candidates with the same header do."""
        _, group, sizes = np.unique(self.candidates.header, return_inverse=True, return_counts=True)
        share = self.columns["lexical_share"]
        n = sizes[group]
        shared = (self.candidates.header != -1) & (n > 1)
        others = np.where(shared, np.bincount(group, weights=share)[group] - share, 0)
        self.columns["header_sum"] = _column(others / len(share))
        self.columns["header_mean"] = _column(others / np.maximum(n - 1, 1))
        self.columns["header_passages"] = _column(np.where(shared, n, 0) / len(share))

    def _question(self) -> None:
        """What is the same for all candidates: lets the others be read differently."""
        query, fused = self.query, np.sort(self.candidates.fused)
        values = {
            "question_length": len(query.sequence),
            "question_accents": query.accent_share,
            "question_rarity": float(query.rarity.mean()),
            "question_rarest": float((query.rarity * (query.weight > 0)).max()),
            "question_lead": float(fused[-1] - fused[-2]) if len(fused) > 1 else 1.0,
            "question_meaning": float(query.asks_meaning),
            "question_covered": float(self.columns["cover"].max()),
        }
        for name, value in values.items():
            self.columns[name] = np.full(len(fused), value, dtype=np.float32)


def features(query: QueryTokens, candidates: Candidates) -> dict[str, Column]:
    """Return the evidence for each candidate by name; every column has one number per candidate.

    Shares lie within 0..1; a name that ends in `_gap` is the distance to the best candidate, 0
    or less; -1 in `numbers` or `names` means that the question holds none.

    Raises:
        ValueError: If there is no candidate.
    """
    if not candidates.passages:
        raise ValueError("need at least one candidate, got none")
    sheet = _Sheet(query, candidates)
    sheet.fill()
    return sheet.columns
