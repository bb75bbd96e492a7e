"""What a question was taken to mean, in the records and words that go with its answer."""

from collections.abc import Mapping

from hochoi.drafting.phrases import Phrases
from hochoi.language.topics import TopicTable
from hochoi.provinces import MERGED_ON, ProvinceTable
from hochoi.question import Condition, ConditionKind, Query
from hochoi.types import Party
from hochoi.understanding.places import PlaceTable
from hochoi.understanding.reader import HISTORY
from hochoi.understood import (
    AskedDates,
    AskedProvince,
    AskedRegion,
    Chip,
    ProvinceRole,
    Understood,
)

_MOST_HISTORY_CHARS = 48  # of an earlier question on a chip
_OF_GROUP: Mapping[str, str] = {
    code: f"chip.{code}"
    for code in ("foreign", "domestic", "local", "ministry", "council", "abroad")
}


class Describer:
    """Words conditions with the tables of a library."""

    def __init__(
        self, phrases: Phrases, topics: TopicTable, places: PlaceTable, provinces: ProvinceTable
    ) -> None:
        self._phrases, self._topics, self._places = phrases, topics, places
        self._provinces = provinces

    def understood(self, query: Query) -> Understood:
        """Return what a question was taken to mean, with a chip per condition."""
        current = {m.province: m.current for m in query.provinces}
        chips = [Chip(c.key, c.kind.value, self.words(c)) for c in query.conditions]
        if query.earlier is not None:
            earlier = query.earlier
            if len(earlier) > _MOST_HISTORY_CHARS:
                earlier = earlier[:_MOST_HISTORY_CHARS].rsplit(" ", 1)[0] + "…"
            text = self._phrases.say("chip.history", question=earlier)
            chips.append(Chip(HISTORY, HISTORY, text))
        by_kind = {kind: [c for c in query.conditions if c.kind is kind] for kind in ConditionKind}
        return Understood(
            kind=query.kind,
            question=query.standalone or query.question,
            chips=tuple(chips),
            provinces=tuple(
                AskedProvince(c.text, _code(c), current.get(_code(c), _code(c)), c.role)
                for c in by_kind[ConditionKind.PROVINCE]
            ),
            dates=tuple(AskedDates(c.text, c.first, c.last) for c in by_kind[ConditionKind.DATE]),
            topics=tuple(_code(c) for c in by_kind[ConditionKind.TOPIC]),
            regions=tuple(AskedRegion(c.text, c.role) for c in by_kind[ConditionKind.REGION]),
            groups=tuple(_code(c) for c in by_kind[ConditionKind.GROUP]),
            document_numbers=tuple(c.text for c in by_kind[ConditionKind.DOCUMENT]),
            carried=query.carried,
        )

    def words(self, condition: Condition) -> str:
        """Return one condition in Vietnamese, with the part it is to have."""
        if condition.kind is ConditionKind.TOPIC:
            return self._topics.name(_code(condition))
        if condition.kind is ConditionKind.GROUP:
            return self._group(condition)
        if condition.kind is ConditionKind.DOCUMENT:
            return condition.text
        if condition.kind is ConditionKind.DATE:
            words = " ".join(condition.text.split())
            return words[0].lower() + words[1:]
        is_region = condition.kind is ConditionKind.REGION
        name = condition.text if is_region else self._province(condition)
        return self._in_role(name, condition.role)

    def filters(self, query: Query) -> tuple[str, ...]:
        """Return in Vietnamese everything that restricts an overview, what was set by hand too."""
        found = [self.words(c) for c in query.conditions]
        chosen = query.filters
        if chosen.province is not None:
            found.append(chosen.province)
        if chosen.year is not None:
            found.append(self._phrases.say("chip.year", year=str(chosen.year)))
        if chosen.topic is not None:
            found.append(self._topics.name(chosen.topic))
        return tuple(found)

    def party(self, party: Party) -> str:
        """Return a party as written, with the present name of a province that has another one."""
        if party.province is None or party.current is None or party.current == party.province:
            return party.text
        current = self._provinces.name_at(party.current, MERGED_ON)
        return self._phrases.say("cell.now", name=party.text, current=current)

    def _province(self, condition: Condition) -> str:
        """Return a province, with what it belongs to now or that it is meant as it was."""
        name = _code(condition)
        if self._provinces.current(name) != name:
            current = self._provinces.name_at(name, MERGED_ON)
            return self._phrases.say("cell.now", name=name, current=current)
        if condition.names == {name} and len(self._provinces.former_parts(name)) > 1:
            return self._phrases.say("chip.former", name=name)
        return name

    def _group(self, condition: Condition) -> str:
        code = _code(condition)
        if code in _OF_GROUP:
            return self._phrases.say(_OF_GROUP[code])
        kind, _, place = code.partition(":")
        name = self._places.name(kind, place)
        return self._in_role(name, condition.role)

    def _in_role(self, name: str, role: ProvinceRole) -> str:
        if role is ProvinceRole.ANY:
            return name
        return self._phrases.say(f"chip.{role.value}", name=name)


def _code(condition: Condition) -> str:
    """Return what a condition names: "Bắc Ninh" of "province:Bắc Ninh"."""
    return condition.key.partition(":")[2]
