"""The band at the top of every page: name, the parts of the product, its two switches."""

from enum import Enum

from markupsafe import Markup

from hochoi.people.person import NOBODY, Person, Role
from ui.elements import attribute, words
from ui.wording import Language, label


class Section(Enum):
    """A part of the product: what its link says, where it leads, who sees it."""

    ASK = ("section_ask", "/", None)
    VISITS = ("section_visits", "/visits", None)
    CONVERSATIONS = ("section_conversations", "/conversations", None)
    ADMIN = ("section_admin", "/admin", Role.ADMIN)
    EVALUATE = ("section_evaluate", "/evaluate", Role.EVALUATOR)

    def is_shown_to(self, person: Person) -> bool:
        """Return whether a person's roles open this part."""
        role = self.value[2]
        return role is None or role in person.roles


# On a narrow screen `.reach` is what the button opens; on a wide one it lies beside the name and
# the button is not there. It works without a script.
_MASTHEAD = Markup(
    '<a class="skip" href="{target}">{skip}</a>'
    '<header class="masthead"><a class="brand" href="/">{app_name}</a>'
    '<details class="menu"><summary><span class="unseen">{menu}</span> {here}</summary></details>'
    '<div class="reach"><nav class="sections" {sections_label}>{sections}</nav>'
    '<span class="tagline">{tagline}</span>{account}'
    '<button type="button" class="scheme" aria-pressed="false" {scheme} {scheme_title}></button>'
    '<span class="languages" role="group" {group}>'
    '<button type="button" data-language="vi" lang="vi" aria-label="Tiếng Việt" '
    'aria-pressed="{vi}">VI</button>'
    '<button type="button" data-language="en" lang="en" aria-label="English" '
    'aria-pressed="{en}">EN</button></span></div></header>'
)


def masthead(language: Language, person: Person = NOBODY, section: Section | None = None) -> Markup:
    """Return the band; the link of `section`, the part one is in, is marked as current."""
    return _MASTHEAD.format(
        target="#talk" if section is Section.ASK else "#main",
        skip=words("skip", language),
        app_name=label("app_name", language),
        menu=words("menu_open", language),
        here=words(section.value[0] if section else "menu", language),
        sections_label=attribute("aria-label", "sections", language),
        sections=Markup("").join(
            _link(s, language, is_current=s is section) for s in Section if s.is_shown_to(person)
        ),
        tagline=words("tagline", language),
        account=_account(person, language),
        scheme=attribute("aria-label", "dark_scheme", language),
        scheme_title=attribute("title", "dark_scheme", language),
        group=attribute("aria-label", "language_group", language),
        vi=str(language is Language.VI).lower(),
        en=str(language is Language.EN).lower(),
    )


def _account(person: Person, language: Language) -> Markup:
    """Return who one is, and the way to sign in or to one's account."""
    if person.is_known:
        link = '<span class="account"><a href="/account" {}>{}</a></span>'
        return Markup(link).format(attribute("title", "account", language), person.name)
    sign_in = Markup('<a href="/login">{}</a>').format(words("sign_in", language))
    if not person.trial:
        return Markup('<span class="account">{}</span>').format(sign_in)
    return Markup('<span class="account"><span class="trial" {}>{}</span> {}</span>').format(
        attribute("title", "trial_hint", language), words("trial", language), sign_in
    )


def _link(section: Section, language: Language, *, is_current: bool) -> Markup:
    key, path, _ = section.value
    return Markup('<a href="{}"{}>{}</a>').format(
        path, Markup(' aria-current="page"') if is_current else "", words(key, language)
    )
