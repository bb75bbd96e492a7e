"""Words that only say how a question comes after others: a correction, back to it, to a new one.

"Không, tỉnh Hà Nam cơ" corrects, "Quay lại đoàn Tuyên Quang, ..." goes back, "Hỏi chuyện khác: ..."
starts anew. Also which of the visits just listed is meant: "đoàn thứ hai". Reads nothing else.
"""

import re
from dataclasses import dataclass
from enum import Enum

from hochoi.text import fold

_SORRY = r"(?:a|ah|o|xin loi|nham|nham roi|sai roi|chua dung|khong(?: phai)?(?: the| vay| dau)?)"
_I_MEAN = (
    r"(?:y (?:toi|minh|em|la)|toi|minh|em)(?: (?:la|dang|muon|chi))*(?: (?:hoi|noi|can|muon))*"
    r"(?: (?:la|ve|toi|den))*"
)
_CORRECTS = re.compile(
    rf"\W*(?:(?:a|ah|o|u) )?(?:{_SORRY}\s*[,.;:!]+\s*)+(?:{_I_MEAN} )?|\W*y (?:toi|minh|em)(?: (?:la|muon|hoi|noi|ve))*[,:]? "
)
_RETURNS = re.compile(
    r"\W*(?:quay lai|tro lai|quay ve|tro ve)(?: (?:voi|ve|chuyen|cau(?: hoi)?|phan))* "
)
_ANEW = re.compile(
    r"\W*(?:(?:bay )?gio )?(?:(?:chuyen|doi|sang|qua|toi|cho toi|hoi|muon|xin|tiep)[ ,]+)*"
    r"(?:chuyen|cau(?: hoi)?|chu de|van de|viec|noi dung) (?:khac|moi)(?: nhe| nha| di)?\s*[:,.;!]+\s*"
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("nhat mot", "hai", "ba", "tu bon", "nam", "sau", "bay", "tam", "chin", "muoi"), 1
    )
    for word in words.split()
}
_ORDINAL = re.compile(
    r"\W*(?:(?:the|con|vay|va|a)\b,? )*(?:(?:doan|chuyen|buoi|cuoc)(?: tham| di| cong tac)?|dong|hang)"
    r"(?: o)? (?:(?P<first>dau(?: tien)?)|(?P<last>cuoi(?: cung)?)"
    rf"|(?:thu |so |o dong |dong )(?P<nth>{'|'.join(_NUMBERS)}|\d{{1,2}}))\b"
)


class Manner(Enum):
    """How a question comes after the ones before."""

    PLAIN = "plain"
    CORRECTS = "corrects"
    RETURNS = "returns"
    ANEW = "anew"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question without the words that only say how it comes after the ones before."""

    manner: Manner
    rest: str


@dataclass(frozen=True, slots=True)
class Ordinal:
    """Which visit of a list is meant; `text[start:end]` says so."""

    number: int  # 1-based; -1 is the last
    start: int
    end: int


def read_turn(text: str) -> Turn:
    """Return how a question comes after others; one that says nothing else is left whole."""
    folded = fold(text)
    if len(folded) != len(text):
        return Turn(Manner.PLAIN, text)
    for manner, pattern in (
        (Manner.ANEW, _ANEW),
        (Manner.RETURNS, _RETURNS),
        (Manner.CORRECTS, _CORRECTS),
    ):
        match = pattern.match(folded)
        rest = text[match.end() :].strip() if match is not None else ""
        if re.search(r"\w", rest):
            return Turn(manner, rest[0].upper() + rest[1:])
    return Turn(Manner.PLAIN, text)


def ordinal_in(folded: str) -> Ordinal | None:
    """Return which visit of a list a folded question begins with: "đoàn thứ hai"."""
    match = _ORDINAL.match(folded)
    if match is None:
        return None
    if match["last"]:
        number = -1
    elif match["nth"]:
        number = _NUMBERS.get(match["nth"]) or int(match["nth"])
    else:
        number = 1
    return Ordinal(number, match.start(), match.end())
