"""Read a prompt file, check its variables, fill it in. Does not call any model.

A prompt file is Markdown: what the model is told once, a line `---`, then what it is asked.
Variables are written $name; a file with a missing or unknown one is refused when it is read.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from string import Template

from hochoi.errors import SettingsError
from hochoi.text import clean

_DIVIDER = re.compile(r"^---$", re.MULTILINE)
# Characters that close a quotation, open a tag, or look like a marker or a chat template.
_HARMLESS = str.maketrans(
    {"<": "‹", ">": "›", "[": "(", "]": ")", "{": "(", "}": ")", "`": "'", "|": "¦"}
    | {"【": "(", "】": ")", "［": "(", "］": ")", "＜": "‹", "＞": "›"}
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A checked prompt. `fingerprint` changes with every character of its text."""

    rules: str
    request: str
    names: frozenset[str]
    fingerprint: str  # 12 hexadecimal digits

    def fill(self, **values: str) -> str:
        """Return the request with its variables filled in; values are not read as templates.

        Raises:
            ValueError: If the values are not exactly those the prompt declares.
        """
        if values.keys() != self.names:
            raise ValueError(f"prompt wants {sorted(self.names)}, got {sorted(values)}")
        return Template(self.request).substitute(values)


def read_prompt(path: Path, names: Collection[str]) -> Prompt:
    """Return the prompt in a file.

    Args:
        path: A Markdown file in UTF-8.
        names: The variables it must use, all of them and no other, below the line `---`.

    Raises:
        SettingsError: If it cannot be read, lacks a part, or uses other variables.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(str(path), str(exc), "a prompt file in UTF-8") from exc
    parts = [part.strip() for part in _DIVIDER.split(text)]
    if len(parts) != 2 or not all(parts):
        raise SettingsError(str(path), f"{len(parts)} parts", "rules, a line ---, a request")
    rules, request = parts
    template = Template(request)
    used = set(template.get_identifiers()) if template.is_valid() else {"an invalid $"}
    if used != set(names) or Template(rules).get_identifiers() or "$" in rules:
        expected = "below --- exactly " + ", ".join(f"${name}" for name in sorted(names))
        raise SettingsError(str(path), ", ".join(sorted(used)) or "no variables", expected)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Prompt(rules, request, frozenset(names), digest)


def quoted(number: int, title: str, text: str) -> str:
    """Return a passage as data under its number: nothing in it can end the quotation.

    Brackets of every kind are exchanged for harmless ones, so that a report can neither close
    the tag, write a citation marker, nor imitate the tokens of a chat template.
    """
    return f'<bao_cao so="{number}">\n{harmless(title)}\n{harmless(text)}\n</bao_cao>'


def harmless(text: str) -> str:
    """Return text without brackets, tags and invisible characters, on as many lines as before."""
    return clean(text).translate(_HARMLESS)
