"""The only place where the steps from a question to an answer are strung together."""

import time
from collections.abc import Generator as Steps
from collections.abc import Iterator
from dataclasses import replace

from hochoi.drafting.extractive import Draft, draft
from hochoi.drafting.selection import QueryTerms
from hochoi.drafting.writing import reword
from hochoi.evidence import Evidence, assess
from hochoi.generator import Generator
from hochoi.overviews import describer_of, overview_of
from hochoi.question import Query, Wanted
from hochoi.retrieval import prepare, retrieve
from hochoi.types import (
    Answer,
    Citation,
    Filters,
    Hit,
    Outcome,
    Progress,
    Report,
    Sentence,
    Source,
)
from hochoi.verification.offers import offer
from hochoi.workspace import Workspace

HITS = 20
OFFERED = 6  # passages handed to a language model
_ASKED_ELSEWHERE = 3  # reports tried before a field counts as not stated


def answer(
    ws: Workspace,
    question: str,
    filters: Filters | None = None,
    history: tuple[str, ...] = (),
    *,
    extractive_only: bool = False,
) -> Answer:
    """Return the answer to a question; the last thing `stream` yields.

    Raises:
        QuestionError: If the question is empty or too long.
    """
    *_, last = stream(ws, question, filters, history, extractive_only=extractive_only)
    if not isinstance(last, Answer):
        raise TypeError("stream must end with an Answer")
    return last


def stream(
    ws: Workspace,
    question: str,
    filters: Filters | None = None,
    history: tuple[str, ...] = (),
    *,
    extractive_only: bool = False,
) -> Iterator[Progress | Answer]:
    """Yield what is being done, then the answer.

    Args:
        ws: The library.
        question: As typed.
        filters: What the user restricted the search to.
        history: Earlier questions of the conversation, oldest first.
        extractive_only: Leave out a configured language model, e.g. to see whether there is an
            answer at all.

    Raises:
        QuestionError: If the question is empty or too long.
    """
    clock = _Clock()
    query = prepare(question, Filters() if filters is None else filters, ws, history)
    understood = describer_of(ws).understood(query)
    clock.lap("understand")
    if query.is_beyond_reports:
        notice = ws.phrases.say(f"small_talk.{query.kind.value}")
        yield Answer(
            question,
            Outcome.ABSTAINED,
            notice=notice,
            understood=understood,
            timings_ms=clock.laps(),
        )
        return
    suggestion = ws.restorer().restore(query.question)
    clock.lap("suggest")
    yield Progress("understood")
    rows = overview_of(ws, question, query)
    if rows is not None:
        clock.lap("answer")
        yield Progress("found", len(rows.sources))
        yield replace(rows, suggestion=suggestion, understood=understood, timings_ms=clock.laps())
        return
    yield Progress("searching")
    hits = retrieve(ws, query, HITS)
    clock.lap("search")
    yield Progress("found", len({hit.passage.report_id for hit in hits}))
    terms = QueryTerms.of(query, ws.lexical.rarity)
    evidence = assess(ws, query, hits, terms)
    nearest = tuple(r.report for r in evidence.nearest)
    drafts = []
    for reading in evidence.answering[:_ASKED_ELSEWHERE]:
        drafts.append(draft(query, reading, ws.phrases, terms))
        if drafts[-1].sentences:
            break
    clock.lap("answer")
    if drafts and drafts[-1].sentences:
        found = _answered(query.question, drafts[-1], nearest, hits)
        if ws.generator is not None and not extractive_only:
            yield Progress("writing")
            found = yield from _reworded(ws, ws.generator, found, evidence, hits)
            clock.lap("write")
    else:
        notice = _notice(ws, query, drafts)
        fitting = tuple(r.report for r in evidence.answering[:1])
        related = fitting + tuple(r for r in nearest if r not in fitting)
        found = Answer(
            query.question, Outcome.ABSTAINED, related=related[:3], notice=notice, hits=hits
        )
    yield replace(
        found,
        question=question,
        suggestion=suggestion,
        understood=understood,
        timings_ms=clock.laps(),
    )


def _answered(
    question: str, drafted: Draft, nearest: tuple[Report, ...], hits: tuple[Hit, ...]
) -> Answer:
    report = drafted.report
    sentences = tuple(
        Sentence(
            s.text,
            tuple(
                Citation(1, report.report_id, p.start, p.end, report.text[p.start : p.end])
                for p in s.spans
            ),
        )
        for s in drafted.sentences
    )
    others = tuple(r for r in nearest if r.report_id != report.report_id)
    sources = (Source(1, report),)
    return Answer(question, Outcome.ANSWERED, sentences, sources, others, hits=hits)


def _reworded(
    ws: Workspace,
    generator: Generator,
    found: Answer,
    evidence: Evidence,
    hits: tuple[Hit, ...],
) -> Steps[Progress, None, Answer]:
    """Return the answer as a language model words it from the reports that answer."""
    answering = {r.report.report_id for r in evidence.answering[:_ASKED_ELSEWHERE]}
    fitting = [hit for hit in hits if hit.passage.report_id in answering]
    offered = offer(fitting[:OFFERED], ws.reports)
    return (yield from reword(generator, found, offered, ws.facts, ws.phrases))


def _notice(ws: Workspace, query: Query, drafts: list[Draft]) -> str:
    """Return why nothing was answered: no report, or one that does not state it."""
    if not drafts:
        return ws.phrases.say("abstain.no_report")
    missing = (*drafts[0].missing, Wanted.CONTENT)[0]
    field = ws.phrases.say(f"field.{missing.value}")
    return ws.phrases.say("abstain.no_field", title=drafts[0].report.title, field=field)


class _Clock:
    """Measures consecutive steps in milliseconds."""

    def __init__(self) -> None:
        self._last = self._first = time.perf_counter()
        self._laps: list[tuple[str, float]] = []

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps.append((name, (now - self._last) * 1000))
        self._last = now

    def laps(self) -> tuple[tuple[str, float], ...]:
        return (*self._laps, ("total", (time.perf_counter() - self._first) * 1000))
