"""The province table: who is meant by a name, and what the unit is called at a date.

Covers the 63 units before 1 July 2025 and the 34 since. Does not know districts, wards,
agencies or foreign places; a ward, street or person that bears a province's name is no mention.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from hochoi.errors import NotFoundError
from hochoi.language.province_context import Scene, names_something_else, split_scene
from hochoi.text import comparison_key, fold, nfc
from hochoi.types import PartyKind

MERGED_ON = date(2025, 7, 1)  # Resolution 202/2025/QH15: 63 units become 34
HUE_CITY_ON = date(2025, 1, 1)  # Thừa Thiên Huế becomes the city of Huế
DONG_NAI_CITY_ON = date(2026, 4, 30)  # Resolution 30/2026/QH16, seen in one source only

_COLUMNS = ["old_name", "old_type", "new_name", "aliases"]
_CITY, _PROVINCE = "thành phố", "tỉnh"
_PIECES = re.compile(r"([^\W_]+)")
# What may stand between two words of a name, by what the table writes there.
_GAPS = {
    " ": re.compile(r"[ \t\u00a0]{1,3}|[ \t\u00a0]{0,2}\n[ \t\u00a0]{0,2}"),
    ".": re.compile(r"\.?[ \t\u00a0]{0,2}"),
    "-": re.compile(r"[ \t\u00a0]{0,2}[-\u2010\u2011\u2013\u2014][ \t\u00a0]{0,2}"),
}
# Written as the table writes them or not at all: too short to be safe in lower case.
_EXACT = frozenset({"HN", "TTH", "Hue", "BRVT", "TPHN"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A province named in a text: `text[start:end]`, type word included ("tỉnh Hà Nam")."""

    start: int
    end: int
    text: str
    province: str  # canonical name, as in the table's column old_name
    current: str  # name of the unit since 1 July 2025
    kind: PartyKind = PartyKind.PROVINCE


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table."""

    name: str
    type: str
    current: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a name: keys of its words and what may stand between them."""

    keys: tuple[str, ...]
    gaps: tuple[str, ...]  # one of " ", ".", "-"; one fewer than keys
    row: _Row
    folded: bool  # matches only words without diacritics
    exact: str  # the letters required as written, "" when case does not matter


