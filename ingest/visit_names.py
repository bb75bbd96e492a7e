"""Tell names of people and of small localities apart in a run of capitalised words."""

from collections.abc import Container, Sequence

from hochoi.text import fold
from ingest.visit_phrases import joined
from ingest.visit_vocabulary import SURNAMES
from ingest.visit_words import Word, is_vietnamese_syllable

_SURNAMES = SURNAMES | {fold(name) for name in SURNAMES}
_LONGEST_NAME = 6
_INITIALS = frozenset({"md", "dr", "j", "k", "m", "n", "t", "v", "s", "h", "đ", "a", "c", "p", "r"})


def is_surname(word: str) -> bool:
    """Whether `word` is a Vietnamese family name, with diacritics or without any."""
    return word.lower() in _SURNAMES


def capital_run(words: Sequence[Word], position: int) -> int:
    """Return how many capitalised words follow each other from `position`, initials included."""
    end = position
    while end < len(words) and end - position < 2 * _LONGEST_NAME:
        word = words[end]
        if word.letters and word.capital:
            end += 1
        elif (
            word.text == "."
            and end > position
            and words[end - 1].lower in _INITIALS
            and words[end - 1].end == word.start
            and end + 1 < len(words)
            and words[end + 1].capital
        ):
            end += 1
        else:
            break
    return end - position


def is_foreign_name(words: Sequence[Word]) -> bool:
    """Whether some word of a run is no Vietnamese syllable."""
    return any(w.letters and not is_vietnamese_syllable(w.text) for w in words)


def locality_length(
    words: Sequence[Word],
    position: int,
    *,
    may_be_person: bool,
    known: Container[str] = frozenset(),
) -> int:
    """Return how many words from `position` name a locality, leaving a person's name behind it.

    "Nam Định Bùi Quang Hiển" names the ward Nam Định and a person. With `may_be_person` the
    locality itself may bear a person's name, as wards do. Names in `known`, lower-case, stand
    elsewhere in the text with nothing behind them.
    """
    run = capital_run(words, position)
    if not run:
        return 0
    for length in (4, 3, 2, 1):
        if length < run and joined(words, position, position + length) in known:
            return length
    if 3 <= run <= 5 and not may_be_person and is_surname(words[position].text):
        return 0
    if 4 <= run <= 7 and is_surname(words[position + 2].text):
        return 2
    # "Buôn Ma Thuột" holds no person, "Gyeongsangbuk Kim Tae-yul" does.
    shortest_name = 3 if is_vietnamese_syllable(words[position].text) else 2
    for length, shortest in ((3, 2), (1, shortest_name)):
        if shortest <= run - length <= 5 and is_surname(words[position + length].text):
            return length
    return min(run, 4)
