"""PDF: words in order, paragraphs whole, pages known, what is lost or recognised is told."""

import os
import re
from pathlib import Path

import pytest

from hochoi.errors import (
    EmptyTextError,
    PasswordNeededError,
    ToolMissingError,
    UnreadableFileError,
)
from hochoi.types import Extraction, SourceFile
from ingest.readers import read
from ingest.readers.pdf_check import check_pdf
from ingest.readers.pdf_layout import Line, paragraphs
from tests.ingest.documents import BODY, LEAD, TITLE, pdf, picture, scanned_pdf

PAGES = (
    f"{TITLE}\n{LEAD}",
    f"{BODY}\n- Quận 1;\n- Quận 10.",
    "Kết thúc chuyến đi, hai bên chia tay.",
)


def extract(content: bytes) -> Extraction:
    return read(SourceFile("báo cáo", content), 10**8)


def test_pdf_gives_whole_paragraphs_and_the_page_of_each() -> None:
    found = extract(pdf(*PAGES))
    assert found.format == "pdf"
    assert found.text.split("\n") == [
        TITLE, "", LEAD, BODY, "- Quận 1;", "- Quận 10.", "Kết thúc chuyến đi, hai bên chia tay.",
    ]  # fmt: skip
    assert found.warnings == ()
    assert [found.text[start:].split()[0] for start in found.pages] == ["Đoàn", "Thành", "Kết"]


def test_pdf_paragraph_that_goes_on_overleaf_is_one_and_its_page_begins_inside() -> None:
    half = LEAD.index("kinh nghiệm cải")
    found = extract(pdf(f"{TITLE}\n{LEAD[:half].strip()}", f"{LEAD[half:]}\n{BODY}"))
    assert LEAD in found.text
    assert found.text[found.pages[1] :].startswith("kinh nghiệm cải cách")


def test_paragraphs_join_full_lines_only() -> None:
    def line(text: str, left: float, right: float, bottom: float) -> Line:
        return Line(text, left, right, bottom, 9)

    lines = [
        line("BÁO CÁO", 200, 300, 700), line("Ngày 5/5/2025, đoàn công tác", 86, 500, 680),
        line("đến Huế.", 72, 120, 664), line("Hai bên trao đổi về cải cách", 86, 500, 648),
        line("a) Một cửa, hồ sơ trực tuyến,", 72, 500, 632), line("số hóa.", 72, 110, 616),
        line("7", 280, 285, 40),
    ]  # fmt: skip
    assert paragraphs(lines) == [
        "BÁO CÁO", "Ngày 5/5/2025, đoàn công tác đến Huế.", "Hai bên trao đổi về cải cách",
        "a) Một cửa, hồ sơ trực tuyến, số hóa.",
    ]  # fmt: skip


def test_pdf_with_letters_out_of_order_is_put_in_order() -> None:
    """Some programs write accented letters apart, with a font of their own."""
    words = "Thành phố Huế tiếp đoàn cán bộ tỉnh Hà Nam đến học tập kinh nghiệm số hóa hồ sơ"
    found = extract(_shuffled(words))
    assert words in found.text.replace("\n", " ")


def _shuffled(words: str) -> bytes:
    """Return a PDF that draws the plain letters first and the accented ones after them."""
    from fpdf import FPDF

    from tests.ingest.documents import FONT

    document = FPDF()
    document.add_font("serif", "", FONT)
    document.set_font("serif", size=12)
    document.add_page()
    for first in (True, False):
        x = 20.0
        for letter in words:
            if letter != " " and letter.isascii() == first:
                document.text(x, 40, letter)
            x += document.get_string_width(letter)
    return bytes(document.output())


# -- pictures ----------------------------------------------------------------------------------

SCANNED = ("Đoàn công tác tỉnh Hà Nam thăm Huế", "Ngày 5/5/2025, đoàn gồm 12 người đến trao đổi.")


@pytest.mark.parametrize("content", [scanned_pdf(*SCANNED), picture(*SCANNED, kind="JPEG")])
def test_picture_of_a_page_is_recognised_and_said_to_be(content: bytes) -> None:
    found = extract(content)
    assert "đoàn gồm 12 người" in found.text
    assert "tỉnh Hà Nam" in found.text
    assert found.warnings[0] == "pages_recognised|1"


def test_picture_without_the_program_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ToolMissingError, match="tesseract"):
        extract(scanned_pdf(*SCANNED))


def test_pdf_with_one_page_unread_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    from fpdf import FPDF

    from tests.ingest.documents import FONT, scan

    document = FPDF()
    document.add_font("serif", "", FONT)
    document.set_font("serif", size=12)
    document.add_page()
    document.multi_cell(0, 7, f"{TITLE}\n{LEAD}")
    document.add_page()
    document.image(scan(*SCANNED), x=0, y=0, w=210)
    monkeypatch.setenv("PATH", "/nowhere")
    assert extract(bytes(document.output())).warnings == ("pages_unread|2",)


# -- damage ------------------------------------------------------------------------------------


def test_pdf_cut_off_or_damaged_inside_is_refused_or_told() -> None:
    whole = pdf(*PAGES)
    for share in (0.2, 0.5, 0.8, 0.95, 0.999):
        try:
            found = extract(whole[: int(len(whole) * share)])
        except (UnreadableFileError, EmptyTextError, ToolMissingError):
            continue
        assert found.warnings, share
    stream = re.search(rb"stream\r?\n", whole[whole.index(b"/FlateDecode") :])
    assert stream is not None
    place = whole.index(b"/FlateDecode") + stream.end() + 200
    broken = whole[:place] + bytes(b ^ 0x5A for b in whole[place : place + 8]) + whole[place + 8 :]
    assert any(w.startswith("damaged_parts|") for w in extract(broken).warnings)


def test_check_pdf_part_longer_than_its_length_says_is_damaged() -> None:
    whole = pdf(*PAGES)
    assert check_pdf(whole, 3).warnings == ()
    short = re.sub(rb"/Length \d+(\d\d)", rb"/Length 0\1", whole)
    assert any(w.startswith("damaged_parts|") for w in check_pdf(short, 3).warnings)


def test_pdf_whose_table_of_letters_is_damaged_says_so() -> None:
    """A letter written for another keeps the count of letters, so only the words show it."""
    words = f"{LEAD} {BODY} " * 3
    assert extract(pdf(f"{TITLE}\n{words}")).warnings == ()
    other = words.replace("n", "k").replace("t", "j")
    warnings = extract(pdf(f"{TITLE}\n{words}\n{other[:400]}")).warnings
    assert [w.split("|")[0] for w in warnings] == ["letters_doubtful"]


def test_pdf_that_opens_with_a_password_only_is_refused_and_an_owner_password_is_no_matter() -> (
    None
):
    with pytest.raises(PasswordNeededError):
        extract(pdf(*PAGES, password="secret"))
    assert LEAD in extract(pdf(*PAGES, owner="owner")).text


def test_pdf_page_without_a_letter_is_told() -> None:
    assert extract(pdf(PAGES[0], "", PAGES[2])).warnings == ("pages_empty|2",)


def test_pdf_without_letters_is_empty() -> None:
    with pytest.raises(EmptyTextError):
        extract(pdf(""))


def test_pdf_behind_other_bytes_is_found_by_its_content() -> None:
    assert LEAD in extract(b"\r\n" * 20 + pdf(*PAGES)).text


def test_reading_a_pdf_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    extract(scanned_pdf(*SCANNED))
    assert os.listdir(tmp_path) == []