class ProvinceTable:
    """All spellings of all provinces. Built once, then read-only and safe to share."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        """Prepare every spelling of `rows`; `read` checks a file first."""
        self._rows = {row.name: row for row in rows}
        # By first and second word, "" for none: nearly every "tỉnh" and "hà" is looked up in vain.
        self._spellings: dict[str, dict[str, list[_Spelling]]] = {}
        self._whole: dict[str, str] = {}
        for spelling in _unique(s for row in rows for s in _spellings(row)):
            first, second = (*spelling.keys, "")[:2]
            self._spellings.setdefault(first, {}).setdefault(second, []).append(spelling)
            self._whole.setdefault(" ".join(spelling.keys), spelling.row.name)
        for by_second in self._spellings.values():
            for spellings in by_second.values():
                spellings.sort(key=lambda s: (-len(s.keys), s.folded))

    @classmethod
    def read(cls, path: Path) -> "ProvinceTable":
        """Return the table in the CSV file at `path` (columns old_name ... aliases).

        Raises:
            ValueError: If the columns differ, a name repeats, or a new name is not an old one.
            OSError: If the file cannot be read.
        """
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            if reader.fieldnames != _COLUMNS:
                raise ValueError(f"{path.name}: columns {reader.fieldnames}, expected {_COLUMNS}")
            rows = [
                _Row(
                    nfc(line["old_name"]),
                    nfc(line["old_type"]),
                    nfc(line["new_name"]),
                    tuple(nfc(line["aliases"]).split("|")),
                )
                for line in reader
            ]
        names = {row.name for row in rows}
        stray = sorted({row.current for row in rows} - names)
        if len(names) != len(rows) or stray:
            raise ValueError(f"{path.name}: {len(rows)} rows, {len(names)} names, unknown {stray}")
        return cls(rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The 63 canonical names, in the order of the table."""
        return tuple(self._rows)

    @property
    def current_names(self) -> tuple[str, ...]:
        """The 34 names since 1 July 2025, in the order of the table."""
        return tuple(dict.fromkeys(row.current for row in self._rows.values()))

    def canonical(self, name: str) -> str | None:
        """Return the canonical name when `name` as a whole is a spelling of one, else None."""
        return self._whole.get(" ".join(_PIECES.findall(comparison_key(name))))

    def nearest(self, name: str) -> str | None:
        """Return the canonical name that a misspelt one most likely means, None when none is."""
        known = {fold(row.name): row.name for row in self._rows.values()}
        found = get_close_matches(fold(name).strip(), known, n=1, cutoff=0.7)
        return known[found[0]] if found else None

    def current(self, name: str) -> str:
        """Return the name since 1 July 2025 of the unit `name` (any spelling).

        Raises:
            NotFoundError: If `name` is no province.
        """
        return self._row(name).current

    def former_parts(self, current_name: str) -> tuple[str, ...]:
        """Return the old units in today's `current_name`, itself included, in table order.

        Empty when the name is no longer in use or no province.
        """
        name = self.canonical(current_name)
        return tuple(row.name for row in self._rows.values() if row.current == name)

    def units_at(self, name: str, day: date) -> tuple[str, ...]:
        """Return the old units that `name`, written on `day`, covers; empty for no province.

        "Bắc Ninh" covers itself in 2019, and Bắc Giang and Bắc Ninh since 1 July 2025. An
        abolished name still means its old territory.
        """
        canonical = self.canonical(name)
        if canonical is None:
            return ()
        parts = self.former_parts(canonical) if day >= MERGED_ON else ()
        return parts or (canonical,)

    def name_at(self, old_name: str, day: date) -> str:
        """Return the official name with its type, on `day`, of the unit that holds `old_name`.

        Raises:
            NotFoundError: If `old_name` is no province.
        """
        row = self._row(old_name)
        if row.name == "Huế" and day < HUE_CITY_ON:
            return "tỉnh Thừa Thiên Huế"
        if day >= MERGED_ON:
            row = self._rows[row.current]
        is_city = row.type == _CITY or (row.name == "Đồng Nai" and day >= DONG_NAI_CITY_ON)
        if row.name == "Hồ Chí Minh":
            return f"Thành phố {row.name}"  # the law writes the type as part of the name
        return f"{_CITY if is_city else _PROVINCE} {row.name}"

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the provinces named in `text`, in order, without overlaps, longest first.

        Names match as whole words, with their diacritics whatever the tone placement, or without
        any diacritics at all; never half. Offsets are into `text`.
        """
        scene = split_scene(text)
        words = scene.words
        mentions: list[Mention] = []
        floor = 0
        for position, key in enumerate(words.keys):
            if key not in self._spellings or position < floor:
                continue
            spelling = self._spelling_at(scene, position)
            if spelling is None:
                continue
            following = position + len(spelling.keys)
            if not names_something_else(scene, position, following, floor):
                start, end = words[position].start, words[following - 1].end
                row = spelling.row
                mentions.append(Mention(start, end, text[start:end], row.name, row.current))
            floor = following
        return tuple(mentions)

    def _row(self, name: str) -> _Row:
        canonical = self.canonical(name)
        if canonical is None:
            raise NotFoundError("province", name)
        return self._rows[canonical]

    def _spelling_at(self, scene: Scene, position: int) -> _Spelling | None:
        """Return the longest spelling whose words start at `position`."""
        keys = scene.words.keys
        by_second = self._spellings[keys[position]]
        second = keys[position + 1] if position + 1 < len(keys) else ""
        for following in (second, ""):
            for spelling in by_second.get(following, ()):
                if _stands(spelling, scene, position):
                    return spelling
        return None


def _stands(spelling: _Spelling, scene: Scene, position: int) -> bool:
    """Whether the words of `spelling` stand in `scene` from `position` on."""
    keys, words, text = spelling.keys, scene.words, scene.text
    if tuple(words.keys[position : position + len(keys)]) != keys:
        return False
    for offset, gap in enumerate(spelling.gaps, position):
        if not _GAPS[gap].fullmatch(text, words[offset].end, words[offset + 1].start):
            return False
    if not spelling.exact:
        return True
    written = text[words[position].start : words[position + len(keys) - 1].end]
    # "hue" may also stand in a question typed without capitals and diacritics.
    return written == spelling.exact or (
        spelling.exact == "Hue" and scene.is_plain and scene.is_lower
    )


def _spellings(row: _Row) -> Iterator[_Spelling]:
    """Yield the ways to write the name of `row`: name, aliases, type words, no diacritics."""
    types = ["thành phố", "TP.", "TP"] if row.type == _CITY else [_PROVINCE]
    if row.name == "Đồng Nai":
        types += ["thành phố", "TP.", "TP"]
    if row.name == "Huế":
        types.append(_PROVINCE)
    bare = [row.name, *row.aliases]
    typed = [f"{kind} {alias}" for kind in types for alias in bare if not _starts_with_type(alias)]
    for written in (*bare, *typed):
        exact = written if written in _EXACT else ""
        yield from _read_spelling(written, row, exact)


def _read_spelling(written: str, row: _Row, exact: str) -> Iterator[_Spelling]:
    """Yield `written` as it is and, when that differs, without diacritics."""
    pieces = _PIECES.split(written)
    keys = tuple(map(comparison_key, pieces[1::2]))
    gaps = tuple("-" if "-" in g or "–" in g else "." if "." in g else " " for g in pieces[2:-1:2])
    yield _Spelling(keys, gaps, row, folded=False, exact=exact)
    folded = tuple(map(fold, keys))
    if folded != keys:
        yield _Spelling(folded, gaps, row, folded=True, exact=fold(exact))


def _starts_with_type(alias: str) -> bool:
    return fold(alias).startswith(("tp", "thanh pho", "tinh ", "t.p", "thu do", "co do"))


def _unique(spellings: Iterable[_Spelling]) -> Iterator[_Spelling]:
    """Yield each way of writing once; the first one wins."""
    seen: set[tuple[tuple[str, ...], tuple[str, ...], str]] = set()
    for spelling in spellings:
        identity = (spelling.keys, spelling.gaps, spelling.exact)
        if identity not in seen:
            seen.add(identity)
            yield spelling
