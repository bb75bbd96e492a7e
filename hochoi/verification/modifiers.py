"""Compare what small words do to the word behind them: "không", "phó", "hơn", "dưới".

A word and its modifier are looked for in the quoted words at the place that agrees best; there
the modifier must be the same. A bound before a number may be left out, nothing else may.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from hochoi.drafting.stated_facts import Item, Kind, StatedFacts
from hochoi.verification.places import comparable

_NEIGHBOURS = 8
_SAME_FACT = 2 * _NEIGHBOURS  # a name right beside decides whose title it is


class Modifier(Enum):
    """What is said about the word behind."""

    DENIED = "denied"
    DEPUTY = "deputy"
    ABOVE = "above"
    BELOW = "below"
    NEARLY = "nearly"
    ABOUT = "about"


_NEGATIONS = frozenset({"không", "chưa", "chẳng", "chả", "đừng"})
_BOUNDS: Mapping[tuple[str, ...], Modifier] = {
    tuple(words.split()): modifier
    for modifier, group in (
        (Modifier.ABOVE, "hơn|trên|quá|vượt|ít nhất|tối thiểu|không dưới|không ít hơn|từ trên"),
        (Modifier.BELOW, "dưới|không quá|tối đa|nhiều nhất|chưa đến|chưa tới|chưa đầy|không đến"),
        (Modifier.NEARLY, "gần|sắp"),
        (Modifier.ABOUT, "khoảng|chừng|xấp xỉ|ước|ước khoảng|độ"),
    )
    for words in group.split("|")
}
_LONGEST_BOUND = max(map(len, _BOUNDS))
_HEADS = frozenset("giám chủ chánh trưởng bí cục vụ viện tổng thủ hiệu đoàn thị quận".split())


@dataclass(frozen=True, slots=True)
class _Modified:
    """An item and what stands before it."""

    item: Item
    by: frozenset[Modifier]

    @property
    def identity(self) -> tuple[Kind, str]:
        return self.item.kind, self.item.value


def modifiers_agree(sentence: StatedFacts, quoted: StatedFacts) -> bool:
    """Return whether nothing is denied, bounded or made a deputy otherwise than in the quote."""
    ours, theirs = list(_modified(comparable(sentence))), list(_modified(comparable(quoted)))
    places: defaultdict[tuple[Kind, str], list[int]] = defaultdict(list)
    for m, other in enumerate(theirs):
        places[other.identity].append(m)
    known = {modifier for other in theirs for modifier in other.by}
    return all(_agrees(ours, n, theirs, places, known) for n in range(len(ours)))


def _modified(items: Sequence[Item]) -> Iterator[_Modified]:
    """Yield the items without the modifiers, each with those right before it."""
    n = 0
    by: set[Modifier] = set()
    while n < len(items):
        length, modifier = _modifier_at(items, n)
        if modifier is None:
            yield _Modified(items[n], frozenset(by))
            by, n = set(), n + 1
        else:
            by.add(modifier)
            n += length


def _modifier_at(items: Sequence[Item], n: int) -> tuple[int, Modifier | None]:
    """Return how many items from the n-th on are a modifier, and which."""
    for length in range(min(_LONGEST_BOUND, len(items) - n - 1), 0, -1):
        bound = _BOUNDS.get(tuple(item.value for item in items[n : n + length]))
        if bound is not None and items[n + length].kind is Kind.NUMBER:
            return length, bound
    value = items[n].value if items[n].kind is Kind.WORD else ""
    following = items[n + 1].value.split(" ")[0] if n + 1 < len(items) else ""
    if value in _NEGATIONS and following:
        says_is = [i.value for i in items[n + 1 : n + 3]] == ["phải", "là"]
        return 2 if says_is else 1, Modifier.DENIED
    if value == "phó" and following in _HEADS:
        return 1, Modifier.DEPUTY
    return 0, None


def _agrees(
    ours: Sequence[_Modified],
    n: int,
    theirs: Sequence[_Modified],
    places: Mapping[tuple[Kind, str], list[int]],
    known: set[Modifier],
) -> bool:
    own = ours[n].by
    there = places.get(ours[n].identity, [])
    if not own and all(not theirs[m].by for m in there):
        return True
    if not there:
        return own <= known
    alike = {m: _likeness(ours, n, theirs, m) for m in there}
    best = max(alike.values())
    if best == 0:
        return own - {Modifier.ABOUT} <= known
    fitting = any(_fits(own, theirs[m].by) for m in there if alike[m] == best)
    return fitting or (not own and not _is_followed_alike(ours, n, theirs, alike))


def _fits(own: frozenset[Modifier], other: frozenset[Modifier]) -> bool:
    """Whether the quoted modifiers allow ours: none of a bound is less, "khoảng" is vaguer."""
    strict = {Modifier.DENIED, Modifier.DEPUTY}
    bounds = own - strict - {Modifier.ABOUT}
    return own & strict == other & strict and bounds <= other


def _is_followed_alike(
    ours: Sequence[_Modified], n: int, theirs: Sequence[_Modified], alike: Mapping[int, int]
) -> bool:
    """Whether, where a modifier was left out, the word behind is the same one at the best place."""
    if n + 1 == len(ours):
        return True
    best = max(alike.values())
    follower = ours[n + 1].item.key
    return any(
        m + 1 < len(theirs) and theirs[m + 1].item.key == follower
        for m, count in alike.items()
        if count == best
    )


def _likeness(ours: Sequence[_Modified], n: int, theirs: Sequence[_Modified], m: int) -> int:
    """Return how far two places agree on both sides; the same fact outweighs many words."""
    total = 0
    for step in (1, -1):
        for distance in range(1, _NEIGHBOURS + 1):
            a, b = n + step * distance, m + step * distance
            if not (0 <= a < len(ours) and 0 <= b < len(theirs)):
                break
            if ours[a].item.key != theirs[b].item.key:
                break
            is_fact = ours[a].item.kind is not Kind.WORD
            is_same = ours[a].item.value == theirs[b].item.value
            total += _SAME_FACT if is_fact and is_same else 1
    return total
