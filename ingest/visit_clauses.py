"""Rewrite the sentences of a report with one sign for each body, person and document number.

"Đoàn công tác tỉnh A do ông B, Giám đốc Sở C làm trưởng đoàn" becomes "Đoàn công tác ① do ②
làm trưởng đoàn", on which the rules about roles can be short. Does not decide any role.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hochoi.types import PartyKind, Span
from ingest.visit_bodies import Body, lies_in
from ingest.visit_people import Somebody

BODY_SIGN, PERSON_SIGN, NUMBER_SIGN = "\ue001", "\ue002", "\ue003"
BODY, PERSON, NUMBER = BODY_SIGN + ".", PERSON_SIGN + ".", NUMBER_SIGN
_FIRST_INDEX = 0xF0000
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_EMPTY = re.compile(r" ?\([ ,]*(?:ngày|sáng|chiều)?[ ,]*\)")
_SPACES = re.compile(r"\s+")
_APPOSITION = re.compile(r" ?\(| ?, | của | ")
_ACTS = re.compile(r" (?:đã|có|vừa|tổ chức|tiếp|đón|cử|sẽ|là)\b")


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence: where it stands, and how it reads with signs."""

    start: int
    end: int
    order: int  # 0 is the title
    masked: str  # lower case
    bodies: Sequence[Body]  # of the whole report
    people: Sequence[Somebody]  # of the whole report

    def bodies_in(self, masked: str | None) -> list[Body]:
        """Return the bodies whose signs stand in a part of `masked`."""
        return [self.bodies[i] for i in _indices(masked, BODY_SIGN)]

    def people_in(self, masked: str | None) -> list[Somebody]:
        """Return the people whose signs stand in a part of `masked`."""
        return [self.people[i] for i in _indices(masked, PERSON_SIGN)]


def _indices(masked: str | None, sign: str) -> list[int]:
    if not masked:
        return []
    return [ord(masked[i + 1]) - _FIRST_INDEX for i, c in enumerate(masked) if c == sign]


def clauses(
    text: str,
    sentences: Sequence[Span],
    bodies: Sequence[Body],
    people: Sequence[Somebody],
    hidden: Sequence[Span],
    numbers: Sequence[Span],
) -> list[Clause]:
    """Return the sentences of `text` with signs.

    Args:
        text: The report text.
        sentences: Its sentences in order.
        bodies: Bodies in order; those inside a person's title get no sign.
        people: People in order.
        hidden: What is left out altogether: dates.
        numbers: Document numbers.
    """
    marks: list[tuple[int, int, str]] = [
        (s.mask_start, s.end, PERSON_SIGN + chr(_FIRST_INDEX + i)) for i, s in enumerate(people)
    ]
    marks += [(s.start, s.end, "") for s in hidden]
    marks += [(s.start, s.end, NUMBER_SIGN) for s in numbers]
    marks += [(b.start, b.end, BODY_SIGN + chr(_FIRST_INDEX + i)) for i, b in enumerate(bodies)]
    rank = {PERSON_SIGN: 0, NUMBER_SIGN: 1, "": 2, BODY_SIGN: 3}
    marks.sort(key=lambda m: (m[0], rank[m[2][:1]]))
    tails = {s.end: s.bodies[-1] for s in people if s.bodies}
    found: list[Clause] = []
    at = 0
    for order, sentence in enumerate(sentences):
        while at < len(marks) and marks[at][0] < sentence.start:
            at += 1
        inside = at
        while inside < len(marks) and marks[inside][0] < sentence.end:
            inside += 1
        masked = _masked(text, sentence, marks[at:inside], bodies, tails)
        found.append(Clause(sentence.start, sentence.end, order, masked, bodies, people))
        at = inside
    return found


def _masked(
    text: str,
    sentence: Span,
    marks: Sequence[tuple[int, int, str]],
    bodies: Sequence[Body],
    tails: Mapping[int, Body],
) -> str:
    """Return one sentence with the signs of `marks`, single spaces, nothing else changed."""
    parts: list[str] = []
    position = sentence.start
    previous: Body | None = None
    is_at_place = False  # "tại" stands before the previous body
    for start, end, sign in marks:
        if start < position:
            continue
        between = text[position:start]
        body = bodies[ord(sign[1]) - _FIRST_INDEX] if sign.startswith(BODY_SIGN) else None
        if (
            body is not None
            and previous is not None
            and _is_apposition(
                previous, between, body, acts=is_at_place and bool(_ACTS.match(text, end))
            )
        ):
            position = end + (between.endswith("(") and text[end : end + 1] == ")")
            previous = body if body.kind is PartyKind.FOREIGN else previous
            continue
        parts.append(_PRIVATE.sub(" ", between))
        parts.append(sign)
        position = end
        if body is not None:
            is_at_place = between.lower().endswith(("tại ", "ở "))
        if sign:
            previous = body or tails.get(end)
    parts.append(_PRIVATE.sub(" ", text[position : sentence.end]))
    return (
        _EMPTY.sub("", _SPACES.sub(" ", "".join(parts)))
        .replace(" ,", ",")
        .replace("**", "")
        .lower()
    )


def _is_apposition(previous: Body, between: str, body: Body, *, acts: bool) -> bool:
    """Whether `body` only says where `previous` lies: "thành phố Ulsan (Hàn Quốc)".

    Not when a verb follows it: "tại thành phố A, tỉnh B đã tổ chức ...".
    """
    if acts and "," in between:
        return False
    if not body.is_locality or not _APPOSITION.fullmatch(between):
        return False
    if previous.kind is PartyKind.DISTRICT and body.kind is PartyKind.DISTRICT:
        return between != " " and lies_in(previous, body)
    if previous.kind is PartyKind.DISTRICT:
        return body.kind is PartyKind.PROVINCE and between != " "
    return previous.kind is PartyKind.FOREIGN and body.kind is PartyKind.FOREIGN
