"""A conversation as Word and Markdown: every sentence noted, every note a source, text is text."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from markdown_it import MarkdownIt

from hochoi.people.conversations import SavedTurn
from hochoi.people.person import NOBODY
from hochoi.types import Answer, Cell, Filters, Hit, Passage, Row, Sentence, Source, Table
from tests.ui.html_reading import elements
from tests.ui.samples import OTHER, QUOTE, REPORT, TEXT, TITLE, abstained, answered, citation
from ui.conversations.markdown_file import escaped, markdown
from ui.conversations.paper import Paper, note_texts, paper_of
from ui.conversations.print_page import print_page
from ui.conversations.word_file import word_file
from ui.wording import Language

NOW = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
NOTE = (
    f"Báo cáo “{TITLE}”, nơi tiếp: tỉnh Hải Dương, đoàn đến: tỉnh Cà Mau, thời gian: "
    "12–13/03/2024, đoạn văn thứ 1, tệp “hải dương (1).txt”, "
    "https://haiduong.example/tin/77?a=1&b=2."
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = [
    "<script>alert(1)</script>", "# Đầu đề", "- mục\n- mục", "1. một", "[a](javascript:x) ![b](c)",
    "| a | b |", "*_`~ \\ &lt; $x$ [^1]", "> trích", "\x00\x0b\ufffe<w:p/>",
]  # fmt: skip


def turn(answer: Answer | None, question: str = "Bao nhiêu người?", **other: object) -> SavedTurn:
    made = SavedTurn(1, question, Filters(), answer, "2026-11-26T18:05:00.000+00:00")
    return replace(made, **other)  # type: ignore[arg-type]


def paper(*turns: SavedTurn) -> Paper:
    return paper_of("Đoàn Cà Mau", turns, {"mot_cua": "Một cửa"}, {REPORT.report_id: REPORT}, NOW)


def footnotes(content: bytes) -> dict[int, str]:
    """Return the text of each footnote by its id."""
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        root = ElementTree.fromstring(files.read("word/footnotes.xml"))
    return {
        int(note.attrib[f"{W}id"]): "".join(t.text or "" for t in note.iter(f"{W}t")).strip()
        for note in root
    }


def references(content: bytes) -> list[int]:
    """Return the ids that the text refers to, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        text = files.read("word/document.xml").decode()
    return [int(n) for n in re.findall(r'footnoteReference w:id="(\d+)"', text)]


def test_paper_is_dated_in_vietnam_and_numbers_each_source_once() -> None:
    second = replace(answered(), sources=(Source(1, REPORT), Source(2, OTHER)))
    made = paper(turn(answered()), turn(second))
    assert made.made_on == "Lập ngày 27 tháng 11 năm 2026 từ hệ thống Học Hỏi."
    assert made.parts[0].asked_at == "27/11/2026 01:05"
    assert [line.notes for part in made.parts for line in part.lines] == [(1,), (1,)]
    assert note_texts(made) == (NOTE,)


def test_notes_say_page_else_section_else_paragraph() -> None:
    later = citation(TEXT.index("Mở 12"), len(TEXT))
    both = replace(
        answered(),
        sentences=(
            Sentence("Đoàn gồm 14 người.", (citation(),)),
            Sentence("Mở 12 kiosk.", (later,)),
            Sentence("Cả hai.", (citation(), later)),
        ),
    )
    first, second, third = note_texts(paper(turn(both)))
    assert first == NOTE
    assert second == "Như chú thích số 1, đoạn văn thứ 4."
    assert third == "Như chú thích số 1, đoạn văn thứ 1, 4."

    passage = Passage(f"{REPORT.report_id}:0-9", REPORT.report_id, "Kết quả", 0, len(TEXT), TEXT)
    in_section = replace(answered(), hits=(Hit(passage, 1.0, 1),))
    assert note_texts(paper(turn(in_section)))[0] == NOTE.replace("đoạn văn thứ 1", "mục “Kết quả”")

    paged = replace(answered(), sources=(Source(1, replace(REPORT, pages=(0, 10))),))
    assert note_texts(paper(turn(paged)))[0] == NOTE.replace("đoạn văn thứ 1", "trang 2")

    gone = replace(REPORT, report_id="removed")
    assert note_texts(paper(turn(answered(report=gone))))[0] == NOTE.replace(", đoạn văn thứ 1", "")


