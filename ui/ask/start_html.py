"""What stands around a conversation: how to begin, filters, earlier conversations. Pure."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from hochoi.people.conversations import Summary
from ui.ask.answer_html import ask_button
from ui.ask.scene import Scene
from ui.elements import words
from ui.local_time import day_and_time
from ui.wording import Language, number_words


def intro(
    report_count: int, starters: Iterable[str], recent: Sequence[Summary], language: Language
) -> Markup:
    """Return the heading, questions to start with, and the latest conversations."""
    hint = words("ask_hint" if report_count else "library_empty", language)
    if report_count:
        count = number_words(report_count)
        hint += Markup(" ") + words("library_summary", language, count=count)
    buttons = Markup("").join(ask_button(q, q, "chip") for q in starters)
    return Markup('<h1>{}</h1><p class="hint">{}</p><div class="starters">{}</div>{}').format(
        words("ask_heading", language), hint, buttons, _recent(recent, language)
    )


def _recent(recent: Sequence[Summary], language: Language) -> Markup:
    if not recent:
        return Markup("")
    items = Markup("").join(
        Markup('<li><a href="/?c={}" lang="vi">{}</a> <span class="when">{}</span></li>').format(
            summary.conversation_id, summary.title, day_and_time(summary.changed_at)
        )
        for summary in recent
    )
    return Markup(
        '<div class="recent"><h2>{}</h2><ul>{}</ul><p><a href="/conversations">{}</a></p></div>'
    ).format(words("recent", language), items, words("all_conversations", language))


def filter_row(provinces: Iterable[tuple[str, str]], years: Iterable[int], scene: Scene) -> Markup:
    """Return the filters; closed they say what they restrict to.

    Args:
        provinces: Name to filter by and text to show.
        years: To choose from.
        scene: Language and names of the topics.
    """
    language = scene.language
    choices = (
        ("province", "filter_province", "filter_all_provinces", list(provinces)),
        ("year", "filter_year", "filter_all_years", [(str(y), str(y)) for y in years]),
        ("topic", "filter_topic", "filter_all_topics", list(scene.topic_names.items())),
    )
    fields = Markup("").join(_choice(*choice, language) for choice in choices)
    return Markup(
        '<details class="narrow"><summary><span class="closed">{closed}</span>'
        '<span class="chosen" aria-live="polite"></span></summary>'
        '<div class="fields">{fields}<button type="button" class="quiet" data-unfilter>{reset}'
        "</button></div></details>"
    ).format(
        closed=words("narrow", language),
        fields=fields,
        reset=words("filter_reset", language),
    )


def _choice(
    name: str, key: str, all_key: str, options: Iterable[tuple[str, str]], language: Language
) -> Markup:
    made = Markup("").join(
        Markup('<option value="{}">{}</option>').format(value, text) for value, text in options
    )
    first = Markup('<option value="" data-t="{}">{}</option>').format(
        all_key, words(all_key, language).striptags()
    )
    return Markup('<label><span>{}</span><select data-filter="{}">{}{}</select></label>').format(
        words(key, language), name, first, made
    )


def fine_print(language: Language) -> Markup:
    """Return the lines under the question box: that this is an AI system, keys, beginning anew."""
    return Markup(
        '<p class="fine">{} <span class="keys">{}</span></p>'
        '<button type="button" id="clear" class="quiet" data-order="new">{}</button>'
    ).format(
        words("ai_line", language),
        words("key_hint", language),
        words("new_conversation", language),
    )


def editing_line(language: Language) -> Markup:
    """Return the line that says the last question is being changed; shown by the script."""
    return Markup(
        '<p class="editing">{} <button type="button" class="quiet" data-edit-cancel>{}</button></p>'
    ).format(words("editing", language), words("cancel", language))


def problem_line(sentence: str) -> Markup:
    """Return an error sentence as an alert, or nothing for no sentence."""
    alert = Markup('<p class="problem" role="alert">{}</p>')
    return alert.format(sentence) if sentence else Markup("")
