"""What a question was taken to mean: the records that go with an answer. Reads no question."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class QuestionKind(Enum):
    """What a question wants to have answered."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how_many"
    DOCUMENT = "document"
    LEARNED = "learned"  # what was learned or shared
    HOW = "how"  # how something is done
    RESULT = "result"
    CONTENT = "content"  # any other content of reports
    LIST = "list"
    COUNT = "count"
    COMPARE = "compare"
    TIMELINE = "timeline"
    GREETING = "greeting"
    PREDICTION = "prediction"
    OPINION = "opinion"  # a judgement of persons
    ORDER = "order"  # something the system is told to do or to be
    OFF_TOPIC = "off_topic"  # what no report of a visit is about: weather, prices


class ProvinceRole(Enum):
    """The part in a visit that a question gives to a province."""

    HOST = "host"
    VISITOR = "visitor"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class AskedProvince:
    """A province that a question names or means, with the part it is to have."""

    text: str  # as the question has it
    province: str  # canonical name, that before 1 July 2025
    current: str  # name of the unit since 1 July 2025
    role: ProvinceRole = ProvinceRole.ANY


@dataclass(frozen=True, slots=True)
class AskedRegion:
    """A part of the country that a question names, with the part it is to have in a visit."""

    name: str
    role: ProvinceRole


@dataclass(frozen=True, slots=True)
class AskedDates:
    """A time that a question names. Both days are included; None is open or not known."""

    text: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition read from a question, which the reader may take out again."""

    key: str  # goes into `Filters.without`, e.g. "province:Bắc Ninh"
    kind: str  # "province", "region", "date", "topic", "document", "group" or "history"
    text: str  # Vietnamese


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken to mean, conditions that the reader took out left out."""

    kind: QuestionKind
    question: str  # as it stands alone, without the conversation
    chips: tuple[Chip, ...] = ()
    provinces: tuple[AskedProvince, ...] = ()
    dates: tuple[AskedDates, ...] = ()
    topics: tuple[str, ...] = ()  # codes of corpus/topics.toml
    regions: tuple[AskedRegion, ...] = ()
    groups: tuple[
        str, ...
    ] = ()  # "foreign", "domestic", "local", "ministry", "council", "country:lao", "agency:icf" ...
    document_numbers: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()  # keys of the chips that came from the conversation
