"""Bytes -> kind of file, by their beginning and, for archives, by their entries."""

import io
import re
import zipfile
from enum import Enum


class Kind(Enum):
    """What a file is; the value names it in English."""

    TEXT = "text"
    PDF = "PDF"
    DOCX = "Word document"
    XLSX = "Excel workbook"
    ODT = "OpenDocument text"
    RTF = "RTF"
    MAIL = "mail"
    OLE = "Word or Excel 97-2003 file"
    OFFICE = "other office document"
    IMAGE = "image"
    ZIP = "ZIP archive"
    PROGRAM = "program"
    ARCHIVE = "archive of another kind"
    DATABASE = "database"


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF", Kind.PDF),
    (b"\xd0\xcf\x11\xe0", Kind.OLE),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"\x7fELF", Kind.PROGRAM),
    (b"MZ", Kind.PROGRAM),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"7z\xbc\xaf", Kind.ARCHIVE),
    (b"Rar!", Kind.ARCHIVE),
    (b"SQLite format 3", Kind.DATABASE),
)
_PDF_WITHIN = 1024  # bytes that may stand before the header of a PDF
_TOP_OF_MAIL = 2**15  # bytes
_MAIL = re.compile(rb"(?:mime-version|from|message-id|received):", re.IGNORECASE)
_WORD = re.compile(r"word/document\d*\.xml")


def kind_of(content: bytes) -> Kind:
    """Return the kind of a file. What has no mark of its own is taken for text."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.IMAGE
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content[:2] == b"BM" and content[6:10] == b"\0\0\0\0":
        return Kind.IMAGE
    if _is_mail(content):
        return Kind.MAIL
    return Kind.PDF if _starts_late(content) else Kind.TEXT


def _is_mail(content: bytes) -> bool:
    """Whether a file begins with the header that mail programs write, not with a pasted one."""
    header = re.split(rb"\r?\n\r?\n", content[:_TOP_OF_MAIL], maxsplit=1)[0]
    if re.match(rb"[A-Za-z][A-Za-z0-9-]*:", header) is None:
        return False
    fields = {m[0].lower() for line in header.split(b"\n") if (m := _MAIL.match(line))}
    return b"mime-version:" in fields and len(fields) > 1


def _starts_late(content: bytes) -> bool:
    """Whether the header of a PDF stands behind a few other bytes, as mail programs leave it."""
    top = content[:_PDF_WITHIN]
    return re.search(rb"%PDF-\d\.\d", top) is not None and b"%%EOF" in content[-_PDF_WITHIN:]


def _kind_of_zip(content: bytes) -> Kind:
    """Return what a ZIP container is by the names of its entries; a damaged one is an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if _is_small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError):
        return Kind.ZIP
    if any(_WORD.fullmatch(name) for name in names):
        return Kind.DOCX
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return Kind.ODT
    is_office = mimetype.startswith(b"application/vnd.") or "[Content_Types].xml" in names
    return Kind.OFFICE if is_office else Kind.ZIP


def _is_small(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist() and archive.getinfo(name).file_size < 1000
