"""Training pairs: a question-like anchor and the passage that should be found for it.

Three kinds, all made by rule from plain texts: heading -> passage (Wikipedia title -> section, law
heading -> article), inverse cloze (a sentence of the passage -> the passage), and a mix of both.
No question written by a person is used. Does not read files and does not know tokens.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hochoi.text import fold
from training.documents import Document

HEADING_SHARE = 0.3  # anchors that are the heading alone
TOPIC_SHARE = 0.2  # sentence anchors that also carry the heading
QUESTION_SHARE = 0.5  # sentence anchors with question words added
UNACCENTED_SHARE = 0.25  # anchors written without diacritics
KEEP_SENTENCE_SHARE = 0.5  # passages that still contain their anchor
TITLED_SHARE = 0.5  # passages that start with their heading
SPAN_SYLLABLES = (5, 20)

_QUESTIONS = (
    "ai", "là ai", "gì", "là gì", "nào", "khi nào", "năm nào", "ngày nào", "ở đâu", "đâu",
    "bao nhiêu", "mấy", "như thế nào", "thế nào", "ra sao", "tại sao", "vì sao", "để làm gì",
    "có phải không", "có được không", "những gì", "những ai", "bao lâu", "bằng cách nào",
    "hãy cho biết", "cho hỏi", "xin hỏi", "việc gì", "điều gì", "thuộc đâu", "do ai", "từ đâu",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """What a person might type, and a passage that answers it."""

    anchor: str
    positive: str


def _span(sentence: str, rng: random.Random) -> str:
    """Return a run of words of `sentence`, at random, or all of it when it is short."""
    words = sentence.split()
    low, high = SPAN_SYLLABLES
    n = min(len(words), rng.randint(low, high))
    start = rng.randint(0, len(words) - n)
    return " ".join(words[start : start + n])


def _as_question(text: str, rng: random.Random) -> str:
    """Return `text` with question words before or after it."""
    words = rng.choice(_QUESTIONS)
    return f"{words} {text}" if rng.random() < 0.3 else f"{text} {words}"


def make_pair(document: Document, rng: random.Random) -> Pair:
    """Return one pair from `document`; another call gives another pair."""
    positive = list(document.sentences)
    if rng.random() < HEADING_SHARE:
        anchor = document.heading
    else:
        place = rng.randrange(len(positive))
        anchor = _span(positive[place], rng)
        if rng.random() < QUESTION_SHARE:
            anchor = _as_question(anchor, rng)
        if rng.random() < TOPIC_SHARE:
            anchor = f"{document.heading} {anchor}"
        if len(positive) > 1 and rng.random() >= KEEP_SENTENCE_SHARE:
            del positive[place]
    if rng.random() < UNACCENTED_SHARE:
        anchor = fold(anchor)
    heading = [document.heading] if rng.random() < TITLED_SHARE else []
    return Pair(anchor, "\n".join([*heading, *positive]))


def batches(documents: Sequence[Document], size: int, seed: int) -> Iterator[list[Pair]]:
    """Yield batches of pairs without end, each document once per round in a new order.

    The last, short batch of a round is left out. Same documents, size and seed: same batches.
    """
    rng = random.Random(seed)
    order = list(range(len(documents)))
    while True:
        rng.shuffle(order)
        for first in range(0, len(order) - size + 1, size):
            yield [make_pair(documents[i], rng) for i in order[first : first + size]]
