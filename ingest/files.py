"""Paths a person names -> source files. Does not look into their content."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from hochoi.errors import LimitExceededError, MissingFileError, UnreadableFileError
from hochoi.text import clean
from hochoi.types import SourceFile


def source_paths(paths: Iterable[Path]) -> Iterator[Path]:
    """Return files in order, folders walked by name; hidden files and links are left out."""
    for path in paths:
        if not os.path.isdir(path):  # Path.is_dir raises for a name that is too long
            yield path
            continue
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
            if inner.is_file() and not inner.is_symlink() and not hidden:
                yield inner


def load(path: Path, max_mb: int) -> SourceFile:
    """Return a file's bytes under its label.

    Raises:
        MissingFileError: If there is none.
        LimitExceededError: If it is larger than `max_mb`; it is not read then.
        UnreadableFileError: If it is no regular file or cannot be opened.
    """
    name = label(path.name)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe or device may never end
            raise UnreadableFileError(name, "not a regular file")
        if found.st_size > max_mb * 2**20:
            raise LimitExceededError(name, f"{max_mb} MB", f"{found.st_size / 2**20:.1f} MB")
        return SourceFile(name, path.read_bytes())
    except FileNotFoundError as exc:
        raise MissingFileError(label(str(path))) from exc
    except OSError as exc:
        raise UnreadableFileError(name, exc.strerror or str(exc)) from exc


def label(name: str) -> str:
    """Return a file name as it is stored and shown: one line of NFC text, without odd bytes."""
    readable = os.fsencode(name).decode("utf-8", "replace")
    return clean(readable).replace("\n", " ").replace("\t", " ")
