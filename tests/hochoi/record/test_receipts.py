"""Received files: their states follow each other in one order, their bytes stay while needed."""

import inspect
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hochoi import errors
from hochoi.errors import IngestError, LimitExceededError, NotFoundError, UnreadableFileError
from hochoi.record.receipts import Receipts
from hochoi.record.refusals import decode_refusal, encode_refusal
from hochoi.record.states import FileState, may_follow
from hochoi.store import Store
from hochoi.types import SourceFile

A, B = SourceFile("a.txt", b"mot"), SourceFile("b.txt", b"hai")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "library.sqlite3")) as opened:
        yield opened


@pytest.fixture
def receipts(store: Store) -> Receipts:
    return Receipts(store.database)


def job(receipts: Receipts) -> int:
    return receipts.open_job([A, B], asked_by="An", review=False, on_kin="ask")


def states(receipts: Receipts, job_id: int) -> list[str]:
    return [file.state.value for file in receipts.job(job_id).files]


def originals(store: Store) -> int:
    return len(store.database.rows("SELECT 1 FROM originals"))


def test_job_keeps_every_byte_and_the_order_of_files(store: Store, receipts: Receipts) -> None:
    found = receipts.job(job(receipts))
    assert [(f.file_name, f.size, f.attempts) for f in found.files] == [
        ("a.txt", 3, 0),
        ("b.txt", 3, 0),
    ]
    assert [store.original(f.sha256) for f in found.files] == [A.content, B.content]
    assert store.revision() == 0, "readers of reports see nothing new"
    assert store.integrity_problems() == ()


def test_only_an_allowed_state_may_follow(receipts: Receipts) -> None:
    file = receipts.job(job(receipts)).files[0]
    with pytest.raises(ValueError, match="published may not follow received"):
        receipts.advance(file.receipt_id, FileState.PUBLISHED)
    for state in (FileState.PARSED, FileState.DESCRIBED, FileState.EMBEDDED, FileState.PUBLISHED):
        receipts.advance(file.receipt_id, state)
    with pytest.raises(ValueError, match="may not follow published"):
        receipts.advance(file.receipt_id, FileState.RECEIVED)


@pytest.mark.parametrize("state", [s for s in FileState if not s.is_final])
def test_every_state_under_way_can_be_refused_and_put_back(state: FileState) -> None:
    assert may_follow(state, FileState.REFUSED)
    assert state is FileState.RECEIVED or may_follow(state, FileState.RECEIVED)


def test_resume_puts_files_back_whose_process_ended(receipts: Receipts) -> None:
    job_id = job(receipts)
    first = receipts.job(job_id).files[0]
    receipts.begin(first.receipt_id)
    receipts.advance(first.receipt_id, FileState.PARSED)
    assert receipts.resume() == 1
    assert states(receipts, job_id) == ["received", "received"]
    assert receipts.job(job_id).files[0].attempts == 1


def test_file_tried_too_often_is_passed_over(receipts: Receipts) -> None:
    first = receipts.job(job(receipts)).files[0]
    for _ in range(3):
        found = receipts.next_file(3)
        assert found is not None
        assert found.file_name == "a.txt"
        receipts.begin(first.receipt_id)
    assert [f.file_name for f in receipts.worn_out(3)] == ["a.txt"]
    following = receipts.next_file(3)
    assert following is not None
    assert following.file_name == "b.txt"


def test_refused_file_keeps_its_bytes_for_another_try_until_forgotten(
    store: Store, receipts: Receipts
) -> None:
    job_id = job(receipts)
    first = receipts.job(job_id).files[0]
    receipts.advance(first.receipt_id, FileState.REFUSED, refusal=UnreadableFileError("a.txt", "x"))
    assert store.original(first.sha256) == A.content
    assert [r.file_name for r in receipts.refused()] == ["a.txt"]
    assert receipts.retry(job_id) == 1
    assert states(receipts, job_id) == ["received", "received"]
    receipts.forget(first.receipt_id)
    with pytest.raises(NotFoundError):
        store.original(first.sha256)


def test_cancel_takes_waiting_files_out_and_drops_their_bytes(
    store: Store, receipts: Receipts
) -> None:
    job_id = job(receipts)
    assert receipts.cancel(job_id) == 2
    assert states(receipts, job_id) == ["cancelled", "cancelled"]
    assert (originals(store), receipts.cancel(job_id)) == (0, 0)
    assert receipts.job(job_id).ended_at is not None
    with pytest.raises(NotFoundError):
        receipts.cancel(99)


def test_same_bytes_in_two_files_stay_until_both_are_finished(
    store: Store, receipts: Receipts
) -> None:
    job_id = receipts.open_job(
        [A, SourceFile("c.txt", A.content)], asked_by="An", review=False, on_kin="ask"
    )
    first, second = receipts.job(job_id).files
    receipts.advance(first.receipt_id, FileState.PRESENT)
    assert originals(store) == 1
    receipts.advance(second.receipt_id, FileState.PRESENT)
    assert originals(store) == 0


def test_note_is_one_line_per_content_and_name(receipts: Receipts) -> None:
    refusal = LimitExceededError("a.txt", "1 MB", "3 MB")
    for _ in range(2):
        receipts.note(A, FileState.REFUSED, refusal=refusal)
    (found,) = receipts.refused()
    assert (found.attempts, str(found.refusal), type(found.refusal)) == (
        2,
        str(refusal),
        LimitExceededError,
    )
    receipts.note(SourceFile("khác.txt", A.content), FileState.PUBLISHED, report_id="r")
    assert receipts.refused() == (), "the same content was read since, under another name"


KINDS = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, IngestError)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_comes_back_as_the_same_error(kind: type[IngestError]) -> None:
    taken = list(inspect.signature(kind.__init__).parameters.values())[1:]
    given = {p.name: 7000 if p.annotation is int else f"giá trị {p.name}" for p in taken}
    error = kind(**given)
    back = decode_refusal(encode_refusal(error))
    assert (type(back), str(back), vars(back)) == (kind, str(error), vars(error))
