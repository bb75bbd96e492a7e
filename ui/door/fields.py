"""The parts that forms are made of. Plain HTML; they work without a script."""

from collections.abc import Iterable

from markupsafe import Markup

from hochoi.people.person import Role
from ui.door.forms import token_field
from ui.elements import words
from ui.wording import Language

ROLE_LABELS = {
    Role.OFFICIAL: "role_official",
    Role.ADMIN: "role_admin",
    Role.EVALUATOR: "role_evaluator",
}


def form(action: str, form_token: str, parts: Iterable[Markup]) -> Markup:
    """Return a form that posts its parts, with the token of its browser."""
    return Markup('<form class="fields" method="post" action="{}">{}{}</form>').format(
        action, token_field(form_token), Markup("").join(parts)
    )


def hidden(name: str, value: str) -> Markup:
    """Return a field that nobody sees."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(name, value)


def name_field(language: Language, value: str = "", *, is_new: bool = False) -> Markup:
    """Return the field of an account's name."""
    return _field(
        "name", "account_name", language, Markup('type="text" value="{}" autocapitalize="none" '
        'spellcheck="false" maxlength="64" autocomplete="{}"').format(
            value, "off" if is_new else "username"
        ),
    )  # fmt: skip


def password_field(
    name: str, key: str, language: Language, *, is_new: bool, hint_key: str | None = None
) -> Markup:
    """Return a field of a password; browsers offer to remember or to make one."""
    kind = "new-password" if is_new else "current-password"
    attributes = Markup('type="password" maxlength="1024" autocomplete="{}"').format(kind)
    return _field(name, key, language, attributes, hint_key)


def role_boxes(chosen: Iterable[Role], language: Language) -> Markup:
    """Return a box per role; those of `chosen` are ticked."""
    held = set(chosen)
    boxes = Markup("").join(
        Markup('<label><input type="checkbox" name="role" value="{}"{}> {}</label>').format(
            role.value, Markup(" checked") if role in held else "", words(key, language)
        )
        for role, key in ROLE_LABELS.items()
    )
    return Markup('<fieldset class="boxes"><legend>{}</legend>{}</fieldset>').format(
        words("roles", language), boxes
    )


def button(key: str, language: Language, kind: str = "main") -> Markup:
    """Return the button that sends a form; `kind` is "main", "plain" or "danger"."""
    return Markup('<p class="buttons"><button type="submit" class="{}">{}</button></p>').format(
        kind, words(key, language)
    )


def problem(sentence: str | None) -> Markup:
    """Return what went wrong, read aloud at once; nothing when nothing did."""
    if not sentence:
        return Markup("")
    return Markup('<p class="problem" role="alert">{}</p>').format(sentence)


def _field(
    name: str, key: str, language: Language, attributes: Markup, hint_key: str | None = None
) -> Markup:
    hint, described = Markup(""), Markup("")
    if hint_key is not None:
        hint = Markup('<small id="{}-hint">{}</small>').format(name, words(hint_key, language))
        described = Markup(' aria-describedby="{}-hint"').format(name)
    return Markup(
        '<p class="field"><label for="{name}">{label}</label>'
        '<input id="{name}" name="{name}" required {attributes}{described}>{hint}</p>'
    ).format(
        name=name, label=words(key, language), attributes=attributes, described=described, hint=hint
    )
