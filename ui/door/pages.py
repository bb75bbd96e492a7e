"""The pages of the door: sign in, make the first administrator, one's own account. Only HTML."""

from urllib.parse import urlencode

from markupsafe import Markup

from hochoi.people.person import NOBODY, Person, Role
from ui.document import document
from ui.door.fields import (
    ROLE_LABELS,
    button,
    form,
    hidden,
    name_field,
    password_field,
    problem,
)
from ui.elements import facts, words
from ui.wording import Language, label

_STYLES = ("reader.css", "forms.css")


def login_page(
    language: Language,
    form_token: str,
    *,
    next_path: str = "/",
    name: str = "",
    sentence: str | None = None,
    open_asking: bool = False,
    sign_on: bool = False,
) -> str:
    """Return the page on which one signs in.

    Args:
        language: Of the labels.
        form_token: Of the browser.
        next_path: Where to go afterwards.
        name: What was typed as the name before.
        sentence: What went wrong, if something did.
        open_asking: Whether one may go on without signing in.
        sign_on: Whether the office's own service can sign people in.
    """
    fields = form(
        "/login",
        form_token,
        [
            hidden("next", next_path),
            name_field(language, name),
            password_field("password", "password", language, is_new=False),
            button("sign_in", language),
        ],
    )
    if sign_on:
        fields += Markup('<p><a class="other" href="/login/sso?{}">{}</a></p>').format(
            urlencode({"next": next_path}), words("sign_on", language)
        )
    more = [Markup('<p class="hint">{}</p>').format(words("forgotten_password", language))]
    if open_asking:
        without = words("ask_without_account", language)
        more.append(Markup('<p><a href="/">{}</a></p>').format(without))
    return _page(
        "sign_in", language, NOBODY, [problem(sentence), fields, Markup("").join(more)], "narrow"
    )


def setup_page(
    language: Language, form_token: str, code: str, *, name: str = "", sentence: str | None = None
) -> str:
    """Return the page on which the first administrator is made."""
    intro = Markup('<p class="hint">{}</p>').format(words("setup_intro", language))
    fields = form("/setup", form_token, [
        hidden("code", code),
        name_field(language, name),
        *_new_password(language),
        button("setup_create", language),
    ])  # fmt: skip
    return _page("setup_title", language, NOBODY, [intro, problem(sentence), fields], "narrow")


def account_page(
    language: Language,
    form_token: str,
    person: Person,
    *,
    sessions: int,
    has_password: bool,
    must_change: bool = False,
    sentence: str | None = None,
    done_key: str | None = None,
) -> str:
    """Return the page of one's own account.

    Args:
        language: Of the labels.
        form_token: Of the browser.
        person: Whose account it is.
        sessions: How many browsers are signed in.
        has_password: Whether it signs in here; else a sign-on service vouches for it.
        must_change: Whether nothing else may be done before the password is changed.
        sentence: What went wrong, if something did.
        done_key: What was done, if something was.
    """
    parts = [problem(sentence)]
    if done_key is not None:
        said = words(done_key, language)
        parts.append(Markup('<p class="done" role="status">{}</p>').format(said))
    if must_change:
        said = words("must_change", language)
        parts.append(Markup('<p class="notice" role="alert">{}</p>').format(said))
    rows = [("account_name", person.name), ("roles", roles_text(person.roles, language))]
    parts.append(facts(rows, language))
    if has_password:
        parts.append(_section("change_password", language, form("/account/password", form_token, [
            password_field("current", "current_password", language, is_new=False),
            *_new_password(language),
            button("change_password", language),
        ])))  # fmt: skip
        parts.append(_section("sign_out", language, Markup("").join([
            form("/logout", form_token, [button("sign_out", language, "plain")]),
            Markup('<p class="hint">{}</p>').format(
                words("signed_in_at", language, count=str(sessions))),
            form("/account/logout-everywhere", form_token,
                 [button("sign_out_everywhere", language, "plain")]),
        ])))  # fmt: skip
    return _page("account", language, person, parts)


def roles_text(roles: frozenset[Role], language: Language) -> Markup:
    """Return the names of roles, in a fixed order."""
    return Markup(", ").join(words(k, language) for r, k in ROLE_LABELS.items() if r in roles)


def _new_password(language: Language) -> list[Markup]:
    return [
        password_field("new", "new_password", language, is_new=True, hint_key="password_rule"),
        password_field("repeat", "repeat_password", language, is_new=True),
    ]


def _section(title_key: str, language: Language, content: Markup) -> Markup:
    return Markup("<section><h2>{}</h2>{}</section>").format(words(title_key, language), content)


def _page(
    title_key: str, language: Language, person: Person, parts: list[Markup], kind: str = ""
) -> str:
    main = Markup('<div class="forms {}"><h1>{}</h1>{}</div>').format(
        kind, words(title_key, language), Markup("").join(parts)
    )
    return document(label(title_key, language), main, language, person=person, styles=_STYLES)
