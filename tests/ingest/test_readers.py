"""Reading source files: by content, whole, and the same text however it was encoded."""

import subprocess
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hochoi.errors import (
    EmptyTextError,
    LimitExceededError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from hochoi.types import Extraction, SourceFile
from ingest.boilerplate import is_chrome
from ingest.markup import visible_lines
from ingest.readers import read

DATA = Path(__file__).parents[1] / "data" / "reports"
MAX_BYTES = 10 * 2**20
PLAIN = "Đoàn Hà Nam thăm Huế\nNgày 5/5/2025, đoàn gồm 12 người.\n- Quận 1\n"
PLAIN_TEXT = "Đoàn Hà Nam thăm Huế\n\nNgày 5/5/2025, đoàn gồm 12 người.\n- Quận 1"


def extract(content: str | bytes, name: str = "a") -> Extraction:
    data = content.encode() if isinstance(content, str) else content
    return read(SourceFile(name, data), MAX_BYTES)


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


# -- laws --------------------------------------------------------------------------------------

lines = st.lists(
    st.text(st.sampled_from("aăâbcdđeêghi oôơ ưuy áạ 12,.:;!?-\u0300\u0301"), max_size=80),
    min_size=1,
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(lines)
def test_read_any_text_is_nfc_starts_with_title_and_reads_the_same_again(parts: list[str]) -> None:
    try:
        first = extract("\n".join(parts))
    except EmptyTextError:
        assert all(is_chrome(line) for line in visible_lines("\n".join(parts)))
        return
    assert unicodedata.is_normalized("NFC", first.text)
    assert first.text.split("\n")[0] == first.title
    assert "\n\n\n" not in first.text
    again = extract(first.text)
    if again.format == "txt":
        assert (again.title, again.text) == (first.title, first.text)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_read_any_bytes_gives_text_or_a_known_refusal(content: bytes) -> None:
    title = "refused"
    with suppress(EmptyTextError, UnreadableFileError, UnsupportedFormatError):
        title = extract(content).title
    assert title


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "một",
                "*hai*",
                "`ba`",
                "[bốn](x)",
                "> năm",
                "1. sáu",
                "- bảy",
                "\n",
                "\n\n",
                "| tám |",
                "~~chín~~",
                "<b>mười</b>",
            ]
        ),
        max_size=30,
    )
)
def test_read_markdown_keeps_every_word(parts: list[str]) -> None:
    text = extract("# Tiêu đề\n\n" + " ".join(parts)).text
    for word in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"):
        written = sum(word in part for part in parts)
        assert text.count(word) >= written, word


@pytest.mark.parametrize(
    "name", ["vnportal.html", "newspaper.html", "pasted.txt", "letterhead.txt", "sections.md"]
)
def test_read_headings_are_lines_of_the_text_and_text_is_stable(name: str) -> None:
    found = extract((DATA / name).read_bytes())
    assert set(found.headings) <= set(found.text.split("\n"))
    assert found.text.startswith(f"{found.title}\n\n")
    assert "\u200b" not in found.text
    assert extract(found.text).text == found.text


# -- encodings and invisible characters --------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.encode("utf-32"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("\n", "\u2028").encode(),
        PLAIN.replace("\n", "\x0c").encode(),
        unicodedata.normalize("NFD", PLAIN).encode(),
        PLAIN.replace(" ", "\u00a0 ").encode(),
        PLAIN.replace("o", "o\u200b").encode(),
        PLAIN.replace("- Quận", "• Quận").encode(),
        ("\n\n  " + PLAIN.replace("\n", "  \n\n\t")).encode(),
    ],
    ids=[
        "utf-8",
        "bom",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "crlf",
        "cr",
        "ls",
        "ff",
        "nfd",
        "nbsp",
        "zero-width",
        "bullet",
        "blank-lines",
    ],
)
def test_read_same_text_in_any_encoding_gives_the_same_extraction(content: bytes) -> None:
    found = extract(content)
    assert (found.title, found.text) == ("Đoàn Hà Nam thăm Huế", PLAIN_TEXT)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf", "a"])
def test_read_name_makes_no_difference(name: str) -> None:
    assert extract(PLAIN, name) == extract(PLAIN, "b")


# -- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t\r\n",
        b"\xef\xbb\xbf",
        "\u200b\ufeff".encode(),
        page("").encode(),
        page('<img alt="chữ"><input value="x">', "<title>Chỉ có tên</title>").encode(),
    ],
)
def test_read_file_without_text_is_empty(content: bytes) -> None:
    with pytest.raises(EmptyTextError):
        extract(content)


