"""The failures of an evaluation: as a list, and one question with all that happened to it."""

from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import quote

from markupsafe import Markup

from evaluation.answers import missing_words
from evaluation.rows import Place, Quoted, Row
from hochoi.types import Span
from ui.elements import reader_url, words
from ui.evaluate.parts import decimal, section, table
from ui.wording import Language, number_words

RANKS_SHOWN = 10

FAILURES_SHOWN = 200  # on a page, and with all details in a report file

QuestionUrl = Callable[[Row], str]
ListUrl = Callable[[str | None, int], str]  # label of a cause, number of the page


def cause_key(row: Row) -> str:
    """Return the label of why a question failed."""
    return f"cause_{row.why.cause.replace(' ', '_')}" if row.why else "cause_none"


def failures(
    failed: Sequence[Row],
    language: Language,
    *,
    url: QuestionUrl | None,
    cause: str | None = None,
    list_url: ListUrl | None = None,
    number: int = 1,
) -> Markup:
    """Return a page of the list of failures with a count per cause.

    Args:
        failed: Of the evaluation.
        language: Of the labels.
        url: Address of a question; None in a file that stands alone.
        cause: Only failures of this label are listed; None lists all.
        list_url: Address of a page of the list, narrowed to a cause; None leaves links out.
        number: Of the page, from 1; the last one for a number that is too high.
    """
    if not failed:
        return section(
            "failures", Markup("<p>{}</p>").format(words("failures_none", language)), language,
            count="0",
        )  # fmt: skip
    counts = Counter(map(cause_key, failed))
    items: list[tuple[str | None, Markup]] = [(None, words("failures_every", language))]
    items += [(key, words(key, language)) for key, _ in counts.most_common()]
    causes = Markup("").join(
        _cause(text, key, counts[key] if key else len(failed), cause, list_url)
        for key, text in items
    )
    chosen = [row for row in failed if cause is None or cause_key(row) == cause]
    number = min(number, max(1, -(-len(chosen) // FAILURES_SHOWN)))
    shown = chosen[(number - 1) * FAILURES_SHOWN : number * FAILURES_SHOWN]
    headings = [words("failure_question", language), words("failure_why", language)]
    lines = [(_question(row, url), words(cause_key(row), language)) for row in shown]
    body = Markup("").join(
        (
            Markup('<ul class="causes">{}</ul>').format(causes),
            table(headings, lines, "failed"),
            _more(len(shown), len(chosen), language),
            _pager(cause, number, len(chosen), list_url, language),
        )
    )
    return section("failures", body, language, count=str(len(failed)))


def _more(shown: int, count: int, language: Language) -> Markup:
    """Return how many failures are not shown here; nothing when all are."""
    if shown == count:
        return Markup("")
    return Markup('<p class="hint">{}</p>').format(
        words("failures_more", language, shown=number_words(shown), count=number_words(count))
    )


def _pager(
    cause: str | None, number: int, count: int, list_url: ListUrl | None, language: Language
) -> Markup:
    links = [
        Markup('<li><a href="{}">{}</a></li>').format(list_url(cause, target), words(key, language))
        for target, key in ((number - 1, "previous_page"), (number + 1, "next_page"))
        if list_url is not None and 1 <= target <= -(-count // FAILURES_SHOWN)
    ]
    return (
        Markup('<ul class="downloads">{}</ul>').format(Markup("").join(links))
        if links
        else Markup("")
    )


def _cause(
    text: Markup,
    key: str | None,
    count: int,
    chosen: str | None,
    url: ListUrl | None,
) -> Markup:
    words_and_count = Markup("{} <b>{}</b>").format(text, count)
    if url is None:
        return Markup("<li>{}</li>").format(words_and_count)
    current = Markup(' aria-current="true"') if key == chosen else ""
    return Markup('<li><a href="{}"{}>{}</a></li>').format(url(key, 1), current, words_and_count)


def _question(row: Row, url: QuestionUrl | None) -> Markup:
    text = Markup('<span lang="vi">{}</span> <small>{}</small>').format(
        row.asked.text, row.query_id
    )
    if url is None:
        return text
    return Markup('<a href="{}">{}</a>').format(url(row), text)


def question_parts(row: Row, language: Language) -> Markup:
    """Return one question: what was expected, what was given, why it failed."""
    return Markup("").join(
        (
            _history(row, language),
            Markup('<div class="sides">{}{}</div>').format(
                _expected(row, language), _given(row, language)
            ),
            _why(row, language),
            _ranks(row, language),
        )
    )


def _history(row: Row, language: Language) -> Markup:
    if not row.asked.history:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(text) for text in row.asked.history)
    return Markup('<p class="hint">{}</p><ol lang="vi">{}</ol>').format(
        words("question_history", language), items
    )


def _expected(row: Row, language: Language) -> Markup:
    asked = row.asked
    parts: list[Markup] = []
    if not asked.answerable:
        parts.append(Markup("<p>{}</p>").format(words("question_must_refuse", language)))
    if asked.ask_back:
        parts.append(Markup("<p>{}</p>").format(words("question_must_ask", language)))
    if asked.expected:
        found = row.answered.found_text if row.answered else ""
        absent = set(missing_words(found, asked.expected))
        items = Markup("").join(
            Markup('<li class="{}">{}</li>').format("wrong" if w in absent else "right", w)
            for w in asked.expected
        )
        heading = words("question_words", language)
        parts.append(Markup('<h3>{}</h3><ul lang="vi">{}</ul>').format(heading, items))
    if asked.relevant:
        items = Markup("").join(Markup("<li>{}</li>").format(d) for d in asked.relevant)
        parts.append(
            Markup("<h3>{}</h3><ul>{}</ul>").format(words("question_reports", language), items)
        )
    return section("question_expected", Markup("").join(parts), language)


def _given(row: Row, language: Language) -> Markup:
    given = row.answered
    if given is None:
        return section(
            "question_given",
            Markup("<p>{}</p>").format(words("question_no_answer", language)),
            language,
        )
    parts = [Markup('<p lang="vi">{}</p>').format(given.notice)] if given.notice else []
    for said in given.sentences:
        links = Markup(" ").join(_citation(citation) for citation in said.citations)
        parts.append(Markup('<p lang="vi">{} {}</p>').format(said.text, links))
    if given.related:
        items = Markup("").join(Markup("<li>{}</li>").format(d) for d in given.related)
        parts.append(Markup("<h3>{}</h3><ul>{}</ul>").format(words("related", language), items))
    return section("question_given", Markup("").join(parts), language)


def _citation(citation: Quoted) -> Markup:
    url = reader_url(citation.report_id, [Span(citation.start, citation.end)])
    return Markup('<a class="cited" href="{}">{}</a>').format(url, citation.doc_id)


def _why(row: Row, language: Language) -> Markup:
    why = row.why
    if why is None:
        return Markup("")
    reason = Markup('<p class="note">{}</p>').format(words(cause_key(row), language))
    if why.wanted is None:
        wanted = Markup("<p>{}</p>").format(words("passage_not_candidate", language))
    else:
        wanted = _place(why.wanted, language)
    found = _place(why.found, language) if why.found else Markup("")
    if not row.asked.relevant:
        wanted = Markup("")
    elif why.found == why.wanted:
        found = Markup("")
    sides = Markup("").join(
        Markup('<div class="passage"><h3>{}</h3>{}</div>').format(words(key, language), body)
        for key, body in (
            ("passage_wanted", wanted),
            ("passage_found", found),
        )
        if body
    )
    return section(
        "failure_why", reason + Markup('<div class="sides">{}</div>').format(sides), language
    )


def _place(place: Place, language: Language) -> Markup:
    rank = words(
        "passage_rank", language, rank=str(place.rank), score=decimal(place.score, language)
    )
    start, _, end = place.passage_id.rpartition(":")[2].partition("-")
    url = reader_url(place.report_id, [Span(int(start), int(end))])
    signals = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(name, decimal(value, language))
        for name, value in place.signals
    )
    return Markup(
        '<p><a href="{}">{}</a><br>{}</p><blockquote lang="vi">{}</blockquote>'
        '<details><summary>{}</summary><dl class="facts">{}</dl></details>'
    ).format(url, place.doc_id, rank, place.text, words("signals", language), signals)


def _ranks(row: Row, language: Language) -> Markup:
    if not row.asked.is_judged:
        return Markup("")
    relevant = set(row.asked.relevant)
    rows = [
        (
            str(rank),
            Markup('<span class="{}">{}</span>').format(
                "right" if doc_id in relevant else "other", doc_id
            ),
            decimal(score, language),
        )
        for rank, (doc_id, score) in enumerate(row.documents[:RANKS_SHOWN], start=1)
    ]
    headings = [words(k, language) for k in ("question_rank", "question_document", "figure_value")]
    return section("question_ranks", table(headings, rows), language)


def question_url(evaluation_id: str, row: Row) -> str:
    """Return the address of one question of an evaluation."""
    return f"/evaluate/{evaluation_id}/questions/{quote(row.query_id, safe='')}"
