"""Text from before Unicode becomes Vietnamese, and what is Vietnamese already stays as it is."""

import unicodedata
from pathlib import Path

import pytest

from hochoi.types import SourceFile
from ingest.legacy_encodings import (
    decode,
    encoding_of_font,
    from_font,
    from_tcvn3,
    from_vni,
    repaired,
    share_of_syllables,
)
from ingest.readers import read

ALL = sorted((Path(__file__).parents[2] / "corpus" / "reports").glob("*.txt"))
REPORTS = [path for path in ALL if not set("åäö") & set(path.read_text(encoding="utf-8"))][:12]
TONES = "\u0300\u0301\u0303\u0309\u0323"
VNI_TONES = dict(zip("\u0300\u0301\u0309\u0303\u0323", "øùûõï", strict=True))
VNI_HATTED = dict(zip("\u0300\u0301\u0309\u0303\u0323", "àáåãä", strict=True))
VNI_BREVE = dict(zip("\u0300\u0301\u0309\u0303\u0323", "èéúüë", strict=True))


def vni(text: str) -> str:
    """Return text as a VNI-Windows font needs it, written by the rules of that encoding."""
    single = {
        "đ": "ñ",
        "ơ": "ô",
        "ư": "ö",
        "ỉ": "æ",
        "ĩ": "ó",
        "ị": "ò",
        "ỵ": "î",
        "ì": "ì",
        "í": "í",
    }
    out = ""
    for letter in text:
        low = letter.lower()
        parts = unicodedata.normalize("NFD", low)
        tone = next((c for c in parts if c in TONES), "")
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
        if low in single:
            made = single[low]
        elif base in "âêô" and base:
            made = {"â": "a", "ê": "e", "ô": "o"}[base] + (VNI_HATTED[tone] if tone else "â")
        elif base == "ă":
            made = "a" + (VNI_BREVE[tone] if tone else "ê")
        else:
            made = {"ơ": "ô", "ư": "ö"}.get(base, base) + (VNI_TONES[tone] if tone else "")
        out += made.upper() if letter.isupper() else made
    return out


def windows_1258(text: str) -> bytes:
    """Return bytes as Windows wrote them: letters with their hats, tones behind them."""
    out = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in parts if c in TONES)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
        out += (base + tone).encode("cp1258", "ignore")
    return out


def report(path: Path) -> str:
    """Return a report without the signs that old encodings lack."""
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    return "".join(c for c in text if ord(c) < 128 or c.isalpha())


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem[:20])
def test_real_report_in_an_old_encoding_is_told_and_read_whole(path: Path) -> None:
    text = report(path)
    assert decode(windows_1258(text)) == ("windows-1258", text)
    assert decode(vni(text).encode("cp1252")) == ("vni", text)
    assert repaired(vni(text)) == (text, "vni")
    assert repaired(text) == (text, None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("§oµn c«ng t¸c lµm viÖc víi Së Néi vô tØnh", "Đoàn công tác làm việc với Sở Nội vụ tỉnh"),
        ("¨ ©ª«¬­® ¾Ê ÕÖÞ", "ă âêôơưđ ắấ ếệị"),
    ],
)
def test_from_tcvn3_known_words(written: str, meant: str) -> None:
    assert from_tcvn3(written) == meant


def test_from_vni_known_words() -> None:
    assert from_vni("Ñoaøn coâng taùc tænh Haø Nam ñeán Hueá, quaän 10, Thuûy, ñöôïc") == (
        "Đoàn công tác tỉnh Hà Nam đến Huế, quận 10, Thủy, được"
    )


def test_viscii_bytes_are_told() -> None:
    content = bytes.fromhex("d06f e06e 2063 f46e 6720 74e1 6320 74d6 6e68 2048 e020 4e61 6d")
    assert decode(content) is not None


def test_font_names_tell_the_encoding() -> None:
    names = (".VnTime", ".VnArialH", "VNI-Times", "VNI Helve", "Times New Roman", "Vni")
    found = [encoding_of_font(name) for name in names]
    assert found == ["tcvn3", "tcvn3", "vni", "vni", None, None]
    assert from_font("thñ", "Times New Roman") == "thñ"
    assert from_font("®oµn", ".VnArialH") == "ĐOÀN"


def test_text_in_another_language_is_left_alone() -> None:
    for text in ("Le président a été très heureux à Genève où il était né.", "£5 § 7 µm ® ©"):
        assert repaired(text) == (text, None)


def test_share_of_syllables_of_vietnamese_and_of_none() -> None:
    assert share_of_syllables("Thành phố Huế tiếp đoàn") == (1.0, 5)
    assert share_of_syllables("plain words") == (1.0, 0)
    assert share_of_syllables("§oµn c«ng")[0] < 0.5


def test_pasted_text_of_two_encodings_is_read_line_by_line() -> None:
    mixed = "Đoàn công tác thăm Huế\nNgµy 5/5/2025 ®oµn lµm viÖc víi Së Néi vô\nHai bên trao đổi"
    found = read(SourceFile("a", mixed.encode()), 10**6)
    assert "Ngày 5/5/2025 đoàn làm việc với Sở Nội vụ" in found.text
    assert found.warnings == ("encoding|tcvn3",)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_read(encoding: str) -> None:
    text = "Đoàn Hà Nam thăm Huế\n\nNgày 5/5/2025, đoàn gồm 12 người."
    assert read(SourceFile("a", text.encode(encoding)), 10**6).text == text


def test_damaged_letters_of_a_unicode_text_are_counted_not_hidden() -> None:
    content = ("Đoàn Hà Nam thăm Huế\n" + "Ngày 5/5/2025, đoàn gồm 12 người. " * 9).encode()
    place = content.index("người".encode()) + 3
    found = read(SourceFile("a", content[:place] + b"\xff" + content[place + 1 :]), 10**6)
    assert found.warnings[0].startswith("damaged_letters|")
    assert "\ufffd" in found.text
