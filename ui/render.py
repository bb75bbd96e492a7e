"""A conversation -> escaped HTML for the ask page, an answer -> plain text for the clipboard.

Pure: reads nothing, remembers nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hochoi.types import Answer, Citation, Outcome, Progress, Report, Sentence, Source, Span
from ui.answer_table import citation_marks, table_html, table_text
from ui.elements import (
    attribute,
    external_link,
    external_url,
    facts,
    parties,
    reader_url,
    when,
    words,
)
from ui.wording import Language, label, number_words

_NEAREST_SHOWN = 3
_MARKERS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and how far its answer is."""

    question: str
    reply: Progress | Answer


def conversation(turns: Sequence[Turn], language: Language) -> Markup:
    """Return all turns, oldest first, in a log that screen readers announce as it grows."""
    return Markup('<div class="turns" role="log" aria-live="polite" {}>{}</div>').format(
        attribute("aria-label", "conversation", language),
        Markup("").join(_turn(turn, language) for turn in turns),
    )


def _turn(turn: Turn, language: Language) -> Markup:
    reply = turn.reply
    body = _step(reply, language) if isinstance(reply, Progress) else _reply(reply, language)
    return Markup(
        '<article class="turn"><h2 class="question"><span class="unseen">{asked}: </span>'
        "{question}</h2>{body}</article>"
    ).format(asked=words("asked", language), question=turn.question, body=body)


def _step(progress: Progress, language: Language) -> Markup:
    """Return the waiting line; a step this page has no words for reads as searching."""
    known = {"understood", "searching", "found", "writing"}
    step = progress.step if progress.step in known else "searching"
    return Markup('<p class="waiting">{}</p>').format(words(f"step_{step}", language))


def _reply(answer: Answer, language: Language) -> Markup:
    """Return an answer with what is to be said about question and author."""
    body = _answer(answer, language)
    if answer.generator is not None:
        body += _remark(words("model_written", language, generator=answer.generator))
    if answer.suggestion is not None:
        body += _remark(words("did_you_mean", language, question=answer.suggestion))
    return body


def _remark(text: Markup) -> Markup:
    return Markup('<p class="remark">{}</p>').format(text)


def _answer(answer: Answer, language: Language) -> Markup:
    if answer.outcome is Outcome.ANSWERED:
        return _answered(answer, language)
    notice = answer.notice or words("no_notice", language)
    return Markup('<div class="notice" data-outcome="{}"><p>{}</p>{}</div>').format(
        answer.outcome.value, notice, _nearest(answer.related, language)
    )


def _answered(answer: Answer, language: Language) -> Markup:
    assumed = Markup('<p class="assumed">{}</p>').format(answer.notice) if answer.notice else ""
    sentences = Markup("").join(_sentence(s, language) for s in answer.sentences)
    table = table_html(answer.table, language) if answer.table is not None else ""
    return Markup('<div class="answer" data-outcome="answered" lang="vi">{}{}{}</div>{}').format(
        assumed, sentences, table, _copy_buttons(answer, language)
    )


def _sentence(sentence: Sentence, language: Language) -> Markup:
    by_number: dict[int, list[Citation]] = {}
    for citation in sentence.citations:
        by_number.setdefault(citation.number, []).append(citation)
    shown = [_marker(group, language) for group in by_number.values()]
    if len(shown) > _MARKERS_SHOWN:  # a count over many visits; the table has them one by one
        shown = [shown[0], Markup("…"), shown[-1]]
    markers = Markup("").join(shown)
    is_quote = sentence.text.strip("“”") in {c.quote for c in sentence.citations}
    name = "quoted" if is_quote else "said"
    return Markup('<p class="{}">{}&nbsp;{}</p>').format(name, sentence.text, markers)


def _marker(citations: Sequence[Citation], language: Language) -> Markup:
    """Return the link of one number in one sentence, to all words of that source it rests on."""
    first = citations[0]
    return Markup(
        '<a class="cite" href="{url}" target="_blank" rel="noopener" title="{quote}" {label}>'
        "[{number}]</a>"
    ).format(
        url=reader_url(first.report_id, [_span(c) for c in citations]),
        quote="\n".join(f"“{c.quote}”" for c in citations),
        label=attribute("aria-label", "citation", language, number=str(first.number)),
        number=first.number,
    )


def _span(citation: Citation) -> Span:
    return Span(citation.start, citation.end)


def _nearest(related: Sequence[Report], language: Language) -> Markup:
    if not related:
        return Markup("")
    item = Markup('<li><a href="{}" target="_blank" rel="noopener">{}</a></li>')
    items = (item.format(reader_url(r.report_id), r.title) for r in related[:_NEAREST_SHOWN])
    return Markup('<p class="nearest">{}</p><ul>{}</ul>').format(
        words("nearest", language), Markup("").join(items)
    )


def _copy_buttons(answer: Answer, language: Language) -> Markup:
    button = Markup('<button type="button" class="quiet" data-copy="{}">{}</button>')
    return Markup('<p class="tools">{}{}</p>').format(
        button.format(answer_text(answer), words("copy", language)),
        button.format(
            answer_text(answer) + source_list(answer), words("copy_with_sources", language)
        ),
    )


