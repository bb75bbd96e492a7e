"""The shipped static embedding, read without torch. Does not train and does not load other models.

The vector of a text is the mean of the vectors of its tokens, scaled to length 1. The folder is
what `training.train_embedding` writes and `SentenceTransformer(folder)` loads.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from hochoi.errors import ModelError, ModelMissingError
from hochoi.static_tokens import TOKEN_SCHEME, TokenTable

WEIGHTS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"

_BLOCK = 64  # texts tokenised together


class StaticEncoder:
    """Texts to vectors by table look-up. Reading is all it does, so threads may share one."""

    def __init__(self, folder: Path) -> None:
        """Read the model in `folder`.

        Raises:
            ModelMissingError: If one of its two files is not there.
            ModelError: If they cannot be read or do not fit together.
        """
        weights_path, tokenizer_path = folder / WEIGHTS_FILE, folder / TOKENIZER_FILE
        if not (weights_path.is_file() and tokenizer_path.is_file()):
            raise ModelMissingError(str(folder))
        vocabulary = _read_vocabulary(tokenizer_path)
        self._rows = _read_rows(weights_path)  # float32[v, d], row 0 all zero
        if len(self._rows) != len(vocabulary):
            raise ModelError(str(folder), f"{len(self._rows)} vectors for {len(vocabulary)} tokens")
        self._table = TokenTable(vocabulary)
        digest = hashlib.sha256(TOKEN_SCHEME.encode())
        for path in (weights_path, tokenizer_path):
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        self._fingerprint = digest.hexdigest()

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""
        return int(self._rows.shape[1])

    @property
    def fingerprint(self) -> str:
        """SHA-256 over weights, tokenizer and token scheme, in hex: equal means equal vectors."""
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector per text, `float32[n, d]`, each of length 1.

        A text without any known token gets the zero vector.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), _BLOCK):
            bags = self._table.bags(texts[first : first + _BLOCK])
            for place, ids in enumerate(bags, first):
                np.add.reduce(self._rows.take(ids, axis=0), axis=0, out=vectors[place])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors


def _read_vocabulary(path: Path) -> dict[str, int]:
    """Return id per token of a tokenizer file of whole words."""
    try:
        model = json.loads(path.read_text(encoding="utf-8"))["model"]
        vocabulary: dict[str, int] = model["vocab"]
        kind = model["type"]
    except (ValueError, KeyError, TypeError, OSError) as exc:
        raise ModelError(str(path), "not a tokenizer") from exc
    if kind != "WordLevel" or sorted(vocabulary.values()) != list(range(len(vocabulary))):
        raise ModelError(str(path), f"not a tokenizer of whole words numbered from 0, but {kind}")
    return vocabulary


def _read_rows(path: Path) -> NDArray[np.float32]:
    """Return the vectors of all tokens: directions (float16) times lengths (float32)."""
    try:
        tensors = load_file(path)
        directions, lengths = tensors["embeddings"], tensors["weights"]
    except (SafetensorError, KeyError, OSError) as exc:
        raise ModelError(str(path), f"not the weights of a static embedding: {exc}") from exc
    return directions.astype(np.float32) * lengths.astype(np.float32)[:, None]
