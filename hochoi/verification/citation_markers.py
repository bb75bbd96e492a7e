"""Find the citation markers of a draft, such as [1], [1-3], 【2】, ¹ or ①, and take them out.

A marker is a bracket that holds numbers of sources and nothing else, or a raised or circled
number that is no power ("km²", "10³"). "thứ [2]" is an ordinal,
"[2024]" a year: they keep their number and lose the bracket, because in a finished answer only
Học Hỏi itself writes citation numbers. Does not know which sources exist.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

MAX_NUMBER = 999
MAX_RANGE = 20  # sources that one range may name; a longer one names none
LONGEST = 160  # characters of a marker, link and parentheses included

_S = r"[ \t\u00a0]{0,3}"
_OPEN, _CLOSE = r"\\?[\[【［〔]{1,2}", r"\\?[\]】］〕]{1,2}"
_KIND = (
    rf"(?:[\^#]|(?:theo|xem|các|nguồn|nguon|tài liệu|tai lieu|báo cáo|bao cao|trích dẫn|số|so|"
    rf"sources?|refs?|citations?|no\.?|n)(?!\w){_S}:?{_S}|n(?=\d))"
)
_DASH = r"(?:[-–—‐‑−~]|đến|den|to)"
_ITEM = rf"(?:{_KIND}){{0,3}}\d{{1,4}}(?:{_S}{_DASH}{_S}\d{{1,4}})?"
_SEPARATOR = rf"{_S}(?:[,;、，+&|]{_S}(?:và{_S})?|(?:và|va|and)(?!\w){_S})"
_MARKER = re.compile(
    rf"{_OPEN}{_S}(?P<items>{_ITEM}(?:{_SEPARATOR}{_ITEM}){{0,12}})"
    rf"{_S}(?:[,;.]{_S})?(?:†[^\[\]【】\n]{{0,24}})?{_CLOSE}"
    r"(?P<link>\((?:https?:|www\.|#|/)[^()\s]{0,90}\))?",
    re.IGNORECASE,
)
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN_DIGITS = str.maketrans(_RAISED_DIGITS, "0123456789")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_RAISED = re.compile(
    rf"(?<![mM])(?<!10)(?<![{_RAISED_DIGITS}])⁽?[{_RAISED_DIGITS}]{{1,3}}"
    rf"(?:[,;]?[ \u00a0]?[{_RAISED_DIGITS}]{{1,3}}){{0,5}}⁾?"
    rf"|[{_CIRCLED}](?:[,;]?[ \u00a0]?[{_CIRCLED}]){{0,5}}"
)
_ONE_RAISED = re.compile(rf"[{_RAISED_DIGITS}]+|[{_CIRCLED}]")
_NUMBERS = re.compile(rf"(\d{{1,4}})(?:{_S}{_DASH}{_S}(\d{{1,4}}))?", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<!\w)(?:lần |lan )?(?:thứ|(?<=lan )thu)[ \t\u00a0]?$", re.IGNORECASE)
_BEFORE_RUN = re.compile(
    r"\((?:[ \t\u00a0]|(?:theo|xem|nguồn|nguon|trích|dẫn|tham khảo|source|see)(?!\w)|:){0,6}$",
    re.IGNORECASE,
)
_AFTER_RUN = re.compile(r"[ \t\u00a0.,;]{0,2}\)")
_BETWEEN = re.compile(r"[ \t\u00a0]{0,2}[,;]?[ \t\u00a0]{0,2}")
_CLOSES_QUOTE = re.compile(r"[.,;:!?…]{0,3}[ \t\u00a0]?[”\"»’]")
_LOOKBACK = 40


@dataclass(frozen=True, slots=True)
class Marker:
    """One or more markers at `text[start:end]` of a draft and what remains of it when they go."""

    start: int
    end: int
    numbers: tuple[int, ...]  # as written, in order, each once; empty: it cites nothing
    kept: str  # "" for a marker, the bare number for an ordinal or a year


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A line without its markers: `text`, and the way back to positions of the line."""

    text: str
    markers: tuple[Marker, ...]
    _places: tuple[int, ...]  # where each piece of the line begins in `text`
    _origins: tuple[int, ...]  # ... and in the line

    def original(self, position: int) -> int:
        """Return the position in the line of a character of `text`."""
        piece = bisect_right(self._places, position) - 1
        return self._origins[piece] + position - self._places[piece]


