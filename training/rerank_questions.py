"""Questions to train the re-ranker with: ViQuAD's own, and some made by rule from plain texts.

Evaluation texts are kept out here. Does not search.
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.testset import read_testset
from hochoi.text import fold
from training.documents import (
    LAWS_FILE,
    MAX_SHARED,
    WIKIPEDIA_FILE,
    evaluation_shingles,
    read_rows,
    shingles,
    split_sentences,
    wikipedia_documents,
)
from training.rerank_library import Text

VIQUAD_FILE = "train/viquad-train.jsonl.gz"
UNACCENTED_SHARE = 0.4  # of the questions
MEANING_SHARE = 0.25  # questions for the meaning of a word, beside those about laws
SECTIONS = 6  # of a Wikipedia article at most
MIN_CHARS = 250  # of a text that a question is made from
HEADLINE_WORDS = (8, 15)
SENTENCE_WORDS = (6, 22)

_ARTICLE = re.compile(r"^Điều \d+[a-zđ]?\.?\s*")
_ASKING = (
    "là gì", "gì", "nào", "khi nào", "như thế nào", "ở đâu", "bao nhiêu", "thế nào", "ra sao",
    "vì sao", "có được không", "những gì", "bao lâu", "được quy định như thế nào", "là ai",
    "có phải không",
)  # fmt: skip


_DEFINITION = re.compile(r"(?:[a-zđ]\)\s+)?(\w[^,;:.()]{4,90}?) (?:là|được hiểu là) \w")
_MEANING = (
    "{} là gì", "{} được hiểu như thế nào", "thế nào là {}", "{} nghĩa là gì", "khái niệm {}",
    "{} là gì và được quy định ra sao", "{} được định nghĩa như thế nào", "{} là những gì",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question, the text that answers it, and a group that is held out as a whole."""

    question: str
    text_id: str
    group: str


@dataclass(frozen=True, slots=True)
class Source:
    """Texts of one kind with questions about some of them."""

    name: str
    texts: tuple[Text, ...]
    questions: tuple[TrainingQuestion, ...]
    weight: float  # of its questions in training


def _joined(ids: Iterable[tuple[str, str]], rng: random.Random) -> Iterator[str]:
    """Yield a report name per (id, title): one to three neighbours of one title stand together.

    Reports of the product are longer than the texts of the training sets.
    """
    left, last, n = 0, None, 0
    for _, title in ids:
        if left == 0 or title != last:
            n, left, last = n + 1, rng.choice((1, 1, 1, 2, 3)), title
        left -= 1
        yield f"r{n}"


def _perhaps_folded(question: TrainingQuestion, rng: random.Random) -> TrainingQuestion:
    if rng.random() < UNACCENTED_SHARE:
        return replace(question, question=fold(question.question))
    return question


def viquad(data: Path, n: int, held_out: set[int], rng: random.Random) -> Source:
    """Return passages and questions of the ViQuAD training part.

    Args:
        data: The data folder.
        n: Number of questions.
        held_out: Shingles of evaluation questions and right passages.
        rng: Decides which questions.
    """
    rows = [r for r in read_rows(data / VIQUAD_FILE) if not _is_copy(r["passage"], held_out)]
    passages = {r["passage_id"]: r for r in rows}
    reports = _joined(((i, r["title"]) for i, r in passages.items()), rng)
    texts = tuple(
        Text(i, r["title"], r["passage"], report)
        for (i, r), report in zip(passages.items(), reports, strict=True)
    )
    chosen = rng.sample(rows, min(n, len(rows)))
    asked = (TrainingQuestion(r["question"], r["passage_id"], r["title"]) for r in chosen)
    return Source("viquad", texts, tuple(_perhaps_folded(q, rng) for q in asked), 1.0)


def laws(data: Path, n: int, held_out: set[int], rng: random.Random) -> Source:
    """Return articles of laws and questions made from their sentences and headings."""
    texts, made = [], []
    for number, row in enumerate(read_rows(data / LAWS_FILE)):
        sentences = split_sentences(row["text"])
        if len(row["text"]) < MIN_CHARS // 2 or _is_copy(row["text"], held_out):
            continue
        law, _, heading = row["title"].partition(": ")
        law = law.replace("-", " ")
        texts.append(Text(f"l{number}", f"{law} - {heading}", row["text"], f"r{number}"))
        made.append((_ARTICLE.sub("", heading) or law, sentences, law))
    questions = []
    defined = [(k, term) for k, (_, sentences, _) in enumerate(made) for term in terms(sentences)]
    for place, term in rng.sample(defined, min(int(n * MEANING_SHARE), len(defined))):
        law = made[place][2]
        words = _meaning(term, law, rng)
        questions.append(TrainingQuestion(words, texts[place].text_id, law))
    for place in rng.sample(range(len(texts)), min(n, len(texts))):
        heading, sentences, law = made[place]
        is_heading = rng.random() < 0.2
        words = heading if is_heading else _from_sentence(heading, sentences, rng)
        question = f"{words} {rng.choice(_ASKING)}" if is_heading and rng.random() < 0.5 else words
        questions.append(TrainingQuestion(question, texts[place].text_id, law))
    return Source("laws", tuple(texts), tuple(_perhaps_folded(q, rng) for q in questions), 0.6)