def answer_text(answer: Answer) -> str:
    """Return sentences with their citation numbers, one a line, then the table, as plain text."""
    lines = [f"{s.text} {citation_marks(s.citations)}" for s in answer.sentences]
    if answer.table is not None:
        lines.append(table_text(answer.table))
    return "\n".join(lines)


def source_list(answer: Answer) -> str:
    """Return the numbered sources as plain Vietnamese text, with a blank line before it."""
    heading = label("sources_in_copy", Language.VI)
    return "\n".join(["", "", heading, *(_source_line(source) for source in answer.sources)])


def _source_line(source: Source) -> str:
    visit = source.report.visit
    date = f" ({when(visit)})" if when(visit) else ""
    place = external_url(visit.source_url) or source.report.file_name
    return f"[{source.number}] {source.report.title}{date}. {place}"


def sources_panel(answer: Answer | None, report_count: int, language: Language) -> Markup:
    """Return the panel beside the conversation: cited sources first, merely found ones apart.

    Args:
        answer: The latest answer, or None before the first.
        report_count: Number of reports in the library, for the panel without an answer.
        language: Of the labels.
    """
    if answer is None:
        count = words("library_summary", language, count=number_words(report_count))
        hints = (_hint(words("sources_empty", language)), _hint(count))
        return _section("sources", language, *hints)
    cited = Markup("").join(_source_card(s, answer, language) for s in answer.sources)
    shown = _section("sources", language, cited or _hint(words("sources_none", language)))
    if answer.related:
        found = (_related_card(report, language) for report in answer.related)
        hint = _hint(words("related_hint", language))
        shown += _section("related", language, hint, *found)
    return shown


def _section(key: str, language: Language, *parts: Markup) -> Markup:
    return Markup('<section class="{}"><h2>{}</h2>{}</section>').format(
        key, words(key, language), Markup("").join(parts)
    )


def _hint(text: Markup) -> Markup:
    return Markup('<p class="hint">{}</p>').format(text)


def _source_card(source: Source, answer: Answer, language: Language) -> Markup:
    cited = [c for s in answer.sentences for c in s.citations]
    if answer.table is not None:
        cited += [c for row in answer.table.rows for c in row.citations]
    used = [c for c in cited if c.number == source.number]
    citations = _widest(used)
    quotes = Markup("").join(_quote(c, language) for c in citations)
    spans = [_span(c) for c in citations]
    number = Markup('<span class="number" aria-hidden="true">{}</span>').format(source.number)
    return _card(source.report, number, quotes, spans, language)


def _widest(citations: Sequence[Citation]) -> list[Citation]:
    """Return the citations in the order of the report, without those inside another one."""
    widest: list[Citation] = []
    for citation in sorted(set(citations), key=lambda c: (c.start, -c.end)):
        if not widest or citation.end > widest[-1].end:
            widest.append(citation)
    return widest


def _related_card(report: Report, language: Language) -> Markup:
    return _card(report, Markup(""), Markup(""), [], language)


def _quote(citation: Citation, language: Language) -> Markup:
    return Markup(
        '<blockquote lang="vi"><a href="{}" target="_blank" rel="noopener">'
        '<span class="unseen">{}. </span>“{}”</a></blockquote>'
    ).format(
        reader_url(citation.report_id, [_span(citation)]),
        words("citation", language, number=str(citation.number)),
        citation.quote,
    )


def _card(
    report: Report, number: Markup, quotes: Markup, spans: Sequence[Span], language: Language
) -> Markup:
    visit = report.visit
    address = external_url(visit.source_url)
    return Markup(
        '<article class="card"><h3 lang="vi">{number}{title}</h3>{facts}{quotes}'
        '<p class="tools"><a href="{url}" target="_blank" rel="noopener">{open_report}'
        '<span class="unseen">: {title} ({new_page})</span></a>{original}</p></article>'
    ).format(
        number=number,
        title=report.title,
        facts=facts(
            [
                ("host", parties(visit.host, language)),
                ("visitors", parties(visit.visitors, language)),
                ("date", when(visit)),
            ],
            language,
        ),
        quotes=quotes,
        url=reader_url(report.report_id, spans),
        open_report=words("open_report", language),
        new_page=words("new_page", language),
        original=external_link(address, language) if address else "",
    )


def intro(has_reports: bool, language: Language) -> Markup:
    """Return what stands above the starter questions; without reports it says so."""
    hint = words("ask_hint" if has_reports else "library_empty", language)
    return Markup('<h1>{}</h1><p class="hint">{}</p>').format(words("ask_heading", language), hint)


def fine_print(language: Language) -> Markup:
    """Return the fixed line under the question box: keys, and that this is an AI system."""
    return Markup('<p class="fine">{} <span class="keys">{}</span></p>').format(
        words("ai_line", language), words("key_hint", language)
    )


def problem_line(sentence: str) -> Markup:
    """Return an error sentence as an alert, or nothing for no sentence."""
    alert = Markup('<p class="problem" role="alert">{}</p>')
    return alert.format(sentence) if sentence else Markup("")
