"""Numbers of administrative documents: where they stand, and one key per number.

Forms follow Decree 30/2020/NĐ-CP (683/SNV-CCVC, 30/2020/NĐ-CP) and the order of Party documents
(18-NQ/TW). Does not read the document's date and does not know bare numbers ("Nghị quyết 57").
"""

import re
from dataclasses import dataclass

from hochoi.text import fold, nfc

_KIND_NAMES = (
    "Thông tư liên tịch|Văn bản hợp nhất|Bản ghi nhớ|Bản thỏa thuận|Bản thoả thuận|"
    "Giấy ủy quyền|Giấy uỷ quyền|Giấy mời|Giấy giới thiệu|Giấy nghỉ phép|Giấy phép|"
    "Phiếu gửi|Phiếu chuyển|Phiếu báo|Phiếu trình|Thư công|"
    "Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Quy chế|Quy định|"
    "Thông cáo|Thông báo|Thông tri|Thông tư|Hướng dẫn|Chương trình|Kế hoạch|Phương án|"
    "Đề án|Dự án|Báo cáo|Biên bản|Tờ trình|Hợp đồng|Công văn|Công điện|Công hàm|"
    "Kết luận|Pháp lệnh|Bộ luật|Luật|Lệnh|Sắc lệnh|Văn bản"
)
_GAP = r"[ \t\u00a0]{0,2}"
_DASH = "[-\u2010\u2011\u2013\u2014]"
_UPPER = "A-ZĐÂÊÔĂƠƯ"
_GROUP = rf"[{_UPPER}][{_UPPER}a-zđ0-9&.]{{0,24}}"
_LOW_GROUP = r"[a-zđ][a-zđ0-9&.]{0,9}"
# One spaced dash at most: in "12/KH-UBND - UBND tỉnh" the second one is punctuation.
_SYMBOL = rf"{_GROUP}(?:{_GAP}{_DASH}{_GAP}{_GROUP})?(?:{_DASH}{_GROUP}){{0,3}}"
_LOW_SYMBOL = rf"{_LOW_GROUP}(?:{_DASH}{_LOW_GROUP}){{0,3}}"
# Begins with a digit on purpose: the search then skips to the next digit at once.
_NUMBER = re.compile(
    rf"[0-9](?<![\w/.,-][0-9])(?:[0-9]{{0,5}}[a-zđ]?"
    rf"(?:{_GAP}/{_GAP}(?P<year>(?:19|20)\d\d))?{_GAP}/{_GAP}"
    rf"(?P<symbol>{_SYMBOL}|{_LOW_SYMBOL})"
    rf"|[0-9]{{0,3}}{_GAP}{_DASH}{_GAP}(?P<party>[{_UPPER}]{{2,5}}[a-z]?{_GAP}/{_GAP}[{_UPPER}]{{2,10}}"
    rf"|[a-zđ]{{2,4}}/[a-zđ]{{2,8}}))(?![\w/])"
)
_LEAD = re.compile(
    rf"(?:(?<!\w)(?P<kind>{_KIND_NAMES}|{fold(_KIND_NAMES)})[ \t\u00a0]{{1,3}})?"
    rf"(?P<so>(?<!\w)(?:số|so){_GAP}:?{_GAP})?$",
    re.IGNORECASE,
)
_LEAD_CHARS = 32  # the longest kind, "số:" and the spaces
_DASHES = re.compile(_DASH)
_SPACES = re.compile(r"\s+")
_VOWEL = re.compile(r"[aeiouy]")
_SHORT_COUNT = re.compile(r"^(\d)(?=\D)")
_SURPLUS_ZEROS = re.compile(r"^0+(?=\d\d)")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """One document number, `text[start:end]` of the text searched. Excludes its kind and "số"."""

    start: int
    end: int
    text: str
    kind: str | None  # the word before it as written, e.g. "Công văn"
    key: str


def find_document_numbers(text: str) -> tuple[DocumentNumber, ...]:
    """Return the document numbers of `text` in order, without overlaps.

    A number without a kind or "số" before it counts only when its symbol has a dash or a year
    stands in it, so that ratios, dates and units such as km/h fall out.
    """
    found: list[DocumentNumber] = []
    for match in _NUMBER.finditer(text):
        start = match.start()
        lead = _LEAD.search(text, max(0, start - _LEAD_CHARS), start)
        kind, is_led = (None, False) if lead is None else (lead["kind"], bool(lead[0]))
        if not _is_number(match, is_led):
            continue
        words = match[0].rstrip(".")
        end = start + len(words)
        found.append(DocumentNumber(start, end, words, kind, document_key(words)))
    return tuple(found)


def document_key(text: str) -> str:
    """Return the one form under which a document number is stored and looked up.

    NFC, upper case, no spaces, every dash a hyphen, the count with two digits at least and no
    surplus zeros: "5 / KH–UBND" -> "05/KH-UBND".
    """
    key = _DASHES.sub("-", _SPACES.sub("", nfc(text))).upper()
    return _SHORT_COUNT.sub(r"0\1", _SURPLUS_ZEROS.sub("", key))


def _is_number(match: re.Match[str], is_led: bool) -> bool:
    """Whether a candidate is a document number and not a unit, a ratio or a sentence part."""
    symbol = match["symbol"]
    if symbol is None:
        party: str = match["party"]
        return not party.islower() or _is_terse(party)
    groups = [group.strip() for group in _DASHES.split(symbol.rstrip("."))]
    if not (len(groups) > 1 or match["year"] or is_led):
        return False
    if symbol.islower():
        return _is_terse(symbol)
    has_words = any(sum(map(str.islower, group)) > 2 for group in groups)
    return not has_words and any(len(group) > 1 for group in groups)


def _is_terse(symbol: str) -> bool:
    """Whether a lower-case symbol is made of abbreviations: some group has no vowel."""
    return any(not _VOWEL.search(group) for group in re.split(r"[-/]", symbol))
