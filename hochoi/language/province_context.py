"""Decide from its neighbours whether a province's name means something else.

A ward, a street, a person, an ocean or a plain word can be spelt like a province. Leans towards
"something else": a missed mention costs less than a wrong one. Does not search for names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from hochoi.text import comparison_key, fold

_MARK = re.compile(r"[\u0300-\u036f]")
_COMPOSED_WORD = re.compile(r"[^\W_]+")  # the same words where no mark stands by itself, faster
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_SPACES = re.compile(r"[ \t\u00a0]{1,3}|[ \t\u00a0]{0,2}\n[ \t\u00a0]{0,2}")
_LIST_GAP = re.compile(r"[ \t\u00a0]{0,3}[,:]?[ \t\u00a0]{1,3}")
_IN_CHINA = re.compile(r"[ ,(\-–]{1,4}(?:nước )?(?:Trung Quốc|Trung Quoc|China)", re.IGNORECASE)
# First words of a spelling that names its type; then nothing before it can claim the name.
_TYPES = frozenset({"tỉnh", "tinh", "tp", "t", "thủ", "cố"})
_CITY_TYPES = frozenset({("thành", "phố"), ("thanh", "pho")})

# Kinds of places and bodies smaller than a province, by the last word of the kind.
_SMALLER = frozenset(
    "phường xã quận huyện đường phố cầu chợ ngõ hẻm thôn ấp làng buôn sông đèo ga chùa đền phà đảo "
    "vịnh suối khu lộ tx kp kcn kđt tp phuong huyen".split()
)
_SMALLER_PAIRS = frozenset(
    {
        ("thị", "trấn"),
        ("thi", "tran"),
        ("thi", "xa"),
        ("các", "xã"),
        ("cac", "xa"),
        ("công", "nghiệp"),
        ("đô", "thị"),
        ("quảng", "trường"),
        ("công", "viên"),
        ("công", "ty"),
        ("tập", "đoàn"),
        ("khách", "sạn"),
        ("ngân", "hàng"),
        ("thủy", "điện"),
        ("nhà", "máy"),
        ("sân", "bay"),
    }
)
_NOT_SMALLER = frozenset(
    {
        ("dia", "phuong"),
        ("doi", "phuong"),
        ("yêu", "cầu"),
        ("nhu", "cầu"),
        ("toàn", "cầu"),
        ("hai", "đường"),
    }
)
_ABBREVIATED = frozenset("p x h q đ tt tx kp tp".split())  # "P. Bắc Giang", "TP. Thái Nguyên"
_WARD_WORDS = frozenset("phường xã quận huyện trấn".split())
_PLURALS = frozenset("các những hai ba bốn năm sáu".split())

_HONORIFICS = frozenset("ông bà anh chị cô chú bác cụ thầy ong mr mrs ms ts ths gs bs ks".split())
_SURNAMES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ ngô lý đinh trịnh trương tô tạ lưu "
    "lương phùng vương triệu tống quách đàm hứa tăng thị hồ mai "
    "nguyen tran pham hoang huynh phan dang bui ngo trinh truong luu phung".split()
)

# Words that follow or precede a spelling when it is part of a longer name or a plain phrase.
_FOLLOWED = frozenset(
    {
        ("thái bình", "dương"),
        ("thai binh", "duong"),
        ("điện biên", "phủ"),
        ("dien bien", "phu"),
        ("dien bien", "phuc"),
        ("dien bien", "moi"),
        ("dien bien", "tinh"),
        ("hải dương", "học"),
        ("hai duong", "hoc"),
        ("hai duong", "day"),
        ("nam định", "vũ"),
        ("nam dinh", "huong"),
        ("nam dinh", "ky"),
        ("hà nam", "ninh"),
        ("ha nam", "ninh"),
        ("sài gòn", "giải"),
        ("sai gon", "giai"),
        ("hồ chí minh", "toàn"),
        ("hai phong", "trao"),
        ("hai phong", "ban"),
        ("hai phong", "hop"),
        ("long an", "toan"),
        ("cao bang", "van"),
    }
)
# After these "hai phong trao doi" is the city: two rooms are not gone to in order to talk.
_GOES_TO = frozenset("ra vao den tham doan ubnd hdnd voi".split())
_PRECEDED = frozenset(
    {
        ("danh", "gia lai"),
        ("bao", "cao bang"),
        ("trung", "binh dinh"),
        ("nha", "da nang"),
        ("vi", "hoa binh"),
        ("vì", "hòa bình"),
        ("báo", "sài gòn"),
    }
)
# Also everyday words; in lower case inside ordinary text they are not the province.
_EVERYDAY = frozenset(
    "hòa bình|thái bình|cao bằng|vĩnh phúc|bình định|bình thuận|hải dương|long an|an giang|"
    "hải phòng|đà nẵng|hai phong|cao bang|gia lai|hai duong|da nang|lam dong|ca mau|son la|"
    "binh dinh|nam dinh|dong nai|dien bien|hoa binh|thanh hoa|ha nam|thai binh|hue".split("|")
) - {"đà nẵng", "hải phòng"}
_PERSON_HO = frozenset(
    "tịch bác lăng tàng gia sản phong tưởng đức cách mòn thưởng đại tụ người cụ tncs tntp chương "
    "tên tích đài tich lang tang san tuong duc cach mon thuong cu ten".split()
)
_APP = re.compile(r"-[Ss](?!\w)")
_CODES = frozenset({"hn", "hcm", "tth", "brvt", "hcmc"})


class Word(NamedTuple):
    """A word of a text: `text[start:end]`, and the key under which it is compared."""

    start: int
    end: int
    key: str


class Words:
    """The words of a text, in order; one becomes a `Word` when it is asked for.

    Attributes:
        keys: The comparison key of each word.
    """

    __slots__ = ("_pieces", "_starts", "keys")

    def __init__(self, text: str) -> None:
        """Cut `text` at everything but letters and digits."""
        pattern = _WORD if _MARK.search(text) else _COMPOSED_WORD
        self._pieces: list[str] = pattern.findall(text)
        self._starts = [match.start() for match in pattern.finditer(text)]
        self.keys = list(map(_key, self._pieces))

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.keys)

    def __getitem__(self, index: int) -> Word:
        """Return one word; a negative index counts from the end."""
        start = self._starts[index]
        return Word(start, start + len(self._pieces[index]), self.keys[index])


@dataclass(frozen=True, slots=True)
class Scene:
    """A text, its words, and how it is typed."""

    text: str
    words: Words
    is_lower: bool  # no capital anywhere
    is_plain: bool  # no diacritics anywhere


def split_scene(text: str) -> Scene:
    """Return the letter and digit runs of `text`, in order, with how the text is typed."""
    words = Words(text)
    is_plain = text.isascii() or all(map(str.isascii, words.keys))
    return Scene(text, words, text.islower(), is_plain)


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    """Return the comparison key of one word. Cached: texts repeat their words."""
    return comparison_key(word)


def names_something_else(scene: Scene, first: int, following: int, floor: int) -> bool:
    """Whether `scene.words[first:following]`, spelt like a province, is not the province.

    Args:
        scene: The text with its words.
        first: Index of the first word of the spelling.
        following: Index of the word after it.
        floor: Index of the first word that no earlier mention has used.
    """
    words = scene.words
    keys = words.keys[first:following]
    spelling = " ".join(keys)
    if spelling.endswith(("hà nam", "ha nam")) and _is_in_china(scene, following):
        return True
    if len(keys) > 1 and (keys[0] in _TYPES or tuple(keys[:2]) in _CITY_TYPES):
        return False
    return (
        _is_part_of_longer(scene, spelling, first, following)
        or (spelling in {"hue", "huế"} and _is_app(scene, following))
        or _is_everyday(scene, spelling, first, following)
        or _is_code_or_address(scene, spelling, first, following)
        or _is_smaller_place(scene, first, floor)
        or _is_person(scene, spelling, first, floor)
    )


def _neighbour(scene: Scene, left: int, right: int) -> bool:
    """Whether only spaces stand between two words."""
    words = scene.words
    if left < 0 or right >= len(words):
        return False
    return _SPACES.fullmatch(scene.text, words[left].end, words[right].start) is not None


def _before(scene: Scene, first: int, floor: int) -> Iterator[Word]:
    """Yield the words before `first`, nearest first, as far as only spaces part them."""
    index = first
    while index > floor and _neighbour(scene, index - 1, index):
        index -= 1
        yield scene.words[index]


def _is_part_of_longer(scene: Scene, spelling: str, first: int, following: int) -> bool:
    words = scene.words
    if _neighbour(scene, following - 1, following):
        after = words[following].key
        if (spelling, after) in _FOLLOWED and not (
            after == "ninh" and _follows(scene, following, {"bình", "binh"})
        ):
            is_gone_to = first > 0 and words[first - 1].key in _GOES_TO
            return not (after == "trao" and is_gone_to)
    return _neighbour(scene, first - 1, first) and (words[first - 1].key, spelling) in _PRECEDED


def _follows(scene: Scene, index: int, keys: set[str]) -> bool:
    return _neighbour(scene, index, index + 1) and scene.words[index + 1].key in keys


def _is_everyday(scene: Scene, spelling: str, first: int, following: int) -> bool:
    """Whether an everyday word in lower case stands in a text that does use capitals or marks."""
    if spelling not in _EVERYDAY:
        return False
    if all(scene.text[scene.words[n].start].isupper() for n in range(first, following)):
        return False
    return not (scene.is_plain if spelling.isascii() else scene.is_lower)


def _is_code_or_address(scene: Scene, spelling: str, first: int, following: int) -> bool:
    """Whether the letters are part of a document number, web address or e-mail address."""
    if not spelling.isascii() or " " in spelling:
        return False
    start, end = scene.words[first].start, scene.words[following - 1].end
    before, after = scene.text[start - 1 : start], scene.text[end : end + 2]
    if before in {"@", "/", ".", "_", "&"} and (before != "/" or spelling not in {"tphcm"}):
        return True
    if after[:1] in {"@", "_", "."} and after[1:].isalnum() and not after[1:].isupper():
        return True
    return spelling in _CODES and (before == "-" or (after[:1] in {"-", "/"} and after[1:] > " "))


def _is_app(scene: Scene, following: int) -> bool:
    """Whether "Hue" begins the name of the city's application, Hue-S."""
    return _APP.match(scene.text, scene.words[following - 1].end) is not None


