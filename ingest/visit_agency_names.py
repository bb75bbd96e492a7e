"""Find where the name of an agency ends: "Sở Nội vụ", "Trung tâm Phục vụ hành chính công".

Does not know of which kind the agency is or where it lies.
"""

import re
from collections.abc import Sequence

from ingest.visit_localities import LocalityReader
from ingest.visit_names import capital_run, is_surname
from ingest.visit_phrases import lower_at, phrase_at, phrase_table
from ingest.visit_vocabulary import (
    COUNTRIES,
    FIELDS,
    KIND_OF_HEAD,
    NAME_SYLLABLES,
    OTHER_HEADS,
    PLACE_HEADS,
    VENUE_HEADS,
)
from ingest.visit_words import Word

HEADS = phrase_table(KIND_OF_HEAD)
_FIELDS = phrase_table(FIELDS)
_PLACE_HEADS = phrase_table(PLACE_HEADS)
_FREE = frozenset([*VENUE_HEADS, *OTHER_HEADS])  # their names are not fields of government
_OTHER = frozenset(OTHER_HEADS)
_LOWER_NAMED = frozenset([*VENUE_HEADS, "liên hiệp các"])  # may begin in lower case ...
_LOWER_FIRST = frozenset({"hành", "phục"})  # ... a centre's only with "hành chính", "phục vụ"
_COMMA_PAIRS = frozenset({("sát", "điều"), ("hóa", "thể"), ("hóa", "thông")})
_NAME_PAIRS = frozenset({("thế", "giới"), ("bán", "dẫn"), ("vi", "mạch"), ("mạch", "bán")})
_STRAY_ENDS = ("và", "-", "–", ",", "từ", "tham", "nam")
_ACRONYM = re.compile(r"[A-ZĐ](?:[A-ZĐ0-9&-]{1,9}|[a-z]{3,12})")
_LONGEST_NAME = 16  # words


class AgencyNameReader:
    """Reads names of agencies off one text. Holds its words and territories."""

    def __init__(self, words: Sequence[Word], localities: LocalityReader) -> None:
        self._words = words
        self._localities = localities

    def starts_head(self, position: int) -> bool:
        """Whether another agency begins at `position`."""
        return self._words[position].capital and bool(phrase_at(self._words, position, HEADS))

    def end(self, position: int, head: str) -> int:
        """Return where the name behind `head` ends; `position` itself when there is none."""
        known = phrase_at(self._words, position, _FIELDS)
        if known and head not in _FREE:
            return position + known
        last = position
        while last < len(self._words) and last - position < _LONGEST_NAME:
            if self._words[last].letters:
                if not self._is_part(last, position, head):
                    break
            elif not self._is_inner_mark(last, position):
                break
            last += 1
        while last > position and self._words[last - 1].text in _STRAY_ENDS:
            last -= 1
        is_named = last > position and self._may_begin(self._words[position], head)
        return last if is_named else position

    def acronym_end(self, position: int) -> int:
        """Return the position behind "(VNPT)" when it stands at `position`, else `position`."""
        if (
            lower_at(self._words, position) == "("
            and lower_at(self._words, position + 2) == ")"
            and self.is_acronym(position + 1)
        ):
            return position + 3
        return position

    def is_acronym(self, position: int) -> bool:
        """Whether the word at `position` is a short name and no country."""
        word = self._words[position]
        return bool(_ACRONYM.fullmatch(word.text)) and word.lower not in COUNTRIES

    def is_vietnam(self, position: int) -> bool:
        """Whether "Việt Nam" stands at `position`."""
        return (lower_at(self._words, position), lower_at(self._words, position + 1)) == (
            "việt",
            "nam",
        )

    def _is_part(self, position: int, first: int, head: str) -> bool:
        """Whether the word at `position` goes on with the name that began at `first`."""
        word = self._words[position]
        if position == first:
            if head in _OTHER:
                return word.capital or head in _LOWER_NAMED  # "Tập đoàn Sơn La"
            if not word.capital and head not in _LOWER_NAMED:
                return False
        elif head != "cơ quan" and self.starts_head(position):
            return False
        if self._localities.starts(position) or self._starts_person(position):
            return False
        if word.capital:
            return True
        if position - first > 2 and self.is_vietnam(position - 2):
            return False
        if word.lower == "và" and phrase_at(self._words, position + 1, _PLACE_HEADS):
            return False
        pair = (lower_at(self._words, position - 1), word.lower)
        return word.lower in NAME_SYLLABLES or pair in _NAME_PAIRS

    def _is_inner_mark(self, position: int, first: int) -> bool:
        """Whether the mark at `position` stands inside a name."""
        if position == first or position + 1 >= len(self._words):
            return False
        mark, following = self._words[position].lower, self._words[position + 1]
        if mark in "-–&":
            return following.letters
        return mark == "," and (self._words[position - 1].lower, following.lower) in _COMMA_PAIRS

    def _starts_person(self, position: int) -> bool:
        """Whether a person's name begins at `position`: "Trung tâm Lê Trọng Nghiêm"."""
        before = self._words[position - 1]
        if before.capital and before.lower != "sở":
            return False
        return (
            2 <= capital_run(self._words, position) <= 5
            and is_surname(self._words[position].text)
            and not self._localities.names_province(position)
        )

    @staticmethod
    def _may_begin(word: Word, head: str) -> bool:
        if word.capital:
            return True
        return head in _LOWER_NAMED and (head != "trung tâm" or word.lower in _LOWER_FIRST)
