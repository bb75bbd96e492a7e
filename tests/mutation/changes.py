"""Make a true sentence false by one change: a digit, a date, a name, a unit, a negation and so on.

Every function returns the altered sentence, or None when the sentence offers nothing to alter.
What comes out says something else than the report; whether it reads well does not matter.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from hochoi.dates.finding import DatePhrase, find_dates
from hochoi.language.document_numbers import find_document_numbers
from hochoi.language.numbers import find_numbers
from hochoi.types import Person, Report, Stated
from tests.mutation.statements import Statement, provinces

Change = Callable[[str, Statement, random.Random], str | None]

_SYLLABLES = "Tuấn Hạnh Cường Diệp Khoa Nhung Vinh Quyên Thịnh Loan Đạt Yến Sáng Thảo Duy".split()
_NAME = r"(?:[A-ZĐÀ-ỸĂÂÊÔƠƯ][a-zà-ỹđăâêôơư]+ ){1,3}[A-ZĐÀ-ỸĂÂÊÔƠƯ][a-zà-ỹđăâêôơư]+"
_PERSON = re.compile(
    r"(?:ông|bà|đồng chí|Chủ tịch|Giám đốc|Bí thư|Trưởng ban|Chánh Văn phòng)(?: [^\W\d_]+){0,7}? "
    rf"({_NAME})"
)
_UNITS: tuple[tuple[str, ...], ...] = (
    ("ngày", "giờ", "tuần", "tháng", "năm"),
    ("triệu", "tỷ", "nghìn"),
    ("%", " điểm", " lần"),
    ("người", "đoàn", "đơn vị", "xã"),
    ("hồ sơ", "thủ tục", "dịch vụ", "tài khoản"),
    ("xã", "phường", "huyện", "tỉnh"),
    ("thủ tục", "hồ sơ", "tiêu chí"),
    ("đơn vị", "cán bộ", "hộ dân"),
    ("tài khoản", "giao dịch"),
    ("km", "m"),
    ("cán bộ", "doanh nghiệp"),
    ("bước", "ngày"),
    ("điểm", "%"),
    ("phút", "giờ"),
)
_BOUND = re.compile(
    r"(?<!\w)(?<!cao )(?<!thấp )(?<!nhiều )(?<!ít )(?<!nhanh )(?<!lớn )(?<!tốt )"
    r"(trên|hơn|gần|dưới|khoảng|tối thiểu|tối đa|ít nhất|không quá)(?= \d)",
    re.IGNORECASE,
)
_BOUNDABLE = re.compile(
    r"(?<!hơn)(?<!trên)(?<!dưới)(?<!gần)(?<!mỗi)(?<!quá)(?<!thứ)(?<!thiểu)(?<! đa)(?<!nhất) $"
)
_OTHER_BOUNDS = {
    "trên": ("dưới", "gần"),
    "hơn": ("gần", "dưới"),
    "gần": ("hơn", "trên"),
    "dưới": ("trên", "hơn"),
    "khoảng": ("hơn", "dưới"),
    "tối thiểu": ("tối đa",),
    "tối đa": ("tối thiểu",),
    "ít nhất": ("không quá", "nhiều nhất"),
    "không quá": ("hơn", "ít nhất"),
}
_OPPOSITES = (
    ("tăng", "giảm"),
    ("cao", "thấp"),
    ("trước", "sau"),
    ("nhiều", "ít"),
    ("lớn", "nhỏ"),
    ("nhanh", "chậm"),
    ("đầu tiên", "cuối cùng"),
    ("trong nước", "ngoài nước"),
    ("bắt buộc", "tự nguyện"),
    ("miễn phí", "thu phí"),
    ("thành công", "thất bại"),
    ("đúng hạn", "quá hạn"),
    ("trực tuyến", "trực tiếp"),
    ("công khai", "bí mật"),
    ("mở rộng", "thu hẹp"),
    ("cắt giảm", "bổ sung"),
    ("hoàn thành", "chưa hoàn thành"),
    ("cấp tỉnh", "cấp xã"),
)
_OPPOSITE = {a: b for one, other in _OPPOSITES for a, b in ((one, other), (other, one))}
_OPPOSITE_WORD = re.compile(
    r"(?<![\w“\"])(?:" + "|".join(sorted(_OPPOSITE, key=len, reverse=True)) + r")(?!\w)"
)
_VERB = re.compile(
    r"(?<![\w“\"])(?<!không )(?<!chưa )(được|có|đạt|là|đã|thực hiện|triển khai|"
    r"giới thiệu|áp dụng|xây dựng|thu|phải|sử dụng|trao đổi|"
    r"chia sẻ|tổ chức|tham gia|cung cấp|đề nghị|ký)(?= [a-zà-ỹđ])"
)
_DENIED = re.compile(
    r"(?<![\w“\"])(?:không|chưa|chẳng) (?!chỉ|gian|khí|phận|ngừng|quá|dưới|may|bao)(?=[a-zà-ỹđ])"
)
_DEPUTY = re.compile(r"(?<!\w)(?:Phó|phó) (?=(?:Giám|Chủ|Chánh|Trưởng|Bí|Cục|Vụ|Viện|Tổng) \w)")
_HEAD = re.compile(
    r"(?<![\w-])(?<!Phó )(?<!phó )"
    r"(?:Giám đốc|Chủ tịch|Chánh Văn phòng|Trưởng ban|Bí thư)(?!\w)"
)


def digit(text: str, _: Statement, chance: random.Random) -> str | None:
    """One digit of a quantity, wherever no date or document number stands."""
    kept = [(d.start, d.end) for d in find_dates(text)]
    kept += [(d.start, d.end) for d in find_document_numbers(text)]
    places = [m.start() for m in re.finditer(r"\d", text)]
    places = [p for p in places if not any(start <= p < end for start, end in kept)]
    return _with_other_digit(text, places, chance)


def _with_other_digit(text: str, places: Sequence[int], chance: random.Random) -> str | None:
    if not places:
        return None
    place = chance.choice(places)
    return (
        text[:place]
        + chance.choice([d for d in "0123456789" if d != text[place]])
        + text[place + 1 :]
    )


def day(text: str, _: Statement, chance: random.Random) -> str | None:
    """The day of a date."""
    return _moved_date(
        text, r"(?:ngày |hôm |sáng |chiều |, |và )?(\d{1,2})(?=[/.-]\d| tháng)", 28, chance
    )


def month(text: str, _: Statement, chance: random.Random) -> str | None:
    """The month of a date."""
    return _moved_date(text, r"(?:\d[/.-]|tháng )(\d{1,2})(?!\d)", 12, chance)


def year(text: str, _: Statement, chance: random.Random) -> str | None:
    """The year of a date."""
    return _moved_date(text, r"((?:19|20)\d\d)(?!\d)", 2099, chance)


def _moved_date(text: str, part: str, top: int, chance: random.Random) -> str | None:
    dates = [d for d in find_dates(text) if re.search(part, d.text, re.IGNORECASE)]
    if not dates:
        return None
    phrase = chance.choice(dates)
    number = chance.choice(list(re.finditer(part, phrase.text, re.IGNORECASE)))
    value = int(number[1])
    steps = [n for n in (-3, -2, -1, 1, 2, 3) if 1 <= value + n <= top]
    if not steps:
        return None
    new = str(value + chance.choice(steps)).zfill(len(number[1]))
    changed = phrase.text[: number.start(1)] + new + phrase.text[number.end(1) :]
    if not _is_other_date(changed, phrase):
        return None
    return text[: phrase.start] + changed + text[phrase.end :]


def _is_other_date(changed: str, phrase: DatePhrase) -> bool:
    found = find_dates(changed)
    parts = (phrase.first, phrase.last, phrase.day, phrase.month)
    return (
        len(found) == 1 and (found[0].first, found[0].last, found[0].day, found[0].month) != parts
    )


def syllable(text: str, _: Statement, chance: random.Random) -> str | None:
    """One syllable of a person's name."""
    people = [m for m in _PERSON.finditer(text) if not provinces().find(m[1])]
    if not people:
        return None
    person = chance.choice(people)
    words = person[1].split(" ")
    place = chance.randrange(len(words))
    words[place] = chance.choice([s for s in _SYLLABLES if s not in words])
    return text[: person.start(1)] + " ".join(words) + text[person.end(1) :]


