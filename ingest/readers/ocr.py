"""Pictures of pages -> lines, by the program tesseract with its Vietnamese model."""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hochoi.errors import (
    EmptyTextError,
    ToolMissingError,
    TooManyPartsError,
    UnreadableFileError,
)
from hochoi.types import SourceFile
from ingest.markup import Page, visible_lines
from ingest.readers.found import Found
from ingest.sandbox import allow_more_time, harmless_environment

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 60_000_000
MAX_FRAMES = 60  # pages of a TIFF
PAGE_SECONDS = 60
LOW_CONFIDENCE = 75  # percent


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on one page; `confidence` is the mean over words, in percent."""

    lines: tuple[str, ...]
    confidence: float


def tesseract_path() -> str | None:
    """Return where the program is, None when it is not installed with Vietnamese."""
    return shutil.which("tesseract")


def recognise(image: "Image") -> Recognised | None:
    """Return the text of a picture of a page, None when the program gives up on it."""
    program = tesseract_path()
    if program is None:
        return None
    allow_more_time(PAGE_SECONDS)
    picture = io.BytesIO()
    image.convert("L").save(picture, "PPM")
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", "3", "--dpi", "300", "tsv"]
    environment = {**harmless_environment(), "OMP_THREAD_LIMIT": "1"}
    try:
        ran = subprocess.run(
            command, input=picture.getvalue(), capture_output=True, timeout=PAGE_SECONDS,
            env=environment, check=True,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    return _from_tsv(ran.stdout.decode("utf-8", "replace"))


def _from_tsv(table: str) -> Recognised:
    """Return lines joined to paragraphs as the program found them."""
    paragraphs: dict[tuple[str, str], list[str]] = {}
    confidences: list[float] = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if row.get("level") != "5" or not word:
            continue
        paragraphs.setdefault((row["block_num"], row["par_num"]), []).append(word)
        confidences.append(float(row["conf"]))
    lines = tuple(" ".join(words) for words in paragraphs.values())
    return Recognised(lines, sum(confidences) / len(confidences) if confidences else 0.0)


def read_image(source: SourceFile) -> Found:
    """Return what the picture of a document shows.

    Raises:
        ToolMissingError: If tesseract is not installed.
        UnreadableFileError: If it is damaged.
        TooManyPartsError: If it has more dots or pages than can be read.
        EmptyTextError: If no letter is recognised.
    """
    from PIL import Image, UnidentifiedImageError

    if tesseract_path() is None:
        raise ToolMissingError(source.name, "tesseract")
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    try:
        with Image.open(io.BytesIO(source.content)) as image:
            frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if frames > MAX_FRAMES:
                raise TooManyPartsError(source.name, "pages", MAX_FRAMES, frames)
            pages = []
            for number in range(frames):
                image.seek(number)
                if image.width * image.height > MAX_PIXELS:
                    pixels = image.width * image.height
                    raise TooManyPartsError(source.name, "pixels", MAX_PIXELS, pixels)
                pages.append(recognise(image))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as exc:
        raise UnreadableFileError(source.name, "it is a damaged picture") from exc
    return _found(source, pages)


def _found(source: SourceFile, pages: "list[Recognised | None]") -> Found:
    lines: list[str] = []
    marks: list[tuple[int, int]] = []
    for page in pages:
        marks.append((len(lines), 0))
        lines += visible_lines("\n".join(page.lines)) if page else ()
    if not lines:
        raise EmptyTextError(source.name)
    warnings = [f"pages_recognised|{_list(n for n, p in enumerate(pages, 1) if p)}"]
    for key, chosen in (
        ("pages_low", [n for n, p in enumerate(pages, 1) if p and p.confidence < LOW_CONFIDENCE]),
        ("pages_unread", [n for n, p in enumerate(pages, 1) if p is None]),
    ):
        if chosen:
            warnings.append(f"{key}|{_list(chosen)}")
    shown_page = Page(tuple(lines), tuple(lines), (), (), {})
    return Found(
        "image",
        shown_page,
        page_marks=tuple(marks) if len(marks) > 1 else (),
        warnings=tuple(warnings),
    )


def _list(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))
