"""Questions of ViQuAD with the sentences of their passage and which of them hold the answer.

Does not fit anything.
"""

import gzip
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hochoi.language.sentences import sentence_spans
from hochoi.language.tokens import bigrams, fold_syllable, syllables
from hochoi.ranking.sentence_tokens import AskedTokens, SentenceTokens, read_question, read_sentence
from hochoi.text import nfc

TRAIN_FILE = "train/viquad-train.jsonl.gz"
DEV_FOLDER = "eval/viquad-dev"


@dataclass(frozen=True, slots=True)
class Text:
    """A passage as sentences."""

    title: str
    texts: tuple[str, ...]
    sentences: tuple[SentenceTokens, ...]
    header: frozenset[str]  # folded terms of the title


@dataclass(frozen=True, slots=True)
class Example:
    """A question about a text; several sentences may hold an answer string, or none."""

    asked: AskedTokens
    text: Text
    is_right: tuple[bool, ...]


def read_train(data: Path) -> list[Example]:
    """Return the training questions, in order."""
    with gzip.open(data / TRAIN_FILE, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return list(_examples((r["question"], r["title"], r["passage"], r["answers"]) for r in rows))


def read_dev(data: Path) -> list[Example]:
    """Return the development questions with their right passages, in order of the judgements."""
    folder = data / DEV_FOLDER
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        corpus = {row["_id"]: row for row in map(json.loads, lines)}
    questions = {r["_id"]: r["text"] for r in _rows(folder / "queries.jsonl")}
    answers = {r["_id"]: r["answers"] for r in _rows(folder / "answers.jsonl")}
    judged = [line.split("\t") for line in (folder / "qrels/test.tsv").read_text().splitlines()]
    return list(
        _examples(
            (questions[q], corpus[d]["title"], corpus[d]["text"], answers[q])
            for q, d, *_ in judged
            if q in questions
        )
    )


def read_dev_texts(data: Path) -> list[str]:
    """Return all passages among which the development questions are asked."""
    with gzip.open(data / DEV_FOLDER / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _examples(rows: Iterable[tuple[str, str, str, Sequence[str]]]) -> Iterator[Example]:
    texts: dict[str, Text] = {}
    for question, title, passage, answers in rows:
        if passage not in texts:
            whole = nfc(passage)
            cut = tuple(whole[s.start : s.end] for s in sentence_spans(whole))
            header = frozenset(map(fold_syllable, syllables(title)))
            texts[passage] = Text(title, cut, tuple(map(read_sentence, cut)), header)
        text = texts[passage]
        wanted = [nfc(a) for a in answers if a]
        right = tuple(any(a in sentence for a in wanted) for sentence in text.texts)
        yield Example(read_question(question), text, right)


def rarity_in(texts: Iterable[str]) -> Callable[[str], float]:
    """Return the inverse document frequency of folded syllables and bigrams over some texts."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        terms = [fold_syllable(s) for s in syllables(text)]
        counts.update({*terms, *bigrams(terms)})
        total += 1
    return lambda term: math.log((total + 1) / (counts.get(term, 0) + 0.5))
