"""Documents that LibreOffice itself wrote, old forms among them, are read as what they say."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from hochoi.types import Extraction, SourceFile
from ingest.readers import read
from ingest.sandbox import Limits
from ingest.workers import Workers

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not installed: apt install libreoffice-writer-nogui"
    " libreoffice-calc-nogui (what it refuses without is in test_reading_word.py)",
)

TITLE = "Đoàn công tác tỉnh Sơn La thăm Thừa Thiên Huế"
LEAD = "Ngày 9/7/2023, đoàn do bà Nguyễn Thị Ạnh dẫn đầu đã đến học hỏi về một cửa."
PAGE = f"""<html><head><meta charset="utf-8"></head><body><h1>{TITLE}</h1><p>{LEAD}</p>
<table border="1"><tr><td>Nơi</td><td>Số hồ sơ</td></tr><tr><td>Huế</td><td>712</td></tr></table>
</body></html>"""
SHEET = "Nơi,Số hồ sơ\nHuế,712\nSơn La,305\n"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one text in four forms and one table, written by LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.html").write_text(PAGE, encoding="utf-8")
    (folder / "b.csv").write_text(SHEET, encoding="utf-8")
    convert(folder, "a.html", "odt", "--infilter=HTML (StarWriter)")
    for form in ("doc:MS Word 97", "rtf:Rich Text Format", "docx:MS Word 2007 XML"):
        convert(folder, "a.odt", form)
    convert(folder, "b.csv", "xls:MS Excel 97", "--infilter=CSV:44,34,76")
    return folder


def convert(folder: Path, name: str, form: str, *options: str) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *options]
    subprocess.run(
        [*command, "--convert-to", form, "--outdir", str(folder), str(folder / name)],
        check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    assert (folder / name).with_suffix("." + form.partition(":")[0]).is_file()


def extract(path: Path) -> Extraction:
    return read(SourceFile(path.name, path.read_bytes()), 2**26)


@pytest.mark.parametrize("name", ["a.odt", "a.rtf", "a.doc", "a.docx"])
def test_text_and_table_that_libreoffice_wrote_are_read_whole(written: Path, name: str) -> None:
    found = extract(written / name)
    assert found.text == f"{TITLE}\n\n{LEAD}\nNơi: Huế; Số hồ sơ: 712"
    assert found.warnings == ()


def test_old_sheet_is_read_row_by_row(written: Path) -> None:
    found = extract(written / "b.xls")
    assert found.text.split("\n") == [
        "Nơi: Huế; Số hồ sơ: 712", "", "Nơi: Sơn La; Số hồ sơ: 305",
    ]  # fmt: skip


def read_all(source: SourceFile) -> Extraction:
    return read(source, 2**26)


def test_old_document_is_read_by_a_confined_process(written: Path) -> None:
    source = SourceFile("a.doc", (written / "a.doc").read_bytes())
    with Workers(read_all, 1, Limits()) as workers:
        assert LEAD in workers.submit(source).result(timeout=150).text
