"""Build everything once, check that it agrees, keep it in step with the record, close it.

The record is shared between processes; the indexes are caches of it. Whoever holds the index
lock (the server, or a command while no server runs) keeps them on disk; everybody else searches
the record's vectors exactly and holds missing parts in memory.
"""

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from enum import Enum
from itertools import chain, islice

from hochoi.chat_model.client import SecretText
from hochoi.chat_model.prompting import read_prompt
from hochoi.cross_encoder import load_cross_encoder
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.stated_facts import FactReader
from hochoi.encoder import Encoder, configured_encoder
from hochoi.errors import NotFoundError, StoreError, StoreLockedError
from hochoi.generator import PROMPT_NAMES, Generator, make_generator
from hochoi.index import Batch, ChromaIndex, ExactIndex, ScoredId, Vectors
from hochoi.index_state import NO_INDEX, Fingerprint, forget_state, reason_to_rebuild
from hochoi.index_text import VERSION, header, index_text
from hochoi.judges import Judges
from hochoi.language.abbreviations import load_abbreviations
from hochoi.language.spelling import Restorer
from hochoi.language.topics import TopicTable
from hochoi.lexical import LexicalIndex
from hochoi.locks import ProcessLock
from hochoi.provinces import ProvinceTable
from hochoi.ranking.reranking import TokenCache, load_reranker
from hochoi.reading import Reading, Readings
from hochoi.record.checking import forget_expired, sign_reports
from hochoi.settings import SHIPPED, Settings
from hochoi.store import Commit, Store
from hochoi.types import Passage, Report
from hochoi.understanding.places import PlaceTable
from hochoi.understanding.reader import QuestionReader

logger = logging.getLogger(__name__)

SERVES_ANOTHER_MODEL = (
    "a running server that searches with another embedding model; stop it, then repeat this"
)
RESTORER_REPORTS = 500  # enough words of administration; learning them takes .2 s


class Purpose(Enum):
    """What a process wants with the library."""

    READ = "reading"  # ask, search, evaluate: changes nothing
    WRITE = "writing"  # ingest, remove, rebuild
    SERVE = "serving the web page"


