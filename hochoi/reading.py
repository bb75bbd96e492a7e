"""A report as answering sees it: sentences with their search terms, and the dates it states.

Derived from the report alone, so it is made once per report and kept (`Workspace.reading`).
"""

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hochoi.dates.finding import DatePhrase, find_dates
from hochoi.index_text import header, sides
from hochoi.language.official_frame import frame_spans
from hochoi.language.sentences import sentence_spans
from hochoi.language.tokens import bigrams, fold_syllable, syllables
from hochoi.ranking.sentence_tokens import SentenceTokens, joined, read_sentence
from hochoi.text import fold
from hochoi.types import Report, Span

_CLOSING = (":", ".", "!", "?", ";", ",")
MAX_LIST_ITEMS = 8  # a longer list is quoted item by item
MAX_LIST_CHARS = 900
MAX_RUN_IN_WORDS = 6
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
BULLET = re.compile(r"(?:[-+*•]|\d{1,2}[.)])\s")
# "Kinh tế số. Khu vực ...": a few words without a name or a deed, then the text on the same line.
_RUN_IN = re.compile(r"(?:\d{1,2}[.)] )?([^\W\d_][^\d.,:;()]{2,60})[.:]")
MAX_SECTION_CHARS = 120
_SECTION = re.compile(
    r"(?:(?:\d{1,2}|[IVX]{1,4}|[a-z])[.)] ?)?(?:kết quả|mô hình|một số|tình hình|nội dung|ý kiến"
    r"|cách làm|công tác|vị trí|cơ sở|thông tin|phương hướng|nhiệm vụ|giải pháp|bài học|kinh nghiệm"
    r"|thứ hạng|hạ tầng|thành phần|kiến nghị|đề xuất|đánh giá|về|những|các)\b",
    re.IGNORECASE,
)
_DEED = re.compile(r" (?:đã|đang|sẽ|có|là|do) ")


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of a report, prepared for scoring."""

    span: Span
    text: str
    folded: str
    terms: frozenset[str]  # folded syllables and bigrams
    dates: tuple[DatePhrase, ...]
    starts_line: bool
    is_item: bool  # of a list
    is_heading: bool  # a few words at the start of a line, about what follows
    in_frame: bool  # of the paper: letterhead, addressees, signature
    tokens: SentenceTokens

    @property
    def introduces(self) -> bool:
        """Whether it announces what follows: a heading, or a line that ends with a colon."""
        return self.is_heading or self.text.endswith(":")


@dataclass(frozen=True, slots=True)
class Unit:
    """What may be quoted: one sentence, or a list with the line that introduces it."""

    span: Span
    sentence: ReadSentence  # the first one; the only one unless it is a list
    tokens: SentenceTokens  # with those of the line above an item, which it completes
    is_list: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A report cut into prepared sentences."""

    report: Report
    sentences: tuple[ReadSentence, ...]  # below the title, in order
    items: tuple[Unit, ...]  # the sentences one by one, headings and the paper's frame left out
    wholes: tuple[Unit, ...]  # the same, but lists that are not too long in one piece
    frame: tuple[Unit, ...]  # letterhead, addressees, signature
    header_terms: frozenset[str]  # of title, date, host and visitors
    side_terms: frozenset[str]  # of date, host and visitors: which visit it is, not what about
    terms: frozenset[str]  # of header and text
    folded: str  # of the text
    dates: tuple[DatePhrase, ...]  # of all sentences and the title


def folded_terms(text: str) -> frozenset[str]:
    """Return the folded syllables and bigrams of a text."""
    terms = [fold_syllable(s) for s in syllables(text)]
    return frozenset([*terms, *bigrams(terms)])


def _is_short(text: str) -> bool:
    return len(text) <= 60 and len(text.split()) <= 9 and not any(c.isdigit() for c in text)


def _names_section(text: str) -> bool:
    """Return whether a line of many words is the name of a section, not a report of something."""
    return (
        len(text) <= MAX_SECTION_CHARS
        and _SECTION.match(text) is not None
        and _DEED.search(text) is None
        and re.search(r":|\d(?! cấp)", text) is None
    )


def _is_run_in(text: str, following: str) -> bool:
    """Return whether words at the start of a line announce the rest of it."""
    match = _RUN_IN.fullmatch(text) if following == " " else None
    words = match[1].split() if match else []
    return (
        0 < len(words) <= MAX_RUN_IN_WORDS
        and _DEED.search(text) is None
        and not any(word[:1].isupper() and not word.isupper() for word in words[1:])
    )


