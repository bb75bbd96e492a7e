"""Does a sentence speak of the field that a question asks for, or only hold a value of its type?

"Ai ký biên bản?" is not answered by any sentence that names a person: it must say "ký". Works on
folded text, by a table of fields that reports leave out often; a field that is not in it asks
for nothing more than the type.
"""

import re

from hochoi.question import QUESTION_WORDS, Query, Wanted
from hochoi.reading import Reading, ReadSentence, Unit
from hochoi.text import fold

LEAST_MATTER = 0.2  # of the question's words beyond the visit: less is another matter
_NO_NOUNS = frozenset("trong ve la theo so o cua cho thi moi tren den tu khi lan".split())
_LIKE = {
    "dia": {"tinh", "huyen", "xa"},
    "truong": {"hoc", "vien"},
    "nuoc": {"quoc"},
    "bac": {"hang"},
}

_CLOCK = re.compile(r"(?<![\d.,/])\d{1,2} ?(?:gio\b|h(?:\d\d)?\b|:\d\d\b)")
LASTING = re.compile(
    r"\b\d+ (?:phut|gio|tieng|ngay|dem|tuan|thang|nam)\b"
    r"|\btu (?:ngay |thang |nam )?\d[\d/]* (?:den|-)"
    r"|\btrong (?:mot|hai|ba|bon|nam|sau|bay|\d+) (?:gio|ngay|tuan|thang|nam)\b"
)
_VERB_OF_PLACE = re.compile(r"(\w+) (?:o|tai) (?:nhung )?(?:dau|cho nao|noi nao|dia diem nao)\b")
_GENERAL_VERBS = frozenset(
    "viec ra chuc den tham sat hop dat nam la te hoc gap tiep don di duoc mo vao sang tap hieu quan"
    " dung ve gom xem nao cong tac kiem tra dien thao nghi luan trao doi doan".split()
)
_NUMBERED = re.compile(r"(\w+ \w+) so (?:may|bao nhieu|nao)\b")
_LASTS = re.compile(r"\bbao lau\b")
_WHO = r"\bai (?:da |se |la nguoi |duoc (?:cu |giao )?|lam |phu trach )*"
_TITLES = (
    r"(?:(?:pho |tong )?(?:giam doc|chu tich|chu nhiem|bi thu|truong ban|truong phong|hieu truong"
    r"|vu truong|cuc truong|bo truong|thu truong|vien truong|quan truong|thi truong)"
    r"|chanh van phong|pho chanh van phong|dai su|tham tan|tong thu ky|ke toan truong)"
)
_PLACES = "hoi truong|nha hang|phong hop|khu du lich|san bay|cua khau|bao tang".split("|")
# What a question asks with, and what a sentence must then say.
_FIELDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(asked), said)
    for asked, said in (
        (rf"{_WHO}ky\b|\bdo ai ky\b|\bnguoi ky\b|\bky ten\b", r"\bky(?! niem| hop)\b"),
        (r"\bphien dich\b|\bthong dich\b", r"\b(?:phien|thong) dich\b"),
        (
            rf"{_WHO}(?:phat bieu)\b|\bdo ai phat bieu\b",
            r"\bphat bieu\b|\bcho biet\b|\bnhan manh\b",
        ),
        (rf"{_WHO}khai mac\b", r"\bkhai mac\b"),
        (rf"{_WHO}be mac\b", r"\bbe mac\b"),
        (
            rf"{_WHO}(?:tai tro|chi tra|tra tien|tra chi phi)\b|\bdo ai tai tro\b",
            r"\btai tro|chi tra|\btra\b",
        ),
        (rf"{_WHO}thuyet trinh\b|{_WHO}trinh bay\b", r"\btrinh bay|thuyet trinh|gioi thieu\b"),
        (
            rf"{_WHO}(?:ghi bien ban|thu ky)\b|\bthu ky (?:cua )?(?:doan|buoi)",
            r"\bbien ban|thu ky\b",
        ),
        (rf"{_WHO}(?:bao ve|lai xe|chup anh|dua don)\b", r"\bbao ve|lai xe|anh:|chup|dua don\b"),
        (rf"{_WHO}(?:soan|bien soan|viet bao cao)\b", r"\bsoan|viet\b"),
        (rf"{_WHO}phe duyet\b|\bdo ai phe duyet\b", r"\bphe duyet|ky|quyet dinh\b"),
        (rf"{_WHO}(?:tang|trao) (?:qua|hoa)\b", r"\btang|trao\b"),
        (
            r"\bkhach san\b|\bnha khach\b"
            r"|\b(?:nghi|luu tru) (?:lai )?(?:tai |o )?(?:dau|cho nao|noi nao)\b",
            r"\bkhach san|nha khach|luu tru|nghi (?:tai|o|lai|dem)\b",
        ),
        (
            r"\ban (?:trua|toi|sang)\b|\bnha hang\b",
            r"\ban (?:trua|toi|sang)\b|\bbua\b|\bnha hang\b",
        ),
        (
            r"\b(?:sinh|que)(?: quan)? (?:o|tai|nam) (?:dau|nao|bao nhieu|may)\b|\bque quan\b",
            r"\bsinh|que\b",
        ),
        (r"\bmay tuoi\b|\bbao nhieu tuoi\b", r"\btuoi\b"),
        (r"\bemail\b|\be-mail\b|\bthu dien tu\b", r"@"),
        *((rf"\b{noun} nao\b", rf"\b{noun}\b") for noun in _PLACES),
        (r"\bso fax\b", r"\bfax\b"),
        (r"\bdien thoai\b", r"\d{3}"),
    )
)
_TITLED = re.compile(
    rf"^\W*(?:ong |ba |dong chi |vay |con |ten )?({_TITLES})\b.*\b(?:la ai|ten (?:la )?gi)\b"
)


