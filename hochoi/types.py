"""The frozen records that flow through Học Hỏi. Holds no behaviour beyond derived facts.

Offsets are in characters (Python `str` indices) of the NFC text of a report. `None` always means
"not stated".
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Generic, TypeVar

from hochoi.understood import Understood

T = TypeVar("T")


class Origin(Enum):
    """Who set a visit field."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


class PartyKind(Enum):
    """What sort of body hosts or visits."""

    PROVINCE = "province"
    DISTRICT = "district"
    MINISTRY = "ministry"
    FOREIGN = "foreign"
    OTHER = "other"


class Outcome(Enum):
    """What became of a question."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value read from a report, with the words it was read from: `report.text[start:end]`.

    A value that a person typed has no words in the report: then `start == end == 0`.
    """

    value: T
    start: int
    end: int
    origin: Origin = Origin.RULE


@dataclass(frozen=True, slots=True)
class Party:
    """One host or visitor: as the report writes it, and the province it belongs to."""

    text: str
    province: str | None  # canonical name at the time of the report, e.g. "Thừa Thiên Huế" -> "Huế"
    current: str | None  # name of that province since 1 July 2025
    kind: PartyKind


@dataclass(frozen=True, slots=True)
class Person:
    """A person named with a title. One of the two may be missing, never both."""

    name: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """Who learned from whom, when, where and about what."""

    title: str
    host: tuple[Stated[Party], ...] = ()
    visitors: tuple[Stated[Party], ...] = ()
    date_text: Stated[str] | None = None  # the words, e.g. "chiều 02/8"
    date_first: date | None = None  # only when day, month and year are stated
    date_last: date | None = None
    places: tuple[Stated[str], ...] = ()
    head_of_delegation: Stated[Person] | None = None
    deputy_heads: tuple[Stated[Person], ...] = ()
    host_leads: tuple[Stated[Person], ...] = ()
    participants: Stated[int] | None = None
    document_numbers: tuple[Stated[str], ...] = ()
    topics: tuple[str, ...] = ()  # codes of corpus/topics.toml
    source_url: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes received. `name` is a label for people, never an identity."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a reader got out of a source file. `text` starts with the title and is NFC."""

    title: str
    text: str
    format: str  # "txt", "md", "html", "pdf", "docx", ...
    source_url: str | None = None
    published: str | None = None  # as written in the front matter
    compiled_from: str | None = None
    headings: tuple[str, ...] = ()  # lines of `text` that are section headings
    warnings: tuple[str, ...] = ()  # a key, then its values, separated by `|`
    pages: tuple[int, ...] = ()  # where page 1, 2, ... begins; empty where there are no pages


@dataclass(frozen=True, slots=True)
class Report:
    """A published document. Its id comes from its text, never from a file name."""

    report_id: str
    file_name: str
    text: str
    format: str
    source_sha256: str
    visit: Visit
    status: str = "published"
    version: int = 1
    warnings: tuple[str, ...] = ()
    compiled_from: str | None = None
    pages: tuple[int, ...] = ()  # where page 1, 2, ... begins; empty where there are no pages

    @property
    def title(self) -> str:
        """The title of the visit, which is the title of its report."""
        return self.visit.title

    def page_of(self, offset: int) -> int | None:
        """Return the page, from 1, that a character stands on; None where there are no pages."""
        return bisect_right(self.pages, offset) or None


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrievable span of a report. Law: `report.text[start:end] == text`."""

    passage_id: str  # f"{report_id}:{start}-{end}"
    report_id: str
    section: str  # nearest heading above, "" when there is none
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What the user restricted the search to. Empty means everything."""

    province: str | None = None  # canonical or current name, as host or visitor
    year: int | None = None
    topic: str | None = None
    without: frozenset[str] = frozenset()  # keys of chips whose condition is not to count

    def __bool__(self) -> bool:
        """Whether anything is restricted."""
        return (self.province, self.year, self.topic) != (None, None, None)


