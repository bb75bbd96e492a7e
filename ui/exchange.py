"""One question -> what the ask page shows step by step. Knows neither HTML nor the page."""

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from hochoi.errors import HocHoiError
from hochoi.types import Answer, Progress
from ui.render import Turn
from ui.site import Ask
from ui.wording import error_sentence, unexpected_sentence

logger = logging.getLogger(__name__)

TURNS_KEPT = 30
_STEP_S = 0.2  # a progress step stays on screen at least this long


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows after one step."""

    question: str  # what stands in the question box
    turns: tuple[Turn, ...]
    problem: str = ""  # one Vietnamese sentence, or nothing


def exchange(ask: Ask, question: str, past: tuple[Turn, ...]) -> Iterator[Shown]:
    """Yield what to show while a question is answered; when that fails the question is kept.

    Args:
        ask: Answers questions.
        question: As it was typed.
        past: The turns before it, oldest first.
    """
    history = tuple(turn.question for turn in past)
    shown_at = -_STEP_S
    try:
        for reply in ask(question, history):
            if isinstance(reply, Progress) and monotonic() - shown_at < _STEP_S:
                continue
            shown_at = monotonic()
            yield Shown("", (*past, Turn(question.strip(), reply))[-TURNS_KEPT:])
    except HocHoiError as exc:
        logger.info("refused a question because=%s", type(exc).__name__)
        yield Shown(question, past, error_sentence(exc))
    except Exception:
        # The outermost shell: whatever happens, the person gets a sentence and keeps the text.
        reference = secrets.token_hex(2).upper()
        logger.exception("could not answer reference=%s", reference)
        yield Shown(question, past, unexpected_sentence(reference))


def latest_answer(turns: tuple[Turn, ...]) -> Answer | None:
    """Return the answer of the last turn; None while there is none."""
    reply = turns[-1].reply if turns else None
    return reply if isinstance(reply, Answer) else None