def _is_in_china(scene: Scene, following: int) -> bool:
    """Whether "Hà Nam" is the Chinese province of that name."""
    return _IN_CHINA.match(scene.text, scene.words[following - 1].end) is not None


def _is_smaller_place(scene: Scene, first: int, floor: int) -> bool:
    """Whether a word such as phường, đường or công ty before the name claims it."""
    words, text = scene.words, scene.text
    if first <= floor:
        return False
    if words[first - 1].key in _ABBREVIATED and text[words[first - 1].end] == ".":
        between = text[words[first - 1].end : words[first].start]
        return between.strip(". ") == ""
    near = [word.key for word, _ in zip(_before(scene, first, floor), range(2), strict=False)]
    if near and _is_smaller_kind(near[0], near[1] if len(near) > 1 else ""):
        return not _is_list_of_kinds(scene, first - 1)
    is_capitals = text[words[first].start : words[first].end].isupper() and not scene.is_lower
    if not is_capitals and _extends_a_place(scene, first, floor):
        return True
    return _continues_a_list(scene, first, floor)


def _is_smaller_kind(kind: str, before: str) -> bool:
    if (before, kind) in _NOT_SMALLER:
        return False
    return kind in _SMALLER or (before, kind) in _SMALLER_PAIRS


def _is_list_of_kinds(scene: Scene, index: int) -> bool:
    """Whether two kinds stand together: "126 xã, phường Hà Nội" are wards of Hà Nội."""
    words = scene.words
    if index < 1 or words[index].key not in _WARD_WORDS:
        return False
    between = scene.text[words[index - 1].end : words[index].start].strip()
    joined = between in {",", "/", "-"} or words[index - 1].key == "và"
    other = words[index - 2] if words[index - 1].key == "và" and index > 1 else words[index - 1]
    return joined and other.key in _WARD_WORDS


