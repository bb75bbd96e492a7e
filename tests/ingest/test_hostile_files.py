"""Files made to harm: each is refused with its reason, or read whole; nothing is written."""

import io
import os
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hochoi.errors import (
    EmptyTextError,
    IngestError,
    PasswordNeededError,
    TooManyPartsError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from hochoi.settings import load_settings
from hochoi.types import SourceFile
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.intake import IngestStatus
from ingest.pipeline import ingest_paths, ingest_source
from ingest.readers import read
from tests.fakes import SyllableEncoder
from tests.ingest.documents import LEAD, TITLE, docx, odt, paragraph, pdf, zipped
from ui.wording import error_sentence


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = replace(load_settings(tmp_path_factory.mktemp("h") / "var", {}), max_file_mb=5)
    with open_workspace(settings, Purpose.WRITE, encoder=SyllableEncoder()) as workspace:
        yield workspace


def refusal(content: bytes) -> IngestError:
    with pytest.raises(IngestError) as caught:
        read(SourceFile("báo cáo", content), 10**8)
    sentence = error_sentence(caught.value)
    assert sentence.startswith(("Tệp “báo cáo” ", "Đọc tệp “báo cáo” ", "Để đọc tệp “báo cáo”"))
    return caught.value


def nested(depth: int) -> str:
    return "<w:sdt>" * depth + paragraph(LEAD) + "</w:sdt>" * depth


ENTITIES = '<!DOCTYPE w [<!ENTITY b "haha"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (docx(paragraph(TITLE), parts={"word/media/a.bmp": bytes(201 * 2**20)}), TooManyPartsError),
        (docx("<w:p><w:r><w:t>" + "a" * (65 * 2**20) + "</w:t></w:r></w:p>"), TooManyPartsError),
        (docx(parts={f"{n}": "" for n in range(2001)}), TooManyPartsError),
        (docx(paragraph("&b;&c;"), prolog=ENTITIES), UnreadableFileError),
        (docx(nested(100_000)), UnreadableFileError),
        (docx("<w:p>"), UnreadableFileError),
        (odt("<text:p>" * 3000), UnreadableFileError),
        (b"{\\rtf1" + b"{" * 100_000, EmptyTextError),
        (b"<html><body>" + b"<div>" * 100_000 + b"x", UnreadableFileError),
        (b"%PDF-1.7\n%%EOF", UnreadableFileError),
        (b"MZ" + bytes(100), UnsupportedFormatError),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), UnreadableFileError),
        (b"\x00" * 1000, UnsupportedFormatError),
        (b" \n\t" * 1000, EmptyTextError),
    ],
    ids=[
        "media bomb", "one large part", "many entries", "entities", "deep word", "cut word",
        "deep text", "deep rtf", "deep page", "empty pdf", "program", "broken picture", "zeros",
        "spaces",
    ],
)  # fmt: skip
def test_hostile_file_is_refused_with_one_sentence(content: bytes, kind: type[IngestError]) -> None:
    started = time.monotonic()
    assert isinstance(refusal(content), kind)
    assert time.monotonic() - started < 20


def test_word_document_nested_300_deep_is_read_whole() -> None:
    assert LEAD in read(SourceFile("a", docx(nested(300))), 10**8).text


def test_encrypted_archive_needs_a_password() -> None:
    content = bytearray(docx(paragraph(TITLE)))
    for place in range(len(content) - 4):
        if content[place : place + 4] == b"PK\x01\x02":
            content[place + 8] |= 1  # every entry claims to be encrypted
    assert isinstance(refusal(bytes(content)), PasswordNeededError)


