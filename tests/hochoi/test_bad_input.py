"""Broken text: the readers of dates, numbers, provinces and sentences stay linear and in order."""

from collections.abc import Callable, Sequence
from typing import Protocol

import pytest

from hochoi.dates.finding import find_dates
from hochoi.language.document_numbers import find_document_numbers
from hochoi.language.numbers import find_numbers
from hochoi.language.sentences import sentence_spans
from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED
from tests.hostile_texts import UNITS, grows_in_proportion, hostile


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


PROVINCES = ProvinceTable.read(SHIPPED / "corpus" / "provinces.csv")
READERS: dict[str, Callable[[str], Sequence[_Spanned]]] = {
    "dates": find_dates,
    "numbers": find_numbers,
    "documents": find_document_numbers,
    "provinces": PROVINCES.find,
    "sentences": sentence_spans,
}
# What these hold is no date, number, document or province in any reading.
MEANINGLESS = ("quotes", "controls", "private", "emoji", "behalf")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", UNITS)
def test_readers_one_long_line_takes_time_in_proportion(reader: str, name: str) -> None:
    assert grows_in_proportion(READERS[reader], name, 64_000)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", UNITS)
def test_readers_broken_text_gives_ordered_spans_within_it(reader: str, name: str) -> None:
    text = hostile(name, 2_001)
    end = 0
    for found in READERS[reader](text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@pytest.mark.parametrize("reader", [name for name in READERS if name != "sentences"])
@pytest.mark.parametrize("name", MEANINGLESS)
def test_readers_text_without_meaning_gives_nothing(reader: str, name: str) -> None:
    assert READERS[reader](hostile(name, 5_000)) == ()


def test_sentences_one_line_of_a_megabyte_covers_it() -> None:
    text = hostile("delegations", 1_000_000)
    (span,) = sentence_spans(text)
    assert text[span.start : span.end] == text.strip()
