"""Fit the translation table of `hochoi.ranking.translation` by expectation maximisation.

IBM model 1 (Brown et al. 1993): each word of a question is explained by one word of the sentence
that answers it, or by none.
"""

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from hochoi.ranking.translation import Translation

ROUNDS = 5
LEAST_IN_QUESTIONS, LEAST_IN_ANSWERS = 3, 3  # occurrences below which a word is not learned
LEAST_PROBABILITY = 0.001  # smaller entries are dropped
_NULL = 0


def fit_translation(pairs: Sequence[tuple[Sequence[str], Collection[str]]]) -> Translation:
    """Return the table for questions (words, each once) and the words of their sentences."""
    asked = Counter(t for question, _ in pairs for t in question)
    said = Counter(t for _, words in pairs for t in words)
    columns = {t: n for n, t in enumerate(t for t, c in asked.items() if c >= LEAST_IN_QUESTIONS)}
    rows = {
        t: n for n, t in enumerate((t for t, c in said.items() if c >= LEAST_IN_ANSWERS), start=1)
    }
    q_ids: list[int] = []
    a_ids: list[int] = []
    tokens: list[int] = []
    token = 0
    for question, words in pairs:
        sources = [_NULL, *sorted(rows[w] for w in words if w in rows)]
        for column in (columns[t] for t in question if t in columns):
            q_ids += [column] * len(sources)
            a_ids += sources
            tokens += [token] * len(sources)
            token += 1
    keys = np.array(a_ids, dtype=np.int64) * len(columns) + np.array(q_ids, dtype=np.int64)
    of_token = np.array(tokens)
    entries, place = np.unique(keys, return_inverse=True)
    row = entries // len(columns)
    value = np.full(len(entries), 1.0 / len(columns))
    for _ in range(ROUNDS):
        weight = value[place]
        share = weight / np.bincount(of_token, weight, token)[of_token]
        count = np.bincount(place, share, len(entries))
        value = count / np.bincount(row, count, len(rows) + 1)[row]
    kept = (value >= LEAST_PROBABILITY) & (row != _NULL)
    question_words, answer_words = list(columns), ["", *rows]
    by_question: dict[str, dict[str, float]] = {}
    for entry, probability in zip(entries[kept].tolist(), value[kept].tolist(), strict=True):
        answer, question = divmod(entry, len(columns))
        by_question.setdefault(question_words[question], {})[answer_words[answer]] = probability
    total = sum(asked[t] for t in columns)
    return Translation({t: asked[t] / total for t in columns}, by_question)
