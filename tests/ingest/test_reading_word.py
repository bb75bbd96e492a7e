"""Office documents: all that is shown, in reading order, rows of tables with their columns."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from hochoi.errors import EmptyTextError, PasswordNeededError, ToolMissingError
from hochoi.types import Extraction, SourceFile
from ingest.chunking import chunk
from ingest.readers import read
from ingest.tables import table_lines
from tests.ingest.documents import BODY, LEAD, TITLE, docx, odt, paragraph, run, table

LETTERHEAD = table(
    [
        ["SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Số: 12/BC-SNV", "Huế, ngày 9 tháng 5 năm 2025"],
    ]
)
MEMBERS = [
    ["STT", "Họ và tên", "Chức vụ"],
    ["1", "Nguyễn Văn Bình", "Giám đốc"],
    ["2", "Trần Thị Mai", ""],
]
ROWS = ["STT: 1; Họ và tên: Nguyễn Văn Bình; Chức vụ: Giám đốc", "STT: 2; Họ và tên: Trần Thị Mai"]


def extract(content: bytes) -> Extraction:
    return read(SourceFile("báo cáo", content), 10**8)


def test_docx_gives_letterhead_headings_paragraphs_and_rows_in_reading_order() -> None:
    found = extract(
        docx(
            LETTERHEAD,
            paragraph("BÁO CÁO"),
            paragraph(TITLE),
            paragraph("I. Kết quả", "Heading1"),
            paragraph(LEAD),
            table(MEMBERS),
            paragraph(BODY),
        )
    )
    assert (found.title, found.format, found.headings) == (TITLE, "docx", ("I. Kết quả",))
    assert found.text.split("\n")[2:] == [
        "SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/BC-SNV",
        "Huế, ngày 9 tháng 5 năm 2025", "BÁO CÁO", "I. Kết quả", LEAD, *ROWS, BODY,
    ]  # fmt: skip
    assert found.warnings == ()


def test_docx_keeps_inserted_text_boxes_and_notes_and_leaves_out_what_is_not_shown() -> None:
    inner = paragraph("Chữ trong khung.")
    box = f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"
    fallback = (
        f"<mc:AlternateContent><mc:Choice>{run('một ')}</mc:Choice>"
        f"<mc:Fallback>{run('HAI LẦN ')}</mc:Fallback></mc:AlternateContent>"
    )
    tracked = (
        f"<w:ins>{run('được thêm ')}</w:ins><w:del><w:r><w:delText>ĐÃ XÓA</w:delText></w:r></w:del>"
    )
    notes = f'<w:footnotes xmlns:w="w">{paragraph("Ghi chú cuối trang.")}</w:footnotes>'
    found = extract(
        docx(
            paragraph(TITLE),
            paragraph(LEAD, inside=box),
            paragraph("", inside=fallback + tracked + run("chữ.")),
            parts={"word/footnotes.xml": notes},
        )
    )
    assert found.text.split("\n")[2:] == [
        LEAD, "Chữ trong khung.", "một được thêm chữ.", "Ghi chú cuối trang.",
    ]  # fmt: skip
    assert found.warnings == ()


def test_docx_in_old_fonts_is_converted_run_by_run_and_says_so() -> None:
    found = extract(
        docx(
            paragraph("", inside=run("§oµn c«ng t¸c tØnh Hµ Nam ", ".VnTimeH")),
            paragraph(
                "", inside=run("Ngµy 5/5 ®oµn ®Õn ", ".VnTime") + run("Hueá gaëp", "VNI-Times")
            ),
            paragraph("", inside=run("µ và § giữ nguyên.", "Arial")),
        )
    )
    assert found.text == (
        "ĐOÀN CÔNG TÁC TỈNH HÀ NAM\n\nNgày 5/5 đoàn đến Huế gặp\nµ và § giữ nguyên."
    )
    assert found.warnings == ("encoding|tcvn3", "encoding|vni")


def test_odt_gives_headings_lists_tables_and_notes() -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in MEMBERS
    )
    found = extract(
        odt(
            f"<text:tracked-changes><text:p>ĐÃ XÓA</text:p></text:tracked-changes>"
            f"<text:p>{TITLE}</text:p><text:h>I. Kết quả</text:h>"
            f"<text:p>{LEAD}<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>Ghi chú.</text:p></text:note-body></text:note></text:p>"
            "<text:list><text:list-item><text:p>Quận<text:s/>1</text:p></text:list-item></text:list>"
            f"<table:table>{rows}</table:table>"
        )
    )
    assert (found.title, found.format, found.headings) == (TITLE, "odt", ("I. Kết quả",))
    assert found.text.split("\n")[2:] == [
        "I. Kết quả", LEAD, "Ghi chú.", "- Quận 1", *ROWS,
    ]  # fmt: skip


def test_rtf_gives_its_paragraphs_and_rows() -> None:
    letters = "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in f"{TITLE}\\par {LEAD}\\par ")
    found = extract(f"{{\\rtf1\\ansi {letters}}}".encode())
    assert (found.title, found.format) == (TITLE, "rtf")
    assert found.text.split("\n")[2:] == [LEAD]


def test_workbook_gives_a_line_per_row_as_the_sheet_shows_it() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([TITLE])
    for row in (
        ["STT", "Nội dung", "Ngày", "Tỷ lệ"],
        [1, "Một cửa", date(2025, 5, 9), 0.955],
        [2, "Số hóa; lưu trữ.", None, 97.25],
    ):
        sheet.append(row)
    sheet["D3"].number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    found = extract(stream.getvalue())
    assert (found.title, found.format) == (TITLE, "xlsx")
    assert found.text.split("\n")[2:] == [
        "STT: 1; Nội dung: Một cửa; Ngày: 09/05/2025; Tỷ lệ: 95,5%",
        "STT: 2; Nội dung: Số hóa; lưu trữ. Tỷ lệ: 97,25",
    ]


@pytest.mark.parametrize("sign", [";", "\t", ","])
def test_separated_values_are_rows_whatever_the_sign(sign: str) -> None:
    rows = [["STT", "Đơn vị", "Ngày"], ["1", "Sở Nội vụ", "5/5"], ["2", "Huế", "6/5"]]
    found = extract("\n".join(sign.join(row) for row in rows).encode())
    assert found.format == "csv"
    assert "STT: 2; Đơn vị: Huế; Ngày: 6/5" in found.text.split("\n")


def test_prose_with_commas_is_no_table() -> None:
    prose = "Đoàn, gồm Sở, thăm Huế.\nNgày đầu, đoàn, đến một cửa.\nNgày sau, đoàn, về tỉnh."
    assert extract(prose.encode()).format == "txt"


def test_every_row_of_a_long_table_names_its_columns_in_its_passage() -> None:
    rows = [["STT", "Nội dung học tập"], *([str(n), f"Mô hình số {n} " * 9] for n in range(60))]
    found = extract(docx(paragraph(TITLE), table(rows)))
    passages = chunk("r", found.text)
    assert len(passages) > 3
    for passage in passages:
        assert "Nội dung học tập: " in passage.text
        assert found.text[passage.start : passage.end] == passage.text


def test_table_lines_of_a_layout_are_the_paragraphs_of_its_cells() -> None:
    assert table_lines([["Nơi nhận:\n- Như trên", "KT. GIÁM ĐỐC"], ["", "Trần A"]]) == [
        "Nơi nhận:", "- Như trên", "KT. GIÁM ĐỐC", "Trần A",
    ]  # fmt: skip


def test_table_lines_heading_across_a_table_stands_alone() -> None:
    rows = [["STT", "Tên", "Ngày"], ["A. Tỉnh"], ["1", "Hà Nam", "5/5"], ["2", "Huế", "6/5"]]
    assert table_lines(rows)[0] == "A. Tỉnh"


def test_old_word_file_without_the_program_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ToolMissingError, match="LibreOffice"):
        extract(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_encrypted_office_files_need_a_password() -> None:
    package = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
    for content in (package, odt("<text:p>x</text:p>", "<m><encryption-data/></m>")):
        with pytest.raises(PasswordNeededError):
            extract(content)


@pytest.mark.parametrize("content", [docx(paragraph("")), odt("<text:p> </text:p>")])
def test_office_document_without_letters_is_empty(content: bytes) -> None:
    with pytest.raises(EmptyTextError):
        extract(content)