def read_report(report: Report) -> Reading:
    """Return the prepared form of a report."""
    sentences = _with_numbered_headings(list(_sentences(report)))
    items, wholes = _units([s for s in sentences if not s.in_frame])
    head = folded_terms(header(report.visit))
    parties = (*report.visit.host, *report.visit.visitors)
    provinces = " ".join(p.value.province or "" for p in parties)
    return Reading(
        report=report,
        sentences=tuple(sentences),
        items=items,
        wholes=wholes,
        frame=tuple(Unit(s.span, s, s.tokens, is_list=False) for s in sentences if s.in_frame),
        header_terms=head,
        side_terms=folded_terms(f"{sides(report.visit)}. {provinces}"),
        terms=head.union(*(s.terms for s in sentences)),
        folded=fold(report.text),
        dates=find_dates(report.title) + tuple(d for s in sentences for d in s.dates),
    )


def _sentences(report: Report) -> Iterator[ReadSentence]:
    """Yield the sentences below the title."""
    body = len(report.title) if report.text.startswith(report.title) else 0
    frame = frame_spans(report.text)
    for span in sentence_spans(report.text):
        if span.start < body:
            continue
        text = report.text[span.start : span.end]
        dates = find_dates(text)
        is_item = BULLET.match(text) is not None
        starts_line = report.text[span.start - 1 : span.start] in ("", "\n")
        is_run_in = starts_line and _is_run_in(text, report.text[span.end : span.end + 1])
        is_title = starts_line and not (is_item or dates or text.endswith(_CLOSING))
        yield ReadSentence(
            span=span,
            text=text,
            folded=fold(text),
            terms=folded_terms(text),
            dates=dates,
            starts_line=starts_line,
            is_item=is_item and not is_run_in,
            is_heading=is_run_in or (is_title and (_is_short(text) or _names_section(text))),
            in_frame=any(f.start <= span.start < f.end for f in frame),
            tokens=read_sentence(text),
        )


def _with_numbered_headings(sentences: Sequence[ReadSentence]) -> list[ReadSentence]:
    """Return the sentences, numbered words above a list with bullets being a heading of it."""
    after = [*sentences[1:], None]
    return [
        replace(s, is_item=False, is_heading=True)
        if s.is_item
        and (match := _NUMBERED.match(s.text)) is not None
        and not s.text.endswith(_CLOSING)
        and _is_short(s.text[match.end() :])
        and following is not None
        and following.is_item
        and _NUMBERED.match(following.text) is None
        else s
        for s, following in zip(sentences, after, strict=True)
    ]


def _units(sentences: Sequence[ReadSentence]) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """Return the sentences one by one, and with whole lists; an item knows the line above it."""
    items: list[Unit] = []
    wholes: list[Unit] = []
    for first, last in _groups(sentences):
        group = sentences[first : last + 1]
        intro = group[0].tokens if group[0].introduces else None
        own = []
        for sentence in group:
            if sentence.is_heading:
                continue
            tokens = sentence.tokens
            if intro is not None and sentence is not group[0]:
                tokens = joined((intro, tokens))
            own.append(Unit(sentence.span, sentence, tokens, is_list=False))
        items += own
        span = Span(group[0].span.start, group[-1].span.end)
        is_short = len(group) <= MAX_LIST_ITEMS + 1 and span.end - span.start <= MAX_LIST_CHARS
        if len(group) > 1 and group[1].is_item and is_short:
            tokens = joined([sentence.tokens for sentence in group])
            wholes.append(Unit(span, group[0], tokens, is_list=True))
        else:
            wholes += own
    return tuple(items), tuple(wholes)


def _groups(sentences: Sequence[ReadSentence]) -> Iterator[tuple[int, int]]:
    """Yield first and last place of each list with the line above it, and of what stands alone.

    A heading without a list goes with the sentence below it, one on the same line with all of it.
    """
    n = 0
    while n < len(sentences):
        last = n
        if sentences[n].introduces or sentences[n].is_item:
            while last + 1 < len(sentences) and sentences[last + 1].is_item:
                last += 1
        if last == n and sentences[n].is_heading and n + 1 < len(sentences):
            last = n if sentences[n + 1].introduces else n + 1
            if not sentences[n + 1].starts_line:
                while last + 1 < len(sentences) and not sentences[last + 1].starts_line:
                    last += 1
        yield n, last
        n = last + 1


class Readings:
    """The reports prepared lately, at most `KEPT`: about 100 KB each. For several threads."""

    KEPT = 1000

    def __init__(self) -> None:
        """Start empty."""
        self._held: dict[str, Reading] = {}
        self._changing = threading.Lock()

    def of(self, report: Report) -> Reading:
        """Return a report prepared for answering; made when it is not held."""
        found = self._held.get(report.report_id)
        if found is None or found.report is not report:
            found = read_report(report)
            with self._changing:
                self._held[report.report_id] = found
                while len(self._held) > self.KEPT:
                    del self._held[next(iter(self._held))]
        return found

    def forget(self, report_ids: Iterable[str]) -> None:
        """Drop the readings of these reports."""
        with self._changing:
            for report_id in report_ids:
                self._held.pop(report_id, None)