def speaks_of_field(sentence: ReadSentence, query: Query) -> bool:
    """Return whether a sentence speaks of the field asked for, as far as the table knows it."""
    asked = fold(query.plain_text)
    numbered = _NUMBERED.search(asked)
    if numbered is not None and numbered[1] not in sentence.folded:
        return False
    if _LASTS.search(asked) is not None and LASTING.search(sentence.folded) is None:
        return False
    titled = _TITLED.search(asked)
    if titled is not None and not re.search(rf"\b{titled[1]}\b", sentence.folded):
        return False
    return all(
        re.search(said, sentence.folded) is not None
        for pattern, said in _FIELDS
        if pattern.search(asked)
    )


def asks_clock(query: Query) -> bool:
    """Return whether a question asks for the time of day."""
    return re.search(r"\b(?:luc|vao|tu|khoang|den)? ?may gio\b", fold(query.plain_text)) is not None


def counts_in_other_words(unit: Unit, query: Query, reading: Reading) -> bool:
    """Return whether a number in a sentence may be the one asked for, counted in other words.

    It must name what is counted; a number asked for without a counted noun must stand among words
    of the question that do not merely name the visit.
    """
    sentence = unit.sentence
    if not speaks_of_field(sentence, query):
        return False
    if asks_clock(query):
        return _CLOCK.search(sentence.folded) is not None
    nouns = [counted.split() for counted in query.units if counted.split()[0] not in _NO_NOUNS]
    if any(noun[0] == "ngay" for noun in nouns):
        return LASTING.search(sentence.folded) is not None
    words = set(re.findall(r"\w+", sentence.folded))
    if any(
        " ".join(noun[:2]) in sentence.folded or words & _LIKE.get(noun[0], set()) for noun in nouns
    ):
        return True
    if "%" in sentence.text and any(noun[0] in ("phan", "ty") for noun in nouns):
        return True
    # What a follow-up counts may be the earlier question's noun, and another one meant now.
    is_open = not nouns or query.earlier is not None
    return is_open and shares_matter(unit, query, reading)


def fits_field(wanted: Wanted, unit: Unit, query: Query, reading: Reading) -> bool:
    """Return whether a sentence with a value of the type asked for is about what was asked.

    Money, and a number without a counted noun, must stand among words of the question that do not
    merely name the visit; a place with the verb that stands before "ở đâu".
    """
    asked = fold(query.plain_text)
    if wanted is Wanted.MONEY or (wanted is Wanted.NUMBER and not query.units):
        return shares_matter(unit, query, reading)
    if wanted is Wanted.PLACE and (verb := _VERB_OF_PLACE.search(asked)) is not None:
        own = {verb[1]} - _GENERAL_VERBS - reading.header_terms
        return not own or verb[1] in unit.tokens.terms
    return True


def shares_matter(unit: Unit, query: Query, reading: Reading, least: float = LEAST_MATTER) -> bool:
    """Return whether a sentence shares words of the question that do not name the visit.

    An item of a list has the words of the line above it, too.
    """
    words = set(re.findall(r"\w+", fold(query.plain_text))) - QUESTION_WORDS
    own = words - reading.header_terms
    return not own or len(own & unit.tokens.terms) >= least * len(own)
