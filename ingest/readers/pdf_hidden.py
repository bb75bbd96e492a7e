"""Text of a PDF page that its reader would never see: white, transparent, off the page, covered.

What looks suspicious is taken out and the page drawn again: text whose absence changes nothing was
not visible. Looks at what stands on the page itself, not inside forms that it includes.
"""

import ctypes
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfObject, PdfPage

_PALE = 230  # of 255, each colour; paper is 255
_CLEAR = 12  # of 255; more opaque is seen
_TINY = 1.5  # points
_SEEN = 24  # of 255, difference in grey that a person sees
_SCALE = 1.5  # pixels for each point
_INVISIBLE = 3  # how letters are drawn: not at all
Box = tuple[float, float, float, float]  # left, bottom, right, top, in points


@dataclass(frozen=True, slots=True)
class _Suspect:
    text_object: "PdfObject"
    box: Box
    is_never_drawn: bool  # as the text behind a scanned page is


def hidden_texts(page: "PdfPage") -> tuple[str, ...]:
    """Return the pieces of text on a page that are not visible on it."""
    suspects, pictures = _suspects(page)
    if not suspects:
        return ()
    whole = _drawn(page)
    for suspect in suspects:
        _switch(suspect.text_object, is_on=False)
    without = _drawn(page)
    for suspect in suspects:
        _switch(suspect.text_object, is_on=True)
    hidden = [s for s in suspects if not _is_seen(page, s, whole, without, pictures)]
    return _texts(page, hidden)


def _suspects(page: "PdfPage") -> tuple[list[_Suspect], list[Box]]:
    """Return text that may be invisible, and where the pictures are."""
    from pypdfium2 import raw

    paper = page.get_cropbox()
    found: list[_Suspect] = []
    plain: list[_Suspect] = []  # text that nothing speaks against, in the order it is drawn
    pictures: list[Box] = []
    for thing in page.get_objects(max_depth=1):
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            box = thing.get_bounds()
            never = raw.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE
            suspect = _Suspect(thing, box, never)
            is_odd = never or _is_pale(thing) or not _overlap(box, paper) or box[3] - box[1] < _TINY
            (found if is_odd else plain).append(suspect)
        elif thing.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING) or _is_filled(thing):
            box = thing.get_bounds()
            if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
                pictures.append(box)
            covered = [s for s in plain if _overlap(s.box, box)]
            if covered:
                found += covered
                plain = [s for s in plain if s not in covered]
    return found, pictures


def _is_pale(thing: "PdfObject") -> bool:
    from pypdfium2 import raw

    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(thing, red, green, blue, opacity):
        return False
    return opacity.value < _CLEAR or min(red.value, green.value, blue.value) >= _PALE


def _is_filled(thing: "PdfObject") -> bool:
    from pypdfium2 import raw

    if thing.type != raw.FPDF_PAGEOBJ_PATH:
        return False
    mode, has_stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(thing, mode, has_stroke)) and mode.value != 0


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _switch(thing: "PdfObject", *, is_on: bool) -> None:
    from pypdfium2 import raw

    raw.FPDFPageObj_SetIsActive(thing, is_on)


def _drawn(page: "PdfPage") -> "Image":
    image: Image = page.render(scale=_SCALE, grayscale=True).to_pil()
    return image


def _is_seen(
    page: "PdfPage", suspect: _Suspect, whole: "Image", without: "Image", pictures: Sequence[Box]
) -> bool:
    from PIL.ImageChops import difference

    place = _pixels(page, suspect.box, whole.size)
    if place is None or suspect.box[3] - suspect.box[1] < _TINY:
        return False
    before, after = whole.crop(place), without.crop(place)
    if difference(before, after).point(lambda grey: grey >= _SEEN and 255).getbbox() is not None:
        return True
    over_picture = any(_overlap(suspect.box, box) for box in pictures)
    return suspect.is_never_drawn and over_picture and _spread(before) >= _SEEN


def _spread(image: "Image") -> float:
    """Return the difference between the lightest and the darkest point of a grey picture."""
    low, high = cast("tuple[float, float]", image.getextrema())
    return high - low


def _pixels(page: "PdfPage", box: Box, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """Return where a box stands on the drawn page, None where it is off it."""
    from pypdfium2 import raw

    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        corners.append((across.value, down.value))
    (x0, x1), (y0, y1) = (sorted(pair) for pair in zip(*corners, strict=True))
    left, top, right, bottom = max(0, x0), max(0, y0), min(size[0], x1 + 1), min(size[1], y1 + 1)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _texts(page: "PdfPage", hidden: Sequence[_Suspect]) -> tuple[str, ...]:
    from pypdfium2 import raw

    if not hidden:
        return ()
    texts = []
    with closing(page.get_textpage()) as layer:
        for suspect in hidden:
            size = raw.FPDFTextObj_GetText(suspect.text_object, layer, None, 0)
            buffer = ctypes.create_string_buffer(size)
            pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
            raw.FPDFTextObj_GetText(suspect.text_object, layer, pointer, size)
            texts.append(buffer.raw.decode("utf-16-le", "ignore").rstrip("\0"))
    return tuple(text for text in texts if text.strip())