def terms(sentences: Sequence[str]) -> list[str]:
    """Return what sentences of a law define: the words before the "là" of a definition.

    Only in an article that explains words, which one knows by its first sentences.
    """
    if not any("được hiểu như sau" in sentence for sentence in sentences[:3]):
        return []
    found = (_DEFINITION.match(sentence) for sentence in sentences)
    return [match[1] for match in found if match is not None]


def _meaning(term: str, law: str, rng: random.Random) -> str:
    """Return a question for the meaning of a term, half of the time with the name of the law."""
    question = rng.choice(_MEANING).format(term[0].lower() + term[1:])
    place = f" {rng.choice(('theo', 'trong', 'của'))} {law}" if rng.random() < 0.5 else ""
    return f"{question}{place}?"


def wikipedia(data: Path, n: int, held_out: set[int], rng: random.Random) -> Source:
    """Return sections of Wikipedia and questions and headlines made from their sentences.

    Every second article comes without its title, as news do.
    """
    rows = list(read_rows(data / WIKIPEDIA_FILE))
    texts, made = [], []
    for number, row in enumerate(rng.sample(rows, min(3500, len(rows)))):
        documents = list(wikipedia_documents(row["title"], row["text"]))[:SECTIONS]
        kept = [d for d in documents if not _is_copy(d.text, held_out)]
        names = [(f"w{number}-{k}", row["title"]) for k in range(len(kept))]
        reports = _joined(names, rng)
        for (text_id, title), document, report in zip(names, kept, reports, strict=True):
            shown = title if number % 2 else ""
            texts.append(Text(text_id, shown, document.text, f"{number}{report}"))
            made.append((document.heading, document.sentences, f"w{number}"))
    fit = [k for k, one in enumerate(texts) if len(one.text) >= MIN_CHARS]
    questions = []
    for place in rng.sample(fit, min(n, len(fit))):
        heading, sentences, group = made[place]
        is_question = rng.random() < 0.5
        words = (
            _from_sentence(heading, sentences, rng) if is_question else _headline(sentences, rng)
        )
        questions.append(TrainingQuestion(words, texts[place].text_id, group))
    return Source("wikipedia", tuple(texts), tuple(_perhaps_folded(q, rng) for q in questions), 0.6)


def _headline(sentences: Sequence[str], rng: random.Random) -> str:
    """Return some words of the first two sentences, in order."""
    words = " ".join(sentences[:2]).split()[:50]
    n = min(len(words), rng.randint(*HEADLINE_WORDS))
    return " ".join(words[i] for i in sorted(rng.sample(range(len(words)), n)))


def _from_sentence(heading: str, sentences: Sequence[str], rng: random.Random) -> str:
    """Return part of a sentence, words dropped and perhaps turned round, as a question."""
    words = rng.choice(sentences).split()
    n = rng.randint(*SENTENCE_WORDS)
    start = rng.randint(0, max(0, len(words) - n))
    words = words[start : start + n]
    drop = rng.uniform(0.1, 0.55)
    words = [w for w in words if rng.random() > drop] or words
    if len(words) > 5 and rng.random() < 0.4:
        cut = rng.randint(2, len(words) - 2)
        words = words[cut:] + words[:cut]
    question = " ".join(words)
    if rng.random() < 0.7:
        asking = rng.choice(_ASKING)
        question = f"{asking} {question}" if rng.random() < 0.25 else f"{question} {asking}"
    if rng.random() < 0.35:
        named = heading.split()
        n = rng.randint(1, min(6, len(named)))
        start = rng.randint(0, len(named) - n)
        question = f"{' '.join(named[start : start + n])} {question}"
    return question


def _answer_shingles(data: Path) -> set[int]:
    """Return the shingles of all evaluation questions and of the passages that answer them."""
    found: set[int] = set()
    for folder in sorted(path for path in data.glob("eval/*") if path.is_dir()):
        testset = read_testset(folder)
        right = testset.named_documents()
        texts = [d.text for d in testset.documents if d.doc_id in right]
        for text in (*texts, *(q.text for q in testset.questions)):
            found |= shingles(text)
    return found


def _is_copy(text: str, held_out: set[int]) -> bool:
    """Return whether a text shares so much with evaluation texts that it is left out."""
    own = shingles(text)
    return bool(own) and len(own & held_out) > MAX_SHARED * len(own)


def sources(data: Path, sizes: tuple[int, int, int], seed: int) -> tuple[Source, ...]:
    """Return what to train with: `sizes` questions of ViQuAD, laws and Wikipedia.

    The ViQuAD development set uses the training passages as wrong answers, so those passages
    stay; what answers an evaluation question never enters.
    """
    rng = random.Random(seed)
    asked = _answer_shingles(data)
    everything = evaluation_shingles(data)
    return (
        viquad(data, sizes[0], asked, rng),
        laws(data, sizes[1], everything, rng),
        wikipedia(data, sizes[2], everything, rng),
    )
