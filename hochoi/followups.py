"""Questions to go on with after an answer, each one checked to have an answer."""

from collections.abc import Iterator

from hochoi.answering import answer
from hochoi.text import fold
from hochoi.types import Answer, Outcome, Report
from hochoi.workspace import Workspace

_REPORTS = 3  # of an answer that are asked about


def follow_up_questions(ws: Workspace, given: Answer, n: int) -> tuple[str, ...]:
    """Return at most `n` questions about the visits of an answer that say something new.

    After a refusal they are about the nearest reports.
    """
    said = {s.text for s in given.sentences}
    asked = {fold(given.question)}
    questions: list[str] = []
    for report, question in _candidates(ws, given):
        if len(questions) >= n:
            break
        if fold(question) in asked:
            continue
        asked.add(fold(question))
        found = answer(ws, question, extractive_only=True)
        sources = [s.report.report_id for s in found.sources]
        is_new = found.outcome is Outcome.ANSWERED and found.sentences[0].text not in said
        if is_new and sources[:1] == [report.report_id]:
            questions.append(question)
            said |= {s.text for s in found.sentences}
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
