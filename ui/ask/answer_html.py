"""An answer -> escaped HTML: sentences, table, notices, choices. Pure."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from hochoi.types import Answer, Outcome, Report, Sentence
from ui.answer_table import table_html
from ui.ask.citation_html import markers
from ui.elements import attribute, reader_url, words
from ui.wording import Language, label

_NEAREST_SHOWN = 3


def answer_html(answer: Answer, language: Language) -> Markup:
    """Return an answer with what is to be said about question and author."""
    if answer.outcome is Outcome.ANSWERED:
        body = _answered(answer, language)
    else:
        notice = _notice(answer, language)
        body = Markup('<div class="notice" data-outcome="{}"><p>{}</p>{}{}</div>').format(
            answer.outcome.value,
            notice,
            _choices(answer, language),
            _nearest(answer.related, language),
        )
    if answer.generator is not None:
        body += _remark(words("model_written", language, generator=answer.generator))
    if answer.suggestion is not None:
        text = words("did_you_mean", language, question=answer.suggestion)
        body += _remark(ask_button(answer.suggestion, text, "quiet"))
    return body


def _notice(answer: Answer, language: Language) -> Markup | str:
    """Return why there is no answer; a question back is there in both languages."""
    number = re.search(r"\d+", answer.notice or "")
    count = number[0] if number is not None else ""
    for key in ("which_visit", "which_of_many") if answer.choices else ():
        if answer.notice == label(key, Language.VI, count=count):
            return words(key, language, count=count)
    return answer.notice or words("no_notice", language)


def ask_button(question: str, text: Markup | str, css: str) -> Markup:
    """Return a button that asks a question; the library is asked in Vietnamese, always."""
    button = Markup(
        '<button type="button" class="{}" data-order="ask" data-text="{}" lang="vi">{}</button>'
    )
    return button.format(css, question, text)


def _remark(text: Markup) -> Markup:
    return Markup('<p class="remark">{}</p>').format(text)


def _answered(answer: Answer, language: Language) -> Markup:
    assumed = Markup('<p class="assumed">{}</p>').format(answer.notice) if answer.notice else ""
    sentences = Markup("").join(_sentence(s, language) for s in answer.sentences)
    table = table_html(answer.table, language) if answer.table is not None else ""
    return Markup('<div class="answer" data-outcome="answered" lang="vi">{}{}{}</div>').format(
        assumed, sentences, table
    )


def _sentence(sentence: Sentence, language: Language) -> Markup:
    name = "quoted" if sentence.is_quote else "said"
    return Markup('<p class="{}">{}&nbsp;{}</p>').format(
        name, sentence.text, markers(sentence.citations, language)
    )


def _choices(answer: Answer, language: Language) -> Markup:
    if not answer.choices:
        return Markup("")
    items = (
        Markup("<li>{}</li>").format(ask_button(choice.question, choice.label, "choice"))
        for choice in answer.choices
    )
    return Markup('<ul class="choices" {}>{}</ul>').format(
        attribute("aria-label", "choices", language), Markup("").join(items)
    )


def _nearest(related: Sequence[Report], language: Language) -> Markup:
    if not related:
        return Markup("")
    item = Markup('<li><a href="{}" target="_blank" rel="noopener">{}</a></li>')
    items = (item.format(reader_url(r.report_id), r.title) for r in related[:_NEAREST_SHOWN])
    return Markup('<p class="nearest">{}</p><ul>{}</ul>').format(
        words("nearest", language), Markup("").join(items)
    )
