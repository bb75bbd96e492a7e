"""Text to vectors: the protocol and who serves which model.

The one place besides `training/` that imports sentence-transformers, and only for models that
are not static. No model is ever fetched: a name that is not on this machine is an error.
"""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from hochoi.errors import ModelError, ModelMissingError
from hochoi.model_folder import check_folder
from hochoi.settings import SHIPPED, Settings
from hochoi.static_encoder import StaticEncoder

Vectors = NDArray[np.float32]
M = TypeVar("M")


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


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model wants before each text, e.g. "query: "; nothing: what the model itself says."""

    query: str = ""
    passage: str = ""


class SentenceTransformerEncoder:
    """Any other sentence-transformers model on this machine, with its own prompts."""

    def __init__(self, folder: Path, prompts: Prompts = Prompts()) -> None:
        """Load the model, offline.

        Raises:
            ModelError: If the folder is refused or the library cannot load it.
        """
        check_folder(folder)
        library_offline()
        from sentence_transformers import SentenceTransformer

        self._model = load_offline(folder, SentenceTransformer)
        self._prompts = prompts
        self._fingerprint = self._checksum()

    def _checksum(self) -> str:
        own = [self._prompts.query, self._prompts.passage]
        digest = hashlib.sha256(json.dumps([own, self._model.prompts]).encode())
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
            self._model.encode_query(
                [text],
                prompt=self._prompts.query or None,
                normalize_embeddings=True,
                show_progress_bar=False,
            ),
            dtype=np.float32,
        )[0]
        return found

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32[n, d] for passages."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found: Vectors = np.asarray(
            self._model.encode_document(
                list(texts),
                prompt=self._prompts.passage or None,
                normalize_embeddings=True,
                show_progress_bar=False,
            ),
            dtype=np.float32,
        )
        return found


def library_offline() -> None:
    """Import sentence-transformers so that it fetches nothing and leaves the other core alone."""
    os.environ["HF_HUB_OFFLINE"] = "1"  # read at import: nothing is fetched at run time
    import torch

    torch.set_num_threads(1)  # two threads on two busy cores wait for each other


def load_offline(folder: Path, load: Callable[..., M]) -> M:
    """Return a model of sentence-transformers, read from a folder without pickles.

    Args:
        folder: Checked already; the library is imported `library_offline`.
        load: The class of the model.

    Raises:
        ModelError: If the library cannot load it.
    """
    try:
        return load(
            str(folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, ImportError, RuntimeError, KeyError) as exc:
        reason = (str(exc).splitlines() or [type(exc).__name__])[0]
        raise ModelError(str(folder), reason) from exc


def model_folder(name: str) -> Path:
    """Return the folder of a model on this machine that is not shipped.

    Args:
        name: A folder, or the "owner/name" of a model in the local cache of the model hub.

    Raises:
        ModelMissingError: If there is no such folder.
        ModelError: If the cache does not hold that model.
    """
    folder = Path(os.path.expanduser(name))
    if folder.is_dir():
        return folder
    if name.count("/") != 1 or name.startswith((".", "/", "~")):
        raise ModelMissingError(name)
    library_offline()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as exc:
        raise ModelError(name, "not on this machine; models are never fetched") from exc


def load_encoder(name: str, prompts: Prompts = Prompts()) -> Encoder:
    """Return the encoder a setting names: a shipped model, a folder, or an installed model.

    Args:
        name: As in the setting `embedding_model`.
        prompts: For a model that is not shipped; the shipped one has none.

    Raises:
        ModelMissingError: If a folder is named that does not exist, or the shipped one is gone.
        ModelError: If it cannot be loaded, or its folder holds pickles, code or changed files.
    """
    shipped = SHIPPED / "models" / name
    if "/" not in name and shipped.is_dir():
        check_folder(shipped, needs_sums=True)
        return ShippedEncoder(shipped)
    folder = model_folder(name)
    if folder.resolve().parent == SHIPPED / "models":
        check_folder(folder, needs_sums=True)
        return ShippedEncoder(folder)
    return SentenceTransformerEncoder(folder, prompts)


def configured_encoder(settings: Settings) -> Encoder:
    """Return the encoder of the settings, with the prompts they name.

    Raises:
        ModelMissingError, ModelError: As `load_encoder`.
    """
    prompts = Prompts(settings.query_prompt, settings.passage_prompt)
    return load_encoder(settings.embedding_model, prompts)
