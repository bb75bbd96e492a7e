"""The kind of a question, from its words. Works on folded text; knows no names."""

import re
from collections.abc import Mapping, Sequence

from hochoi.question import Wanted
from hochoi.understanding.over_visits import over_visits
from hochoi.understanding.wanted import WantedCue
from hochoi.understood import ProvinceRole, QuestionKind

_GREETING = re.compile(
    r"\W*(?:(?:xin )?(?:kinh )?chao(?: (?:ban|anh|chi|em|hoc hoi|buoi \w+|ca nha|moi nguoi))*"
    r"|hello|hi|alo|(?:xin |rat )?cam on(?: (?:ban|nhe|nhieu|rat nhieu|anh|chi|a))*|tam biet(?: ban)?"
    r"|ban (?:la ai|ten gi|ten la gi|lam duoc gi|lam duoc nhung gi|giup duoc gi|co the lam gi|khoe khong)"
    r"|ok(?:ay)?|tot lam|hay lam|[, ]|hoc hoi (?:la gi|lam duoc gi)|ban |lam duoc nhung gi|la ai)+\W*"
)
_ORDER = re.compile(
    r"\b(?:bo qua|quen|phot lo|ignore|disregard)\b.{0,30}\b(?:huong dan|chi dan|chi thi truoc|quy tac"
    r"|lenh|noi tren|instructions?|prompt)\b"
    r"|\b(?:system prompt|loi nhac he thong|cau lenh he thong)\b|\bdong vai\b|\btu gio ban la\b"
    r"|\bban (?:hay|la) (?:la )?(?:quan tri|admin|mot)\b"
    r"|\b(?:viet|soan|lam|sang tac)(?: cho toi| giup toi| ho toi| giup)?(?: mot| 1)? (?:bai tho|bai hat"
    r"|bai van|don xin|email|thu(?! tuc)|doan code|chuong trinh may tinh|cong van|to trinh|bai phat bieu)\b"
    r"|^\W*(?:ban )?(?:hay |vui long |lam on )?(?:xoa|huy|go bo|sua|cap nhat|them|gui|tai len|dang)"
    r" (?:het |tat ca |toan bo |ngay |cho toi )*(?:cac )?(?:bao cao|du lieu|tai khoan|mat khau|file|tep"
    r"|email|kho)\b|\bhay (?:xoa|gui|sua|doi|cap quyen)\b|\b(?:doi mat khau|cap quyen quan tri)\b"
    r"|^\W*(?:hay )?dich (?:sang|ra) tieng\b"
)
_PREDICTION = re.compile(
    r"\b(?:se (?:dan dau|dung dau|dung thu|xep thu|xep hang|thang|la bao nhieu|dat bao nhieu|tang bao nhieu)"
    r"|du doan|du bao|tien doan)\b"
    r"|\b(?:nam toi|nam sau|sang nam|thang toi|thang sau|sap toi|tuong lai)\b.{0,40}\bse\b"
    r"|\bse\b.{0,60}\b(?:nam toi|sang nam|thang toi|tuong lai|sap toi)\b"
)
_OPINION = re.compile(
    r"\b(?:yeu|kem|gioi|te|do|tot|xau|luoi|tai|chu dao|nhiet tinh|thong minh) (?:chuyen mon |nang luc )?nhat"
    r"(?: (?:trong )?(?:doan|nhom|lanh dao))?(?=\W*$)"
    r"|\b(?:yeu|kem|gioi|luoi) (?:chuyen mon |nang luc )?nhat\b"
    r"|\bai (?:yeu|kem|gioi|te|dang tin|tham nhung|luoi)\b"
    r"|\b(?:ong|ba|dong chi|chu tich|giam doc)\b.{0,40}\bco (?:gioi|tot|xung dang|liem khiet|tham nhung|dang tin"
    r"|nang luc|trung thuc)\b.{0,12}\bkhong\b"
    r"|\b(?:theo (?:ban|may|anh|chi)|ban (?:nghi|thay|danh gia)|y kien (?:cua )?ban)\b"
    r"|\bnen (?:bo nhiem|ky luat|sa thai|cach chuc|bau)\b"
)
_OFF_TOPIC = re.compile(
    r"\b(?:thoi tiet|ty gia|xo so|gia vang|gia xang|lai suat ngan hang|bong da|nau an|cach nau)\b"
)
_SMALL_TALK = (
    (QuestionKind.ORDER, _ORDER),
    (QuestionKind.OFF_TOPIC, _OFF_TOPIC),
    (QuestionKind.PREDICTION, _PREDICTION),
    (QuestionKind.OPINION, _OPINION),
)

