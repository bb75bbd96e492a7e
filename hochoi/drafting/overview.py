"""Questions over many visits: which visits they mean, by role, region, date, topic and visitor.

"Liệt kê các đoàn đến Bắc Ninh trước năm 2020" asks for rows, not for a sentence of one report.
Conditions of one kind and role are alternatives; those of different kinds must all hold.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from hochoi.drafting.overview_words import required_words
from hochoi.question import Condition, ConditionKind, Query
from hochoi.text import fold
from hochoi.understanding.over_visits import EARLIEST, LARGEST, LATEST, OVERVIEWS, SMALLEST
from hochoi.understood import ProvinceRole, QuestionKind


class Scope(Enum):
    """Which reports may be rows."""

    VISITS = "visits"  # somebody visits
    EVENTS = "events"  # or something takes place on a day
    REPORTS = "reports"  # all


class Grouping(Enum):
    """By what a count is broken down."""

    YEAR = "year"
    MONTH = "month"
    TOPIC = "topic"
    HOST = "host"
    VISITOR = "visitor"
    COUNTRY = "country"  # of the visitors
    MINISTRY = "ministry"  # of the visitors
    HEAD = "head"
    HOST_LEAD = "host_lead"


class Extreme(Enum):
    """Which of the visits, or of the groups they fall into, is asked for."""

    LATEST = "latest"
    EARLIEST = "earliest"
    LARGEST = "largest"
    SMALLEST = "smallest"
    MOST = "most"  # the group with most visits
    LEAST = "least"


@dataclass(frozen=True, slots=True)
class Size:
    """How many people a delegation is to have. Both included; None is open."""

    least: int | None
    most: int | None
    words: str  # as asked


@dataclass(frozen=True, slots=True)
class Overview:
    """The visits a question is about."""

    kind: QuestionKind
    conditions: tuple[Condition, ...]
    scope: Scope
    groupings: tuple[Grouping, ...] = ()
    compared: tuple[Condition, ...] = ()  # COMPARE: the sides, each an alternative of the others
    is_between: bool = False  # "giữa A và B": both must take part
    words: tuple[str, ...] = ()  # that a report must hold, as asked: names, a subject
    wants_head: bool = False
    wants_host_leads: bool = False
    wants_participants: bool = False
    wants_places: bool = False
    extreme: Extreme | None = None
    counted: tuple[Grouping, str] | None = None  # what is counted through visits, as asked: "tỉnh"
    only_provinces: bool = False  # groups of other hosts and visitors do not count
    size: Size | None = None
    is_negated: bool = False  # which have not been there
    wants_content: bool = False
    asked: str = ""  # the question, folded


_EVENTS = re.compile(r"\b(?:buoi|cuoc|hoi thao|su kien|hoat dong|dien dan)\b")
VISIT_WORDS = re.compile(r"\b(?:doan|chuyen|lan|luot|khach)\b")
_WENT = re.compile(
    r"\b(?:den|tham|di hoc|sang|cu|tiep|don|hoc tap|hoc kinh nghiem|hoc o|lam viec voi|huong dan"
    r"|truyen dat|ghe|chia se (?:kinh nghiem )?(?:voi|cho)|trao doi (?:kinh nghiem )?voi"
    r"|(?:di|hoc|vao|ra|ve) (?:\w+ ){0,3}(?:dau|nao|ai)"
    r"|(?:ai|nao) (?:da |tung )*(?:hoc|vao|ra|ve|di))\b"
)
_BETWEEN = re.compile(r"\bgiua\b")
_HEAD = re.compile(r"\b(?:truong doan|dan dau|ai dan|dung dau|dan doan)\b")
_HOST_LEADS = re.compile(r"\b(?:ai tiep|do ai tiep|nguoi tiep|ai don|ai chu tri)\b")
_PARTICIPANTS = re.compile(
    r"\b(?:(?:bao nhieu|may|bn|so|so luong) (?:nguoi|thanh vien|dai bieu))\b"
)
_NEGATED = re.compile(
    r"\b(?:chua|khong)(?: (?:he|tung|co|bao gio|duoc))*"
    r" (?:doan|chuyen|ai|den|di|tiep|don|hoc|cu|tham|sang)\b"
)
_PLACES = re.compile(
    r"\b(?:dau(?! (?:tien|nam|tu|nhat))|noi nao|nhung noi)\b(?<!dan dau)(?<!dung dau)"
)
_RANKED = re.compile(
    r"\b(?:(?P<most>nhieu)|it)(?: (?:doan|chuyen|lan|luot|tinh|dia phuong|noi|nuoc)"
    r"(?: \w+){0,4})? nhat\b"
    r"|\b(?:chu de|noi dung|linh vuc) nao(?: \w+){0,3} (?P<first>nhat)\b"
)
_SINGLED_OUT = (
    (Extreme.LARGEST, LARGEST),
    (Extreme.SMALLEST, SMALLEST),
    (Extreme.LATEST, LATEST),
    (Extreme.EARLIEST, EARLIEST),
)
# Words that single out; they say nothing about which visits there are to choose from.
_SINGLING = re.compile(
    r"\b(?:gan day nhat|gan nhat|moi day nhat|moi nhat|sau cung|cuoi cung|lan cuoi"
    r"|dau tien|lan dau|som nhat|cu nhat|xua nhat|quy mo|dong(?: \w+)? nhat|lon nhat|nho nhat"
    r"|(?:nhieu|it)(?: so)? (?:nguoi|thanh vien|dai bieu|can bo)(?: \w+){0,3} nhat)\b"
)
_SIZED = re.compile(
    r"\b(?:(?P<over>tren|hon|nhieu hon)|(?P<least>tu|it nhat|toi thieu)|(?P<under>duoi|it hon)"
    r"|(?P<most>khong qua|toi da|nhieu nhat)|dung|co|gom) (?P<number>\d{1,5})"
    r" (?:nguoi|thanh vien|dai bieu|can bo)\b"
)
_ONLY_PROVINCES = re.compile(
    r"\b(?:tinh|dia phuong)(?:,? thanh(?: pho)?)? nao\b"
    r"|\b(?:bao nhieu|may|bn) (?:tinh|dia phuong)\b"
)
_COUNTED = re.compile(
    r"\b(?:bao nhieu|may|bn)"
    r" (?P<what>tinh,? thanh(?: pho)?|tinh|dia phuong|nuoc|quoc gia|don vi|noi)\b"
)
_MENTIONS = re.compile(r"\b(?:noi|nhac|de cap) (?:ve|den|toi)\b")
_REPORTS = re.compile(r"\bbao cao\b")
_MOST_BY = (
    (Grouping.YEAR, re.compile(r"\bnam nao\b")),
    (Grouping.MONTH, re.compile(r"\bthang nao\b")),
    (Grouping.TOPIC, re.compile(r"\b(?:chu de|noi dung|linh vuc) nao\b")),
    (Grouping.HOST_LEAD, re.compile(r"\b(?:ai|nguoi nao)\b.{0,20}\b(?:tiep|don|chu tri)\b")),
    (
        Grouping.HOST,
        re.compile(
            r"\b(?:hoc|den|di|tham)(?: o| tai| cua)? (?:ai|dau|\w+(?: \w+)? nao) (?:nhieu|it)\b"
        ),
    ),
    (Grouping.HEAD, re.compile(r"\b(?:ai|nguoi nao|truong doan nao)\b")),
    (
        Grouping.HOST,
        re.compile(
            r"\b(?:tinh|dia phuong|noi|don vi|co quan|bo|thanh pho|nuoc|quoc gia) nao\b.{0,30}"
            r"\b(?:tiep|don|duoc|co)\b"
        ),
    ),
    (Grouping.COUNTRY, re.compile(r"\b(?:nuoc|quoc gia) nao\b")),
    (Grouping.MINISTRY, re.compile(r"\bbo(?:,? nganh)?(?: trung uong)? nao\b")),
    (
        Grouping.VISITOR,
        re.compile(
            r"\b(?:tinh|dia phuong|noi|don vi|co quan|thanh pho)(?:,? thanh(?: pho)?)? nao\b"
        ),
    ),
)
_CONTENT = re.compile(
    r"\b(?:noi dung|(?:tim hieu|hoc|hoc tap|trao doi|ban|chia se|quan tam)(?: duoc)?"
    r"(?: nhung| ve)?(?: van de| dieu)? gi|ket qua|kinh nghiem gi|bai hoc gi)\b"
)
_GROUPINGS = (
    (Grouping.YEAR, re.compile(r"\b(?:theo (?:tung |cac )?nam|moi nam|tung nam|hang nam)\b")),
    (Grouping.TOPIC, re.compile(r"\btheo (?:tung |cac )?(?:chu de|linh vuc|noi dung)\b")),
    (
        Grouping.HOST,
        re.compile(r"\btheo (?:tung |cac )?(?:noi (?:tiep|den|don)|dia phuong tiep|tinh tiep)\b"),
    ),
    (
        Grouping.VISITOR,
        re.compile(r"\btheo (?:tung |cac )?(?:doan|tinh|dia phuong|don vi|noi di)\b(?! tiep)"),
    ),
)


def requested(query: Query) -> Overview | None:
    """Return which visits a question asks for as a group, None when it asks for one."""
    if query.kind not in OVERVIEWS:
        return None
    text = query.standalone or query.question
    folded = fold(text)
    extreme = _extreme(folded) if query.kind is not QuestionKind.COMPARE else None
    size = _size(text, folded)
    compared = _sides(query.conditions) if query.kind is QuestionKind.COMPARE else ()
    if query.kind is QuestionKind.COMPARE and len(compared) < 2:
        return None
    return Overview(
        query.kind,
        query.conditions,
        _scope(folded),
        _groupings(folded),
        compared,
        is_between=_BETWEEN.search(folded) is not None,
        words=(
            *required_words(_without_singling(text, folded), query),
            *_mentioned(folded, query.conditions),
        ),
        wants_head=_HEAD.search(folded) is not None,
        wants_host_leads=_HOST_LEADS.search(folded) is not None,
        wants_places=_PLACES.search(folded) is not None,
        wants_participants=size is not None
        or extreme in (Extreme.LARGEST, Extreme.SMALLEST)
        or _PARTICIPANTS.search(folded) is not None,
        extreme=extreme,
        counted=_counted(text, folded, query.conditions),
        only_provinces=_ONLY_PROVINCES.search(folded) is not None,
        size=size,
        is_negated=_NEGATED.search(folded) is not None,
        wants_content=query.kind is QuestionKind.COMPARE or _CONTENT.search(folded) is not None,
        asked=folded,
    )


def _mentioned(folded: str, conditions: Sequence[Condition]) -> tuple[str, ...]:
    """Return the words of a topic that reports must use themselves: "nói về IOC"."""
    if not _MENTIONS.search(folded):
        return ()
    return tuple(c.text for c in conditions if c.kind is ConditionKind.TOPIC)


def _extreme(folded: str) -> Extreme | None:
    """Return what a question singles out; by date or size only where no group is ranked."""
    for extreme, words in _SINGLED_OUT:
        if words.search(folded):
            return extreme
    ranked = _RANKED.search(folded)
    if ranked is None or not _groupings(folded):
        return None
    return Extreme.MOST if ranked["most"] or ranked["first"] else Extreme.LEAST


def _counted(
    text: str, folded: str, conditions: Sequence[Condition]
) -> tuple[Grouping, str] | None:
    """Return which groups a question counts rather than visits: "bao nhiêu tỉnh đã đến Huế"."""
    match = _COUNTED.search(folded) if len(folded) == len(text) else None
    if match is None:
        return None
    words = text[match.start("what") : match.end("what")]
    if match["what"] in ("nuoc", "quoc gia"):
        return Grouping.COUNTRY, words
    has_host = any(c.role is ProvinceRole.HOST for c in conditions)
    return Grouping.VISITOR if has_host else Grouping.HOST, words


def _size(text: str, folded: str) -> Size | None:
    match = _SIZED.search(folded) if len(folded) == len(text) else None
    if match is None:
        return None
    number, words = int(match["number"]), text[match.start() : match.end()]
    if match["over"]:
        return Size(number + 1, None, words)
    if match["least"]:
        return Size(number, None, words)
    if match["under"]:
        return Size(None, number - 1, words)
    return Size(None if match["most"] else number, number, words)


def _without_singling(text: str, folded: str) -> str:
    """Return a question with what singles out blanked; every other word keeps its place."""
    if len(folded) != len(text):
        return text
    for pattern in (_SINGLING, _SIZED):
        for match in pattern.finditer(folded):
            text = text[: match.start()] + "," * len(match[0]) + text[match.end() :]
    return text


def _groupings(folded: str) -> tuple[Grouping, ...]:
    found = [g for g, words in _GROUPINGS if words.search(folded)]
    if not found and _RANKED.search(folded):
        found = [g for g, words in _MOST_BY if words.search(folded)][:1]
    return tuple(found)


def _scope(folded: str) -> Scope:
    if _REPORTS.search(folded) and not re.search(r"\b(?:doan|chuyen)\b", folded):
        return Scope.REPORTS
    if VISIT_WORDS.search(folded):
        return Scope.VISITS
    if _EVENTS.search(folded):
        return Scope.EVENTS
    return Scope.VISITS if _WENT.search(folded) else Scope.REPORTS


def _sides(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return the conditions that a comparison sets against each other."""
    places = [c for c in conditions if c.kind in (ConditionKind.PROVINCE, ConditionKind.REGION)]
    groups = [c for c in conditions if c.kind is ConditionKind.GROUP]
    for among in (places, groups, [c for c in conditions if c.kind is ConditionKind.DATE]):
        for role in ProvinceRole:
            side = tuple(c for c in among if c.role is role)
            if len(side) > 1:
                return side
    return tuple(places)


def for_side(overview: Overview, side: Condition) -> Overview:
    """Return the part of a comparison that is about one of its sides."""
    others = tuple(c for c in overview.conditions if c not in overview.compared)
    return replace(overview, conditions=(*others, side))


def without_kind(overview: Overview, *kinds: ConditionKind) -> Overview:
    """Return an overview without its conditions of some kinds."""
    kept = tuple(c for c in overview.conditions if c.kind not in kinds)
    return replace(overview, conditions=kept)
