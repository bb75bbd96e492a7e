"""Decide whether the words of a report support a sentence.

Every number, date, document number, province and name of the sentence must stand in the quoted
words; so must most other words; and where the quoted words fill the same place with something
else, or turn host and visitor round, the sentence is not supported. Knows no markers and no hits.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from hochoi.dates.phrases import DatePhrase, Precision
from hochoi.dates.spans import Span as Days
from hochoi.drafting.stated_facts import Item, Kind, StatedFacts, words_of
from hochoi.provinces import ProvinceTable
from hochoi.ranking.visit_roles import Roles, read_roles
from hochoi.text import fold

MIN_WORDS = 0.65  # share of the sentence's own words that must stand in the quoted ones
MIN_PAIRS = 0.30  # ... and of its neighbouring pairs


class Fault(Enum):
    """Why a sentence of a draft is not shown."""

    UNCITED = "uncited"
    UNKNOWN_SOURCE = "unknown source"
    UNQUOTABLE = "nothing to quote"
    NUMBER = "number"
    DATE = "date"
    DOCUMENT = "document number"
    PROVINCE = "province"
    NAME = "name"
    PLACE = "another value in the same place"
    ROLES = "host and visitor"
    POLARITY = "negation or direction"
    WORDS = "words"
    QUOTATION = "quotation"
    FORM = "link, markup or length"
    VOICE = "speaks of itself or gives orders"
    REPEATED = "repeated"


def faults(
    sentence: StatedFacts, quoted: StatedFacts, known: Roles, provinces: ProvinceTable
) -> tuple[Fault, ...]:
    """Return why quoted words do not support a sentence; empty when they do.

    Args:
        sentence: What is claimed.
        quoted: The words of the report.
        known: Who hosts and who visits, as far as the record of the visit says.
        provinces: For old and new names.
    """
    return tuple(
        fault
        for fault, holds in (
            (Fault.NUMBER, _numbers_stand(sentence, quoted)),
            (Fault.DATE, _dates_stand(sentence, quoted)),
            (Fault.DOCUMENT, sentence.documents <= quoted.documents),
            (Fault.PROVINCE, _provinces_stand(sentence, quoted, provinces)),
            (Fault.NAME, _names_stand(sentence, quoted)),
            (Fault.PLACE, not list(_displaced(sentence, quoted))),
            (Fault.ROLES, _roles_agree(sentence, quoted, known)),
            (Fault.POLARITY, _polarity_agrees(sentence, quoted)),
            (Fault.WORDS, words_shared(sentence, quoted)),
        )
        if not holds
    )


# Numbers

_COUNT_WORDS = {
    word: value
    for value, words in enumerate(
        ("", "", "hai", "ba", "bốn tư", "", "sáu", "bảy bẩy", "tám", "chín", "mười")
    )
    for word in words.split()
}
_LOOSE_COUNTS = frozenset(
    "hai bên|hai phía|hai tỉnh|hai địa|hai đơn|hai thành|hai đoàn|hai nơi|hai nước|thứ tư|riêng tư"
    "|đầu tư|vật tư|thông tư|tư vấn|tư pháp|tư tưởng|tư nhân|tư liệu|tư lệnh|tư cách|tư duy|ba vì"
    "|ba đình|ba bể|chín muồi|sáu tháng".split("|")
)


def _numbers_stand(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    years = {float(d.year) for p in quoted.dates for d in (p.first, p.last) if d is not None}
    values = {q.value for q in quoted.quantities} | years
    percents = {q.value for q in quoted.quantities if q.is_percent}
    counts = {float(_COUNT_WORDS[w]) for w in quoted.words if w in _COUNT_WORDS}
    for quantity in sentence.quantities:
        is_small = quantity.value <= 10 and quantity.value in counts and not quantity.is_percent
        pool = percents if quantity.is_percent else values
        if quantity.value not in pool and not is_small:
            return False
    return all(w in quoted.words or v in values for w, v in _spelled_counts(sentence))


def _spelled_counts(sentence: StatedFacts) -> Iterator[tuple[str, float]]:
    """Yield the counts written as words, such as "ba trụ cột"."""
    items = sentence.items
    for n, item in enumerate(items):
        if item.kind is Kind.WORD and item.value in _COUNT_WORDS:
            before = f"{items[n - 1].value} {item.value}" if n else ""
            after = f"{item.value} {items[n + 1].value}" if n + 1 < len(items) else ""
            is_capital = sentence.text[item.start].isupper() and n > 0
            if not ({before, after} & _LOOSE_COUNTS or is_capital):
                yield item.value, float(_COUNT_WORDS[item.value])


# Dates

_CONTAINING = frozenset({Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.YEAR})


_NO_DATE = re.compile(r"(?<!\w)(?:tháng (?:1[3-9]|[2-9]\d)|ngày (?:3[2-9]|[4-9]\d))(?![\d.,])")


def _dates_stand(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    is_possible = _NO_DATE.search(sentence.text) is None
    return is_possible and all(_date_stands(d, quoted) for d in sentence.dates)


def _date_stands(asked: DatePhrase, quoted: StatedFacts) -> bool:
    """Whether a date is stated in the quoted words, as exactly or more exactly."""
    if _stands(words_of(asked.text), quoted.words):
        return True
    if asked.relative:
        return False
    if asked.first is not None and asked.last is not None:
        return _days_stand((asked.first, asked.last), asked.precision, quoted)
    for own in quoted.dates:
        if (own.month, own.last_month) != (asked.month, asked.last_month):
            continue
        if asked.day is None or (own.day, own.last_day) == (asked.day, asked.last_day):
            return True
    return False


def _days_stand(days: Days, precision: Precision, quoted: StatedFacts) -> bool:
    own = [(d.first, d.last) for d in quoted.dates if d.first is not None and d.last is not None]
    if days in own:
        return True
    if precision in _CONTAINING and any(days[0] <= f and t <= days[1] for f, t in own):
        return True
    if precision is Precision.YEAR:
        return float(days[0].year) in {q.value for q in quoted.quantities}
    is_range = precision is Precision.RANGE
    return is_range and any(f == days[0] for f, _ in own) and any(t == days[1] for _, t in own)


# Provinces and names

_NOW_CALLED = re.compile(
    r"(?:nay là|nay thuộc|hiện nay là|trước đây là|trước là|cũ là|tên cũ là|tức|cũ:|nay:)\s*$",
    re.IGNORECASE,
)
_FORMERLY = re.compile(r"\s*\(?cũ\)?", re.IGNORECASE)


def _provinces_stand(sentence: StatedFacts, quoted: StatedFacts, provinces: ProvinceTable) -> bool:
    stated = {item.value for item in quoted.provinces}
    for item in sentence.provinces:
        if item.value in stated:
            continue
        current = provinces.current(item.value)
        related = {name for name in stated if provinces.current(name) == current}
        before = sentence.text[max(0, item.start - 24) : item.start]
        is_labelled = _NOW_CALLED.search(before) or _FORMERLY.match(sentence.text, item.end)
        is_one_of_them = item.value == current or current in related
        if not (related and is_labelled and is_one_of_them):
            return False
    return True


_SURNAMES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh trương tô "
    "tạ lưu lương phùng vương triệu tống quách đàm hứa tăng mai đào cao đoàn hà kiều lâm thái "
    "chu châu doãn giang khổng la lã lại lục mạc nghiêm nông ninh ông phí phương quan sầm thạch "
    "thân tiêu tôn từ ung viên văn vi bế bạch ma lò lường quàng cầm giàng vàng sùng hạng".split()
)
_UNNAMED = frozenset({"ông", "bà", "anh", "chị", "đồng", "chí"})


def _names_stand(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    sources = (quoted.words, *quoted.longer)
    for item, name in zip(_named(sentence), sentence.names, strict=True):
        opens = not sentence.text[: item.start].strip("“\"'‘«(-– ")
        if not (_is_composed(name, sources) or _opens_plainly(name, sources, opens)):
            return False
    return all(
        any(word in source for source in sources) or (opens and word not in _SURNAMES)
        for word, opens in _single_capitals(sentence)
    )


def _named(sentence: StatedFacts) -> list[Item]:
    return [item for item in sentence.items if item.kind is Kind.NAME]


def _opens_plainly(name: Sequence[str], sources: Sequence[tuple[str, ...]], opens: bool) -> bool:
    """Whether only the first word of a sentence, no surname, is missing from a name."""
    return opens and name[0] not in _SURNAMES and _is_composed(name[1:], sources)


def _single_capitals(sentence: StatedFacts) -> Iterator[tuple[str, bool]]:
    """Yield single capitalised words, and whether they open the sentence."""
    for n, item in enumerate(sentence.items):
        if item.kind is Kind.WORD and sentence.text[item.start].isupper():
            yield item.value, n == 0


def _is_composed(name: Sequence[str], sources: Sequence[tuple[str, ...]]) -> bool:
    """Whether a run of capitalised words stands in a text, whole or in full names.

    "Chủ tịch UBND Lê Văn Tám" may be composed of "UBND" and "Lê Văn Tám"; a surname alone does
    not count as a piece.
    """
    if not name or any(_stands(name, source) for source in sources):
        return True
    for cut in range(1, len(name)):
        head, tail = name[:cut], name[cut:]
        is_border = tail[0] in _SURNAMES or (cut == 1 and head[0] not in _SURNAMES)
        if len(tail) == 1 and tail[0] in _SURNAMES:
            continue
        if is_border and any(_stands(head, s) for s in sources) and _is_composed(tail, sources):
            return not (cut == 1 and head[0] in _SURNAMES)
    return False


def _stands(words: Sequence[str], text: Sequence[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(text)} "


# The same place, filled with something else

_NEIGHBOURS = 8  # items looked at on either side of a place
_ALIKE = 2  # agreeing neighbours on either side that make two places the same

_LEAD_IN = frozenset({"theo", "báo", "cáo", "nguồn", "tài", "liệu", "đó"})


def _displaced(sentence: StatedFacts, quoted: StatedFacts) -> Iterator[Item]:
    """Yield facts of the sentence whose place the quoted words fill with something else.

    The place of a fact is the words around it. Of the quoted places those count that agree
    with it furthest; beyond the ends of the sentence anything agrees.
    """
    items = sentence.items
    while items and items[0].value in _LEAD_IN:
        items = items[1:]
    for n, item in enumerate(items):
        kind = _placed_kind(sentence, n + len(sentence.items) - len(items))
        if kind is None:
            continue
        best = 0
        there: set[str] = set()
        for m, other in enumerate(quoted.items):
            if other.kind is not item.kind or _placed_kind(quoted, m) is not kind:
                continue
            alike = _likeness(items, n, quoted.items, m)
            if alike > best:
                best, there = alike, set()
            if alike == best:
                there.add(other.value)
        if best and item.value not in there:
            yield item


def _placed_kind(facts: StatedFacts, n: int) -> Kind | None:
    """Return the kind of an item that is compared by place: a fact or a capitalised word."""
    item = facts.items[n]
    if item.kind is not Kind.WORD:
        return item.kind
    is_capital = facts.text[item.start].isupper() and n > 0
    return Kind.WORD if is_capital and facts.text[item.start - 1].isspace() else None


def _likeness(ours: Sequence[Item], n: int, theirs: Sequence[Item], m: int) -> int:
    """Return how many neighbours agree, 0 when too few do for the places to be the same."""
    left = _agreeing(
        ours[max(0, n - _NEIGHBOURS) : n][::-1], theirs[max(0, m - _NEIGHBOURS) : m][::-1]
    )
    right = _agreeing(ours[n + 1 : n + 1 + _NEIGHBOURS], theirs[m + 1 : m + 1 + _NEIGHBOURS])
    near = [*ours[n - left[0] : n], *ours[n + 1 : n + 1 + right[0]]]
    if all(item.kind is not Kind.WORD for item in near):
        return 0
    both = all(count >= _ALIKE or is_whole for count, is_whole in (left, right))
    return left[0] + right[0] if both and left[0] + right[0] >= _ALIKE else 0


def _agreeing(ours: Sequence[Item], theirs: Sequence[Item]) -> tuple[int, bool]:
    """Return how many items agree from the start on, and whether all of ours do."""
    count = 0
    for own, other in zip(ours, theirs, strict=False):
        if own.key != other.key:
            return count, False
        count += 1
    return count, count == len(ours)


def _roles_agree(sentence: StatedFacts, quoted: StatedFacts, known: Roles) -> bool:
    claimed = read_roles(sentence)
    if claimed.contradicts(known) and not _is_verbatim(sentence, quoted):
        return False
    return claimed.stands_in(known) or not claimed.contradicts(read_roles(quoted))


def _is_verbatim(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    """Whether everything from the first province to the last stands so in the quoted words."""
    places = [n for n, item in enumerate(sentence.items) if item.kind is Kind.PROVINCE]
    stretch = sentence.items[places[0] : places[-1] + 1]
    return _stands([i.value for i in stretch], [i.value for i in quoted.items])


# Direction and negation

_POLAR = frozenset(
    "tăng giảm thấp cao kém vượt trễ sớm muộn thiếu thừa đóng mở lỗ lãi thu chi bỏ cấm từ_chối "
    "nhất cuối đầu ngừng dừng hủy thất_bại sai".split()
)
_NEGATIONS = frozenset({"không", "chưa", "chẳng", "chả", "đừng"})


def _polarity_agrees(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    own = set(quoted.words)
    if any(word in _POLAR and word not in own for word in sentence.words):
        return False
    if any(word in _NEGATIONS for word in sentence.words) and not own & _NEGATIONS:
        return False
    denied, said = _denied(quoted.words)
    claimed = _denied(sentence.words)[1]
    return not any(pair in claimed and pair not in said for pair in denied)


def _denied(words: Sequence[str]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the pairs of words right after a negation, and all other pairs."""
    denied: set[tuple[str, str]] = set()
    said: set[tuple[str, str]] = set()
    for n in range(len(words) - 1):
        is_denied = n > 0 and words[n - 1] in _NEGATIONS
        (denied if is_denied else said).add((words[n], words[n + 1]))
    return denied, said


