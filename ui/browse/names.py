"""Parties of a visit under the name the reader chose. Knows no page."""

from collections.abc import Iterable

from markupsafe import Markup

from hochoi.browsing import Names
from hochoi.types import Party, Stated
from ui.elements import parties, words
from ui.wording import Language


def named(stated: Iterable[Stated[Party]], names: Names, language: Language) -> Markup:
    """Return parties as written with today's name, or under today's name as written then."""
    if names is Names.THEN:
        return parties(stated, language)
    return Markup("; ").join(_now(s.value, language) for s in stated)


def _now(party: Party, language: Language) -> Markup:
    if party.current is None or party.current == party.province:
        return Markup("{}").format(party.text)
    return Markup('{} <span class="now">({})</span>').format(
        party.current, words("then_called", language, name=party.text)
    )
