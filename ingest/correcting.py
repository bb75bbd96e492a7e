"""What a person typed for a field of a visit -> the visit with that field.

Lists are separated by ";", a person is "name, title", a day is written as in a report or
2024-08-02. Nothing typed means "not stated". Does not store anything.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from hochoi.dates.finding import find_dates
from hochoi.errors import CorrectionError
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.record.corrections import KEYS
from hochoi.text import clean
from hochoi.types import Origin, Party, PartyKind, Person, Stated, T, Visit
from ingest.visit_bodies import BodyReader
from ingest.visit_words import split_words

_SINGLE = frozenset({"head_of_delegation", "participants", "source_url", "published"})
_MOST_PARTICIPANTS = 100_000
_PLAIN_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:/|đến|-|–)\s*(\d{4}-\d{2}-\d{2}))?")


def corrected(
    visit: Visit, field: str, typed: str, provinces: ProvinceTable, topics: TopicTable
) -> Visit:
    """Return a visit with one field as a person typed it.

    Args:
        visit: As it is.
        field: A name in `hochoi.record.corrections.KEYS`.
        typed: What the field shall hold; empty for "not stated".
        provinces: The province table, which tells the province of a party.
        topics: The closed list of topics.

    Raises:
        CorrectionError: If there is no such field, or it cannot hold that.
    """
    text = clean(typed).strip()
    if field not in KEYS:
        raise CorrectionError(field, text, "one of " + ", ".join(KEYS))
    if field == "title":
        if not text or "\n" in text:
            raise CorrectionError(field, text, "one line of text")
        return replace(visit, title=text)
    if field == "date":
        return _with_date(visit, text)
    return replace(visit, **{field: _read(field, text, provinces, topics)})


def _read(field: str, text: str, provinces: ProvinceTable, topics: TopicTable) -> Any:  # noqa: ANN401
    """Return the value of a field; its type is the field's."""
    if not text:
        return None if field in _SINGLE else ()
    match field:
        case "host" | "visitors":
            return tuple(_by_person(_party(part, provinces)) for part in _split(text))
        case "places" | "document_numbers":
            return tuple(_by_person(part) for part in _split(text))
        case "deputy_heads" | "host_leads":
            return tuple(_by_person(_person(part)) for part in _split(text))
        case "head_of_delegation":
            return _by_person(_person(text))
        case "participants":
            return _by_person(_count(text))
        case "topics":
            return _topics(text, topics)
        case "published":
            return _day(field, text)
    return _address(text)


def _by_person(value: T) -> Stated[T]:
    return Stated(value, 0, 0, Origin.PERSON)


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def _party(text: str, provinces: ProvinceTable) -> Party:
    bodies = BodyReader(text, split_words(text), provinces.find(text)).read()
    if not bodies:
        return Party(text, None, None, PartyKind.OTHER)
    return Party(text, bodies[0].province, bodies[0].current, bodies[0].kind)


def _person(text: str) -> Person:
    name, _, title = (part.strip() for part in text.partition(","))
    return Person(name or None, title or None)


def _count(text: str) -> int:
    number = text.replace(".", "")
    if not number.isascii() or not number.isdigit() or not 0 < int(number) <= _MOST_PARTICIPANTS:
        raise CorrectionError("participants", text, f"a number from 1 to {_MOST_PARTICIPANTS}")
    return int(number)


def _topics(text: str, topics: TopicTable) -> tuple[str, ...]:
    codes = [code for code in re.split(r"[\s,;]+", text) if code]
    for code in codes:
        if code not in topics.codes:
            raise CorrectionError("topics", code, "codes of " + ", ".join(topics.codes))
    return tuple(dict.fromkeys(codes))


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://\S+", text):
        raise CorrectionError("source_url", text, "an address that begins with http")
    return text


def _day(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise CorrectionError(field, text, "a day such as 2024-08-02") from exc


def _with_date(visit: Visit, text: str) -> Visit:
    if not text:
        return replace(visit, date_text=None, date_first=None, date_last=None)
    plain = _PLAIN_DAY.fullmatch(text)
    if plain is not None:
        first = _day("date", plain[1])
        last = _day("date", plain[2]) if plain[2] else first
        words = f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} - {last:%d/%m/%Y}"
    else:
        phrases = find_dates(text)
        if len(phrases) != 1:
            raise CorrectionError("date", text, "one date, such as ngày 02/8/2024 or 2024-08-02")
        known_first, known_last = phrases[0].first, phrases[0].last
        words = text
        if known_first is None or known_last is None:
            return replace(visit, date_text=_by_person(words), date_first=None, date_last=None)
        first, last = known_first, known_last
    if last < first:
        raise CorrectionError("date", text, "a last day that is not before the first")
    return replace(visit, date_text=_by_person(words), date_first=first, date_last=last)
