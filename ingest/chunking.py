"""Report text -> passages of whole sentences with one sentence of overlap.

800 to 1,200 characters keep who, where and how many of a visit together (6 of 6 in the study of
docs/decisions/004-syllables.md). Sections stay apart unless they fit one passage together. Does
not clean text.
"""

from collections.abc import Sequence

from hochoi.language.sentences import sentence_spans
from hochoi.types import Passage, Span

MAX_CHARS = 1200
MAX_OVERLAP_CHARS = 400  # a longer last sentence is not repeated


def chunk(
    report_id: str, text: str, headings: Sequence[str] = (), *, max_chars: int = MAX_CHARS
) -> tuple[Passage, ...]:
    """Return the passages of a report, in order.

    Args:
        report_id: Id of the report; passage ids begin with it.
        text: Text of the report in NFC.
        headings: Lines of `text` that are section headings, in order.
        max_chars: Longest passage; a longer single sentence is cut at a space.

    Raises:
        ValueError: If `max_chars` is below 50.
    """
    if max_chars < 50:
        raise ValueError(f"max_chars must be at least 50, got {max_chars}")
    passages = []
    for section, first, last in _sections(text, headings, max_chars):
        spans = [
            piece
            for span in sentence_spans(text[first:last])
            for piece in _pieces(text, Span(first + span.start, first + span.end), max_chars)
        ]
        for start, end in _groups(spans, max_chars):
            passage_id = f"{report_id}:{start}-{end}"
            passages.append(Passage(passage_id, report_id, section, start, end, text[start:end]))
    return tuple(passages)


def _sections(text: str, headings: Sequence[str], max_chars: int) -> list[tuple[str, int, int]]:
    """Return (heading, start, end) of the stretches between headings; the heading is inside.

    Neighbours that are together short enough for one passage are joined: reports are short.
    """
    names = frozenset(headings)
    starts = [("", 0)]
    position = 0
    for line in text.splitlines(keepends=True) if names else ():
        if position and line.rstrip("\n") in names:
            starts.append((line.rstrip("\n"), position))
        position += len(line)
    ends = [start for _, start in starts[1:]] + [len(text)]
    sections: list[tuple[str, int, int]] = []
    for (name, start), end in zip(starts, ends, strict=True):
        if sections and end - sections[-1][1] <= max_chars:
            sections[-1] = (sections[-1][0], sections[-1][1], end)
        else:
            sections.append((name, start, end))
    return sections


def _pieces(text: str, span: Span, max_chars: int) -> list[Span]:
    """Cut a sentence that is longer than a passage at spaces, or anywhere when it has none."""
    pieces, start = [], span.start
    while span.end - start > max_chars:
        cut = text.rfind(" ", start + max_chars // 2, start + max_chars)
        cut = cut if cut > 0 else start + max_chars
        pieces.append(Span(start, cut))
        start = cut + 1 if text[cut : cut + 1] == " " else cut
    if start < span.end:
        pieces.append(Span(start, span.end))
    return pieces


def _groups(spans: Sequence[Span], max_chars: int) -> list[tuple[int, int]]:
    """Return the range of each passage over sentences in order; each adds a sentence to the last.

    The last sentence of a passage opens the next one, unless it is long, or is all the passage
    holds, or leaves no room for the sentence after it.
    """
    groups: list[tuple[int, int]] = []
    first = 0
    while first < len(spans):
        start, last = spans[first].start, first
        while last + 1 < len(spans) and spans[last + 1].end - start <= max_chars:
            last += 1
        groups.append((start, spans[last].end))
        repeats = (
            last + 1 < len(spans)
            and last > first
            and spans[last].end - spans[last].start <= MAX_OVERLAP_CHARS
            and spans[last + 1].end - spans[last].start <= max_chars
        )
        first = last if repeats else last + 1
    return groups
