"""Administrative abbreviations, from short to long and back. Does not rewrite any text.

The table is data (`corpus/abbreviations.toml`). What is found is added to, never replaced: the
caller appends the expansions to a query or to an index text.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hochoi.errors import SettingsError
from hochoi.language.tokens import fold_syllable
from hochoi.text import comparison_key, fold, nfc

_TOKEN = re.compile(r"[^\W_]+|&")
_DOCUMENT_NUMBER = re.compile(
    r"\d[^\s/]{0,8}+/\S*+"
)  # "683/SNV-CCVC": its letters mean nothing here
_NAME_WORDS = 3  # syllables of a place name repeated after an expanded prefix
_PERSON_CUES = frozenset("ông bà anh chị em cô chú bác thầy ngài chí".split())


@dataclass(frozen=True, slots=True)
class _Form:
    """One spelling, by its tokens, with what is produced when it is found."""

    keys: tuple[str, ...]
    produced: tuple[str, ...]
    exact: tuple[str, ...]  # tokens in their required case, () when case does not matter
    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Prefix:
    """A short kind of place and its long form."""

    token: str
    needs_dot: bool
    long: str


class Abbreviations:
    """A table of abbreviations that finds short and long forms in a text."""

    def __init__(self, forms: tuple[_Form, ...], prefixes: tuple[_Prefix, ...]) -> None:
        by_first: dict[str, list[_Form]] = {}
        for form in sorted(forms, key=lambda f: -len(f.keys)):
            by_first.setdefault(form.folded[0], []).append(form)
        self._by_first: Mapping[str, list[_Form]] = by_first
        self._prefixes = {prefix.token: prefix for prefix in prefixes}

    def expansions(self, text: str) -> tuple[str, ...]:
        """Return the long forms of short ones found in `text`, and the short forms of long ones.

        In order of appearance, each once, without those that the text already holds. Where forms
        overlap the longest counts: "DVCTT" for "dịch vụ công trực tuyến", not "DVC" as well.
        Letters inside document numbers such as 683/SNV-CCVC are left alone.

        Args:
            text: A question or a passage, with or without diacritics.
        """
        text = nfc(text)
        tokens = list(_tokens(text))
        folded = [fold_syllable(match[0]) for match in tokens]
        found: dict[str, None] = {}
        position = 0
        while position < len(tokens):
            if folded[position] in self._by_first:
                form = self._form_at(tokens, folded, position)
                if form is not None:
                    found.update(dict.fromkeys(form.produced))
                    position += len(form.keys)
                    continue
            if folded[position] in self._prefixes:
                place = self._place_at(text, tokens, position)
                if place is not None:
                    found[place] = None
            position += 1
        if not found:
            return ()
        whole = f" {' '.join(folded)} "
        return tuple(e for e in found if f" {' '.join(_keys(fold(e)))} " not in whole)

    def _form_at(
        self, tokens: list[re.Match[str]], folded: list[str], position: int
    ) -> _Form | None:
        """Return the longest form that begins at a token."""
        for form in self._by_first[folded[position]]:
            end = position + len(form.keys)
            if tuple(folded[position:end]) == form.folded:
                if _agree([match[0] for match in tokens[position:end]], form):
                    return form
        return None

    def _place_at(self, text: str, tokens: list[re.Match[str]], position: int) -> str | None:
        """Return the long form of a place such as "Q.1" or "TX. Sơn Tây" at a token."""
        here = tokens[position]
        prefix = self._prefixes[fold_syllable(here[0])]
        if not here[0][0].isupper() or position + 1 == len(tokens):
            return None
        has_dot = text.startswith(".", here.end())
        if prefix.needs_dot and (not has_dot or _is_initial(text, tokens, position)):
            return None
        name: list[str] = []
        end = here.end() + has_dot
        for match in tokens[position + 1 : position + 1 + _NAME_WORDS]:
            gap = text[end : match.start()]
            is_name = match[0][0].isupper() or (not name and match[0].isdigit())
            if not is_name or gap.strip(" \u00a0") or (name and not gap):
                break
            name.append(match[0])
            end = match.end()
            if match[0].isdigit():
                break
        return " ".join((prefix.long, *name)) if name else None


def load_abbreviations(path: Path) -> Abbreviations:
    """Return the table in a TOML file.

    Raises:
        OSError: If the file cannot be read.
        SettingsError: If an entry lacks a form or has an unknown key.
    """
    return parse_abbreviations(path.read_text(encoding="utf-8"))


def parse_abbreviations(toml: str) -> Abbreviations:
    """Return the table written as TOML, see the head of `corpus/abbreviations.toml`.

    Raises:
        SettingsError: If the text is no TOML, or an entry lacks a form or has an unknown key.
    """
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as exc:
        raise SettingsError("abbreviations", str(exc), "a TOML file") from exc
    forms: list[_Form] = []
    for entry in _entries(table, "abbreviation"):
        shorts, longs = _texts(entry, "short"), _texts(entry, "long")
        exact = bool(entry.get("exact", False))
        for short in shorts:
            tokens = tuple(_TOKEN.findall(short)) if exact else ()
            forms.append(_form(short, (longs[0],), tokens))
        forms.extend(_form(long, shorts, ()) for long in longs)
    prefixes: list[_Prefix] = []
    for entry in _entries(table, "prefix"):
        shorts, longs = _texts(entry, "short"), _texts(entry, "long")
        bare = {short for short in shorts if not short.endswith(".")}
        stems = sorted({short.rstrip(".") for short in shorts})
        prefixes.extend(_Prefix(fold(stem), stem not in bare, longs[0]) for stem in stems)
    return Abbreviations(tuple(forms), tuple(prefixes))


def _form(text: str, produced: tuple[str, ...], exact: tuple[str, ...]) -> _Form:
    """Return a spelling ready for comparison."""
    keys = _keys(text)
    return _Form(keys, produced, exact, tuple(fold(key) for key in keys))


def _entries(table: Mapping[str, object], kind: str) -> list[Mapping[str, object]]:
    """Return the entries of one kind, checked to be tables."""
    entries = table.get(kind, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SettingsError("abbreviations", kind, f"tables written as [[{kind}]]")
    return entries


def _texts(entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return a list of forms of one entry, checked."""
    value = entry.get(key)
    unknown = set(entry) - {"short", "long", "exact"}
    if not isinstance(value, list) or unknown or not all(_keys(str(v)) for v in value) or not value:
        raise SettingsError("abbreviations", repr(dict(entry)), f"a list of words under {key!r}")
    return tuple(str(v) for v in value)


