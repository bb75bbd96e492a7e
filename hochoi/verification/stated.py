"""Whether every fact of a sentence stands somewhere in the quoted words, in whatever form.

Numbers, dates, provinces and names one by one; where they stand is compared in
`hochoi/verification/places.py`.
"""

import re
from collections.abc import Iterator, Sequence

from hochoi.dates.phrases import DatePhrase, Precision
from hochoi.dates.spans import Span as Days
from hochoi.drafting.stated_facts import Item, Kind, StatedFacts, words_of
from hochoi.provinces import ProvinceTable

# Numbers

COUNT_WORDS = {
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


def numbers_stand(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    """Return whether every number stands in the quoted words, percents as percents."""
    years = {float(d.year) for p in quoted.dates for d in (p.first, p.last) if d is not None}
    values = {q.value for q in quoted.quantities} | years
    percents = {q.value for q in quoted.quantities if q.is_percent}
    counts = {float(COUNT_WORDS[w]) for w in quoted.words if w in COUNT_WORDS}
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
        if item.kind is Kind.WORD and item.value in COUNT_WORDS:
            before = f"{items[n - 1].value} {item.value}" if n else ""
            after = f"{item.value} {items[n + 1].value}" if n + 1 < len(items) else ""
            is_capital = sentence.text[item.start].isupper() and n > 0
            if not ({before, after} & _LOOSE_COUNTS or is_capital):
                yield item.value, float(COUNT_WORDS[item.value])


# Dates

_CONTAINING = frozenset({Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.YEAR})


_NO_DATE = re.compile(r"(?<!\w)(?:tháng (?:1[3-9]|[2-9]\d)|ngày (?:3[2-9]|[4-9]\d))(?![\d.,])")


def dates_stand(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    """Return whether every date stands in the quoted words, as exactly or more exactly."""
    is_possible = _NO_DATE.search(sentence.text) is None
    return is_possible and all(_date_stands(d, quoted) for d in sentence.dates)


def _date_stands(asked: DatePhrase, quoted: StatedFacts) -> bool:
    """Whether a date is stated in the quoted words, as exactly or more exactly."""
    if stands_in(words_of(asked.text), quoted.words):
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


# Addresses

_ADDRESS = re.compile(
    r"[\w.+-]+@[\w.-]+|(?<![\w.@])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,}(?!\w)"
)


def addresses_stand(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    """Return whether every address of a mailbox or a site stands there letter by letter."""
    stated = {address.lower().rstrip(".") for address in _ADDRESS.findall(quoted.text)}
    own = {address.lower().rstrip(".") for address in _ADDRESS.findall(sentence.text)}
    return own <= stated


# Provinces and names

_NOW_CALLED = re.compile(
    r"(?:nay là|nay thuộc|hiện nay là|trước đây là|trước là|cũ là|tên cũ là|tức|cũ:|nay:)\s*$",
    re.IGNORECASE,
)
_FORMERLY = re.compile(r"\s*\(?cũ\)?", re.IGNORECASE)


def provinces_stand(sentence: StatedFacts, quoted: StatedFacts, provinces: ProvinceTable) -> bool:
    """Return whether every province stands there, by its old or its new name if it says so."""
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


def names_stand(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    """Return whether every name stands there, whole or put together from full names."""
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

    "UBND Lê Văn Tám" may be composed of "UBND" and "Lê Văn Tám". Only its first word may be a
    piece alone, and no surname is one.
    """
    if not name or _is_row_of_names(name, sources):
        return True
    is_alone = name[0] not in _SURNAMES and any(name[0] in source for source in sources)
    return is_alone and len(name) > 1 and _is_row_of_names(name[1:], sources)


def _is_row_of_names(words: Sequence[str], sources: Sequence[tuple[str, ...]]) -> bool:
    """Whether words stand in a text, whole or cut before surnames."""
    if any(stands_in(words, source) for source in sources):
        return True
    return any(
        words[cut] in _SURNAMES
        and not (cut == 1 and words[0] in _SURNAMES)
        and cut + 1 < len(words)
        and any(stands_in(words[:cut], source) for source in sources)
        and _is_row_of_names(words[cut:], sources)
        for cut in range(1, len(words))
    )


def stands_in(words: Sequence[str], text: Sequence[str]) -> bool:
    """Return whether some words stand in a row in others."""
    return f" {' '.join(words)} " in f" {' '.join(text)} "