@pytest.mark.parametrize(
    ("content", "detected"),
    [
        (b"PK\x03\x04rest", "ZIP archive"),
        (b"\x7fELF\x02", "program"),
        (b"MZ\x90", "program"),
        (b"Rar!\x1a", "archive of another kind"),
        (b"abc\x00def", "binary data"),
        ("a\x00b".encode("utf-16"), "binary data"),
    ],
)
def test_read_other_kind_is_named(content: bytes, detected: str) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        extract(content, "tệp.txt")
    assert (caught.value.file_name, caught.value.detected) == ("tệp.txt", detected)


def test_read_undecodable_bytes_are_placed() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        extract(bytes(range(128, 256)) * 3)
    assert caught.value.reason == "the bytes at position 0 are not utf-8"


def test_read_page_with_a_torn_tag_says_that_it_is_damaged() -> None:
    torn = page("<h1Đoàn Hà Nam thăm Huế</h1><p>Ngày 5/5/2025, đoàn gồm 12 người.</p>")
    assert extract(torn).warnings == ("damaged_parts|1",)
    whole = page("<script>if (a<b) c<d</script><!-- <p <b --><p>Ngày 5/5/2025, đoàn đến.</p>")
    assert extract(whole).warnings == ()


def test_read_too_large_file_names_limit_and_size() -> None:
    with pytest.raises(LimitExceededError) as caught:
        read(SourceFile("a.txt", b"x" * (3 * 2**20)), 2 * 2**20)
    assert (caught.value.limit, caught.value.actual) == ("2 MB", "3.0 MB")


