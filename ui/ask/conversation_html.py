"""A conversation -> escaped HTML for the ask page. Pure: reads nothing, remembers nothing."""

from collections.abc import Sequence

from markupsafe import Markup

from hochoi.people.opinions import REASONS, Opinion
from hochoi.types import Answer, Filters, Outcome, Progress
from hochoi.understood import Chip, Understood
from ui.ask.answer_html import answer_html, ask_button
from ui.ask.chip_words import chip_label
from ui.ask.plain_text import answer_text, source_list
from ui.ask.scene import Scene
from ui.ask.turns import Talk, Turn
from ui.elements import attribute, words
from ui.wording import Language


def conversation(talk: Talk, scene: Scene) -> Markup:
    """Return all turns, oldest first, in a log that screen readers announce as it grows."""
    language = scene.language
    last = talk.last
    heading = Markup("")
    if last is not None:  # the page's own heading goes when the first question is asked
        heading = Markup('<h1 class="unseen">{}</h1>').format(words("conversation", language))
    return Markup(
        '{}<div class="turns" role="log" aria-live="polite" data-conversation="{}" {}>{}</div>{}'
    ).format(
        heading,
        talk.conversation_id or "",
        attribute("aria-label", "conversation", language),
        Markup("").join(_turn(turn, scene, is_last=turn is last) for turn in talk.turns),
        _files(talk.conversation_id, language),
    )


def _files(conversation_id: str | None, language: Language) -> Markup:
    """Return the ways to take the conversation away: Word, Markdown, paper."""
    if conversation_id is None:
        return Markup("")
    link = Markup('<a href="/conversations/{}.{}" download>{}</a>')
    to_print = Markup('<a href="/conversations/{}/print" target="_blank" rel="noopener">{}</a>')
    return Markup('<p class="files">{} {} {} {}</p>').format(
        words("take_away", language),
        link.format(conversation_id, "docx", words("as_word", language)),
        link.format(conversation_id, "md", words("as_markdown", language)),
        to_print.format(conversation_id, words("print", language)),
    )


def _turn(turn: Turn, scene: Scene, *, is_last: bool) -> Markup:
    language = scene.language
    return Markup(
        '<article class="turn" data-turn="{turn_id}"><h2 class="question">'
        '<span class="unseen">{asked}: </span>{question}</h2>{meant}{within}{body}</article>'
    ).format(
        turn_id=turn.turn_id,
        asked=words("asked", language),
        question=turn.question,
        meant=_meant(turn, scene, is_last=is_last),
        within=_within(turn.filters, scene, is_last=is_last),
        body=_body(turn, scene, is_last=is_last),
    )


def _body(turn: Turn, scene: Scene, *, is_last: bool) -> Markup:
    language, reply = scene.language, turn.reply
    if isinstance(reply, Progress):
        return _step(reply, language)
    if reply is None:
        text = Markup('<p class="waiting" data-outcome="stopped">{}</p>')
        return text.format(words("stopped", language)) + _tools(turn, language, is_last=is_last)
    return answer_html(reply, language) + _tools(turn, language, is_last=is_last)


def _step(progress: Progress, language: Language) -> Markup:
    """Return the waiting line; a step this page has no words for reads as searching."""
    known = {"understood", "searching", "found", "writing"}
    step = progress.step if progress.step in known else "searching"
    return Markup('<p class="waiting">{}</p>').format(words(f"step_{step}", language))


# -- what was understood, what it is restricted to ------------------------------------------------


def _meant(turn: Turn, scene: Scene, *, is_last: bool) -> Markup:
    """Return a chip per condition read from the question; those of the last can be taken out."""
    reply, language = turn.reply, scene.language
    understood = reply.understood if isinstance(reply, Answer) else None
    chips = understood.chips if understood is not None else ()
    out = sorted(turn.filters.without)
    if not chips and not out:
        return Markup("")
    shown = [_chip(chip, understood, language, is_last=is_last) for chip in chips if understood]
    shown += [_chip_out(key, scene, is_last=is_last) for key in out]
    return Markup('<ul class="meant" {}>{}</ul>').format(
        attribute("aria-label", "meant", language), Markup("").join(shown)
    )


def _chip(chip: Chip, understood: Understood, language: Language, *, is_last: bool) -> Markup:
    key, values = chip_label(chip, understood)
    text = words(key, language, **values)
    if not is_last:
        return Markup('<li class="{}">{}</li>').format(chip.kind, text)
    return Markup(
        '<li class="{kind}">{text}<button type="button" data-order="without" data-text="{key}" '
        '{label}><span aria-hidden="true">×</span></button></li>'
    ).format(
        kind=chip.kind,
        text=text,
        key=chip.key,
        label=attribute("aria-label", "chip_remove", language, condition=text.striptags()),
    )


