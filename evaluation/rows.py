"""What an evaluation found out about each question: the lines of its file, in words of the field.

Rows are complete in themselves: a page, a report or a comparison reads them years later without
the test set and without the library. Does not compute means.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from hochoi.types import Outcome

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a test set with all that is known about it beforehand."""

    query_id: str
    text: str
    history: tuple[str, ...] = ()
    is_judged: bool = True  # it has judgements, so it was searched for
    is_expected: bool = False  # it has an expectation, so it was answered
    answerable: bool = True
    ask_back: bool = False  # fits several visits, which are to be offered
    kind: str = ""
    tags: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    grades: Mapping[str, int] = field(default_factory=dict)  # per judged document id
    slices: tuple[tuple[str, str], ...] = ()  # dimension and value, e.g. ("province", "Huế")

    @property
    def relevant(self) -> tuple[str, ...]:
        """The documents of grade 1 or more, sorted."""
        return tuple(sorted(doc_id for doc_id, grade in self.grades.items() if grade > 0))


@dataclass(frozen=True, slots=True)
class Place:
    """A passage and where it stood in the ranking, with the parts of its score."""

    doc_id: str
    report_id: str
    passage_id: str
    rank: int  # 1-based
    score: float
    text: str
    signals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """Why a question failed, with the passage that was wanted and the one that came first."""

    cause: str  # "not ingested", "filtered", "cut", "outranked", "wrong sentence", "refused", ...
    wanted: Place | None = None
    found: Place | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """One citation of an answer."""

    doc_id: str
    report_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an answer."""

    text: str
    citations: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and what it was worth. None: does not apply."""

    outcome: Outcome
    found_text: str  # what a reader sees: sentences and cells, "" without any
    sentences: tuple[Said, ...]
    notice: str | None
    related: tuple[str, ...]  # document ids that a refusal named
    is_right_report: bool | None
    holds_words: bool | None
    offers_fitting: bool | None  # asked back as it should, with every visit that fits
    altered_quotes: int
    reasons: tuple[str, ...]  # why it failed, empty when it did not
    total_ms: float
    steps_ms: tuple[tuple[str, float], ...] = ()
    confidence: float | None = None  # probability that the answer is right, 0..1, as given


@dataclass(frozen=True, slots=True)
class Row:
    """All that one evaluation knows about one question."""

    asked: Asked
    documents: tuple[tuple[str, float], ...] = ()  # found, best first, with falling scores
    passages: tuple[str, ...] = ()  # ids of the first passages
    answering_passages: tuple[str, ...] = ()  # passages of relevant reports with expected words
    search_ms: float = 0.0
    answered: Answered | None = None
    why: Why | None = None
    values: Mapping[str, float] = field(default_factory=dict)  # per measure, 0 to 1

    @property
    def query_id(self) -> str:
        """The id of the question."""
        return self.asked.query_id

    @property
    def has_failed(self) -> bool:
        """Whether the answer was wrong; without an answer, whether the search was."""
        if self.answered is not None:
            return bool(self.answered.reasons)
        return self.asked.is_judged and self.values.get("Success@10", 1.0) < 1

    def with_values(self, values: Mapping[str, float]) -> "Row":
        """Return the row with its values per measure."""
        return replace(self, values=dict(values))


def row_line(row: Row) -> str:
    """Return a row as one line of JSON, without a line break."""
    return _codec().dump_json(row).decode("utf-8")


def read_row(line: str) -> Row:
    """Return the row of a line.

    Raises:
        ValueError: If the line does not hold a whole row.
    """
    return _codec().validate_json(line)


def row_start(query_id: str) -> bytes:
    """Return how the line of a question begins, so that it is found without reading others."""
    start, _, _ = row_line(Row(Asked(query_id, ""))).partition(',"text":')
    return f"{start},".encode()


@cache
def _codec() -> "TypeAdapter[Row]":
    from pydantic import TypeAdapter  # 0.1 s: only who evaluates pays for it

    return TypeAdapter(Row)
