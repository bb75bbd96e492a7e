"""The address of a browse page -> what the reader wants to see, and back.

Every link of these pages is made here, so that whatever is chosen stays chosen. A value that
makes no sense is left out and named, never guessed.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeVar
from urllib.parse import urlencode

from hochoi.browsing import Column, Names, Role, VisitFilter
from hochoi.provinces import ProvinceTable
from hochoi.text import nfc

PATH = "/visits"
CSV_PATH = "/visits.csv"
_MAX_CHARS = 200
E = TypeVar("E", bound=Enum)


class View(Enum):
    """A way to look at visits."""

    TABLE = "table"
    TIMELINE = "timeline"
    NETWORK = "network"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    filter: VisitFilter = field(default_factory=VisitFilter)
    view: View = View.TABLE
    names: Names = Names.THEN
    column: Column = Column.DATE
    descending: bool = True
    page: int = 1
    provinces_only: bool = False  # of the network
    ignored: tuple[str, ...] = field(default=(), compare=False)  # names of bad parameters

    def url(self, path: str = PATH) -> str:
        """Return the address that asks for this; what is default is left out."""
        pairs = self.pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of the address, defaults left out."""
        f = self.filter
        chosen = [
            ("view", self.view.value if self.view is not View.TABLE else ""),
            ("q", f.words),
            ("province", f.province or ""),
            ("role", f.role.value if f.role is not Role.ANY else ""),
            ("host", f.host or ""),
            ("visitor", f.visitor or ""),
            ("year", str(f.year or "")),
            ("topic", f.topic or ""),
            ("all", "1" if f.is_everything else ""),
            ("names", self.names.value if self.names is not Names.THEN else ""),
            ("sort", self.column.value if self.column is not Column.DATE else ""),
            ("up", "" if self.descending else "1"),
            ("provinces", "1" if self.provinces_only else ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        return [(name, value) for name, value in chosen if value]

    def behind(self, **changes: object) -> str:
        """Return the address of the table with these filter values changed: what lies behind."""
        changed = replace(self.filter, **changes)  # type: ignore[arg-type]
        return replace(self, filter=changed, view=View.TABLE, page=1).url()


def read_address(
    parameters: Mapping[str, str], provinces: ProvinceTable, topics: Collection[str]
) -> Wanted:
    """Return what an address asks for.

    Args:
        parameters: Of the address, as they came.
        provinces: To know a province by any of its spellings.
        topics: The known codes.
    """
    read = _Reader({k: nfc(v).strip() for k, v in parameters.items()})
    chosen = VisitFilter(
        words=read.text("q") or "",
        province=read.known("province", lambda name: provinces.canonical(name) is not None),
        role=read.one_of("role", Role.ANY),
        host=read.text("host"),
        visitor=read.text("visitor"),
        year=read.number("year", 1900, 2199),
        topic=read.known("topic", lambda code: code in topics),
        is_everything=read.flag("all"),
    )
    return Wanted(
        filter=chosen,
        view=read.one_of("view", View.TABLE),
        names=read.one_of("names", Names.THEN),
        column=read.one_of("sort", Column.DATE),
        descending=not read.flag("up"),
        page=read.number("page", 1, 100_000) or 1,
        provinces_only=read.flag("provinces"),
        ignored=tuple(read.ignored),
    )


class _Reader:
    """Reads typed values out of parameters and notes those that make no sense."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self._parameters = parameters
        self.ignored: list[str] = []

    def text(self, name: str) -> str | None:
        value = self._parameters.get(name, "")
        if len(value) > _MAX_CHARS or not (value.isprintable() or not value):
            self.ignored.append(name)
            return None
        return value or None

    def known(self, name: str, is_known: Callable[[str], bool]) -> str | None:
        value = self.text(name)
        if value is None or is_known(value):
            return value
        self.ignored.append(name)
        return None

    def number(self, name: str, least: int, most: int) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if value.isascii() and value.isdigit() and least <= int(value) <= most:
            return int(value)
        self.ignored.append(name)
        return None

    def one_of(self, name: str, default: E) -> E:
        value = self.text(name)
        found = {str(member.value): member for member in type(default)}.get(value or "")
        if value is not None and found is None:
            self.ignored.append(name)
        return found or default

    def flag(self, name: str) -> bool:
        return self.text(name) == "1"
