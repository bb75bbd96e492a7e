"""An overview of visits as an answer: sentences that count, and a table with a row per visit."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hochoi.drafting.overview import Grouping, Overview, Scope, for_side, without_kind
from hochoi.drafting.overview_matching import Matched, Tests, days_of, matching
from hochoi.drafting.overview_table import CellWords, Side, make_table
from hochoi.drafting.phrases import Phrases
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
    sides, left_out = _sides(found, wording)
    table = make_table(overview, sides, wording.cells)
    sources = {source.number: source for side in sides for source in side.sources}
    cited = {row.number: row for row in table.rows}
    sentences = [
        _lead(overview, found, list(cited.values()), wording),
        *_broken_down(overview, sides, cited, wording),
    ]
    return Answer(
        question,
        Outcome.ANSWERED,
        tuple(sentences),
        tuple(sources.values()),
        notice=_notice(left_out, len(undated), wording.phrases),
        table=table,
    )


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


def _lead(
    overview: Overview,
    found: Sequence[tuple[Condition | None, tuple[Report, ...]]],
    rows: Sequence[Row],
    wording: Wording,
) -> Sentence:
    phrases = wording.phrases
    noun = phrases.say(f"overview.{overview.scope.value}")
    cited = tuple(row.citations[0] for row in rows)
    if overview.kind is QuestionKind.COMPARE:
        counts = [
            phrases.say("overview.side", name=wording.name(c), count=str(len(r)), noun=noun)
            for c, r in found
            if c is not None
        ]
        names = {wording.name(c) for c in overview.compared}
        others = [f for f in wording.filters if f not in names]
        text = phrases.say("overview.compare", sides="; ".join(counts))
    else:
        others = list(wording.filters)
        count = str(len(found[0][1]))
        key = "overview.count" if others or overview.words else "overview.all"
        text = phrases.say(key, count=count, noun=noun)
    others += [phrases.say("overview.subject", words=w) for w in overview.words]
    filters = phrases.say("overview.filters", filters="; ".join(others)) if others else ""
    return Sentence(f"{text}{filters}.", cited)


def _broken_down(
    overview: Overview, sides: Sequence[Side], rows: dict[int, Row], wording: Wording
) -> Iterator[Sentence]:
    """Yield a sentence per way of counting asked for: by year, by topic, by place."""
    phrases = wording.phrases
    sources = [source for side in sides for source in side.sources]
    for grouping in overview.groupings:
        counts: Counter[str] = Counter()
        for source in sources:
            counts.update(_groups_of(source.report, grouping, wording))
        ordered = (
            sorted(counts.items())
            if grouping is Grouping.YEAR and not overview.is_ranked
            else sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        )
        listed = "; ".join(
            phrases.say("overview.group", name=name, count=str(n))
            for name, n in ordered[:_GROUPS_SHOWN]
        )
        text = phrases.say(f"overview.by_{grouping.value}", groups=listed)
        if len(ordered) > _GROUPS_SHOWN:
            text += phrases.say("overview.more_groups", count=str(len(ordered) - _GROUPS_SHOWN))
        yield Sentence(f"{text}.", tuple(row.citations[0] for row in rows.values()))


def _groups_of(report: Report, grouping: Grouping, wording: Wording) -> set[str]:
    """Return the groups that a visit counts in; "not stated" is one of them."""
    visit = report.visit
    unstated = wording.phrases.say("overview.unstated")
    if grouping is Grouping.YEAR:
        first = days_of(visit)[0]
        return {str(first.year) if first is not None else unstated}
    if grouping is Grouping.TOPIC:
        return {wording.topic(code) for code in visit.topics} or {unstated}
    parties = visit.host if grouping is Grouping.HOST else visit.visitors
    return {s.value.province or s.value.text for s in parties} or {unstated}


def _notice(left_out: int, undated: int, phrases: Phrases) -> str | None:
    notices = []
    if left_out:
        notices.append(phrases.say("overview.more", count=str(left_out)))
    if undated:
        notices.append(phrases.say("overview.undated", count=str(undated)))
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
    stated = [
        *wording.filters,
        *(phrases.say("overview.subject", words=w) for w in overview.words),
    ]
    notices = [phrases.say("overview.none", filters="; ".join(stated))]
    if undated:
        notices.append(phrases.say("overview.undated", count=str(len(undated))))
    return Answer(question, Outcome.ABSTAINED, related=nearest[:_RELATED], notice=" ".join(notices))
