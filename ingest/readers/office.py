"""Formats of older office programs: RTF here, Word and Excel 97-2003 through LibreOffice."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from hochoi.errors import (
    EmptyTextError,
    PasswordNeededError,
    ToolMissingError,
    UnreadableFileError,
)
from hochoi.types import SourceFile
from ingest.legacy_encodings import repaired
from ingest.markup import Page, visible_lines
from ingest.readers.found import Found
from ingest.sandbox import (
    allow_more_memory,
    allow_more_time,
    harmless_environment,
    scratch_folder,
)
from ingest.tables import table_lines

CONVERSION_SECONDS = 90
_FOLDERS = ("HOME", "TMPDIR")  # where LibreOffice leaves things
_MAX_RTF_MB = 10
_SHEET = "Workbook".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_rtf(source: SourceFile) -> Found:
    """Return what an RTF document shows.

    Raises:
        UnreadableFileError: If it is damaged.
        EmptyTextError: If it shows no letter.
    """
    from striprtf.striprtf import rtf_to_text

    if len(source.content) > _MAX_RTF_MB * 2**20:
        raise UnreadableFileError(source.name, f"it is RTF of more than {_MAX_RTF_MB} MB")
    try:
        plain = rtf_to_text(  # type: ignore[no-untyped-call]
            source.content.decode("latin-1"), encoding="cp1258", errors="replace"
        )
    except (ValueError, IndexError, KeyError, LookupError, RecursionError) as exc:
        raise UnreadableFileError(source.name, "it is damaged RTF") from exc
    text, hidden = repaired("\n".join(_with_tables(plain.split("\n"))))
    lines = visible_lines(text)
    if not lines:
        raise EmptyTextError(source.name)
    warnings = (f"encoding|{hidden}",) if hidden else ()
    return Found("rtf", Page(lines, lines, (), (), {}), warnings=warnings)


def _with_tables(lines: list[str]) -> list[str]:
    """Return lines with the rows of tables, whose cells end in a bar, turned into lines."""
    shown: list[str] = []
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if line.rstrip().endswith("|"):
            rows.append(line.rstrip().removesuffix("|").split("|"))
            continue
        shown += table_lines(rows)
        rows = []
        shown.append(line)
    return shown


def modern_form(source: SourceFile) -> SourceFile:
    """Return a Word or Excel 97-2003 file as DOCX or XLSX.

    Raises:
        PasswordNeededError: If it is encrypted.
        ToolMissingError: If LibreOffice is not installed.
        UnreadableFileError: If it cannot convert the file.
    """
    if _ENCRYPTED in source.content:
        raise PasswordNeededError(source.name)
    program = shutil.which("soffice")
    if program is None:
        raise ToolMissingError(source.name, "LibreOffice")
    is_sheet = _SHEET in source.content and "WordDocument".encode("utf-16-le") not in source.content
    before, after = ("xls", "xlsx") if is_sheet else ("doc", "docx")
    allow_more_time(CONVERSION_SECONDS)
    with TemporaryDirectory(prefix="hochoi-", dir=scratch_folder()) as folder:
        path = Path(folder) / f"report.{before}"
        path.write_bytes(source.content)
        command = [
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
            "--convert-to", after, "--outdir", folder, str(path),
        ]  # fmt: skip
        try:
            subprocess.run(
                command, capture_output=True, timeout=CONVERSION_SECONDS, check=True, cwd=folder,
                env=harmless_environment() | dict.fromkeys(_FOLDERS, folder),
                preexec_fn=allow_more_memory,
            )  # fmt: skip
            return SourceFile(source.name, path.with_suffix(f".{after}").read_bytes())
        except (subprocess.SubprocessError, OSError) as exc:
            raise UnreadableFileError(source.name, "LibreOffice cannot convert it") from exc