def person(text: str, of: Statement, chance: random.Random) -> str | None:
    """A person exchanged for another one of the same report."""
    names = [name for name in _people(of.report) if name in text]
    others = [name for name in _people(of.report) if name not in text]
    if not names or not others:
        return None
    return text.replace(chance.choice(names), chance.choice(others))


def _people(report: Report) -> list[str]:
    visit = report.visit
    stated: list[Stated[Person]] = [*visit.deputy_heads, *visit.host_leads]
    stated += [visit.head_of_delegation] if visit.head_of_delegation else []
    return sorted({s.value.name for s in stated if s.value.name})


def province(text: str, of: Statement, chance: random.Random) -> str | None:
    """A province exchanged for another one, of the same report where there is one."""
    table = provinces()
    mentions = table.find(text)
    if not mentions:
        return None
    mention = chance.choice(mentions)
    taken = {table.current(m.province) for m in mentions}
    near = {m.province for m in table.find(of.report.text)}
    far = {"Lai Châu", "Cao Bằng", "Khánh Hòa", "Phú Yên", "Hà Giang", "Đắk Nông", "Vĩnh Long"}
    pool = [p for p in sorted(near) if table.current(p) not in taken]
    if not pool or chance.random() < 0.5:
        pool = [p for p in sorted(far) if table.current(p) not in taken]
    return text[: mention.start] + chance.choice(pool) + text[mention.end :]


