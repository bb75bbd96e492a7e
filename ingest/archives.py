"""ZIP archive of reports -> source files, one per entry. Nothing is written to the disk."""

import stat
import zipfile
from collections.abc import Iterator

from hochoi.errors import EmptyTextError, IngestError, LimitExceededError
from hochoi.types import SourceFile
from ingest.files import label
from ingest.readers.containers import open_container
from ingest.readers.kinds import Kind, kind_of

_UTF8_NAME = 0x800  # flag of an entry


def is_archive(source: SourceFile) -> bool:
    """Whether a file is a ZIP archive, and not an office document in the form of one."""
    return source.content[:2] == b"PK" and kind_of(source.content) is Kind.ZIP


def unpacked(source: SourceFile, max_bytes: int) -> Iterator[SourceFile | IngestError]:
    """Yield the files of an archive; a file of another kind is itself.

    Raises:
        IngestError: As `members`, or if the archive holds no file.
    """
    if not is_archive(source):
        yield source
        return
    is_empty = True
    for found in members(source, max_bytes):
        is_empty = False
        yield found
    if is_empty:
        raise EmptyTextError(source.name)


def members(source: SourceFile, max_bytes: int) -> Iterator[SourceFile | IngestError]:
    """Yield the files of an archive in its order, hidden ones and links left out.

    A file that cannot be unpacked, or is larger than `max_bytes`, comes as its error. Archives
    in archives come as they are, and no reader takes them.

    Raises:
        IngestError: If the archive keeps to no limits, is damaged or encrypted.
    """
    container = open_container(source)
    for entry in container.archive.infolist():
        name = _name(entry)
        parts = name.split("/")
        is_hidden = any(p.startswith((".", "__MACOSX")) and p.strip(".") for p in parts)
        if entry.is_dir() or is_hidden or stat.S_ISLNK(entry.external_attr >> 16):
            continue
        shown = label(f"{source.name}/{name}")
        if entry.file_size > max_bytes:
            limit, size = max_bytes // 2**20, entry.file_size / 2**20
            yield LimitExceededError(shown, f"{limit} MB", f"{size:.1f} MB")
            continue
        try:
            yield SourceFile(shown, container.part(entry.filename))
        except IngestError as exc:
            exc.file_name = shown
            yield exc


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; one without a mark is UTF-8, else Vietnamese Windows."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1258", "replace")
