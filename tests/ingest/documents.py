"""Small documents of every format, made when a test asks for them."""

import io
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from xml.sax.saxutils import escape

from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf"
TITLE = "Đoàn công tác tỉnh Hà Nam học tập kinh nghiệm tại Huế"
LEAD = (
    "Ngày 5/5/2025, đoàn công tác của Sở Nội vụ tỉnh Hà Nam gồm 12 người đã đến trao đổi kinh "
    "nghiệm cải cách hành chính tại thành phố Huế, do ông Nguyễn Văn Bình làm trưởng đoàn."
)
BODY = (
    "Thành phố Huế giới thiệu mô hình một cửa hiện đại, tỷ lệ hồ sơ trực tuyến đạt 95,5% và mức độ "
    "hài lòng của người dân đạt 97%. Hai bên thống nhất tiếp tục chia sẻ cách làm hay về số hóa."
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@lru_cache
def pdf(*pages: str, password: str = "", owner: str = "") -> bytes:
    """Return a PDF with a text layer; paragraphs of a page are divided by line ends."""
    document = FPDF()
    document.add_font("serif", "", FONT)
    document.set_font("serif", size=13)
    document.set_margins(25, 20)
    if password or owner:
        document.set_encryption(owner_password=owner or password, user_password=password)
    for page in pages:
        document.add_page()
        for paragraph in page.split("\n"):
            document.multi_cell(0, 7, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(document.output())


@lru_cache
def scan(*lines: str, size: int = 40) -> Image.Image:
    """Return the picture of a page with these lines."""
    image = Image.new("L", (1654, 200 + 90 * len(lines)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, size)
    for n, line in enumerate(lines):
        draw.text((120, 100 + 90 * n), line, font=font, fill=0)
    return image


def picture(*lines: str, kind: str = "PNG") -> bytes:
    """Return the picture of a page as the bytes of a file."""
    stream = io.BytesIO()
    scan(*lines).save(stream, kind)
    return stream.getvalue()


def scanned_pdf(*lines: str) -> bytes:
    """Return a PDF whose only page is a picture."""
    document = FPDF()
    document.add_page()
    document.image(scan(*lines), x=0, y=0, w=210)
    return bytes(document.output())


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Return a ZIP container with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def run(text: str, font: str = "") -> str:
    """Return a run of a Word paragraph."""
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    return f'<w:r>{fonts}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, style: str = "", inside: str = "") -> str:
    """Return a Word paragraph."""
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{about}{run(text) if text else ''}{inside}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a Word table."""
    cells = [[f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row] for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{chr(10).join(row)}</w:tr>' for row in cells)}</w:tbl>"


def docx(*blocks: str, parts: dict[str, str | bytes] | None = None, prolog: str = "") -> bytes:
    """Return a Word document of paragraphs and tables."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
        f'<w:document xmlns:w="{_W}" xmlns:mc="{_MC}">'
        f"<w:body>{''.join(blocks)}</w:body></w:document>"
    )
    styles = (
        f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:styleId="Heading1">'
        '<w:name w:val="heading 1"/></w:style></w:styles>'
    )
    fixed: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": document,
        "word/styles.xml": styles,
    }
    return zipped(fixed | (parts or {}))


def odt(body: str, manifest: str = "<m/>") -> bytes:
    """Return an OpenDocument text."""
    content = (
        '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )
