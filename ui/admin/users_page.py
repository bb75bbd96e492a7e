"""The pages on which accounts are managed. Only HTML."""

from collections.abc import Sequence

from markupsafe import Markup

from hochoi.people.accounts import LOCAL, Account
from ui.admin.listing import listing
from ui.admin.shell import AdminPage, admin_page
from ui.door.fields import button, form, hidden, name_field, problem, role_boxes
from ui.door.pages import roles_text
from ui.door.state import Visitor
from ui.elements import facts, words
from ui.local_time import day_and_time
from ui.wording import Language

PATH = "/admin/users"


def users_page(
    accounts: Sequence[tuple[Account, int]],
    language: Language,
    visitor: Visitor,
    *,
    sentence: str | None = None,
    name: str = "",
) -> str:
    """Return the list of accounts with the form to add one.

    Args:
        accounts: Each with the seconds it is still locked for.
        language: Of the labels.
        visitor: Who looks at it.
        sentence: What went wrong, if something did.
        name: What was typed as the name of a new account.
    """
    rows = Markup("").join(_row(account, wait_s, language) for account, wait_s in accounts)
    heads = ("account_name", "roles", "account_state", "account_since")
    table = listing(heads, rows, language)
    new = Markup('<section><h2>{}</h2><p class="hint">{}</p>{}</section>').format(
        words("account_add", language),
        words("account_add_hint", language),
        form(
            PATH,
            visitor.form_token,
            [
                name_field(language, name, is_new=True),
                role_boxes((), language),
                button("account_add", language),
            ],
        ),
    )
    half = Markup('<div class="half">{}</div>').format(new)
    # joined, not formatted once more: a name that was typed may hold braces
    main = Markup("").join([problem(sentence), table, half])
    return admin_page(AdminPage.USERS, main, language, visitor)


def user_page(
    account: Account,
    wait_s: int,
    sessions: int,
    language: Language,
    visitor: Visitor,
    *,
    sentence: str | None = None,
    done_key: str | None = None,
    password: str | None = None,
) -> str:
    """Return the page of one account.

    Args:
        account: Whose page it is.
        wait_s: How long it is still locked, in seconds.
        sessions: How many browsers are signed in.
        language: Of the labels.
        visitor: Who looks at it.
        sentence: What went wrong, if something did.
        done_key: What was done, if something was.
        password: The first password that was just made; shown on this page only.
    """
    parts = [problem(sentence)]
    if done_key is not None:
        said = words(done_key, language)
        parts.append(Markup('<p class="done" role="status">{}</p>').format(said))
    if password is not None:
        parts.append(Markup('<div class="done"><p>{}</p><p class="password">{}</p></div>').format(
            words("password_once", language), password))  # fmt: skip
    parts.append(
        facts(
            [
                ("roles", roles_text(account.roles, language)),
                ("account_state", _state(account, wait_s, language)),
                ("account_since", day_and_time(account.created_at)),
                ("account_origin", _origin(account, language)),
                ("account_sessions", str(sessions)),
            ],
            language,
        )
    )
    parts.append(_actions(account, wait_s, language, visitor))
    back = Markup('<p><a href="{}">{}</a></p>').format(PATH, words("account_list", language))
    parts.append(back)
    main = Markup("").join(parts)
    return admin_page(AdminPage.USERS, main, language, visitor, kind="", heading=account.name)


def _actions(account: Account, wait_s: int, language: Language, visitor: Visitor) -> Markup:
    """Return a form per thing that can be done to an account."""
    path = f"{PATH}/{account.person_id}"

    def act(action: str, key: str, kind: str = "plain") -> Markup:
        parts = [hidden("action", action), button(key, language, kind)]
        return form(path, visitor.form_token, parts)

    roles = [hidden("action", "role"), role_boxes(account.roles, language),
             button("account_set_roles", language)]  # fmt: skip
    others = [act("password", "account_new_password"), act("logout", "account_end_sessions")]
    if wait_s:
        others.insert(0, act("unlock", "account_unlock"))
    if account.is_disabled:
        others.append(act("enable", "account_enable"))
    else:
        others.append(act("disable", "account_disable", "danger"))
    return Markup('<section>{}</section><section class="row">{}</section>').format(
        form(path, visitor.form_token, roles), Markup("").join(others)
    )


def _row(account: Account, wait_s: int, language: Language) -> Markup:
    return Markup(
        '<tr><th scope="row"><a href="{}/{}">{}</a></th><td>{}</td><td>{}</td><td>{}</td></tr>'
    ).format(
        PATH,
        account.person_id,
        account.name,
        roles_text(account.roles, language),
        _state(account, wait_s, language),
        day_and_time(account.created_at),
    )


def _origin(account: Account, language: Language) -> Markup:
    keys = {LOCAL: "origin_local", "proxy": "origin_proxy", "oidc": "origin_oidc"}
    if account.origin not in keys:
        return Markup("{}").format(account.origin)
    return words(keys[account.origin], language)


def _state(account: Account, wait_s: int, language: Language) -> Markup:
    states = [words("state_disabled" if account.is_disabled else "state_active", language)]
    if account.must_change:
        states.append(words("state_must_change", language))
    if wait_s:
        states.append(words("state_locked", language, minutes=str(-(-wait_s // 60))))
    return Markup("; ").join(states)
