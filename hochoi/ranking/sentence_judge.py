"""Say which sentences of a text answer a question best, with a small trained model.

The model is a LambdaMART over `sentence_features`, made by `training.train_sentences`; its folder
holds `model.txt` (LightGBM's text format), `translation.safetensors` and `sentences.json` with
their checksums. Does not decide whether a question is answered at all.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hochoi.errors import ModelError, ModelMissingError
from hochoi.ranking.sentence_features import Rarity, known_columns, sentence_features
from hochoi.ranking.sentence_tokens import AskedTokens, SentenceTokens
from hochoi.ranking.translation import read_translation
from hochoi.ranking.trees import read_trees

MODEL_FILE, TABLE_FILE, CARD_FILE = "model.txt", "translation.safetensors", "sentences.json"
FORMAT = 1  # of the evidence; raise when a column changes its meaning


class SentenceJudge:
    """A trained judge of sentences. Threads may share one."""

    def __init__(self, folder: Path) -> None:
        """Read the model in `folder`.

        Raises:
            ModelMissingError: If one of its files is not there.
            ModelError: If they cannot be read, do not fit together or this version.
        """
        try:
            card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
            declared, sums = card["format"], card["sha256"]
            wrong = [name for name in (MODEL_FILE, TABLE_FILE) if sums[name] != _sum(folder / name)]
        except FileNotFoundError as exc:
            raise ModelMissingError(str(folder)) from exc
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise ModelError(str(folder), f"{CARD_FILE} cannot be read: {exc!r}") from exc
        if declared != FORMAT:
            raise ModelError(str(folder), f"evidence format {declared}, expected {FORMAT}")
        if wrong:
            raise ModelError(str(folder), f"{wrong[0]} is not the file {CARD_FILE} names")
        self._trees = read_trees(folder / MODEL_FILE)
        self.translation = read_translation(folder / TABLE_FILE)
        unknown = sorted(set(self._trees.names) - set(known_columns()))
        if unknown:
            raise ModelError(str(folder), f"asks for evidence that is not there: {unknown[0]}")

    def judge(
        self,
        asked: AskedTokens,
        sentences: Sequence[SentenceTokens],
        header: Collection[str],
        rarity: Rarity,
    ) -> NDArray[np.float64]:
        """Return a score per sentence, float64[n], higher is better.

        Only differences mean something, and only within one question and one text.

        Args:
            asked: The question.
            sentences: Of one text, in order; may be empty.
            header: Folded terms of its title.
            rarity: Inverse document frequency of folded syllables and bigrams.
        """
        if not sentences:
            return np.zeros(0)
        columns = sentence_features(asked, sentences, header, rarity, self.translation)
        table = np.stack([columns[name] for name in self._trees.names], axis=1)
        return self._trees.score(table)


def write_card(folder: Path, trees: int) -> None:
    """Write the card that names the files of a model beside it."""
    sums = {name: _sum(folder / name) for name in (MODEL_FILE, TABLE_FILE)}
    card = {"format": FORMAT, "sha256": sums, "trees": trees}
    (folder / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
