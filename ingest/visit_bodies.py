"""Find the bodies a report names: localities, agencies, ministries, companies, foreign partners.

Says what each one is called, of what kind it is and to which province it belongs. Does not know
who hosts and who visits.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hochoi.provinces import Mention
from hochoi.types import PartyKind
from ingest.visit_vocabulary import (
    CENTRAL_HEADS,
    COUNTRIES,
    DISTRICT_TYPES,
    FIELD_HEADS,
    FIELDS,
    FOREIGN_BODIES,
    FOREIGN_HEADS,
    FOREIGN_PLACES,
    KIND_OF_HEAD,
    LOCAL_HEADS,
    NAME_SYLLABLES,
    OTHER_HEADS,
    PLACE_HEADS,
    VENUE_HEADS,
)
from ingest.visit_names import capital_run, is_surname, locality_length
from ingest.visit_words import Word, is_vietnamese_syllable

_LOCAL, _FIELD, _VENUE = frozenset(LOCAL_HEADS), frozenset(FIELD_HEADS), frozenset(VENUE_HEADS)
_CENTRAL, _OTHER, _FOREIGN = (
    frozenset(CENTRAL_HEADS),
    frozenset(OTHER_HEADS),
    frozenset(FOREIGN_HEADS),
)
_LOWER_NAMED = _VENUE | {"liên hiệp các"}  # their names may begin in lower case
_COMMITTEES = {"huyện ủy": "huyện ", "quận ủy": "quận ", "thị ủy": "thị xã "}
_DISTRICT_AGENCIES = frozenset({"huyện ủy", "quận ủy", "thị ủy", "đảng ủy"})
_STATES = frozenset(
    {
        "vương quốc",
        "cộng hòa",
        "cộng hoà",
        "nước",
        "thủ đô",
        "cộng hòa dân chủ nhân dân",
        "chdcnd",
        "nước chdcnd",
    }
)
_WORLD = re.compile(r"thế giới|toàn cầu|châu Á|châu Âu|Liên hợp quốc|ASEAN")
_UP = "A-ZĐÂÊÔĂƠƯÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_GROUP = re.compile(
    r" (?:các|\d{1,2}) (?:tỉnh|địa phương)(?:, thành phố)?"
    rf"(?: (?:khu vực|vùng|miền|phía|đồng bằng|duyên hải|trực thuộc|trung ương|[{_UP}][^\W\d]*|-))*"
)
_DOUBTFUL = frozenset("anh áo ý đức nga pháp nhật séc bỉ".split())
_BEFORE_COUNTRY = frozenset(
    "tại ở từ và , ( của sang đoàn gia vụ quán nước tế chính với phủ - đến thăm nghiệp phía gia".split()
)
_ACRONYM = re.compile(r"[A-ZĐ](?:[A-ZĐ0-9&-]{1,9}|[a-z]{3,12})")
_LONGEST_NAME = 16  # words

Phrases = dict[str, list[tuple[str, ...]]]


def phrase_table(phrases: Iterable[str]) -> Phrases:
    """Return the word sequences of `phrases` by their first word, longest first."""
    table: Phrases = {}
    for phrase in phrases:
        words = tuple(re.findall(r"\w+(?:[-–'’]\w+)*|[^\w\s]", phrase))
        table.setdefault(words[0], []).append(words)
    for sequences in table.values():
        sequences.sort(key=len, reverse=True)
    return table


_HEADS = phrase_table(KIND_OF_HEAD)
_FIELDS = phrase_table(FIELDS)
_COUNTRIES = phrase_table(COUNTRIES)
_PLACES = phrase_table(FOREIGN_PLACES)
_STATE_WORDS = phrase_table(_STATES)
_DISTRICTS = phrase_table(DISTRICT_TYPES)
_PLACE_HEADS = phrase_table(PLACE_HEADS)
_LOWER_HEADS = phrase_table(["chính quyền", "hội đồng thành phố"])
# Words in lower case with which a body may begin.
_LOWER_STARTS = frozenset({"tỉnh", "bang", *_DISTRICTS, *_LOWER_HEADS, *_STATE_WORDS})
_KNOWN_FOREIGN = phrase_table(FOREIGN_BODIES)


@dataclass(frozen=True, slots=True)
class Body:
    """A body named in a text, `text[start:end]`, words `first` to `last` (exclusive)."""

    start: int
    end: int
    first: int
    last: int
    text: str
    kind: PartyKind
    province: str | None
    current: str | None
    head: str  # "sở", "ubnd", ...; "" for a bare locality
    key: str  # equal for mentions of one party, e.g. all agencies of one province

    @property
    def is_venue(self) -> bool:
        """Whether this is rather a place to see than a party."""
        return self.head in _VENUE

    @property
    def is_locality(self) -> bool:
        """Whether this is a territory named without an agency."""
        return self.head == ""


@dataclass(frozen=True, slots=True)
class _Locality:
    """What was read behind a head: where it ends and what it is."""

    last: int
    kind: PartyKind | None  # None: "tỉnh", "thành phố" without a name
    mention: Mention | None = None
    key: str = ""


def phrase_at(words: Sequence[Word], position: int, table: Phrases) -> int:
    """Return how many words of the longest phrase of `table` stand at `position`, 0 for none."""
    if position >= len(words):
        return 0
    for phrase in table.get(words[position].lower, ()):
        end = position + len(phrase)
        if end <= len(words) and all(
            words[position + i].lower == phrase[i] for i in range(1, len(phrase))
        ):
            return len(phrase)
    return 0


class BodyReader:
    """Reads bodies off one text. Holds its words and the provinces found in it."""

    def __init__(self, text: str, words: Sequence[Word], mentions: Sequence[Mention]) -> None:
        self._text = text
        self._words = words
        self._mentions = {mention.start: mention for mention in mentions}
        self._acronyms: dict[str, Body] = {}
        self._ends = {word.end: i + 1 for i, word in enumerate(words)}

    def read(self) -> list[Body]:
        """Return the bodies of the text in order, without overlaps."""
        bodies: list[Body] = []
        position = 0
        while position < len(self._words):
            word = self._words[position]
            if not word.capital and word.lower not in _LOWER_STARTS:
                if word.start not in self._mentions:
                    position += 1
                    continue
            body = self._body_at(position)
            if body is None:
                position += 1
                continue
            bodies.append(body)
            position = body.last
            self._learn_acronym(body)
        return _with_provinces(bodies, self._text)

    def _body_at(self, position: int) -> Body | None:
        word = self._words[position]
        if not word.letters:
            return None
        if word.text in self._acronyms:
            meant = self._acronyms[word.text]
            return self._make(position, position + 1, meant.kind, meant.head, meant.key)
        if word.capital or word.lower in ("chính", "hội"):
            length = phrase_at(self._words, position, _HEADS)
            if length == 2 and self._words[position + 1].capital and word.text in ("Thanh", "Công"):
                length = 0  # "Thanh Tra" is a name
            if length and not word.capital:
                length = phrase_at(self._words, position, _LOWER_HEADS)
            if length:
                body = self._agency(position, length)
                if body is not None:
                    return body
            if phrase_at(self._words, position, _KNOWN_FOREIGN) == 1 and word.text.isupper():
                return self._make(position, position + 1, PartyKind.FOREIGN, "tổ chức", word.lower)
        locality = self._locality(position)
        if locality is None or locality.kind is None:
            return None
        return self._make_locality(position, locality)

    def _learn_acronym(self, body: Body) -> None:
        """Note that "VNPT" means a body written "... Tập đoàn ... (VNPT)" before."""
        if self._words[body.last - 1].text == ")" and body.last - body.first > 4:
            acronym = self._words[body.last - 2].text
            if _ACRONYM.fullmatch(acronym):
                self._acronyms[acronym] = body

    def _make_locality(self, position: int, locality: _Locality) -> Body:
        assert locality.kind is not None
        return self._make(
            position, locality.last, locality.kind, "", locality.key, locality.mention
        )

    def _make(
        self,
        first: int,
        last: int,
        kind: PartyKind,
        head: str,
        key: str,
        mention: Mention | None = None,
    ) -> Body:
        start, end = self._words[first].start, self._words[last - 1].end
        province = mention.province if mention else None
        current = mention.current if mention else None
        name = self._text[start:end]
        return Body(start, end, first, last, name, kind, province, current, head, key)

    def _agency(self, first: int, length: int) -> Body | None:
        """Read an agency whose head is `length` words long; `None` when it has no name."""
        head = " ".join(word.lower for word in self._words[first : first + length])
        last = first + length
        named = head in _LOCAL or (head in _CENTRAL and length > 1)
        named |= head in _FOREIGN and head != "cơ quan"
        if not named:
            last = self._name_end(last, head)
            if last == first + length and head not in _VENUE:
                return None
        last = self._acronym_end(last)
        if head in _VENUE and last < len(self._words) and self._starts_head(last):
            inner = self._body_at(last)
            if inner is not None and inner.head in _LOCAL:
                owner = replace(inner, start=self._words[first].start, first=first, head=head)
                return replace(owner, text=self._text[owner.start : owner.end])
        group = _GROUP.match(self._text, self._words[last - 1].end) if head == "sở" else None
        if group is not None:
            while last < len(self._words) and self._words[last].end <= group.end():
                last += 1
            return self._make(first, last, PartyKind.PROVINCE, head, group[0].strip())
        tail = self._locality(last)
        if head in _COMMITTEES and tail is None:
            length = locality_length(self._words, last, may_be_person=False)
            if length:
                name = " ".join(w.lower for w in self._words[last : last + length])
                tail = _Locality(last + length, PartyKind.DISTRICT, None, _COMMITTEES[head] + name)
        if tail is None and head in _OTHER | _FOREIGN and self._lower(last) in ("tại", "ở"):
            tail = self._locality(last + 1)
        last = tail.last if tail else last
        country = self._country(last)
        last = self._acronym_end(country or last)
        if not country and self._lower(last) == "(" and self._lower(self._country(last + 1)) == ")":
            country = last = self._country(last + 1) + 1
        if self._is_vietnam(last):
            last += 2
        name = self._text[self._words[first].start : self._words[last - 1].end]
        kind = KIND_OF_HEAD[head]
        mention = tail.mention if tail else None
        if (
            country
            or _WORLD.search(name)
            or self._lower(last - 2) in _KNOWN_FOREIGN
            or (tail and tail.kind is PartyKind.FOREIGN)
            or (kind is not PartyKind.OTHER and _looks_foreign(self._words[first:last]))
        ):
            key = tail.key if tail and tail.kind is PartyKind.FOREIGN else name.lower()
            return self._make(first, last, PartyKind.FOREIGN, head, key)
        if head in _FOREIGN:
            return None
        if kind is PartyKind.OTHER:
            return self._make(first, last, kind, head, name.lower())
        if kind is PartyKind.MINISTRY:
            last, key = self._ministry_end(head, last, name)
            return self._make(first, last, kind, head, key)
        if tail is not None and tail.kind is PartyKind.DISTRICT:
            return self._make(first, last, PartyKind.DISTRICT, head, tail.key, mention)
        if tail is None and head in _LOCAL and length == 1 and head == "vnpt":
            return None
        kind = PartyKind.DISTRICT if head in _DISTRICT_AGENCIES else PartyKind.PROVINCE
        return self._make(first, last, kind, head, mention.province if mention else "", mention)

    def _ministry_end(self, head: str, last: int, name: str) -> tuple[int, str]:
        """Return the end of a ministry or of a department with its ministry, and its key."""
        if head in ("vụ", "cục", "tổng cục") and self._lower(last) in (",", "("):
            above = self._body_at(last + 1)
            if above is not None and above.head == "bộ":
                closed = above.last + (self._lower(last) == "(")
                return min(closed, len(self._words)), above.key
        return last, name.lower()

    def _lower(self, position: int) -> str:
        return self._words[position].lower if position < len(self._words) else ""

    def _name_end(self, position: int, head: str) -> int:
        """Return where the name behind a head ends; `position` itself when there is none."""
        known = phrase_at(self._words, position, _FIELDS)
        if known and head not in _VENUE and head not in _OTHER:
            return position + known
        words, end = self._words, position
        while end < len(words) and end - position < _LONGEST_NAME:
            word = words[end]
            if end - position > 2 and self._is_vietnam(end - 2) and not word.capital:
                break
            if word.letters and (word.capital or end > position or head in _LOWER_NAMED):
                if (end > position or head not in _OTHER) and self._starts_locality(end):
                    break
                if end > position and head != "cơ quan" and self._starts_head(end):
                    break
                if (end > position or head not in _OTHER) and self._starts_person(end):
                    break
                if not word.capital and word.lower not in NAME_SYLLABLES:
                    if (self._lower(end - 1), word.lower) != ("thế", "giới"):
                        break
                if word.lower == "và" and phrase_at(words, end + 1, _PLACE_HEADS):
                    break
                end += 1
            elif self._goes_on(end, position):
                end += 1
            else:
                break
        while end > position and words[end - 1].text in ("và", "-", "–", ",", "từ", "tham", "nam"):
            end -= 1
        if end > position and not words[position].capital:
            if (
                head not in _LOWER_NAMED
                or head == "trung tâm"
                and words[position].lower
                not in (
                    "hành",
                    "phục",
                )
            ):
                return position
        return end

    def _is_vietnam(self, position: int) -> bool:
        return (self._lower(position), self._lower(position + 1)) == ("việt", "nam")

    def _goes_on(self, position: int, first: int) -> bool:
        """Whether the mark at `position` stands inside a name."""
        if position == first or position + 1 >= len(self._words):
            return False
        mark, following = self._words[position].lower, self._words[position + 1]
        if mark in "-–&":
            return following.letters
        if mark == ",":
            pair = (self._words[position - 1].lower, following.lower)
            return pair in {("sát", "điều"), ("hóa", "thể"), ("hóa", "thông")}
        return False

    def _starts_person(self, position: int) -> bool:
        run = capital_run(self._words, position)
        if self._words[position - 1].capital and self._words[position - 1].lower != "sở":
            return False
        return (
            2 <= run <= 5
            and is_surname(self._words[position].text)
            and (self._words[position].start not in self._mentions)
        )

    def _starts_head(self, position: int) -> bool:
        return self._words[position].capital and bool(phrase_at(self._words, position, _HEADS))

    def _starts_locality(self, position: int) -> bool:
        word = self._words[position]
        if word.start in self._mentions or word.lower == "tỉnh":
            return True
        length = phrase_at(self._words, position, _DISTRICTS)
        if length:
            following = position + length
            return following < len(self._words) and (
                self._words[following].capital or not self._words[following].letters
            )
        return False

    def _acronym_end(self, position: int) -> int:
        """Return the position behind "(VNPT)" when it stands at `position`."""
        if self._lower(position) == "(" and self._lower(position + 2) == ")":
            short = self._words[position + 1]
            if _ACRONYM.fullmatch(short.text) and short.lower not in COUNTRIES:
                return position + 3
        return position

    def _locality(self, position: int) -> _Locality | None:
        """Read a territory: a province, a district, ward or commune, a foreign place or country."""
        if position >= len(self._words):
            return None
        word = self._words[position]
        mention = self._mentions.get(word.start)
        if mention is not None and mention.end in self._ends:
            last = self._ends[mention.end]
            return _Locality(last, PartyKind.PROVINCE, mention, mention.province)
        country = self._country(position)
        if country and (word.capital or country > position + 1):
            key = " ".join(w.lower for w in self._words[position:country])
            return _Locality(country, PartyKind.FOREIGN, None, _country_key(key))
        place = phrase_at(self._words, position, _PLACES) if word.capital else 0
        if place:
            return self._foreign_place(position, position + place, position)
        length = phrase_at(self._words, position, _DISTRICTS) or int(word.lower in ("tỉnh", "bang"))
        if not length:
            return None
        return self._typed_locality(position, position + length)

    def _typed_locality(self, first: int, name: int) -> _Locality | None:
        """Read the name behind "quận", "tỉnh", ...; the name starts at word `name`."""
        words = self._words
        kind = words[first].lower
        if kind in ("tp", "tx") and self._lower(name) == ".":
            name += 1
        if name < len(words) and words[name].text.isdigit() and kind in ("quận", "phường"):
            key = f"{kind} {words[name].text}"
            return _Locality(name + 1, PartyKind.DISTRICT, None, key)
        place = phrase_at(words, name, _PLACES)
        of_people = kind in ("phường", "xã", "thị")
        length = place or locality_length(words, name, may_be_person=of_people)
        if not length:
            return _Locality(name, None) if words[name - 1].letters else None
        if place or any(not is_vietnamese_syllable(w.text) for w in words[name : name + length]):
            return self._foreign_place(first, name + length, name)
        if kind in ("tỉnh", "bang"):
            return None
        namesake = self._mentions.get(words[name].start)
        if (
            kind == "thành"
            and namesake is not None
            and namesake.end == words[name + length - 1].end
        ):
            key = f"thành phố {namesake.province.lower()}"
            return _Locality(name + length, PartyKind.DISTRICT, namesake, key)
        key = " ".join(w.lower for w in words[first : name + length])
        return _Locality(name + length, PartyKind.DISTRICT, None, key)

    def _foreign_place(self, first: int, last: int, name: int) -> _Locality:
        key = " ".join(w.lower for w in self._words[name:last])
        return _Locality(last, PartyKind.FOREIGN, None, key)

    def _country(self, position: int) -> int:
        """Return the end of "Vương quốc Campuchia", "nước Lào" or "Lào"; 0 for none."""
        if position >= len(self._words):
            return 0
        start = position + phrase_at(self._words, position, _STATE_WORDS)
        if start >= len(self._words) or not self._words[start].capital:
            return 0
        length = phrase_at(self._words, start, _COUNTRIES)
        following = start + length
        if length == 1 and start == position and self._words[start].lower in _DOUBTFUL:
            if (
                self._lower(following) == "luật"
                or self._lower(position - 1) not in _BEFORE_COUNTRY
                or (following < len(self._words) and self._words[following].capital)
            ):
                return 0  # rather a person, a street or a sentence's first word
        return following if length else 0


def _country_key(name: str) -> str:
    """Return the country of "vương quốc campuchia" and the like."""
    for state in sorted(_STATES, key=len, reverse=True):
        name = name.removeprefix(state + " ")
    return name


def _looks_foreign(words: Sequence[Word]) -> bool:
    """Whether a name holds a capitalised word that is no Vietnamese syllable and no acronym."""
    return any(
        w.capital
        and w.letters
        and not w.text.isupper()
        and not is_vietnamese_syllable(w.text)
        and not any(c.isupper() for c in w.text[1:])
        for w in words
    )


def _with_provinces(bodies: list[Body], text: str) -> list[Body]:
    """Return `bodies` with districts tied to the province that the text names for them.

    "UBND quận Ninh Kiều, thành phố Cần Thơ", "Thị xã Dĩ An (Bình Dương)": the province stands
    right behind a district somewhere in the text, and counts for all its mentions.
    """
    homes: dict[str, Body] = {}
    for body, following in zip(bodies, bodies[1:], strict=False):
        if body.kind is not PartyKind.DISTRICT or following.kind is not PartyKind.PROVINCE:
            continue
        if following.is_locality and text[body.end : following.start].strip() in (
            ",",
            "(",
            "của",
            "",
        ):
            homes.setdefault(body.key, following)
    tied = []
    for body in bodies:
        home = homes.get(body.key) if body.kind is PartyKind.DISTRICT else None
        if home is not None:
            body = replace(body, province=home.province, current=home.current)
        tied.append(body)
    return tied
