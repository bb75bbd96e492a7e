"""What words questions use for the words of answers: "ai" for a name, "chỉ huy" for "lãnh đạo".

A table of probabilities p(word of a question | word of the answering sentence), IBM model 1
(Brown et al. 1993), fitted by `training.train_sentences`. Learns nothing here.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from hochoi.errors import ModelError, ModelMissingError

_OWN = 0.5  # weight of the table beside the word's own frequency in questions
_TENSORS = ("frequency", "starts", "columns", "values")


@dataclass(frozen=True, slots=True)
class Translation:
    """Sparse probabilities, by word of the question."""

    frequency: Mapping[str, float]  # share of each known word among all words of questions
    by_question: Mapping[str, Mapping[str, float]]  # question word -> answer word -> probability

    @classmethod
    def empty(cls) -> "Translation":
        """Return a table that knows nothing."""
        return cls({}, {})

    def likelihood(
        self, question: Sequence[str], sentences: Sequence[Set[str]]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return how well each sentence explains the words of a question.

        Args:
            question: Its words and bigrams, each once; unknown ones are left out.
            sentences: Words of each sentence.

        Returns:
            Mean log ratio to the frequencies of the words alone, and mean probability of the
            best explaining word; float64[n] each.
        """
        known = [t for t in question if t in self.frequency]
        ratios, nearest = np.zeros(len(sentences)), np.zeros(len(sentences))
        if not known:
            return ratios, nearest
        for term in known:
            table, own = self.by_question.get(term, {}), self.frequency[term]
            for n, words in enumerate(sentences):
                found = [table[w] for w in table.keys() & words]
                if found:
                    ratios[n] += np.log(_OWN * sum(found) / (len(words) + 1) / own + 1 - _OWN)
                    nearest[n] += max(found)
                else:
                    ratios[n] += np.log(1 - _OWN)
        return ratios / len(known), nearest / len(known)


def write_translation(translation: Translation, path: Path) -> None:
    """Write a table as safetensors: sorted words in the metadata, float16 values by row."""
    questions = sorted(translation.frequency)
    answers = sorted({w for row in translation.by_question.values() for w in row})
    column = {word: n for n, word in enumerate(answers)}
    rows = [
        sorted((column[w], p) for w, p in translation.by_question.get(q, {}).items())
        for q in questions
    ]
    tensors: dict[str, NDArray[np.generic]] = {
        "frequency": np.array([translation.frequency[q] for q in questions], dtype=np.float32),
        "starts": np.cumsum([0, *map(len, rows)]).astype(np.int32),
        "columns": np.array([c for row in rows for c, _ in row], dtype=np.int32),
        "values": np.array([p for row in rows for _, p in row], dtype=np.float16),
    }
    words = {"questions": "\n".join(questions), "answers": "\n".join(answers)}
    save_file(tensors, path, metadata=words)


def read_translation(path: Path) -> Translation:
    """Return the table at `path`.

    Raises:
        ModelMissingError: If there is no such file.
        ModelError: If it is no such table.
    """
    try:
        with safe_open(path, framework="numpy") as kept:
            words = kept.metadata()
            frequency, starts, columns, values = (kept.get_tensor(n).tolist() for n in _TENSORS)
        questions, answers = (words[name].split("\n") for name in ("questions", "answers"))
        by_question = {
            word: {
                answers[c]: p for c, p in zip(columns[first:end], values[first:end], strict=True)
            }
            for word, first, end in zip(questions, starts[:-1], starts[1:], strict=True)
        }
        return Translation(dict(zip(questions, frequency, strict=True)), by_question)
    except FileNotFoundError as exc:
        raise ModelMissingError(str(path)) from exc
    except (OSError, ValueError, KeyError, IndexError, TypeError, SafetensorError) as exc:
        raise ModelError(str(path), f"not a translation table: {exc!r}") from exc
