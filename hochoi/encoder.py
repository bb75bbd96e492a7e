"""Text to vectors: the protocol and who serves which model.

The one place besides `training/` that imports sentence-transformers, and only for models that
are not static. No model is ever fetched: a name that is not on this machine is an error.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hochoi.errors import ModelError, ModelMissingError
from hochoi.settings import SHIPPED
from hochoi.static_encoder import StaticEncoder

Vectors = NDArray[np.float32]

_PICKLED = {".bin", ".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".py"}


class Encoder(Protocol):
    """Turns texts into vectors of unit length; an empty text may become the zero vector."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text would get another vector."""

    def encode_query(self, text: str) -> Vectors:
        """Return float32[d] for one question."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32[n, d] for passages."""


class ShippedEncoder:
    """A static model of our own, served without torch."""

    def __init__(self, folder: Path) -> None:
        """Load the model folder."""
        self._model = StaticEncoder(folder)

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return self._model.dimension

    @property
    def fingerprint(self) -> str:
        """Checksum of weights, tokenizer and token scheme."""
        return self._model.fingerprint

    def encode_query(self, text: str) -> Vectors:
        """Return float32[d] for one question."""
        vector: Vectors = self._model.encode([text])[0]
        return vector

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32[n, d] for passages."""
        return self._model.encode(texts)


class SentenceTransformerEncoder:
    """Any other sentence-transformers model on this machine, with its own prompts."""

    def __init__(self, name: str) -> None:
        """Load the model, offline.

        Raises:
            ModelError: If the library cannot load it.
        """
        os.environ["HF_HUB_OFFLINE"] = "1"  # read at import: nothing is fetched at run time
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(1)  # two threads on two busy cores wait for each other
        try:
            self._model = SentenceTransformer(name, device="cpu", local_files_only=True)
        except (OSError, ValueError, ImportError, RuntimeError) as exc:
            reason = (str(exc).splitlines() or [type(exc).__name__])[0]
            raise ModelError(name, reason) from exc
        self._fingerprint = self._checksum(name)

    def _checksum(self, name: str) -> str:
        digest = hashlib.sha256(json.dumps([name, self._model.prompts]).encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.cpu().contiguous().numpy().tobytes())
        return digest.hexdigest()

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def fingerprint(self) -> str:
        """Checksum of weights and prompts."""
        return self._fingerprint

    def encode_query(self, text: str) -> Vectors:
        """Return float32[d] for one question."""
        found: Vectors = np.asarray(
            self._model.encode_query([text], normalize_embeddings=True, show_progress_bar=False),
            dtype=np.float32,
        )[0]
        return found

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32[n, d] for passages."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found: Vectors = np.asarray(
            self._model.encode_document(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            ),
            dtype=np.float32,
        )
        return found


def load_encoder(name: str) -> Encoder:
    """Return the encoder a setting names: a shipped model, a folder, or an installed model.

    Raises:
        ModelMissingError: If a folder is named that does not exist, or the shipped one is gone.
        ModelError: If it cannot be loaded, or its folder holds pickles or code.
    """
    shipped = SHIPPED / "models" / name
    folder = shipped if "/" not in name and shipped.is_dir() else Path(os.path.expanduser(name))
    if not folder.is_dir():
        if "/" not in name or name.startswith((".", "/", "~")):
            raise ModelMissingError(name)
        return SentenceTransformerEncoder(name)
    risky = sorted(p.name for p in folder.rglob("*") if p.suffix in _PICKLED)
    if risky:
        raise ModelError(name, f"the folder holds {risky[0]}; only safetensors are loaded")
    if folder.resolve().parent == SHIPPED / "models":
        return ShippedEncoder(folder)
    return SentenceTransformerEncoder(str(folder))
