"""Train the shipped re-ranker, a LightGBM LambdaMART over the evidence of `rerank_features`.

    python -m training.train_reranker --data DIR --out models/hochoi-reranker

Does not measure it on the development sets: see `training.bench_retrieval`.
"""

import argparse
import hashlib
import json
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray

from hochoi.encoder import ShippedEncoder
from hochoi.ranking.reranking import CARD_FILE, FORMAT, MODEL_FILE
from hochoi.settings import DEFAULT_MODEL, SHIPPED
from training.rerank_library import Judged, Library
from training.rerank_questions import Source, sources

logger = logging.getLogger(__name__)

SIZES = (20000, 5000, 8000)  # questions of ViQuAD (all it has), laws, Wikipedia at most
HELD_OUT = 0.12  # share of the groups that decide when to stop
TRAINED_ON = 30  # best candidates of the first ranking per question
ROUNDS, PATIENCE = 300, 40
SEED = 7
PARAMETERS = {
    "objective": "lambdarank",
    "metric": "ndcg",
    "eval_at": [1, 10],
    "learning_rate": 0.1,
    "num_leaves": 20,
    "min_data_in_leaf": 80,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 63,
    "lambdarank_truncation_level": 12,
    "num_threads": 1,  # two threads wait for each other on a busy machine
    "force_col_wise": True,
    "deterministic": True,
    "seed": 3,
    "verbosity": -1,
}


@dataclass(frozen=True, slots=True)
class Example:
    """One question with its judged candidates."""

    judged: Judged
    group: str
    weight: float


@dataclass(frozen=True, slots=True)
class Rows:
    """Examples as LightGBM takes them."""

    table: NDArray[np.float32]  # [n, f]
    labels: NDArray[np.int8]  # [n]
    sizes: NDArray[np.intp]  # candidates per question
    weights: NDArray[np.float32]  # [n]


def read_examples(source: Source, library: Library) -> list[Example]:
    """Return the questions of a source whose answer is among the candidates."""
    examples = []
    for asked in source.questions:
        judged = library.judge(asked.question, {asked.text_id})
        if judged is not None and judged.is_right[:TRAINED_ON].any():
            examples.append(Example(judged, f"{source.name} {asked.group}", source.weight))
    return examples


def rows(examples: Sequence[Example]) -> Rows:
    """Return the best candidates of all examples.

    Passages beside a right one, in the same report, are left out: they are neither right nor
    wrong to find.
    """
    tables, labels, sizes, weights = [], [], [], []
    for example in examples:
        judged = example.judged
        kept = np.flatnonzero(~judged.is_beside[:TRAINED_ON])
        tables.append(judged.table[kept])
        labels.append(judged.is_right[kept].astype(np.int8))
        sizes.append(len(kept))
        weights.append(np.full(len(kept), example.weight, dtype=np.float32))
    return Rows(
        np.concatenate(tables), np.concatenate(labels), np.array(sizes), np.concatenate(weights)
    )


def split(examples: Sequence[Example], seed: int) -> tuple[list[Example], list[Example]]:
    """Return examples to learn from and held-out ones; no group is in both."""
    groups = sorted({example.group for example in examples})
    order = np.random.default_rng(seed).permutation(len(groups))
    held = {groups[n] for n in order[: int(len(groups) * HELD_OUT)]}
    learned = [e for e in examples if e.group not in held]
    return learned, [e for e in examples if e.group in held]


def fit(learned: Rows, held: Rows, names: Sequence[str]) -> lightgbm.Booster:
    """Return the booster of the round that ranks the held-out questions best."""
    train_set = lightgbm.Dataset(
        learned.table,
        learned.labels,
        group=learned.sizes,
        weight=learned.weights,
        feature_name=list(names),
    )
    held_set = lightgbm.Dataset(held.table, held.labels, group=held.sizes, reference=train_set)
    return lightgbm.train(
        PARAMETERS,
        train_set,
        ROUNDS,
        valid_sets=[held_set],
        callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False)],
    )


def ship(booster: lightgbm.Booster, out: Path, questions: Mapping[str, int]) -> None:
    """Write the model and the card that names it; a README.md already there is kept.

    Args:
        booster: What was trained.
        out: Folder of the model.
        questions: How many of each source were learned from or held out, for the card.
    """
    out.mkdir(parents=True, exist_ok=True)
    model = out / MODEL_FILE
    booster.save_model(str(model), num_iteration=booster.best_iteration)
    text, _, _ = model.read_text(encoding="utf-8").partition("\nparameters:")
    model.write_text(text + "\n", encoding="utf-8")  # without paths and settings of this machine
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    card = {
        "format": FORMAT,
        "sha256": digest,
        "trees": booster.best_iteration,
        "rounds": ROUNDS,
        "patience": PATIENCE,
        "questions": dict(questions),
    }
    (out / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, gather evidence, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of training/README.md")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--sizes", type=int, nargs=3, default=SIZES, help="questions per source")
    shipped = SHIPPED / "models" / DEFAULT_MODEL
    parser.add_argument("--encoder", type=Path, default=shipped, help="folder of the static model")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    encoder = ShippedEncoder(options.encoder)
    examples: list[Example] = []
    counts: dict[str, int] = {}
    for source in sources(options.data, tuple(options.sizes), SEED):
        began = time.monotonic()
        found = read_examples(source, Library(source.texts, encoder))
        seconds = time.monotonic() - began
        logger.info("gathered source=%s questions=%d s=%.0f", source.name, len(found), seconds)
        examples += found
        counts[source.name] = len(found)
    learned, held = split(examples, SEED)
    booster = fit(rows(learned), rows(held), examples[0].judged.names)
    logger.info("trained trees=%d best=%s", booster.best_iteration, dict(booster.best_score))
    ship(booster, options.out, {**counts, "held out": len(held)})


if __name__ == "__main__":
    main()
