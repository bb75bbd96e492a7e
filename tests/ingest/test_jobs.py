"""Uploaded files are worked off once, in order, whatever happens in between."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hochoi.errors import StoreUnwritableError
from hochoi.locks import ProcessLock
from hochoi.record.receipts import Receipts
from hochoi.record.states import FileState
from hochoi.store import Store
from hochoi.types import SourceFile
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest import jobs
from ingest.intake import OnKin, Policy
from ingest.jobs import MAX_ATTEMPTS, Desk, JobState, Queue, Worker, working
from tests.fakes import SyllableEncoder
from tests.ingest.review_library import AGAIN, CHANGED, FIRST, PRIVATE, settings_in, source

BAD = SourceFile("hỏng.pdf", b"\x00\x01\x02" * 40)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(settings_in(tmp_path), Purpose.SERVE, encoder=SyllableEncoder()) as opened:
        yield opened


@pytest.fixture
def queue(ws: Workspace) -> Queue:
    return Queue(ws.store.database)


@pytest.fixture
def worker(ws: Workspace) -> Iterator[Worker]:
    with closing(Store(ws.settings.database_path)) as store:
        desk = Desk(store, ws.encoder, ws.encoder_name, ws.provinces, ws.topics, ws.max_file_bytes)
        yield Worker(desk, ws.settings.var / "writer.lock", ws.refresh)


def run(worker: Worker) -> int:
    return worker.work(threading.Event())


def states(queue: Queue, job_id: int) -> list[str]:
    return [file.state.value for file in queue.job(job_id).job.files]


def test_job_ends_with_every_file_told(ws: Workspace, queue: Queue, worker: Worker) -> None:
    files = [source(FIRST), BAD, source(FIRST, "nữa.txt"), source(PRIVATE), source(CHANGED)]
    job_id = queue.enqueue(files, Policy(by="An"))
    assert queue.job(job_id).state is JobState.WAITING
    assert run(worker) == 5
    assert states(queue, job_id) == ["published", "refused", "already present", "draft", "draft"]
    view = queue.job(job_id)
    assert (view.state, view.done, view.count) == (JobState.DONE, 5, 5)
    assert view.job.ended_at is not None
    assert view.job.files[1].refusal is not None
    assert len(ws.reports) == 1, "the server has seen it"
    assert ws.store.integrity_problems() == ()
    assert run(worker) == 0


def test_policy_of_the_job_holds(queue: Queue, worker: Worker, ws: Workspace) -> None:
    queue.enqueue([source(FIRST)], Policy())
    job_id = queue.enqueue([source(CHANGED)], Policy(on_kin=OnKin.REPLACE, by="Hoa"))
    held = queue.enqueue([source(AGAIN)], Policy(review=True))
    run(worker)
    assert (states(queue, job_id), states(queue, held)) == (["published"], ["draft"])
    assert [r.version for r in ws.store.reports()] == [2]


def test_cancelled_files_are_left_alone_and_refused_ones_tried_again(
    queue: Queue, worker: Worker
) -> None:
    job_id = queue.enqueue([source(FIRST)], Policy())
    assert queue.cancel(job_id) == 1
    assert run(worker) == 0
    assert queue.job(job_id).state is JobState.CANCELLED
    other = queue.enqueue([BAD], Policy())
    run(worker)
    assert queue.retry(other) == 1
    assert queue.job(other).state is not JobState.DONE
    assert run(worker) == 1
    assert states(queue, other) == ["refused"]


@pytest.mark.parametrize("reached", [FileState.PARSED, FileState.DESCRIBED, FileState.EMBEDDED])
def test_work_goes_on_where_a_process_ended(
    ws: Workspace, queue: Queue, worker: Worker, reached: FileState
) -> None:
    job_id = queue.enqueue([source(FIRST), source(AGAIN)], Policy())
    receipts = Receipts(ws.store.database)
    number = receipts.job(job_id).files[0].receipt_id
    receipts.begin(number)
    for state in (FileState.PARSED, FileState.DESCRIBED, FileState.EMBEDDED):
        receipts.advance(number, state)
        if state is reached:
            break
    assert run(worker) == 2
    assert states(queue, job_id) == ["published", "published"]
    assert len(ws.reports) == 2


def test_file_that_ends_every_process_is_refused_after_three_attempts(
    ws: Workspace, queue: Queue, worker: Worker
) -> None:
    job_id = queue.enqueue([source(FIRST), source(AGAIN)], Policy())
    number = queue.job(job_id).job.files[0].receipt_id
    for _ in range(MAX_ATTEMPTS):
        Receipts(ws.store.database).begin(number)
    run(worker)
    assert states(queue, job_id) == ["refused", "published"]
    refusal = queue.job(job_id).job.files[0].refusal
    assert "ended unexpectedly 3 times" in str(refusal)


def test_unexpected_error_refuses_one_file_only(
    queue: Queue, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = jobs.prepared

    def broken(desk: Desk, file: SourceFile) -> object:
        if file.name == "a.txt":
            raise ZeroDivisionError
        return honest(desk, file)

    monkeypatch.setattr(jobs, "prepared", broken)
    job_id = queue.enqueue([source(FIRST, "a.txt"), source(AGAIN, "b.txt")], Policy())
    run(worker)
    assert states(queue, job_id) == ["refused", "published"]


def test_full_disk_leaves_files_waiting(
    ws: Workspace, queue: Queue, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = queue.enqueue([source(FIRST)], Policy())

    def full(*args: object, **options: object) -> None:
        raise StoreUnwritableError("/kho", "database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "publish", full)
        with pytest.raises(StoreUnwritableError):
            run(worker)
    assert len(ws.store.reports()) == 0
    assert run(worker) == 1
    assert states(queue, job_id) == ["published"]


def test_worker_waits_for_the_writer_and_says_for_whom(
    ws: Workspace, queue: Queue, worker: Worker
) -> None:
    job_id = queue.enqueue([source(FIRST)], Policy())
    with ProcessLock(ws.settings.var / "writer.lock", "writing"):
        assert run(worker) == 0
        assert "writing, pid" in (worker.waits_for or "")
    assert run(worker) == 1
    assert (worker.waits_for, states(queue, job_id)) == (None, ["published"])


def test_thread_works_off_what_is_handed_over(ws: Workspace, queue: Queue) -> None:
    seen = threading.Event()
    honest = ws.refresh

    def refresh() -> bool:
        changed = honest()
        seen.set()
        return changed

    ws.refresh = refresh  # type: ignore[method-assign]
    with working(ws):
        job_id = queue.enqueue([source(FIRST)], Policy())
        assert seen.wait(20)
    assert states(queue, job_id) == ["published"]
    assert len(ws.reports) == 1


def test_progress_is_told_by_passage(ws: Workspace, queue: Queue, worker: Worker) -> None:
    told: list[int] = []
    line = " ".join(f"câu{n} nói về một cửa" for n in range(60))
    text = "Báo cáo dài\n\n" + "\n\n".join(f"Mục {n}. {line}" for n in range(400))
    honest = worker._receipts.advance

    def advance(number: int, state: FileState, **changes: object) -> None:
        embedded = changes.get("embedded")
        if state is FileState.DESCRIBED and isinstance(embedded, int):
            told.append(embedded)
        honest(number, state, **changes)  # type: ignore[arg-type]

    worker._receipts.advance = advance  # type: ignore[method-assign]
    job_id = queue.enqueue([source(text)], Policy())
    run(worker)
    (file,) = queue.job(job_id).job.files
    assert told == sorted(told)
    assert len(told) > 1
    assert told[-1] == file.passages == file.embedded


def test_time_left_is_told_when_enough_is_finished(queue: Queue, ws: Workspace) -> None:
    job_id = queue.enqueue([source(f"{FIRST}\nDòng {n}.") for n in range(8)], Policy())
    assert queue.job(job_id).seconds_left is None
    for n, second in enumerate((0, 4, 8, 12)):
        ws.store.database.rows(
            "UPDATE receipts SET state = 'published', attempts = 1, changed_at ="
            " strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', ?) WHERE receipt_id ="
            " (SELECT MIN(receipt_id) + ? FROM receipts)",
            (f"{second - 12} seconds", n),
        )
    left = queue.job(job_id).seconds_left
    assert left is not None
    assert 12 < left < 18, "four files left at four seconds each"


def test_views_are_values(queue: Queue) -> None:
    job_id = queue.enqueue([source(FIRST)], Policy())
    view = queue.job(job_id)
    assert replace(view, done=0) == view
    with pytest.raises(ValueError, match="at least one file"):
        queue.enqueue([], Policy())
