"""Which visit "đoàn thứ hai" means, among those that the answer to an earlier question showed."""

from hochoi.drafting.phrases import Phrases
from hochoi.drafting.visit_labels import date_words
from hochoi.question import Listed
from hochoi.types import Answer, Report


def count_shown(shown: Answer) -> int:
    """Return how many visits an answer showed in an order."""
    return len(_in_order(shown))


def pinned_question(listed: Listed, shown: Answer, phrases: Phrases) -> str | None:
    """Return the question about that visit, standing alone; None when there is no such place.

    Args:
        listed: The place in the list and what is asked.
        shown: The answer to the earlier question: a table of visits, or a choice of them.
        phrases: What words it.
    """
    number = listed.number
    reports = _in_order(shown)
    if not reports or number > len(reports):
        return None
    place = number - 1 if number > 0 else len(reports) - 1
    if not listed.asked:
        if shown.choices:
            return shown.choices[place].question
        asked = phrases.say("clarify.content")
    else:
        asked = phrases.say("clarify.listed", question=listed.asked)
    report = reports[place]
    return phrases.say(
        "clarify.question",
        question=asked,
        title=report.title,
        date=date_words(report.visit, phrases),
    )


def _in_order(shown: Answer) -> list[Report]:
    """Return the visits in the order in which they were shown."""
    if shown.table is None:
        return list(shown.related) if shown.choices else []
    by_number = {source.number: source.report for source in shown.sources}
    return [by_number[row.number] for row in shown.table.rows]
