"""Evidence that a sentence answers a question, one column per kind, for all sentences of a text.

Knows no model and no visit; every column is finite. Whoever changes what a column means trains
the model anew (`training.train_sentences`).
"""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hochoi.ranking.sentence_tokens import KINDS, SIGNS, AskedTokens, SentenceTokens
from hochoi.ranking.translation import Translation

Rarity = Callable[[str], float]  # folded term -> inverse document frequency, 0 or more
Column = NDArray[np.float64]

HEADER_SHARE = 0.2  # worth of a term that the title holds already
_WHY, _HOW_MANY, _WHEN, _WHO, _WHERE, _HOW = range(6)


def sentence_features(
    asked: AskedTokens,
    sentences: Sequence[SentenceTokens],
    header: Collection[str],
    rarity: Rarity,
    translation: Translation,
) -> dict[str, NDArray[np.float32]]:
    """Return float32[n] per column for the n sentences of one text, in order.

    Args:
        asked: The question.
        sentences: At least one.
        header: Folded terms of the title, which every sentence is about.
        rarity: Inverse document frequency of folded syllables and bigrams.
        translation: What words questions use for the words of answers.
    """
    n = len(sentences)
    columns: dict[str, Column] = {}

    def compared(name: str, values: Column) -> None:
        """Add values, and how far each is behind the best and ahead of the best other one."""
        best = values.max()
        other = np.partition(values, n - 2)[n - 2] if n > 1 else best
        columns[name] = values
        columns[f"{name}_gap"] = values - best
        columns[f"{name}_lead"] = values - np.where(values == best, other, best)

    terms = [*asked.content, *asked.all_pairs]
    weights = np.array([rarity(t) for t in terms])
    n_content = len(asked.content)
    inner = frozenset(asked.pairs)
    is_inner = np.array([False] * n_content + [p in inner for p in asked.all_pairs], dtype=bool)
    is_content = np.arange(len(terms)) < n_content
    held = _incidence(terms, [s.terms for s in sentences])
    matter = np.where(is_content | is_inner, weights, 0.0)
    compared("syllables", _share(held, np.where(is_content, weights, 0.0)))
    compared("pairs", _share(held, np.where(is_inner, weights, 0.0)))
    compared("all", _share(held, weights))
    in_header = np.array([t in header for t in terms], dtype=bool)
    compared("header", _share(held, matter * np.where(in_header, HEADER_SHARE, 1.0)))
    times = held.sum(axis=0)
    compared("known", _share(held, np.where(times > 0, matter, 0.0)))
    compared("local", _share(held, np.where(times > 0, matter / np.maximum(times, 1), 0.0)))
    written = _incidence(list(asked.accented), [s.accented for s in sentences])
    compared("accented", _share(written, np.array([rarity(t) for t in asked.accented])))
    columns["rank"] = np.argsort(np.argsort(-columns["all"], kind="stable")).astype(float)

    before = np.vstack([np.zeros_like(held[:1]), held[:-1]])
    after = np.vstack([held[1:], np.zeros_like(held[:1])])
    own = _share(held, matter)
    with_before = _share(held | before, matter)
    compared("with_before", with_before)
    columns["before_adds"] = with_before - own
    columns["with_after"] = _share(held | after, matter)
    columns["before"] = _share(before, weights)
    columns["after"] = _share(after, weights)

    content = held & is_content
    columns["matched"] = content.sum(axis=1).astype(float)
    columns["best_missing"] = np.where(is_content & ~held, weights, 0.0).max(axis=1, initial=0.0)
    columns["best_matched"] = np.where(content, weights, 0.0).max(axis=1, initial=0.0)
    only = np.where(content, weights / np.maximum(times, 1), 0.0)
    columns["best_only"] = only.max(axis=1, initial=0.0)
    runs = [_longest_run(asked.sequence, s.sequence) for s in sentences]
    compared("run", np.array(runs) / max(1, len(asked.sequence)))
    asked_terms = frozenset(asked.content)
    compared("window", np.array([_closeness(asked_terms, s.sequence) for s in sentences]))
    dense = [sum(t in asked_terms for t in s.sequence) / max(1, len(s.sequence)) for s in sentences]
    columns["density"] = np.array(dense)

    lengths = np.array([len(s.sequence) for s in sentences], dtype=float)
    columns["length"] = np.log1p(lengths)
    columns["length_share"] = lengths / max(1.0, lengths.max())
    columns["place"] = np.arange(n, dtype=float)
    columns["place_share"] = np.arange(n) / max(1, n - 1)
    columns["sentences"] = np.full(n, float(n))
    columns["question_length"] = np.full(n, float(len(asked.sequence)))
    columns["question_place"] = np.full(n, asked.place)
    columns["kind"] = np.full(n, float(asked.kind))
    _add_kinds_of_answer(columns, compared, asked, sentences)
    likely, nearest = translation.likelihood(asked.lexical, [s.shapes for s in sentences])
    compared("translation", likely)
    compared("nearest_word", nearest)
    return {name: values.astype(np.float32) for name, values in columns.items()}


