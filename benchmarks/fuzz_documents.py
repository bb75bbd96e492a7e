"""A text as PDF, DOCX and HTML, for files to be damaged. Needs the test tools."""

import io
import zipfile
from html import escape

FONT = "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(text: str) -> bytes:
    """Return a text as PDF."""
    from fpdf import FPDF

    document = FPDF()
    document.add_font("serif", "", FONT)
    document.set_font("serif", size=12)
    document.add_page()
    for line in text.split("\n"):
        document.multi_cell(0, 7, line, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(document.output())


def docx(text: str | bytes, raw: bytes | None = None) -> bytes:
    """Return a text as Word document, or a document with `raw` as its main part."""
    lines = (text if isinstance(text, str) else text.decode()).split("\n")
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    main = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", main if raw is None else raw)
    return stream.getvalue()


def html(text: str) -> bytes:
    """Return a text as page."""
    title, _, rest = text.partition("\n")
    body = "".join(f"<p>{escape(line)}</p>\n" for line in rest.split("\n") if line)
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"></head>'
    return f"{head}<body><div><h1>{escape(title)}</h1>\n{body}</div></body></html>".encode()
