"""What is searched, kept in step with the record: vectors, keywords, the index on the disk.

Vectors in memory and keywords follow at once. Chroma follows when the record has been quiet for a
while, because it stops the whole process while it takes rows in; until then the vectors in memory
are searched, which gives the same passages. Does not read questions and does not rank.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from hochoi.errors import NotFoundError, StoreError
from hochoi.exact_index import Batch, ExactIndex, ScoredId, Vectors
from hochoi.index import ChromaIndex
from hochoi.index_state import BEHIND, NO_INDEX, Fingerprint, forget_state, reason_to_rebuild
from hochoi.index_text import header, index_text
from hochoi.lexical import LexicalIndex
from hochoi.store import Commit, Store
from hochoi.types import Passage, Report

logger = logging.getLogger(__name__)

CALM_S = 3.0  # without a change of the record, before Chroma follows


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of reports that one step of following took out or changed."""

    gone: frozenset[str]
    corrected: frozenset[str]  # fields of the visit; text and vectors are the same


class _Backlog:
    """What Chroma is to take out and, after that, to take in."""

    def __init__(self) -> None:
        self.removed: set[str] = set()  # passage ids
        self.added: dict[str, Vectors] = {}  # float32[d] of each new passage

    def note(self, removed: Iterable[str], added: Iterable[Batch]) -> None:
        """Add what one step of following took out and brought in."""
        for passage_id in removed:
            if self.added.pop(passage_id, None) is None:  # else Chroma has never seen it
                self.removed.add(passage_id)
        for ids, vectors in added:
            self.added.update(zip(ids, vectors, strict=True))

    def batches(self) -> list[Batch]:
        """Return what is to be taken in."""
        return [(list(self.added), np.stack(list(self.added.values())))] if self.added else []

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)


