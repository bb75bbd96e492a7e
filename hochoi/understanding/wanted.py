"""Which kinds of fact a question asks for, by its cue words. Works on folded text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hochoi.question import Wanted

# "bộ máy", "nhà máy", "máy tính" ask for nothing.
_HOW_MANY = r"(?<!\bbo )(?<!\bnha )may(?! tinh| moc| chu\b)"
_MANY = rf"(?:bao nhieu|{_HOW_MANY}|bn\b|so luong|chung bao nhieu)"
_PEOPLE = r"(?:nguoi|thanh vien|dai bieu|can bo|dong chi|hoc vien|khach|chuyen gia)"
# Behind these words "AI" is the machine, not a person.
_NOT_MACHINE = "".join(
    f"(?<!{word} )"
    for word in "camera|chatbot|ung dung|cong nghe|tro ly|nen tang|giai phap|tich hop|tri tue nhan tao".split(
        "|"
    )
)
_CUES: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.CONTACT,
        r"so dien thoai|dien thoai (?:cua|lien he)|dia chi|email|e-mail|so fax|lien he",
    ),
    (
        Wanted.MONEY,
        r"^\W*(?:tong )?(?:kinh phi|chi phi)\b(?!.*\b(?:nhu the nao|the nao|ra sao|tu dau|nguon nao|do ai|gi)\b)"
        r"|bao nhieu (?:tien|kinh phi|ngan sach|ty|trieu)|(?:kinh phi|chi phi) (?:la )?(?:bao nhieu|het)"
        r"|(?:chi|ton|het) (?:het |mat )?(?:bao nhieu|may) (?:tien|kinh phi|dong)|may (?:ty|trieu) dong"
        r"|(?<!giam )(?:kinh phi|chi phi|hoc phi|tri gia|gia tri|ngan sach|gia|muc dau tu|von dau tu|von|tien an|tien ve|tien thue)\b(?:(?!phan tram|ty le).){0,100}"
        r"\b(?:bao nhieu|may)(?= ?[,.?!;]| ?$| (?:tien|ty|trieu|dong|usd|do la|cho|de|lay)\b)",
    ),
    (Wanted.DEPUTY, r"pho truong doan|pho doan"),
    (
        Wanted.HEAD,
        r"truong (?:cac )?doan|(?:dan|dung) dau (?:doan|phai doan)|ai (?:la nguoi )?(?:dan dau|dan doan|phu trach doan)"
        r"|do ai (?:dan|lam truong|phu trach)|dan dau(?: doan)? la ai|doan .{0,80}ai (?:dan|phu trach)"
        r"|(?:lanh dao|vi|ong|ba|dong chi) nao .{0,40}\b(?:dan dau|dan doan)|(?:dua|dan) doan (?:sang|den|ra|vao|len)|nguoi dung dau doan|doan do ai",
    ),
    (
        Wanted.HOST_LEAD,
        r"ai (?:da |la nguoi .{0,40})?(?:tiep|don|chu tri|thay mat)|(?:lanh dao|vi) nao .{0,60}(?:tiep|don)"
        r"|(?:tiep|don) (?:doan )?la ai|duoc (?:ai|vi lanh dao nao .{0,60}) tiep|do ai tiep"
        r"|nguoi (?:tiep|don)(?! (?:nhan|can|tuc|quan|bo))",
    ),
    (
        Wanted.PARTICIPANTS,
        rf"(?:gom|co|may|bao nhieu|bn).{{0,30}}\b{_MANY} {_PEOPLE}|{_MANY} nguoi",
    ),
    (
        Wanted.DATE,
        r"khi nao|bao gio|hom nao|ngay nao|(?<!moi )ngay may|thang nao|thang may|nam nao|(?<!moi )nam bao nhieu|(?<!moi )nam may"
        r"|luc nao|thoi gian nao|vao ngay|(?<!moi )ngay bao nhieu|dot nao|la cua nam",
    ),
    (
        Wanted.DOCUMENT,
        r"(?:cong van|van ban|quyet dinh|nghi quyet|chi thi|nghi dinh|ke hoach|thong tu|to trinh|quy dinh)"
        r" (?:nao|so may|so bao nhieu|gi|so nao)|so (?:cong van|quyet dinh|nghi quyet)|bien ban(?: ghi nho)? so (?:may|bao nhieu)|van ban nao"
        r"|bao cao .{0,40}\bso (?:may|bao nhieu)\b",
    ),
    (
        Wanted.PLACE,
        r"o dau|den dau|tai dau|nhung dau|noi nao|cho nao|(?:dia diem|thanh pho|hoi truong|khach san|nha hang|phong hop|san bay|bao tang|phuong|xa|huyen"
        r"|tinh|quan|khu du lich|dia phuong|nuoc|co quan|don vi|trung tam) nao",
    ),
    (
        Wanted.PERSON,
        rf"{_NOT_MACHINE}\bai\b|ten la gi|nhung ai|(?:bo truong|thu truong|giam doc|chu tich|vu truong) nao",
    ),
    (
        Wanted.NUMBER,
        rf"{_MANY}|phan tram|ty le|thu may|thu bao nhieu|hang may|bao lau|muc nao|may lan",
    ),
)
_COMPILED = tuple((wanted, re.compile(rf"\b(?:{cue})")) for wanted, cue in _CUES)
_UNITS = re.compile(rf"\b{_MANY} ((?:[^\W\d_]+ ?){{1,3}})")


@dataclass(frozen=True, slots=True)
class WantedCue:
    """Words that ask for a kind of fact: `folded[start:end]`."""

    wanted: Wanted
    start: int
    end: int


def find_wanted(folded: str) -> tuple[WantedCue, ...]:
    """Return the first cue of each kind of fact, in the order of the table of cues."""
    found: list[WantedCue] = []
    for wanted, pattern in _COMPILED:
        inside = found if wanted is Wanted.NUMBER else ()
        apart = (m for m in pattern.finditer(folded) if not _is_within(m, inside))
        if (match := next(apart, None)) is not None:
            found.append(WantedCue(wanted, match.start(), match.end()))
    return tuple(found)


def _is_within(match: re.Match[str], cues: Sequence[WantedCue]) -> bool:
    """Return whether a number is the one of a date or document: "ngày mấy", "quyết định số mấy"."""
    return any(
        c.wanted in (Wanted.DATE, Wanted.DOCUMENT)
        and c.start <= match.start()
        and match.end() <= c.end
        for c in cues
    )


def counted_units(folded: str) -> tuple[str, ...]:
    """Return the words after "bao nhiêu", "mấy": what is counted."""
    return tuple(m[1].strip() for m in _UNITS.finditer(folded))


def settle(wanted: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    """Drop the general kinds beside a special one that the same words called up."""
    drop: set[Wanted] = set()
    if {Wanted.HEAD, Wanted.HOST_LEAD, Wanted.DEPUTY} & set(wanted):
        drop |= {Wanted.PERSON}
    if Wanted.DEPUTY in wanted:
        drop |= {Wanted.HEAD}
    if {Wanted.MONEY, Wanted.PARTICIPANTS, Wanted.CONTACT} & set(wanted):
        drop |= {Wanted.NUMBER}
    if Wanted.MONEY in wanted:
        drop |= {Wanted.PARTICIPANTS}
    if Wanted.DATE in wanted:
        drop |= {Wanted.NUMBER} if Wanted.NUMBER in wanted and len(wanted) == 2 else set()
    return tuple(w for w in wanted if w not in drop) or (Wanted.CONTENT,)
