"""What the pages of evaluation have in common: their frame, their forms, notes to their reader."""

from dataclasses import dataclass

from markupsafe import Markup

from hochoi.errors import HocHoiError
from hochoi.people.person import Person
from ui.document import document
from ui.elements import words
from ui.masthead import Section
from ui.wording import Language, error_sentence

PATH = "/evaluate"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a page, in which language, and what its forms must carry."""

    person: Person
    language: Language
    form_token: str


def page(title: str, main: Markup, reader: Reader) -> str:
    """Return a whole page of evaluation."""
    return document(
        title,
        Markup('<div class="evaluate"><h1>{}</h1>{}</div>').format(title, main),
        reader.language,
        person=reader.person,
        section=Section.EVALUATE,
        styles=("evaluate.css",),
    )


def form(path: str, body: Markup, reader: Reader, kind: str = "") -> Markup:
    """Return a form with the token that it must carry."""
    return Markup(
        '<form method="post" action="{}"{}>'
        '<input type="hidden" name="form_token" value="{}">{}</form>'
    ).format(path, Markup(' class="{}"').format(kind) if kind else "", reader.form_token, body)


def button(key: str, language: Language, kind: str = "main") -> Markup:
    """Return a button that sends its form."""
    return Markup('<button type="submit" class="{}">{}</button>').format(kind, words(key, language))


def note(problem: HocHoiError | None) -> Markup:
    """Return an error as a note on the page, nothing for None."""
    if problem is None:
        return Markup("")
    return Markup('<p class="note" role="alert">{}</p>').format(error_sentence(problem))
