"""Cut a draft that arrives piece by piece into sentences with the numbers they cite.

However the draft is cut into pieces, the sentences are the same. Formatting that models add
(bullets, list numbers, headings, bold) is dropped; nothing is judged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hochoi.language.sentences import sentence_spans
from hochoi.text import clean, nfc
from hochoi.verification.citation_markers import LONGEST, Unmarked, cited_numbers, take_markers

_BULLET = re.compile(r"[ \t]*(?:(?:[-+*•●▪◦–—]|#{1,6}|>|\(?\d{1,2}[.)]|[a-zđ][.)])[ \t]+)+")
_BOLD = re.compile(r"(\*\*|__|~~|`+)(?=\S)(.+?)(?<=\S)\1")
_STRAY_BOLD = re.compile(r"\*\*|~~|__(?=\W|$)|(?<!\w)__|`")
_SPACES = re.compile(r"[ \t]{2,}")
_SPACE_BEFORE = re.compile(r"[ \t]+(?=[.,;:!?…)\]”»](?:\W|$))")
_REPEATED_STOP = re.compile(r"(?<![.…])([.,;])[ \t]*(?=[.;](?![.…])\W*$)")


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence of a draft without its markers, and the source numbers they named, in order."""

    text: str
    numbers: tuple[int, ...]


class SentenceReader:
    """Takes a draft in pieces and yields each sentence once it is certainly complete."""

    def __init__(self) -> None:
        self._buffer = ""
        self._leads = False  # on this line markers stand before their sentences
        self._at_line_start = True

    def feed(self, piece: str) -> Iterator[MarkedSentence]:
        """Take the next piece of the draft; yields the sentences that it completes."""
        self._buffer += clean(piece)
        yield from self._drain(is_final=False)

    def close(self) -> Iterator[MarkedSentence]:
        """End the draft; yields what is left of it."""
        yield from self._drain(is_final=True)

    def _drain(self, *, is_final: bool) -> Iterator[MarkedSentence]:
        while self._buffer:
            line, newline, _ = self._buffer.partition("\n")
            is_whole = bool(newline) or is_final
            unmarked = take_markers(line)
            if self._at_line_start:
                if not is_whole and len(line) < LONGEST:
                    return
                first = unmarked.markers[0] if unmarked.markers else None
                before = line[: first.start] if first else line
                self._leads = bool(first and first.numbers and not _BULLET.sub("", before).strip())
                self._at_line_start = False
            cut = self._cut(unmarked, is_whole=is_whole)
            if cut is None:
                if not is_whole:
                    return
                cut = len(line)
            elif not is_whole and len(line) - cut < LONGEST:
                return
            sentence = _sentence(unmarked, line, cut)
            if cut == len(line) and is_whole:
                self._buffer = self._buffer[cut + len(newline) :]
                self._at_line_start = True
            else:
                self._buffer = self._buffer[cut:]
            if sentence is not None:
                yield sentence

    def _cut(self, unmarked: Unmarked, *, is_whole: bool) -> int | None:
        """Return where in the line its first sentence ends with its markers; None for no end.

        Stops inside a quotation end nothing, unless the line ends before the quotation does.
        """
        text = unmarked.text
        spans = sentence_spans(text)
        if len(spans) < 2:
            return None
        closed = (n for n in range(1, len(spans)) if _is_closed(text[: spans[n - 1].end]))
        following = next(closed, None)
        if following is None:
            if not is_whole or _is_closed(text):
                return None
            following = 1
        if self._leads:
            return unmarked.original(spans[following - 1].end - 1) + 1
        return unmarked.original(spans[following].start)


def _is_closed(text: str) -> bool:
    return text.count("“") <= text.count("”") and text.count("«") <= text.count("»")


def read_sentences(draft: str) -> tuple[MarkedSentence, ...]:
    """Return the sentences of a whole draft."""
    reader = SentenceReader()
    return (*reader.feed(draft), *reader.close())


def _sentence(unmarked: Unmarked, line: str, cut: int) -> MarkedSentence | None:
    """Return the sentence that ends at `line[cut]`; None when no words stand there."""
    markers = tuple(m for m in unmarked.markers if m.start < cut)
    numbers = cited_numbers(line[:cut], markers, 0)
    text = plain(take_markers(line[:cut]).text)
    return MarkedSentence(text, numbers) if any(c.isalnum() for c in text) else None


def plain(text: str) -> str:
    """Return a line without bullets, emphasis and the spaces that markers left behind, in NFC."""
    text = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    for _ in range(2):
        text = _BOLD.sub(r"\2", text)
    text = _STRAY_BOLD.sub("", text)
    text = _SPACE_BEFORE.sub("", _SPACES.sub(" ", text.replace("\t", " ").replace("()", "")))
    return nfc(_REPEATED_STOP.sub("", text).strip().lstrip(":;, "))