def _extends_a_place(scene: Scene, first: int, floor: int) -> bool:
    """Whether the name ends a longer one: "xã Tân Bình Dương", "phường Nam Phú Thọ"."""
    for count, word in enumerate(_before(scene, first, floor)):
        if count and word.key in _WARD_WORDS:
            return True
        if count == 2 or not scene.text[word.start].isupper():
            return False
    return False


def _continues_a_list(scene: Scene, first: int, floor: int) -> bool:
    """Whether the name is listed among wards: "các phường Kinh Bắc, Bắc Giang"."""
    words, text = scene.words, scene.text
    for index in range(first - 1, max(floor - 24, first - 24, 0), -1):
        if not _LIST_GAP.fullmatch(text, words[index].end, words[index + 1].start):
            return False
        word = words[index]
        if word.key in _WARD_WORDS and index != first - 1:
            before = words[index - 1].key
            return before in _PLURALS or before.isdecimal()
        if word.key != "và" and not text[word.start].isupper():
            return False
    return False


def _is_person(scene: Scene, spelling: str, first: int, floor: int) -> bool:
    """Whether the name is a person's: "ông Nguyễn Hà Nam", "Chủ tịch Hồ Chí Minh"."""
    text = scene.text
    is_ho = fold(spelling) in {"ho chi minh", "hcm"}
    is_capitals = text[scene.words[first].start : scene.words[first].end].isupper()
    for count, word in enumerate(_before(scene, first, floor)):
        if count == 0 and is_ho and word.key in _PERSON_HO:
            return True
        if word.key in _HONORIFICS:
            return True
        if word.key == "chí" and _is_after(scene, word, "đồng"):
            return True
        is_name = scene.is_lower or text[word.start].isupper()
        if not is_name or count == 3 or (count and (is_capitals or scene.is_lower)):
            return False
        if word.key in _SURNAMES and not (scene.is_plain and word.key in {"phan", "mai"}):
            return True
    return False


def _is_after(scene: Scene, word: Word, key: str) -> bool:
    """Whether the text before `word` ends with `key`."""
    before = comparison_key(scene.text[max(0, word.start - len(key) - 3) : word.start])
    return before.split()[-1:] == [key]
