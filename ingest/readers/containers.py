"""ZIP containers of foreign files, opened within limits: entries, unpacked size, no passwords."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

from hochoi.errors import PasswordNeededError, TooManyPartsError, UnreadableFileError
from hochoi.types import SourceFile

MAX_ENTRIES = 2000
MAX_UNPACKED_MB = 200
MAX_PART_MB = 64
MAX_DEPTH = 500

_ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError,
    RuntimeError, LookupError,
)  # fmt: skip
Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Container:
    """An open container whose directory keeps to the limits."""

    name: str
    archive: zipfile.ZipFile

    def part(self, path: str) -> bytes:
        """Return the bytes of a part, b"" when there is none.

        Raises:
            TooManyPartsError: If it unpacks to more than the directory or the limit says.
            UnreadableFileError: If it is damaged.
        """
        try:
            entry = self.archive.getinfo(path)
        except KeyError:
            return b""
        return self.content(entry)

    def content(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the bytes of an entry; several may have the same name.

        Raises:
            TooManyPartsError: If it unpacks to more than the directory or the limit says.
            UnreadableFileError: If it is damaged.
        """
        if entry.file_size > MAX_PART_MB * 2**20:
            megabytes = entry.file_size // 2**20
            raise TooManyPartsError(self.name, "megabytes unpacked", MAX_PART_MB, megabytes)
        try:
            with self.archive.open(entry) as part:
                return part.read(MAX_PART_MB * 2**20)
        except _DAMAGE as exc:
            raise UnreadableFileError(self.name, f"its part {entry.filename} is damaged") from exc


def open_container(source: SourceFile) -> Container:
    """Return a ZIP container.

    Raises:
        UnreadableFileError: If its directory is damaged.
        PasswordNeededError: If an entry is encrypted.
        TooManyPartsError: If it has too many entries, or they unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.content))
        entries = archive.infolist()
    except _DAMAGE as exc:
        raise UnreadableFileError(source.name, "its archive is damaged") from exc
    if len(entries) > MAX_ENTRIES:
        raise TooManyPartsError(source.name, "entries", MAX_ENTRIES, len(entries))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise PasswordNeededError(source.name)
    megabytes = sum(entry.file_size for entry in entries) // 2**20
    if megabytes > MAX_UNPACKED_MB:
        raise TooManyPartsError(source.name, "megabytes unpacked", MAX_UNPACKED_MB, megabytes)
    return Container(source.name, archive)


def walk_xml(
    name: str,
    content: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Call back for every element and text of an XML part, in order; names as they are written.

    Keeps nothing, so depth and size cost no memory.

    Raises:
        UnreadableFileError: If it is no well-formed XML, declares a document type (which could
            name other files or grow without end), or is nested too deeply.
    """
    parser = ParserCreate()
    parser.buffer_text = True
    depth = 0

    def enter(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise UnreadableFileError(name, "its markup is nested too deeply")
        start(tag, attributes)

    def leave(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    def refuse(*_: object) -> None:
        raise UnreadableFileError(name, "it declares a document type")

    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except ExpatError as exc:
        raise UnreadableFileError(name, f"its text is damaged ({exc})") from exc
