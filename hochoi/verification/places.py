"""Compare a sentence with quoted words place by place: the same place, filled with something else.

A place is known by the words around it. Does not ask whether a fact stands anywhere at all; see
`hochoi/verification/stated.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hochoi.drafting.stated_facts import Item, Kind, StatedFacts

_NEIGHBOURS = 8  # items looked at on either side of a place
_ALIKE = 2  # agreeing neighbours on either side that make two places the same
_OPENS_TITLE = (",", "(", "-", "–")
_TITLE_ALIKE = 3  # ... on one side, between a person's name and the title right beside it
_LEAD_IN = frozenset({"theo", "báo", "cáo", "nguồn", "tài", "liệu", "đó"})
_SHORT = {"ủy ban nhân dân": "ubnd", "hội đồng nhân dân": "hđnd"}
_COURTESIES = frozenset({"ông", "bà", "anh", "chị", "bác", "sĩ"})
_TITLES = frozenset(
    "phó giám chủ chánh trưởng bí cục vụ viện tổng thứ bộ quyền nguyên đại tham thiếu trung "
    "thượng hiệu quận thị thống tỉnh chuyên ủy phụ đồng".split()
)


def comparable(facts: StatedFacts) -> tuple[Item, ...]:
    """Return the items of a text in the form in which neighbours are compared.

    What comes and goes is left out: a lead-in ("theo báo cáo"), courtesies before a name, "tỉnh"
    before a province or a name, "phần trăm" behind a number. "Ủy ban nhân dân" is "UBND", and
    "UBND Lê Văn Tám" is two names.
    """
    items = tuple(_shortened(tuple(_parted(facts))))
    first = 0
    while first < len(items) and items[first].value in _LEAD_IN:
        first += 1
    kept = []
    for n in range(first, len(items)):
        following = items[n + 1] if n + 1 < len(items) else None
        if not _comes_and_goes(items[n], following, items[n - 1] if n else None):
            kept.append(items[n])
    return tuple(kept)


def _parted(facts: StatedFacts) -> Iterator[Item]:
    """Yield the items, an agency's abbreviation apart from the name of a person behind it."""
    for item in facts.items:
        agency, _, person = item.value.partition(" ")
        if item.kind is Kind.NAME and person and agency in _SHORT.values():
            cut = item.start + len(facts.text[item.start : item.end].split(maxsplit=1)[0])
            yield Item(Kind.NAME, item.start, cut, agency)
            yield Item(Kind.NAME, cut + 1, item.end, person)
        else:
            yield item


