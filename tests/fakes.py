"""Small stand-ins for tests: an encoder whose vectors one can predict, and reports to publish."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hochoi.encoder import Encoder
from hochoi.index_text import index_text
from hochoi.language.tokens import fold_syllable, syllables
from hochoi.store import Publication
from hochoi.types import Party, PartyKind, Passage, Report, SourceFile, Stated, Visit

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SyllableEncoder:
    """Counts the syllables of a text without their diacritics, each in its own slot.

    Texts of the same syllables have cosine 1; texts that share none, and no slot, have 0.
    """

    dimension: int = 256
    name: str = "syllables"

    @property
    def fingerprint(self) -> str:
        """The name and the width."""
        return f"{self.name}-{self.dimension}"

    def encode_query(self, text: str) -> Vectors:
        """Return float32[d] of length 1, or zero for a text without syllables."""
        vector = np.zeros(self.dimension, dtype=np.float32)
        for syllable in syllables(text):
            vector[zlib.crc32(fold_syllable(syllable).encode()) % self.dimension] += 1
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length else vector

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return float32[n, d], one row per text."""
        rows = [self.encode_query(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)


def stated_party(text: str, province: str, current: str | None = None) -> Stated[Party]:
    """Return a party as if read from the first occurrence of the province's name in `text`."""
    start = max(0, text.find(province))
    party = Party(province, province, current or province, PartyKind.PROVINCE)
    return Stated(party, start, start + len(province))


def make_report(
    report_id: str, *paragraphs: str, host: str = "", visitor: str = "", day: date | None = None
) -> Report:
    """Return a report whose first paragraph is its title."""
    text = "\n".join(paragraphs)
    visit = Visit(
        title=paragraphs[0],
        host=(stated_party(text, host),) if host else (),
        visitors=(stated_party(text, visitor),) if visitor else (),
        date_first=day,
        date_last=day,
    )
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Report(report_id, f"{report_id}.txt", text, "txt", sha256, visit)


def passages_of(report: Report) -> tuple[Passage, ...]:
    """Return one passage per paragraph below the title, or the title alone."""
    lines = report.text.split("\n")
    passages, start = [], 0
    for number, line in enumerate(lines):
        end = start + len(line)
        if number or len(lines) == 1:
            passage_id = f"{report.report_id}:{start}-{end}"
            passages.append(Passage(passage_id, report.report_id, "", start, end, line))
        start = end + 1
    return tuple(passages)


def publication(report: Report, encoder: Encoder | None = None) -> Publication:
    """Return a report ready to be published, its source being its own text."""
    passages = passages_of(report)
    texts = [index_text(report.visit, p) for p in passages]
    vectors = (encoder or SyllableEncoder()).encode_passages(texts)
    source = SourceFile(report.file_name, report.text.encode())
    return Publication(source, report, passages, vectors)


def with_visit(report: Report, **changes: object) -> Report:
    """Return the report with some fields of its visit exchanged."""
    return replace(report, visit=replace(report.visit, **changes))  # type: ignore[arg-type]
