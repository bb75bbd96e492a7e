"""The regions, countries and central bodies that questions name. Does not know provinces' spellings.

The words are data (`corpus/places.toml`). A name matches as whole words, with its diacritics or,
in a text without any, without them.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hochoi.text import fold, nfc

_KINDS = ("region", "country", "agency")


@dataclass(frozen=True, slots=True)
class Place:
    """A region, a country or a central body."""

    kind: str  # "region", "country" or "agency"
    code: str  # "mien_bac"
    name: str  # as it is shown
    words: tuple[str, ...]  # folded spellings
    provinces: frozenset[str]  # of a region: canonical names before 1 July 2025


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place named in a text: `text[start:end]`."""

    start: int
    end: int
    place: Place


class PlaceTable:
    """All regions, countries and bodies. Built once, then read-only."""

    def __init__(self, places: Iterable[tuple[Place, tuple[str, ...]]]) -> None:
        """Prepare the patterns.

        Args:
            places: Each place with its spellings, accented.
        """
        self.places: dict[tuple[str, str], Place] = {}
        accented: dict[str, Place] = {}
        folded: dict[str, Place] = {}
        for place, spellings in places:
            self.places[place.kind, place.code] = place
            for spelling in spellings:
                accented.setdefault(spelling.lower(), place)
                folded.setdefault(fold(spelling), place)
        self._accented, self._folded = accented, folded
        self._accented_words, self._folded_words = _any_of(accented), _any_of(folded)

    @classmethod
    def read(cls, path: Path) -> "PlaceTable":
        """Return the table in a TOML file.

        Raises:
            ValueError: If a table is of another kind, lacks a name or words, or a region names
                a part that is not there.
            OSError: If the file cannot be read.
        """
        with path.open("rb") as file:
            raw = tomllib.load(file)
        stray = sorted(set(raw) - set(_KINDS))
        if stray:
            raise ValueError(f"{path.name}: tables {stray}, expected {list(_KINDS)}")
        regions = raw.get("region", {})
        found = []
        for kind in _KINDS:
            for code, table in raw.get(kind, {}).items():
                if not table.get("name") or not table.get("words"):
                    raise ValueError(f"{path.name}: {kind}.{code} needs a name and words")
                words = tuple(nfc(word) for word in table["words"])
                provinces = frozenset(_provinces(code, regions, path.name))
                place = Place(kind, code, nfc(table["name"]), tuple(map(fold, words)), provinces)
                found.append((place, words))
        return cls(found)

    def name(self, kind: str, code: str) -> str:
        """Return how a place is shown.

        Raises:
            KeyError: If there is no such place.
        """
        return self.places[kind, code].name

    def find(self, text: str, folded: str, *, plain: bool) -> tuple[NamedPlace, ...]:
        """Return the places named in a text, longest first at each position, in order.

        Args:
            text: NFC.
            folded: The same, folded; of the same length.
            plain: Whether the text was typed without diacritics.
        """
        if plain:
            pattern, table, searched = self._folded_words, self._folded, folded
        else:
            pattern, table, searched = self._accented_words, self._accented, text.lower()
        return tuple(
            NamedPlace(m.start(), m.end(), table[m[0]]) for m in pattern.finditer(searched)
        )


def _provinces(code: str, regions: Mapping[str, Mapping[str, list[str]]], file: str) -> list[str]:
    table = regions.get(code, {})
    names = [nfc(name) for name in table.get("provinces", [])]
    for part in table.get("parts", []):
        if part not in regions:
            raise ValueError(f"{file}: region.{code} names no region {part!r}")
        names += _provinces(part, regions, file)
    return names


def _any_of(spellings: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(spellings, key=lambda s: (-len(s), s))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
