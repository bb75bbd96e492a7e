"""The Vietnamese phrases around quotations, read from `prompts/answers.vi.toml`.

A file with a missing or unknown phrase or name is refused when it is read, not when it is used.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from string import Template

from hochoi.errors import SettingsError

_PLACE = re.compile(r"\$\{?[a-z_]+\}?")
_NAMES: Mapping[str, frozenset[str]] = {
    "cite.when": frozenset({"date"}),
    "cite.report": frozenset({"title", "when"}),
    "cite.quote": frozenset({"source", "quote"}),
    "cite.more": frozenset({"quote"}),
    "cite.fact": frozenset({"source", "fact"}),
    "fact.head": frozenset({"person"}),
    "fact.head_title_only": frozenset({"person"}),
    "fact.deputy": frozenset({"person"}),
    "fact.host_lead": frozenset({"person"}),
    "fact.participants": frozenset({"words"}),
    "fact.date": frozenset({"words"}),
    "fact.document": frozenset({"words"}),
    "fact.place": frozenset({"words"}),
    "fact.person": frozenset({"words"}),
    "fact.measure": frozenset({"words"}),
    **{
        f"small_talk.{name}": frozenset()
        for name in "greeting prediction opinion order off_topic".split()
    },
    "fact.number": frozenset({"words"}),
    "clarify.which": frozenset({"count"}),
    "clarify.which_of_many": frozenset({"count"}),
    "clarify.label": frozenset({"visitors", "host", "date"}),
    "clarify.question": frozenset({"question", "title", "date"}),
    "clarify.undated": frozenset(),
    "clarify.listed": frozenset({"question"}),
    "clarify.content": frozenset(),
    "clarify.beyond": frozenset({"count"}),
    "abstain.no_report": frozenset(),
    "abstain.near_report": frozenset({"title"}),
    "absent.reversed": frozenset({"visits"}),
    "absent.others": frozenset({"visits"}),
    "abstain.no_field": frozenset({"title", "field"}),
    **{
        f"field.{name}": frozenset()
        for name in (
            "head deputy host_lead person participants date place document money contact number"
            " content"
        ).split()
    },
    "chip.host": frozenset({"name"}),
    "chip.visitor": frozenset({"name"}),
    "chip.year": frozenset({"year"}),
    "chip.former": frozenset({"name"}),
    "chip.history": frozenset({"question"}),
    **{f"chip.{n}": frozenset() for n in "foreign domestic local ministry council abroad".split()},
    "cell.now": frozenset({"name", "current"}),
    **{f"overview.{n}": frozenset() for n in "visits events reports unstated".split()},
    "overview.all": frozenset({"count", "noun"}),
    "overview.count": frozenset({"count", "noun"}),
    "overview.filters": frozenset({"filters"}),
    "overview.subject": frozenset({"words"}),
    "overview.compare": frozenset({"sides"}),
    "overview.side": frozenset({"name", "count", "noun"}),
    "overview.group": frozenset({"name", "count"}),
    **{
        f"overview.by_{n}": frozenset({"groups"})
        for n in "year month topic host visitor country ministry head host_lead".split()
    },
    **{f"overview.{n}": frozenset({"count", "noun", "which"}) for n in "latest earliest".split()},
    **{
        f"overview.{n}": frozenset({"count", "noun", "which", "size"})
        for n in "largest smallest most least most_each least_each".split()
    },
    "overview.more_groups": frozenset({"count"}),
    "overview.none": frozenset({"filters"}),
    "overview.more": frozenset({"count"}),
    "overview.undated": frozenset({"count"}),
    "overview.unsized": frozenset({"count"}),
    "overview.negated": frozenset(),
    "overview.all_undated": frozenset(),
    "overview.all_unsized": frozenset(),
    "overview.through": frozenset({"places", "unit", "count", "noun"}),
    "notice.figures_differ": frozenset(),
    "notice.model_failed": frozenset(),
    "notice.model_unsupported": frozenset(),
    "notice.model_sentences_dropped": frozenset({"count"}),
    "starter.head": frozenset({"visitor", "host"}),
    "starter.date": frozenset({"visitor", "host"}),
    "starter.participants": frozenset({"visitor", "host"}),
    "starter.content": frozenset({"visitor", "host"}),
}


class Phrases:
    """All phrases by dotted key; `say` fills the names in."""

    def __init__(self, path: Path) -> None:
        """Read and check the file.

        Raises:
            SettingsError: If it is not TOML, lacks a phrase, or a phrase uses other names.
        """
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
            raise SettingsError(str(path), str(exc), "a TOML file of phrases") from exc
        tables = {name: table for name, table in raw.items() if isinstance(table, dict)}
        found = {f"{t}.{k}": str(v) for t, table in tables.items() for k, v in table.items()}
        found |= {name: str(value) for name, value in raw.items() if name not in tables}
        if found.keys() != _NAMES.keys():
            odd = sorted(found.keys() ^ _NAMES.keys())
            raise SettingsError(str(path), ", ".join(odd), "exactly the known phrases")
        for key, text in found.items():
            template = Template(text)
            if not template.is_valid() or set(template.get_identifiers()) != _NAMES[key]:
                expected = ", ".join(sorted(_NAMES[key])) or "no names"
                raise SettingsError(f"{path}: {key}", text, expected)
        self._texts = found

    @property
    def fixed(self) -> tuple[str, ...]:
        """Every piece of text that stands in a phrase whatever is filled in, longest first."""
        pieces = {p for text in self._texts.values() for p in _PLACE.split(text) if p.strip()}
        return tuple(sorted(pieces, key=lambda piece: (-len(piece), piece)))

    def say(self, key: str, **names: str) -> str:
        """Return a phrase with its names filled in; the values are not read as templates."""
        return Template(self._texts[key]).substitute(names)
