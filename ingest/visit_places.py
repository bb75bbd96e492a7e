"""Find the places that a delegation saw or met in. Does not list hosts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hochoi.types import PartyKind
from ingest.visit_bodies import Body
from ingest.visit_clauses import Clause
from ingest.visit_names import capital_run
from ingest.visit_parties import Parties
from ingest.visit_people import Somebody
from ingest.visit_phrases import lower_at, phrase_at, phrase_table
from ingest.visit_vocabulary import COUNTRIES, NAME_SYLLABLES, PLACE_HEADS
from ingest.visit_words import Word, lowered

_HEADS = phrase_table(PLACE_HEADS)
_COUNTRIES = frozenset(COUNTRIES)
_CUE = re.compile(
    r"(?:^|(?<=[\s(*]))(?:đến là|nghiên cứu là|của đoàn là|tại|đến|tới|thăm|tham quan|khảo sát"
    r"|xuống"
    r"|xem|kiểm tra|lần lượt"
    r"|thực tế|ghé|dọc|với|gồm|quan sát|trải nghiệm|thị sát|viếng|ở|vào|về|địa điểm:)"
    r"(?: trực tiếp| thực tế| ngay| kỹ| thêm| dọc|:)?"
    r"(?: các| một số| một| những| hai| ba)? (?=\S)",
)
_CONTEXT = re.compile(
    r"đoàn|khách|đại biểu|học viên|buổi|chương trình|tiếp |đón |tham quan|khảo sát|thực tế|hội thảo"
    r"|hội nghị|tọa đàm|làm việc|tổ chức|khóa|nghiên cứu|hai bên|chúng tôi|các thành viên|cuộc họp"
    r"|cuộc trao đổi|xem thực tế",
)
_SEEING = re.compile(
    r"thực tế|khảo sát|tham quan|thăm|tìm hiểu|đến|tới|xuống|xem|kiểm tra|quan sát"
    r"|trải nghiệm|thị sát|viếng|ghé",
)
# Verbs behind which any name is a place.
_VISITING = re.compile(r"(?:tham quan|thăm|viếng|ghé|thị sát|dâng hương tại)(?: \S+){0,2} $")
_SCENE = re.compile(r"là nơi|là điểm")
_LIST = re.compile(r"(?:địa điểm|điểm đến|nơi đoàn|các điểm)[^.\n]{0,60}:\**$")
_BULLET = re.compile(r"[-*•+–]+\s*|\d{1,2}[.)]\s*")
_INNER = NAME_SYLLABLES | {"của", "tầng", "nhiều", "lớn", "cũ", "mới"}
# Words in lower case that end the name of a place.
_STOPS = frozenset(
    "để và do nơi với cho trong vào ra đã được bằng theo khi từ là có trước sau xem nghe rồi"
    " nhằm tìm"
    " về thì này đó gồm cùng đang sẽ vừa qua như hay hoặc nhưng mà nên tham trao hướng của ở"
    " tại"
    " dâng đến tới đi ngay hôm chiều sáng tối những các thuộc một lấy hai".split()
)
_MOST_UNKNOWN = 5  # lower-case words before the one that names the place
_LONGEST = 14  # words
_HOUSES = frozenset({"bảo tàng", "thư viện", "bệnh viện"})  # "Bảo tàng tỉnh" is named enough
_SITES = frozenset({"hợp tác xã", "trường", "đại học"})
_SCHOOLS = frozenset({"viện", "trường", "đại học", "học viện"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place visited, `text[start:end]`."""

    start: int
    end: int