def _keys(form: str) -> tuple[str, ...]:
    """Return the tokens of a form as they are compared."""
    return tuple(comparison_key(token) for token in _TOKEN.findall(form))


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of `text` outside document numbers."""
    numbers = _DOCUMENT_NUMBER.finditer(text)
    number = next(numbers, None)
    for match in _TOKEN.finditer(text):
        while number is not None and number.end() <= match.start():
            number = next(numbers, None)
        skip_to = number.end() if number and number.start() <= match.start() else 0
        if match.start() >= skip_to:
            yield match


def _agree(here: list[str], form: _Form) -> bool:
    """Whether tokens of a text spell a form: in full, or some or all of them unaccented."""
    if form.exact:
        return tuple(here) == form.exact
    for token, key in zip(here, form.keys, strict=True):
        written = comparison_key(token)
        if written not in (key, fold(key)):
            return False
    return True


def _is_initial(text: str, tokens: list[re.Match[str]], position: int) -> bool:
    """Whether a single letter may be of a person's name: right after a name or "ông", "bà"."""
    if position == 0 or tokens[position + 1][0].isdigit():
        return False
    before = tokens[position - 1]
    if text[before.end() : tokens[position].start()].strip():
        return False
    return before[0].istitle() or before[0] in _PERSON_CUES
