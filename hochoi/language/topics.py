"""The closed list of topics and the words that tell them: small enough to read and to correct.

Counts cues; does not weigh where in a report they stand, except for the title.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hochoi.text import comparison_key, nfc

_WORD = re.compile(r"\w+")
TITLE_FACTOR = 3  # a cue in the title counts as often
_KEYS = frozenset(
    {"name", "cues", "in_title", "weak", "weak_weight", "without", "yields_to", "asked"}
)
# Tone marks that comparison_key would move: "hoá", "thuỷ".
_NEWER_TONES = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. A report is about it when its cues weigh 1 together."""

    code: str
    name: str  # Vietnamese
    cues: tuple[str, ...]  # weigh 1 each
    in_title: tuple[str, ...]  # weigh 1 each in the title, nothing elsewhere
    weak: tuple[str, ...]  # weigh `weak_weight` each
    weak_weight: float  # 0..1
    without: tuple[str, ...]  # wordings in which a cue does not count
    yields_to: tuple[str, ...]  # codes of special cases, beside which only the title counts
    asked: tuple[str, ...] = ()  # further words by which a question names it


class TopicTable:
    """All topics. Built once, then read-only."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = {topic.code: topic for topic in topics}
        # The cue comes first in its pattern, so that a search jumps to it.
        self._patterns = {
            cue: re.compile(rf"{re.escape(cue)}(?<!\w{re.escape(cue)})(?!\w)")
            for topic in topics
            for cue in (*topic.cues, *topic.in_title, *topic.weak)
        }
        # A cue is searched for only when its last word stands in the report: much faster.
        self._last_words = {cue: _WORD.findall(cue)[-1] for cue in self._patterns}

    @classmethod
    def read(cls, path: Path) -> "TopicTable":
        """Return the table in the TOML file at `path`: one table per topic, its code as name.

        Raises:
            ValueError: If a topic lacks a name, has a key of another kind or a weight beyond 0..1.
            OSError: If the file cannot be read.
        """
        with path.open("rb") as file:
            tables = tomllib.load(file)
        topics = []
        for code, table in tables.items():
            stray = sorted(set(table) - _KEYS)
            weight = float(table.get("weak_weight", 1 / 3))
            if stray or not table.get("name") or not 0 <= weight <= 1:
                raise ValueError(
                    f"{path.name}: topic {code} needs a name, only keys {sorted(_KEYS)} and a"
                    f" weight of 0..1; got {sorted(table)}, weight {weight}"
                )
            cues, in_title, weak, without, asked = (
                tuple(map(comparison_key, table.get(key, ())))
                for key in ("cues", "in_title", "weak", "without", "asked")
            )
            name, yields_to = nfc(table["name"]), tuple(table.get("yields_to", ()))
            topics.append(
                Topic(code, name, cues, in_title, weak, weight, without, yields_to, asked)
            )
        return cls(topics)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All topics in the order of the file."""
        return tuple(self._topics.values())

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in the order of the file."""
        return tuple(self._topics)

    def name(self, code: str) -> str:
        """Return the Vietnamese name of a topic.

        A code that the table no longer has, as in an old conversation's filter, stands for itself.
        """
        return self._topics[code].name if code in self._topics else code

    def classify(self, title: str, body: str) -> tuple[str, ...]:
        """Return the codes of the topics that a report is about, in the order of the table."""
        title, body = _key(title), _key(body)
        words = {*_WORD.findall(title), *_WORD.findall(body)}
        found = [
            topic for topic in self._topics.values() if self._weight(topic, title, body, words) >= 1
        ]
        codes = {topic.code for topic in found}
        return tuple(
            topic.code
            for topic in found
            if codes.isdisjoint(topic.yields_to) or self._weight(topic, title, "", words) >= 1
        )

    def _weight(self, topic: Topic, title: str, body: str, words: set[str]) -> float:
        cues = [c for c in topic.cues if self._last_words[c] in words]
        weak = [c for c in topic.weak if self._last_words[c] in words]
        in_title = [c for c in topic.in_title if c in title]
        if not in_title and not any(cue in body or cue in title for cue in (*cues, *weak)):
            return 0.0
        for wording in topic.without:
            title, body = title.replace(wording, " "), body.replace(wording, " ")
        strong = self._count(cues, title, body) + self._count(in_title, title, "")
        return strong or topic.weak_weight * self._count(weak, title, body)

    def _count(self, cues: Sequence[str], title: str, body: str) -> int:
        """Return how often cues stand in a report, as whole words."""
        count = 0
        for cue in cues:
            if cue in body:
                count += len(self._patterns[cue].findall(body))
            if cue in title:
                count += TITLE_FACTOR * len(self._patterns[cue].findall(title))
        return count


def _key(text: str) -> str:
    """Return `comparison_key(text)`, the short way where tone placement cannot matter."""
    lowered = nfc(text).lower()
    return comparison_key(lowered) if _NEWER_TONES.search(lowered) else lowered
