"""Build everything once, check that it agrees, keep it in step with the record, close it.

The record is shared between processes; the indexes are caches of it. Whoever holds the index
lock (the server, or a command while no server runs) keeps them on disk; everybody else searches
the record's vectors exactly and holds missing parts in memory.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from enum import Enum
from itertools import chain, islice

from hochoi.chat_model.client import SecretText
from hochoi.chat_model.prompting import read_prompt
from hochoi.cross_encoder import load_cross_encoder
from hochoi.drafting.phrases import Phrases
from hochoi.drafting.stated_facts import FactReader
from hochoi.encoder import Encoder, configured_encoder
from hochoi.errors import NotFoundError, StoreLockedError
from hochoi.exact_index import ScoredId, Vectors
from hochoi.generator import PROMPT_NAMES, Generator, make_generator
from hochoi.index import ChromaIndex
from hochoi.index_state import Fingerprint
from hochoi.index_text import VERSION, index_text
from hochoi.judges import Judges
from hochoi.language.abbreviations import load_abbreviations
from hochoi.language.spelling import Restorer
from hochoi.language.topics import TopicTable
from hochoi.locks import ProcessLock
from hochoi.mirror import Mirror
from hochoi.provinces import ProvinceTable
from hochoi.ranking.reranking import TokenCache, load_reranker
from hochoi.reading import Reading, Readings
from hochoi.record.checking import forget_expired, sign_reports
from hochoi.settings import SHIPPED, Settings
from hochoi.store import Store
from hochoi.types import Report
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
        self._mirror = Mirror(
            store,
            settings.index_path,
            settings.lexical_path,
            (self.encoder_name, encoder.dimension),
            owned=owns_index,
        )
        self.exact, self.lexical = self._mirror.exact, self._mirror.lexical
        self.reranker = load_reranker(settings.reranker)
        self.cross_encoder = load_cross_encoder(settings.cross_encoder)
        self.judges = Judges(SHIPPED / "models")
        self.tokens = TokenCache()
        self.notices: list[str] = []
        self.owns_index = owns_index
        self._readings = Readings()
        self._restorer: Restorer | None = None
        self._by_province: tuple[Mapping[str, Report], dict[str, list[str]]] = ({}, {})

    def nearest(self, vector: Vectors, k: int) -> tuple[ScoredId, ...]:
        """Return at most `k` passages by falling similarity to float32[d].

        From Chroma where this process has it open and it is up to date, else exactly.
        """
        return self._mirror.nearest(vector, k)

    def close(self) -> None:
        """Close the vector index. Safe to repeat."""
        self._mirror.close()

    @property
    def reports(self) -> dict[str, Report]:
        """All published reports by id, as of the last refresh."""
        return self._mirror.reports

    def reports_of(self, provinces: Iterable[str]) -> list[Report]:
        """Return the reports in which one of these provinces takes part, as of the last refresh."""
        reports = self.reports
        if self._by_province[0] is not reports:
            self._by_province = (reports, _by_province(reports.values()))
        found = self._by_province[1]
        ids = dict.fromkeys(i for name in sorted(provinces) for i in found.get(name, ()))
        return [reports[i] for i in ids]

    def restorer(self) -> Restorer:
        """Return what suggests diacritics, learned from the reports; made at the first call."""
        if self._restorer is None:
            texts = islice((r.text for r in self.reports.values()), RESTORER_REPORTS)
            self._restorer = Restorer(chain(self.provinces.names, texts))
        return self._restorer

    def reading(self, report_id: str) -> Reading:
        """Return a published report prepared for answering; the latest are kept.

        Raises:
            NotFoundError: If it is not published, or not any more.
        """
        report = self.reports.get(report_id)
        if report is None:
            raise NotFoundError("report", report_id)
        return self._readings.of(report)

    def fingerprint(self) -> Fingerprint:
        """Return what an index must hold to agree with the record."""
        return self._mirror.fingerprint()

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
        changes = self._mirror.refresh()
        if changes is None:
            return False
        self._readings.forget(changes.gone | changes.corrected)
        if changes.gone:
            self._restorer = None  # it learned words of reports that are gone
        return True

    def passages_of(self, report_ids: Iterable[str]) -> list[str]:
        """Return the ids of the passages held of these reports; unknown reports have none."""
        return self._mirror.passages_of(report_ids)

    def settle(self) -> None:
        """Bring the index on the disk up to date now; nobody else is answered meanwhile."""
        self._mirror.settle()

    def settle_gently(self, is_stopped: Callable[[], bool]) -> None:
        """Bring it up to date beside threads that answer, once the record is quiet."""
        self._mirror.settle_gently(is_stopped)

    def open_chroma(self) -> None:
        """Open the index on disk; it is brought forward, or rebuilt where it cannot be trusted.

        Where that is impossible, a notice says so and search goes on without it.
        """
        notice = self._mirror.open_chroma()
        if notice is not None:
            self.notices.append(notice)

    @property
    def chroma(self) -> ChromaIndex | None:
        """The index on disk, where this process has it open."""
        return self._mirror.chroma

    def chroma_problem(self) -> str | None:
        """Return why the index on disk must be built anew, None when it is sound."""
        return self._mirror.chroma_problem()

    def rebuild(self) -> int:
        """Make both indexes anew from the record; returns the number of passages.

        Raises:
            StoreError: If the folder of the vector index cannot be written.
        """
        return self._mirror.rebuild()

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
            ws.settle()


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


def _by_province(reports: Iterable[Report]) -> dict[str, list[str]]:
    """Return the ids of the reports by each province of their parties."""
    found: dict[str, list[str]] = {}
    for report in reports:
        parties = (*report.visit.host, *report.visit.visitors)
        for name in {p.value.province for p in parties if p.value.province is not None}:
            found.setdefault(name, []).append(report.report_id)
    return found