# Words

_EMPTY_WORDS = frozenset(
    "theo bao cao cho biet thi la va cua voi cac nhung mot duoc da dang se co nay do khi trong "
    "tren tai ve den tu boi vi de nhu cung con rang ma o nguon doan neu ghi trich ngoai ra day "
    "ay".split()
)


def words_shared(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    """Return whether enough words, and enough neighbouring pairs, stand in the quoted words.

    Facts are compared elsewhere; here only the words between them count, counts spelled out
    excepted.
    """
    pool = {*quoted.words, *(word for longer in quoted.longer for word in longer)}
    pairs = {pair for words in (quoted.words, *quoted.longer) for pair in pairwise(words)}
    plain = [_is_plain(item) for item in sentence.items]
    own = [i.value for i, is_plain in zip(sentence.items, plain, strict=True) if is_plain]
    own_pairs = [
        (a.value, b.value)
        for (a, b), both in zip(pairwise(sentence.items), pairwise(plain), strict=True)
        if all(both) and not (_is_empty(a.value) and _is_empty(b.value))
    ]
    own = [word for word in own if not _is_empty(word)]
    found = sum(word in pool for word in own)
    paired = sum(pair in pairs for pair in own_pairs)
    has_facts = not all(plain)
    return (
        (bool(own) or has_facts)
        and found >= MIN_WORDS * len(own)
        and paired >= MIN_PAIRS * len(own_pairs)
    )


def _is_empty(word: str) -> bool:
    return fold(word) in _EMPTY_WORDS


def _is_plain(item: Item) -> bool:
    return item.kind is Kind.WORD and item.value not in _COUNT_WORDS
