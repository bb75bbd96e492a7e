"""Question and passage read together by a cross-encoder, for machines that have one.

Off by default: none is shipped. It judges only the best passages, after the re-ranker. Served by
sentence-transformers, offline; does not search.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hochoi.encoder import library_offline, load_offline, model_folder
from hochoi.errors import ModelError
from hochoi.model_folder import check_folder

NONE = "none"  # the setting that does without


class CrossEncoder:
    """A sentence-transformers cross-encoder with one output, such as bge-reranker-v2-m3."""

    def __init__(self, folder: Path) -> None:
        """Load the model.

        Raises:
            ModelError: If the folder is refused, cannot be loaded or has several outputs.
        """
        check_folder(folder)
        library_offline()
        import torch
        from sentence_transformers import CrossEncoder as Model

        self._model = load_offline(folder, Model)
        if self._model.num_labels != 1:
            raise ModelError(str(folder), f"gives {self._model.num_labels} numbers, expected 1")
        self._activation = torch.nn.Sigmoid()

    def judge(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return float32[n], 0..1, how well each passage answers the question.

        Args:
            question: As asked.
            passages: n texts; what the model cannot hold is cut off by it.
        """
        if not passages:
            return np.zeros(0, dtype=np.float32)
        pairs = [(question, passage) for passage in passages]
        found = self._model.predict(pairs, activation_fn=self._activation, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)


def load_cross_encoder(name: str) -> CrossEncoder | None:
    """Return the cross-encoder a setting names, None for "none".

    Raises:
        ModelMissingError: If it is not on this machine.
        ModelError: If it is refused or cannot be loaded.
    """
    return None if name == NONE else CrossEncoder(model_folder(name))
