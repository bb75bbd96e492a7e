"""The topics that a question names, with the words. A report's topics are told elsewhere.

Unlike in a report one word is enough: whoever asks about "bộ máy" means that topic.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from hochoi.language.topics import TopicTable
from hochoi.text import comparison_key, fold

# Weak cues lighter than this are bodies rather than subjects: "HĐND".
_LEAST_WEIGHT = 0.24


@dataclass(frozen=True, slots=True)
class NamedTopic:
    """A topic named in a question: `text[start:end]`."""

    start: int
    end: int
    code: str
    cue: str  # the words with their diacritics


class TopicNames:
    """Finds topics by the cues of the table. Built once, then read-only."""

    def __init__(self, table: TopicTable) -> None:
        """Prepare the patterns, with diacritics and without."""
        self._codes: dict[str, str] = {}
        ignored: list[str] = []
        for topic in table.topics:
            weak = topic.weak if topic.weak_weight >= _LEAST_WEIGHT else ()
            for cue in (*topic.asked, *topic.cues, *weak):
                self._codes.setdefault(cue, topic.code)
            ignored += topic.without
        # A wording under "without" is passed over, unless it names another topic.
        self._ignored = frozenset(w for w in ignored if w not in self._codes)
        self._folded = {fold(cue): code for cue, code in reversed(self._codes.items())}
        self._cues = {fold(cue): cue for cue in reversed(self._codes)}
        self._folded_ignored = frozenset(map(fold, self._ignored)) - self._folded.keys()
        self._words = _any_of((*self._codes, *self._ignored))
        self._folded_words = _any_of((*self._folded, *self._folded_ignored))

    def find(self, text: str, folded: str, *, plain: bool) -> tuple[NamedTopic, ...]:
        """Return the topics named in a text, in order.

        Args:
            text: NFC.
            folded: The same, folded; of the same length.
            plain: Whether the text was typed without diacritics.
        """
        if plain:
            codes, words, searched = self._folded, self._folded_words, folded
        else:
            codes, words, searched = self._codes, self._words, comparison_key(text)
        if len(searched) != len(text):
            return ()
        return tuple(
            NamedTopic(m.start(), m.end(), codes[m[0]], self._cues[m[0]] if plain else m[0])
            for m in words.finditer(searched)
            if m[0] in codes
        )


def suggest_topic(table: TopicTable, typed: str) -> str | None:
    """Return the code of the topic that a misspelt code or name most likely means."""
    known: dict[str, str] = {}
    for topic in table.topics:
        for words in (topic.code, topic.code.replace("_", " "), topic.name, *topic.asked):
            known.setdefault(fold(words), topic.code)
        for cue in topic.cues:
            known.setdefault(fold(cue), topic.code)
    found = get_close_matches(fold(typed).strip(), known, n=1, cutoff=0.75)
    return known[found[0]] if found else None


def _any_of(spellings: Iterable[str] | Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(set(spellings), key=lambda s: (-len(s), s))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
