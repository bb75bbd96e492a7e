"""Telex and VNI typing left in a question, turned into the Vietnamese it was meant to be.

Precision first: a question is converted only when it holds a word that no one writes except with
such a keyboard, and nearly all of its other words are Vietnamese read either way. Does not
correct spelling and does not add diacritics that were not typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hochoi.text import fold

_ONSETS = "ngh nh ng gh gi kh ch ph qu th tr b c d đ g h k l m n p r s t v x".split()
_RHYMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet "
    "oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut "
    "uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu "
    "ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu".split()
)
_PLAIN_RHYMES = frozenset(fold(rhyme) for rhyme in _RHYMES)
_PLAIN_ONSETS = frozenset(fold(onset) for onset in _ONSETS)
_HARD = frozenset("c g ng".split())  # never before e, ê, i, y; their partners only before these
_SOFT = frozenset("k gh ngh".split())
_VOWELS = frozenset("aăâeêioôơuưy")
_STOPPED = re.compile(r"(?:c|ch|p|t)$")  # such rhymes take only sắc or nặng
_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_SHAPES = {"6": "a\u00e2e\u00eao\u00f4", "7": "u\u01b0o\u01a1", "8": "a\u0103"}

# Shapes that only a keyboard method leaves behind; English and unaccented Vietnamese lack them.
_SURELY_TELEX = re.compile(
    r"^dd[aeiouy]|aa|uw|uow|[aeiouy][au]w|[iy]ee|(?<!q)uoo"
    r"|aw(?:ng|[mc]|[np][rxfj]|[pt]s)|ow(?:[mi]|[npt][rxfj]|[pt]s)"
    r"|[aeiouyw](?:ng|nh|ch|[mnptc])?[fj]$|(?:ng|nh|[mn])[rx]$|(?:nh|ch)s$"
    r"|(?:ee|oo)(?:[xj]$|[rxfj][a-z]|[mui][rx]$)|[aeiouy][sfrxj](?:ng|nh)$"
)
_NOT_TELEX = frozenset(
    "if of ref def conf inf pdf gif minx lynx beef reef roof hoof goof waaf raf maaf".split()
)
_SURELY_VNI = re.compile(r"^d9[a-z]|[a-z]\d[a-z]")
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[@/\\_]|\w[.:]\w|\d-|-\d")  # addresses, paths, document numbers, codes


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one lower-case ASCII word may have been meant to be."""

    meant: str | None  # the decoded syllable, None when it does not decode
    is_sure: bool  # decodes, and nothing else explains it
    is_foreign: bool  # neither decodes nor reads as an unaccented Vietnamese syllable


def untype(text: str) -> str:
    """Return `text` with leftover Telex or VNI typing converted, else `text` itself.

    "ddaf nawngx" becomes "đà nẵng", "d9a2 na8ng4" the same. English words, codes, years,
    document numbers and unaccented Vietnamese come back unchanged, character by character.
    """
    for read in (_read_telex, _read_vni):
        words = [(word, read(word[0].lower())) for word in _words(text)]
        decoded = [(word, reading.meant) for word, reading in words if reading.meant]
        n_sure = sum(reading.is_sure for _, reading in words)
        foreign = [word for word, reading in words if reading.is_foreign]
        n_strange = sum(word[0][0].islower() for word in foreign)  # names are no evidence
        if n_sure == 1 and (foreign or 2 * len(decoded) < len(_WORD.findall(text))):
            continue  # one odd word among others may be a name or a slip
        if n_sure and 3 * n_strange <= len(decoded):
            text = _replaced(text, decoded)
    return text


