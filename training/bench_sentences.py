"""Compare sentence cutters on the hand-marked paragraphs of the test data, in one table.

Run as `python -m training.bench_sentences`. A boundary is a place inside a paragraph where a
sentence ends, counted in characters other than white space; the end of the paragraph is free.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hochoi.language.sentences import sentence_spans

CASES = Path("tests/data/text_cases/sentences.jsonl")
Cutter = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its sentences as a person marked them."""

    text: str
    sentences: tuple[str, ...]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a cutter agrees with the marks. All shares are from 0 to 1, higher is better."""

    precision: float
    recall: float
    exact: int  # paragraphs cut exactly as marked
    paragraphs: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def load_paragraphs(path: Path) -> tuple[Paragraph, ...]:
    """Return the marked paragraphs of a JSON lines file.

    Raises:
        OSError: If the file cannot be read.
        KeyError: If a line lacks a field.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return tuple(Paragraph(r["text"], tuple(r["sentences"]), r["held_out"]) for r in rows)


def measure(cut: Cutter, paragraphs: Iterable[Paragraph]) -> Agreement:
    """Return how well `cut` agrees with the marks of `paragraphs`; 1.0 where nothing is marked."""
    n_right = n_found = n_marked = n_exact = n_paragraphs = 0
    for paragraph in paragraphs:
        found = _boundaries(cut(paragraph.text))
        marked = _boundaries(paragraph.sentences)
        n_right += len(found & marked)
        n_found += len(found)
        n_marked += len(marked)
        n_exact += found == marked
        n_paragraphs += 1
    precision = n_right / n_found if n_found else 1.0
    recall = n_right / n_marked if n_marked else 1.0
    return Agreement(precision, recall, n_exact, n_paragraphs)


def cut_own(text: str) -> list[str]:
    """Return the sentences of `text` by the rules of `hochoi.language.sentences`."""
    return [text[span.start : span.end] for span in sentence_spans(text)]


def cut_naive(text: str) -> list[str]:
    """Return the sentences of `text` cut after every stop before white space, and at line ends."""
    return re.split(r"(?<=[.!?])\s+|\n+", text)


def _boundaries(sentences: Sequence[str]) -> frozenset[int]:
    """Return how many characters other than white space stand before each inner boundary."""
    position = 0
    ends: list[int] = []
    for sentence in sentences:
        length = len("".join(sentence.split()))
        if length:
            position += length
            ends.append(position)
    return frozenset(ends[:-1])


def _pysbd() -> Cutter:
    """Return pysbd, which has no Vietnamese: its English rules, fed line by line."""
    import pysbd  # only this comparison needs it

    segmenter = pysbd.Segmenter(language="en", clean=False)
    return lambda text: [s for line in text.split("\n") for s in segmenter.segment(line)]


def _underthesea() -> Cutter:
    """Return underthesea, fed line by line, which suits it better than whole paragraphs."""
    from underthesea import sent_tokenize  # takes seconds to import

    return lambda text: [
        s for line in text.split("\n") if line.strip() for s in sent_tokenize(line)
    ]


def _table(paragraphs: Sequence[Paragraph]) -> str:
    """Return the comparison as a Markdown table."""
    lines = [
        "| cutter | tuned on: P / R / F1 | exact | held out: P / R / F1 | exact | all: F1 | ms |",
        "|---|---|---|---|---|---|---|",
    ]
    cutters = {
        "own rules": cut_own,
        "pysbd 'en', by line": _pysbd(),
        "underthesea, by line": _underthesea(),
        "stop and space": cut_naive,
    }
    for name, cut in cutters.items():
        tuned = measure(cut, [p for p in paragraphs if not p.held_out])
        held_out = measure(cut, [p for p in paragraphs if p.held_out])
        started = time.perf_counter()
        whole = measure(cut, paragraphs)
        elapsed_ms = 1000 * (time.perf_counter() - started)
        cells = [name]
        for part in (tuned, held_out):
            cells.append(f"{part.precision:.3f} / {part.recall:.3f} / {part.f1:.3f}")
            cells.append(f"{part.exact}/{part.paragraphs}")
        cells += [f"{whole.f1:.3f}", f"{elapsed_ms:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(_table(load_paragraphs(CASES)) + "\n")
