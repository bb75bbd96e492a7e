"""Words of a question over visits that a report must hold because no condition says them.

"Đoàn nào đến phường Vũng Tàu?" means no ward that a table knows, but the name must stand in the
report. Words that only say how the question is put do not count.
"""

import re
from collections.abc import Sequence

from hochoi.question import Condition, ConditionKind, Query
from hochoi.text import fold

_SUBJECT = re.compile(
    r"\b(?:ve|lien quan den|noi den|nhac den)\s+((?:(?!\b(?:nam|trong|o|tai|nao|gi|cua|den|tu"
    r"|truoc|sau|theo|va|hay|khong|thi|ra sao|the nao)\b)\w+\s*){1,6})"
)
_NO_SUBJECT = frozenset(
    "viec van de noi dung linh vuc chu de kinh nghiem mo hinh cong tac lam hoc tham nuoc viet nam"
    " dia phuong tinh thanh pho cac nhung mot cach thuc".split()
)


def _subject(text: str, conditions: Sequence[Condition]) -> str | None:
    """Return what visits are to be about where no topic of the list says it."""
    if any(c.kind is ConditionKind.TOPIC for c in conditions):
        return None
    for condition in sorted(conditions, key=lambda c: -c.start):
        text = f"{text[: condition.lead]} , {text[condition.end :]}"
    match = _SUBJECT.search(fold(text))
    if match is None or len(fold(text)) != len(text):
        return None
    words = text[match.start(1) : match.end(1)].split()
    while words and fold(words[0]) in _NO_SUBJECT:
        words.pop(0)
    return " ".join(words) or None


# Capitals that name no visit: bodies that every province has, and the country.
_COMMON_NAMES = frozenset(
    "ubnd hdnd tp vp vpubnd so bo cuc vu uy ban nhan dan hoi dong viet nam nha nuoc trung uong tinh"
    " thanh pho chinh phu hoc hoi quy quoc gia nn cchc cds tthc i ii iii iv".split()
)
# "Sở Nội vụ", "Sở Kế hoạch và Đầu tư", "Cục Tin học"
_BODY = re.compile(
    r"\b(?:Sở|Cục|Vụ|Ban|Thanh tra) [^\W\d_]+ [^\W\d_]+(?: và [^\W\d_]+ [^\W\d_]+)?"
    r"|\b(?:[Qq]uận|[Pp]hường) \d{1,2}\b"
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


# Words of questions over visits that say nothing about which visits; folded.
_PLAIN = frozenset(
    "liet ke ten ra danh sach cac nhung tat ca toan bo het doan chuyen buoi cuoc hoi thao su kien hoat dong bao"
    " cao lan luot co bao nhieu may bn so luong thong dem nao gi nam thang ngay theo chu de linh vuc noi tiep"
    " don dia phuong tinh thanh pho nuoc nhieu it nhat va hay hoac trong kho da tung duoc den di tham hoc tap"
    " lam viec cong tac trao doi khao sat o tai cua ve cho toi xem biet tim loc neu tong hop la thi do ai dan"
    " dau truong thu tu thoi gian dong lich xep sap so sanh dang hien nay tu voi kinh nghiem moi mot hai sang"
    " vao len cu to chuc nhu the khong vua qua gan day ghe cung xin hay giup minh khach quoc te"
    " don vi quan bo nganh gia ai chua nguoi".split()
)


def required_words(text: str, query: Query) -> tuple[str, ...]:
    """Return what a report must hold beside the conditions: names, a subject, else the rest."""
    taken = [(c.lead, c.end) for c in query.conditions]
    taken += [(m.start, m.end) for m in query.provinces]
    free = [
        word
        for word in _WORD.finditer(text)
        if all(word.end() <= start or end <= word.start() for start, end in taken)
    ]
    bodies = [
        m for m in _BODY.finditer(text) if all(m.end() <= a or b <= m.start() for a, b in taken)
    ]
    taken += [(m.start(), m.end()) for m in bodies]
    free = [w for w in free if all(w.end() <= a or b <= w.start() for a, b in taken)]
    names = [m[0] for m in bodies] + _runs(
        text,
        [
            word
            for word in free
            if word[0][0].isupper() and fold(word[0]) not in _COMMON_NAMES
            if not _begins_a_clause(text, word) or _begins_a_name(text, word)
        ],
    )
    subject = _subject(text, query.conditions)
    found = dict.fromkeys([*names, *([subject] if subject is not None else [])])
    if not found and not query.conditions:
        found = dict.fromkeys(_runs(text, [w for w in free if fold(w[0]) not in _PLAIN]))
    return tuple(found)


def _begins_a_clause(text: str, word: re.Match[str]) -> bool:
    return text[: word.start()].rstrip()[-1:] in ("", *".?!:(")


def _begins_a_name(text: str, word: re.Match[str]) -> bool:
    """Return whether the first word of a question is more than its first word: "Vũng Tàu", "BN"."""
    following = text[word.end() :]
    is_first_of_two = following[:1] == " " and following[1:2].isupper()
    return is_first_of_two or (word[0].isupper() and len(word[0]) > 1)


def _runs(text: str, words: Sequence[re.Match[str]]) -> list[str]:
    """Return words that stand side by side as one."""
    runs: list[list[re.Match[str]]] = []
    for word in words:
        if runs and text[runs[-1][-1].end() : word.start()] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    return [text[run[0].start() : run[-1].end()] for run in runs]
