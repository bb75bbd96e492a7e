"""The exact values that a question asks for, one by one, in the order in which it asks.

"Mấy khu công nghiệp, rộng bao nhiêu?" asks for two. Works on folded text and searches no report.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum
from itertools import takewhile

from hochoi.question import QUESTION_WORDS, Query, Wanted
from hochoi.text import fold


class Part(Enum):
    """The kind of one exact value."""

    RECORD = "record"  # a field of the visit: `AskedPart.field`
    COUNT = "count"  # a number of `AskedPart.noun`
    PERCENT = "percent"
    RANK = "rank"
    AREA = "area"
    SHARE = "share"  # how many of a stated total: 23/34
    ORDINAL = "ordinal"  # "lần thứ tư"
    MONEY = "money"
    CLOCK = "clock"
    DURATION = "duration"
    DATE = "date"
    DOCUMENT = "document"
    PLACE = "place"
    PERSON = "person"
    NATION = "nation"
    OTHER = "other"  # a number that is not said to count anything
    OPEN = "open"  # "thì sao?" after another question: no exact value


@dataclass(frozen=True, slots=True)
class AskedPart:
    """One value asked for."""

    part: Part
    noun: str = ""  # as written, in lower case: what is counted, what sort of place; or ""
    field: Wanted | None = None  # of the visit record
    matter: frozenset[str] = frozenset()  # folded words of the clause that asks
    focus: frozenset[str] = frozenset()  # those behind the cue: "bao nhiêu phần trăm *hồ sơ*"


_FIELDS = {
    Wanted.DEPUTY: re.compile(r"\bpho (?:truong )?doan\b"),
    Wanted.HEAD: re.compile(
        r"\b(?:truong (?:cac )?doan|(?:nguoi )?(?:dan|dung) dau|dan doan|phu trach|do ai)\b|\bai\b"
    ),
    Wanted.HOST_LEAD: re.compile(r"\b(?:ai|lanh dao nao|vi (?:lanh dao )?nao|tiep|don|chu tri)\b"),
}
MAX_PARTS = 4  # of one kind in a question
_MANY = r"(?:bao nhieu|may|bn|so luong)"
_MONEY = re.compile(
    r"\b(?:kinh phi|chi phi|hoc phi|ngan sach|von|gia|tri gia|tien)\b"
    r"(?:.{0,80}?\b(?:bao nhieu|may)\b)?(?: (?:tien|ty|trieu|dong))*"
    r"|\b(?:bao nhieu|may) (?:tien|kinh phi|ty|trieu|ngan sach)(?: dong)?\b"
)
# Read in this order: what one of them has taken is not read again as a plainer one.
_NUMBERS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (Part.CLOCK, re.compile(r"\bmay gio\b")),
    (
        Part.DURATION,
        re.compile(r"\bbao lau\b|\b(?:trong|keo dai|mat|het) (?:bao nhieu|may) ngay\b"),
    ),
    (Part.ORDINAL, re.compile(r"\blan thu may\b|\b(?:may|bao nhieu) lan\b")),
    (
        Part.RANK,
        re.compile(
            r"\b(?:thu hang|xep hang|hang|xep thu|dung thu|vi tri)(?: thu)?(?: la)?"
            r" (?:may|bao nhieu|nao|ra sao)\b"
            r"|\bthu (?:may|bao nhieu)\b(?! (?!trong|ve|o|toan|ca nuoc|tren|theo|nam)\w)"
        ),
    ),
    (Part.SHARE, re.compile(r"\b(?:bao nhieu|may) (?:trong|tren) (?:tong so |so )?(\d[\d.]*)")),
    (
        Part.PERCENT,
        re.compile(
            r"\b(?:bao nhieu|may) (?:phan tram|%)|\bbao nhieu ?%"
            r"|\b(?:ty|ti) le\b.{0,90}?(?:\bbao nhieu\b|\bmay\b|\bmuc nao\b|$)"
            r"|\bphan tram\b"
        ),
    ),
    (Part.AREA, re.compile(r"\brong (?:bao nhieu|may)\b|\bdien tich\b(?:.{0,40}\bbao nhieu\b)?")),
)
_NUMERIC = {Wanted.NUMBER, Wanted.PARTICIPANTS, Wanted.MONEY}
_COUNT = re.compile(rf"\b{_MANY} ((?:(?!{_MANY}\b)[^\W\d_]+ ?){{1,7}})")
# What is counted ends before one of these; without diacritics they may be other words.
_ENDS_NOUN = (
    "trên mỗi đạt và rộng là thì của ở cho để trong được với lần tiền bao mấy có đã vào theo từ tại"
    " đến do sau khi về"
).split()
_OPEN = re.compile(rf"\b{_MANY}\b")
_DATE = re.compile(
    r"\b(?:khi nao|bao gio|hom nao|luc nao|dot nao|(?:vao )?(?:ngay|thang|nam|thoi gian|thoi diem)"
    r" (?:nao|may|bao nhieu)|thang may|tu khi nao)\b"
)
_DOCUMENT = re.compile(
    r"\b(?:cong van|van ban|quyet dinh|nghi quyet|chi thi|nghi dinh|ke hoach|thong tu|to trinh"
    r"|quy dinh)(?: \w+)? (?:nao|so may|so bao nhieu|gi|so nao)\b|\bso (?:may|bao nhieu)\b"
)
_PLACE = re.compile(
    r"\b(?:(?:o|tai|den|tham|ve) (?:nhung )?(?:dau|cho nao|noi nao|dia diem nao)|noi nao|cho nao"
    r"|(?:o )?(?:nhung )?dau(?= |$|\W)"
    r"|(dia diem|thanh pho|hoi truong|khach san|nha hang|phong hop|san bay|bao tang|phuong|xa|huyen"
    r"|thi xa|(?<!co )quan|khu du lich|trung tam) nao)\b"
)
_PERSON = re.compile(
    r"\bai\b|\bten (?:la )?gi\b|\b(?:bo truong|thu truong|giam doc|chu tich|vu truong) nao\b"
)
_NATION = re.compile(r"\b(?:nguoi )?(?:nuoc|quoc gia) nao\b|\bquoc tich\b")


_OPEN_END = re.compile(r"\b(?:thi sao|ra sao|the nao)\b")
_CLAUSE_END = re.compile(r"[,;?]")


class _Cues:
    """The cues of one question, each of them read once."""

    def __init__(self, query: Query) -> None:
        self.found: list[tuple[int, int, AskedPart]] = []
        self._asked = fold(query.plain_text)
        self._written = query.plain_text.lower()

    def take(
        self, pattern: re.Pattern[str], part: Part, field: Wanted | None = None, most: int = 1
    ) -> None:
        """Take the places of a cue that no earlier one has taken, at most so many."""
        for match in pattern.finditer(self._asked):
            start, end = match.span()
            is_word = "máy" not in self._written[start:end]  # "bộ máy" is not "mấy"
            if is_word and all(end <= first or last <= start for first, last, _ in self.found):
                inner = next((n for n, g in enumerate(match.groups(), 1) if g), 0)
                noun = _noun(self._written[slice(*match.span(inner))]) if inner else ""
                if part is Part.COUNT and not noun:
                    continue
                end = match.start(inner) + len(noun) if noun else end
                self.found.append((start, end, AskedPart(part, noun, field)))
                most -= 1
            if most == 0:
                return

    def parts(self) -> list[AskedPart]:
        """Return what was taken, in the order of the question, with the words around it."""
        cuts = [0, *(m.end() for m in _CLAUSE_END.finditer(self._asked)), len(self._asked)]
        asking = [(start, end) for start, end, _ in self.found]
        parts = []
        for start, end, part in sorted(self.found, key=lambda item: item[0]):
            first = max(cut for cut in cuts if cut <= start)
            last = min(cut for cut in cuts if cut >= end)
            # What follows the clause goes with it unless it asks something itself.
            after = min((cut for cut in cuts if cut > last), default=last)
            is_plain = all(not last <= begin < after for begin, _ in asking)
            behind = min([begin for begin, _ in asking if begin >= end], default=len(self._asked))
            word = _OPEN.search(self._asked, start, end)
            inside = self._asked[
                word.end() if word else end : min(behind, after if is_plain else last)
            ]
            inner = self._asked[start:end] if part.part in _WIDE_CUES else fold(part.noun)
            matter = _matter(f"{self._asked[first:start]} {inner} {self._asked[end:last]}")
            parts.append(replace(part, matter=matter, focus=_matter(inside)))
        return parts


def _noun(words: str) -> str:
    """Return what is counted, from the words behind "bao nhiêu" as they are written."""
    ends = {fold(word) for word in _ENDS_NOUN} if words.isascii() else set(_ENDS_NOUN)
    return " ".join(takewhile(lambda word: word not in ends, words.split()))


def _matter(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", words)) - _NO_MATTER


# Their cues run over the words of the matter: "tỷ lệ *hồ sơ trực tuyến* là bao nhiêu".
_WIDE_CUES = frozenset({Part.PERCENT, Part.MONEY, Part.AREA})
_NO_MATTER = QUESTION_WORDS | set("duoc bao nhieu phan tram la dau nuoc thu".split())


def asked_parts(query: Query) -> tuple[AskedPart, ...]:
    """Return the exact values a question asks for, in its order; none for a content question."""
    cues, wanted = _Cues(query), set(query.wanted)
    for field, pattern in _FIELDS.items():
        if field in wanted:
            cues.take(pattern, Part.RECORD, field)
    if Wanted.DATE in wanted:
        cues.take(_DATE, Part.DATE)
    if Wanted.DOCUMENT in wanted:
        cues.take(_DOCUMENT, Part.DOCUMENT)
    if wanted & {*_NUMERIC, Wanted.DATE}:
        _take_numbers(cues, wanted)
    cues.take(_NATION, Part.NATION)
    if Wanted.PLACE in wanted:
        cues.take(_PLACE, Part.PLACE, most=MAX_PARTS)
    if Wanted.PERSON in wanted:
        cues.take(_PERSON, Part.PERSON)
    if cues.found:
        cues.take(_OPEN_END, Part.OPEN)
    said = cues.parts()
    fields = {part.field for part in said}
    unsaid = [f for f in query.wanted if f in _FIELDS and f not in fields]
    return (*said, *(AskedPart(Part.RECORD, field=field) for field in unsaid))


def _take_numbers(cues: _Cues, wanted: Collection[Wanted]) -> None:
    if Wanted.MONEY in wanted:
        cues.take(_MONEY, Part.MONEY)
    for part, pattern in _NUMBERS:
        cues.take(pattern, part)
    counted = Wanted.PARTICIPANTS if Wanted.PARTICIPANTS in wanted else None
    cues.take(_COUNT, Part.COUNT, counted, most=MAX_PARTS)
    cues.take(_OPEN, Part.OTHER)
