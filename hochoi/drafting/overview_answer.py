"""An overview of visits as an answer: sentences that count, and a table with a row per visit."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hochoi.drafting.overview import Extreme, Grouping, Overview, Scope, for_side, without_kind
from hochoi.drafting.overview_groups import (
    GroupNames,
    SingledOut,
    groups_of,
    one_spelling,
    single_out,
)
from hochoi.drafting.overview_matching import Matched, Tests, days_of, is_at_home, matching
from hochoi.drafting.overview_table import CellWords, Side, make_table, title_citation
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.visit_labels import visit_label
from hochoi.question import Condition, ConditionKind
from hochoi.types import Answer, Outcome, Report, Row, Sentence, Source
from hochoi.understood import ProvinceRole, QuestionKind

MAX_ROWS = 100
_RELATED = 3
_GROUPS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Wording:
    """What puts an overview into words."""

    phrases: Phrases
    name: Callable[[Condition], str]  # a condition in Vietnamese
    topic: Callable[[str], str]  # the name of a topic
    filters: tuple[str, ...]  # everything that restricts it, in Vietnamese
    cells: CellWords


def answer_overview(
    question: str,
    overview: Overview,
    reports: Sequence[Report],
    tests: Tests,
    wording: Wording,
) -> Answer | None:
    """Return the rows asked for; None when none fits and search should try.

    Args:
        question: As typed.
        overview: Which visits are meant.
        reports: All that may be rows.
        tests: What matching has to look up.
        wording: Names and phrases.
    """
    matched: list[tuple[Condition | None, Matched]]
    if overview.kind is QuestionKind.COMPARE:
        matched = [(c, matching(for_side(overview, c), reports, tests)) for c in overview.compared]
    else:
        matched = [(None, matching(overview, reports, tests))]
    found = [(side, of_side.reports) for side, of_side in matched]
    undated = {r.report_id: r for _, of_side in matched for r in of_side.undated}
    if not any(of_side for _, of_side in found):
        return _nothing(question, overview, reports, tests, tuple(undated.values()), wording)
    counted = [r for _, of_side in found for r in of_side]
    if Grouping.HOST in overview.groupings:
        counted = [r for r in counted if not is_at_home(r.visit)]
    names = GroupNames(wording.topic, one_spelling(counted), wording.cells.party)
    counts = _Counts(overview, tests, names)
    singled = single_out(overview, found[0][1], counts.ranked)
    if singled is not None:
        found = [(None, singled.reports)]
    sides, left_out = _sides(found, wording)
    table = make_table(overview, sides, wording.cells)
    sources = {source.number: source for side in sides for source in side.sources}
    rows = list({row.number: row for row in table.rows}.values())
    if singled is not None:
        lead = _singled_lead(overview, singled, rows, wording)
        sources |= _only_counted(overview, counted, sources)
    else:
        lead = _lead(overview, found, counts, rows, wording)
    return Answer(
        question,
        Outcome.ANSWERED,
        (lead, *_broken_down(overview, counted, counts, rows, sources, wording)),
        tuple(sources.values()),
        notice=_notice(overview, left_out, len(undated), counted, wording.phrases),
        table=table,
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """In which groups visits count."""

    overview: Overview
    tests: Tests
    names: GroupNames

    def of(self, report: Report, grouping: Grouping) -> set[str]:
        return groups_of(report, grouping, self.overview, self.tests, self.names)

    def ranked(self, report: Report) -> set[str]:
        return self.of(report, self.overview.groupings[0])


def _sides(
    found: Sequence[tuple[Condition | None, tuple[Report, ...]]], wording: Wording
) -> tuple[list[Side], int]:
    """Return the sides with their reports numbered through, and how many are left out."""
    numbers: dict[str, Source] = {}
    sides = []
    rows = total = 0
    for condition, reports in found:
        shown = []
        for report in reports:
            total += 1
            if rows < MAX_ROWS:
                rows += 1
                source = Source(len(numbers) + 1, report)
                shown.append(numbers.setdefault(report.report_id, source))
        name = wording.name(condition) if condition is not None else None
        words = condition.text if condition is not None else None
        sides.append(Side(name, words, tuple(shown)))
    return sides, total - rows


def _only_counted(
    overview: Overview, counted: Sequence[Report], shown: dict[int, Source]
) -> dict[int, Source]:
    """Return the sources that stand behind the numbers of the groups that are not rows."""
    if not overview.groupings:
        return {}
    known = {source.report.report_id for source in shown.values()}
    others = [r for r in counted if r.report_id not in known][: MAX_ROWS - len(shown)]
    return {n: Source(n, report) for n, report in enumerate(others, len(shown) + 1)}


def _lead(
    overview: Overview,
    found: Sequence[tuple[Condition | None, tuple[Report, ...]]],
    counts: _Counts,
    rows: Sequence[Row],
    wording: Wording,
) -> Sentence:
    phrases = wording.phrases
    noun = phrases.say(f"overview.{overview.scope.value}")
    cited = tuple(row.citations[0] for row in rows)
    if overview.kind is QuestionKind.COMPARE:
        sides = [
            phrases.say("overview.side", name=wording.name(c), count=str(len(r)), noun=noun)
            for c, r in found
            if c is not None
        ]
        names = {wording.name(c) for c in overview.compared}
        others = [f for f in _conditions(overview, wording) if f not in names]
        text = phrases.say("overview.compare", sides="; ".join(sides))
    else:
        others = _conditions(overview, wording)
        key = "overview.count" if others else "overview.all"
        words = {"count": str(len(found[0][1])), "noun": noun}
        if overview.counted is not None:
            grouping, unit = overview.counted
            places = {name for report in found[0][1] for name in counts.of(report, grouping)}
            key, words = "overview.through", {**words, "places": str(len(places)), "unit": unit}
        text = phrases.say(key, **words)
    return Sentence(f"{text}{_under(others, phrases)}.", cited)


def _singled_lead(
    overview: Overview, singled: SingledOut, rows: Sequence[Row], wording: Wording
) -> Sentence:
    """Return the sentence that names the latest or largest visit, or the group with most."""
    phrases = wording.phrases
    names = singled.names or [visit_label(r.visit, phrases) for r in singled.reports]
    which = "; ".join(names[:_GROUPS_SHOWN])
    if len(names) > _GROUPS_SHOWN:
        which += phrases.say("overview.more_groups", count=str(len(names) - _GROUPS_SHOWN))
    noun = phrases.say(f"overview.{overview.scope.value}")
    words = {"count": str(singled.compared), "noun": noun, "which": which}
    if singled.size is not None:
        words["size"] = str(singled.size)
    key = overview.extreme.value if overview.extreme is not None else "most"
    if len(singled.names) > 1:
        key = f"{key}_each"
    text = phrases.say(f"overview.{key}", **words)
    conditions = _conditions(overview, wording)
    cited = tuple(row.citations[0] for row in rows)
    return Sentence(f"{text}{_under(conditions, phrases)}.", cited)


def _conditions(overview: Overview, wording: Wording) -> list[str]:
    """Return in Vietnamese everything that restricts which visits are rows."""
    stated = [*wording.filters, *([overview.size.words] if overview.size is not None else [])]
    return [*stated, *(wording.phrases.say("overview.subject", words=w) for w in overview.words)]


def _under(conditions: Sequence[str], phrases: Phrases) -> str:
    return phrases.say("overview.filters", filters="; ".join(conditions)) if conditions else ""


def _broken_down(
    overview: Overview,
    counted: Sequence[Report],
    counts: _Counts,
    rows: Sequence[Row],
    sources: dict[int, Source],
    wording: Wording,
) -> Iterator[Sentence]:
    """Yield a sentence per way of counting asked for: by year, by topic, by place."""
    phrases = wording.phrases
    unstated = phrases.say("overview.unstated")
    cited = {row.number: row.citations[0] for row in rows}
    cited |= {n: title_citation(s) for n, s in sources.items() if n not in cited}
    for grouping in overview.groupings if counted else ():
        sizes: Counter[str] = Counter()
        for report in counted:
            sizes.update(counts.of(report, grouping) or {unstated})
        by_size = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
        is_in_order = grouping is Grouping.YEAR and overview.extreme is None
        ordered = sorted(sizes.items()) if is_in_order else by_size
        listed = "; ".join(
            phrases.say("overview.group", name=name, count=str(n))
            for name, n in ordered[:_GROUPS_SHOWN]
        )
        text = phrases.say(f"overview.by_{grouping.value}", groups=listed)
        if len(ordered) > _GROUPS_SHOWN:
            text += phrases.say("overview.more_groups", count=str(len(ordered) - _GROUPS_SHOWN))
        yield Sentence(f"{text}.", tuple(cited.values()))


def _notice(
    overview: Overview, left_out: int, undated: int, counted: Sequence[Report], phrases: Phrases
) -> str | None:
    notices = []
    if left_out:
        notices.append(phrases.say("overview.more", count=str(left_out)))
    compares_days = overview.extreme in (Extreme.LATEST, Extreme.EARLIEST)
    lacking = sum(days_of(r.visit)[0] is None for r in counted) if compares_days else 0
    if compares_days and lacking == len(counted):
        notices.append(phrases.say("overview.all_undated"))
    elif undated + lacking:
        notices.append(phrases.say("overview.undated", count=str(undated + lacking)))
    if overview.extreme in (Extreme.LARGEST, Extreme.SMALLEST):
        unsized = sum(r.visit.participants is None for r in counted)
        if unsized == len(counted):
            notices.append(phrases.say("overview.all_unsized"))
        elif unsized:
            notices.append(phrases.say("overview.unsized", count=str(unsized)))
    return " ".join(notices) or None


def _nothing(
    question: str,
    overview: Overview,
    reports: Sequence[Report],
    tests: Tests,
    undated: tuple[Report, ...],
    wording: Wording,
) -> Answer | None:
    """Return that there is no such visit, with the nearest ones; None when search may know more."""
    decisive = any(
        c.kind in (ConditionKind.DATE, ConditionKind.GROUP, ConditionKind.REGION)
        or c.role is not ProvinceRole.ANY
        for c in overview.conditions
    )
    if not decisive or overview.scope is Scope.REPORTS:
        return None
    phrases = wording.phrases
    nearest = undated
    for kinds in (
        (ConditionKind.DATE,),
        (ConditionKind.TOPIC,),
        (ConditionKind.DATE, ConditionKind.TOPIC, ConditionKind.GROUP),
    ):
        nearest = nearest or matching(without_kind(overview, *kinds), reports, tests).reports
    stated = _conditions(overview, wording)
    notices = [phrases.say("overview.none", filters="; ".join(stated))]
    if undated:
        notices.append(phrases.say("overview.undated", count=str(len(undated))))
    return Answer(question, Outcome.ABSTAINED, related=nearest[:_RELATED], notice=" ".join(notices))
