"""Train the shipped judge of sentences on the ViQuAD training questions, and measure it.

    python -m training.train_sentences --data DIR --out models/hochoi-sentences
    python -m training.train_sentences --data DIR --measure models/hochoi-sentences

Questions whose answer string stands in several sentences of their passage are not learned from:
which of them was meant is not recorded. The development questions are never learned from.
"""

import argparse
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray

from hochoi.ranking.sentence_features import known_columns, sentence_features
from hochoi.ranking.sentence_judge import MODEL_FILE, TABLE_FILE, SentenceJudge, write_card
from hochoi.ranking.translation import Translation, write_translation
from training.answer_sentences import Example, rarity_in, read_dev, read_dev_texts, read_train
from training.fit_translation import fit_translation

logger = logging.getLogger(__name__)

FOLDS = 5  # a passage's evidence comes from a table fitted without its articles
HELD_OUT = 0.12  # share of the articles that decide how many trees there are
ROUNDS, PATIENCE = 600, 60
SEED = 7
PARAMETERS = {
    "objective": "lambdarank",
    "metric": "ndcg",
    "eval_at": [1],
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 80,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 63,
    "num_threads": 1,  # two threads wait for each other on a busy machine
    "force_col_wise": True,
    "deterministic": True,
    "seed": 4,
    "verbosity": -1,
}
Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Learned:
    """A question to learn from: float32[n, f], which sentence is right, the article."""

    table: NDArray[np.float32]
    right: int
    article: str


def is_clear(example: Example) -> bool:
    """Return whether exactly one of several sentences holds the answer."""
    return sum(example.is_right) == 1 and len(example.is_right) > 1


def pairs(examples: Sequence[Example]) -> list[tuple[tuple[str, ...], Collection[str]]]:
    """Return each clear question with the words of the sentence that answers it."""
    return [
        (e.asked.lexical, e.text.sentences[e.is_right.index(True)].shapes)
        for e in examples
        if is_clear(e)
    ]


def gather(examples: Sequence[Example], rarity: Rarity) -> list[Learned]:
    """Return the evidence of all clear questions, with translation tables fitted across folds."""
    articles = sorted({e.text.title for e in examples})
    order = np.random.default_rng(SEED).permutation(len(articles))
    fold = {articles[n]: place % FOLDS for place, n in enumerate(order)}
    found = []
    for number in range(FOLDS):
        others = [e for e in examples if fold[e.text.title] != number]
        table = fit_translation(pairs(others))
        own = [e for e in examples if fold[e.text.title] == number and is_clear(e)]
        found += [
            Learned(evidence(e, rarity, table), e.is_right.index(True), e.text.title) for e in own
        ]
        logger.info("gathered fold=%d questions=%d", number, len(own))
    return found


def evidence(example: Example, rarity: Rarity, table: Translation) -> NDArray[np.float32]:
    """Return float32[n, f] for the sentences of the passage of a question."""
    text = example.text
    columns = sentence_features(example.asked, text.sentences, text.header, rarity, table)
    return np.stack(list(columns.values()), axis=1)


def fit(found: Sequence[Learned]) -> lightgbm.Booster:
    """Return a booster on all questions, as long as the held-out articles want it."""
    articles = sorted({one.article for one in found})
    order = np.random.default_rng(SEED).permutation(len(articles))
    held = {articles[n] for n in order[: int(len(articles) * HELD_OUT)]}
    learned = _dataset([one for one in found if one.article not in held])
    kept_aside = _dataset([one for one in found if one.article in held])
    first = lightgbm.train(
        PARAMETERS,
        learned,
        ROUNDS,
        valid_sets=[kept_aside],
        callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False)],
    )
    logger.info("held_out trees=%d best=%s", first.best_iteration, dict(first.best_score))
    return lightgbm.train(PARAMETERS, _dataset(found), first.best_iteration)


def _dataset(found: Sequence[Learned]) -> lightgbm.Dataset:
    labels = [np.arange(len(one.table)) == one.right for one in found]
    return lightgbm.Dataset(
        np.concatenate([one.table for one in found]),
        np.concatenate(labels).astype(np.int8),
        group=[len(one.table) for one in found],
        feature_name=list(known_columns()),
    )


def ship(booster: lightgbm.Booster, table: Translation, out: Path) -> None:
    """Write model, table and the card that names them; a README.md already there is kept."""
    out.mkdir(parents=True, exist_ok=True)
    model = out / MODEL_FILE
    booster.save_model(str(model))
    text, _, _ = model.read_text(encoding="utf-8").partition("\nparameters:")
    model.write_text(text + "\n", encoding="utf-8")  # without paths and settings of this machine
    write_translation(table, out / TABLE_FILE)
    write_card(out, booster.num_trees())


@dataclass(frozen=True, slots=True)
class Measured:
    """How often the sentence put first holds an answer, over all questions."""

    questions: int
    first: float  # by the model
    coverage: float  # by weighted coverage of syllables and bigrams alone


def measure(judge: SentenceJudge, data: Path) -> Measured:
    """Return figures over the development questions, given the right passage.

    A question whose answer the sentences do not hold counts as missed.
    """
    examples, rarity = read_dev(data), rarity_in(read_dev_texts(data))
    first = coverage = 0
    for example in examples:
        text = example.text
        scores = judge.judge(example.asked, text.sentences, text.header, rarity)
        first += example.is_right[int(np.argmax(scores))]
        terms = [*example.asked.content, *example.asked.all_pairs]
        shares = [sum(rarity(t) for t in terms if t in s.terms) for s in text.sentences]
        coverage += example.is_right[int(np.argmax(shares))]
    return Measured(len(examples), first / len(examples), coverage / len(examples))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, train and save, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of training/README.md")
    parser.add_argument("--out", type=Path, help="folder of the model to make")
    parser.add_argument("--measure", type=Path, help="folder of the model to measure")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if options.out is not None:
        examples = read_train(options.data)
        rarity = rarity_in({"\n".join(e.text.texts) for e in examples})
        booster = fit(gather(examples, rarity))
        ship(booster, fit_translation(pairs(examples)), options.out)
    for folder in filter(None, (options.out, options.measure)):
        logger.info("measured %s", measure(SentenceJudge(folder), options.data))


if __name__ == "__main__":
    main()
