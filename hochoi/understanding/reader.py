"""A question and the conversation before it -> `Query`. Finds nothing and answers nothing.

Works on folded text, so that accents do not matter. Deterministic.
"""

from collections.abc import Sequence
from datetime import date

from hochoi.language.abbreviations import Abbreviations
from hochoi.language.keyboard import untype
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.question import Listed, Query
from hochoi.text import clean
from hochoi.types import Filters
from hochoi.understanding.conditions import ConditionReader
from hochoi.understanding.follow_up import SMALL_TALK, follow, subjects
from hochoi.understanding.initials import Initials
from hochoi.understanding.places import PlaceTable
from hochoi.understanding.standing import Standing, standing_reader, without_conditions
from hochoi.understanding.topic_names import TopicNames
from hochoi.understanding.turns import read_turn
from hochoi.understanding.wanted import counted_units

HISTORY = "history"  # the key of the chip that stands for the conversation
TURNS = 12  # of a conversation that are looked at
TURN_CHARS = 1000  # longer earlier questions are passed over
_MOST_MENTIONS = 8  # of one condition that are taken out of a question


class QuestionReader:
    """Understands questions with the tables of a library. Built once, safe to share."""

    def __init__(
        self,
        provinces: ProvinceTable,
        abbreviations: Abbreviations,
        topics: TopicTable,
        places: PlaceTable,
    ) -> None:
        self._abbreviations = abbreviations
        self._initials = Initials(provinces)
        self._read = standing_reader(ConditionReader(provinces, places, TopicNames(topics)))

    def understand(
        self, question: str, filters: Filters, history: Sequence[str], today: date
    ) -> Query:
        """Return what a question asks for.

        Args:
            question: Clean NFC text, not empty. Telex or VNI keys left in it are read as typed for.
            filters: What the user restricted the search to, and the conditions taken out.
            history: Earlier questions, oldest first, of which this one may go on with the last.
            today: What "năm ngoái" and the like are reckoned from.
        """
        turn = read_turn(self._typed_out(question))
        question = turn.rest
        earlier: tuple[Standing, ...] = ()
        if history and HISTORY not in filters.without:
            turns = [self._typed_out(clean(turn)) for turn in history[-TURNS:]]
            earlier = subjects(turns, self._read, today, most_turns=TURNS, most_chars=TURN_CHARS)
        alone = self._read(question, today)
        followed = follow(turn, earlier, self._read, today)
        standing, before = followed.standing, followed.before
        carried = before is not None
        standing, removed = self._without(standing, filters.without, today)
        asks_itself = carried and standing.subject is not None
        asked = standing.own if removed else question
        if carried and not asks_itself:
            asked = standing.text
        found = () if standing.kind in SMALL_TALK else standing.conditions
        mentions = standing.found.provinces
        lines = f"{asked}\n{standing.subject}" if asks_itself else asked
        others = {name for m in mentions for name in (m.province, m.current) if name not in lines}
        return Query(
            question=asked,
            search_text="\n".join([lines, *self._abbreviations.expansions(asked), *sorted(others)]),
            plain_text=self._spelled_out(asked),
            wanted=standing.wanted,
            units=counted_units(standing.folded),
            provinces=mentions,
            dates=standing.found.dates,
            documents=standing.found.documents,
            filters=filters,
            kind=standing.kind,
            standalone=standing.text,
            conditions=found,
            carried=tuple(c.key for c in found if c.key not in alone.keys) if carried else (),
            earlier=before.text if before is not None else None,
            listed=_listed(standing, before),
        )

    def _typed_out(self, question: str) -> str:
        return self._initials.spell_out(untype(question))

    def _without(
        self, standing: Standing, keys: frozenset[str], today: date
    ) -> tuple[Standing, bool]:
        """Return a question without the words of some conditions, and whether any were there."""
        removed = False
        for _ in range(_MOST_MENTIONS):
            named = [c for c in standing.conditions if c.key in keys]
            text = without_conditions(standing.text, named) if named else ""
            if not text:
                break
            standing, removed = self._read(text, today), True
        return standing, removed

    def _spelled_out(self, question: str) -> str:
        words = []
        for word in question.split():
            bare = word.strip(",.;:?!()")
            longer = [e for e in self._abbreviations.expansions(bare) if len(e) > len(bare)]
            words.append(" ".join(longer) if longer else word)
        return " ".join(words)


def _listed(standing: Standing, before: Standing | None) -> Listed | None:
    """Return which visit of which list a question is about."""
    ordinal = standing.ordinal
    if ordinal is None or standing.subject is None:
        return None
    shown = standing.subject if before is None or before.ordinal is not None else before.text
    return Listed(ordinal.number, shown, standing.own[ordinal.end :].strip(" ,:?.!"))
