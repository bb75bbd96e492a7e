"""Sentences and questions as sets of terms and counts, from which sentence evidence is made.

Derived from one text alone, so that a report's sentences are read once and kept. Compares
nothing.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from hochoi.language.tokens import bigrams, fold_syllable, syllables
from hochoi.text import fold, nfc

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN_NAMES = frozenset({" ", "-", " - ", "\u00a0"})
_NUMBER = re.compile(r"\d[\d.,/]*\d|\d")
_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:ngày|tháng|năm|thế kỷ|thế kỉ|thập niên|mùa|đầu|cuối|giữa|quý)\s+[\dIVXLC]"
        r"|\d{1,2}/\d{1,2}|\b(?:1\d{3}|20\d{2})\b",  # dates
        r"\d[\d.,]*|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|triệu|tỷ|tỉ|nửa)\b",
        r"\b(?:vì|bởi|do|nhờ|nên|khiến|nguyên nhân|lý do|để|nhằm|vì thế|vì vậy|dẫn đến|gây ra)\b",
        r"\b(?:tại|ở|đến|từ|phía|miền|vùng|thành phố|tỉnh|nước|quận|huyện|phường|xã|đảo)\b",
        r"\b(?:bằng|bằng cách|thông qua|như|theo|là|được|rất|khá|hơn|gồm|bao gồm)\b",
        r"\b(?:gồm|bao gồm|như|là|gọi là|tên|mang tên)\b|[:,;]",  # lists and names
    )
)
SIGNS = ("dates", "numbers", "reasons", "places", "manner", "lists")

# Words that say how a question is put; with their accents, so that "của" goes and "cửa" stays.
_ASKING = frozenset(
    "ai gì nào sao mấy bao nhiêu đâu khi hôm thế bn là có được không những các cho hay xin tôi biết"
    " với thì mà và ở tại vào ra đến tới từ về của do để trong theo như ấy này kia còn cũng ạ à nhé"
    " bằng gồm hãy hỏi phải đã bị".split()
)
_ASKING_FOLDED = frozenset(map(fold_syllable, _ASKING)) - {"cua"}
_KINDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"tai sao|vi sao|nguyen nhan|ly do|li do|vi dau|do dau|muc dich|de lam gi",
        r"bao nhieu|\bmay\b|bao lau|bao xa|so luong|ty le|phan tram|thu may|\bbn\b|dien tich"
        r"|dan so",
        r"khi nao|bao gio|(?:nam|ngay|thang|the ky|thoi gian|thoi diem|giai doan|luc|hom|mua"
        r"|thap nien|thoi ky|dot) (?:nao|may|gi)|tu khi",
        r"\bai\b|(?:nguoi|nhan vat|ong|ba|vi|vua|tong thong|nha [a-z]+|tac gia|tuong|bo truong"
        r"|thu tuong|chu tich|giam doc|lanh dao) (?:[a-z]+ )?nao|ten la gi",
        r"o dau|(?:tai|den|tu|ve) dau|noi nao|cho nao|(?:nuoc|quoc gia|thanh pho|tinh|vung|khu vuc"
        r"|dia diem|noi|chau luc|bang|huyen|quan|phuong|xa|thi tran|mien|dao|song|dia phuong)"
        r" (?:[a-z]+ )?nao|\bdau la\b",
        r"nhu the nao|the nao|ra sao|bang cach nao|lam sao|cach nao",
        r"\bgi\b",
        r"\bnao\b",
    )
)
KINDS = ("why", "how_many", "when", "who", "where", "how", "what", "which", "other")
_FOCUS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:bao nhieu|\bmay\b|\bbn\b) ((?:[^\W\d_]+ ?){1,2})",
        r"((?:[^\W\d_]+ ){1,2})nao\b",
        r"((?:[^\W\d_]+ ){1,2})gi\b",
    )
)
_ASKS = frozenset({"ai", "gi", "nao", "sao", "may", "nhieu", "dau", "khi", "bn"})
MAX_QUESTION_SYLLABLES = 120  # further ones are not looked at: work stays bounded


@dataclass(frozen=True, slots=True)
class SentenceTokens:
    """One sentence, or a list taken as one."""

    sequence: tuple[str, ...]  # folded syllables in order
    terms: frozenset[str]  # folded syllables and bigrams
    accented: frozenset[str]  # syllables and bigrams as written
    shapes: frozenset[str]  # folded syllables, and "#y", "#n", "#name" for years, numbers, names
    names: frozenset[str]  # folded runs of capitalised words behind the first word
    numbers: frozenset[str]  # as written
    signs: tuple[int, ...]  # one count per name in `SIGNS`


def read_sentence(text: str) -> SentenceTokens:
    """Return the tokens of a sentence."""
    written = syllables(text)
    folded = [fold_syllable(s) for s in written]
    names = _names(text, first=1)
    return SentenceTokens(
        tuple(folded),
        frozenset([*folded, *bigrams(folded)]),
        frozenset([*written, *bigrams(written)]),
        _shapes(folded, names, has_percent="%" in text),
        names,
        frozenset(_NUMBER.findall(text)),
        tuple(len(sign.findall(text)) for sign in _SIGNS),
    )


def joined(parts: Collection[SentenceTokens]) -> SentenceTokens:
    """Return the tokens of several sentences taken as one."""
    return SentenceTokens(
        tuple(t for part in parts for t in part.sequence),
        frozenset().union(*(part.terms for part in parts)),
        frozenset().union(*(part.accented for part in parts)),
        frozenset().union(*(part.shapes for part in parts)),
        frozenset().union(*(part.names for part in parts)),
        frozenset().union(*(part.numbers for part in parts)),
        tuple(map(sum, zip(*(part.signs for part in parts), strict=True))),
    )


def _names(text: str, first: int) -> frozenset[str]:
    """Return the folded runs of capitalised words that start at character `first` or later."""
    runs: list[tuple[int, int]] = []
    for word in _WORD.finditer(text, first):
        if not word[0][0].isupper():
            continue
        goes_on = runs and text[runs[-1][1] : word.start()] in _BETWEEN_NAMES
        start = runs.pop()[0] if goes_on else word.start()
        runs.append((start, word.end()))
    return frozenset(fold(text[start:end]) for start, end in runs)


def _shapes(folded: list[str], names: frozenset[str], *, has_percent: bool) -> frozenset[str]:
    found = set()
    for term in folded:
        if term[0].isdigit():
            term = "#y" if len(term) == 4 and term[0] in "12" else "#n"
        found.add(term)
    found |= {"#%"} if has_percent else set()
    found |= {"#name"} if any(" " in name for name in names) else set()
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class AskedTokens:
    """A question as terms; those that only say how it is put are left out of `content`."""

    sequence: tuple[str, ...]  # folded syllables
    content: tuple[str, ...]  # folded syllables, each once
    pairs: tuple[str, ...]  # folded bigrams of content syllables, each once
    all_pairs: tuple[str, ...]  # all folded bigrams
    accented: tuple[str, ...]  # content syllables and bigrams as written
    lexical: tuple[str, ...]  # what the translation table knows questions by
    kind: int  # place in `KINDS`
    focus: frozenset[str]  # folded words beside the question word: what is counted, which thing
    names: frozenset[str]  # folded runs of capitalised words
    numbers: frozenset[str]
    place: float  # of the question word, 0..1


def read_question(question: str) -> AskedTokens:
    """Return the tokens of a question; what follows `MAX_QUESTION_SYLLABLES` is left out."""
    text = nfc(question)
    written = syllables(text)[:MAX_QUESTION_SYLLABLES]
    folded = [fold_syllable(s) for s in written]
    asks = [w in _ASKING or (w == f and f in _ASKING_FOLDED) for w, f in zip(written, folded)]  # noqa: B905
    inner = [n for n in range(len(folded) - 1) if not (asks[n] or asks[n + 1])]
    content = [n for n, is_asking in enumerate(asks) if not is_asking]
    pairs = bigrams(folded)
    low = fold(text)
    places = [n for n, f in enumerate(folded) if f in _ASKS and asks[n]]
    return AskedTokens(
        sequence=tuple(folded),
        content=tuple(dict.fromkeys(folded[n] for n in content)),
        pairs=tuple(dict.fromkeys(pairs[n] for n in inner)),
        all_pairs=tuple(dict.fromkeys(pairs)),
        accented=tuple(
            dict.fromkeys(
                [*(written[n] for n in content), *(f"{written[n]}_{written[n + 1]}" for n in inner)]
            )
        ),
        lexical=tuple(
            dict.fromkeys([*folded, *(p for p in pairs if not _ASKS.isdisjoint(p.split("_")))])
        ),
        kind=next((n for n, kind in enumerate(_KINDS) if kind.search(low)), len(_KINDS)),
        focus=frozenset(
            w for sign in _FOCUS for m in [sign.search(low)] if m for w in m[1].split()
        ),
        names=_names(text, first=0),
        numbers=frozenset(_NUMBER.findall(text)),
        place=places[0] / len(folded) if places else 0.5,
    )
