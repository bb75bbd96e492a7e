"""What the administrators' pages do with the library: a seam of its own with its own connection.

So that readers of the server never wait for a decision that is being written.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from hochoi.errors import IngestError
from hochoi.index_state import NO_INDEX
from hochoi.people.audit import verify_audit
from hochoi.people.database import PeopleDatabase
from hochoi.record.backup import write_backup
from hochoi.record.checking import problems_of
from hochoi.record.shelf import Version
from hochoi.settings import Settings
from hochoi.store import Store
from hochoi.text import fold
from hochoi.types import Report, SourceFile
from hochoi.workspace import Workspace
from ingest import drafts as review
from ingest.archives import contents_of
from ingest.drafts import Draft, DraftLine, ReadField
from ingest.intake import OnKin, Policy, WriteSide, shelf_of
from ingest.jobs import Desk, JobView, Queue, Worker

MAX_FILES = 200  # of one turn


@dataclass(frozen=True, slots=True)
class Health:
    """How the library is doing."""

    reports: int
    passages: int
    waiting: int  # drafts
    in_line: int  # files of jobs that are not finished
    index_problem: str | None  # English; None: the index agrees with the record
    record_mb: float
    free_gb: float
    embedding_model: str
    reranker: str
    generator: str
    version: str


class Keeper:
    """Everything a person may do with reports in the browser."""

    def __init__(self, ws: Workspace, side: WriteSide, worker: Worker | None = None) -> None:
        """Use a served library; `side` has a connection that nobody else uses."""
        self._ws, self._side, self._worker = ws, side, worker
        self.queue = Queue(side.store.database)

    @property
    def settings(self) -> Settings:
        """The settings of the library."""
        return self._ws.settings

    @property
    def max_file_bytes(self) -> int:
        """The largest file that is taken."""
        return self._side.max_file_bytes

    @property
    def waits_for(self) -> str | None:
        """Who uses the library while the queue has to wait."""
        return self._worker.waits_for if self._worker else None

    # -- adding --------------------------------------------------------------------------------

    def add(self, files: Sequence[SourceFile], by: str, *, review_all: bool) -> int:
        """Keep files for the worker, those in archives and mails too; return the job's number.

        An archive that cannot be opened, or a file of one, stands in the job as refused.

        Raises:
            IngestError: If it is the only file.
            StoreUnwritableError: If the disk refuses; nothing is kept then.
        """
        sources: list[SourceFile] = []
        refused: list[tuple[SourceFile, IngestError]] = []
        for file in files:
            for one in contents_of(file, self.max_file_bytes):
                if isinstance(one, SourceFile):
                    sources.append(one)
                else:
                    is_whole = one.file_name == file.name
                    refused.append((file if is_whole else SourceFile(one.file_name, b""), one))
        if not sources and len(refused) == 1:
            raise refused[0][1]
        policy = Policy(review=review_all, on_kin=OnKin.ASK, by=by)
        return self.queue.enqueue(sources, policy, refused)

    def jobs(self, most: int = 20) -> tuple[JobView, ...]:
        """Return the last jobs, the newest first."""
        return self.queue.jobs()[:most]

    # -- reviewing -----------------------------------------------------------------------------

    def drafts(self) -> tuple[DraftLine, ...]:
        """Return the reports that wait, the longest waiting first."""
        return review.list_drafts(self._side)

    def draft(self, report_id: str) -> Draft:
        """Return one draft; NotFoundError if there is none."""
        return review.draft(self._side, report_id)

    def fields(self, report: Report) -> tuple[ReadField, ...]:
        """Return the visit fields of a report of any standing."""
        return review.fields_of(self._side, report)

    def report(self, report_id: str) -> Report:
        """Return a report of any standing; NotFoundError if there is none."""
        return shelf_of(self._side).report(report_id)

    def correct(self, report_id: str, typed: dict[str, str], by: str) -> tuple[str, ...]:
        """Set those fields that were typed differently; return their names.

        Raises:
            NotFoundError: If the report is not in the record.
            CorrectionError: If a field cannot hold what was typed; nothing is changed then.
        """
        now = {f.name: shown_values(f) for f in self.fields(self.report(report_id))}
        changed = [name for name, text in typed.items() if text.strip() != now.get(name, "")]
        with self._side.store.transaction():
            for name in changed:
                review.correct(self._side, report_id, name, typed[name].strip(), by)
        if changed:
            self._ws.refresh()
        return tuple(changed)

    def publish(self, report_id: str, by: str, on_kin: OnKin) -> str | None:
        """Make a draft live; return the id of the report that it replaced."""
        replaced = review.publish(self._side, report_id, by, on_kin)
        self._ws.refresh()
        return replaced

    def discard(self, report_id: str, by: str) -> None:
        """Delete a draft; NotFoundError if there is none."""
        review.refuse(self._side, report_id, by)

    # -- the library ---------------------------------------------------------------------------

    def reports(self, words: str = "") -> tuple[Report, ...]:
        """Return the published reports whose title, file or parties hold all words, by title."""
        wanted = fold(words).casefold().split()
        found = [r for r in self._ws.reports.values() if _holds(r, wanted)]
        return tuple(sorted(found, key=lambda report: fold(report.title).casefold()))

    def versions(self, report_id: str) -> tuple[Version, ...]:
        """Return all versions of a report."""
        return shelf_of(self._side).versions_of(report_id)

    def remove(self, report_id: str, by: str) -> tuple[str, ...]:
        """Delete a report with its older versions; return the ids that were removed."""
        gone = review.remove(self._side, report_id, by, self.settings.keep_originals_days)
        self._ws.refresh()
        return gone

    # -- health --------------------------------------------------------------------------------

    def health(self) -> Health:
        """Return how the library is doing; quick."""
        ws, settings = self._ws, self.settings
        reason = ws.chroma_problem()
        free = shutil.disk_usage(settings.var).free
        return Health(
            reports=len(ws.reports),
            passages=len(ws.exact),
            waiting=len(self.drafts()),
            in_line=sum(job.count - job.done for job in self.queue.jobs()),
            index_problem=None if reason == NO_INDEX else reason,
            record_mb=settings.database_path.stat().st_size / 2**20,
            free_gb=free / 2**30,
            embedding_model=f"{settings.embedding_model} ({ws.encoder.fingerprint[:12]})",
            reranker=settings.reranker,
            generator=settings.generator,
            version=version("hochoi"),
        )

    def check(self, people: PeopleDatabase) -> tuple[str, ...]:
        """Compare record, originals and log; return what does not agree, in English."""
        found = [str(problem) for problem in problems_of(self._side.store.database)]
        reason = self.health().index_problem
        return (*found, *([reason] if reason else []), *verify_audit(people))

    @contextmanager
    def backup(self) -> Iterator[Path]:
        """Write a backup into a file that lasts as long as the context.

        Raises:
            BackupError: If it cannot be written.
        """
        with TemporaryDirectory(prefix=".backup-", dir=self.settings.var) as folder:
            target = Path(folder) / "hochoi-backup.zip"
            write_backup(self.settings.var, target)
            yield target


def shown_values(field: ReadField) -> str:
    """Return the values of a field as a person types them; of a date its words, or its day."""
    return "; ".join(field.values[:1] if field.name == "date" else field.values)


def _holds(report: Report, wanted: Sequence[str]) -> bool:
    parties = (*report.visit.host, *report.visit.visitors)
    names = " ".join(f"{p.value.text} {p.value.current or ''}" for p in parties)
    text = fold(f"{report.title} {report.file_name} {names} {report.report_id}").casefold()
    return all(word in text for word in wanted)


@contextmanager
def keeping(ws: Workspace, worker: Worker) -> Iterator[Keeper]:
    """Keep a served library as long as the context lasts.

    Raises:
        StoreError: If the record cannot be opened once more.
    """
    with closing(Store(ws.settings.database_path)) as store:
        side = Desk(store, ws.encoder, ws.encoder_name, ws.provinces, ws.topics, ws.max_file_bytes)
        yield Keeper(ws, side, worker)