def test_paper_states_filters_refusals_and_what_was_stopped() -> None:
    filtered = turn(abstained(), filters=Filters("Hải Dương", 2019, "mot_cua"))
    made = paper(filtered, turn(None))
    assert made.parts[0].within == "Chỉ tìm trong: Hải Dương; 2019; Một cửa."
    assert made.parts[0].notice == "Các báo cáo không nêu số tiền."
    assert made.parts[1].notice.startswith("Chưa có câu trả lời")


def test_paper_table_says_what_is_not_stated_and_notes_each_row() -> None:
    row = Row(1, (Cell("12/3", (citation(),)), Cell(None)))
    grid = paper(turn(replace(answered(), table=Table(("date", "head"), (row,))))).parts[0].grid
    assert grid is not None
    assert (grid.head, grid.rows) == (("Thời gian", "Trưởng đoàn"), (("12/3", "không nêu"),))
    assert grid.notes == ((1,),)


def test_markdown_sentences_carry_notes_that_are_all_defined() -> None:
    text = markdown(paper(turn(answered()), turn(answered(text=f"“{QUOTE}”"))))
    assert "Đoàn gồm 14 người.[^1]" in text
    assert f"> “{QUOTE}”[^1]" in text
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(re.findall(r"\[\^(\d+)\]:", text))


def test_quoted_list_keeps_its_lines_in_both_files() -> None:
    quoted = "“Kết quả:\n- 07 nền tảng;\n- 23 kho.”"
    made = paper(turn(answered(text=quoted)))
    rendered = MarkdownIt("commonmark").render(markdown(made))
    assert "“Kết quả:<br />\n- 07 nền tảng;<br />\n- 23 kho.”" in rendered
    document = Document(io.BytesIO(word_file(made)))
    [paragraph] = [p for p in document.paragraphs if p.text.startswith("“Kết quả")]
    assert paragraph.text == quoted
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.LEFT


@pytest.mark.parametrize("hostile", HOSTILE)
def test_markdown_text_means_nothing_to_markdown(hostile: str) -> None:
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(escaped(hostile))
    assert {e.tag for e in elements(rendered)} <= {"p"}


def test_word_file_has_the_form_of_official_papers() -> None:
    document = Document(io.BytesIO(word_file(paper(turn(answered())))))
    section = document.sections[0]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert round(section.left_margin.mm) == 30
    assert round(section.right_margin.mm) == 15
    assert "1. Bao nhiêu người?" in [p.text for p in document.paragraphs]
    assert "Đoàn gồm 14 người." in [p.text for p in document.paragraphs]


def test_word_file_every_reference_has_its_footnote_in_order() -> None:
    row = Row(1, (Cell("12/3", (citation(),)), Cell("x")))
    with_table = replace(answered(), table=Table(("date", "head"), (row,)))
    content = word_file(paper(turn(answered()), turn(abstained()), turn(with_table)))
    notes = footnotes(content)
    assert references(content) == [1, 2, 3]
    assert notes[1] == NOTE
    assert notes[2] == notes[3] == "Như chú thích số 1, đoạn văn thứ 1."
    assert sorted(notes) == [-1, 0, 1, 2, 3]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_word_file_of_hostile_text_opens_and_shows_it(hostile: str) -> None:
    report = replace(REPORT, visit=replace(REPORT.visit, title=hostile), file_name=hostile)
    content = word_file(paper(turn(answered(report=report), question=hostile)))
    shown = "".join(c for c in hostile if c.isprintable() or c == "\n")
    assert any(shown in p.text for p in Document(io.BytesIO(content)).paragraphs)
    assert shown.replace("\n", "") in footnotes(content)[1].replace("\n", "")


def test_page_to_print_holds_every_question_and_all_notes() -> None:
    row = Row(1, (Cell("12/3", (citation(),)), Cell("<b>x</b>")))
    with_table = replace(answered(), table=Table(("date", "head"), (row,)))
    made = paper(turn(answered(), "Một <i>?"), turn(abstained(), "Hai?"), turn(with_table))
    html = print_page(made, Language.VI, NOBODY)
    headings = [e.text for e in elements(html, "h2")]
    assert headings == ["1. Một <i>?", "2. Hai?", "3. Bao nhiêu người?"]
    notes = {e.attributes["id"]: e.text for e in elements(html, "li") if "id" in e.attributes}
    assert notes == {f"note-{n}": text for n, text in enumerate(note_texts(made), 1)}
    referred = {e.attributes["href"] for e in elements(html, "a")}
    assert {f"#{name}" for name in notes} <= referred
    assert "Báo cáo gần nhất" in html
    assert not elements(html, "i")
    assert not elements(html, "b")
