"""The one table that says who may open which address. An address without a rule has no page.

`tests/ui/door/test_policy.py` walks every route of the running application, those of the user
interface library included, and fails for one that no rule names.
"""

import re
from dataclasses import dataclass
from enum import Enum

from hochoi.people.person import Person, Role


class Access(Enum):
    """Who may open an address."""

    FILES = "anybody, and who it is does not matter"
    PUBLIC = "anybody"
    ASKING = "whoever has an account, and anybody while asking is open"
    ACCOUNT = "whoever has an account"
    ADMIN = "administrators"
    EVALUATOR = "evaluators"
    CLOSED = "nobody"


class Verdict(Enum):
    """What the table says about one person and one address."""

    OPEN = "come in"
    SIGN_IN = "sign in first"
    FORBIDDEN = "not with these roles"
    CLOSED = "there is no such page"


@dataclass(frozen=True, slots=True)
class Rule:
    """Whole addresses of one kind, the methods they take and who may open them."""

    pattern: re.Pattern[str]
    methods: frozenset[str]
    access: Access


def _rule(pattern: str, methods: str, access: Access) -> Rule:
    return Rule(re.compile(pattern), frozenset(methods.split()), access)


_ANY = "GET HEAD POST PUT PATCH DELETE OPTIONS"
_READ = "GET HEAD"

RULES: tuple[Rule, ...] = (
    # files that look the same to everybody
    _rule(r"/page/[^/]+|/favicon\.ico", _READ, Access.FILES),
    _rule(r"/assets/.+|/static/.+|/theme\.css|/gradio_api/theme\.css", _READ, Access.FILES),
    _rule(r"/healthz", _READ, Access.FILES),
    # the way in and out
    _rule(r"/login|/setup", "GET HEAD POST", Access.PUBLIC),
    _rule(r"/login/sso|/login/sso/back", _READ, Access.PUBLIC),
    _rule(r"/logout", "POST", Access.ACCOUNT),
    _rule(r"/account|/account/password", "GET HEAD POST", Access.ACCOUNT),
    _rule(r"/account/logout-everywhere", "POST", Access.ACCOUNT),
    # asking, reading, browsing, and what a person keeps of it
    _rule(r"/", _READ, Access.ASKING),
    _rule(r"/reports/[^/]+(?:/original)?", _READ, Access.ASKING),
    _rule(r"/visits(?:\.csv)?", _READ, Access.ASKING),
    _rule(r"/conversations(?:/.+)?", "GET HEAD POST", Access.ASKING),
    # what the ask page calls in the user interface library
    _rule(r"/config/?|/gradio_api/(?:startup-events|app_id)/?", _READ, Access.ASKING),
    _rule(r"/gradio_api/queue/data", _READ, Access.ASKING),
    _rule(r"/gradio_api/queue/join|/gradio_api/(?:cancel|reset)/?", "POST", Access.ASKING),
    # managing and evaluating
    _rule(r"/admin(?:/.+|\.csv)?", _ANY, Access.ADMIN),
    _rule(r"/evaluate(?:/.+)?", _ANY, Access.EVALUATOR),
    # routes of the user interface library that no page of ours uses
    _rule(r"/login/|/logout/|/robots\.txt|/manifest\.json|/pwa_icon(?:/.+)?", _ANY, Access.CLOSED),
    _rule(r"/svelte/.+|/monitoring(?:/.+)?|/custom_component/.+", _ANY, Access.CLOSED),
    _rule(
        r"/gradio_api/(?:heartbeat/.+|info|openapi\.json|deep_link|file=.*|file/.+|proxy=.*|stream/.+|upload"
        r"|upload_progress|component_server|call/.+|api/.+|run/.+|queue/status|dev/reload|vibe-.+"
        r"|runs.*|token|login_check|user|app_id/.+|process_recording|custom_component/.+"
        r"|queue/event/.+|undo-vibe-edit)/?",
        _ANY,
        Access.CLOSED,
    ),
)


def rule_for(path: str) -> Rule | None:
    """Return the rule of an address, or None when there is no page at it."""
    return next((rule for rule in RULES if rule.pattern.fullmatch(path)), None)


def verdict(access: Access, person: Person, *, open_asking: bool) -> Verdict:
    """Return what the table says.

    Args:
        access: Of the rule.
        person: Nobody, on trial, or with roles.
        open_asking: Whether one may ask without an account.
    """
    match access:
        case Access.FILES | Access.PUBLIC:
            return Verdict.OPEN
        case Access.CLOSED:
            return Verdict.CLOSED
        case Access.ASKING if open_asking:
            return Verdict.OPEN
    if not person.is_known:
        return Verdict.SIGN_IN
    needed = {Access.ADMIN: Role.ADMIN, Access.EVALUATOR: Role.EVALUATOR}.get(access)
    return Verdict.OPEN if needed is None or needed in person.roles else Verdict.FORBIDDEN
