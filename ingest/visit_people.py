"""Find people in a report: a name with a title before or behind it, or a title alone.

Does not know who leads and who receives.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hochoi.types import PartyKind, Person
from ingest.visit_bodies import Body
from ingest.visit_names import capital_run, is_foreign_name, is_surname
from ingest.visit_phrases import phrase_at, phrase_table
from ingest.visit_vocabulary import ACADEMIC, RANKS, ROLE_PREFIXES, ROLES
from ingest.visit_words import Word

_ACRONYM = re.compile(r"[A-ZĐ]{3,8}(?:-[A-Z]{2,5})?")
_RANKS = phrase_table(RANKS)
_ADDRESSES = frozenset({"ông", "bà", "ngài", "anh", "chị", "đồng", "đ", *_RANKS, *ACADEMIC})
_BRACKETS = re.compile(r" \([^()]*\)$")
_ROLES = phrase_table(ROLES)
_LONGEST_TITLE = 26  # words
# A title ends before these words, unless they stand inside the name of a body.
_ENDS = frozenset(
    "làm dẫn cùng tiếp đón đã có thay tham dự cho là được đến tới về để với trong cảm đưa ngày sáng"
    " chiều tối vào từ thì sẽ đang vừa cũng và gồm do bởi nghe nói hỏi hai các những một cả"
    " theo nhằm"
    " mà khi sau trước tại ở yêu ghi mời sang vui chào cử hy chúc bà ông anh chị này đó nêu khẳng"
    " mong đồng thăm gợi chia khảo".split()
)
_TWO_WORD_ENDS = frozenset(
    "chủ trì|phát biểu|giới thiệu|trình bày|đánh giá|nhấn mạnh|trao đổi|trao tặng|trao quà|ký kết"
    "|kết luận|báo cáo|trả lời|bày tỏ|điểm lại|điểm qua|hứa hẹn|hoan nghênh|tặng quà|mở đầu"
    "|giải đáp"
    "|lưu ý|thông tin|thông báo|thống nhất|đại diện|đề nghị|đề xuất|hướng dẫn|trực tiếp|trưởng đoàn"
    "|phó đoàn|điều hành|tìm hiểu|gửi lời|trên cương|nhận định|ghi nhận|cam kết|cho biết"
    "|tóm tắt".split("|")
)
_INSIDE_ENDS = frozenset({"đồng sáng", "điều hành"})


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as mentioned, `text[start:end]`, words `first` to `last` (exclusive)."""

    start: int
    end: int
    first: int
    last: int
    person: Person
    bodies: tuple[Body, ...]  # named in the title
    is_addressed: bool  # ông, bà, đồng chí, TS. stands before
    mask_start: int  # where that address starts, else `start`


@dataclass(frozen=True, slots=True)
class _Title:
    """Where a title ends, and the bodies in it."""

    last: int
    bodies: tuple[Body, ...]


