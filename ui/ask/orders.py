"""What the page's buttons ask for, read from the text they send. Nothing else gets through."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum

from hochoi.people.opinions import Opinion
from hochoi.provinces import ProvinceTable
from hochoi.text import nfc
from hochoi.types import Filters

MAX_CHARS = 20_000


class Do(Enum):
    """What an order is about."""

    ASK = "ask"  # a starter, a choice, a follow-up
    AGAIN = "again"  # the last question once more
    WITHOUT = "without"  # the last question without one condition that was read from it
    WITH = "with"  # the same with that condition again
    EVERYWHERE = "everywhere"  # the last question without filters
    OPINION = "opinion"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Order:
    """One press of a button."""

    do: Do
    text: str = ""  # a question, or the key of a condition
    turn_id: int = 0  # the turn whose button it was
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around the question box when a question is sent."""

    filters: Filters = field(default_factory=Filters)
    edits: int | None = None  # id of the turn that the question takes the place of


def read_order(sent: str) -> Order:
    """Return the order that a button sent.

    Raises:
        ValueError: If it is none of ours.
    """
    data = _object(sent)
    do = Do(data.get("do"))
    turn_id = _turn_id(data.get("turn", 0))
    text = data.get("text", "")
    if turn_id is None or not isinstance(text, str):
        raise ValueError(f"an order with text {text!r} and turn {data.get('turn')!r}")
    return Order(do, text, turn_id, _opinion(data) if do is Do.OPINION else None)


def _opinion(data: dict[str, object]) -> Opinion:
    reasons, comment, is_good = data.get("reasons", []), data.get("comment", ""), data.get("good")
    if not isinstance(reasons, list) or not isinstance(comment, str):
        raise ValueError(f"an opinion with reasons {reasons!r}")
    if not isinstance(is_good, bool):
        raise ValueError(f"an opinion that is {is_good!r}")
    return Opinion(is_good, tuple(dict.fromkeys(map(str, reasons))), comment)


def read_context(sent: str, provinces: ProvinceTable, topics: Collection[str]) -> Context:
    """Return the filters that were chosen; what is empty or unknown restricts nothing."""
    data = _object(sent) if sent else {}
    province, year, topic = (data.get(name) for name in ("province", "year", "topic"))
    is_known = isinstance(province, str) and provinces.canonical(province) is not None
    return Context(
        Filters(
            province=nfc(str(province)) if is_known else None,
            year=int(str(year)) if str(year).isascii() and str(year).isdigit() else None,
            topic=str(topic) if topic in topics else None,
        ),
        edits=_turn_id(data.get("edits")),
    )


def _turn_id(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _object(sent: str) -> dict[str, object]:
    if len(sent) > MAX_CHARS:
        raise ValueError(f"an order of {len(sent)} characters")
    data = json.loads(sent)
    if not isinstance(data, dict):
        raise ValueError(f"an order that is a {type(data).__name__}")
    return data