class Workspace:
    """The open library: settings, record, encoder, indexes, tables.

    Attributes:
        notices: English sentences about what opening had to repair, for the command line.
    """

    def __init__(
        self, settings: Settings, store: Store, encoder: Encoder, *, owns_index: bool
    ) -> None:
        """Assemble the parts; `open_workspace` is the way to get one."""
        self.settings, self.store, self.encoder = settings, store, encoder
        self.provinces = ProvinceTable.read(SHIPPED / "corpus" / "provinces.csv")
        self.abbreviations = load_abbreviations(SHIPPED / "corpus" / "abbreviations.toml")
        self.phrases = Phrases(SHIPPED / "prompts" / "answers.vi.toml")
        self.topics = TopicTable.read(SHIPPED / "corpus" / "topics.toml")
        self.places = PlaceTable.read(SHIPPED / "corpus" / "places.toml")
        self.questions = QuestionReader(
            self.provinces, self.abbreviations, self.topics, self.places
        )
        self.facts = FactReader(self.provinces, self.abbreviations)
        self.generator: Generator | None = make_generator(
            settings.generator,
            settings.generator_url,
            SecretText(settings.generator_api_key),
            read_prompt(SHIPPED / "prompts" / "answer.vi.md", PROMPT_NAMES),
        )
        self.exact = ExactIndex(encoder.dimension)
        self.lexical = LexicalIndex(settings.lexical_path, owned=owns_index)
        self.reranker = load_reranker(settings.reranker)
        self.cross_encoder = load_cross_encoder(settings.cross_encoder)
        self.judges = Judges(SHIPPED / "models")
        self.tokens = TokenCache()
        self.notices: list[str] = []
        self.owns_index = owns_index
        self._chroma: ChromaIndex | None = None
        self._known: dict[str, Commit] = {}
        self._reports: dict[str, Report] = {}
        self._readings = Readings()
        self._restorer: Restorer | None = None
        self._revision = -1
        self._changing = threading.RLock()

    def nearest(self, vector: Vectors, k: int) -> tuple[ScoredId, ...]:
        """Return at most `k` passages by falling similarity to float32[d].

        From Chroma where this process owns it; should it fail, and everywhere else, exactly.
        """
        chroma = self._chroma
        if chroma is not None:
            try:
                return chroma.search(vector, k)
            except StoreError as exc:
                self._give_up(chroma, exc)
        return self.exact.search(vector, k)

    def _give_up(self, chroma: ChromaIndex, exc: StoreError) -> None:
        """Search exactly from now on; the next start builds the index anew."""
        logger.warning("vector_index_given_up reason=%s", exc.reason)
        self._chroma = None
        chroma.discard()

    def close(self) -> None:
        """Close the vector index. Safe to repeat."""
        if self._chroma is not None:
            self._chroma.close()
            self._chroma = None

    @property
    def reports(self) -> dict[str, Report]:
        """All published reports by id, as of the last refresh."""
        return self._reports

    def restorer(self) -> Restorer:
        """Return what suggests diacritics, learned from the reports; made at the first call."""
        if self._restorer is None:
            texts = islice((r.text for r in self._reports.values()), RESTORER_REPORTS)
            self._restorer = Restorer(chain(self.provinces.names, texts))
        return self._restorer

    def reading(self, report_id: str) -> Reading:
        """Return a published report prepared for answering; the latest are kept.

        Raises:
            NotFoundError: If it is not published, or not any more.
        """
        report = self._reports.get(report_id)
        if report is None:
            raise NotFoundError("report", report_id)
        return self._readings.of(report)

    def fingerprint(self) -> Fingerprint:
        """Return what an index must hold to agree with the record."""
        commits = sorted(self._known.values(), key=lambda c: c.report_id)
        lines = [f"{c.report_id} {c.vectors_sha256}" for c in commits]
        digest = hashlib.sha256("\n".join([self.encoder_name, *lines]).encode()).hexdigest()
        return Fingerprint(digest, sum(c.passages for c in commits))

    @property
    def max_file_bytes(self) -> int:
        """Larger source files are refused."""
        return self.settings.max_file_mb * 2**20

    @property
    def encoder_name(self) -> str:
        """What the vectors in the record must have been made with: model and index text."""
        return f"{self.encoder.fingerprint}/{VERSION}"

    def refresh(self) -> bool:
        """Bring in what was published or removed since the last call, by whomever.

        Returns:
            Whether anything changed.
        """
        with self._changing:
            revision = self.store.revision()
            if revision == self._revision:
                return False
            self._follow()
            self._revision = revision
            return True

    def _follow(self) -> None:
        with self.store.snapshot():
            rows = self.store.commits()
            commits = {c.report_id: c for c in rows if c.encoder == self.encoder_name}
            if len(commits) < len(rows):
                n = len(rows) - len(commits)
                logger.warning("reports_left_out n=%d reason=vectors_of_another_model", n)
            changed = [i for i, c in commits.items() if self._known.get(i) != c]
            new = [i for i in changed if not _same_vectors(self._known.get(i), commits[i])]
            batches = [self.store.vectors_of(i) for i in new]
            fresh = {i: self.store.report(i) for i in changed}
        touched = set(changed).difference(new)  # fields of the visit were corrected
        gone = {i for i, c in self._known.items() if not _same_vectors(commits.get(i), c)}
        gone_ids = self._passages_of(gone)
        self.exact.remove(gone_ids)
        self.exact.add_many(batches)
        headers = {i: self._header(i) for i in touched}
        self._reports = {i: fresh.get(i) or self._reports[i] for i in commits}
        self._readings.forget(gone | touched)
        if gone:
            self._restorer = None  # it learned words of reports that are gone
        self._known = commits
        new_ids = [i for ids, _ in batches for i in ids]
        touched_ids = self._passages_of({i for i in touched if headers[i] != self._header(i)})
        if self._revision < 0:  # the folder may hold anything
            self.lexical.keep_only(set(new_ids))
        else:
            self.lexical.remove({*gone_ids, *touched_ids}.difference(new_ids))
        self._add_lexically([*new_ids, *touched_ids])
        if self.owns_index:
            self.lexical.purge()
        chroma = self._chroma
        if chroma is not None:
            try:
                chroma.apply(batches, gone_ids, self.fingerprint())
            except StoreError as exc:
                self._give_up(chroma, exc)

    def _header(self, report_id: str) -> str:
        return header(self._reports[report_id].visit)

    def _passages_of(self, report_ids: set[str]) -> list[str]:
        """Return the ids of the passages held of these reports."""
        if not report_ids:
            return []
        return [p for p in self.exact.passage_ids if p.partition(":")[0] in report_ids]

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
        report = self._reports[report_id]
        try:
            found = self.store.passages_of(report_id)
        except NotFoundError:  # removed meanwhile; the next refresh takes the rest out
            return []
        return [(report, p) for p in found if p.passage_id in wanted]

    def open_chroma(self) -> None:
        """Open the index on disk; it is rebuilt when it does not agree with the record.

        Where that is impossible, a notice says so and search goes on without it.
        """
        with self._changing:
            if self._chroma is not None:
                return
            try:
                index = ChromaIndex(self.settings.index_path, self.fingerprint(), self._batches)
            except StoreError as exc:
                logger.warning("vector_index_unusable reason=%s", exc.reason)
                self.notices.append(f"the vector index cannot be used: {exc.reason}")
                return
            self._chroma = index
            if index.rebuilt_because not in (None, NO_INDEX):
                self.notices.append(f"the vector index was rebuilt: {index.rebuilt_because}")

    @property
    def chroma(self) -> ChromaIndex | None:
        """The index on disk, where this process has it open."""
        return self._chroma

    def chroma_problem(self) -> str | None:
        """Return why the index on disk disagrees with the record, None when it agrees.

        Reads its state file only, so it may be asked while a server holds the index.
        """
        if not self._known:
            return None
        return reason_to_rebuild(self.settings.index_path, self.fingerprint())

    def rebuild(self) -> int:
        """Make both indexes anew from the record; returns the number of passages.

        Raises:
            StoreError: If the folder of the vector index cannot be written.
        """
        with self._changing:
            self.lexical.keep_only(set())
            self._add_lexically(self.exact.passage_ids)
            self.close()
            forget_state(self.settings.index_path)
            self._chroma = ChromaIndex(self.settings.index_path, self.fingerprint(), self._batches)
            return len(self.exact)

    def _batches(self) -> Sequence[Batch]:
        return [self.exact.batch()]

    def forget_expired(self) -> int:
        """Delete originals of removed reports whose time is over; returns how many."""
        return forget_expired(self.store.database)

    def stale_reports(self) -> tuple[str, ...]:
        """Return ids of reports whose vectors another model or index text made."""
        return tuple(c.report_id for c in self.store.commits() if c.encoder != self.encoder_name)

    def embed_again(self, report_id: str) -> None:
        """Exchange the vectors of a report for the present encoder's, in one transaction."""
        report, passages = self.store.report(report_id), self.store.passages_of(report_id)
        vectors = self.encoder.encode_passages([index_text(report.visit, p) for p in passages])
        ids = [p.passage_id for p in passages]
        self.store.replace_vectors(report_id, ids, vectors, encoder=self.encoder_name)


