"""File names that were made to escape, to confuse or to break: 300 and more, all different."""

import unicodedata
from collections.abc import Iterator
from itertools import product

_TARGETS = ("x.txt", "thoát.txt", "library.sqlite3", "settings.toml", "people.sqlite3", "id_rsa")
_CLIMBS = (
    "../", "../../", "../" * 9, "/", "//", "..\\", "..\\..\\", "\\", "\\\\server\\share\\", "C:\\",
    "C:/", "c:", "file:///", "/etc/", "~/", "./.././", "....//", "..;/", "%2e%2e%2f", "..%2f",
    "..%c0%af", "\u2025/", "\uff0e\uff0e\uff0f", "a/../../", "var/../../",
)  # fmt: skip
_DEVICES = ("CON", "PRN", "AUX", "NUL", "COM1", "COM9", "LPT1", "CLOCK$", "CONIN$")
_SHELL = (
    "$(touch x)", "`touch x`", "; touch x", "| touch x", "&& touch x", "$HOME", "*", "?", "[a-z]",
    "{a,b}", "-rf", "--version", "!x", "'", '"', "<x>", "a=b", "%s%n", "{0}", "{x.__class__}",
    "'; DROP TABLE reports; --", "<script>alert(1)</script>", "=1+1", "@SUM(1)",
    "\\n", "#", "&amp;",
)  # fmt: skip
_MARKS = (
    "\u202e", "\u202d", "\u2066", "\u200b", "\u200f", "\ufeff", "\u00ad", "\u2028", "\u2029",
    "\x1b[2J",
    "\x07", "\x08", "\x7f", "\x85", "\r", "\n", "\r\n", "\t", "\v", "\x00", "\x01", "\U000e0041",
)  # fmt: skip
_ODD = (
    ".", "..", "...", " ", "  ", ".txt", " .txt", "x.txt ", "x.txt.", "x.txt...", "x.txt::$DATA",
    "x.txt:y", "x.", ".hidden", "x.txt/", "x.txt/.", "-", "__proto__", "constructor", "null",
    "None",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") + ".txt", "\U0010ffff.txt",
    "x" * 255, "x" * 4000, "ế" * 1333, "a/" * 2000 + "x", "é" * 200 + ".txt", "\u0301" * 100,
)  # fmt: skip
_TWINS = ("Báo cáo Huế.txt", "Đà Nẵng.txt", "Quảng Ngãi ở Nghệ An.txt")


def hostile_names() -> tuple[str, ...]:
    """Return the names, none twice."""
    return tuple(dict.fromkeys(_all()))


def _all() -> Iterator[str]:
    yield from (climb + target for climb, target in product(_CLIMBS, _TARGETS))
    for device, ending in product(_DEVICES, ("", ".txt", ".txt.txt")):
        yield device + ending
    yield from (f"{shell}.txt" for shell in _SHELL)
    for mark, form in product(_MARKS, ("báo{}cáo.txt", "{}x.txt", "x.txt{}", "x{}txt.exe")):
        yield form.format(mark)
    yield from _ODD
    for name, form in product(_TWINS, ("NFC", "NFD", "NFKD")):
        yield unicodedata.normalize(form, name)  # type: ignore[arg-type]
        yield unicodedata.normalize(form, name).upper()  # type: ignore[arg-type]
