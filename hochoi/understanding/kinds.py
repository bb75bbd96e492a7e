"""The kind of a question, from its words. Works on folded text; knows no names."""

import re
from collections.abc import Mapping, Sequence

from hochoi.question import Wanted
from hochoi.understanding.wanted import WantedCue
from hochoi.understood import QuestionKind

# What visits are called in questions about many of them.
GROUP = (
    r"(?:doan|chuyen(?! (?:gia|doi|nganh|mon|de|vien))(?: tham| di| cong tac| lam viec| hoc tap| khao sat)?"
    r"|buoi(?: lam viec| trao doi| hop| tiep| gap)?|cuoc(?: trao doi| tham| hop| lam viec| gap)?"
    r"|hoat dong trao doi|hoi thao|su kien)"
)
_PLACES = r"(?:tinh|dia phuong|thanh pho|noi|nuoc|quoc gia|bo|don vi|co quan|tinh,? thanh(?: pho)?)"
_MANY = r"(?:bao nhieu|may|bn)"
_SHOW = (
    r"(?:liet ke|ke ten|ke ra|ke|danh sach|cho xem|cho (?:toi )?biet|tim|loc(?: ra)?|neu|xem|tong hop"
    r"|tra cuu)"
)
_INSPECTION = r"(?: (?:kiem tra|thanh tra|giam sat))"
_LIST = re.compile(
    rf"\b{_SHOW} (?:tat ca |toan bo |giup |cho toi )?(?:cac |nhung |het cac )?{GROUP}\b"
    rf"|\b(?:nhung|cac) {GROUP}\b.{{0,80}}\b(?:nao|gi)\b"
    rf"|\bco (?:nhung |cac )?{GROUP}(?: [a-z]+){{0,4}} nao\b"
    rf"|^\W*(?:nhung |cac )?{GROUP} nao\b(?! duoc)|^\W*(?:ke ten|liet ke|danh sach)(?: ra| ho| giup)*\W*$|^\W*hoi thao nao duoc to chuc\b"
    rf"|^\W*(?:tat ca|toan bo) (?:cac |nhung )?{GROUP}\b"
    rf"|\b{_SHOW} (?:tat ca |toan bo |giup |cho toi )?(?:cac |nhung )?bao cao\b"
    r"|^\W*(?:cac|nhung) bao cao (?:nao|ve)\b|\bbao cao nao (?:noi|neu|de cap|viet|ve)\b"
    r"|^\W*(?:nhung|cac) (?:doan|chuyen)\b.*\b(?:do ai dan|do ai lam truong|truong doan la ai|ai dan dau)\b"
    r"|\b(?:dan dau|lam truong) (?:cac|nhung) doan (?:nay|do|tren|ay)\b"
    r"|\bnhung ai (?:da |tung )*dan (?:dau )?(?:cac )?doan\b"
    rf"|\b(?:tiep|don|tiep don|don tiep|cu)(?: duoc)? (?:(?:nhung|cac) doan|doan nao)\b"
    rf"|\b(?:nhung|cac|hdnd|ubnd) {_PLACES}(?:, [a-z ]{{2,12}})? nao (?:da |tung )*"
    r"(?:den|tham|hoc|ve|cu|tiep|don|di|lam viec|sang)\b"
    r"|\b(?:nhung|cac) (?:tinh|dia phuong|noi)(?:, [a-z ]{2,12})? nao (?:da |tung )*"
    r"(?:noi|ban|trao doi|chia se|gioi thieu) (?:ve|den)\b"
    rf"|^\W*(?:nhung|cac) (?:doan|chuyen|buoi|cuoc)\b(?!.*\b(?:ai|gi|the nao|ra sao|dau|{_MANY})\b)"
    rf"|^\W*(?:nhung|cac) {GROUP}\b.{{0,60}}\b(?:tim hieu|hoc)\b.{{0,20}}\bgi\b"
)
# Where somebody has been; with "đoàn" it is about the places of one visit.
_WENT = re.compile(
    r"^(?!.*\bdoan\b).*\b(?:da|tung) (?:di|den|tham|hoc|lam viec|cong tac|sang)(?: \w+){0,3} (?:o |tai |voi )?"
    rf"(?:nhung )?(?:dau|(?:nhung|cac) {_PLACES} nao)\b"
)
_COUNT = re.compile(
    rf"\b{_MANY} {GROUP}\b(?!{_INSPECTION})"
    rf"|\b(?:thong ke|dem)(?: xem)?(?: so(?: luong)?)?(?: cac| nhung)? {GROUP}\b"
    rf"|\bso (?:luong )?(?:doan|chuyen|buoi)\b|\b{_MANY} bao cao\b"
    r"|\b(?:nam|tinh|dia phuong|noi) nao\b.{0,60}\b(?:nhieu|it) (?:doan |chuyen |lan )?nhat\b"
    rf"|\b(?:tiep|don|den|tham|lam viec) (?:tong cong )?{_MANY} (?:lan|luot)\b"
    rf"|\b{_MANY} {_PLACES} (?:da |tung )*(?:den|hoc|cu doan|tham|sang|di)\b"
)
_COMPARE = re.compile(
    r"\b(?:so sanh|doi chieu|khac nhau|giong va khac|giong nhau|diem (?:giong|khac))\b"
)
_TIMELINE = re.compile(
    r"\b(?:theo (?:thu tu |trinh tu |dong )?thoi gian(?! thuc)|dong thoi gian|trinh tu thoi gian"
    r"|lich su (?:cac|nhung) (?:doan|chuyen|buoi)|moc thoi gian|theo (?:tung )?nam thang|lan luot (?:cac|nhung) doan)\b"
)
OVERVIEWS = frozenset(
    {QuestionKind.LIST, QuestionKind.COUNT, QuestionKind.COMPARE, QuestionKind.TIMELINE}
)

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


def kind_of(folded: str, cues: Sequence[WantedCue], *, is_ahead: bool) -> QuestionKind:
    """Return the kind of a question.

    Args:
        folded: The question without accents; what stands in brackets blanked out.
        cues: The kinds of fact it asks for.
        is_ahead: Whether it names days to come.
    """
    if folded.strip() and _GREETING.fullmatch(folded):
        return QuestionKind.GREETING
    for kind, pattern in _SMALL_TALK:
        if pattern.search(folded):
            return kind
    if is_ahead:
        return QuestionKind.PREDICTION
    return _overview_kind(folded) or _content_kind(folded, cues)


def _overview_kind(folded: str) -> QuestionKind | None:
    if _COMPARE.search(folded):
        return QuestionKind.COMPARE
    if _TIMELINE.search(folded):
        return QuestionKind.TIMELINE
    if _COUNT.search(folded):
        return QuestionKind.COUNT
    return QuestionKind.LIST if _LIST.search(folded) or _WENT.search(folded) else None


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