def document(text: str, _: Statement, chance: random.Random) -> str | None:
    """One digit, or the letters, of a document number."""
    numbers = find_document_numbers(text)
    if not numbers:
        return None
    number = chance.choice(numbers)
    letters = re.search(r"(?<=[/-])[A-ZĐ]{2,}", text[number.start : number.end])
    if letters and chance.random() < 0.4:
        start, end = number.start + letters.start(), number.start + letters.end()
        other = chance.choice([a for a in ("BTC", "STP", "QĐ", "KH") if a != letters[0]])
        return text[:start] + other + text[end:]
    places = [m.start() for m in re.finditer(r"\d", text) if number.start <= m.start() < number.end]
    return _with_other_digit(text, places, chance)


def unit(text: str, _: Statement, chance: random.Random) -> str | None:
    """What a number counts."""
    found = []
    for number in find_numbers(text):
        at = number.end
        for group in _UNITS:
            own = group[0].strip()
            match = re.match(rf"[ \u00a0]?{re.escape(own)}(?!\w)", text[at:])
            if match:
                found.append((at + match.end() - len(own), at + match.end(), group[1:]))
        scale = re.search(r"(?:triệu|tỷ|nghìn)$", number.text)
        if scale:
            others = tuple(s for s in ("triệu", "tỷ", "nghìn") if s != scale[0])
            found.append((number.start + scale.start(), number.start + scale.end(), others))
    if not found:
        return None
    start, end, others = chance.choice(found)
    return text[:start] + chance.choice(others) + text[end:]


def bound(text: str, _: Statement, chance: random.Random) -> str | None:
    """ "Hơn" for "gần", "trên" for "dưới", or one of them before an exact number."""
    bounds = list(_BOUND.finditer(text))
    if bounds and chance.random() < 0.7:
        match = chance.choice(bounds)
        other = chance.choice(_OTHER_BOUNDS[match[1].lower()])
        return text[: match.start()] + other + text[match.end() :]
    bounded = {m.end() + 1 for m in bounds}
    exact = [n for n in find_numbers(text) if n.start not in bounded and n.unit and n.start]
    exact = [n for n in exact if _BOUNDABLE.search(text[: n.start])]
    if not exact:
        return None
    at = chance.choice(exact).start
    return text[:at] + chance.choice(["hơn ", "gần ", "dưới ", "trên "]) + text[at:]


