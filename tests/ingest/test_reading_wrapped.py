"""Plain text broken at some width reads as if it were not; what is no paragraph stays apart."""

import re
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hochoi.language.sentences import sentence_spans
from hochoi.types import SourceFile
from ingest.readers import read
from ingest.readers.wrapped import unwrapped

REPORTS = sorted((Path(__file__).parents[2] / "corpus" / "reports").glob("*.txt"))
DATA = Path(__file__).parents[1] / "data" / "reports"
PARAGRAPH = (
    "Sáng ngày 12/5/2023, đoàn công tác của tỉnh Hà Nam do ông Nguyễn Văn An, Phó Chủ tịch UBND "
    "tỉnh làm trưởng đoàn đã đến thăm và làm việc tại tỉnh Sóc Trăng. Tham gia đoàn có 12 thành "
    "viên, gồm lãnh đạo các sở, ngành của tỉnh."
)
LETTERHEAD = """\
UBND TỈNH HÀ NAM                      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VĂN PHÒNG                                Độc lập - Tự do - Hạnh phúc

BÁO CÁO
Kết quả chuyến học tập kinh nghiệm
Kính gửi: Sở Thông tin và Truyền thông tỉnh Hà Nam
"""
LISTS = """\
Thành phần tiếp đoàn:
- Bà Lê Hoa, Giám đốc Sở Nội vụ tỉnh Sóc Trăng và các trưởng phòng của Sở
- Ông Trần Minh, Phó Giám đốc Sở Thông tin và Truyền thông tỉnh Sóc Trăng
1. Nội dung làm việc
a) Chuyển đổi số
Trưởng đoàn: ông Nguyễn Văn An, Phó Chủ tịch Ủy ban nhân dân tỉnh Hà Nam
Thư ký: bà Trần Thị Bình
Nơi nhận:
- Như trên;
- Lưu: VT.
                                          GIÁM ĐỐC
                                          Nguyễn Thị Mai
"""


def wrapped(text: str, width: int) -> str:
    """Break each line at a width, as a mail program does."""
    fill = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False).fill
    return "\n".join(fill(line) if line.strip() else line for line in text.split("\n"))


def sentences(text: str) -> list[str]:
    found = read(SourceFile("a.txt", text.encode()), 2**20)
    assert found.format == "txt"
    return [found.text[s.start : s.end] for s in sentence_spans(found.text)]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem[:20])
def test_wrapped_a_report_gives_the_same_sentences_at_every_width(path: Path) -> None:
    match = re.fullmatch(r"(---\n.*?\n---\n)?(.*)", path.read_text("utf-8"), re.DOTALL)
    assert match is not None
    front, text = match.groups("")
    text = re.sub(r"(?<=\S)[ \t\xa0]+", " ", text)  # breaking a line loses these, too
    whole = sentences(front + text)
    differ = [w for w in range(60, 111) if sentences(front + wrapped(text, w)) != whole]
    assert differ == []


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem[:20])
def test_wrapped_a_report_that_is_not_wrapped_stays_as_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert unwrapped(text).split() == text.split()
    kept = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    assert [" ".join(s.split()) for s in unwrapped(text).split("\n") if s.strip()] == kept


@pytest.mark.parametrize("width", [60, 66, 72, 100])
def test_wrapped_a_paragraph_between_letterhead_and_lists_is_joined_alone(width: int) -> None:
    text = f"{LETTERHEAD}\n{wrapped(PARAGRAPH, width)}\n{LISTS}"
    around = [line.strip() for line in (LETTERHEAD + LISTS).split("\n") if line.strip()]
    shown = [line.strip() for line in unwrapped(text).split("\n") if line.strip()]
    assert shown == [*around[:5], PARAGRAPH, *around[5:]]


def test_wrapped_an_item_goes_on_under_its_mark_and_a_set_in_line_begins_anew() -> None:
    text = wrapped(PARAGRAPH, 72) + "\n\n"
    text += textwrap.fill("- " + PARAGRAPH, 72, subsequent_indent="  ") + "\n"
    text += textwrap.fill("- " + PARAGRAPH, 72, subsequent_indent="  ") + "\n\n"
    text += "".join(textwrap.fill(PARAGRAPH, 72, initial_indent="    ") + "\n" for _ in "ab")
    shown = [line.strip() for line in unwrapped(text).split("\n") if line.strip()]
    assert shown == [PARAGRAPH, *["- " + PARAGRAPH] * 2, *[PARAGRAPH] * 2]


def test_wrapped_a_dash_or_a_number_within_a_sentence_begins_no_item() -> None:
    text = (
        "Đoàn công tác của Hội đồng Thi đua và Ban Thi đua, Hội đồng Thi đua\n"
        "- Khen thưởng tỉnh đã làm việc với các sở, ngành của tỉnh trong ngày\n"
        "12. Buổi chiều, đoàn thăm Trung tâm Phục vụ hành chính công của tỉnh\n"
        "và ra về."
    )
    assert unwrapped(text) == text.replace("\n", " ")


def test_wrapped_a_table_and_text_in_short_lines_stay() -> None:
    verse = "Đường vô xứ Nghệ quanh quanh\nnon xanh nước biếc như tranh họa đồ\n" * 3
    table = "".join(f"Sở Nội vụ tỉnh Hà Nam số {n}\t12 người\tngày {n}/5/2023\n" for n in range(9))
    assert unwrapped(verse) == verse
    assert unwrapped(table) == table


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("aBđ .,:-1\n\t\xa0•|"), max_size=600))
def test_wrapped_no_letter_is_lost_or_added(text: str) -> None:
    assert "".join(unwrapped(text).split()) == "".join(text.split())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([PARAGRAPH, *LISTS.split("\n")]), min_size=1, max_size=6),
    st.integers(60, 110),
)
def test_wrapped_joining_twice_is_joining_once(parts: list[str], width: int) -> None:
    once = unwrapped(wrapped("\n\n".join(parts), width))
    assert unwrapped(once) == once


@pytest.mark.parametrize("line", ["a" * 75, "- a", "A b: " * 12, " " * 3000 + "x", '."' * 30, " "])
def test_wrapped_time_grows_with_the_length(line: str) -> None:
    def seconds(n_chars: int) -> float:
        text = (line + "\n") * (n_chars // (len(line) + 1))
        begin = time.process_time()
        unwrapped(text)
        return time.process_time() - begin

    seconds(1000)
    assert seconds(200_000) < 12 * (seconds(50_000) + 0.02)