@dataclass(frozen=True, slots=True)
class Hit:
    """One retrieved passage. `score` is a similarity: higher is better."""

    passage: Passage
    score: float
    rank: int  # 1-based
    lexical_rank: int | None = None  # None: that side did not return it
    vector_rank: int | None = None
    signals: tuple[tuple[str, float], ...] = ()  # named parts of the score, for explanations


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote that stands in a stored report: `report.text[start:end] == quote`."""

    number: int  # number of the source, 1-based, in order of first use
    report_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the citations that support it."""

    text: str  # a quoted list keeps its lines
    citations: tuple[Citation, ...]

    @property
    def is_quote(self) -> bool:
        """Whether it is nothing but the words of one of its citations."""
        words = self.text.strip("“”").split()
        return any(words == c.quote.split() for c in self.citations)


@dataclass(frozen=True, slots=True)
class Source:
    """A report behind an answer, numbered like its citations."""

    number: int
    report: Report


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to go on when an answer asks back: what to show and the question it stands for."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a visit in a table; without text the report does not state it."""

    text: str | None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One visit of a table: the number of its source and a cell per column."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of the row, in the order of its cells."""
        return tuple(citation for cell in self.cells for citation in cell.citations)


@dataclass(frozen=True, slots=True)
class Table:
    """Visits side by side, one row each; every row is cited."""

    columns: tuple[
        str, ...
    ]  # "group", "date", "visitors", "host", "head", "participants", "title" ...
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        """Refuse a row of another width or without a citation.

        Raises:
            ValueError: If there is one.
        """
        for row in self.rows:
            if len(row.cells) != len(self.columns) or not row.citations:
                raise ValueError(f"row {row.number}: {len(row.cells)} cells, cited or not")


@dataclass(frozen=True, slots=True)
class Answer:
    """What every shell receives. ANSWERED means: at least one sentence, each one cited."""

    question: str
    outcome: Outcome
    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Source, ...] = ()
    related: tuple[Report, ...] = ()  # nearest reports that are not cited
    notice: str | None = None  # for the reader: why nothing was answered, what was assumed
    suggestion: str | None = None  # the question with diacritics, when it was typed without
    timings_ms: tuple[tuple[str, float], ...] = ()
    hits: tuple[Hit, ...] = field(default=(), repr=False)
    generator: str | None = None  # the language model that wrote it; None: words of reports
    understood: Understood | None = None  # None: the question was not read
    choices: tuple[Choice, ...] = ()  # CLARIFY only: the questions to choose from
    table: Table | None = None  # the visits behind the sentences, for questions over many
    # Probability, 0..1, that the sentences answer from the report that is meant and hold what was
    # asked, by the evidence. None: not judged so (no answer, a table, a language model's words).
    confidence: float | None = None

    def __post_init__(self) -> None:
        """Refuse an answer whose outcome does not fit its parts.

        Raises:
            ValueError: If ANSWERED comes without sentences or with an uncited one, or another
                outcome comes with sentences or a table, or a citation names no source, or
                CLARIFY comes without notice and choices, or another outcome with choices.
        """
        cited = bool(self.sentences) and all(s.citations for s in self.sentences)
        if cited != (self.outcome is Outcome.ANSWERED) or (self.sentences and not cited):
            raise ValueError(
                f"outcome {self.outcome.value} does not fit {len(self.sentences)} sentences"
            )
        asks_back = self.outcome is Outcome.CLARIFY
        if asks_back != bool(self.choices) or (asks_back and not self.notice):
            raise ValueError(f"outcome {self.outcome.value} with {len(self.choices)} choices")
        if self.table is not None and self.outcome is not Outcome.ANSWERED:
            raise ValueError(f"outcome {self.outcome.value} comes with a table")
        numbers = {source.number for source in self.sources}
        cited_parts = [sentence.citations for sentence in self.sentences]
        if self.table is not None:
            cited_parts += [row.citations for row in self.table.rows]
        for citations in cited_parts:
            for citation in citations:
                if citation.number not in numbers:
                    raise ValueError(f"citation {citation.number} names none of {sorted(numbers)}")


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of answering, for shells that show it: understood, searching, found, writing."""

    step: str
    count: int | None = None
    sentence: Sentence | None = None  # the newest verified one while a model writes
