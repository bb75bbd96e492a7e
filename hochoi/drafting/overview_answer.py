"""An overview of visits as an answer: one sentence that counts, one cited row per visit."""

from collections.abc import Sequence

from hochoi.drafting.overview import Overview, OverviewKind, matching
from hochoi.drafting.phrases import Phrases
from hochoi.types import (
    Answer,
    Citation,
    Outcome,
    Party,
    Report,
    Sentence,
    Source,
    Stated,
    Visit,
)

MAX_ROWS = 20


def answer_overview(
    question: str, overview: Overview, reports: Sequence[Report], phrases: Phrases
) -> Answer | None:
    """Return the rows asked for; None when none fits and no role was named: search should try."""
    found = matching(overview, reports)
    if not found and not (overview.hosts or overview.visitors):
        return None
    if not found:
        named = overview.hosts | overview.visitors
        related = tuple(r for r in reports if named & _provinces(r.visit))[:3]
        notice = phrases.say("overview.none")
        return Answer(question, Outcome.ABSTAINED, related=related, notice=notice)
    shown = found[:MAX_ROWS]
    sources = tuple(Source(n, report) for n, report in enumerate(shown, 1))
    rows = [_row(source, phrases) for source in sources]
    lead = phrases.say("overview.count", count=str(len(found)))
    everything = tuple(c for row in rows for c in row.citations[:1])
    notices = []
    if len(found) > len(shown):
        notices.append(phrases.say("overview.more", count=str(len(found) - len(shown))))
    undated = _undated(overview, reports)
    if undated:
        notices.append(phrases.say("overview.undated", count=str(undated)))
    return Answer(
        question,
        Outcome.ANSWERED,
        (Sentence(lead, everything), *rows),
        sources,
        notice=" ".join(notices) or None,
    )


def _provinces(visit: Visit) -> set[str]:
    parties = [s.value for s in (*visit.host, *visit.visitors)]
    return {name for p in parties for name in (p.province, p.current) if name}


def _row(source: Source, phrases: Phrases) -> Sentence:
    """Return one visit in the words of its report; what is not stated says so."""
    visit = source.report.visit
    unstated = phrases.say("overview.unstated")
    words = visit.date_text
    text = phrases.say(
        "overview.row",
        date=words.value if words else unstated,
        visitors=_names(visit.visitors) or unstated,
        host=_names(visit.host) or unstated,
        title=visit.title,
    )
    spans = _spans(visit) or [(0, len(visit.title))]
    report = source.report
    citations = tuple(
        Citation(source.number, report.report_id, start, end, report.text[start:end])
        for start, end in spans
    )
    return Sentence(text, citations)


def _names(parties: Sequence[Stated[Party]]) -> str:
    return "; ".join(s.value.text for s in parties)


def _spans(visit: Visit) -> list[tuple[int, int]]:
    """Return where host, visitors and date stand in the report, in order, each once."""
    stated = [(s.start, s.end) for s in (*visit.host, *visit.visitors)]
    if visit.date_text is not None:
        stated.append((visit.date_text.start, visit.date_text.end))
    return sorted({span for span in stated if span[0] < span[1]})


def _undated(overview: Overview, reports: Sequence[Report]) -> int:
    """Return how many visits fit but for a date they do not state in full."""
    if overview.first is None and overview.last is None:
        return 0
    anytime = Overview(
        OverviewKind.LIST,
        overview.hosts,
        overview.visitors,
        overview.parties,
        None,
        None,
        overview.topics,
        overview.foreign_only,
    )
    return sum(r.visit.date_first is None for r in matching(anytime, reports))
