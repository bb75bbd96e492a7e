"""Find the bodies a report names: localities, agencies, ministries, companies, foreign partners.

Says what each one is called, of what kind it is and to which province it belongs. Does not know
who hosts and who visits.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hochoi.provinces import Mention
from hochoi.types import PartyKind
from ingest.visit_agency_names import HEADS, AgencyNameReader
from ingest.visit_localities import LOWER_STARTS, Locality, LocalityReader
from ingest.visit_names import locality_length
from ingest.visit_phrases import joined, lower_at, phrase_at, phrase_table
from ingest.visit_vocabulary import (
    CENTRAL_HEADS,
    FOREIGN_BODIES,
    FOREIGN_HEADS,
    KIND_OF_HEAD,
    LOCAL_HEADS,
    OTHER_HEADS,
    VENUE_HEADS,
)
from ingest.visit_words import Word, is_vietnamese_syllable

_LOCAL, _VENUE = frozenset(LOCAL_HEADS), frozenset(VENUE_HEADS)
_CENTRAL, _OTHER, _FOREIGN = map(frozenset, (CENTRAL_HEADS, OTHER_HEADS, FOREIGN_HEADS))
# Party committees name their district without its type: "Huyện ủy Đơn Dương".
_COMMITTEES = {"huyện ủy": "huyện ", "quận ủy": "quận ", "thị ủy": "thị xã "}
_COMMITTEES |= {"huyện đoàn": "huyện ", "quận đoàn": "quận ", "thị đoàn": "thị xã "}
_DISTRICT_AGENCIES = frozenset([*_COMMITTEES, "đảng ủy"])
_LOWER_HEADS = phrase_table(["chính quyền", "hội đồng thành phố"])
_LOWER_STARTS = LOWER_STARTS | frozenset(_LOWER_HEADS)
_KNOWN_FOREIGN = frozenset(FOREIGN_BODIES)
_WORLD = re.compile(r"[Tt]hế giới|toàn cầu|châu Á|châu Âu|Liên hợp quốc|ASEAN")
_UPPER = "A-ZĐÂÊÔĂƠƯÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"
_SMALL = re.compile(r"(?:^|(?:ubnd|hđnd|dân|cửa|công) )(?:xã|phường|thị trấn) ")
_LARGE = ("huyện ", "quận ", "thị xã ", "thành phố ", "tp. ", "tp ")
_GROUP = re.compile(
    r" (?:các|\d{1,2}) (?:tỉnh|địa phương)(?:, thành phố)?"
    r"(?: (?:khu vực|vùng|miền|phía|đồng bằng|duyên hải|trực thuộc|trung ương"
    rf"|[{_UPPER}][^\W\d]*|-)){{0,12}}"
)


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
    key: str  # equal for mentions of one party, e.g. all agencies of one province; "" for unnamed

    @property
    def is_venue(self) -> bool:
        """Whether this is rather a place to see than a party."""
        return self.head in _VENUE

    @property
    def is_locality(self) -> bool:
        """Whether this is a territory named without an agency."""
        return self.head == ""


class BodyReader:
    """Reads bodies off one text. Holds its words and the provinces found in it."""

    def __init__(self, text: str, words: Sequence[Word], mentions: Sequence[Mention]) -> None:
        self._text = text
        self._words = words
        self._provinces = {mention.start for mention in mentions}
        self._localities = LocalityReader(words, mentions)
        self._names = AgencyNameReader(words, self._localities)
        self._acronyms: dict[str, Body] = {}

    def read(self) -> list[Body]:
        """Return the bodies of the text in order, without overlaps."""
        bodies: list[Body] = []
        last = 0
        for position, word in enumerate(self._words):
            if not (word.capital or word.lower in _LOWER_STARTS or word.start in self._provinces):
                continue
            body = self._body_at(position) if position >= last else None
            if body is not None:
                bodies.append(body)
                last = body.last
                self._learn_acronym(body)
        return _with_provinces(bodies, self._text)

    def _body_at(self, position: int, *, is_inner: bool = False) -> Body | None:
        """Return the body at `position`; an inner one is read for another and holds no third."""
        word = self._words[position]
        if not word.letters:
            return None
        if word.text in self._acronyms:
            meant = self._acronyms[word.text]
            return self._make(position, position + 1, meant.kind, meant.head, meant.key)
        length = self._head_length(position)
        agency = self._agency(position, length, is_inner=is_inner) if length else None
        if agency is not None:
            return agency
        if word.lower in _KNOWN_FOREIGN and word.text.isupper():
            return self._make(position, position + 1, PartyKind.FOREIGN, "tổ chức", word.lower)
        locality = self._localities.at(position)
        if locality is None or locality.kind is None:
            return None
        return self._make(
            position, locality.last, locality.kind, "", locality.key, locality.mention
        )

    def _head_length(self, position: int) -> int:
        """Return how many words of a head ("Văn phòng UBND") stand at `position`."""
        word = self._words[position]
        if not word.capital:
            return phrase_at(self._words, position, _LOWER_HEADS)
        length = phrase_at(self._words, position, HEADS)
        if length == 2 and word.text in ("Thanh", "Công") and self._words[position + 1].capital:
            return 0  # "Thanh Tra" is a name
        return length

    def _learn_acronym(self, body: Body) -> None:
        """Note that "VNPT" means a body written "... Tập đoàn ... (VNPT)" before."""
        if body.last - body.first > 4 and self._words[body.last - 1].text == ")":
            if self._names.is_acronym(body.last - 2):
                self._acronyms[self._words[body.last - 2].text] = body

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

    def _agency(self, first: int, length: int, *, is_inner: bool) -> Body | None:
        """Read an agency whose head is `length` words long; `None` when it has no name."""
        head = joined(self._words, first, first + length)
        last = first + length
        is_complete = (
            head in _LOCAL
            or (head in _CENTRAL and length > 1)
            or (head in _FOREIGN and head != "cơ quan")
        )
        if not is_complete:
            last = self._names.end(last, head)
            if last == first + length and head not in _VENUE:
                return None
        last = self._names.acronym_end(last)
        if head in _LOCAL and self._names.is_vietnam(last):  # "Ủy ban MTTQ Việt Nam tỉnh A"
            last += 2
        if not is_inner and (owned := self._of_another(first, last, head)) is not None:
            return owned
        if (group := self._of_many(first, last, head)) is not None:
            return group
        tail = self._tail(last, head)
        last, country = self._country_end(tail.last if tail else last)
        body = self._classified(first, last, head, tail, is_abroad=country)
        if body is None or is_inner or body.kind is not PartyKind.MINISTRY:
            return body
        return self._with_ministry(body)

    def _of_another(self, first: int, last: int, head: str) -> Body | None:
        """Read "Bộ phận một cửa" + "UBND xã Thanh Sơn"."""
        if head not in _VENUE or last >= len(self._words) or not self._names.starts_head(last):
            return None
        owner = self._body_at(last, is_inner=True)
        if owner is None or owner.head not in _LOCAL:
            return None
        start = self._words[first].start
        return replace(
            owner, start=start, first=first, head=head, text=self._text[start : owner.end]
        )

    def _of_many(self, first: int, last: int, head: str) -> Body | None:
        """Read "Sở Nội vụ" + "25 tỉnh, thành phố khu vực phía Bắc"."""
        group = _GROUP.match(self._text, self._words[last - 1].end) if head == "sở" else None
        if group is None:
            return None
        while last < len(self._words) and self._words[last].end <= group.end():
            last += 1
        return self._make(first, last, PartyKind.PROVINCE, head, group[0].strip())

    def _tail(self, position: int, head: str) -> Locality | None:
        """Read the territory behind an agency."""
        tail = self._localities.at(position)
        if tail is None and head in _COMMITTEES:
            length = locality_length(self._words, position, may_be_person=False)
            name = joined(self._words, position, position + length)
            if length:
                last = position + length
                return Locality(last, PartyKind.DISTRICT, None, _COMMITTEES[head] + name)
        if tail is None and head in _OTHER | _FOREIGN:
            if lower_at(self._words, position) in ("tại", "ở"):
                tail = self._localities.at(position + 1)
        return tail

    def _country_end(self, last: int) -> tuple[int, bool]:
        """Return where the country behind an agency ends, and whether a foreign one stood there."""
        country = self._localities.country(last)
        last = self._names.acronym_end(country or last)
        if not country and lower_at(self._words, last) == "(":
            inside = self._localities.country(last + 1)
            if inside and lower_at(self._words, inside) == ")":
                return inside + 1, True
        if self._names.is_vietnam(last):
            last += 2
        return last, bool(country)

    def _classified(
        self, first: int, last: int, head: str, tail: Locality | None, *, is_abroad: bool
    ) -> Body | None:
        """Return the agency in words `first` to `last` with its kind; `None` for no party."""
        kind, mention = KIND_OF_HEAD[head], tail.mention if tail else None
        name = self._text[self._words[first].start : self._words[last - 1].end]
        is_foreign = tail is not None and tail.kind is PartyKind.FOREIGN
        if (
            is_abroad
            or is_foreign
            or _WORLD.search(name)
            or lower_at(self._words, last - 2) in _KNOWN_FOREIGN
            or (kind is not PartyKind.OTHER and _looks_foreign(self._words[first:last]))
        ):
            key = tail.key if tail and is_foreign else name.lower()
            return self._make(first, last, PartyKind.FOREIGN, head, key)
        if head in _FOREIGN or (head == "vnpt" and tail is None):
            return None
        if kind is PartyKind.OTHER:
            return self._make(first, last, kind, head, name.lower())
        if kind is PartyKind.MINISTRY:
            return self._make(first, last, kind, head, name.lower())
        if tail is not None and tail.kind is PartyKind.DISTRICT:
            return self._make(first, last, PartyKind.DISTRICT, head, tail.key, mention)
        kind = PartyKind.DISTRICT if head in _DISTRICT_AGENCIES else PartyKind.PROVINCE
        return self._make(first, last, kind, head, mention.province if mention else "", mention)

    def _with_ministry(self, body: Body) -> Body:
        """Return a department with the ministry behind it, if one stands there."""
        last = body.last
        if body.head not in ("vụ", "cục", "tổng cục") or lower_at(self._words, last) not in (
            ",",
            "(",
        ):
            return body
        above = self._body_at(last + 1, is_inner=True) if last + 1 < len(self._words) else None
        if above is None or above.head != "bộ":
            return body
        closed = min(above.last + (lower_at(self._words, last) == "("), len(self._words))
        return self._make(body.first, closed, body.kind, body.head, above.key)


def lies_in(body: Body, following: Body) -> bool:
    """Whether the district `following` may be the one in which the ward `body` lies."""
    return (
        following.is_locality
        and _SMALL.search(body.text.lower()) is not None
        and following.text.lower().startswith(_LARGE)
    )


def _looks_foreign(words: Sequence[Word]) -> bool:
    """Whether a name holds a capitalised word that is no Vietnamese syllable and no acronym."""
    return any(
        word.capital
        and word.letters
        and word.text[1:].islower()
        and not is_vietnamese_syllable(word.text)
        for word in words
    )


def _with_provinces(bodies: list[Body], text: str) -> list[Body]:
    """Return `bodies` with districts tied to the province that the text names for them.

    "UBND quận Ninh Kiều, thành phố Cần Thơ", "Thị xã Dĩ An (Bình Dương)": the province stands
    right behind a district somewhere in the text, and counts for all its mentions.
    """
    homes: dict[str, Body] = {}
    abroad: set[str] = set()
    for body, following in reversed(list(pairwise(bodies))):  # "xã A, huyện B, tỉnh C"
        between = text[body.end : following.start].strip()
        if body.kind is not PartyKind.DISTRICT or not following.is_locality:
            continue
        if following.kind is PartyKind.FOREIGN and between in (",", "("):
            abroad.add(body.key)  # "thành phố Nam Ninh (Trung Quốc)"
        if between not in (",", "(", "của", ""):
            continue
        if following.kind is PartyKind.PROVINCE:
            homes[body.key] = following
        elif lies_in(body, following) and following.key in homes:
            homes[body.key] = homes[following.key]
    return [
        replace(body, kind=PartyKind.FOREIGN)
        if body.kind is PartyKind.DISTRICT and body.key in abroad
        else replace(body, province=home.province, current=home.current)
        if body.kind is PartyKind.DISTRICT and (home := homes.get(body.key)) is not None
        else body
        for body in bodies
    ]
