"""Evidence -> answer in the words of reports, or a question back, or why there is no answer."""

from collections.abc import Sequence

from hochoi.drafting.extractive import Finding, draft
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.visit_labels import date_words, visit_label
from hochoi.evidence import MAX_CHOICES, Candidate, Decision, Evidence
from hochoi.no_such_visit import NoSuchVisit, no_such_visit
from hochoi.question import Query, Wanted
from hochoi.several_visits import Several, several_visits
from hochoi.types import (
    Answer,
    Choice,
    Citation,
    Hit,
    Outcome,
    Report,
    Sentence,
    Source,
)
from hochoi.workspace import Workspace

MAX_RELATED = 3
MAX_TOGETHER = 3  # reports quoted in one answer
TOGETHER_SHARE = 0.75  # of the best probability and of its words; less is another matter


def respond(ws: Workspace, query: Query, evidence: Evidence, hits: tuple[Hit, ...]) -> Answer:
    """Return the answer that the evidence allows."""
    several = several_visits(ws, query, evidence)
    if not several.reports and evidence.decision is Decision.ASK_BACK:
        several = Several(tuple(c.finding.report for c in evidence.answering))
    if several.reports:
        return _ask_back(query, several, hits, ws.phrases)
    absent = None if _is_of_a_visit(evidence) else no_such_visit(ws, query)
    if absent is not None:
        return _absent(query, absent, evidence, hits)
    if evidence.decision is Decision.ANSWER:
        return _answer(query, evidence, hits, ws.phrases)
    related = tuple(r.report for r in evidence.nearest[:MAX_RELATED])
    notice = _why_not(query, evidence, ws.phrases)
    return Answer(query.question, Outcome.ABSTAINED, related=related, notice=notice, hits=hits)


def _is_of_a_visit(evidence: Evidence) -> bool:
    """Return whether the best report tells of a visit; one may just name both provinces."""
    return any(c.finding.report.visit.visitors for c in evidence.answering[:1])


def _absent(query: Query, absent: NoSuchVisit, evidence: Evidence, hits: tuple[Hit, ...]) -> Answer:
    by_id = {r.report_id: r for r in (*absent.nearest, *(n.report for n in evidence.nearest))}
    related = tuple(by_id.values())[:MAX_RELATED]
    return Answer(
        query.question, Outcome.ABSTAINED, related=related, notice=absent.notice, hits=hits
    )


def _answer(query: Query, evidence: Evidence, hits: tuple[Hit, ...], phrases: Phrases) -> Answer:
    findings = _together(query, evidence.answering)
    drafted = draft(query, findings, phrases).sentences
    reports = list(dict.fromkeys(s.report.report_id for s in drafted))
    by_id = {s.report.report_id: s.report for s in drafted}
    sources = tuple(Source(n, by_id[i]) for n, i in enumerate(reports, 1))
    sentences = tuple(
        Sentence(
            s.text,
            tuple(
                Citation(
                    reports.index(s.report.report_id) + 1,
                    s.report.report_id,
                    p.start,
                    p.end,
                    s.report.text[p.start : p.end],
                )
                for p in s.spans
            ),
        )
        for s in drafted
    )
    related = tuple(r.report for r in evidence.nearest if r.report.report_id not in by_id)
    notice = phrases.say("notice.figures_differ") if _differ(query, findings) else None
    return Answer(
        query.question,
        Outcome.ANSWERED,
        sentences,
        sources,
        related[:MAX_RELATED],
        notice,
        hits=hits,
        confidence=evidence.answering[0].confidence,
    )


def _together(query: Query, answering: Sequence[Candidate]) -> list[Finding]:
    """Return what to quote from: the best report, and others that answer about as well."""
    first = answering[0]
    if query.wanted not in ((Wanted.CONTENT,), (Wanted.NUMBER,)):
        return [first.finding]
    near = [
        c.finding
        for c in answering[1:]
        if c.states >= TOGETHER_SHARE * first.states
        and c.signals["pairs"] >= TOGETHER_SHARE * first.signals["pairs"]
        and c.signals["fact_sentence"] >= TOGETHER_SHARE * first.signals["fact_sentence"]
        and c.signals["sentence"] >= TOGETHER_SHARE * first.signals["sentence"]
    ]
    return [first.finding, *near][:MAX_TOGETHER]


def _differ(query: Query, findings: Sequence[Finding]) -> bool:
    """Return whether reports shown together for one figure give different ones."""
    if query.wanted != (Wanted.NUMBER,) or len(findings) < 2:
        return False
    best = [max(f.scored, key=lambda s: s.score) for f in findings]
    figures = [s.unit.tokens.numbers for s in best]
    return any(own != figures[0] for own in figures[1:])


def _ask_back(query: Query, several: Several, hits: tuple[Hit, ...], phrases: Phrases) -> Answer:
    reports = list(several.reports[:MAX_CHOICES])
    key = "clarify.which" if several.is_all else "clarify.which_of_many"
    reports.sort(key=lambda r: (r.visit.date_first is None, r.visit.date_first, r.title))
    return Answer(
        query.question,
        Outcome.CLARIFY,
        related=tuple(reports),
        notice=phrases.say(key, count=str(len(several.reports))),
        choices=tuple(
            Choice(visit_label(r.visit, phrases), _pinned(query, r, phrases)) for r in reports
        ),
        hits=hits,
    )


def _pinned(query: Query, report: Report, phrases: Phrases) -> str:
    """Return the question with the visit that is meant, so that it stands alone."""
    when = date_words(report.visit, phrases)
    asked = " ".join(query.question.split())
    return phrases.say("clarify.question", question=asked, title=report.title, date=when)


def _why_not(query: Query, evidence: Evidence, phrases: Phrases) -> str:
    """Return why nothing was answered: no report, or one that does not state it.

    Of a report that is only near nothing is said but its name: it may state what was asked of
    another visit.
    """
    if evidence.decision is Decision.NO_REPORT:
        if not evidence.nearest:
            return phrases.say("abstain.no_report")
        return phrases.say("abstain.near_report", title=evidence.nearest[0].report.title)
    finding = evidence.answering[0].finding
    missing = (*finding.missing, *query.wanted)[0]
    field = phrases.say(f"field.{missing.value}")
    return phrases.say("abstain.no_field", title=finding.report.title, field=field)
