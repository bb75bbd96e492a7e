"""The panel beside the conversation: cited sources first, merely found ones apart. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from hochoi.text import tidy_lines
from hochoi.types import Answer, Citation, Hit, Report, Source, Span
from ui.ask.citation_html import span_of
from ui.ask.scene import Scene
from ui.elements import external_link, external_url, facts, parties, reader_url, when, words
from ui.wording import Language, number_words

_SIGNALS = ("province", "role", "date", "document", "topic")  # shown when they raised a passage
_QUOTES_SHOWN = 6


def sources_panel(answer: Answer | None, scene: Scene) -> Markup:
    """Return the panel.

    Args:
        answer: The latest answer, or None before the first.
        scene: Language and names.
    """
    language = scene.language
    if answer is None:
        return _section("sources", language, _hint(words("sources_empty", language)))
    cited = Markup("").join(_source_card(s, answer, language) for s in answer.sources)
    shown = _section("sources", language, cited or _hint(words("sources_none", language)))
    if answer.related:
        found = (_related_card(report, answer, language) for report in answer.related)
        shown += Markup('<details class="related"{}><summary>{}</summary>{}{}</details>').format(
            Markup("" if answer.sources else " open"),
            words("related", language),
            _hint(words("related_hint", language)),
            Markup("").join(found),
        )
    return shown


def _section(key: str, language: Language, *parts: Markup) -> Markup:
    return Markup('<section class="{}"><h2>{}</h2>{}</section>').format(
        key, words(key, language), Markup("").join(parts)
    )


def _hint(text: Markup) -> Markup:
    return Markup('<p class="hint">{}</p>').format(text)


def _source_card(source: Source, answer: Answer, language: Language) -> Markup:
    rows = answer.table.rows if answer.table is not None else ()
    said = [c for s in answer.sentences for c in s.citations]
    said += [c for row in rows for c in row.citations]
    citations = _widest([c for c in said if c.number == source.number])
    quotes = Markup("").join(_quote(c, language) for c in citations[:_QUOTES_SHOWN])
    spans = [span_of(c) for c in citations]
    number = Markup('<span class="number" aria-hidden="true">{}</span>').format(source.number)
    hits = [h for h in answer.hits if h.passage.report_id == source.report.report_id]
    return _card(source.report, number, quotes, spans, hits, language)


def _widest(citations: Sequence[Citation]) -> list[Citation]:
    """Return the citations in the order of the report, without those inside another one."""
    widest: list[Citation] = []
    for citation in sorted(set(citations), key=lambda c: (c.start, -c.end)):
        if not widest or citation.end > widest[-1].end:
            widest.append(citation)
    return widest


def _related_card(report: Report, answer: Answer, language: Language) -> Markup:
    hits = [h for h in answer.hits if h.passage.report_id == report.report_id]
    return _card(report, Markup(""), Markup(""), [], hits, language)


def _quote(citation: Citation, language: Language) -> Markup:
    return Markup(
        '<blockquote lang="vi"><a href="{}" target="_blank" rel="noopener">'
        '<span class="unseen">{}. </span>“{}”</a></blockquote>'
    ).format(
        reader_url(citation.report_id, [span_of(citation)]),
        words("citation", language, number=str(citation.number)),
        tidy_lines(citation.quote),
    )


def _card(
    report: Report,
    number: Markup,
    quotes: Markup,
    spans: Sequence[Span],
    hits: Sequence[Hit],
    language: Language,
) -> Markup:
    visit = report.visit
    address = external_url(visit.source_url)
    return Markup(
        '<article class="card"><h3 lang="vi">{number}{title}</h3>{facts}{quotes}'
        '<p class="links"><a href="{url}" target="_blank" rel="noopener">{open_report}'
        '<span class="unseen">: {title} ({new_page})</span></a>{original}</p>{why}</article>'
    ).format(
        number=number,
        title=report.title,
        facts=facts(
            [
                ("host", parties(visit.host, language)),
                ("visitors", parties(visit.visitors, language)),
                ("date", when(visit)),
                ("section", ", ".join(_sections(spans, hits))),
                ("page", ", ".join(_pages(report, spans))),
            ],
            language,
        ),
        quotes=quotes,
        url=reader_url(report.report_id, spans),
        open_report=words("open_report", language),
        new_page=words("new_page", language),
        original=external_link(address, language) if address else "",
        why=_why(hits, language),
    )


def _sections(spans: Sequence[Span], hits: Sequence[Hit]) -> list[str]:
    """Return the headings under which the cited words stand, each once."""
    found = [
        hit.passage.section
        for span in spans
        for hit in hits
        if hit.passage.start <= span.start < hit.passage.end and hit.passage.section
    ]
    return list(dict.fromkeys(found))


def _pages(report: Report, spans: Sequence[Span]) -> list[str]:
    """Return the pages of the original that the cited words stand on, in order, each once."""
    found = {report.page_of(span.start) for span in spans}
    return [str(page) for page in sorted(page for page in found if page is not None)]


# -- why a source was found -----------------------------------------------------------------------


def _why(hits: Sequence[Hit], language: Language) -> Markup:
    """Return the signals behind the best passage of a report, in words; nothing without any."""
    if not hits:
        return Markup("")
    best = min(hits, key=lambda hit: hit.rank)
    signals = dict(best.signals)
    lines = [
        words("why_rank", language, rank=str(best.rank)),
        _side("why_words", "why_no_words", best.lexical_rank, language),
        _side("why_sense", "why_no_sense", best.vector_rank, language),
    ]
    lines += [words(f"why_{n}", language) for n in _SIGNALS if signals.get(n, 0.0) > 0]
    if signals.get("rerank", 0.0) > 0:
        lines.append(words("why_rerank", language))
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup('<details class="why"><summary>{}</summary><ul>{}</ul></details>').format(
        words("why", language), items
    )


def _side(key: str, none_key: str, rank: int | None, language: Language) -> Markup:
    if rank is None:
        return words(none_key, language)
    return words(key, language, rank=number_words(rank))
