"""A record of two small reports, for the tests of the store."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import overload

from hochoi.store import Publication, Store
from tests.fakes import make_report

TABLES = ("originals", "reports", "passages", "vectors", "commits")
VINH_LONG = make_report("aaaa", "Vĩnh Long đón đoàn", "Đoàn gồm 9 người 🎉.", "Đoàn về ngày 4/5.")
LAO_CAI = make_report("bbbb", "Lào Cai họp trực tuyến", "Hai điểm cầu.")


def publish(store: Store, *items: Publication, encoder: str = "e") -> None:
    """Publish in one transaction."""
    store.publish_many(items, encoder=encoder)


def rows(path: Path) -> dict[str, int]:
    """Return the number of rows per table, as another program sees them."""
    with closing(sqlite3.connect(path)) as db:
        return {t: db.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in TABLES}


def run_sql(path: Path, script: str) -> None:
    """Change the record behind the back of the store."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)


class Watched(Sequence[Publication]):
    """Publications that do something before the last one is handed over for writing."""

    def __init__(self, items: Sequence[Publication], act: Callable[[], object]) -> None:
        self._items, self._act, self._passes = items, act, 0

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Publication: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Publication]: ...
    def __getitem__(self, index: int | slice) -> Publication | Sequence[Publication]:
        return self._items[index]

    def __iter__(self) -> Iterator[Publication]:
        self._passes += 1
        yield from self._items[:-1]
        if self._passes == 2:  # the first pass only checks lengths
            self._act()
        yield self._items[-1]