def test_picture_of_65_535_by_65_535_dots_is_never_unpacked() -> None:
    def part(name: bytes, data: bytes) -> bytes:
        return (
            len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
        )

    size = (65535).to_bytes(4, "big")
    rows = zlib.compress(bytes(10**6))
    png = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size + size + b"\x08\0\0\0\0") + part(b"IDAT", rows)
    error = refusal(png + part(b"IEND", b""))
    assert isinstance(error, TooManyPartsError)
    assert error.part == "pixels"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf(f"{TITLE}\n{LEAD}"), LEAD),
        (docx(paragraph(TITLE), paragraph(LEAD)), LEAD),
        (f"{TITLE}\n{LEAD}".encode(), LEAD),
        (f"<html><body><h1>{TITLE}</h1><p>{LEAD}</p></body></html>".encode(), LEAD),
    ],
    ids=["pdf", "docx", "txt", "html"],
)
@pytest.mark.parametrize("name", ["a.exe", "b.pdf", "c.docx", "d.txt", "không đuôi"])
def test_wrong_ending_changes_nothing(content: bytes, words: str, name: str) -> None:
    assert words in read(SourceFile(name, content), 10**8).text


NAMES = [
    "../../x", "..\\..\\x", "/etc/passwd", "%2e%2e%2fx", "con.pdf", "a" * 300, "dấu chấm. ",
    "a\x00b", "a\nb", "a;rm -rf.txt", "a'\"b", "😀.txt", "\u202etxt.exe", "a\u200bb", "раsswd",
    "e\u0302\u0301.txt", "-rf", "~/x", "$(touch x)", "`id`", "a\tb", "..", ".", "nul",
    "\\\\host\\x", "file:///etc/passwd",
]  # fmt: skip


def test_hostile_names_are_labels_and_no_file_appears_outside_the_library(
    ws: Workspace, tmp_path: Path
) -> None:
    before = set(os.listdir(tmp_path))
    for n, name in enumerate(NAMES):
        source = SourceFile(name, f"Đoàn số {n} thăm Huế\nNgày {n + 1}/5/2025, đoàn đến.".encode())
        result = ingest_source(ws, source)
        assert result.status in (IngestStatus.ADDED, IngestStatus.HELD)
    assert set(os.listdir(tmp_path)) == before
    assert {p.name for p in ws.settings.var.iterdir()} <= {
        "library.sqlite3", "library.sqlite3-journal", "index", "lexical", "writer.lock",
        "index.lock", "index.json", "people.sqlite3",
    }  # fmt: skip


def test_archive_gives_its_files_and_refuses_the_bad_ones_alone(
    ws: Workspace, tmp_path: Path
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tháng 5/một.txt", f"{TITLE} một\n{LEAD}")
        archive.writestr("../../thoát.docx", docx(paragraph(f"{TITLE} hai"), paragraph(LEAD)))
        archive.writestr("rỗng.txt", "")
        archive.writestr("trong.zip", zipped({"a.txt": "x"}))
        archive.writestr("__MACOSX/._một.txt", "x")
        archive.writestr("lớn.txt", "a" * (6 * 2**20))
        link = zipfile.ZipInfo("liên kết.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    path = tmp_path / "nhiều.zip"
    path.write_bytes(stream.getvalue())
    results = list(ingest_paths(ws, [path]))
    assert [(r.file_name, r.status.value, type(r.error).__name__) for r in results[2:]] == [
        ("nhiều.zip/rỗng.txt", "refused", "EmptyTextError"),
        ("nhiều.zip/trong.zip", "refused", "UnsupportedFormatError"),
        ("nhiều.zip/lớn.txt", "refused", "LimitExceededError"),
    ]
    assert [r.file_name for r in results[:2]] == [
        "nhiều.zip/tháng 5/một.txt", "nhiều.zip/../../thoát.docx",
    ]  # fmt: skip
    assert {r.status.value for r in results[:2]} <= {"added", "held"}
    assert os.listdir(tmp_path) == ["nhiều.zip"]


def test_archive_that_is_damaged_or_empty_is_refused_once(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + bytes(50))
    (tmp_path / "b.zip").write_bytes(zipped({}))
    results = list(ingest_paths(ws, [tmp_path / "a.zip", tmp_path / "b.zip"]))
    assert [type(r.error).__name__ for r in results] == ["UnreadableFileError", "EmptyTextError"]
