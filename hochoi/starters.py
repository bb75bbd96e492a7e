"""Starter questions made from visit records, each one checked to have an answer."""

from itertools import islice

from hochoi.tries import Tries
from hochoi.types import Report
from hochoi.workspace import Workspace

ATTEMPTS = 40  # reports looked at; a large library must not slow the first page down


def starter_questions(ws: Workspace, n: int, tries: Tries) -> tuple[str, ...]:
    """Return at most `n` questions of different kinds about different visits, all answerable."""
    questions: list[str] = []
    for report in islice(ws.reports.values(), ATTEMPTS):
        if len(questions) >= n:
            break
        question = _question(ws, report, len(questions))
        if question is None or question in questions:
            continue
        if tries(question).report_id == report.report_id:
            questions.append(question)
    return tuple(questions)


def _question(ws: Workspace, report: Report, turn: int) -> str | None:
    """Return a question about a visit whose host and visitor are known."""
    visit = report.visit
    if not visit.host or not visit.visitors:
        return None
    available = [
        kind
        for kind, stated in (
            ("head", visit.head_of_delegation is not None),
            ("date", visit.date_text is not None),
            ("participants", visit.participants is not None),
            ("content", True),
        )
        if stated
    ]
    kind = available[turn % len(available)]
    host, visitor = visit.host[0].value.text, visit.visitors[0].value.text
    return ws.phrases.say(f"starter.{kind}", host=host, visitor=visitor)
