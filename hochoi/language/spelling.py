"""Suggest the diacritics that a question was typed without, learned from the texts of a corpus.

Answers "Ý bạn là ...?"; a suggestion is shown and never applied unseen. Does not correct typing
errors, and leaves words alone that the corpus does not know.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise

from hochoi.language.tokens import fold_syllable, syllables
from hochoi.text import has_diacritics

_SYLLABLE = re.compile(r"[^\W_]+")
_BIGRAM_WEIGHT = 0.9  # against .1 for the syllable alone; .8 to .95 measured the same
_MIN_KNOWN = 0.6  # share of words the corpus must know, or the question is in another language
_MAX_READINGS = 16  # "do" has 31 in a large dictionary
_MAX_CHARS = 2000  # longer input is no question

# Reports state, questions ask: words that a corpus of reports holds too rarely to learn.
_QUESTIONS = (
    "là ai", "trưởng đoàn là ai", "ai là trưởng đoàn", "do ai dẫn đầu", "gồm những ai", "có ai",
    "là gì", "những gì", "được gì", "làm gì", "nội dung gì", "kinh nghiệm gì", "bài học gì",
    "ở đâu", "đến đâu", "đi đâu", "tại đâu", "khi nào", "lúc nào", "ngày nào", "năm nào",
    "tỉnh nào", "đoàn nào", "đơn vị nào", "những tỉnh nào", "thế nào", "như thế nào", "ra sao",
    "hồi tháng", "hồi năm", "hồi nào",
    "vì sao", "tại sao", "bao nhiêu", "bao nhiêu người", "mấy người", "bao lâu", "bao giờ",
    "có những", "đã đến", "đã thăm", "đã học", "học hỏi", "học hỏi kinh nghiệm",
    "hãy cho biết", "cho tôi biết", "cho tôi hỏi",
    "liệt kê", "so sánh", "tóm tắt", "có không", "được không", "đã làm gì", "học được gì",
)  # fmt: skip


class Restorer:
    """A model of which accented syllables follow each other, made from the texts of a corpus."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count syllables and pairs of neighbours in `texts`, which are read once.

        Names that questions use should be among the texts; repeated texts weigh more.
        """
        singles: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in chain(_QUESTIONS, texts):
            terms = syllables(text)
            singles.update(terms)
            pairs.update(pairwise(terms))
        self._pairs = pairs
        self._singles = singles
        self._readings = _readings(singles)

    def restore(self, question: str) -> str | None:
        """Return `question` with the likeliest diacritics, `None` when there is nothing to suggest.

        Case, spacing and punctuation stay as typed.

        Args:
            question: What a person typed; anything over 2,000 characters is left alone.

        Returns:
            The suggestion; `None` when the question has diacritics already, is mostly made of words
            the corpus lacks, or would not change.
        """
        if len(question) > _MAX_CHARS or has_diacritics(question):
            return None
        words = list(_SYLLABLE.finditer(question))
        folded = [word[0].lower() for word in words]
        known = sum(f in self._readings for f in folded)
        if not known or known < _MIN_KNOWN * len(words):
            return None
        parts: list[str] = []
        position = 0
        for word, syllable in zip(words, self._best_path(folded), strict=True):
            parts += (question[position : word.start()], _recased(syllable, word[0]))
            position = word.end()
        restored = "".join((*parts, question[position:]))
        return restored if restored != question else None

    def _best_path(self, folded: list[str]) -> list[str]:
        """Return the likeliest accented syllable for each folded one (Viterbi over pairs)."""
        scores = {"": 0.0}  # log probability of the best path to each reading
        back: list[dict[str, str]] = []
        for syllable in folded:
            likeliest = max(scores, key=scores.__getitem__)
            step: dict[str, float] = {}
            came_from: dict[str, str] = {}
            for reading, alone in self._readings.get(syllable, ((syllable, 1.0),)):
                best, before = scores[likeliest] + math.log(alone), likeliest
                for previous, score in scores.items():
                    pair = self._pairs.get((previous, reading))
                    if pair:
                        share = _BIGRAM_WEIGHT * pair / self._singles[previous]
                        score += math.log(alone + share)
                        if score > best:
                            best, before = score, previous
                step[reading], came_from[reading] = best, before
            scores = step
            back.append(came_from)
        path = [max(scores, key=scores.__getitem__)]
        for came_from in reversed(back[1:]):
            path.append(came_from[path[-1]])
        return path[::-1]


def _readings(singles: Counter[str]) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return per folded syllable its accented readings, commonest first, with their weights.

    Readings a thousand times rarer than the first are typing errors of the corpus.
    """
    total = singles.total()
    readings: dict[str, list[tuple[str, float]]] = {}
    for syllable, count in singles.most_common():
        same = readings.setdefault(fold_syllable(syllable), [])
        weight = (1 - _BIGRAM_WEIGHT) * count / total
        if len(same) < _MAX_READINGS and (not same or weight * 1000 >= same[0][1]):
            same.append((syllable, weight))
    return {folded: tuple(same) for folded, same in readings.items()}


def _recased(syllable: str, typed: str) -> str:
    """Return a syllable in the case in which it was typed."""
    if len(typed) > 1 and typed.isupper():
        return syllable.upper()
    return syllable[0].upper() + syllable[1:] if typed[0].isupper() else syllable
