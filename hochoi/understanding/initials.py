"""Provinces that a question names by initials, where these can mean only one: "tỉnh BN".

Only right after "tỉnh", "UBND" or "HĐND": elsewhere two letters may be anything ("VP", "bn").
"""

import re
from collections import defaultdict

from hochoi.provinces import ProvinceTable

_NAMED = re.compile(
    r"(?<!\w)((?:tỉnh|tinh|UBND|ubnd|HĐND|hdnd)\s+)([^\W\d_]{2,3})(?!\w)", re.IGNORECASE
)


class Initials:
    """The initials of the provinces that no other province shares. Built once, read-only."""

    def __init__(self, provinces: ProvinceTable) -> None:
        """Take the initials of all names."""
        names: dict[str, list[str]] = defaultdict(list)
        for name in provinces.names:
            names["".join(word[0] for word in re.findall(r"\w+", name)).upper()].append(name)
        self._names = {initials: own[0] for initials, own in names.items() if len(own) == 1}

    def spell_out(self, text: str) -> str:
        """Return a question with such initials replaced by the name.

        Lower case counts only after "tinh", in a question without capitals.
        """
        is_lower = text.islower()

        def named(match: re.Match[str]) -> str:
            lead, letters = match.groups()
            is_typed_low = is_lower and lead.strip() == "tinh"
            name = self._names.get(letters.upper()) if letters.isupper() or is_typed_low else None
            return f"{lead}{name}" if name is not None else match[0]

        return _NAMED.sub(named, text)
