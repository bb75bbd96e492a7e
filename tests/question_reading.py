"""The reader of questions with the shipped tables, for tests."""

from datetime import date

from hochoi.language.abbreviations import load_abbreviations
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.question import Query
from hochoi.settings import SHIPPED
from hochoi.types import Filters
from hochoi.understanding.places import PlaceTable
from hochoi.understanding.reader import QuestionReader

_CORPUS = SHIPPED / "corpus"
PROVINCES = ProvinceTable.read(_CORPUS / "provinces.csv")
TOPICS = TopicTable.read(_CORPUS / "topics.toml")
PLACES = PlaceTable.read(_CORPUS / "places.toml")
READER = QuestionReader(
    PROVINCES, load_abbreviations(_CORPUS / "abbreviations.toml"), TOPICS, PLACES
)
TODAY = date(2026, 6, 1)


def asked(question: str, *history: str, today: date = TODAY, without: str = "") -> Query:
    """Return a question as it is understood after others.

    Args:
        question: As typed.
        history: The questions before it, oldest first.
        today: What relative dates are reckoned from.
        without: Keys of conditions that were taken out, separated by "|".
    """
    removed = frozenset(without.split("|")) - {""}
    return READER.understand(question, Filters(without=removed), history, today)
