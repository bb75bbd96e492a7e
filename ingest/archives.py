"""ZIP archive or saved mail -> the files in it. Nothing is written to the disk."""

import stat
import zipfile
from collections.abc import Iterator

from hochoi.errors import EmptyTextError, IngestError, LimitExceededError
from hochoi.types import SourceFile
from ingest.files import label
from ingest.readers.containers import open_container
from ingest.readers.kinds import Kind, kind_of
from ingest.readers.mail import attached

_UTF8_NAME = 0x800  # flag of an entry


def is_archive(source: SourceFile) -> bool:
    """Whether a file holds other files: a ZIP archive, office documents apart, or saved mail."""
    return _is_zip(source) or kind_of(source.content) is Kind.MAIL


def _is_zip(source: SourceFile) -> bool:
    return source.content[:2] == b"PK" and kind_of(source.content) is Kind.ZIP


def unpacked(source: SourceFile, max_bytes: int) -> Iterator[SourceFile | IngestError]:
    """Yield the files of an archive; a mail, then what is attached to it; any other file itself.

    Raises:
        IngestError: As `members`, or if the archive holds no file.
    """
    if not _is_zip(source):
        yield from _with_attachments(source, max_bytes)
        return
    is_empty = True
    for found in members(source, max_bytes):
        is_empty = False
        if isinstance(found, SourceFile):
            yield from _with_attachments(found, max_bytes)
        else:
            yield found
    if is_empty:
        raise EmptyTextError(source.name)


def contents_of(source: SourceFile, max_bytes: int) -> list[SourceFile | IngestError]:
    """Return what `unpacked` yields; what it raises stands last."""
    found: list[SourceFile | IngestError] = []
    try:
        for one in unpacked(source, max_bytes):
            found.append(one)
    except IngestError as exc:
        found.append(exc)
    return found


def _with_attachments(source: SourceFile, max_bytes: int) -> Iterator[SourceFile | IngestError]:
    """Yield a file and, of a mail, the files attached to it, those of attached archives too."""
    yield source
    if kind_of(source.content) is not Kind.MAIL:
        return
    for name, content in attached(source):
        part = SourceFile(label(f"{source.name}/{name}"), content)
        try:
            yield from members(part, max_bytes) if _is_zip(part) else [part]
        except IngestError as exc:
            yield exc


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
        if name.endswith("/") or is_hidden or stat.S_ISLNK(entry.external_attr >> 16):
            continue
        shown = label(f"{source.name}/{name}")
        if entry.file_size > max_bytes:
            limit, size = max_bytes // 2**20, entry.file_size / 2**20
            yield LimitExceededError(shown, f"{limit} MB", f"{size:.1f} MB")
            continue
        try:
            yield SourceFile(shown, container.content(entry))
        except IngestError as exc:
            exc.file_name = shown
            yield exc


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; one without a mark is UTF-8, else Vietnamese Windows."""
    given = entry.filename or "?"
    if entry.flag_bits & _UTF8_NAME:
        return given
    try:
        raw = given.encode("cp437")
    except UnicodeEncodeError:
        return given
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1258", "replace")
