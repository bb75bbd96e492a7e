"""What tells one visit from another in a few words: who came to whom, and when."""

from hochoi.drafting.phrases import Phrases
from hochoi.types import Visit


def visit_label(visit: Visit, phrases: Phrases) -> str:
    """Return visitors, host and date of a visit; what the report leaves out is said to be."""
    unstated = phrases.say("overview.unstated")
    return phrases.say(
        "clarify.label",
        visitors="; ".join(s.value.text for s in visit.visitors) or unstated,
        host="; ".join(s.value.text for s in visit.host) or unstated,
        date=date_words(visit, phrases),
    )


def date_words(visit: Visit, phrases: Phrases) -> str:
    """Return the date in the words of the report."""
    words = visit.date_text
    return words.value if words is not None else phrases.say("clarify.undated")
