"""A table of letters that was damaged contradicts itself, a sound one does not."""

import pytest

from hochoi.types import SourceFile
from ingest.readers import read
from ingest.readers.pdf_letters import mixes_alphabets, odd_letters, read_table
from tests.ingest.documents import pdf

TEXT = (
    "Đoàn công tác tỉnh Hà Nam đến thăm, trao đổi kinh nghiệm tại tỉnh Sóc Trăng.\n"
    "Sáng 12/5/2023, đoàn do ông Nguyễn Văn An dẫn đầu đã làm việc với UBND tỉnh; hai bên cùng"
    " dự hội nghị dịch vụ công, thăm bộ phận một cửa và dùng cơm với các cán bộ dẫn đường."
)


def warnings_of(content: bytes) -> tuple[str, ...]:
    return read(SourceFile("a.pdf", content), 2**20).warnings


def with_letter(content: bytes, letter: str, other: str) -> bytes:
    """Return a PDF whose table gives one letter as another one; the page looks the same."""
    old, new = (f"<{ord(x):04X}>\n".encode() for x in (letter, other))
    assert content.count(old) == 1
    return content.replace(old, new)


def test_table_is_read_from_its_three_forms() -> None:
    data = (
        b"1 beginbfchar <0001> <0061> endbfchar 2 beginbfrange <0002> <0004> <0062>"
        b" <0005> <0006> [<0041> <00660066>] endbfrange"
    )
    assert read_table(data, 2) == {
        b"\0\1": "a", b"\0\2": "b", b"\0\3": "c", b"\0\4": "d", b"\0\5": "A", b"\0\6": "ff",
    }  # fmt: skip
    assert read_table(b"beginbfchar <41> <1EA1> endbfchar", 1) == {b"A": "ạ"}


@pytest.mark.parametrize(
    ("changed", "odd"),
    [({}, 0), ({b"a": "B"}, 1), ({b"a": "瀲"}, 1), ({b"a": "Ӡ", b"b": "c"}, 2), ({b"a": "ff"}, 0)],
)
def test_odd_letters_are_those_that_contradict_the_table(
    changed: dict[bytes, str], odd: int
) -> None:
    table = {bytes([code]): chr(code) for code in b"abcdeABCDE"} | changed
    assert odd_letters(table, table.keys()) == odd
    assert odd_letters(table, set()) == 0
    assert odd_letters(table, {*table, b"?"}) == odd + 1  # a code without a letter


def test_table_of_another_script_is_not_doubted() -> None:
    table = {bytes([n]): chr(0x430 + n) for n in range(20)}
    assert odd_letters(table, table.keys()) == 0
    assert odd_letters({}, {b"a"}) == 0


@pytest.mark.parametrize("other", ["B", "瀲", "ӡ"])
def test_pdf_with_one_letter_given_as_another_is_told(other: str) -> None:
    whole = pdf(TEXT)
    assert warnings_of(whole) == ()
    told = warnings_of(with_letter(whole, "a", other))
    assert any(w.startswith("letter_table|") for w in told)


def test_pdf_with_a_letter_given_as_one_that_is_not_vietnamese_is_told() -> None:
    told = warnings_of(with_letter(pdf(TEXT), "d", "z"))
    assert any(w.startswith("letter_table|") for w in told)


@pytest.mark.parametrize("word", ["fịch", "zụng", "Fưỡng,", "“wẫn”"])
def test_words_of_two_alphabets_are_seen(word: str) -> None:
    assert mixes_alphabets(word)


@pytest.mark.parametrize("word", ["dịch", "wifi", "Frankfurt", "café", "Đà", "Đắk", "Zürich", "ff"])
def test_words_of_one_alphabet_are_not(word: str) -> None:
    assert not mixes_alphabets(word)
