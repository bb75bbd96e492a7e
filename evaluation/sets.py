"""The test sets that can be run: the shipped ones and those that people added."""

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.sheet import from_csv
from evaluation.testset import TestSet, read_testset
from hochoi.errors import NotFoundError, TestSetError
from hochoi.text import nfc

MAX_CSV_MB = 20
_NAME = re.compile(r"[\w][\w -]{0,59}")


@dataclass(frozen=True, slots=True)
class Known:
    """A test set by name; `problem` says why it cannot be read."""

    name: str
    folder: Path
    testset: TestSet | None
    problem: str | None = None


class TestSets:
    """Test sets below two folders: shipped ones, which are not changed, and added ones."""

    __test__ = False  # not a test class, whatever its name

    def __init__(self, shipped: Path, added: Path) -> None:
        """Look at two folders, which need not exist."""
        self._folders, self._added = (shipped, added), added
        self._read: dict[Path, tuple[tuple[object, ...], Known]] = {}

    def all(self) -> tuple[Known, ...]:
        """Return every set, shipped ones first, each part sorted by name."""
        return tuple(self._known(folder) for folder in self._paths())

    def find(self, name: str) -> Known:
        """Return the set of a name.

        Raises:
            NotFoundError: If there is none.
        """
        for folder in self._paths():
            if nfc(folder.name) == nfc(name):
                return self._known(folder)
        raise NotFoundError("test set", name)

    def labels(self) -> tuple[Path, ...]:
        """Return the files of visit fields labelled by reading: `visit_fields*.jsonl`."""
        return tuple(
            path for folder in self._folders for path in sorted(folder.glob("visit_fields*.jsonl"))
        )

    def labels_named(self, name: str) -> Path:
        """Return the file of labels of a name, without its ending.

        Raises:
            NotFoundError: If there is none.
        """
        for path in self.labels():
            if path.stem == name:
                return path
        raise NotFoundError("labelled visit fields", name)

    def is_added(self, known: Known) -> bool:
        """Whether people added this set, so that it may grow and go."""
        return known.folder.parent == self._added

    def checked_name(self, name: str) -> str:
        """Return the name under which a set can be added to, or made.

        Raises:
            TestSetError: If it is no good name, or that of a shipped set.
        """
        name = nfc(name).strip()
        if not _NAME.fullmatch(name):
            raise TestSetError(name, ["a name has letters, digits, spaces, hyphens; 1 to 60"])
        for folder in self._paths():
            if _folded(folder.name) == _folded(name):
                if folder.parent != self._added:
                    raise TestSetError(name, ["a shipped set is not changed"])
                return folder.name
        return name

    def add_csv(self, name: str, content: bytes) -> TestSet:
        """Add a set from a spreadsheet's CSV; nothing is added when it is bad.

        Raises:
            TestSetError: If the name is bad or taken, or the file or a row is bad.
            OSError: If the folder cannot be written.
        """
        name = self.checked_name(name)
        if any(_folded(folder.name) == _folded(name) for folder in self._paths()):
            raise TestSetError(name, ["a set of this name exists"])
        self._added.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=self._added) as folder:
            made = Path(folder) / name
            from_csv(content, f"{name}.csv", made)
            made.rename(self._added / name)
        return read_testset(self._added / name)

    def remove(self, name: str) -> None:
        """Delete an added set.

        Raises:
            NotFoundError: If no added set has that name.
        """
        known = self.find(name)
        if not self.is_added(known):
            raise NotFoundError("added test set", name)
        shutil.rmtree(known.folder)

    def _known(self, folder: Path) -> Known:
        """Return the set of a folder; its files are read again only when one has changed."""
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        state = tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in files)
        kept = self._read.get(folder)
        if kept is None or kept[0] != state:
            kept = self._read[folder] = (state, _known(folder))
        return kept[1]

    def _paths(self) -> Sequence[Path]:
        return [
            path
            for folder in self._folders
            if folder.is_dir()
            for path in sorted(folder.iterdir())
            if path.is_dir() and not path.name.startswith(".")
            if (path / "queries.jsonl").is_file()
        ]


def _known(folder: Path) -> Known:
    try:
        return Known(folder.name, folder, read_testset(folder))
    except TestSetError as exc:
        return Known(folder.name, folder, None, "; ".join(exc.rows))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
