"""A question made ready: the kind of fact it wants, its conditions, what search is to look for.

Records only; `hochoi/understanding/` reads questions.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from hochoi.dates.phrases import DatePhrase
from hochoi.language.document_numbers import DocumentNumber
from hochoi.provinces import Mention
from hochoi.types import Filters
from hochoi.understood import ProvinceRole, QuestionKind

# Words that say how a question is put, not what it is about; folded.
QUESTION_WORDS = frozenset(
    "ai gi nao sao may bao nhieu dau khi hom the bn la co duoc khong nhung cac cho hay xin toi biet"
    " voi thi ma va o tai vao ra den tu ve cua do de trong theo nhu ay nay kia con cung a nhe bang"
    " gom lam viec cho cai mot luc hoi viec so".split()
)


class Wanted(Enum):
    """The kind of fact that would answer a question."""

    HEAD = "head"  # who led the delegation
    DEPUTY = "deputy"
    HOST_LEAD = "host_lead"  # who received it
    PERSON = "person"
    PARTICIPANTS = "participants"
    DATE = "date"
    PLACE = "place"
    DOCUMENT = "document"
    MONEY = "money"
    CONTACT = "contact"  # telephone, address, e-mail
    NUMBER = "number"
    CONTENT = "content"


class ConditionKind(Enum):
    """What a condition of a question is about."""

    PROVINCE = "province"
    REGION = "region"
    DATE = "date"
    TOPIC = "topic"
    DOCUMENT = "document"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition that the words `text[start:end]` of a question state."""

    kind: ConditionKind
    key: str  # identifies it among chips: "province:Bắc Ninh"
    start: int
    end: int
    lead: int  # where the words before it begin that go with it: "đến", "trước năm"
    text: str  # the words, those of a date with "trước", "sau" or "từ"
    role: ProvinceRole = ProvinceRole.ANY  # of provinces, regions and groups
    names: frozenset[str] = frozenset()  # provinces it covers, or the one code of the others
    first: date | None = None  # of dates: the days it allows, None is open or not known
    last: date | None = None
    spelling: str = ""  # with diacritics, however it was typed; "" where the words have none


@dataclass(frozen=True, slots=True)
class Listed:
    """One of the visits that an earlier question listed or asked back about: "đoàn thứ hai"."""

    number: int  # 1-based; -1 is the last
    question: str  # the earlier question, standing alone
    asked: str  # what is asked about the visit, e.g. "do ai dẫn đầu"; may be empty


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for search."""

    question: str  # as asked or as it stands alone, NFC, with Telex and VNI typing resolved
    search_text: str  # with abbreviations and province names in other forms appended
    plain_text: str  # with abbreviations replaced by what they stand for
    wanted: tuple[Wanted, ...]  # the kinds of fact asked for, in order; CONTENT when none is clear
    units: tuple[str, ...]  # folded words after "bao nhiêu", "mấy": what is counted
    provinces: tuple[Mention, ...]
    dates: tuple[DatePhrase, ...]
    documents: tuple[DocumentNumber, ...]
    filters: Filters
    kind: QuestionKind = QuestionKind.CONTENT
    standalone: str = ""  # the question with what it carries on from the conversation
    conditions: tuple[Condition, ...] = ()  # of `standalone`, in order
    carried: tuple[str, ...] = ()  # keys of the conditions that came from the conversation
    earlier: str | None = None  # the earlier question that this one goes on with
    listed: Listed | None = None  # the visit meant, where it is named by its place in a list

    @property
    def is_beyond_reports(self) -> bool:
        """Whether no report can answer: forecast, judgement of persons, order, small talk."""
        return self.kind in _BEYOND


_BEYOND = frozenset(
    {
        QuestionKind.GREETING,
        QuestionKind.PREDICTION,
        QuestionKind.OPINION,
        QuestionKind.ORDER,
        QuestionKind.OFF_TOPIC,
    }
)