def test_read_deeply_nested_markup_is_refused_and_ends_no_process() -> None:
    program = """
import sys
from hochoi.errors import UnreadableFileError
from hochoi.types import SourceFile
from ingest.boilerplate import is_chrome
from ingest.markup import visible_lines
from ingest.readers import read
cases = [
    "<html><body>" + "<div>" * 100_000 + "x" + "</div>" * 100_000,
    "<html><body>" + "<table><tr><td>" * 100_000,
    "# T\\n\\n" + "".join("  " * n + "- a\\n" for n in range(400)),
]
for case in cases:
    try:
        read(SourceFile("a", case.encode()), 10**8)
    except UnreadableFileError as exc:
        print(exc)
flat = read(SourceFile("a", ("<html><body>" + "<p>b" * 100_000).encode()), 10**8)
print(flat.text.count("b"))
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    refusal = "a: cannot be read: its markup is nested too deeply"
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == [refusal, refusal, refusal, "100000"]


# -- titles ------------------------------------------------------------------------------------


def test_read_text_without_title_gets_a_headline_and_keeps_its_first_sentence() -> None:
    found = extract("Ngày 5/5/2025 đoàn đến Huế. Đoàn gồm 12 người.\nHết.")
    assert found.title == "Ngày 5/5/2025 đoàn đến Huế"
    assert found.text.split("\n")[2:] == ["Ngày 5/5/2025 đoàn đến Huế. Đoàn gồm 12 người.", "Hết."]


def test_read_long_first_sentence_becomes_a_short_title() -> None:
    sentence = "Đoàn công tác của tỉnh đến tìm hiểu " + "mô hình một cửa " * 20 + "tại Huế."
    found = extract(sentence)
    assert len(found.title) <= 120
    assert sentence.startswith(found.title)
    assert found.text == f"{found.title}\n\n{sentence}"


def test_read_letterhead_title_follows_the_kind_of_document() -> None:
    """A report as plain text was shown under its letterhead and lost its signature."""
    found = extract((DATA / "letterhead.txt").read_bytes())
    assert found.title == (
        "Kết quả chuyến học tập kinh nghiệm cải cách hành chính tại tỉnh Sóc Trăng"
    )
    assert found.text.split("\n")[2] == "UBND TỈNH HẬU GIANG"
    assert found.text.split("\n")[-3:] == ["- Lưu: VT", "GIÁM ĐỐC", "Nguyễn Thị Mai"]


def test_read_page_with_a_title_only_in_its_head_takes_it_without_the_portal() -> None:
    prose = "Ngày 5/5/2025, đoàn công tác tỉnh Hà Nam đến làm việc với Sở Nội vụ thành phố Huế."
    head = "<title>Hà Nam thăm Huế - Cổng thông tin điện tử thành phố</title>"
    found = extract(page(f"<p>{prose}</p>", head))
    assert found.text == f"Hà Nam thăm Huế\n\n{prose}"


def test_read_markdown_title_is_its_first_level_heading_wherever_it_stands() -> None:
    """A preamble made the first section heading the title, which then stood in the text twice."""
    found = extract((DATA / "sections.md").read_bytes())
    assert found.format == "md"
    assert found.text.split("\n") == [
        "Đoàn Đắk Nông khảo sát tại Lâm Đồng",
        "",
        "UBND HUYỆN VÍ DỤ",
        "Ngày 18/8/2022, đoàn công tác tỉnh Đắk Nông đến khảo sát tại tỉnh Lâm Đồng.",
        "1. Thành phần",
        "Họ tên: Y Thịnh; Chức vụ: Trưởng đoàn",
        "Họ tên: Hồ Lan; Chức vụ: Thư ký",
        "2. Kết quả",
        "1. Số hóa 100% hồ sơ",
        "2. Trả kết quả qua bưu điện",
        "- trong 02 ngày",
        "- miễn phí",
        "Cần làm ngay, không chờ.",
        "Đường truyền < 5 ms & ổn định.",
    ]
    assert found.headings == ("1. Thành phần", "2. Kết quả")
    assert (found.source_url, found.published, found.compiled_from) == (
        "https://vidu.gov.vn/tin/1",
        "2022-08-19",
        "public facts",
    )


def test_read_underlined_heading_is_markdown() -> None:
    found = extract("Đoàn Hà Nam thăm Huế\n====\n\nMột.\n")
    assert (found.format, found.text) == ("md", "Đoàn Hà Nam thăm Huế\n\nMột.")


# -- front matter ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "block",
    [
        "source_url: [a, b]\npublished: {x: 1}",
        "a: &a [x, x]\nb: &b [*a, *a]\nsource_url: *b",
        "source_url: " + "[" * 1000,
        "source_url: 'unclosed",
        "- a\n- b",
        "source_url:",
    ],
)
def test_read_odd_front_matter_is_harmless(block: str) -> None:
    found = extract(f"---\n{block}\n---\n\n# Tiêu đề\n\nMột.")
    assert found.source_url is None
    assert found.text.endswith("Một.")


def test_read_html_meta_gives_the_three_keys() -> None:
    head = (
        '<meta name="source_url" content="https://a.vn"><meta name="published" content="2020-08">'
    )
    found = extract(page("<h1>Đoàn thăm</h1><p>Một.</p>", head))
    assert (found.source_url, found.published, found.compiled_from) == (
        "https://a.vn",
        "2020-08",
        None,
    )


# -- pages -------------------------------------------------------------------------------------


def test_read_page_scripts_styles_and_entities() -> None:
    body = """<h1>Đoàn A &amp; B</h1><script>var x = "<p>ẩn</p>"</script><style>p { }</style>
    <p>750&ndash;800 l&#432;&#7907;t,&nbsp;<b>99</b>,1%<script>y()</script> đúng hạn.</p>
    <noscript>bật lên</noscript><!-- ẩn --><p>a &lt; b</p>"""
    assert extract(page(body)).text == "Đoàn A & B\n\n750–800 lượt, 99,1% đúng hạn.\na < b"


def test_read_page_nested_tables_keep_every_cell() -> None:
    inner = "<table><tr><td>Quận 1</td><td>Quận 10</td></tr></table>"
    body = (
        f"<h1>Lịch</h1><table><tr><td>Ngày</td><td>21/7</td></tr><tr><td>{inner}</td></tr></table>"
    )
    words = extract(page(body)).text.split()
    assert words == ["Lịch", "Ngày", "21/7", "Quận", "1", "Quận", "10"]


@pytest.mark.parametrize(
    "content",
    [
        "<div><h1>Đoàn A thăm B</h1><p>Một.</p></div>",
        "<h1>Đoàn A thăm B</h1>\n<p>Một.</p>\n",
        "<?xml version='1.0'?>\n<!-- "
        + "x" * 9000
        + " -->\n<html><body><h1>Đoàn A thăm B</h1>Một.",
    ],
)
def test_read_pieces_of_pages_are_pages(content: str) -> None:
    found = extract(content)
    assert (found.format, found.text) == ("html", "Đoàn A thăm B\n\nMột.")


def test_read_text_that_mentions_a_tag_is_no_page() -> None:
    found = extract("Hướng dẫn\nDùng thẻ <div> và </p> trong trang.")
    assert (found.format, found.text.split("\n")[2]) == (
        "txt",
        "Dùng thẻ <div> và </p> trong trang.",
    )
