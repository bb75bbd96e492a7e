"""The list of a person's conversations, and the question before one is deleted. Only HTML."""

from collections.abc import Sequence

from markupsafe import Markup

from hochoi.people.conversations import Summary
from hochoi.people.person import Person
from ui.document import document
from ui.door.fields import button, form
from ui.elements import attribute, words
from ui.local_time import day_and_time
from ui.masthead import Section
from ui.wording import Language, label, number_words

_STYLES = ("reader.css", "browse.css", "conversations.css", "forms.css")


def list_page(
    found: Sequence[Summary],
    query: str,
    form_token: str,
    language: Language,
    person: Person,
    *,
    done_key: str | None = None,
) -> str:
    """Return the list.

    Args:
        found: What to show, latest first.
        query: What was looked for, or nothing.
        form_token: Of the browser.
        language: Of the labels.
        person: Whose list it is.
        done_key: Label of what has just been done.
    """
    none_key = "conversations_not_found" if query else "conversations_none"
    body = (
        Markup('<ol class="conversations">{}</ol>').format(
            Markup("").join(_item(summary, form_token, language) for summary in found)
        )
        if found
        else Markup('<p class="nothing">{}</p>').format(words(none_key, language))
    )
    intro = "conversations_trial" if person.trial else "conversations_intro"
    done = Markup("")
    if done_key is not None:
        done = Markup('<p class="note" role="status">{}</p>').format(words(done_key, language))
    return _page(
        "conversations_title",
        Markup('<p class="hint">{}</p>').format(words(intro, language))
        + done
        + _search(query, language)
        + body,
        language,
        person,
    )


def _search(query: str, language: Language) -> Markup:
    return Markup(
        '<form class="filters find" action="/conversations" method="get" role="search">'
        '<label class="wide"><span>{}</span><input type="search" name="q" value="{}" '
        'maxlength="200"></label><p class="buttons"><button type="submit" class="main">{}</button>'
        "</p></form>"
    ).format(words("conversations_find", language), query, words("find", language))


def _item(summary: Summary, form_token: str, language: Language) -> Markup:
    path = f"/conversations/{summary.conversation_id}"
    rename = form(
        f"{path}/rename",
        form_token,
        [
            Markup('<input type="text" name="title" value="{}" maxlength="200" {}>').format(
                summary.title, attribute("aria-label", "new_title", language, title=summary.title)
            ),
            button("save", language),
        ],
    )
    return Markup(
        '<li><h2><a href="/?c={id}" lang="vi">{title}</a></h2>'
        '<p class="hint">{moment} · {turns}</p>'
        '<div class="tools"><a href="{path}.docx" download>{word}</a>'
        '<a href="{path}.md" download>{markdown}</a><a href="{path}/print">{to_print}</a>'
        "<details><summary>{rename_text}</summary>{rename}</details>"
        '<a class="danger" href="{path}/delete">{delete}'
        '<span class="unseen">: {title}</span></a></div></li>'
    ).format(
        id=summary.conversation_id,
        title=summary.title,
        moment=day_and_time(summary.changed_at),
        turns=words("questions_count", language, count=number_words(summary.turns)),
        path=path,
        word=words("as_word", language),
        markdown=words("as_markdown", language),
        to_print=words("print", language),
        rename_text=words("rename", language),
        rename=rename,
        delete=words("delete", language),
    )


def delete_page(summary: Summary, form_token: str, language: Language, person: Person) -> str:
    """Return the page that asks before a conversation is deleted."""
    sure = words("delete_sure", language, title=summary.title, count=number_words(summary.turns))
    path = f"/conversations/{summary.conversation_id}/delete"
    return _page(
        "delete_title",
        Markup('<p>{}</p>{}<p><a href="/conversations">{}</a></p>').format(
            sure,
            form(path, form_token, [button("delete", language, "danger")]),
            words("keep", language),
        ),
        language,
        person,
    )


def _page(title_key: str, body: Markup, language: Language, person: Person) -> str:
    main = Markup('<div class="browse kept forms"><h1>{}</h1>{}</div>')
    return document(
        label(title_key, language),
        main.format(words(title_key, language), body),
        language,
        person=person,
        section=Section.CONVERSATIONS,
        styles=_STYLES,
    )