def _words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of `text` that a keyboard method may have left: no address, code, acronym."""
    is_shouted = text.isupper()
    for chunk in _CHUNK.finditer(text):
        if _ADDRESS.search(chunk[0]):
            continue
        for word in _WORD.finditer(text, chunk.start(), chunk.end()):
            typed = word[0]
            is_acronym = len(typed) > 1 and typed.isupper() and not is_shouted
            if typed.isascii() and not typed.isdigit() and len(typed) <= 12 and not is_acronym:
                yield word


@lru_cache(maxsize=16384)
def _read_telex(word: str) -> _Reading:
    """Return how a word reads in Telex."""
    meant = _telex(word)
    is_sure = word not in _NOT_TELEX and bool(_SURELY_TELEX.search(word))
    return _reading(word, meant, is_sure=is_sure)


@lru_cache(maxsize=16384)
def _read_vni(word: str) -> _Reading:
    """Return how a word reads in VNI."""
    return _reading(word, _vni(word), is_sure=bool(_SURELY_VNI.search(word)))


def _reading(word: str, meant: str | None, *, is_sure: bool) -> _Reading:
    """Return the reading of a word, foreign when it is made of letters and reads no way."""
    is_foreign = meant is None and word.isalpha() and not _is_plain_syllable(word)
    return _Reading(meant, meant is not None and is_sure, is_foreign)


def _replaced(text: str, words: list[tuple[re.Match[str], str]]) -> str:
    """Return `text` with each word replaced by what was meant, in the case it was typed in."""
    parts: list[str] = []
    position = 0
    for word, meant in words:
        parts += (text[position : word.start()], _recased(meant, word[0]))
        position = word.end()
    return "".join((*parts, text[position:]))


def _recased(syllable: str, typed: str) -> str:
    """Return a syllable in the case in which it was typed."""
    letters = [c for c in typed if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return syllable.upper()
    return syllable.capitalize() if typed[0].isupper() else syllable


def _telex(word: str) -> str | None:
    """Return the syllable typed as `word` in Telex, `None` unless a key was used and it is one."""
    letters: list[str] = []
    tone = ""
    used = False
    for key in word:
        has_vowel = any(c in _VOWELS for c in letters)
        if key in _TELEX_TONES and has_vowel:
            if tone:
                return None
            tone, used = _TELEX_TONES[key], True
        elif key == "w":
            if not _add_horn(letters):
                return None
            used = True
        elif key in "aeo" and key in letters:
            letters[letters.index(key)] = {"a": "â", "e": "ê", "o": "ô"}[key]
            used = True
        elif key == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
            used = True
        else:
            letters.append(key)
    return _syllable("".join(letters), tone) if used else None


def _add_horn(letters: list[str]) -> bool:
    """Apply Telex `w` to the letters so far: breve, horn or, without a vowel, ư itself."""
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] == "o":
            if letters[max(i - 1, 0) : i] == ["u"] and letters[max(i - 2, 0) : i - 1] != ["q"]:
                letters[i - 1] = "ư"
            letters[i] = "ơ"
            return True
        after_u = letters[max(i - 1, 0) : i] == ["u"] and letters[max(i - 2, 0) : i - 1] != ["q"]
        if letters[i] == "a" and not after_u:  # "chuaw" is chưa, "quawng" is quăng
            letters[i] = "ă"
            return True
        if letters[i] == "u" and letters[max(i - 1, 0) : i] != ["q"]:
            letters[i] = "ư"
            return True
    if not any(c in _VOWELS for c in letters):
        letters.append("ư")
        return True
    return False


def _vni(word: str) -> str | None:
    """Return the syllable typed as `word` in VNI, `None` unless a key was used and it is one."""
    letters: list[str] = []
    tone = ""
    used = False
    for key in word:
        if not key.isdigit():
            letters.append(key)
            continue
        used = True
        has_vowel = any(c in _VOWELS for c in letters)
        if key in _VNI_TONES and has_vowel and not tone:
            tone = _VNI_TONES[key]
        elif key == "9" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key not in _VNI_SHAPES or not _reshape(letters, _VNI_SHAPES[key]):
            return None
    return _syllable("".join(letters), tone) if used else None


def _reshape(letters: list[str], pairs: str) -> bool:
    """Apply a VNI shape key to the last letter that takes it; "uo" takes both horns at once."""
    shapes = dict(zip(pairs[::2], pairs[1::2], strict=True))
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] in shapes and letters[max(i - 1, 0) : i] != ["q"]:
            letters[i] = shapes[letters[i]]
            if letters[i] == "ơ" and letters[max(i - 1, 0) : i] == ["u"]:
                if letters[max(i - 2, 0) : i - 1] != ["q"]:
                    letters[i - 1] = "ư"
            return True
    return False


def _syllable(letters: str, tone: str) -> str | None:
    """Return letters with a tone as one syllable, `None` when Vietnamese has no such syllable."""
    onset, rhyme = _parts(letters)
    rhyme = rhyme.replace("ưo", "ươ")  # one horn key stands for both
    if rhyme == "ươ":  # as in "thuở", where only the o has a horn
        rhyme = "uơ"
    if rhyme not in _RHYMES:
        return None
    if onset in _HARD | _SOFT and (onset in _SOFT) != (rhyme[0] in "eêiy"):
        return None
    if _STOPPED.search(rhyme) and tone not in ("\u0301", "\u0323"):
        return None
    vowels = [i for i, c in enumerate(rhyme) if c in _VOWELS]
    hatted = [i for i in vowels if rhyme[i] in "ăâêôơư"]
    if hatted:
        place = hatted[-1]
    elif vowels[-1] < len(rhyme) - 1:
        place = vowels[-1]
    else:
        place = 1 if len(vowels) == 3 else 0
    toned = unicodedata.normalize("NFC", rhyme[: place + 1] + tone + rhyme[place + 1 :])
    return ("g" if onset == "gi" and rhyme[0] == "i" else onset) + toned


def _parts(letters: str) -> tuple[str, str]:
    """Return the onset and the rhyme of a syllable; "gì" is g + ì, "quý" is qu + ý."""
    for onset in _ONSETS:
        if letters.startswith(onset):
            rest = letters[len(onset) :]
            if onset == "gi" and (not rest or rest[0] not in _VOWELS):
                return "gi", "i" + rest
            return onset, rest
    return "", letters


def _is_plain_syllable(word: str) -> bool:
    """Whether a lower-case ASCII word reads as a Vietnamese syllable without its marks."""
    onset, rhyme = _parts(word)
    return onset in _PLAIN_ONSETS | {""} and rhyme in _PLAIN_RHYMES