def _shortened(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items with the agencies that are mostly abbreviated as one name each."""
    n = 0
    while n < len(items):
        four = items[n : n + 4]
        short = _SHORT.get(" ".join(item.value for item in four))
        if short is None:
            yield items[n]
            n += 1
        else:
            yield Item(Kind.NAME, four[0].start, four[-1].end, short)
            n += len(four)


def _comes_and_goes(item: Item, following: Item | None, before: Item | None) -> bool:
    if item.kind is not Kind.WORD:
        return False
    previous = "" if before is None else before.value
    if item.value == "trăm" and previous == "phần":
        return True
    if following is None:
        return False
    if item.value == "phần" and following.value == "trăm":
        return before is not None and before.kind is Kind.NUMBER
    if item.value == "đồng":
        return following.value == "chí"
    if item.value == "chí":
        return previous == "đồng"
    if item.value == "tỉnh":
        return following.kind in (Kind.PROVINCE, Kind.NAME)
    return item.value in _COURTESIES and following.kind is not Kind.WORD


def displaced(sentence: StatedFacts, quoted: StatedFacts) -> Iterator[Item]:
    """Yield facts of the sentence whose place the quoted words fill with something else.

    Of the quoted places those count that agree with it furthest; beyond the ends of the sentence
    anything agrees. A person's place is also the title beside the name, or what stands around
    name and title together. A date that contains the quoted one is no other one.
    """
    whole = _Sides(sentence, quoted, comparable(sentence), comparable(quoted))
    bare = _Sides(
        sentence,
        quoted,
        _without_titles(sentence, whole.ours),
        _without_titles(quoted, whole.theirs),
    )
    names = {item: n for n, item in enumerate(bare.ours) if item.kind is Kind.NAME}
    for n, item in enumerate(whole.ours):
        kind = _placed_kind(sentence, item)
        if kind is None:
            continue
        there = whole.values_at(n, kind, _likeness)
        if not there and kind is Kind.NAME:
            there = whole.values_at(n, kind, _title_likeness)
        if not there and item in names:
            there = bare.values_at(names[item], Kind.NAME, _likeness)
        if there and item.value not in there and not _contains(item, there):
            yield item


@dataclass(frozen=True, slots=True)
class _Sides:
    """A sentence and quoted words, with the items of both that are compared."""

    sentence: StatedFacts
    quoted: StatedFacts
    ours: Sequence[Item]
    theirs: Sequence[Item]

    def values_at(self, n: int, kind: Kind, likeness: "_Likeness") -> set[str]:
        """Return what the quoted words have at the place of our n-th item; empty: no such place."""
        best = 0
        there: set[str] = set()
        for m, other in enumerate(self.theirs):
            if other.kind is not self.ours[n].kind or _placed_kind(self.quoted, other) is not kind:
                continue
            alike = likeness(self, n, m)
            if alike > best:
                best, there = alike, set()
            if alike and alike == best:
                there.add(other.value)
        return there

    def gaps(self, n: int, m: int) -> tuple[str, ...]:
        """Return what stands right before our n-th and their m-th item; empty at an end."""
        if not (0 < n < len(self.ours) and 0 < m < len(self.theirs)):
            return ()
        return (
            self.sentence.text[self.ours[n - 1].end : self.ours[n].start],
            self.quoted.text[self.theirs[m - 1].end : self.theirs[m].start],
        )


_Likeness = Callable[[_Sides, int, int], int]


def _without_titles(facts: StatedFacts, items: Sequence[Item]) -> list[Item]:
    """Return the items without the titles behind names: ", Phó Giám đốc Sở Nội vụ,"."""
    kept: list[Item] = []
    in_title = False
    for n, item in enumerate(items):
        gap = facts.text[items[n - 1].end : item.start].strip() if n else ""
        if in_title and gap:
            in_title = False
        elif n and items[n - 1].kind is Kind.NAME and gap in _OPENS_TITLE:
            in_title = _is_title(item)
        if not in_title:
            kept.append(item)
    return kept


def _placed_kind(facts: StatedFacts, item: Item) -> Kind | None:
    """Return the kind of an item that is compared by place: a fact or a capitalised word."""
    if item.kind is not Kind.WORD:
        return item.kind
    is_capital = facts.text[item.start].isupper() and item.start > 0
    return Kind.WORD if is_capital and facts.text[item.start - 1].isspace() else None


def _contains(item: Item, others: set[str]) -> bool:
    """Whether an item is a month, quarter or year that contains one of these days."""
    if item.kind is not Kind.DATE or len(item.value) != 17:
        return False
    first, last = item.value[:8], item.value[9:]
    is_period = first.endswith("01") and last[6:] in ("28", "29", "30", "31")
    is_period = is_period and first[:4] == last[:4]
    days = [value for value in others if len(value) == 17]
    return is_period and any(first <= day[:8] and day[9:] <= last for day in days)


def _likeness(sides: _Sides, n: int, m: int) -> int:
    """Return how many neighbours agree, 0 when too few do for the places to be the same."""
    left, right = _before(sides, n, m), _behind(sides, n, m)
    near = [*sides.ours[n - left[0] : n], *sides.ours[n + 1 : n + 1 + right[0]]]
    if all(item.kind is not Kind.WORD for item in near):
        return 0
    both = all(count >= _ALIKE or is_whole for count, is_whole in (left, right))
    return left[0] + right[0] if both and left[0] + right[0] >= _ALIKE else 0


def _title_likeness(sides: _Sides, n: int, m: int) -> int:
    """Return how many words of the title right beside two names agree, 0 for too few.

    "Lê Văn Tám, Phó Giám đốc Sở": behind a comma or a bracket; "Phó Giám đốc Sở Lê Văn Tám":
    with nothing in between.
    """
    behind = before = 0
    gaps = sides.gaps(n + 1, m + 1)
    if gaps and all(gap.strip() in _OPENS_TITLE for gap in gaps) and _is_title(sides.ours[n + 1]):
        behind = _behind(sides, n, m)[0]
    gaps = sides.gaps(n, m)
    if gaps and all(gap.isspace() for gap in gaps):
        before = _before(sides, n, m)[0]
        if not any(map(_is_title, sides.ours[n - before : n])):
            before = 0
    return max(behind, before) if max(behind, before) >= _TITLE_ALIKE else 0


def _is_title(item: Item) -> bool:
    return item.value.split(" ")[0] in _TITLES


def _before(sides: _Sides, n: int, m: int) -> tuple[int, bool]:
    ours, theirs = sides.ours, sides.theirs
    return _agreeing(
        ours[max(0, n - _NEIGHBOURS) : n][::-1], theirs[max(0, m - _NEIGHBOURS) : m][::-1]
    )


def _behind(sides: _Sides, n: int, m: int) -> tuple[int, bool]:
    ours, theirs = sides.ours, sides.theirs
    return _agreeing(ours[n + 1 : n + 1 + _NEIGHBOURS], theirs[m + 1 : m + 1 + _NEIGHBOURS])


def _agreeing(ours: Sequence[Item], theirs: Sequence[Item]) -> tuple[int, bool]:
    """Return how many items agree from the start on, and whether all of ours do."""
    count = 0
    for own, other in zip(ours, theirs, strict=False):
        if own.key != other.key:
            return count, False
        count += 1
    return count, count == len(ours)
