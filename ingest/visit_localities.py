"""Read territories: provinces, districts, wards, communes, foreign places and countries.

Does not read agencies, and does not know in which province a ward lies.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hochoi.provinces import Mention
from hochoi.types import PartyKind
from ingest.visit_names import capital_run, locality_length
from ingest.visit_phrases import joined, lower_at, phrase_at, phrase_table
from ingest.visit_vocabulary import COUNTRIES, DISTRICT_TYPES, FOREIGN_PLACES
from ingest.visit_words import Word, is_vietnamese_syllable

_STATES = (
    "cộng hòa dân chủ nhân dân",
    "nước chdcnd",
    "vương quốc",
    "cộng hòa",
    "cộng hoà",
    "thủ đô",
    "chdcnd",
    "nước",
)
_COUNTRIES = phrase_table(COUNTRIES)
_PLACES = phrase_table(FOREIGN_PLACES)
_FIRST_WORDS = frozenset(name.split()[0] for name in DISTRICT_TYPES)
_STATE_WORDS = phrase_table(_STATES)
_DISTRICTS = phrase_table(DISTRICT_TYPES)
# Countries spelt like common words count only behind one of these.
_DOUBTFUL = frozenset("anh áo ý đức nga pháp nhật séc bỉ".split())
_BEFORE_COUNTRY = frozenset(
    "tại ở từ và , ( của sang đoàn gia vụ quán nước tế chính với phủ - đến thăm nghiệp phía".split()
)
# Words in lower case with which a territory may begin.
LOWER_STARTS = frozenset({"tỉnh", "bang", *_DISTRICTS, *_STATE_WORDS})


@dataclass(frozen=True, slots=True)
class Locality:
    """A territory: the word behind its end, and what it is."""

    last: int
    kind: PartyKind | None  # None: "tỉnh", "thành phố" without a name
    mention: Mention | None = None
    key: str = ""  # equal for all mentions of one territory


class LocalityReader:
    """Reads territories off one text. Holds its words and the provinces found in it."""

    def __init__(self, words: Sequence[Word], mentions: Sequence[Mention]) -> None:
        self._words = words
        self._mentions = {mention.start: mention for mention in mentions}
        self._known = {mention.province.lower(): mention for mention in mentions}
        self._districts = frozenset(self._clear_names())
        self._ends = {word.end: i + 1 for i, word in enumerate(words)}

    def _clear_names(self) -> Iterator[str]:
        """Yield the names, in lower case, that end where the capitals behind "huyện" end."""
        for position, word in enumerate(self._words):
            if word.lower not in _FIRST_WORDS:
                continue
            name = position + phrase_at(self._words, position, _DISTRICTS)
            run = capital_run(self._words, name) if name > position else 0
            if 1 <= run <= 3:
                yield joined(self._words, name, name + run)

    def names_province(self, position: int) -> bool:
        """Whether a province is mentioned at `position`."""
        return self._words[position].start in self._mentions

    def starts(self, position: int) -> bool:
        """Whether a territory starts at `position`, such as ends the name of an agency."""
        if self.names_province(position) or self._words[position].lower == "tỉnh":
            return True
        following = position + phrase_at(self._words, position, _DISTRICTS)
        if following == position or following >= len(self._words):
            return False
        return self._words[following].capital or not self._words[following].letters

    def at(self, position: int) -> Locality | None:
        """Return the territory at `position`."""
        if position >= len(self._words):
            return None
        word = self._words[position]
        mention = self._mentions.get(word.start)
        if mention is not None and mention.end in self._ends:
            last = self._ends[mention.end]
            return Locality(last, PartyKind.PROVINCE, mention, mention.province)
        country = self.country(position)
        if country and (word.capital or country > position + 1):
            key = _without_state(joined(self._words, position, country))
            return Locality(country, PartyKind.FOREIGN, None, key)
        place = phrase_at(self._words, position, _PLACES) if word.capital else 0
        if place:
            return self._foreign(position, position + place)
        length = phrase_at(self._words, position, _DISTRICTS) or int(word.lower in ("tỉnh", "bang"))
        return self._typed(position, position + length) if length else None

    def country(self, position: int) -> int:
        """Return the end of "Vương quốc Campuchia", "nước Lào" or "Lào"; 0 for none."""
        start = position + phrase_at(self._words, position, _STATE_WORDS)
        if start >= len(self._words) or not self._words[start].capital:
            return 0
        length = phrase_at(self._words, start, _COUNTRIES)
        if not length:
            return 0
        following = start + length
        if length == 1 and start == position and self._words[start].lower in _DOUBTFUL:
            goes_on = following < len(self._words) and self._words[following].capital
            known = lower_at(self._words, position - 1) in _BEFORE_COUNTRY
            if goes_on or not known or lower_at(self._words, following) == "luật":
                return 0  # rather a person, a street or a common word
        return following

    def _typed(self, first: int, name: int) -> Locality | None:
        """Read the name behind "quận", "tỉnh", ...; the name starts at word `name`."""
        words, kind = self._words, self._words[first].lower
        if kind in ("tp", "tx") and lower_at(words, name) == ".":
            name += 1
        if kind in ("quận", "phường") and lower_at(words, name).isdigit():
            return self._district(first, name + 1)
        place = phrase_at(words, name, _PLACES)
        of_people = kind in ("phường", "xã")
        length = place or locality_length(
            words, name, may_be_person=of_people, known=self._districts
        )
        if not length:
            return Locality(name, None) if words[name - 1].letters else None
        last = name + length
        if place or any(not is_vietnamese_syllable(w.text) for w in words[name:last]):
            return self._foreign(name, last)
        if kind == "tỉnh" and (known := self._known.get(joined(words, name, last))) is not None:
            return Locality(last, PartyKind.PROVINCE, known, known.province)  # a person follows
        if kind in ("tỉnh", "bang"):
            return None
        namesake = self._mentions.get(words[name].start)
        if kind == "thành" and namesake is not None and namesake.end == words[last - 1].end:
            key = f"thành phố {namesake.province.lower()}"  # the town, not its province
            return Locality(last, PartyKind.DISTRICT, namesake, key)
        return self._district(first, last)

    def _district(self, first: int, last: int) -> Locality:
        return Locality(last, PartyKind.DISTRICT, None, joined(self._words, first, last))

    def _foreign(self, name: int, last: int) -> Locality:
        return Locality(last, PartyKind.FOREIGN, None, joined(self._words, name, last))


def _without_state(name: str) -> str:
    """Return the country of "vương quốc campuchia" and the like."""
    for state in _STATES:
        name = name.removeprefix(state + " ")
    return name