def _add_kinds_of_answer(
    columns: dict[str, Column],
    compared: Callable[[str, Column], None],
    asked: AskedTokens,
    sentences: Sequence[SentenceTokens],
) -> None:
    signs = np.array([s.signs for s in sentences], dtype=float)
    for place, name in enumerate(SIGNS):
        columns[name] = signs[:, place]
    new_names = np.array([len(s.names - asked.names) for s in sentences], dtype=float)
    columns["new_names"] = new_names
    new_numbers = [len(s.numbers - asked.numbers) for s in sentences]
    columns["new_numbers"] = np.array(new_numbers, dtype=float)
    capped = np.minimum(signs, 2)
    dates, numbers, reasons, places, manner, _ = capped.T
    names = np.minimum(new_names, 2)
    fitting: Mapping[int, Column] = {
        _WHY: reasons,
        _HOW_MANY: numbers,
        _WHEN: dates,
        _WHO: names,
        _WHERE: (names + places) / 2,
        _HOW: manner,
    }
    compared("fitting", fitting.get(asked.kind, np.zeros(len(sentences))))
    focus = [len(asked.focus & s.terms) / max(1, len(asked.focus)) for s in sentences]
    compared("focus", np.array(focus))
    columns["counted"] = np.array([_counted(asked.focus, s.sequence) for s in sentences])
    columns["names_held"] = _held_share(asked.names, [s.names for s in sentences])
    columns["numbers_held"] = _held_share(asked.numbers, [s.numbers for s in sentences])


def known_columns() -> tuple[str, ...]:
    """Return the names of all columns, in order."""
    nothing = SentenceTokens(
        (), frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), (0,) * len(SIGNS)
    )
    none: frozenset[str] = frozenset()
    asked = AskedTokens((), (), (), (), (), (), len(KINDS) - 1, none, none, none, 0.5)
    return tuple(sentence_features(asked, [nothing], (), lambda term: 0.0, Translation.empty()))


def _incidence(
    terms: Sequence[str], texts: Sequence[Collection[str]]
) -> NDArray[np.bool_]:  # bool[n, t]
    found = np.zeros((len(texts), len(terms)), dtype=np.bool_)
    for n, text in enumerate(texts):
        found[n] = [term in text for term in terms]
    return found


def _share(held: NDArray[np.bool_], weights: Column) -> Column:
    """Return the share of the weights that each row holds, 0..1."""
    total = float(weights.sum())
    if total <= 0:
        return np.zeros(len(held))
    found: Column = np.where(held, weights, 0.0).sum(axis=1) / total
    return found


def _held_share(wanted: frozenset[str], texts: Sequence[frozenset[str]]) -> Column:
    return np.array([len(wanted & text) / max(1, len(wanted)) for text in texts])


def _longest_run(question: Sequence[str], sentence: Sequence[str]) -> int:
    """Return the number of syllables of the longest run that both share."""
    places: dict[str, list[int]] = {}
    for n, term in enumerate(sentence):
        places.setdefault(term, []).append(n)
    best = 0
    last: dict[int, int] = {}
    for term in question:
        now = {n: last.get(n - 1, 0) + 1 for n in places.get(term, ())}
        best = max(best, *now.values()) if now else best
        last = now
    return best


def _closeness(terms: frozenset[str], sentence: Sequence[str]) -> float:
    """Return matched terms per syllable of the shortest stretch that holds them all, 0..1."""
    found = [(n, t) for n, t in enumerate(sentence) if t in terms]
    wanted = len({t for _, t in found})
    if not found:
        return 0.0
    inside: dict[str, int] = {}
    shortest, first = len(sentence), 0
    for n, term in found:
        inside[term] = inside.get(term, 0) + 1
        while len(inside) == wanted:
            start, leaving = found[first]
            shortest = min(shortest, n - start + 1)
            inside[leaving] -= 1
            if not inside[leaving]:
                del inside[leaving]
            first += 1
    return wanted / shortest


def _counted(focus: frozenset[str], sentence: Sequence[str]) -> float:
    """Return how close before a word in focus a number stands, 0..1."""
    best = 0.0
    for n, term in enumerate(sentence):
        if term in focus:
            near = [1 / (n - m) for m in range(max(0, n - 4), n) if sentence[m][0].isdigit()]
            best = max([best, *near])
    return best