def negation(text: str, _: Statement, chance: random.Random) -> str | None:
    """A "không" or "chưa" taken away, or put before a verb."""
    denied = list(_DENIED.finditer(text))
    if denied and chance.random() < 0.7:
        match = chance.choice(denied)
        return text[: match.start()] + text[match.end() :]
    verbs = [m for m in _VERB.finditer(text) if not text[m.end() :].startswith(" không")]
    if not verbs:
        return None
    verb = chance.choice(verbs)
    if verb[1] == "đã":
        return text[: verb.start()] + "chưa" + text[verb.end() :]
    if verb[1] == "là":
        return text[: verb.start()] + "không phải là" + text[verb.end() :]
    return text[: verb.start()] + chance.choice(["không ", "chưa "]) + text[verb.start() :]


def direction(text: str, _: Statement, chance: random.Random) -> str | None:
    """A word exchanged for its opposite."""
    words = list(_OPPOSITE_WORD.finditer(text))
    if not words:
        return None
    word = chance.choice(words)
    return text[: word.start()] + _OPPOSITE[word[0]] + text[word.end() :]


def rank(text: str, _: Statement, chance: random.Random) -> str | None:
    """A deputy made the head, or a head the deputy."""
    deputies = list(_DEPUTY.finditer(text))
    heads = list(_HEAD.finditer(text))
    if deputies and (not heads or chance.random() < 0.6):
        match = chance.choice(deputies)
        return text[: match.start()] + text[match.end() :]
    if not heads:
        return None
    match = chance.choice(heads)
    return f"{text[: match.start()]}Phó {text[match.start() :]}"


def figures(text: str, _: Statement, chance: random.Random) -> str | None:
    """Two numbers of a sentence exchanged."""
    numbers = [n for n in find_numbers(text) if not n.text.startswith(("+", "-"))]
    pairs = [(a, b) for a in numbers for b in numbers if a.start < b.start and a.value != b.value]
    pairs = [(a, b) for a, b in pairs if not _is_commutative(text, a.end, b.start)]
    if not pairs:
        return None
    first, second = chance.choice(pairs)
    between = text[first.end : second.start]
    return text[: first.start] + second.text + between + first.text + text[second.end :]


def _is_commutative(text: str, start: int, end: int) -> bool:
    return re.fullmatch(r"[ ,]*(?:và|hoặc|,)[ ,]*", text[start:end]) is not None


def order(text: str, of: Statement, _: random.Random) -> str | None:
    """The host and the visitor of the report exchanged."""
    visit = of.report.visit
    hosts = {p.value.province for p in visit.host if p.value.province}
    visitors = {p.value.province for p in visit.visitors if p.value.province}
    mentions = [m for m in provinces().find(text) if m.province in hosts ^ visitors]
    names = {m.province for m in mentions}
    if not (names & hosts and names & visitors) or len(names) != 2:
        return None
    host, visitor = (next(m.text for m in mentions if m.province in s) for s in (hosts, visitors))
    pieces, position = [], 0
    for mention in mentions:
        pieces += [text[position : mention.start], visitor if mention.province in hosts else host]
        position = mention.end
    return "".join([*pieces, text[position:]])


CHANGES: Mapping[str, Change] = {
    "digit": digit,
    "day": day,
    "month": month,
    "year": year,
    "syllable of a name": syllable,
    "person": person,
    "province": province,
    "document number": document,
    "unit": unit,
    "bound": bound,
    "negation": negation,
    "opposite": direction,
    "deputy": rank,
    "figures exchanged": figures,
    "host and visitor": order,
}


def altered(text: str, of: Statement, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (what was changed, false sentence) for everything that a sentence offers."""
    for name, change in CHANGES.items():
        changed = change(text, of, chance)
        if changed is not None and changed != text:
            yield name, changed
