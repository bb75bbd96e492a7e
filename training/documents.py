"""Training texts as documents of sentences. Does not make pairs and knows no model.

A document is one section of a Wikipedia article or one article of a law, cut so that it is about
as long as a passage of the product (800 to 1,200 characters).
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hochoi.language.tokens import syllables
from hochoi.text import nfc

WIKIPEDIA_FILE = "train/wikipedia-vi-2017.jsonl.gz"
LAWS_FILE = "train/laws-vi.jsonl.gz"
MAX_CHARS = 1_200
MIN_SYLLABLES = 20
SHINGLE = 12  # syllables; long enough that equal runs mean copied text
MAX_SHARED = 0.2  # share of shingles found in an evaluation passage above which a text is dropped

_SECTION = re.compile(r"^=+\s*(.*?)\s*=+\s*$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?;:…])\s+|\n+")
_ARTICLE_NUMBER = re.compile(r"Điều \d+[a-zđ]?\.\s*(?:\d+\.\s*)?")
_NO_CONTENT = frozenset(
    {"tham khảo", "liên kết ngoài", "xem thêm", "chú thích", "ghi chú", "nguồn", "thư mục"}
)


@dataclass(frozen=True, slots=True)
class Document:
    """A heading, without markup, and the sentences that stand under it, in order."""

    heading: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentences joined by spaces, without the heading."""
        return " ".join(self.sentences)


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the objects of a `.jsonl.gz` file, in order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def split_sentences(text: str) -> list[str]:
    """Return the stripped pieces of `text` between sentence ends or line breaks, none empty."""
    return [piece.strip() for piece in _SENTENCE.split(nfc(text)) if piece and piece.strip()]


def cut(heading: str, text: str) -> Iterator[Document]:
    """Yield `text` as documents of whole sentences, each at most about `MAX_CHARS` long.

    A single longer sentence stays whole. Documents below `MIN_SYLLABLES` are left out.
    """
    held: list[str] = []
    held_chars = 0
    for sentence in [*split_sentences(text), ""]:
        if held and (not sentence or held_chars + len(sentence) > MAX_CHARS):
            if sum(len(syllables(s)) for s in held) >= MIN_SYLLABLES:
                yield Document(heading, tuple(held))
            held, held_chars = [], 0
        held.append(sentence)
        held_chars += len(sentence) + 1


def wikipedia_documents(title: str, text: str) -> Iterator[Document]:
    """Yield the sections of a Wikipedia article under "title" or "title, section"."""
    parts = _SECTION.split(text)  # lead, heading, body, heading, body, ...
    yield from cut(title, parts[0])
    for section, body in zip(parts[1::2], parts[2::2], strict=True):
        if section.lower() not in _NO_CONTENT:
            yield from cut(f"{title}, {section}", body)


def law_documents(title: str, text: str) -> Iterator[Document]:
    """Yield the parts of a law article under "law name: heading of the article"."""
    law, _, heading = title.partition(": ")
    heading = _ARTICLE_NUMBER.sub("", heading).rstrip(":. ")
    yield from cut(f"{law.replace('-', ' ')}: {heading}", text)


def shingles(text: str) -> set[int]:
    """Return hashes of all runs of `SHINGLE` syllables of `text`. Valid in one process only."""
    terms = syllables(text)
    return {hash(tuple(terms[i : i + SHINGLE])) for i in range(len(terms) - SHINGLE + 1)}


def evaluation_shingles(data: Path) -> set[int]:
    """Return the shingles of every passage and question under `data/eval`, to keep them out."""
    found: set[int] = set()
    for corpus in sorted(data.glob("eval/*/corpus.jsonl.gz")):
        for row in read_rows(corpus):
            found |= shingles(row["text"])
    for queries in sorted(data.glob("eval/*/queries.jsonl")):
        for line in queries.read_text(encoding="utf-8").splitlines():
            found |= shingles(json.loads(line)["text"])
    return found


def without_leaks(documents: Iterable[Document], held_out: set[int]) -> Iterator[Document]:
    """Yield the documents of which at most `MAX_SHARED` of the shingles are in `held_out`."""
    for document in documents:
        own = shingles(document.text)
        if not own or len(own & held_out) <= MAX_SHARED * len(own):
            yield document


def read_documents(data: Path) -> list[Document]:
    """Return all training documents below `data`, free of evaluation texts, in file order.

    Args:
        data: Folder with `train/` (see training/README.md) and, if present, `eval/`, whose texts
            are only used to leave copies of them out.

    Raises:
        FileNotFoundError: If a training file is missing.
    """
    pages = read_rows(data / WIKIPEDIA_FILE)
    articles = read_rows(data / LAWS_FILE)
    wikipedia = (d for row in pages for d in wikipedia_documents(row["title"], row["text"]))
    laws = (d for row in articles for d in law_documents(row["title"], row["text"]))
    held_out = evaluation_shingles(data)
    return [*without_leaks(wikipedia, held_out), *without_leaks(laws, held_out)]