class PlaceReader:
    """Reads places off one text. Holds its words and bodies."""

    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        bodies: Sequence[Body],
        people: Sequence[Somebody],
        parties: Parties,
    ) -> None:
        self._text = text
        self._lower = lowered(text)
        self._words = words
        self._bodies = {body.first: body for body in bodies}
        self._index = {word.start: i for i, word in enumerate(words)}
        self._people = {i for s in people for i in range(s.first, s.last)}
        self._parties = parties
        self._is_abroad = any(b.kind is PartyKind.FOREIGN for b in parties.hosts)
        self._is_central = bool(parties.hosts) and all(
            b.kind in (PartyKind.MINISTRY, PartyKind.OTHER) for b in parties.hosts
        )

    def read(self, clauses: Sequence[Clause]) -> list[Place]:
        """Return the places in order, each once."""
        places: dict[str, Place] = {}
        is_list = False
        for clause in clauses[1:]:
            written = self._lower[clause.start : clause.end]
            bullet = _BULLET.match(written)
            if is_list and bullet:
                found = [
                    Place(clause.start + bullet.end(), clause.start + len(written.rstrip(";., ")))
                ]
            else:
                is_list = bool(_LIST.search(written))
                found = self._in_sentence(clause, written)
            for place in found:
                places.setdefault(self._text[place.start : place.end].lower(), place)
        return _widest(list(places.values()), self._text)

    def _in_sentence(self, clause: Clause, written: str) -> list[Place]:
        if not _CONTEXT.search(written) and not (
            self._is_abroad and not written.endswith((".", ";"))
        ):
            return []
        found: list[Place] = []
        if _SCENE.search(written) and clause.start in self._index:
            found += self._list_at(self._index[clause.start], is_seen=True)
        for cue in _CUE.finditer(written):
            is_seen = _SEEING.search(written, max(0, cue.start() - 30), cue.end()) is not None
            position = self._index.get(clause.start + cue.end(), -1)
            found += self._list_at(position, is_seen=is_seen)
        return found

    def _list_at(self, position: int, *, is_seen: bool) -> list[Place]:
        """Return the places of an enumeration that starts at word `position`."""
        found: list[Place] = []
        while 0 <= position < len(self._words):
            last, is_wanted = self._place_at(position, is_seen=is_seen)
            if not last:
                break
            if is_wanted:
                found.append(Place(self._words[position].start, self._words[last - 1].end))
            position = self._next(position, last)
        return found

    def _next(self, position: int, last: int) -> int:
        """Return where the next place of the enumeration starts, -1 when none follows.

        The district and province in which the place at `position` lies are passed over.
        """
        body = self._bodies.get(position)
        while lower_at(self._words, last) in (",", "và", "rồi"):
            following = self._bodies.get(last + 1)
            if following is not None and self._is_address(body, last, following):
                return -1
            is_inside = (
                (body is None or body.kind is PartyKind.DISTRICT)
                and following is not None
                and self._words[last].lower == ","
                and following.is_locality
                and _is_wider(following)
            )
            if following is None or not is_inside:
                return last + 1
            last = following.last
        return -1

    def _is_address(self, body: Body | None, comma: int, following: Body) -> bool:
        """Whether a ward behind a building only says where it stands."""
        is_building = body is None or body.is_venue
        ward = following.is_locality and following.text.lower().startswith(("phường", "xã"))
        goes_on = lower_at(self._words, following.last) == "và"
        return is_building and ward and self._words[comma].lower == "," and not goes_on

    def _place_at(self, position: int, *, is_seen: bool) -> tuple[int, bool]:
        """Return where the place at `position` ends, 0 for none, and whether to list it."""
        body = self._bodies.get(position)
        if body is not None:
            return body.last, self._is_place(body, is_seen=is_seen)
        head = phrase_at(self._words, position, _HEADS)
        if not head:
            return self._proper_name(position)
        end = self._end(position, position + head)
        named = [w for w in self._words[position + 1 : end] if w.capital or w.text.isdigit()]
        is_named = bool(named) or (self._words[position].capital and end - position > head)
        return end, is_named and end - position > 1

    def _proper_name(self, position: int) -> tuple[int, bool]:
        """Return the end of a name without a word for its kind: "tham quan Văn Miếu"."""
        before = self._lower[max(0, self._words[position].start - 30) : self._words[position].start]
        run = capital_run(self._words, position)
        if not 2 <= run <= 5 or position in self._people or not _VISITING.search(before):
            return 0, False
        return position + run, True

    def _is_place(self, body: Body, *, is_seen: bool) -> bool:
        """Whether a body named behind a cue is a place seen and no party of the visit."""
        parties = self._parties
        if any(body.text == party.text for party in parties.hosts + parties.visitors):
            return False
        if body.is_venue:
            return body.last - body.first > (2 if body.head in _HOUSES else 3)
        if body.kind is PartyKind.FOREIGN and body.is_locality:
            return self._is_abroad and body.key not in _COUNTRIES
        if body.kind is PartyKind.OTHER and body.head in _SITES:
            return is_seen and not parties.is_visitor(body)
        if body.kind in (PartyKind.FOREIGN, PartyKind.OTHER):
            return self._is_abroad and body.head in _SCHOOLS
        if body.kind is PartyKind.DISTRICT:
            return not parties.is_visitor(body) and not (parties.is_host(body) and body.is_locality)
        if body.kind is PartyKind.PROVINCE:
            if body.is_locality:
                return self._is_central and not parties.is_visitor(body) and not is_seen
            return is_seen and body.head == "sở" and not parties.is_visitor(body)
        return False

    def _end(self, first: int, position: int) -> int:
        """Return where a place ends whose head ends before `position`."""
        words, end = self._words, position
        while end < len(words) and end - first < _LONGEST:
            word = words[end]
            inner = self._bodies.get(end)
            if inner is not None:
                end = inner.last
            elif word.lower in ("ở", "tại", "của") and (
                end + 1 in self._bodies or (end + 1 < len(words) and words[end + 1].capital)
            ):
                end += 1
            elif word.text.isdigit() or (word.letters and word.capital):
                end += 1
            elif word.letters and word.lower in _INNER and word.lower != "và":
                end += 1
            elif ahead := self._named_ahead(end):
                end = ahead
            elif word.text in "-–" and end + 1 < len(words) and words[end + 1].capital:
                end += 1
            else:
                break
        while end > position and words[end - 1].lower in ("của", "tham", "từ", "hướng", "tìm"):
            end -= 1
        return end

    def _named_ahead(self, position: int) -> int:
        """Return the end of lower-case words before a name: "kho" + "lạnh" + "số 3"; 0 for none."""
        words, end = self._words, position
        while end < len(words) and end - position <= _MOST_UNKNOWN:
            word = words[end]
            if not word.letters or word.lower in _STOPS:
                return end if word.text.isdigit() and end > position else 0
            if word.capital:
                return end if end > position else 0
            end += 1
        return 0


def _is_wider(body: Body) -> bool:
    """Whether a locality may hold wards: it ends an address instead of going on a list."""
    wide = ("tỉnh", "thành phố", "tp", "huyện", "quận", "thị xã")
    return body.kind is PartyKind.PROVINCE or body.text.lower().startswith(wide)


def _widest(places: list[Place], text: str) -> list[Place]:
    """Return `places` without those whose words another one holds."""
    names = [text[p.start : p.end].lower() for p in places]
    return [
        place
        for place, name in zip(places, names, strict=True)
        if not any(name != other and re.search(rf"{re.escape(name)}\b", other) for other in names)
    ]
