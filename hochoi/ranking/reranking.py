"""Judge the best candidates of the first ranking again, with more evidence than it looked at.

The model is a LambdaMART (Burges 2010) trained by `training.train_reranker`; its folder holds
`model.txt` in LightGBM's text format and `reranker.json`. Does not search and knows no visit.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np

from hochoi.errors import ModelError, ModelMissingError
from hochoi.ranking.features import Candidates, Column, features
from hochoi.ranking.tokens import PassageTokens, Rarity, read_passage, read_query
from hochoi.ranking.trees import read_trees
from hochoi.settings import SHIPPED

MODEL_FILE, CARD_FILE = "model.txt", "reranker.json"
FORMAT = 1  # of the evidence; raise when a column changes its meaning
NONE = "none"  # the setting that leaves the first ranking as it is


class Reranker:
    """A trained judge of candidates. Threads may share one."""

    def __init__(self, folder: Path) -> None:
        """Read the model in `folder`.

        Raises:
            ModelMissingError: If one of its two files is not there.
            ModelError: If they cannot be read, do not fit together or this version.
        """
        try:
            card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
            found = hashlib.sha256((folder / MODEL_FILE).read_bytes()).hexdigest()
            declared, expected = card["format"], card["sha256"]
        except FileNotFoundError as exc:
            raise ModelMissingError(str(folder)) from exc
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise ModelError(str(folder), f"{CARD_FILE} cannot be read: {exc!r}") from exc
        if declared != FORMAT:
            raise ModelError(str(folder), f"evidence format {declared}, expected {FORMAT}")
        if found != expected:
            raise ModelError(str(folder), f"{MODEL_FILE} is not the file {CARD_FILE} names")
        self._trees = read_trees(folder / MODEL_FILE)
        unknown = sorted(set(self._trees.names) - set(known_features()))
        if unknown:
            raise ModelError(str(folder), f"asks for evidence that is not there: {unknown[0]}")

    def judge(self, question: str, rarity: Rarity, candidates: Candidates) -> Column:
        """Return how far each candidate is ahead of the worst one, 0 or more.

        Only differences mean something, and only within one question.

        Args:
            question: As asked; a text without a syllable changes nothing.
            rarity: Inverse document frequency of folded syllables and bigrams.
            candidates: At least one.
        """
        query = read_query(question, rarity)
        if query is None:
            return np.zeros(len(candidates.passages), dtype=np.float32)
        columns = features(query, candidates)
        table = np.stack([columns[name] for name in self._trees.names], axis=1)
        scores = self._trees.score(table.astype(np.float32))
        return np.asarray(scores - scores.min(), dtype=np.float32)


def known_features() -> tuple[str, ...]:
    """Return the names of all columns of evidence, in order."""
    nothing = np.zeros(1, dtype=np.float32)
    query = read_query("một hai", lambda term: 1.0)
    if query is None:
        raise ValueError("a question of two syllables has tokens")
    one = Candidates(
        [read_passage("", "một")],
        lexical=nothing,
        cosine=nothing,
        fused=nothing,
        report=np.zeros(1, dtype=np.int64),
        header=np.zeros(1, dtype=np.int64),
        is_first=np.ones(1, dtype=np.bool_),
    )
    return tuple(features(query, one))


def load_reranker(name: str) -> Reranker | None:
    """Return the re-ranker a setting names, a shipped one or a folder; None for "none".

    Raises:
        ModelMissingError: If there is no such folder.
        ModelError: If it cannot be used.
    """
    if name == NONE:
        return None
    shipped = SHIPPED / "models" / name
    folder = shipped if "/" not in name and shipped.is_dir() else Path(name).expanduser()
    if not folder.is_dir():
        raise ModelMissingError(name)
    return Reranker(folder)


class TokenCache:
    """The tokens of passages used lately, at most `size`: about 3 kB each."""

    def __init__(self, size: int = 10_000) -> None:
        """Start empty."""
        self._size = size
        self._held: OrderedDict[tuple[str, str], PassageTokens] = OrderedDict()
        self._changing = threading.Lock()

    def get(self, passage_id: str, header: str) -> PassageTokens | None:
        """Return the tokens of a passage under this header, None when they are not held."""
        with self._changing:
            found = self._held.get((passage_id, header))
            if found is not None:
                self._held.move_to_end((passage_id, header))
            return found

    def read(self, passage_id: str, header: str, body: str) -> PassageTokens:
        """Return the tokens of a passage and hold them."""
        tokens = read_passage(header, body)
        with self._changing:
            self._held[passage_id, header] = tokens
            while len(self._held) > self._size:
                self._held.popitem(last=False)
        return tokens
