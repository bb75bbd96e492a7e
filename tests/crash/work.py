"""What a process does when it is killed: one act after the other on a library, each acknowledged.

An act that is acknowledged must have its effect whatever happens afterwards. One without an
acknowledgement has its whole effect or none.
"""

import json
import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hochoi.locks import ProcessLock
from hochoi.record.shelf import Shelf
from hochoi.settings import load_settings
from hochoi.store import Store
from hochoi.types import SourceFile
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest import drafts, jobs, pipeline
from ingest.intake import OnKin, Policy
from ingest.jobs import Desk, Queue, Worker
from ingest.preparing import Prepared, prepare
from tests.fakes import SyllableEncoder

ACTS = ("ingest", "replace", "remove", "queue", "draft", "correct")
_MOST = 30  # reports; more are removed
PROVINCES = ("Huế", "Hà Nam", "Sơn La", "Lào Cai", "Cà Mau", "Đà Nẵng", "Vĩnh Long", "Điện Biên")


def here(ws: Desk | Workspace, source: SourceFile) -> Prepared:
    """Read a file in this process: reading processes have rounds of their own."""
    return prepare(source, ws.provinces, ws.topics, max_bytes=ws.max_file_bytes)


def read_here() -> None:
    """Let this process read the files of queue and single reports itself, from now on."""
    jobs.prepared = here  # type: ignore[assignment]
    pipeline.prepared = here  # type: ignore[assignment]


def text(number: int, version: int = 1) -> str:
    """Return the text of a visit; another version of it differs in one sentence."""
    rng = random.Random(number)
    host, visitor = rng.sample(PROVINCES, 2)
    lines = [
        f"Đoàn {visitor} thăm {host} lần {number}",
        f"Ngày {rng.randint(1, 28)}/{rng.randint(1, 12)}/2024, đoàn tỉnh {visitor} gồm"
        f" {10 + version} người đến tỉnh {host}.",
    ]
    words = "một cửa hồ sơ dịch vụ công trực tuyến số hóa kết quả giải quyết thủ tục".split()
    for part in range(4):
        lines.append(f"Mục {part}: " + " ".join(rng.choices(words, k=60)) + f" {number}.{part}.")
    return "\n\n".join(lines)


@dataclass(frozen=True, slots=True)
class Log:
    """Lines about acts begun and finished, each safe on the disk before the next step."""

    path: Path

    def say(self, *words: object) -> None:
        """Append one line."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(words) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def lines(self) -> list[list[object]]:
        """Return the whole lines."""
        content = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        return [json.loads(line) for line in content.split("\n")[:-1]]


@contextmanager
def library(var: Path, purpose: Purpose = Purpose.SERVE) -> Iterator[Workspace]:
    """Open the library as the server does, with an encoder that needs no model."""
    with open_workspace(load_settings(var, {}), purpose, encoder=SyllableEncoder()) as ws:
        yield ws


class Acting:
    """A process that acts on a library as server and command do."""

    def __init__(self, ws: Workspace, log: Log, seed: int) -> None:
        self._ws, self._log, self._rng = ws, log, random.Random(seed)
        self._shelf = Shelf(ws.store.database)

    def act(self, name: str) -> None:
        """Do one thing, say so before and after, and let the indexes follow."""
        acts: dict[str, Callable[[int], list[object]]] = {
            "ingest": self._ingest,
            "replace": self._replace,
            "remove": self._remove,
            "queue": self._queue,
            "draft": self._draft,
            "correct": self._correct,
        }
        number = self._rng.randrange(10**6)
        with ProcessLock(self._ws.settings.var / "writer.lock", "acting"):
            done = acts[name](number)
        self._log.say("done", name, *done)
        self._ws.refresh()
        match number % 3:  # the index on the disk stays behind, or follows in either way
            case 1:
                self._ws.settle()
            case 2:
                self._ws.settle_gently(lambda: False)

    def _some(self) -> str | None:
        found = [r.report_id for r in self._ws.store.reports()]
        return self._rng.choice(found) if found else None

    def _file(self, number: int, version: int = 1) -> SourceFile:
        return SourceFile(f"{number}-{version}.txt", text(number, version).encode())

    def _ingest(self, number: int) -> list[object]:
        source = self._file(number)
        self._log.say("begin", "ingest")
        return [pipeline.ingest_source(self._ws, source).report_id]

    def _replace(self, number: int) -> list[object]:
        old = self._some()
        if old is None:
            return self._ingest(number)
        report = self._ws.store.report(old)
        known, _, version = report.file_name.removesuffix(".txt").partition("-")
        source = self._file(int(known), int(version) + 1)
        self._log.say("begin", "replace", old)
        result = pipeline.ingest_source(self._ws, source, Policy(on_kin=OnKin.REPLACE))
        return [result.report_id, result.replaces]

    def _remove(self, number: int) -> list[object]:
        old = self._some()
        if old is None:
            return self._ingest(number)
        gone = [v.report_id for v in self._shelf.versions_of(old)]
        self._log.say("begin", "remove", *gone)
        drafts.remove(self._ws, old, "crash")
        return list(gone)

    def _queue(self, number: int) -> list[object]:
        files = [self._file(number), self._file(number + 1)]
        self._log.say("begin", "queue")
        Queue(self._ws.store.database).enqueue(files, Policy())
        self._log.say("done", "enqueue", *(here(self._ws, f).report.report_id for f in files))
        run_queue(self._ws)
        return []

    def _draft(self, number: int) -> list[object]:
        source = self._file(number)
        self._log.say("begin", "draft")
        result = pipeline.ingest_source(self._ws, source, Policy(review=True))
        report_id = result.report_id or ""
        drafts.publish(self._ws, report_id, "crash")
        return [report_id]

    def _correct(self, number: int) -> list[object]:
        report_id = self._some()
        if report_id is None:
            return self._ingest(number)
        self._log.say("begin", "correct", report_id)
        drafts.correct(self._ws, report_id, "participants", str(1 + number % 99), "crash")
        return []

    def go_on(self) -> None:
        """Act until killed."""
        while True:
            many = len(self._ws.store.commits()) > _MOST
            self.act("remove" if many else self._rng.choice(ACTS))


def run_queue(ws: Workspace) -> int:
    """Work off what waits, as the thread of the server does; the writer lock must be held."""
    with closing(Store(ws.settings.database_path)) as store:
        desk = Desk(store, ws.encoder, ws.encoder_name, ws.provinces, ws.topics, ws.max_file_bytes)
        worker = Worker(desk, ws.settings.var / "queue.lock", lambda: None)
        return worker.work(threading.Event())