def _chip_out(key: str, scene: Scene, *, is_last: bool) -> Markup:
    """Return a condition that was taken out, by the name in its key, with the way back."""
    language, name = scene.language, scene.topic(key.partition(":")[2] or key)
    text = Markup('<s>{}</s><span class="unseen"> ({})</span>').format(
        name, words("chip_left_out", language)
    )
    if not is_last:
        return Markup('<li class="out">{}</li>').format(text)
    return Markup(
        '<li class="out">{text}<button type="button" data-order="with" data-text="{key}" {label}>'
        '<span aria-hidden="true">+</span></button></li>'
    ).format(
        text=text, key=key, label=attribute("aria-label", "chip_restore", language, condition=name)
    )


def filter_names(filters: Filters, scene: Scene) -> list[str]:
    """Return what filters restrict to, in words: province, year, name of the topic."""
    values = (filters.province, filters.year, filters.topic and scene.topic(filters.topic))
    return [str(value) for value in values if value is not None]


def _within(filters: Filters, scene: Scene, *, is_last: bool) -> Markup:
    if not filters:
        return Markup("")
    language = scene.language
    away = Markup(' <button type="button" class="quiet" data-order="everywhere">{}</button>')
    return Markup('<p class="within">{}{}</p>').format(
        words("within", language, names=" · ".join(filter_names(filters, scene))),
        away.format(words("everywhere", language)) if is_last else "",
    )


# -- what may be done with an answer --------------------------------------------------------------


def _tools(turn: Turn, language: Language, *, is_last: bool) -> Markup:
    parts: list[Markup] = []
    reply = turn.reply
    if isinstance(reply, Answer) and reply.outcome is Outcome.ANSWERED:
        copy = Markup('<button type="button" class="quiet" data-copy="{}">{}</button>')
        parts = [
            copy.format(answer_text(reply), words("copy", language)),
            copy.format(
                answer_text(reply) + source_list(reply), words("copy_with_sources", language)
            ),
        ]
    if is_last:
        edit = Markup('<button type="button" class="quiet" data-edit="{}">{}</button>')
        parts += [
            Markup('<button type="button" class="quiet" data-order="again">{}</button>').format(
                words("again", language)
            ),
            edit.format(turn.question, words("edit", language)),
        ]
    if isinstance(reply, Answer) and turn.turn_id:
        parts.append(_thumbs(turn, language))
    if not parts:
        return Markup("")
    return Markup('<div class="tools">{}</div>').format(Markup("").join(parts))


def _thumbs(turn: Turn, language: Language) -> Markup:
    """Return the two thumbs; the one that points down asks for reasons."""
    given = turn.opinion
    thanks = Markup("")
    if given is not None:
        text = words("opinion_kept", language)
        thanks = Markup('<span class="kept" role="status">{}</span>').format(text)
    up = Markup(
        '<button type="button" class="quiet" data-order="opinion" data-good="true" '
        'aria-pressed="{}">{}</button>'
    ).format(_pressed(given, is_good=True), words("opinion_good", language))
    return Markup(
        '<span class="thumbs">{up}<details class="down"><summary class="quiet{on}">{bad}</summary>'
        "{form}</details>{thanks}</span>"
    ).format(
        up=up,
        bad=words("opinion_bad", language),
        on=" on" if given is not None and not given.is_good else "",
        form=_reasons(given, language),
        thanks=thanks,
    )


def _pressed(given: Opinion | None, *, is_good: bool) -> str:
    return str(given is not None and given.is_good is is_good).lower()


def _reasons(given: Opinion | None, language: Language) -> Markup:
    chosen = given.reasons if given is not None else ()
    boxes = Markup("").join(
        Markup('<label><input type="checkbox" value="{}"{}> {}</label>').format(
            reason,
            Markup(" checked") if reason in chosen else "",
            words(f"reason_{reason}", language),
        )
        for reason in REASONS
    )
    return Markup(
        '<div class="reasons" role="group" {group}><p>{ask}</p>{boxes}'
        '<label class="words"><span>{comment}</span><textarea rows="2" maxlength="1000">{said}'
        '</textarea></label><p class="hint">{note}</p>'
        '<button type="button" class="main" data-order="opinion" data-good="false">{send}</button>'
        "</div>"
    ).format(
        group=attribute("aria-label", "opinion_bad", language),
        ask=words("opinion_why", language),
        boxes=boxes,
        comment=words("opinion_comment", language),
        said=given.comment if given is not None else "",
        note=words("opinion_note", language),
        send=words("opinion_send", language),
    )


def follow_ups_html(turn: Turn, questions: Sequence[str], language: Language) -> Markup:
    """Return questions to go on with after a turn; the script shows them under that turn only."""
    if not questions:
        return Markup("")
    items = Markup("").join(
        Markup("<li>{}</li>").format(ask_button(question, question, "chip"))
        for question in questions
    )
    return Markup('<div class="follow" data-after="{}"><h2>{}</h2><ul>{}</ul></div>').format(
        turn.turn_id, words("follow_ups", language), items
    )
