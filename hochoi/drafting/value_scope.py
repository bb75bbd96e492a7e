"""Which of several values in a sentence a question means; none when that is not clear.

A sentence names its matter, states a figure, then qualifies further ones: "trên 215.000 hồ sơ,
trong đó gần 190.000 hồ sơ nộp trực tuyến". Words before the first value are about all of them;
words beside a later one are about that one only. A wrong figure is worse than none.
"""

import re
from collections.abc import Collection, Sequence

from hochoi.text import fold
from hochoi.types import Span

_SEGMENT = re.compile(r";")
_BREAK = re.compile(r"[;,:](?!\d)|[^\S\n]và[^\S\n]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OPENING_YEAR = re.compile(r"\W*(?:(?:trong|đến)[^\S\n]+)?năm[^\S\n]+(\d{4})\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:so với|hơn|bằng|cùng kỳ|từ)[^\S\n]+(?:năm|kỳ|thời điểm)?[^\S\n]*$", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_OTHER_SOURCE = re.compile(r"\b(?:nguồn|tài liệu|báo cáo|nơi) khác\b", re.IGNORECASE)
_NO_QUALIFIER = frozenset("tinh thanh pho ca nuoc tren toan trong do tong so la va cua".split())


def of_asked_years(found: Sequence[Span], text: str, years: Collection[str]) -> list[Span]:
    """Return the values said to be of a year asked for; else those not said to be of another.

    Args:
        found: Values in `text`, in order.
        text: The sentence.
        years: Years of the question, four digits; with none all values stay.
    """
    if not years:
        return list(found)
    stated = [(span, _year_of(span, text)) for span in found]
    of_year = [span for span, year in stated if year in years]
    return of_year or [span for span, year in stated if year is None]


def _year_of(span: Span, text: str) -> str | None:
    """Return the year a value is of: behind it in its clause, before it, or the sentence's first.

    A year that it is compared with ("so với năm 2021") is none of these.
    """
    behind = _BREAK.search(text, span.end)
    clause = text[span.end : behind.start() if behind else len(text)]
    for year in _YEAR.finditer(clause):
        if not _COMPARED.search(clause, 0, year.start()):
            return year[0]
    start = max((m.end() for m in _SEGMENT.finditer(text, 0, span.start)), default=0)
    before = text[start : span.start]
    stated = [m for m in _YEAR.finditer(before) if not _COMPARED.search(before, 0, m.start())]
    if stated:
        return stated[-1][0]
    opening = _OPENING_YEAR.match(text)
    return opening[1] if opening else None


def meant(found: Sequence[Span], text: str, asked: Collection[str]) -> Span | None:
    """Return the only value, or the one that the words beside it single out.

    Args:
        found: Values in `text`, in order.
        text: The sentence.
        asked: Folded words of the question's clause.
    """
    if len(found) < 2:
        return found[0] if found else None
    if _OTHER_SOURCE.search(text):  # "có nguồn nêu 08 điểm, nguồn khác nêu 06 điểm"
        return None
    head = words_in(text[: found[0].start])
    own = [_own_words(n, found, text) for n in range(len(found))]
    support = [len((own_words & set(asked)) - head) for own_words in own]
    best = max(support)
    if best > 0:
        return found[support.index(best)] if support.count(best) == 1 else None
    first = own[0] - head - _NO_QUALIFIER
    return None if first else found[0]


def _own_words(n: int, found: Sequence[Span], text: str) -> set[str]:
    """Return the words beside a value; before the first one stands what is about all of them."""
    breaks = [m.span() for m in _BREAK.finditer(text)]
    next_ones = (s.start for s in found[n + 1 :])
    end = min([len(text), *(a for a, _ in breaks if a >= found[n].end), *next_ones])
    start = found[n].start
    if n > 0:
        start = max([found[n - 1].end, *(b for _, b in breaks if b <= found[n].start)])
    return words_in(text[start : found[n].start]) | words_in(text[found[n].end : end])


def years_in(text: str) -> list[str]:
    """Return the years that a text names, four digits each."""
    return _YEAR.findall(text)


def words_in(text: str) -> set[str]:
    """Return the folded words of a text."""
    return set(_WORD.findall(fold(text)))