def take_markers(line: str) -> Unmarked:
    """Return a line without its markers. Linear in the line."""
    markers = tuple(_widened(line, list(_found(line))))
    pieces: list[str] = []
    places, origins = [0], [0]
    position = length = 0
    for marker in markers:
        before = line[position : marker.start]
        joins = line[marker.start - 1 : marker.start].isalnum() and line[marker.end :][:1].isalnum()
        kept = marker.kept or (" " if joins else "")
        pieces += [before, kept]
        length += len(before) + len(kept)
        position = marker.end
        places.append(length)
        origins.append(position)
    pieces.append(line[position:])
    return Unmarked("".join(pieces), markers, tuple(places), tuple(origins))


def cited_numbers(sentence: str, markers: tuple[Marker, ...], start: int) -> tuple[int, ...]:
    """Return the numbers that the markers of one sentence cite, in order, each once.

    A marker in the middle of a quotation belongs to what is quoted and cites nothing; one right
    before the closing quotation mark cites.

    Args:
        sentence: The sentence as drafted, markers included.
        markers: Its markers, in order.
        start: Where the sentence begins in the text that the markers' offsets count in.
    """
    numbers: dict[int, None] = {}
    for marker in markers:
        if not _is_quoted(sentence, marker.start - start, marker.end - start):
            numbers.update(dict.fromkeys(marker.numbers))
    return tuple(numbers)


def _is_quoted(sentence: str, start: int, end: int) -> bool:
    before = sentence[:start]
    curly = before.rfind("“") > before.rfind("”") or before.rfind("«") > before.rfind("»")
    is_open = curly or before.count('"') % 2 == 1
    return is_open and not _CLOSES_QUOTE.match(sentence, end)


def _found(line: str) -> Iterator[Marker]:
    found = [*_bracketed(line.translate(_PLAIN_DIGITS)), *_raised(line)]
    end = 0
    for marker in sorted(found, key=lambda marker: (marker.start, -marker.end)):
        if marker.start >= end:
            yield marker
            end = marker.end


def _bracketed(line: str) -> Iterator[Marker]:
    for match in _MARKER.finditer(line):
        before = line[max(0, match.start() - _LOOKBACK) : match.start()]
        numbers = _numbers(match["items"])
        if _ORDINAL.search(before) or numbers is None:
            yield Marker(match.start(), match.end(), (), match["items"].strip())
        else:
            yield Marker(match.start(), match.end(), numbers, "")


def _raised(line: str) -> Iterator[Marker]:
    for match in _RAISED.finditer(line):
        numbers = dict.fromkeys(
            _CIRCLED.index(one) + 1 if one in _CIRCLED else int(one.translate(_PLAIN_DIGITS))
            for one in _ONE_RAISED.findall(match[0])
        )
        yield Marker(match.start(), match.end(), tuple(numbers), "")


def _numbers(items: str) -> tuple[int, ...] | None:
    """Return the numbers of a marker; None when one is too large to count sources ("[2024]")."""
    numbers: dict[int, None] = {}
    for match in _NUMBERS.finditer(items):
        first, last = int(match[1]), int(match[2] or match[1])
        if max(first, last) > MAX_NUMBER:
            return None
        low, high = sorted((first, last))
        if high - low < MAX_RANGE:
            numbers.update(dict.fromkeys(range(low, high + 1)))
    return tuple(numbers)


def _widened(line: str, markers: list[Marker]) -> Iterator[Marker]:
    """Yield runs of markers as one; parentheses around, as in "(nguồn: [1], [2])", go too."""
    n = 0
    while n < len(markers):
        last = n
        while last + 1 < len(markers) and _touch(line, markers[last], markers[last + 1]):
            last += 1
        run = markers[n : last + 1]
        start, end = run[0].start, run[-1].end
        window = max(0, start - _LOOKBACK, markers[n - 1].end if n else 0)
        opening = _BEFORE_RUN.search(line[window:start])
        closing = _AFTER_RUN.match(line, end)
        if any(m.kept for m in run):
            yield from run
        else:
            if opening and closing:
                start, end = window + opening.start(), closing.end()
            yield Marker(start, end, tuple(dict.fromkeys(i for m in run for i in m.numbers)), "")
        n = last + 1


def _touch(line: str, first: Marker, second: Marker) -> bool:
    return _BETWEEN.fullmatch(line, first.end, second.start) is not None
