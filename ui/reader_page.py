"""A report -> the page on which it is read: visit card, clean text, quoted words marked."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from markupsafe import Markup

from hochoi.people.person import NOBODY, Person
from hochoi.types import Person as NamedPerson
from hochoi.types import Report, Span, Stated
from ui.document import document
from ui.elements import day, external_link, external_url, facts, parties, reader_url, when, words
from ui.wording import Language, number_words

_LIST_SIGNS = ("- ", "– ", "+ ", "• ", "* ")


def reader_page(
    report: Report,
    marks: Sequence[Span],
    headings: Collection[str],
    topic_names: Mapping[str, str],
    language: Language,
    person: Person = NOBODY,
    newer_id: str | None = None,
) -> str:
    """Return the page of a report.

    Args:
        report: The report.
        marks: Ranges of `report.text` to mark, as `marks_within` returns them.
        headings: Lines of the text that are headings.
        topic_names: Vietnamese name per topic code; a code without one is shown as it is.
        language: Of the labels; the report itself is Vietnamese.
        person: Who reads it.
        newer_id: Of the live version, when this is an older one.
    """
    main = Markup(
        '<article class="report"><p class="kind">{}</p><h1 lang="vi">{}</h1>{}{}'
        '<div class="body">{}{}</div></article>'
    )
    return document(
        report.title,
        main.format(
            words("report", language),
            report.title,
            _older(newer_id, language) if newer_id else "",
            _card(report, topic_names, language),
            _origin(report, marks, language),
            report_text(report, marks, headings, language),
        ),
        language,
        person=person,
    )


def _older(newer_id: str, language: Language) -> Markup:
    """Return the line above an older version that leads to the live one."""
    return Markup('<p class="older" role="note">{} <a href="{}">{}</a></p>').format(
        words("older_version", language), reader_url(newer_id), words("newest_version", language)
    )


def marks_within(starts: Sequence[str], ends: Sequence[str], length: int) -> tuple[Span, ...]:
    """Return the ranges that an address asks to mark, in order, overlaps joined.

    Args:
        starts: `start` parameters as they came.
        ends: `end` parameters, one per start.
        length: Characters of the report's text.

    Returns:
        Non-empty ranges within the text; nothing at all if any parameter is missing, no number
        or out of range, for then the address is not one of ours.
    """
    if len(starts) != len(ends):
        return ()
    spans: list[Span] = []
    for start, end in zip(starts, ends, strict=True):
        if not _is_offset(start) or not _is_offset(end) or not int(start) < int(end) <= length:
            return ()
        spans.append(Span(int(start), int(end)))
    return _joined(spans)


def _is_offset(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def report_text(
    report: Report, marks: Sequence[Span], headings: Collection[str], language: Language
) -> Markup:
    """Return the text as paragraphs with the marked words in `<mark>`; the first is `#mark`.

    The title line at the top is left out unless something in it is marked: the page's heading
    shows it already. Where a page of the original begins, its number stands before the paragraph
    that holds its first words.
    """
    text, title = report.text, report.title
    parts: list[Markup] = []
    position = page = 0
    for line in text.split("\n"):
        span = Span(position, position + len(line))
        position = span.end + 1
        last = report.page_of(max(span.start, span.end - 1)) or 0
        if line.strip() and last > page:
            page = last
            parts.append(_page_number(page, language))
        is_title = span.start == 0 and line.strip() == title.strip()
        if not line.strip() or (is_title and not _touches(span, marks)):
            continue
        parts.append(_paragraph(text, span, marks, is_heading=line.strip() in headings))
    body = _with_anchor(Markup("\n").join(parts))
    return Markup('<div class="text" lang="vi">{}</div>').format(body)


def _page_number(page: int, language: Language) -> Markup:
    return Markup('<p class="page" id="trang-{}">{}</p>').format(
        page, words("page_number", language, page=str(page))
    )


def _with_anchor(body: Markup) -> Markup:
    """Return `body` with its first mark as the target of `#mark`; what is text has no `<`."""
    return Markup(str(body).replace("<mark>", '<mark id="mark" tabindex="-1">', 1))


def _touches(span: Span, marks: Iterable[Span]) -> bool:
    return any(m.start < span.end and span.start < m.end for m in marks)


def _paragraph(text: str, span: Span, marks: Sequence[Span], *, is_heading: bool) -> Markup:
    content = _marked(text, span, marks)
    if is_heading:
        return Markup("<h2>{}</h2>").format(content)
    if text[span.start : span.end].lstrip().startswith(_LIST_SIGNS):
        return Markup('<p class="item">{}</p>').format(content)
    return Markup("<p>{}</p>").format(content)


def _marked(text: str, span: Span, marks: Sequence[Span]) -> Markup:
    """Return one line of the text with the marked ranges in it wrapped."""
    parts: list[Markup] = []
    position = span.start
    for mark in marks:
        start, end = max(mark.start, span.start), min(mark.end, span.end)
        if start >= end:
            continue
        parts.append(Markup("{}<mark>{}</mark>").format(text[position:start], text[start:end]))
        position = end
    parts.append(Markup("{}").format(text[position : span.end]))
    return Markup("").join(parts)


def _origin(report: Report, marks: Sequence[Span], language: Language) -> Markup:
    """Return the lines under the title: who compiled it, and the way to the marked words."""
    lines: list[Markup] = []
    if report.compiled_from is not None:
        lines.append(words("compiled", language))
    if marks:
        link = Markup('{} <a href="#mark">{}</a>')
        lines.append(link.format(words("marked", language), words("go_to_mark", language)))
    return Markup("").join(Markup('<p class="origin">{}</p>').format(line) for line in lines)


def _card(report: Report, topic_names: Mapping[str, str], language: Language) -> Markup:
    visit = report.visit
    address = external_url(visit.source_url)
    unknown = words("not_stated", language)
    count = visit.participants
    head = visit.head_of_delegation
    rows: list[tuple[str, Markup | str | None]] = [
        ("host", parties(visit.host, language) or unknown),
        ("visitors", parties(visit.visitors, language) or unknown),
        ("date", when(visit) or unknown),
        ("places", _list(s.value for s in visit.places)),
        ("head", _person(head.value) if head else None),
        ("deputies", _people(visit.deputy_heads)),
        ("host_leads", _people(visit.host_leads)),
        ("participants", number_words(count.value) if count else None),
        ("documents", _list(s.value for s in visit.document_numbers)),
        ("topics", _list(topic_names.get(code, code) for code in visit.topics)),
        ("published", day(visit.published) if visit.published else None),
        ("original_page", external_link(address, language) if address else None),
        ("file", _download(report, language)),
    ]
    return Markup('<aside class="visit" {}><h2>{}</h2>{}</aside>').format(
        Markup('aria-labelledby="visit"'),
        Markup('<span id="visit">{}</span>').format(words("visit_card", language)),
        facts(rows, language),
    )


def _download(report: Report, language: Language) -> Markup:
    return Markup('<a href="{}/original" download>{}</a> <span class="name">{}</span>').format(
        reader_url(report.report_id), words("download", language), report.file_name
    )


def _list(values: Iterable[str]) -> Markup | None:
    """Return values on a line each, or None for none."""
    items = Markup("<br>").join(values)
    return items or None


def _people(people: Iterable[Stated[NamedPerson]]) -> Markup | None:
    return _list(_person(s.value) for s in people)


def _person(person: NamedPerson) -> str:
    return ", ".join(part for part in (person.name, person.title) if part)