class PersonReader:
    """Reads people off one text. Holds its words and bodies."""

    def __init__(self, text: str, words: Sequence[Word], bodies: Sequence[Body]) -> None:
        self._text = text
        self._words = words
        self._bodies = {body.first: body for body in bodies}
        self._covering = {i: body for body in bodies for i in range(body.first, body.last)}
        self._is_agent = False  # "do" stands before the person being read
        self._abroad = {b.key for b in bodies if b.kind is PartyKind.FOREIGN and b.is_locality}

    def read(self) -> list[Somebody]:
        """Return the people of the text in order, without overlaps."""
        found: list[Somebody] = []
        last = 0
        for position, word in enumerate(self._words):
            if position < last or not (word.capital or word.lower in _ADDRESSES):
                continue
            somebody = self._somebody_at(position)
            if somebody is not None:
                found.append(somebody)
                last = somebody.last
            elif position in self._bodies:
                last = self._bodies[position].last
        return found

    def _lower(self, position: int) -> str:
        return self._words[position].lower if 0 <= position < len(self._words) else ""

    def _somebody_at(self, position: int) -> Somebody | None:
        if not self._words[position].letters:
            return None
        self._is_agent = self._lower(position - 1) == "do"
        start = self._after_address(position)
        if start >= len(self._words):
            return None
        if self._role_length(start) and (start > position or self._words[start].capital):
            return self._title_first(start, position)
        if self._words[start].capital:
            return self._name_first(start, position)
        return None

    def _after_address(self, position: int) -> int:
        """Return the position behind "đồng chí", "ông", "TS." and the like."""
        while position < len(self._words):
            lower = self._lower(position)
            if lower == "đồng" and self._lower(position + 1) == "chí":
                position += 2
            elif (
                lower == "đ"
                and self._lower(position + 1) == "/"
                and self._lower(position + 2) == "c"
            ):
                position += 3
            elif phrase_at(self._words, position, _RANKS):
                position += phrase_at(self._words, position, _RANKS)
            elif lower in ("ông", "bà", "ngài", "đ/c", "anh", "chị"):
                if self._is_family_name(position):
                    break
                position += 1
            elif lower in ACADEMIC and self._lower(position + 1) == ".":
                position += 2
            elif lower in ACADEMIC and self._words[position].text in (
                "TS",
                "ThS",
                "PGS",
                "GS",
                "BS",
            ):
                position += 1
            else:
                break
        return position

    def _is_family_name(self, position: int) -> bool:
        """Whether "Ông" begins a name: a capital amid a sentence, a given name behind it."""
        if position == 0 or not self._words[position].capital or self._lower(position) != "ông":
            return False
        before = self._words[position - 1]
        amid = before.letters and before.end + 1 == self._words[position].start
        return amid and not before.lower == "chí" and 2 <= self._run(position) <= 5

    def _role_length(self, position: int) -> int:
        """Return how many words of a role ("Phó Chủ tịch") stand at `position`; 0 for none."""
        if position in self._bodies:
            return 0
        start = position
        while self._lower(start) in ROLE_PREFIXES and start - position < 3:
            start += 1
        length = phrase_at(self._words, start, _ROLES)
        if not length:
            if self._lower(position) == "phó" and self._lower(position + 1) in (
                "phòng",
                "ban",
                "giám",
            ):
                return 2
            return 0
        return start + length - position

    def _title(self, position: int, stops_at_names: bool) -> _Title | None:
        """Read a title from its role on; `None` when no role stands there.

        With `stops_at_names` a name is expected behind the title and ends it.
        """
        length = self._role_length(position)
        if not length:
            return None
        bodies: list[Body] = []
        end = position + length
        while end < len(self._words) and end - position < _LONGEST_TITLE:
            step = self._title_step(end, position + length, stops_at_names, bodies)
            if not step:
                break
            end += step
        return _Title(end, tuple(bodies))

    def _title_step(
        self, position: int, after_role: int, stops_at_names: bool, bodies: list[Body]
    ) -> int:
        """Return how many words to go on within a title; 0 at its end. Collects its bodies."""
        # "Chánh" + "Văn phòng UBND tỉnh Lạng Sơn": the role reaches into the body.
        body = self._covering.get(position)
        if body is not None:
            bodies.append(body)
            return body.last - position
        word = self._words[position]
        if word.letters:
            if word.capital and word.lower in self._abroad and self._is_word(position + 1):
                return 1  # "Tỉnh trưởng Attapeu Leth Xayaphone"
            if stops_at_names and word.capital and self._is_name(position):
                return 0
            role = self._role_length(position)
            if role:
                joins = self._lower(position - 1) in ("kiêm", ",", "nguyên")
                return role if joins or position == after_role else 0
            return 0 if self._is_end(position) else 1
        if word.text == ",":
            return self._comma_step(position)
        if (
            word.text in "-–"
            and self._is_word(position + 1)
            and not self._role_length(position + 1)
            and (self._words[position + 1].capital or word.start == self._words[position - 1].end)
        ):
            return 1
        return 0

    def _comma_step(self, position: int) -> int:
        """Return 1 when the comma at `position` stands between two parts of one title."""
        following = self._bodies.get(position + 1)
        if self._is_word(position + 1) and _ACRONYM.fullmatch(self._words[position + 1].text):
            return 1
        if following is not None and not following.is_locality:
            return 1
        if self._role_length(position + 1) and self._lower(position + 1) != "thường":
            return 1
        return 0

    def _is_word(self, position: int) -> bool:
        return position < len(self._words) and self._words[position].letters

    def _is_end(self, position: int) -> bool:
        word = self._words[position]
        pair = f"{word.lower} {self._lower(position + 1)}"
        if word.capital:
            return pair == "trưởng đoàn"
        if pair in _INSIDE_ENDS:
            return pair == "điều hành" and self._lower(position - 1) not in ("đốc", "phận")
        if word.lower == "và" and self._joins_name(position + 1):
            return False
        if pair == "đại diện" and self._lower(position - 1) == "phòng":
            return False
        if pair == "tại việt":
            return False
        if pair == "thông tin":
            return self._lower(position - 1) not in ("nghệ", "và")
        if pair == "phụ trách":
            return self._is_agent and not self._is_word(position + 2)
        if word.lower == "về" and self._lower(position - 1) in ("cấp", "gia", "vấn"):
            return False  # "chuyên gia cao cấp về quản trị đất đai"
        return word.lower in _ENDS or pair in _TWO_WORD_ENDS

    def _joins_name(self, position: int) -> bool:
        """Whether "và" goes on with the name of an office: "khoa Nhà nước và Pháp luật"."""
        if position in self._bodies or self._role_length(position) or not self._is_word(position):
            return False
        return self._words[position].capital and capital_run(self._words, position) == 1

    def _is_name(self, position: int) -> bool:
        """Whether a run of capitalised words looks like a person's name without further signs."""
        run = self._run(position)
        if not 2 <= run <= 6:
            return False
        words = self._words[position : position + run]
        return is_surname(words[0].text) or is_foreign_name(words)

    def _run(self, position: int) -> int:
        """Return the length of a name at `position`: capitalised words up to a role or a body."""
        run = capital_run(self._words, position)
        for offset in range(1, run):
            body = self._bodies.get(position + offset)
            if body is not None and (body.head or body.last - body.first > 2):
                return offset
            if self._role_length(position + offset):
                return offset
        return run

    def _title_first(self, position: int, address: int) -> Somebody | None:
        is_addressed = address < position
        title = self._title(position, stops_at_names=True)
        if title is None:
            return None
        last, name = title.last, None
        follows = self._words[last - 1].end if last else 0
        start = self._after_address(self._after_country(last))
        if start == last and self._lower(last) == ",":
            behind = self._after_address(last + 1)
            start = behind if behind > last + 1 else start
        if start < len(self._words) and self._words[start].capital and start not in self._bodies:
            run = self._run(start)
            if 2 <= run <= 6 and (start > last or self._is_name(start)):
                name = self._text[self._words[start].start : self._words[start + run - 1].end]
                last = start + run
        written = _plain(self._text[self._words[position].start : follows])
        if name is None and not is_addressed and not title.bodies:
            return None
        return self._make(position, last, Person(name, written), title.bodies, address)

    def _after_country(self, position: int) -> int:
        """Return the position behind "(Hàn Quốc)" at `position`, `position` without it."""
        body = self._bodies.get(position + 1)
        is_abroad = body is not None and body.kind is PartyKind.FOREIGN and body.is_locality
        if self._lower(position) != "(" or body is None or not is_abroad:
            return position
        return body.last + 1 if self._lower(body.last) == ")" else position

    def _name_first(self, position: int, address: int) -> Somebody | None:
        is_addressed = address < position
        if position in self._bodies and not is_addressed:
            return None
        run = self._run(position)
        if not 2 <= run <= 6 or self._is_place_behind(position, run):
            return None
        last = position + run
        title_at = self._title_after(last)
        title = self._title(title_at, stops_at_names=False) if title_at else None
        if title is None and not is_addressed:
            framed = self._lower(position - 1) in ("do", "là", ":") and self._lower(last) in (
                "dẫn",
                "làm",
                "chủ",
            )
            if not framed:
                return None
        name = self._text[self._words[position].start : self._words[last - 1].end]
        if title is None:
            person = Person(name, self._rank(address, position))
            return self._make(position, last, person, (), address)
        written = self._text[self._words[title_at].start : self._words[title.last - 1].end]
        person = Person(name, _plain(written))
        closes = self._lower(last) == "(" and self._lower(title.last) == ")"
        return self._make(position, title.last + closes, person, title.bodies, address)

    def _is_place_behind(self, position: int, run: int) -> bool:
        """Whether all but the first of capitalised words is a locality: "Tại Quảng Bình"."""
        body = self._bodies.get(position + 1)
        return body is not None and body.is_locality and body.last == position + run

    def _rank(self, address: int, position: int) -> str | None:
        """Return the rank among the words that address a person: "Thượng tướng"."""
        for start in range(address, position):
            length = phrase_at(self._words, start, _RANKS)
            if length:
                return self._text[self._words[start].start : self._words[start + length - 1].end]
        return None

    def _title_after(self, position: int) -> int:
        """Return where a title starts behind a name: ", Giám đốc", "(Giám đốc", "- Giám đốc"."""
        if self._lower(position) in (",", "(", "-", "–", ":"):
            return position + 1 if self._role_length(position + 1) else 0
        return 0

    def _make(
        self, first: int, last: int, person: Person, bodies: tuple[Body, ...], address: int
    ) -> Somebody:
        start, end = self._words[first].start, self._words[last - 1].end
        mask_start = self._words[address].start
        return Somebody(start, end, first, last, person, bodies, address < first, mask_start)


def _plain(title: str) -> str:
    """Return a title without a country in brackets or a comma at its end."""
    return _BRACKETS.sub("", title).rstrip(" ,-–")
