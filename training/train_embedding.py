"""Train the shipped Vietnamese static embedding.

    python -m training.train_embedding --data DIR --out models/hochoi-static-256

Does not measure it: see `training.evaluate_embedding`.
"""

import argparse
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from torch import Tensor

from hochoi.model_folder import write_sums
from hochoi.static_tokens import TokenTable
from training.documents import Document, read_documents
from training.pairs import batches
from training.vocabulary import (
    Sizes,
    build_tokenizer,
    choose,
    document_frequencies,
    inverse_frequencies,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the result, besides the data."""

    seed: int = 13
    dimension: int = 256
    sizes: Sizes = field(default_factory=Sizes)
    steps: int = 400
    batch_pairs: int = 2_048
    learning_rate: float = 0.1  # peak of Adam, reached after `warm_up`, falling to 0
    warm_up: float = 0.1  # share of the steps
    scale: float = 20.0  # of the cosine, in the loss
    threads: int = 2


def initial_rows(inverse_frequency: Sequence[float], recipe: Recipe) -> Tensor:
    """Return random directions, `float32[v, d]`, as long as the token is rare; row 0 is zero.

    Before any training this already is a hashed TF-IDF, so training only has to improve on it.
    """
    generator = torch.Generator().manual_seed(recipe.seed)
    lengths = torch.tensor(inverse_frequency, dtype=torch.float32)
    rows = torch.randn(len(lengths), recipe.dimension, generator=generator)
    return rows * (lengths / lengths.mean())[:, None]


def _features(table: TokenTable, texts: Sequence[str]) -> dict[str, Tensor]:
    """Return what `StaticEmbedding` makes of `embedding_tokens` of the texts, unknowns left out."""
    bags = table.bags(texts)
    starts = np.cumsum([0, *(len(ids) for ids in bags[:-1])], dtype=np.int64)
    ids = np.concatenate(bags)
    return {"input_ids": torch.from_numpy(ids), "offsets": torch.from_numpy(starts)}


def _rate(step: int, recipe: Recipe) -> float:
    """Return the learning rate of `step`, counted from 0."""
    rising = (step + 1) / (recipe.warm_up * recipe.steps)
    return recipe.learning_rate * min(1.0, rising) * (1 - step / recipe.steps)


def train(documents: Sequence[Document], recipe: Recipe) -> SentenceTransformer:
    """Return a model trained on pairs made from `documents`. Same input, same machine: same model.

    Raises:
        ValueError: If there are fewer documents than pairs in a batch.
    """
    if len(documents) < recipe.batch_pairs:
        raise ValueError(
            f"need at least {recipe.batch_pairs} documents for one batch, got {len(documents)}"
        )
    frequencies = document_frequencies(documents)
    tokens = choose(frequencies, recipe.sizes)
    rows = initial_rows(inverse_frequencies(tokens, frequencies, len(documents)), recipe)
    module = StaticEmbedding(build_tokenizer(tokens), embedding_weights=rows)
    model = SentenceTransformer(modules=[module], device="cpu")
    loss_of = MultipleNegativesRankingLoss(
        model,
        scale=recipe.scale,
        directions=("query_to_doc", "doc_to_query"),
        partition_mode="per_direction",
    )
    optimiser = torch.optim.Adam(module.parameters())
    table = TokenTable({token: number for number, token in enumerate(tokens)})
    stream = batches(documents, recipe.batch_pairs, recipe.seed)
    began = time.monotonic()
    for step in range(recipe.steps):
        pairs = next(stream)
        anchors = _features(table, [pair.anchor for pair in pairs])
        positives = _features(table, [pair.positive for pair in pairs])
        optimiser.param_groups[0]["lr"] = _rate(step, recipe)
        optimiser.zero_grad()
        loss = loss_of([anchors, positives], torch.empty(0))
        loss.backward()
        optimiser.step()
        if (step + 1) % 25 == 0:
            seconds = time.monotonic() - began
            logger.info("trained step=%d loss=%.4f s=%.0f", step + 1, loss.item(), seconds)
    return model


def token_rows(model: SentenceTransformer) -> Tensor:
    """Return the vectors of the tokens of a static model, `float32[v, d]`.

    Raises:
        TypeError: If the model is of another kind.
    """
    module = model[0]
    if not isinstance(module, StaticEmbedding):
        raise TypeError(f"need a StaticEmbedding, got {type(module).__name__}")
    return module.embedding.weight.detach()


def ship(model: SentenceTransformer, out: Path) -> None:
    """Save `model` at `out` with float16 directions and float32 lengths.

    The two tensors are named so that `StaticEmbedding.load` multiplies them into float32 rows;
    plain float16 rows would make it compute in float16. A README.md already there is kept.
    """
    model.save_pretrained(str(out), create_model_card=False)
    rows = token_rows(model)
    lengths = rows.norm(dim=1)
    directions = rows / lengths.clamp_min(1e-12)[:, None]
    tensors = {"embeddings": directions.to(torch.float16), "weights": lengths}
    weights_path = out / "model.safetensors"
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, weights_path)
    weights_path.chmod(0o644)  # the library writes it for its owner alone
    write_sums(out)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of training/README.md")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    recipe = Recipe(steps=options.steps)
    torch.set_num_threads(recipe.threads)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(recipe.seed)
    documents = read_documents(options.data)
    logger.info("read documents=%d", len(documents))
    ship(train(documents, recipe), options.out)
    logger.info("saved %s", options.out.name)


if __name__ == "__main__":
    main()
