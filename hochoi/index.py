"""The vector index on the disk, an embedded Chroma collection. Does not watch the record.

A cache of the record. Distances become similarities here. The one place that imports Chroma; its
HTTP server is never used (CVE-2026-45829 has no fixed release). While Chroma takes rows in, no
other thread of the process runs at all: its core does not let go of the interpreter.
"""

import logging
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from hochoi.errors import StoreError, StoreUnwritableError
from hochoi.exact_index import Batch, ScoredId, Vectors
from hochoi.index_state import (
    BEHIND,
    NO_INDEX,
    Fingerprint,
    IndexState,
    checksum,
    forget_state,
    read_state,
    reason_to_rebuild,
    write_state,
)

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

logger = logging.getLogger(__name__)

T = TypeVar("T")

_BATCH = 2000  # rows per call; Chroma refuses more than 5,461
_SMALL_BATCH = 32  # rows per call beside threads that answer: some 50 ms at 200,000 passages
_UNFINISHED = Fingerprint("", -1)  # what an index holds that was stopped on its way


class ChromaIndex:
    """The index the server searches: an embedded Chroma collection in its own folder.

    The folder holds one generation folder and `state.json`, which says what the generation
    contains, whether a write was under way, and the checksum of its files when they were closed.
    Anything unexpected leads to a new generation made from the record; the old one is deleted.
    """

    def __init__(
        self, folder: Path, expected: Fingerprint, batches: Callable[[], Iterable[Batch]]
    ) -> None:
        """Open the index, or build it when it does not agree with the record.

        Args:
            folder: Where it lives; nobody else may have it open (index lock).
            expected: What the record holds.
            batches: Returns everything in the record; called when building, and when the index
                was not closed in order.

        Raises:
            StoreUnwritableError: If the folder cannot be written.
            StoreError: If Chroma fails in a folder of its own.
        """
        self._folder = folder
        self._client: Client | None = None
        self.rebuilt_because = reason_to_rebuild(folder, expected)
        if self.rebuilt_because in (None, BEHIND):
            self.rebuilt_because = self._open_stored(expected, batches)
        if self.rebuilt_because is not None:
            is_first = self.rebuilt_because == NO_INDEX
            level = logging.INFO if is_first else logging.WARNING
            logger.log(level, "index_rebuilt reason=%s", self.rebuilt_because)
            self.rebuild(expected, batches())

    def _open_stored(
        self, expected: Fingerprint, batches: Callable[[], Iterable[Batch]]
    ) -> str | None:
        """Open the generation that is there, bringing it forward where it is behind.

        Returns:
            What is wrong with it, None for nothing.
        """
        state = read_state(self._folder)
        # Marked as a write: should damaged files kill this process, the next one rebuilds.
        write_state(self._folder, replace(state, is_writing=True, files=""))
        try:
            with _library_errors(self._folder):
                self._open(state.generation)
                if state.holds != expected:
                    self._catch_up(batches())
                elif not state.files:
                    self._compare(batches())
                self._check(expected)
        except StoreError as exc:
            return exc.reason
        write_state(self._folder, replace(state, holds=expected, is_writing=False, files=""))
        return None

    def _catch_up(self, batches: Iterable[Batch]) -> None:
        """Take out what the record has no longer, add what is new, compare all.

        Raises:
            LookupError: If most of it is to go, or a vector that stays is another one.
        """
        batches = list(batches)
        wanted = {i for ids, _ in batches for i in ids}
        held = self.passage_ids()
        gone = held - wanted
        if 2 * len(gone) > len(held):
            raise LookupError("most of it is in the record no longer")
        self.remove(sorted(gone))
        for ids, vectors in batches:
            new = [n for n, i in enumerate(ids) if i not in held]
            if new:
                self.add([ids[n] for n in new], vectors[new])
        self._compare(batches)

    def _open(self, generation: str) -> None:
        import chromadb
        from chromadb.api.collection_configuration import CreateHNSWConfiguration
        from chromadb.config import Settings

        self._release()
        client = chromadb.PersistentClient(
            str(self._folder / generation), settings=Settings(anonymized_telemetry=False)
        )
        self._client = cast("Client", client)  # its declared type lacks `close`
        hnsw = CreateHNSWConfiguration(
            space="cosine", ef_construction=200, max_neighbors=32, ef_search=200
        )
        self._collection: Collection = client.get_or_create_collection(
            "passages", embedding_function=None, configuration={"hnsw": hnsw}
        )
        self._count = self._collection.count()

    def _release(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def close(self) -> None:
        """Close the files and note their checksum, which shows later damage. Safe to repeat."""
        if self._client is None:
            return
        self._release()
        # Without a checksum the next start compares every vector.
        with suppress(StoreError, OSError, ValueError, KeyError, TypeError):
            state = read_state(self._folder)
            files = checksum(self._folder / state.generation)
            write_state(self._folder, replace(state, files=files))

    def discard(self) -> None:
        """Close the files after a failure; the next opening builds the index anew."""
        with suppress(StoreError):
            forget_state(self._folder)
        self._release()

    def _compare(self, batches: Iterable[Batch]) -> None:
        """Compare every stored vector with the record.

        Raises:
            LookupError: If one differs or is missing.
        """
        for ids, vectors in _bulk(batches):
            found = self._collection.get(ids=list(ids), include=["embeddings"])
            rows = dict(zip(found["ids"], np.asarray(found["embeddings"]), strict=True))
            if len(rows) < len(ids) or not np.allclose([rows[i] for i in ids], vectors, atol=1e-4):
                raise LookupError("stored vectors differ from the record")

    def _check(self, expected: Fingerprint) -> None:
        """Look a sample of the stored vectors up by themselves: a count alone may lie.

        Raises:
            LookupError: If the collection does not find what it holds.
        """
        count = self._count = self._collection.count()
        if count != expected.count:
            raise LookupError(f"{count} passages, the record has {expected.count}")
        sample = self._collection.get(limit=20, offset=max(0, count - 20), include=["embeddings"])[
            "embeddings"
        ]
        for vector in np.asarray(sample, dtype=np.float32):
            best = self.search(vector, 1)
            if np.any(vector) and (not best or best[0][1] < 0.999):
                raise LookupError("a stored passage is not found by its own vector")

    def rebuild(self, expected: Fingerprint, batches: Iterable[Batch]) -> None:
        """Make the index anew from the record.

        Raises:
            StoreUnwritableError: If the folder cannot be written.
            StoreError: If Chroma fails.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            old = [p.name for p in self._folder.iterdir() if p.is_dir()]
        except OSError as exc:
            raise StoreUnwritableError(str(self._folder), exc.strerror or str(exc)) from exc
        generation = f"g{max([int(n[1:]) for n in old if n[1:].isdigit()], default=0) + 1}"
        write_state(self._folder, IndexState(generation, expected, is_writing=True))
        with _library_errors(self._folder):
            self._open(generation)
            for ids, vectors in _bulk(batches):
                self._collection.add(ids=list(ids), embeddings=vectors)
            self._check(expected)
        write_state(self._folder, IndexState(generation, expected, is_writing=False))
        for name in old:
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def apply(self, added: Iterable[Batch], removed: Sequence[str], expected: Fingerprint) -> None:
        """Bring the index to a newer state of the record.

        Args:
            added: What was published since.
            removed: Ids of passages that are gone.
            expected: What the record holds now; stored when all is written.

        Raises:
            StoreError: If Chroma fails or disagrees afterwards; the next opening rebuilds then.
        """
        self._apply(_bulk(added), [removed], expected)

    def apply_gently(
        self,
        added: Iterable[Batch],
        removed: Sequence[str],
        expected: Fingerprint,
        is_stopped: Callable[[], bool],
    ) -> bool:
        """Do the same in small steps and leave half of the time to the threads that answer.

        Args:
            added: What was published since.
            removed: Ids of passages that are gone.
            expected: What the record holds now.
            is_stopped: Asked between two steps; the next opening goes on where this one stopped.

        Returns:
            Whether it came to its end.

        Raises:
            StoreError: As `apply`.
        """
        small = range(0, len(removed), _SMALL_BATCH)
        return self._apply(
            _resting(_bulk(added, _SMALL_BATCH), is_stopped),
            _resting((removed[n : n + _SMALL_BATCH] for n in small), is_stopped),
            expected,
            is_stopped,
        )

    def _apply(
        self,
        added: Iterable[Batch],
        removed: Iterable[Sequence[str]],
        expected: Fingerprint,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> bool:
        with _library_errors(self._folder):
            generation = read_state(self._folder).generation
            write_state(self._folder, IndexState(generation, expected, is_writing=True))
            for ids in removed:
                self.remove(ids)
            for ids, vectors in added:
                self.add(ids, vectors)
            is_whole = not is_stopped()
            if is_whole:
                self._check(expected)
            holds = expected if is_whole else _UNFINISHED
            write_state(self._folder, IndexState(generation, holds, is_writing=False))
        return is_whole

    def add(self, passage_ids: Sequence[str], vectors: Vectors) -> None:
        """Add passages; ids must be new. `apply` is the way that survives a kill."""
        with _library_errors(self._folder):
            for ids, rows in _bulk([(passage_ids, vectors)]):
                self._collection.add(ids=list(ids), embeddings=rows)
            self._count = self._collection.count()

    def remove(self, passage_ids: Sequence[str]) -> None:
        """Remove passages; unknown ids are ignored."""
        with _library_errors(self._folder):
            for n in range(0, len(passage_ids), _BATCH):
                self._collection.delete(ids=list(passage_ids[n : n + _BATCH]))
            self._count = self._collection.count()

    def search(self, vector: Vectors, k: int) -> tuple[ScoredId, ...]:
        """Return at most `k` passages by falling similarity to float32[d].

        The zero vector is similar to nothing and finds nothing.

        Raises:
            StoreError: If Chroma fails.
        """
        with _library_errors(self._folder):
            if self._client is None:
                raise RuntimeError("the index is closed")
            k = min(k, len(self))
            if k <= 0 or not np.any(vector):
                return ()
            found = self._collection.query(
                query_embeddings=vector[None, :], n_results=k, include=["distances"]
            )
        distances = found["distances"]
        return tuple(
            (i, 1.0 - float(d))
            for i, d in zip(found["ids"][0], distances[0] if distances else [], strict=True)
        )

    def passage_ids(self) -> set[str]:
        """Return the ids of all it holds."""
        with _library_errors(self._folder):
            return set(self._collection.get(include=[])["ids"])

    def __len__(self) -> int:
        """Return the number of passages; asking Chroma itself takes 4 ms."""
        return self._count


def _resting(steps: Iterable[T], is_stopped: Callable[[], bool]) -> Iterator[T]:
    """Yield steps until stopped, with a rest after each as long as the step took."""
    for step in steps:
        if is_stopped():
            return
        started = time.perf_counter()
        yield step
        time.sleep(time.perf_counter() - started)


def _bulk(batches: Iterable[Batch], size: int = _BATCH) -> Iterator[Batch]:
    """Yield the rows of many small batches in batches of `size`: one call costs milliseconds."""
    ids: list[str] = []
    parts: list[Vectors] = []
    for batch_ids, vectors in batches:
        for n in range(0, len(batch_ids), size):
            if len(ids) + len(batch_ids[n : n + size]) > size:
                yield ids, np.concatenate(parts)
                ids, parts = [], []
            ids = [*ids, *batch_ids[n : n + size]]
            parts = [*parts, vectors[n : n + size]]
    if ids:
        yield ids, np.concatenate(parts)


def _is_damage(exc: BaseException) -> bool:
    """Whether an exception out of Chroma means damaged files: its Rust core may also panic."""
    return isinstance(exc, Exception) or type(exc).__name__ == "PanicException"


@contextmanager
def _library_errors(folder: Path) -> Iterator[None]:
    """Turn whatever comes out of Chroma into a `StoreError`."""
    try:
        yield
    except BaseException as exc:
        if isinstance(exc, StoreError) or not _is_damage(exc):
            raise
        raise StoreError(str(folder), f"{type(exc).__name__}: {exc}") from exc