class Mirror:
    """The indexes of one process over one record."""

    def __init__(
        self, store: Store, index: Path, lexical: Path, made_by: tuple[str, int], *, owned: bool
    ) -> None:
        """Start empty; `refresh` reads the record.

        Args:
            store: The record.
            index: Folder of the vector index.
            lexical: Folder of the keyword index.
            made_by: Name of the encoder whose vectors are followed, others are left out; numbers
                in a vector.
            owned: Whether this process may write the indexes on the disk: it holds their lock.
        """
        self._store, self._index_path = store, index
        encoder_name, dimension = made_by
        self._encoder_name, self._is_owned = encoder_name, owned
        self.exact = ExactIndex(dimension)
        self.lexical = LexicalIndex(lexical, owned=owned)
        self.reports: dict[str, Report] = {}  # exchanged as a whole
        self.chroma: ChromaIndex | None = None
        self._known: dict[str, Commit] = {}
        self._passage_ids: dict[str, Sequence[str]] = {}  # of each report; exchanged as a whole
        self._revision = -1
        self._changing = threading.RLock()
        self._backlog = _Backlog()
        self._is_chroma_current = False
        self._changed_at = 0.0

    # -- searching ------------------------------------------------------------------------------

    def nearest(self, vector: Vectors, k: int) -> tuple[ScoredId, ...]:
        """Return at most `k` passages by falling similarity to float32[d].

        From Chroma where this process has it open and it is up to date, else exactly.
        """
        chroma = self.chroma
        if chroma is not None and self._is_chroma_current:
            try:
                return chroma.search(vector, k)
            except StoreError as exc:
                self._give_up(chroma, exc)
        return self.exact.search(vector, k)

    def _give_up(self, chroma: ChromaIndex, exc: StoreError) -> None:
        """Search exactly from now on; the next start builds the index anew."""
        logger.warning("vector_index_given_up reason=%s", exc.reason)
        self.chroma = None
        chroma.discard()

    # -- following ------------------------------------------------------------------------------

    def fingerprint(self) -> Fingerprint:
        """Return what an index must hold to agree with the record as it was followed."""
        commits = sorted(self._known.values(), key=lambda c: c.report_id)
        lines = [f"{c.report_id} {c.vectors_sha256}" for c in commits]
        digest = hashlib.sha256("\n".join([self._encoder_name, *lines]).encode()).hexdigest()
        return Fingerprint(digest, sum(c.passages for c in commits))

    def refresh(self) -> Changes | None:
        """Bring in what was published or removed since the last call; None when nothing was.

        Raises:
            StoreError: If the record cannot be read; the next call makes it good.
        """
        with self._changing:
            revision = self._store.revision()
            if revision == self._revision:
                return None
            changes = self._follow()
            self._revision, self._changed_at = revision, time.monotonic()
            return changes

    def _follow(self) -> Changes:
        with self._store.snapshot():
            rows = self._store.commits()
            commits = {c.report_id: c for c in rows if c.encoder == self._encoder_name}
            if len(commits) < len(rows):
                n = len(rows) - len(commits)
                logger.warning("reports_left_out n=%d reason=vectors_of_another_model", n)
            changed = [i for i, c in commits.items() if self._known.get(i) != c]
            new = [i for i in changed if not _same_vectors(self._known.get(i), commits[i])]
            batches = [self._store.vectors_of(i) for i in new]
            fresh = {i: self._store.report(i) for i in changed}
        touched = set(changed).difference(new)  # fields of the visit were corrected
        gone = {i for i, c in self._known.items() if not _same_vectors(commits.get(i), c)}
        gone_ids = self.passages_of(gone)
        self._is_chroma_current = self._is_chroma_current and not (gone_ids or batches)
        self._backlog.note(gone_ids, batches)
        self.exact.remove(gone_ids)
        self.exact.add_many(batches)
        held = self._passage_ids | {i: ids for i, (ids, _) in zip(new, batches, strict=True)}
        self._passage_ids = {i: held[i] for i in commits}
        headers = {i: self._header(i) for i in touched}
        self.reports = {i: fresh.get(i) or self.reports[i] for i in commits}
        self._known = commits
        new_ids = [i for ids, _ in batches for i in ids]
        touched_ids = self.passages_of({i for i in touched if headers[i] != self._header(i)})
        if self._revision < 0:  # the folder may hold anything
            self.lexical.keep_only(set(new_ids))
        else:
            self.lexical.remove({*gone_ids, *touched_ids}.difference(new_ids))
        self._add_lexically([*new_ids, *touched_ids])
        if self._is_owned:
            self.lexical.purge()
        return Changes(frozenset(gone), frozenset(touched))

    def _header(self, report_id: str) -> str:
        return header(self.reports[report_id].visit)

    def passages_of(self, report_ids: Iterable[str]) -> list[str]:
        """Return the ids of the passages held of these reports; unknown reports have none."""
        return [p for i in report_ids for p in self._passage_ids.get(i, ())]

    def _add_lexically(self, passage_ids: Iterable[str]) -> None:
        """Add the passages that the keyword index lacks among these."""
        missing = {i for i in passage_ids if i not in self.lexical}
        if missing:
            wanted = {i.partition(":")[0] for i in missing}
            found = [(r, p) for i in sorted(wanted) for r, p in self._passages(i, missing)]
            self.lexical.add(
                [p.passage_id for _, p in found],
                (index_text(r.visit, p) for r, p in found),
            )
        if self.lexical.wants_merge():
            self.lexical.merge_small()

    def _passages(self, report_id: str, wanted: set[str]) -> list[tuple[Report, Passage]]:
        report = self.reports[report_id]
        try:
            found = self._store.passages_of(report_id)
        except NotFoundError:  # removed meanwhile; the next refresh takes the rest out
            return []
        return [(report, p) for p in found if p.passage_id in wanted]

    # -- the index on the disk ------------------------------------------------------------------

    def open_chroma(self) -> str | None:
        """Open the index on the disk; return a notice where it was repaired or cannot be used.

        Does nothing when it is open.
        """
        with self._changing:
            if self.chroma is not None:
                return None
            try:
                index = ChromaIndex(self._index_path, self.fingerprint(), self._everything)
            except StoreError as exc:
                logger.warning("vector_index_unusable reason=%s", exc.reason)
                return f"the vector index cannot be used: {exc.reason}"
            self._use(index)
            if index.rebuilt_because in (None, NO_INDEX):
                return None
            return f"the vector index was rebuilt: {index.rebuilt_because}"

    def _use(self, index: ChromaIndex) -> None:
        self.chroma, self._backlog, self._is_chroma_current = index, _Backlog(), True

    def _everything(self) -> Sequence[Batch]:
        return [self.exact.batch()]

    def settle(self) -> None:
        """Bring the index on the disk up to date now, in large steps."""
        with self._changing:
            chroma, backlog = self.chroma, self._backlog
            if chroma is None or not backlog:
                return
            self._backlog = _Backlog()
            try:
                chroma.apply(backlog.batches(), sorted(backlog.removed), self.fingerprint())
            except StoreError as exc:
                self._give_up(chroma, exc)
                return
            self._is_chroma_current = True

    def settle_gently(self, is_stopped: Callable[[], bool]) -> None:
        """Bring it up to date beside threads that answer, once the record is quiet.

        For one thread at a time. Others may refresh meanwhile; what they bring comes next time.
        """
        with self._changing:
            chroma, backlog = self.chroma, self._backlog
            is_calm = time.monotonic() - self._changed_at >= CALM_S
            if chroma is None or not backlog or not is_calm:
                return
            self._backlog, expected = _Backlog(), self.fingerprint()
        try:
            is_whole = chroma.apply_gently(
                backlog.batches(), sorted(backlog.removed), expected, is_stopped
            )
        except StoreError as exc:
            self._give_up(chroma, exc)
            return
        with self._changing:
            self._is_chroma_current = is_whole and not self._backlog

    def chroma_problem(self) -> str | None:
        """Return why the index on the disk must be built anew, None when it is sound.

        One that is behind the record is sound: the server, or the next to open it, brings it
        forward. Reads its state file only, so it may be asked while a server holds the index.
        """
        if not self._known:
            return None
        reason = reason_to_rebuild(self._index_path, self.fingerprint())
        return None if reason == BEHIND else reason

    def rebuild(self) -> int:
        """Make all indexes anew from the record; returns the number of passages.

        Raises:
            StoreError: If the folder of the vector index cannot be written.
        """
        with self._changing:
            self.lexical.keep_only(set())
            self._add_lexically(self.exact.passage_ids)
            self.close()
            forget_state(self._index_path)
            self._use(ChromaIndex(self._index_path, self.fingerprint(), self._everything))
            return len(self.exact)

    def close(self) -> None:
        """Close the index on the disk. Safe to repeat."""
        if self.chroma is not None:
            self.chroma.close()
            self.chroma = None


def _same_vectors(one: Commit | None, other: Commit) -> bool:
    """Whether two commit rows of a report stand for the same vectors."""
    return one is not None and replace(one, revision=other.revision) == other
