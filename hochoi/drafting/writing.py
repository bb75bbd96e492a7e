"""Let a language model word an answer, sentence by verified sentence, or keep the extractive one.

Whatever goes wrong ends in the extractive answer with a notice; nothing that was not verified
leaves this module.
"""

import logging
from collections.abc import Generator as Steps
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from hochoi.chat_model.client import GenerationError
from hochoi.citations import Verified, Verifier
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.stated_facts import FactReader
from hochoi.generator import NOTHING_FOUND, Generator
from hochoi.text import fold
from hochoi.types import Answer, Outcome, Progress
from hochoi.verification.draft_sentences import SentenceReader
from hochoi.verification.offers import Offered
from hochoi.verification.support import Fault

logger = logging.getLogger(__name__)

MAX_SENTENCES = 8  # more are not read
MAX_REPEATED = 3  # sentences said before; then the model runs in a circle


def reword(
    generator: Generator,
    extractive: Answer,
    offered: Sequence[Offered],
    facts: FactReader,
    phrases: Phrases,
) -> Steps[Progress, None, Answer]:
    """Yield each verified sentence as it is written; return the answer to show in the end.

    Args:
        generator: Who writes.
        extractive: The answer in words of reports, which stands when the model's does not.
        offered: The passages to write from.
        facts: The tables to verify with.
        phrases: For the notices.
    """
    if not offered:
        return extractive
    try:
        verified = yield from _write(generator, extractive.question, offered, facts)
    except GenerationError:
        return _with_notice(extractive, phrases.say("notice.model_failed"))
    dropped = sum(count for _, count in verified.dropped)
    faults = ",".join(f"{fault.name}:{count}" for fault, count in verified.dropped)
    logger.info("verified sentences=%d dropped=%s", len(verified.sentences), faults or 0)
    if not verified.sentences:
        key = "notice.model_unsupported" if dropped else "notice.model_failed"
        return _with_notice(extractive, phrases.say(key))
    cited = {source.report.report_id for source in verified.sources}
    own = [source.report for source in extractive.sources]
    others = [r for r in (*own, *extractive.related) if r.report_id not in cited]
    notice = phrases.say("notice.model_sentences_dropped", count=str(dropped)) if dropped else None
    return Answer(
        extractive.question,
        Outcome.ANSWERED,
        verified.sentences,
        verified.sources,
        tuple(others),
        notice,
        hits=extractive.hits,
        generator=generator.name,
    )


def _with_notice(answer: Answer, notice: str) -> Answer:
    return replace(answer, notice=" ".join(filter(None, (notice, answer.notice))))


def _write(
    generator: Generator, question: str, offered: Sequence[Offered], facts: FactReader
) -> Steps[Progress, None, Verified]:
    """Yield the verified sentences; return all that is known about the draft.

    Raises:
        GenerationError: If the draft is not whole. Sentences yielded before do not stand then.
    """
    verifier, reader = Verifier(offered, facts), SentenceReader()
    count = 0
    with closing(_Pieces(generator, question, offered)) as pieces:
        for piece in pieces:
            for drafted in reader.feed(piece) if piece is not None else reader.close():
                if fold(drafted.text).strip(" .") == fold(NOTHING_FOUND):
                    continue
                sentence = verifier.check(drafted)
                if sentence is not None:
                    count += 1
                    yield Progress("writing", count, sentence)
            if count >= MAX_SENTENCES or verifier.dropped[Fault.REPEATED] >= MAX_REPEATED:
                break
    return verifier.result()


class _Pieces:
    """The pieces of a draft, then None for its end; `close` stops the work behind them."""

    def __init__(self, generator: Generator, question: str, offered: Sequence[Offered]) -> None:
        self._pieces = generator.draft(question, offered)
        self._is_over = False

    def __iter__(self) -> "_Pieces":
        return self

    def __next__(self) -> str | None:
        if self._is_over:
            raise StopIteration
        piece = next(self._pieces, None)
        self._is_over = piece is None
        return piece

    def close(self) -> None:
        """Stop the generator."""
        if isinstance(self._pieces, Steps):
            self._pieces.close()