_OF_FACT: Mapping[Wanted, QuestionKind] = {
    Wanted.HEAD: QuestionKind.WHO,
    Wanted.DEPUTY: QuestionKind.WHO,
    Wanted.HOST_LEAD: QuestionKind.WHO,
    Wanted.PERSON: QuestionKind.WHO,
    Wanted.PARTICIPANTS: QuestionKind.HOW_MANY,
    Wanted.MONEY: QuestionKind.HOW_MANY,
    Wanted.NUMBER: QuestionKind.HOW_MANY,
    Wanted.DATE: QuestionKind.WHEN,
    Wanted.PLACE: QuestionKind.WHERE,
    Wanted.DOCUMENT: QuestionKind.DOCUMENT,
}
_RATED = re.compile(
    r"\b(?:phan tram|%|ty le|(?:xep |dung )?(?:thu|hang) (?:may|bao nhieu)|xep hang|thu hang|may diem"
    r"|bao nhieu diem(?! (?:tiep nhan|phuc vu|giao dich|ho tro|den))|muc nao|nhom nao|may bac|bao nhieu bac|bao nhieu %)"
)
_RESULT = re.compile(
    r"\b(?:ket qua|hieu qua|thanh tich|dat duoc gi|tac dong|giai thuong gi|loi ich|giam duoc gi|nhom nao)\b"
)
_LEARNED = re.compile(
    r"\b(?:kinh nghiem|bai hoc|(?:hoc|tim hieu|chia se|trao doi|gioi thieu|hoi|truyen dat|khuyen nghi"
    r"|de xuat|de nghi|gop y|ban)\b.{0,60}\b(?:gi|nhung gi|nao)|noi dung gi|nhung noi dung)\b"
)
_HOW = re.compile(
    r"\b(?:the nao|nhu the nao|nhu nao|ra sao|bang cach nao|lam sao|cach nao|cach lam|vi sao|tai sao"
    r"|cach thuc|quy trinh)\b"
)


def kind_of(
    folded: str, cues: Sequence[WantedCue], roles: frozenset[ProvinceRole], *, is_ahead: bool
) -> QuestionKind:
    """Return the kind of a question.

    Args:
        folded: The question without accents; what stands in brackets blanked out.
        cues: The kinds of fact it asks for.
        roles: The parts in a visit that it gives to places.
        is_ahead: Whether it names days to come.
    """
    if folded.strip() and _GREETING.fullmatch(folded):
        return QuestionKind.GREETING
    for kind, pattern in _SMALL_TALK:
        if pattern.search(folded):
            return kind
    if is_ahead:
        return QuestionKind.PREDICTION
    return over_visits(folded, roles) or _content_kind(folded, cues)


def _content_kind(folded: str, cues: Sequence[WantedCue]) -> QuestionKind:
    """Return the kind of a question about one visit: that of the fact asked for first."""
    facts = [cue for cue in cues if cue.wanted in _OF_FACT]
    if facts:
        # "bao nhiêu người" is also "bao nhiêu": at the same place the special kind counts.
        first = min(facts, key=lambda cue: (cue.start, -(cue.end - cue.start)))
        kind = _OF_FACT[first.wanted]
        is_number = first.wanted is Wanted.NUMBER
        return QuestionKind.RESULT if is_number and _RATED.search(folded) else kind
    for kind, pattern in (
        (QuestionKind.RESULT, _RESULT),
        (QuestionKind.LEARNED, _LEARNED),
        (QuestionKind.HOW, _HOW),
    ):
        if pattern.search(folded):
            return kind
    return QuestionKind.CONTENT
