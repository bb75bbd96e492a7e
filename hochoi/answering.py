"""The only place where the steps from a question to an answer are strung together."""

import time
from collections.abc import Generator as Steps
from collections.abc import Iterator
from dataclasses import replace

from hochoi.drafting.writing import reword
from hochoi.evidence import Evidence, assess
from hochoi.generator import Generator
from hochoi.listed import count_shown, pinned_question
from hochoi.overviews import describer_of, overview_of
from hochoi.question import Query
from hochoi.responding import respond
from hochoi.retrieval import prepare, retrieve
from hochoi.types import Answer, Filters, Hit, Outcome, Progress
from hochoi.verification.offers import offer
from hochoi.workspace import Workspace

HITS = 20
OFFERED = 6  # passages handed to a language model
_OFFERED_REPORTS = 3  # that those passages come from


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
    query, notice = _asked(ws, question, Filters() if filters is None else filters, history)
    understood = describer_of(ws).understood(query)
    clock.lap("understand")
    if notice is not None:
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
    evidence = assess(ws, query, hits)
    found = respond(ws, query, evidence, hits)
    clock.lap("answer")
    generator = None if extractive_only else ws.generator
    if found.outcome is Outcome.ANSWERED and generator is not None:
        yield Progress("writing")
        found = yield from _reworded(ws, generator, found, evidence, hits)
        clock.lap("write")
    yield replace(
        found,
        question=question,
        suggestion=suggestion,
        understood=understood,
        timings_ms=clock.laps(),
    )


def _asked(
    ws: Workspace, question: str, filters: Filters, history: tuple[str, ...]
) -> tuple[Query, str | None]:
    """Return a question made ready, and the one sentence that answers it if nothing else does.

    "Đoàn thứ hai" is replaced by the visit that it means.
    """
    query = prepare(question, filters, ws, history)
    if query.is_beyond_reports:
        return query, ws.phrases.say(f"small_talk.{query.kind.value}")
    if query.listed is None:
        return query, None
    shown = answer(ws, query.listed.question, filters, extractive_only=True)
    pinned = pinned_question(query.listed, shown, ws.phrases)
    if pinned is not None:
        return prepare(pinned, filters, ws), None
    count = count_shown(shown)
    return query, ws.phrases.say("clarify.beyond", count=str(count)) if count else None


def _reworded(
    ws: Workspace,
    generator: Generator,
    found: Answer,
    evidence: Evidence,
    hits: tuple[Hit, ...],
) -> Steps[Progress, None, Answer]:
    """Return the answer as a language model words it from the reports that answer."""
    answering = {c.finding.report.report_id for c in evidence.answering[:_OFFERED_REPORTS]}
    fitting = [hit for hit in hits if hit.passage.report_id in answering]
    offered = offer(fitting[:OFFERED], ws.reports)
    return (yield from reword(generator, found, offered, ws.facts, ws.phrases))


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
