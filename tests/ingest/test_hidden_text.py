"""Text that nobody sees in the original is told, whatever way it is hidden; what is seen is not."""

from collections.abc import Callable

import pytest
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

from hochoi.types import SourceFile
from ingest.readers import read
from tests.ingest.documents import FONT
from ui.wording.warnings import warning_sentence

SEEN = "Đoàn công tác tỉnh Hà Nam đến thăm tỉnh Sóc Trăng ngày 12/5/2023."
HIDDEN = "CHỮ BÍ MẬT"
TOLD = ("hidden_text|8",)

Draw = Callable[[FPDF], None]


def pdf(draw: Draw) -> bytes:
    document = FPDF()
    document.add_font("serif", "", FONT)
    document.set_font("serif", size=12)
    document.add_page()
    document.multi_cell(0, 7, SEEN)
    draw(document)
    return bytes(document.output())


def write(document: FPDF, x: float = 20) -> None:
    document.text(x, 106, HIDDEN)


def white(document: FPDF) -> None:
    document.set_text_color(255, 255, 255)
    write(document)


def on_a_band(document: FPDF) -> None:
    document.set_fill_color(180, 0, 0)
    document.rect(10, 100, 100, 10, style="F")
    white(document)


def under_a_photo(document: FPDF) -> None:
    write(document)
    document.image(Image.effect_noise((200, 100), 90), x=10, y=95, w=90, h=30)


def under_a_box(document: FPDF) -> None:
    write(document)
    document.set_fill_color(250, 250, 250)
    document.rect(10, 95, 100, 30, style="F")


def under_a_stamp(document: FPDF) -> None:
    stamp = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    stamp.paste((255, 0, 0, 255), (80, 80, 120, 84))
    write(document)
    document.image(stamp, x=10, y=90, w=50, h=50)


def never_drawn(document: FPDF) -> None:
    with document.local_context(text_mode=TextMode.INVISIBLE):
        write(document)


def behind_a_scan(document: FPDF) -> None:
    document.image(Image.effect_noise((200, 100), 90), x=10, y=95, w=90, h=30)
    never_drawn(document)


def tiny(document: FPDF) -> None:
    document.set_font_size(1)
    write(document)


def turned(document: FPDF) -> None:
    with document.rotation(90, 60, 150):
        write(document)


@pytest.mark.parametrize(
    "draw",
    [white, under_a_photo, under_a_box, never_drawn, tiny, lambda d: write(d, 500)],
    ids=["white", "photo", "box", "never", "tiny", "off the page"],
)
def test_pdf_text_that_nobody_sees_is_told(draw: Draw) -> None:
    found = read(SourceFile("a.pdf", pdf(draw)), 2**20)
    assert found.warnings == TOLD


@pytest.mark.parametrize("draw", [write, on_a_band, under_a_stamp, behind_a_scan, turned])
def test_pdf_text_that_is_seen_is_not_told(draw: Draw) -> None:
    found = read(SourceFile("a.pdf", pdf(draw)), 2**20)
    assert "BÍ MẬT" in found.text
    assert found.warnings == ()


def page(inside: str) -> bytes:
    text = f"<h1>Đoàn Sơn La thăm Huế</h1><p>{SEEN}</p>{inside}<p>Đoàn về trong ngày.</p>"
    return f"<html><body>{text}</body></html>".encode()


STYLES = [
    "display:none", "color: red; DISPLAY : none", "visibility:hidden", "font-size:0",
    "font-size: 1px", "opacity:0", "opacity: 0.0;", "color:#fff", "color: WHITE",
    "color:rgb(255, 255, 255)", "position:absolute;left:-9999px", "text-indent:-10000px",
]  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_html_text_hidden_by_style_is_told(style: str) -> None:
    for inside in (
        f'<p style="{style}">{HIDDEN}</p>',
        f'<div style="{style}"><p>CHỮ</p><p>BÍ <b>MẬT</b></p></div>',
        f'<style>p.y {{a:b}} .x {{{style}}}</style><p class="y x">{HIDDEN}</p>',
    ):
        assert read(SourceFile("a.html", page(inside)), 2**20).warnings == TOLD, inside


def test_html_text_hidden_by_attribute_is_told() -> None:
    found = read(SourceFile("a.html", page(f"<p hidden>{HIDDEN}</p>")), 2**20)
    assert found.warnings == TOLD
    assert warning_sentence(TOLD[0]).startswith("Có 8 chữ không hiện ra")


@pytest.mark.parametrize(
    "style",
    [
        "color:#fff;background:#900", "opacity:0.9", "font-size:12px", "font-size: 10pt",
        "background-color:white", "white-space:nowrap", "color:#fffbe6", "margin-left:-10px",
    ],
)  # fmt: skip
def test_html_text_that_is_seen_is_not_told(style: str) -> None:
    found = read(SourceFile("a.html", page(f'<p style="{style}">{HIDDEN}</p>')), 2**20)
    assert found.warnings == ()
