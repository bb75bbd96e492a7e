"""A visit as the JSON text that the record stores, and back. Loses nothing.

This is the stored form with spans and origins; what commands and pages print is made in `ui/`.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from hochoi.types import Origin, Party, PartyKind, Person, Stated, Visit

T = TypeVar("T")
Json = dict[str, object]


def _stated(item: Stated[T], value: object) -> Json:
    return {"value": value, "start": item.start, "end": item.end, "origin": item.origin.value}


def party_json(party: Party) -> Json:
    """Return a party as it is kept and printed."""
    return {
        "text": party.text,
        "province": party.province,
        "current": party.current,
        "kind": party.kind.value,
    }


def person_json(person: Person) -> Json:
    """Return a person as it is kept and printed."""
    return {"name": person.name, "title": person.title}


def encode_visit(visit: Visit) -> str:
    """Return the JSON text of a visit."""
    head, number, words = visit.head_of_delegation, visit.participants, visit.date_text
    return json.dumps(
        {
            "title": visit.title,
            "host": [_stated(s, party_json(s.value)) for s in visit.host],
            "visitors": [_stated(s, party_json(s.value)) for s in visit.visitors],
            "date_text": _stated(words, words.value) if words else None,
            "date_first": visit.date_first.isoformat() if visit.date_first else None,
            "date_last": visit.date_last.isoformat() if visit.date_last else None,
            "places": [_stated(s, s.value) for s in visit.places],
            "head_of_delegation": _stated(head, person_json(head.value)) if head else None,
            "deputy_heads": [_stated(s, person_json(s.value)) for s in visit.deputy_heads],
            "host_leads": [_stated(s, person_json(s.value)) for s in visit.host_leads],
            "participants": _stated(number, number.value) if number else None,
            "document_numbers": [_stated(s, s.value) for s in visit.document_numbers],
            "topics": list(visit.topics),
            "source_url": visit.source_url,
            "published": visit.published.isoformat() if visit.published else None,
        },
        ensure_ascii=False,
    )


class _Reader:
    """Reads typed values out of parsed JSON that this module wrote."""

    def __init__(self, data: Json) -> None:
        self._data = data

    def text(self, key: str) -> str | None:
        value = self._data[key]
        return None if value is None else str(value)

    def day(self, key: str) -> date | None:
        value = self.text(key)
        return None if value is None else date.fromisoformat(value)

    def many(self, key: str, read: Callable[[object], T]) -> tuple[Stated[T], ...]:
        items = self._data[key]
        if not isinstance(items, list):
            raise TypeError(f"{key} is {type(items).__name__}, expected a list")
        return tuple(_read_stated(item, read) for item in items)

    def one(self, key: str, read: Callable[[object], T]) -> Stated[T] | None:
        value = self._data[key]
        return None if value is None else _read_stated(value, read)


def _object(value: object) -> Json:
    if not isinstance(value, dict):
        raise TypeError(f"expected an object, got {type(value).__name__}")
    return value


def _read_stated(item: object, read: Callable[[object], T]) -> Stated[T]:
    data = _object(item)
    start, end = int(str(data["start"])), int(str(data["end"]))
    return Stated(read(data["value"]), start, end, Origin(data["origin"]))


def _read_party(value: object) -> Party:
    data = _Reader(_object(value))
    kind = PartyKind(data.text("kind"))
    return Party(data.text("text") or "", data.text("province"), data.text("current"), kind)


def _read_person(value: object) -> Person:
    data = _Reader(_object(value))
    return Person(data.text("name"), data.text("title"))


def _read_int(value: object) -> int:
    return int(str(value))


def decode_visit(stored: str) -> Visit:
    """Return the visit that `encode_visit` wrote.

    Raises:
        KeyError, TypeError, ValueError: If the text is something else.
    """
    raw = _object(json.loads(stored))
    data = _Reader(raw)
    topics = raw["topics"]
    return Visit(
        title=data.text("title") or "",
        host=data.many("host", _read_party),
        visitors=data.many("visitors", _read_party),
        date_text=data.one("date_text", str),
        date_first=data.day("date_first"),
        date_last=data.day("date_last"),
        places=data.many("places", str),
        head_of_delegation=data.one("head_of_delegation", _read_person),
        deputy_heads=data.many("deputy_heads", _read_person),
        host_leads=data.many("host_leads", _read_person),
        participants=data.one("participants", _read_int),
        document_numbers=data.many("document_numbers", str),
        topics=tuple(map(str, topics)) if isinstance(topics, list) else (),
        source_url=data.text("source_url"),
        published=data.day("published"),
    )
