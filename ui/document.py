"""The frame of a server-rendered page: head, masthead, main part. Needs no script to be read."""

import hashlib
import json
from functools import cache
from pathlib import Path

from markupsafe import Markup

from hochoi.people.person import NOBODY, Person
from ui.elements import words
from ui.masthead import Section, masthead
from ui.wording import LANGUAGE_COOKIE, Language, label, labels

STATIC = Path(__file__).resolve().parent / "static"
STATIC_URL = "/page"
WORDING_NAME = "wording.js"

_DOCUMENT = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<script src="{theme_js}"></script>
<title>{title} · {app_name}</title>
<link rel="icon" href="{favicon}" type="image/svg+xml">
{styles}
<script src="{wording_js}" defer></script>
<script src="{page_js}" defer></script>
{scripts}
</head>
<body class="document">
{masthead}
<main id="main">{main}</main>
</body>
</html>
""")


@cache
def static_url(name: str) -> str:
    """Return the address of a file in `static`, with its content's mark so that it can be cached.

    Raises:
        FileNotFoundError: If there is no such file.
    """
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"{STATIC_URL}/{name}?v={digest}"


def wording_script() -> str:
    """Return the script that hands all labels of both languages to `page.js`."""
    words_by_language = {language.value: labels(language) for language in Language}
    data = {"cookie": LANGUAGE_COOKIE, "words": words_by_language}
    return f"window.hochoi = {json.dumps(data, ensure_ascii=False)};\n"


@cache
def wording_url() -> str:
    """Return the address of `wording_script`, with its content's mark."""
    digest = hashlib.sha256(wording_script().encode()).hexdigest()[:12]
    return f"{STATIC_URL}/{WORDING_NAME}?v={digest}"


def document(
    title: str,
    main: Markup,
    language: Language,
    *,
    person: Person = NOBODY,
    section: Section | None = None,
    styles: tuple[str, ...] = ("reader.css",),
    scripts: tuple[str, ...] = (),
) -> str:
    """Return a whole page.

    Args:
        title: Plain text.
        main: HTML of the main part.
        language: Of the labels.
        person: Who reads it; decides which parts the masthead offers.
        section: The part of the product that the page belongs to.
        styles: Style sheets of `static` besides the one of all pages.
        scripts: Scripts of `static` besides the one of all pages.
    """
    page = _DOCUMENT.format(
        language=language.value,
        title=title,
        app_name=label("app_name", language),
        favicon=static_url("favicon.svg"),
        styles=Markup("\n").join(
            Markup('<link rel="stylesheet" href="{}">').format(static_url(name))
            for name in ("base.css", *styles)
        ),
        theme_js=static_url("theme.js"),
        wording_js=wording_url(),
        page_js=static_url("page.js"),
        scripts=Markup("\n").join(
            Markup('<script src="{}" defer></script>').format(static_url(name)) for name in scripts
        ),
        masthead=masthead(language, person, section),
        main=main,
    )
    return str(page)


def message_page(title_key: str, sentence_key: str, language: Language) -> str:
    """Return a page that only says something, e.g. that there is no such report."""
    main = Markup('<div class="message"><h1>{}</h1><p>{}</p><p><a href="/">{}</a></p></div>')
    return document(
        label(title_key, language),
        main.format(
            words(title_key, language),
            words(sentence_key, language),
            words("back_to_ask", language),
        ),
        language,
    )
