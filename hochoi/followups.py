"""Questions to go on with after an answer, each one checked to have an answer."""

from collections.abc import Iterator
from itertools import islice

from hochoi.text import fold
from hochoi.tries import Tries
from hochoi.types import Answer, Report
from hochoi.workspace import Workspace

_REPORTS = 3  # of an answer that are asked about
_TRIED = 6  # questions: where many visits are alike, hardly one is answered from the right one


def follow_up_questions(ws: Workspace, given: Answer, n: int, tries: Tries) -> tuple[str, ...]:
    """Return at most `n` questions about the visits of an answer that say something new.

    After a refusal they are about the nearest reports.
    """
    said = {s.text for s in given.sentences}
    asked = {fold(given.question)}
    questions: list[str] = []
    new = (pair for pair in _candidates(ws, given) if fold(pair[1]) not in asked)
    for report, question in islice(new, _TRIED):
        if len(questions) >= n:
            break
        asked.add(fold(question))
        tried = tries(question)
        if tried.report_id == report.report_id and tried.said[0] not in said:
            questions.append(question)
            said |= set(tried.said)
    return tuple(questions)


def _candidates(ws: Workspace, given: Answer) -> Iterator[tuple[Report, str]]:
    """Yield questions about the reports of an answer, the first report's first."""
    shown = [s.report for s in given.sources] or list(given.related)
    for shown_report in shown[:_REPORTS]:
        report = ws.reports.get(shown_report.report_id)
        if report is None or not report.visit.host or not report.visit.visitors:
            continue
        visit = report.visit
        stated = {
            "content": True,
            "head": visit.head_of_delegation is not None,
            "date": visit.date_text is not None,
            "participants": visit.participants is not None,
        }
        host, visitor = visit.host[0].value.text, visit.visitors[0].value.text
        for kind, is_stated in stated.items():
            if is_stated:
                yield report, ws.phrases.say(f"starter.{kind}", host=host, visitor=visitor)
