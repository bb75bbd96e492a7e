"""A collection in memory, searched as the product does, for training and testing the re-ranker.

Follows `hochoi.retrieval` without visits: the same passages, keyword index, vectors and first
ranking. Does not make questions and does not train.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hochoi.encoder import Encoder
from hochoi.lexical import LexicalIndex
from hochoi.ranking.features import Candidates, features
from hochoi.ranking.tokens import read_passage, read_query
from hochoi.retrieval import CANDIDATES, JUDGED, fuse, numbered
from hochoi.text import clean
from ingest.chunking import chunk

Table = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be found. Texts with the same `report` stand in one report, in order."""

    text_id: str
    title: str
    text: str
    report: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The evidence for the candidates of one question, best of the first ranking first."""

    names: tuple[str, ...]
    table: Table  # [n, f], columns as in `names`
    is_right: NDArray[np.bool_]  # [n]
    is_beside: NDArray[np.bool_]  # [n] wrong, but of the report of a right one


class Library:
    """Passages of many texts with their keyword index and vectors."""

    def __init__(self, texts: Sequence[Text], encoder: Encoder) -> None:
        """Cut, index and embed `texts`."""
        self._encoder = encoder
        self.ids: list[str] = []
        self.text_ids: list[str] = []
        titles, bodies, reports = [], [], []
        for n, one in enumerate(texts):
            title, body = clean(one.title).strip(), clean(one.text).strip()
            whole = "\n\n".join(part for part in (title, body) if part)
            for passage in chunk(f"t{n}", whole):
                self.ids.append(passage.passage_id)
                self.text_ids.append(one.text_id)
                titles.append(title)
                reports.append(one.report)
                bodies.append(passage.text.removeprefix(title).lstrip())
        indexed = [f"{t}\n{b}" for t, b in zip(titles, bodies, strict=True)]
        self.lexical = LexicalIndex(None, owned=False)
        self.lexical.add(self.ids, indexed)
        self._vectors = encoder.encode_passages(indexed)
        self._rows = {i: n for n, i in enumerate(self.ids)}
        self._tokens = [read_passage(t, b) for t, b in zip(titles, bodies, strict=True)]
        self._reports = numbered(reports)
        self._headers = np.where([not t for t in titles], -1, numbered(titles))
        self._is_first = np.diff(self._reports, prepend=-1) != 0

    def first_ranking(self, question: str) -> tuple[NDArray[np.intp], Table, Table]:
        """Return rows of passages, keyword scores and cosines of the best `JUDGED` candidates."""
        found = self.lexical.search(question, CANDIDATES)
        cosines = self._vectors @ self._encoder.encode_query(question)
        k = min(CANDIDATES, len(cosines))
        nearest = np.argpartition(-cosines, k - 1)[:k]
        scores = {self._rows[i]: score for i, score in found}
        rows = np.array(list(dict.fromkeys([*scores, *map(int, nearest)])), dtype=np.intp)
        lexical = np.array([scores.get(int(n), 0.0) for n in rows], dtype=np.float32)
        shares, vectors = fuse(lexical, cosines[rows])
        best = np.argsort(-(shares + vectors), kind="stable")[:JUDGED]
        return rows[best], lexical[best], cosines[rows[best]]

    def judge(self, question: str, right: Collection[str]) -> Judged | None:
        """Return the evidence for the candidates of a question.

        Args:
            question: As typed.
            right: Ids of the texts that answer it.

        Returns:
            None when the question has no syllable or finds nothing.
        """
        query = read_query(question, self.lexical.rarity)
        rows, lexical, cosines = self.first_ranking(question)
        if query is None or not len(rows):
            return None
        shares, vectors = fuse(lexical, cosines)
        columns = features(
            query,
            Candidates(
                passages=[self._tokens[n] for n in rows],
                lexical=lexical,
                cosine=cosines,
                fused=shares + vectors,
                report=self._reports[rows],
                header=self._headers[rows],
                is_first=self._is_first[rows],
            ),
        )
        is_right = np.array([self.text_ids[n] in right for n in rows])
        beside = np.isin(self._reports[rows], self._reports[rows[is_right]]) & ~is_right
        table = np.stack(list(columns.values()), axis=1).astype(np.float32)
        return Judged(tuple(columns), table, is_right, beside)