def _same_vectors(one: Commit | None, other: Commit) -> bool:
    """Whether two commit rows of a report stand for the same vectors."""
    return one is not None and replace(one, revision=other.revision) == other


@contextmanager
def open_workspace(
    settings: Settings,
    purpose: Purpose,
    *,
    on_embedding: Callable[[int, int], None] = lambda done, total: None,
    encoder: Encoder | None = None,
) -> Iterator[Workspace]:
    """Open the library for one purpose and close it at the end.

    A process that may write exchanges vectors of another model before anything is searched, but
    never beside a running server, which would lose them; a reader leaves reports with other
    vectors out of its search until that is done.

    Args:
        settings: The configuration.
        purpose: What for; it decides about locks.
        on_embedding: Called with (done, total) reports while vectors are made anew.
        encoder: Used instead of the one the settings name.

    Raises:
        StoreLockedError: If another process serves (SERVE) or writes (WRITE) here, or a server
            runs with another embedding model.
        StoreError, ModelError: If the record or the model cannot be used.
    """
    with ExitStack() as stack:
        if purpose is Purpose.WRITE:
            lock = ProcessLock(settings.var / "writer.lock", "writing")
            stack.callback(lock.release)
        owns_index = purpose is Purpose.SERVE
        if purpose is not Purpose.READ:
            with suppress(StoreLockedError) if purpose is Purpose.WRITE else ExitStack():
                lock = ProcessLock(settings.var / "index.lock", purpose.value)
                stack.callback(lock.release)
                owns_index = True
        encoder = encoder or configured_encoder(settings)
        store = stack.enter_context(closing(Store(settings.database_path)))
        ws = stack.enter_context(
            closing(Workspace(settings, store, encoder, owns_index=owns_index))
        )
        _exchange_vectors(ws, purpose, on_embedding)
        if purpose is Purpose.WRITE:
            ws.forget_expired()
            sign_reports(store.database)
        ws.refresh()
        if purpose is Purpose.SERVE:
            ws.open_chroma()
            if ws.generator is not None:
                ws.generator.prepare()
        yield ws
        if purpose is Purpose.WRITE and owns_index:
            ws.open_chroma()  # as the record was at first, so that only changes are written
            ws.refresh()


def _exchange_vectors(
    ws: Workspace, purpose: Purpose, on_embedding: Callable[[int, int], None]
) -> None:
    stale = ws.stale_reports()
    if not stale:
        return
    if purpose is Purpose.WRITE and not ws.owns_index:
        # The server goes on with its model: its search would lose each report exchanged here.
        raise StoreLockedError(str(ws.settings.var), SERVES_ANOTHER_MODEL)
    if purpose is Purpose.READ:
        ws.notices.append(
            f"{len(stale)} reports were embedded by another model and are left out;"
            " run `hochoi rebuild`"
        )
        return
    with ExitStack() as stack:
        if purpose is Purpose.SERVE:
            lock = ProcessLock(ws.settings.var / "writer.lock", "embedding")
            stack.callback(lock.release)
        for done, report_id in enumerate(stale, 1):
            ws.embed_again(report_id)
            on_embedding(done, len(stale))
    ws.notices.append(f"{len(stale)} reports were embedded again by the configured model")
