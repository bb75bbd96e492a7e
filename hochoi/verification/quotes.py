"""Find words of a report again, whatever white space or quotation marks a draft gave them."""

import re

from hochoi.text import nfc
from hochoi.types import Span

_MARKS = {"“": '["“”«»]', "”": '["“”«»]', '"': '["“”«»]', "«": '["“”«»]', "»": '["“”«»]'}
_MARKS |= {mark: "['‘’]" for mark in "'‘’"} | {dash: "[-‐‑–—]" for dash in "-‐‑–—"}


def locate(words: str, text: str, start: int = 0, end: int | None = None) -> Span | None:
    """Return where words first stand in `text[start:end]`; None when they do not.

    Letters must agree, case and diacritics included. Any white space stands for any other,
    quotation marks and dashes for those of another shape. Offsets are exact positions in `text`.

    Args:
        words: Any Unicode form; compared in NFC.
        text: NFC text of a report.
        start: Where to look from.
        end: Where to stop; the end of the text when None.
    """
    parts = nfc(words).split()
    if not parts:
        return None
    pattern = r"\s+".join("".join(_MARKS.get(c) or re.escape(c) for c in part) for part in parts)
    match = re.compile(pattern).search(text, start, len(text) if end is None else end)
    return Span(match.start(), match.end()) if match else None
