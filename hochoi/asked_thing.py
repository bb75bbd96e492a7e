"""Which thing a question asks for: the words beside "nào", "gì", "ai", "bao nhiêu".

Works on folded syllables. Words that name a kind of answer and no thing ("tỉnh", "người", "ngày")
are left out; a question may leave nothing.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from hochoi.question import QUESTION_WORDS
from hochoi.text import fold

MOST_WORDS = 2  # of a thing: most Vietnamese nouns and verbs have two syllables
_REACH = MOST_WORDS + 2  # words that are looked at beside a question word

# Kinds of answers, and what is said of any visit; folded.
_GENERAL = QUESTION_WORDS | frozenset(
    "tinh thanh pho nguoi dieu loai nhom kenh muc bac hang lan thang nam ngay gio nuoc huyen xa"
    " nganh ban bo cho ten kieu dang cach thu ke duoc lam doan dan truong tiep don sang len"
    " tham buoi cuoc chuyen khach ong ba hoc la gom dien them nhat tung phia ben hai nay do moi"
    " da se ti ty le neu chi lot thuoc xep dung cu di xuong khac giu dat nhan bi boi chung"
    " rieng het mat nua phai nhu vay".split()
)
_GENERAL_PAIRS = frozenset(
    "dia phuong/co quan/don vi/noi dung/van de/linh vuc/phan tram/quoc gia/chuc vu/cong tac"
    "/dai dien/lanh dao/dong chi/kinh nghiem/hoc tap/trao doi/ket qua/tim hieu/tong cong"
    "/dia diem/so lieu/thoi gian/giai doan/chia se/thanh pho/lam viec".split("/")
)
# What is counted without naming a thing.
_MEASURES = frozenset(
    "nguoi phan tien lan nam thang ngay tuan gio dong trieu ty ti nghin bac diem hang tram dia tinh"
    " thanh noi".split()
)
_ASKING = frozenset("bao nao gi may la so o cua cho va".split())
VOWEL = re.compile(r"[aeiouy]")  # a word without one is a number or a short form
_WORD = re.compile(r"[^\W_]+")
_CLAUSE = re.compile(r"[,;:.?!()]+(?:\s|$)")


def asked_things(question: str) -> tuple[tuple[str, ...], ...]:
    """Return the things that a question asks for, each one or two folded syllables in order."""
    clauses = [_WORD.findall(clause) for clause in _CLAUSE.split(fold(question))]
    return tuple(thing for words in clauses for thing in _things(words) if thing)


def _things(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for place, word in enumerate(words):
        before, after = words[max(0, place - _REACH) : place], words[place + 1 :]
        if word in ("nao", "gi"):
            yield _specific(before, nearest_last=True)
        elif word == "dau" and before[-1:] in (["o"], ["tai"]):
            yield _specific(before[:-1], nearest_last=True)
        elif word == "ai":
            yield _specific(after[:_REACH], nearest_last=False)
        elif word == "may" or (word == "nhieu" and before[-1:] == ["bao"]):
            yield _counted(after[:MOST_WORDS])


def _specific(words: Sequence[str], *, nearest_last: bool) -> tuple[str, ...]:
    """Return the words nearest to the question word that name something, in order."""
    general = {
        n + side
        for n, pair in enumerate(pairwise(words))
        if " ".join(pair) in _GENERAL_PAIRS
        for side in (0, 1)
    }
    kept: list[int] = []
    for n in sorted(range(len(words)), reverse=nearest_last):
        if n in general or words[n] in _GENERAL or not VOWEL.search(words[n]):
            if kept:
                break
            continue
        kept.append(n)
        if len(kept) == MOST_WORDS:
            break
    return tuple(words[n] for n in sorted(kept))


def _counted(words: Sequence[str]) -> tuple[str, ...]:
    """Return the noun that is counted; a second syllable that is general may belong to it."""
    if not words or words[0] in _MEASURES or words[0] in QUESTION_WORDS - {"so", "hoi"}:
        return ()
    return tuple(words[:1]) if words[-1] in _ASKING else tuple(words)


def share_held(things: Collection[tuple[str, ...]], terms: Collection[str]) -> float:
    """Return how much of the things a text holds, 0..1: their syllables, and the pair of the two.

    1 when nothing is asked for by name.

    Args:
        things: From `asked_things`.
        terms: Folded syllables and bigrams of the text.
    """
    if not things:
        return 1.0
    shares = []
    for thing in things:
        parts = [*thing, *(["_".join(thing)] if len(thing) > 1 else [])]
        shares.append(sum(part in terms for part in parts) / len(parts))
    return sum(shares) / len(shares)
