"""Find a word that was exchanged for another within words that were copied from the quote.

Where words on both sides agree, one or two words in between must agree too, or say the same. Free
wording has no such places and is judged by the words that it shares.
"""

from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import pairwise

from hochoi.drafting.stated_facts import Item, Kind, StatedFacts
from hochoi.text import fold
from hochoi.verification.places import comparable

_ALIKE = 2  # copied words on either side
_MOST = 3  # words in place of others
_CONFIRMS = 3  # copied words in a row that show where words come from
_POINTING = frozenset({"này", "đó", "trên", "ấy", "đây"})
# Words that join others and say little; any of them may stand for another.
_JOINING = frozenset(
    "và cùng với cho để nhằm của thì là mà rằng về vào ở tại do bởi nên các những đã đang được có "
    "gồm này đó nay hiện cũng như cả còn".split()
)
_SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split("|"))
    for group in (
        "đến|tới|sang|ra|vào|đến thăm",
        "trao đổi|thảo luận|bàn|bàn luận",
        "giới thiệu|trình bày",
        "chia sẻ|trao đổi|giới thiệu",
        "tìm hiểu|nghiên cứu|khảo sát",
        "học tập|học hỏi|học",
        "cho biết|nói|nêu|cho hay|thông tin",
        "dẫn đầu|đứng đầu|làm trưởng đoàn|làm trưởng|dẫn đoàn",
        "người dân|công dân|nhân dân",
        "thực hiện|triển khai|tiến hành",
        "người|thành viên|đại biểu|đồng chí",
        "sử dụng|dùng",
        "đón|tiếp|đón tiếp|tiếp đón",
        "buổi|cuộc",
        "lập|thành lập",
        "tổ chức|diễn ra",
        "giúp|hỗ trợ",
        "nhận|tiếp nhận",
        "xử lý|giải quyết",
        "tỷ lệ|tỉ lệ",
        "mong muốn|muốn|mong",
        "cơ quan|đơn vị",
        "cần|phải",
        "bảo đảm|đảm bảo",
        "làm|là",
        "đưa|đem",
        "theo|trong",
        "giảm|tiết kiệm",
    )
)


def exchanged(sentence: StatedFacts, quoted: StatedFacts) -> Iterator[str]:
    """Yield words of the sentence that stand where the quote has others, as comparison keys.

    Each line of the quote is compared by itself; what another line has in the same words stands.
    """
    ours = comparable(sentence)
    found: dict[range, str] = {}
    confirmed: set[int] = set()
    for theirs in _lines(quoted):
        blocks = _blocks(ours, theirs)
        for block in blocks:
            if block.size >= _CONFIRMS:
                confirmed.update(range(block.a, block.a + block.size))
        for place, other in _replaced(ours, theirs, blocks):
            if _is_other_wording(ours, place, other):
                found[place] = " ".join(ours[n].value for n in place)
    yield from (words for place, words in found.items() if not confirmed.issuperset(place))


def _lines(quoted: StatedFacts) -> Iterator[Sequence[Item]]:
    """Yield the comparable items of each line."""
    line: list[Item] = []
    for item in comparable(quoted):
        if line and "\n" in quoted.text[line[-1].end : item.start]:
            yield line
            line = []
        line.append(item)
    yield line


def _blocks(ours: Sequence[Item], theirs: Sequence[Item]) -> list[Match]:
    """Return the runs that agree, in order; facts agree by kind, their values are not looked at."""
    keys, others = [i.key for i in ours], [i.key for i in theirs]
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    return [block for block in matcher.get_matching_blocks() if block.size]


def _replaced(
    ours: Sequence[Item], theirs: Sequence[Item], blocks: Sequence[Match]
) -> Iterator[tuple[range, Sequence[Item]]]:
    """Yield where ours has other words between copied ones, and the words of theirs."""
    if not blocks:
        return
    first, last = blocks[0], blocks[-1]
    if first.size >= _ALIKE:
        yield range(first.a), theirs[: first.b]
    for one, two in pairwise(blocks):
        is_copied = one.size >= _ALIKE or one.a == 0
        is_copied_behind = two.size >= _ALIKE or two.a + two.size == len(ours)
        if is_copied and is_copied_behind:
            yield range(one.a + one.size, two.a), theirs[one.b + one.size : two.b]
    if last.size >= _ALIKE:
        place = range(last.a + last.size, len(ours))
        yield place, theirs[last.b + last.size :][: len(place)]


def _is_other_wording(ours: Sequence[Item], place: range, other: Sequence[Item]) -> bool:
    """Whether a few words replace a few others and say something else."""
    own = ours[place.start : place.stop]
    if not (0 < len(own) <= _MOST and 0 < len(other) <= _MOST):
        return False
    if any(item.kind is not Kind.WORD for item in (*own, *other)):
        return False
    theirs = [item.value for item in other]
    if _POINTING & set(theirs):
        return False  # "mô hình này" may be called by its name
    words, others = " ".join(item.value for item in own), " ".join(theirs)
    before = " ".join(item.value for item in ours[: place.start][-1:])
    behind = " ".join(item.value for item in ours[place.stop :][:1])
    return not (
        any(_say_the_same(words, word) for word in (others, *theirs))
        or _say_the_same(f"{before} {words}", f"{before} {others}")
        or _say_the_same(f"{words} {behind}", f"{others} {behind}")
    )


def _say_the_same(ours: str, theirs: str) -> bool:
    if ours == theirs or fold(ours) == theirs or ours == fold(theirs):
        return True
    if all(word in _JOINING for word in (*ours.split(), *theirs.split())):
        return True
    return any(ours in group and theirs in group for group in _SYNONYMS)
