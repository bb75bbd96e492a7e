"""Conditions of a follow-up put in the place of those of the question before, or beside them.

Decides nothing about whether a question goes on; its words are taken as conditions only.
"""

import re
from dataclasses import replace

from hochoi.question import Condition, ConditionKind
from hochoi.understanding.standing import Standing
from hochoi.understood import ProvinceRole, QuestionKind

PLACES = (ConditionKind.PROVINCE, ConditionKind.REGION)
NARROWS = re.compile(
    r"\W*(?:chi (?!dao|thi|so|ro|phi|nhanh|tra)|loc |trong (?:so )?(?:do|cac|nhung|danh sach))"
)
_AT = re.compile(r"\b(?:o|tai)\b")


def replaced_in(now: Standing, before: Standing) -> list[Condition]:
    """Return the conditions of the one before whose place those of a question take."""
    return [old for c in now.conditions for old in _rivals(c, before) if old.key not in now.keys]


def _rivals(new: Condition, before: Standing) -> list[Condition]:
    """Return what stood where a new condition stands: the first of them gives it its place."""
    if new.key in before.keys:
        return []
    if new.kind not in PLACES:
        return list(before.of_kind(new.kind))
    places = before.of_kind(*PLACES)
    if before.kind is QuestionKind.COMPARE:
        return list(places)
    if new.role is not ProvinceRole.ANY:
        same = [c for c in places if c.role in (new.role, ProvinceRole.ANY)]
        return same[:1] if new.kind is ConditionKind.PROVINCE else same
    return list(places[:1])


def with_more(now: Standing, before: Standing) -> str:
    """Return the earlier question with new conditions beside the old ones of their kind."""
    text = before.text
    for new in reversed(now.conditions):
        if new.key in before.keys:
            continue
        kinds = PLACES if new.kind in PLACES else (new.kind,)
        like = before.of_kind(*kinds)
        if like:
            text = (
                f"{text[: like[-1].end]} và {now.text[new.start : new.end]}{text[like[-1].end :]}"
            )
        else:
            text = f"{text.rstrip(' ?.!')} {_added(new, now)}"
    return text


def exchanged(now: Standing, before: Standing) -> str:
    """Return the earlier question with the new conditions in the place of the old ones."""
    narrows = NARROWS.match(now.folded) is not None
    text = before.text
    edits: list[tuple[int, int, str]] = []
    added: list[str] = []
    for new in now.conditions:
        if new.key in before.keys:
            continue
        if new.kind in PLACES and _AT.search(now.folded[new.lead : new.start]):
            new = replace(new, role=ProvinceRole.HOST)
        rivals = _rivals(new, before)
        if narrows and new.kind in (*PLACES, ConditionKind.GROUP):
            rivals = [c for c in rivals if c.kind is new.kind is ConditionKind.GROUP]
        if not rivals:
            added.append(_added(new, now))
            continue
        first, *others = rivals
        edits.append(_edit(new, first, now))
        edits += [(old.lead, old.end, "") for old in others]
    for start, end, words in sorted(set(edits), reverse=True):
        text = f"{text[:start]} {words} {text[end:]}" if words or start else text[end:]
    text = re.sub(r"\s+([,.;:?!)])", r"\1", " ".join(text.split())).replace("( ", "(")
    if not added:
        return text
    end = len(text.rstrip(" ?.!)"))
    return f"{text[:end]} {' '.join(added)}{text[end:]}"


def _edit(new: Condition, old: Condition, now: Standing) -> tuple[int, int, str]:
    """Return which characters of the earlier question the new words replace."""
    keeps_lead = new.kind is not ConditionKind.DATE and (
        new.role in (old.role, ProvinceRole.ANY) or new.kind is ConditionKind.GROUP
    )
    if keeps_lead:
        return old.start, old.end, _inner(now, new.start, new.end)
    return old.lead, old.end, _inner(now, new.lead, new.end)


def _inner(now: Standing, start: int, end: int) -> str:
    """Return words of a question as they stand within another: "Năm 2023" as "năm 2023"."""
    words = now.text[start:end]
    is_name = now.of_kind(*PLACES) and any(c.start == start for c in now.of_kind(*PLACES))
    return words if start > 0 or is_name else words[0].lower() + words[1:]


_LEADS = {ConditionKind.TOPIC: "về", ConditionKind.REGION: "ở", ConditionKind.PROVINCE: "ở"}


def _added(new: Condition, now: Standing) -> str:
    """Return the words that add a condition at the end of the earlier question."""
    words = _inner(now, new.lead, new.end)
    if new.kind is ConditionKind.GROUP:
        return f", đoàn {now.text[new.start : new.end]}"
    has_lead = new.lead < new.start or new.kind not in _LEADS
    return words if has_lead else f"{_LEADS[new.kind]} {words}"
