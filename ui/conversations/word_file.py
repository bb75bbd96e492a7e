"""A paper as a Word file in the form of official papers, its sources as real footnotes.

python-docx makes everything but footnotes, which it does not know: that part is written here.
"""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from ui.conversations.paper import Grid, Line, Note, Paper, Part
from ui.wording import Language, label

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row
    from docx.text.paragraph import Paragraph

_FONT = "Times New Roman"  # what Decree 30/2020 on official papers asks for, as are the margins
_MARGINS_MM = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 15}
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FIRST_NOTE = 1  # ids -1 and 0 are the two lines that part notes from text


def word_file(paper: Paper) -> bytes:
    """Return the bytes of the .docx file."""
    from docx import Document

    document = Document()
    _set_form(document)
    notes = _Footnotes(paper.notes)
    _heading(document, label("paper_heading", Language.VI), size=14)
    _heading(document, paper.title, size=13)
    _small(document, paper.made_on)
    for number, part in enumerate(paper.parts, 1):
        _part(document, number, part, notes)
    _small(document, paper.closing)
    notes.attach(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_form(document: "Document") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(6)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in _MARGINS_MM.items():
        setattr(section, name, Mm(width))
    document.core_properties.author = label("app_name", Language.VI)
    document.core_properties.title = label("paper_heading", Language.VI)
    document.core_properties.comments = ""


def _heading(document: "Document", text: str, *, size: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(_clean(text))
    run.bold, run.font.size = True, Pt(size)


def _small(document: "Document", text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(_clean(text)).italic = True


def _part(document: "Document", number: int, part: Part, notes: "_Footnotes") -> None:
    question = document.add_paragraph()
    question.paragraph_format.keep_with_next = True
    question.add_run(f"{number}. {_clean(part.question)}").bold = True
    _small(document, label("paper_asked_at", Language.VI, moment=part.asked_at))
    for text in (part.within, part.notice):
        if text:
            document.add_paragraph(_clean(text))
    for line in part.lines:
        _line(document, line, notes)
    if part.grid is not None:
        _grid(document, part.grid, notes)
    if part.nearest:
        document.add_paragraph(f"{label('related', Language.VI)}:")
        for title in part.nearest:
            document.add_paragraph(_clean(title), style="List Bullet")


def _line(document: "Document", line: Line, notes: "_Footnotes") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    paragraph = document.add_paragraph(_clean(line.text))
    is_list = "\n" in line.text  # justifying would tear its lines apart
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_list else WD_ALIGN_PARAGRAPH.JUSTIFY
    if line.is_quote:
        paragraph.paragraph_format.left_indent = Mm(10)
    notes.refer(paragraph, line.notes)


def _grid(document: "Document", grid: Grid, notes: "_Footnotes") -> None:
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=len(grid.head), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, grid.head, strict=True):
        cell.paragraphs[0].add_run(_clean(name)).bold = True
    for texts, of_row in zip(grid.rows, grid.notes, strict=True):
        cells = table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            cell.paragraphs[0].add_run(_clean(text))
        notes.refer(cells[-1].paragraphs[0], of_row)
    _mark(table.rows[0], "tblHeader")
    for row in table.rows:
        _mark(row, "cantSplit")
    for cell in (c for r in table.rows for c in r.cells):
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(11)
    document.add_paragraph()


def _mark(row: "_Row", name: str) -> None:
    """Say of a row that it heads every page ("tblHeader") or lies on one page ("cantSplit")."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _clean(text: str) -> str:
    """Return text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or (c.isprintable() or c == "\u00a0"))


class _Footnotes:
    """Footnotes in the order of their references; a source named again refers to its first one."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._notes = tuple(notes)
        self._written: list[str] = []
        self._first: dict[str, int] = {}  # number of the footnote that names a source in full

    def refer(self, paragraph: "Paragraph", numbers: Iterable[int]) -> None:
        """Put a reference mark per source at the end of a paragraph."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for place, number in enumerate(numbers):
            if place:
                comma = paragraph.add_run(", ")
                comma.font.superscript = True
            note, here = self._notes[number - 1], len(self._written) + 1
            first = self._first.setdefault(note.source + note.found_at, here)
            self._written.append(note.in_full() if first == here else note.as_before(first))
            run = paragraph.add_run()
            run.font.superscript = True
            mark = OxmlElement("w:footnoteReference")
            mark.set(qn("w:id"), str(len(self._written) - 1 + _FIRST_NOTE))
            run._r.append(mark)

    def attach(self, document: "Document") -> None:
        """Add the part that holds all footnotes to the file."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part as FilePart

        part = FilePart(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            self._xml().encode(),
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _xml(self) -> str:
        lines = [
            f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
            for kind, n, mark in (
                ("separator", -1, "separator"),
                ("continuationSeparator", 0, "continuationSeparator"),
            )
        ]
        lines += [_note(n + _FIRST_NOTE, text) for n, text in enumerate(self._written)]
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return f'{head}<w:footnotes xmlns:w="{_SPACE}">{"".join(lines)}</w:footnotes>'


def _note(number: int, text: str) -> str:
    small = f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}"/><w:sz w:val="20"/>'
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/>'
        f"<w:rPr>{small}</w:rPr></w:pPr>"
        f'<w:r><w:rPr>{small}<w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f"<w:r><w:rPr>{small}</w:rPr>"
        f'<w:t xml:space="preserve"> {escape(_clean(text))}</w:t></w:r></w:p></w:footnote>'
    )
