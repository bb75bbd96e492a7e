"""Look up sequences of words in closed lists. Does not hold the lists."""

import re
from collections.abc import Iterable, Sequence

from ingest.visit_words import Word

_PIECES = re.compile(r"\w+(?:[-–'’]\w+)*|[^\w\s]")

Phrases = dict[str, list[tuple[str, ...]]]  # by first word, longest first


def phrase_table(phrases: Iterable[str]) -> Phrases:
    """Return lower-case `phrases` cut into words, in the form that `phrase_at` reads."""
    table: Phrases = {}
    for phrase in phrases:
        words = tuple(_PIECES.findall(phrase))
        table.setdefault(words[0], []).append(words)
    for sequences in table.values():
        sequences.sort(key=len, reverse=True)
    return table


def phrase_at(words: Sequence[Word], position: int, table: Phrases) -> int:
    """Return how many words of the longest phrase of `table` stand at `position`, 0 for none."""
    if position >= len(words):
        return 0
    for phrase in table.get(words[position].lower, ()):
        end = position + len(phrase)
        if end <= len(words) and all(
            words[position + i].lower == phrase[i] for i in range(1, len(phrase))
        ):
            return len(phrase)
    return 0


def lower_at(words: Sequence[Word], position: int) -> str:
    """Return the word at `position` in lower case, "" beyond either end."""
    return words[position].lower if 0 <= position < len(words) else ""


def joined(words: Sequence[Word], first: int, last: int) -> str:
    """Return words `first` to `last` (exclusive) in lower case with single spaces."""
    return " ".join(word.lower for word in words[first:last])
