"""Whether a question asks over many visits, and in which way: list, count, compare, timeline.

Works on folded text; knows no names, only which parts in a visit the places named have. "Ai đã
đến Huế?" asks over all visits to Huế; "Ai dẫn đầu đoàn đến Huế?" asks for a fact of one.
"""

import re

from hochoi.understood import ProvinceRole, QuestionKind

# What visits are called in questions about many of them.
GROUP = (
    r"(?:doan|chuyen(?! (?:gia|doi|nganh|mon|de|vien))(?: tham| di| cong tac| lam viec| hoc tap| khao sat)?"
    r"|buoi(?: lam viec| trao doi| hop| tiep| gap)?|cuoc(?: trao doi| tham| hop| lam viec| gap)?"
    r"|hoat dong trao doi|hoi thao|su kien)"
)
_PLACES = (
    r"(?:tinh,? thanh(?: pho)?|tinh|dia phuong|thanh pho|noi|nuoc|quoc gia|bo,? nganh(?: trung uong)?"
    r"|bo|don vi|co quan)"
)
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
    r"|\bai (?:dan dau|dan|lam truong) (?:moi|tung|cac|nhung) (?:doan|chuyen)(?=\W*(?:\(|$))"
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
_WHO = rf"(?:(?:nhung )?ai|(?:nhung |cac )?{_PLACES} nao)"
_DONE = r"(?:da |tung |cung |vua |moi |lan luot |co )*"
_GO = (
    r"(?:den|sang|vao|ra|len|xuong|ve|toi|ghe|tham|di|cu|hoc|tim hieu|khao sat|tham quan"
    r"|lam viec (?:voi|tai|o)|cong tac (?:tai|o))"
)
_WHEN = r"(?:(?:trong|tu|ke tu|vao|truoc|sau|nam|thang|quy|den nay|[\d/]+),? )*"
_ONE_VISIT = r"(?!.*\b(?:doan|dan dau|buoi|le|hoi thao|hoi nghi|lop)\b)"
# The rest of these questions names the place where they were.
_WHO_CAME = re.compile(
    rf"^\W*{_ONE_VISIT}{_WHEN}(?:(?:da |tung )*co )?{_WHO} {_DONE}{_GO}\b"
    rf"|^\W*{_ONE_VISIT}(?:{_SHOW} )?(?:ra |cho toi )?(?:cac |nhung )?{_PLACES}(?: khac)? {_DONE}{_GO}\b"
)
_WAS_RECEIVED = re.compile(
    r"\b(?:tiep|don|huong dan|chia se(?: kinh nghiem)?(?: voi| cho)?|trao doi(?: kinh nghiem)? voi"
    rf"|lam viec voi|gioi thieu(?: \w+){{0,3}} (?:voi|cho)|truyen dat(?: \w+){{0,3}} cho) {_WHO}\b"
)
# The rest names who went.
_WENT_WHERE = re.compile(
    rf"^{_ONE_VISIT}.*\b(?:di|den|tham|hoc|sang|vao|ra|hoc tap|hoc hoi|cong tac|lam viec)(?: duoc)?"
    rf"(?: kinh nghiem)?(?: cua| o| tai| voi| den)? ?(?:nhung dau|dau|(?:nhung |cac )?{_PLACES} nao|(?:nhung )?ai)\W*$"
)
_COUNT = re.compile(
    rf"\b{_MANY} {GROUP}\b(?!{_INSPECTION})"
    rf"|\b(?:thong ke|dem)(?: xem)?(?: so(?: luong)?)?(?: cac| nhung)? {GROUP}\b"
    rf"|\bso (?:luong )?(?:doan|chuyen|buoi)\b|\b{_MANY} bao cao\b"
    rf"|\b(?:tiep|don|den|tham|lam viec) (?:tong cong )?{_MANY} (?:lan|luot)\b"
    rf"|\b{_MANY} {_PLACES} (?:da |tung )*(?:den|hoc|cu doan|tham|sang|di|vao|ra)\b"
    rf"|^\W*(?:co |tong cong |tat ca )*{_MANY} (?:tinh|dia phuong|nuoc)"
    r" (?:tat ca|ca thay|nhu vay|nhu the)(?=\W*(?:\(|$))"
)
# Which of several groups has most visits.
_MOST_VISITS = re.compile(
    rf"\b(?:ai|nguoi nao|{_PLACES} nao|nam nao|thang nao)\b.{{0,60}}\b(?:nhieu|it)"
    r" (?:doan|chuyen|lan|luot|tinh|dia phuong|noi|nuoc)(?: \w+){0,4} nhat\b"
    rf"|\b(?:ai|nguoi nao|truong doan nao|{_PLACES} nao|nam nao)\b.{{0,60}}"
    r"\b(?:den|di|sang|hoc|tiep(?! (?:nhan|can|tuc))|don|cu)\b.{0,40}\b(?:nhieu|it) nhat\b"
    rf"|\b(?:den|di|hoc|tham)(?: o| tai| cua)? (?:ai|dau|{_PLACES} nao) (?:nhieu|it) nhat\b"
    r"|\b(?:chu de|noi dung|linh vuc) nao\b(?=.{0,60}\bnhat\b).{0,60}\b(?:doan|chuyen)\b"
    r"|\b(?:doan|chuyen)\b.{0,60}\b(?:chu de|noi dung|linh vuc) nao\b(?: \w+){0,3} nhat\b"
)
# Which of several visits was the latest, the first, the largest.
_VISIT = r"(?:doan|chuyen(?! (?:gia|doi|nganh|mon|de|vien))|buoi|cuoc)"
_RECEIVES = r"(?:tiep(?! (?:nhan|can|tuc))|don|den|tham)"
_MOVES = r"(?:tiep(?! (?:nhan|can|tuc))|don|den|di|sang|tham|hoc|cu)"
_NEAREST = r"(?:gan day nhat|gan nhat|moi nhat|moi day nhat)"
_LAST = rf"(?:{_NEAREST}|sau cung|cuoi cung)"
_FIRST = r"(?:dau tien|som nhat|cu nhat|xua nhat)"
LATEST = re.compile(
    rf"\b(?:lan|{_VISIT}|tiep|don)\b[^()]{{0,60}}\b{_LAST}\b"
    rf"|\b{_NEAREST}\b[^()]{{0,60}}\b(?:{_VISIT}|{_RECEIVES})\b|\blan cuoi\b"
)
EARLIEST = re.compile(
    rf"\b{_VISIT}\b[^()]{{0,60}}\b{_FIRST}\b|\b{_FIRST}\b[^()]{{0,40}}\b(?:{_VISIT}|{_RECEIVES})\b"
    rf"|\blan dau(?: tien)? {_MOVES}\b|\b{_MOVES}\b[^()]{{0,40}}\blan dau(?: tien)?\b"
)
_PEOPLE = r"(?:so )?(?:nguoi|thanh vien|dai bieu|can bo)"
LARGEST = re.compile(
    rf"\b{_VISIT}\b.{{0,60}}\b(?:dong(?: \w+)? nhat|(?:nhieu|nhieu so) {_PEOPLE}(?: \w+){{0,3}} nhat"
    r"|lon nhat|quy mo lon nhat)\b"
)
SMALLEST = re.compile(rf"\b{_VISIT}\b.{{0,60}}\b(?:it {_PEOPLE}(?: \w+){{0,3}} nhat|nho nhat)\b")
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


def over_visits(folded: str, roles: frozenset[ProvinceRole]) -> QuestionKind | None:
    """Return in which way a question asks over visits, None when it asks about one.

    Args:
        folded: The question without accents.
        roles: The parts in a visit that it gives to provinces, regions, countries and bodies.
    """
    if _COMPARE.search(folded):
        return QuestionKind.COMPARE
    if _TIMELINE.search(folded):
        return QuestionKind.TIMELINE
    if _COUNT.search(folded) or _MOST_VISITS.search(folded):
        return QuestionKind.COUNT
    if any(p.search(folded) for p in (_LIST, _WENT, LATEST, EARLIEST, LARGEST, SMALLEST)):
        return QuestionKind.LIST
    is_list = (
        roles == {ProvinceRole.HOST} and (_WHO_CAME.search(folded) or _WAS_RECEIVED.search(folded))
    ) or (roles == {ProvinceRole.VISITOR} and _WENT_WHERE.search(folded))
    return QuestionKind.LIST if is_list else None
