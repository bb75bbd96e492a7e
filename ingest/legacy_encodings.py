"""Vietnamese text in the encodings used before Unicode -> Unicode, and which one it is.

TCVN3 (ABC) and VNI-Windows hide Vietnamese letters behind other ones and need special fonts to
be read; VISCII and windows-1258 are code pages. Where a font name says which one it is, that
decides; elsewhere the share of possible Vietnamese syllables does.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from hochoi.text import nfc

# What bytes 0x80 to 0xFF stand for (TCVN 5712:1993, RFC 1456).
_TCVN3 = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {2: "Ẳ", 5: "Ẵ", 6: "Ẫ", 20: "Ỷ", 25: "Ỹ", 30: "Ỵ"}
_HIGH = range(0x80, 0x100)
_FROM_TCVN3 = dict(zip(_HIGH, _TCVN3, strict=True))
_FROM_VISCII = dict(zip(_HIGH, _VISCII, strict=True)) | _VISCII_LOW

# VNI-Windows: a base letter, then a mark; a mark of its own stands for hat or breve with tone.
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300",
    "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile(r"([aeouyôö])([øùûõïâàáåãäêèéúüë])|[ñôöæóòî]", re.IGNORECASE)

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
    r"(?:(?:iê|yê|uô|ươ|uyê|oa|oă|oe|uâ|uê|uơ|uy|[aăâeêioôơuưy])(?:ch|ng|nh|[cmnpt])?"
    r"|uya|oai|oay|oao|oeo|uây|uôi|ươi|ươu|iêu|yêu|uyu|ia|ya|ua|ưa|ai|ao|au|ay|âu|ây|eo|êu|iu|oi"
    r"|ôi|ơi|ui|ưi|ưu)"
)
_MARKED = re.compile("[^\x00-\x7f]")
_FONTS = (
    (re.compile(r"\.vn", re.IGNORECASE), "tcvn3"),
    (re.compile("vni[-_ ]", re.IGNORECASE), "vni"),
)
_GOOD, _BAD = 0.8, 0.6  # shares of possible syllables
_ENOUGH_WORDS = 2


def _is_syllable(word: str) -> bool:
    bare = nfc(unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    return _SYLLABLE.fullmatch(bare) is not None


def share_of_syllables(text: str) -> tuple[float, int]:
    """Return how many of the words with a letter outside ASCII are possible Vietnamese syllables.

    Returns:
        A share from 0 to 1, 1 when there is no such word, and the number of such words.
    """
    words = [w for w in _WORD.findall(text) if _MARKED.search(w)]
    odd = len(re.findall(r"[\xa1-\xaa\xac-\xb9\xbc-\xbf\ufffd]", text))  # signs within words
    total = len(words) + odd
    return (sum(map(_is_syllable, words)) / total if total else 1.0), total


def share_of_possible_words(text: str) -> tuple[float, int]:
    """Return how many of the words in small letters could be Vietnamese, and their number.

    Reports of the corpus have .975 or more (27 November 2026); a damaged table of letters, which
    turns some letters into others, lowers it.
    """
    words = [word for word in _WORD.findall(text) if word.islower()]
    return sum(map(_is_syllable, words)) / max(1, len(words)), len(words)


def from_tcvn3(text: str) -> str:
    """Return text whose letters stand for TCVN3 bytes, as fonts of the ABC family show it."""
    return nfc(text.translate(_FROM_TCVN3))


def from_vni(text: str) -> str:
    """Return text whose letters stand for VNI-Windows bytes."""
    return _VNI.sub(_vni_letter, text)


def _vni_letter(match: re.Match[str]) -> str:
    base, mark = (match[1] or match[0]), match[2]
    letter = _VNI_SINGLE.get(base.lower(), base.lower())
    if mark is not None:
        letter = nfc(letter + _VNI_MARKS[mark.lower()])
    return letter.upper() if base.isupper() else letter


_CONVERTERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("tcvn3", from_tcvn3),
    ("vni", from_vni),
)


def encoding_of_font(name: str) -> str | None:
    """Return "tcvn3" or "vni" for the name of a font that needs it, else None."""
    return next((encoding for pattern, encoding in _FONTS if pattern.match(name)), None)


def from_font(text: str, font: str) -> str:
    """Return the text that a font shows. Fonts of the ABC family ending in H show capitals."""
    encoding = encoding_of_font(font)
    if encoding == "tcvn3":
        shown = from_tcvn3(text)
        return shown.upper() if font.rstrip().endswith("H") else shown
    return from_vni(text) if encoding == "vni" else text


def decode(content: bytes) -> tuple[str, str] | None:
    """Return the text of bytes that are no Unicode, with the name of their encoding.

    None when no encoding makes Vietnamese of them.
    """
    western = content.decode("cp1252", "replace")
    texts = [
        ("windows-1258", nfc(content.decode("cp1258", "replace"))),
        ("viscii", content.decode("latin-1").translate(_FROM_VISCII)),
        ("tcvn3", from_tcvn3(content.decode("latin-1"))),
        ("vni", from_vni(western)),
    ]
    scored = [(share_of_syllables(text)[0], name, text) for name, text in texts]
    score, name, text = max(scored, key=lambda item: item[0])
    return (name, text) if score >= _GOOD else None


def repaired(text: str) -> tuple[str, str | None]:
    """Return text with the lines made Unicode that hide Vietnamese behind other letters.

    Returns:
        The text, unchanged where it is Vietnamese already, and the encoding that was met.
    """
    if not _MARKED.search(text) or share_of_syllables(text)[0] >= 0.97:
        return text, None
    lines = text.split("\n")
    met = Counter(name for line in lines if (name := _hidden(line)) is not None)
    if not met:
        return text, None
    name = met.most_common(1)[0][0]
    convert = dict(_CONVERTERS)[name]
    return "\n".join(_better(line, convert(line)) for line in lines), name


def _hidden(line: str) -> str | None:
    """Return the encoding that makes Vietnamese of a line that is none, None when none does."""
    share, words = share_of_syllables(line)
    if share > _BAD or words < _ENOUGH_WORDS:
        return None
    scored = [(share_of_syllables(convert(line))[0], name) for name, convert in _CONVERTERS]
    best, name = max(scored)
    return name if best >= _GOOD else None


def _better(line: str, converted: str) -> str:
    is_better = share_of_syllables(converted)[0] > share_of_syllables(line)[0]
    return converted if is_better else line
