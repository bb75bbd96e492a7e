"""Make a smaller copy of a static embedding: fewer dimensions, fewer bits per number.

    python -m training.reduce_embedding --model DIR --out DIR --dimension 128 --bits 8

For studies of what size costs in ranking (`training.evaluate_embedding` measures the copy). The
copy keeps the file format, so its numbers take as many bytes as before.
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from hochoi.static_encoder import TOKENIZER_FILE, WEIGHTS_FILE

Rows = NDArray[np.float32]  # [v, d], a vector per token


def projected(rows: Rows, dimension: int) -> Rows:
    """Return `float32[v, dimension]`: the rows on the directions in which they differ most.

    Raises:
        ValueError: If `dimension` is not among 1..d.
    """
    if not 1 <= dimension <= rows.shape[1]:
        raise ValueError(f"dimension must be 1 to {rows.shape[1]}, got {dimension}")
    spread = rows.T.astype(np.float64) @ rows
    _, directions = np.linalg.eigh(spread)  # rising spread
    return np.asarray(rows @ directions[:, ::-1][:, :dimension], dtype=np.float32)


def rounded(rows: Rows, bits: int) -> Rows:
    """Return the rows with each number as a signed whole number of `bits` times a step per row.

    Raises:
        ValueError: If `bits` is not among 2..16.
    """
    if not 2 <= bits <= 16:
        raise ValueError(f"bits must be 2 to 16, got {bits}")
    steps = np.abs(rows).max(axis=1, keepdims=True) / (2 ** (bits - 1) - 1)
    steps[steps == 0] = 1
    return np.asarray(np.round(rows / steps) * steps, dtype=np.float32)


def reduce_embedding(model: Path, out: Path, dimension: int, bits: int) -> None:
    """Write the smaller copy of the model at `model` to `out`."""
    tensors = load_file(model / WEIGHTS_FILE)
    rows = tensors["embeddings"].astype(np.float32) * tensors["weights"][:, None]
    rows = rounded(projected(rows, dimension), bits)
    lengths = np.linalg.norm(rows, axis=1).astype(np.float32)
    directions = (rows / np.maximum(lengths, 1e-12)[:, None]).astype(np.float16)
    out.mkdir(parents=True, exist_ok=True)
    save_file({"embeddings": directions, "weights": lengths}, out / WEIGHTS_FILE)
    shutil.copyfile(model / TOKENIZER_FILE, out / TOKENIZER_FILE)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, write the copy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the model")
    parser.add_argument("--out", type=Path, required=True, help="folder of the copy")
    parser.add_argument("--dimension", type=int, default=256, help="numbers per token")
    parser.add_argument("--bits", type=int, default=16, help="per number")
    options = parser.parse_args(arguments)
    reduce_embedding(options.model, options.out, options.dimension, options.bits)


if __name__ == "__main__":
    main()
