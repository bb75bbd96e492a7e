"""The small trained models that answering needs, read at their first use."""

from pathlib import Path

from hochoi.ranking.sentence_judge import SentenceJudge
from hochoi.weighing import Weighing, read_weighing

SENTENCES, EVIDENCE = "hochoi-sentences", "hochoi-evidence"


class Judges:
    """What says which sentence answers, and whether a report answers at all. Safe to share."""

    def __init__(self, models: Path) -> None:
        """Remember the folder of the shipped models; nothing is read yet."""
        self._models = models
        self._sentences: SentenceJudge | None = None
        self._weighing: Weighing | None = None

    @property
    def sentences(self) -> SentenceJudge:
        """The judge of sentences.

        Raises:
            ModelError: If it cannot be used.
        """
        if self._sentences is None:
            self._sentences = SentenceJudge(self._models / SENTENCES)
        return self._sentences

    @property
    def weighing(self) -> Weighing:
        """The weights of evidence.

        Raises:
            ModelError: If they cannot be used.
        """
        if self._weighing is None:
            self._weighing = read_weighing(self._models / EVIDENCE / "weights.json")
        return self._weighing
