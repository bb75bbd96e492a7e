"""The table of a PDF font that says which letter each code stands for: read it, doubt it.

A damaged entry shows the right letter on the page and gives another one to whoever reads the
text, so no count of letters shows it; but it contradicts the rest of its table.
"""

import re
from collections.abc import Mapping, Set
from unicodedata import category

from hochoi.text import nfc

_BLOCK = re.compile(rb"beginbf(?:(char)|range)(.*?)endbf", re.DOTALL)
_ONE = re.compile(rb"<([0-9A-Fa-f]{2,4})>()\s*<([0-9A-Fa-f]{4,32})>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{4,32})>")
_LIST = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<[0-9A-Fa-f]{2,4}>\s*\[([^\]]*)\]")
_MIXED = re.compile(r"(?=.*[fjwz])[a-zà-ỹ]*[ăđơưạ-ỹ][a-zà-ỹ]*", re.IGNORECASE)
_MOST = 65536  # entries
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u0300-\u036f\u1e00-\u1eff]")
_LETTERS = ("Lu", "Ll", "Lo")
_MOSTLY = 0.8  # share of letters that are Latin in a table of a text in Latin letters


def read_table(data: bytes, width: int) -> dict[bytes, str]:
    """Return which text each code stands for.

    Args:
        data: The ToUnicode map of a font.
        width: Bytes of a code.
    """
    table: dict[bytes, str] = {}
    for is_char, block in _BLOCK.findall(data):
        if not is_char:
            for first, texts in _LIST.findall(block):
                for n, text in enumerate(re.findall(rb"<([0-9A-Fa-f]+)>", texts)):
                    table[_code(int(first, 16) + n, width)] = _text(text)
            block = _LIST.sub(b"", block)
        for first, last, shown in (_ONE if is_char else _RANGE).findall(block):
            start, text = int(first, 16), _text(shown)
            for n in range(int(last or first, 16) - start + 1):
                if len(table) >= _MOST or not text or ord(text[-1]) + n > 0x10FFFF:
                    break
                table[_code(start + n, width)] = text[:-1] + chr(ord(text[-1]) + n)
    return table


def _code(number: int, width: int) -> bytes:
    return (number & 0xFFFF).to_bytes(2, "big")[-width:]


def _text(digits: bytes) -> str:
    whole = digits.decode("ascii")[: len(digits) // 4 * 4]
    return bytes.fromhex(whole).decode("utf-16-be", "ignore")


def odd_letters(table: Mapping[bytes, str], used: Set[bytes]) -> int:
    """Return how many entries that are used contradict the rest of a table of Latin letters.

    A letter that two codes stand for, a letter of another script, and a code without an entry.
    """
    shown = [nfc(table[code]) for code in used if code in table]
    letters = [text for text in shown if len(text) == 1 and category(text) in _LETTERS]
    latin = [letter for letter in letters if _LATIN.match(letter)]
    if len(latin) < _MOSTLY * len(letters) or not table:
        return 0
    twice = len(latin) - len(set(latin))
    return twice + len(letters) - len(latin) + len(used - table.keys())


def mixes_alphabets(word: str) -> bool:
    """Whether a word has letters that only Vietnamese has beside ones that it has not: fịch."""
    return _MIXED.fullmatch(word.strip(".,;:!?()\"'“”…")) is not None
