"""Which part a question gives to a name in it, host or visitor, by the words around the name.

Works on folded text. "ở Huế" is a host only where the question is about a visit; in "ở Huế có bao
nhiêu camera" it is just a place.
"""

import re

from hochoi.understood import ProvinceRole

_BODIES = (
    r"(?:\s+(?:tinh|thanh pho|tp|ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan|van phong|vp|vpubnd|lanh dao"
    r"|thuong truc|cac|nhung|hai|cac tinh|khu vuc|vung|dia phuong|noi bo|so noi vu|so tt&tt|thuong truc hdnd"
    r"|tinh uy|thanh uy|bo phan|phia|cu)\b\.?,?)*\s*$"
)
_VISITOR_BEFORE = re.compile(
    r"\b(?:doan(?: (?:cong tac|can bo|dai bieu|lanh dao|khach|hoc tap|cua|den tu|tu|do|so|so noi vu"
    r"|hoc vien|chuyen gia))*|den tu|chuyen (?:tham|di|cong tac|vao [\w. ]{2,20}|den [\w. ]{2,20})? ?cua"
    r"|buoi (?:lam viec )?cua|chuyen cua|khach|duoc don)" + _BODIES
)
_HOST_BEFORE = re.compile(
    r"\b(?:den|tham|vao|sang|toi|len|ra|ghe|lam viec (?:voi|tai|o)|hoc tap (?:tai|o)|hoc (?:tai|o|cua)"
    r"|hoc(?! (?:vien|phi))|hoc tap|kinh nghiem (?:cua|tai|o)|trao doi voi|duoc|do|di(?: \w+)? o"
    r"|(?:da|tung|vua|len|xuong|tro) ve)" + _BODIES
)
# "Bắc Giang, nay thuộc Bắc Ninh, đã tiếp"
_ASIDE = re.compile(r"^,? (?:nay|hien|truoc|da|duoc|sau khi)\b [^,.;?!]{0,40},|^ \([^()]{0,60}\)")
_RECEIVED_BEFORE = re.compile(r"\bduoc" + _BODIES)  # "được Sơn La đến học"
_AT_BEFORE = re.compile(r"\b(?:o|tai|ve|voi|trong)" + _BODIES)
_HOST_AFTER = re.compile(
    r"^\W*(?:\([^)]*\)\W*)?(?:vua |da |tung |tiep tuc |se |cung |lai )*"
    r"(?:tiep|don|chia se|gioi thieu voi|huong dan|truyen dat|noi voi|ke voi|dua doan|duoc .{2,40}(?:den|sang)"
    r"|(?:co |tung co )?(?:nhung |cac |bao nhieu |may |bn )?(?:doan|khach)\b.{0,30}\b(?:den|tham|sang|ghe))\b"
)
_VISITOR_AFTER = re.compile(
    r"^\W*(?:\([^)]*\)\W*)?(?:vua |da |tung |muon |se |cung |lai |nao |co )*"
    r"(?:di|den|sang|ra|vao|len|xuong|hoc|tham|cu (?:cac |nhung |bao nhieu |may )?(?:doan|can bo)|tim hieu"
    r"|nghien cuu|khao sat|tham quan|lam viec (?:tai|o)|trao doi kinh nghiem (?:voi|o|tai)"
    r"|ve (?:tham|hoc|lam viec)|(?:nhung |cac |bao nhieu )?chuyen (?:di|cong tac|tham|hoc))\b"
)
_COMING_AFTER = re.compile(r"^\W*ve (?!(?:viec|van de|noi dung)\b)")
_VISIT = re.compile(
    r"\b(?:doan|chuyen|buoi|cuoc|tham|hoc tap|hoc kinh nghiem|den|lam viec|tiep|don|sang|di)\b"
)


def role_at(folded: str, start: int, end: int) -> ProvinceRole:
    """Return the part that the words around `folded[start:end]` give to the name there."""
    before, after = folded[:start], _ASIDE.sub("", folded[end:])
    clause = re.split(r"[.;:?!\n]", before)[-1]
    is_received = _RECEIVED_BEFORE.search(clause) and _VISITOR_AFTER.match(after)
    if _VISITOR_BEFORE.search(clause) or is_received:
        return ProvinceRole.VISITOR
    if _HOST_BEFORE.search(clause):
        return ProvinceRole.HOST
    if _HOST_AFTER.match(after):
        return ProvinceRole.HOST
    if _VISITOR_AFTER.match(after):
        return ProvinceRole.VISITOR
    if _AT_BEFORE.search(clause) and _VISIT.search(folded):
        return ProvinceRole.HOST
    return ProvinceRole.ANY
