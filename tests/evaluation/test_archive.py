"""Evaluations are kept row by row, survive a crash, and go on."""

from pathlib import Path

import pytest

from evaluation.archive import DOCUMENTS_KEPT, Archive, State, code_fingerprint, new_id
from evaluation.figures import figures_of, with_values
from evaluation.runs import read_run
from hochoi.errors import NotFoundError, StoreLockedError
from tests.evaluation.evaluation_builders import make_testset
from tests.evaluation.row_builders import CONFIGURATION, head_of, row_of

ID = "20261127-080000-bo-1-00ff"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "evaluations")


def test_finished_evaluation_reads_back_with_values_and_run(archive: Archive) -> None:
    with archive.record(head_of(ID, questions=2)) as recording:
        recording.add(row_of("q1"))
        recording.add(row_of("q2", "b a"))
        kept = recording.finish(State.DONE)
    head = archive.head(ID)
    assert (head.state, head.done) == (State.DONE, 2)
    assert archive.rows(ID) == kept
    assert [row.values["RR@10"] for row in kept] == [1.0, 0.5]
    run = read_run(archive.file(ID, "run.trec"), make_testset("q1 a 1\nq2 a 1"))
    assert [[d.doc_id for d in r.documents] for r in run.rankings] == [["a", "b"], ["b", "a"]]


def test_figures_and_means_are_kept_and_are_those_of_the_rows(archive: Archive) -> None:
    with archive.record(head_of(ID, questions=2)) as recording:
        recording.add(row_of("q1"))
        recording.add(row_of("q2", "b a"))
        assert archive.figures(ID) == figures_of(with_values(recording.rows)), "so far"
        kept = recording.finish(State.DONE)
    assert archive.figures(ID) == figures_of(kept)
    assert archive.head(ID).means["RR@10"] == 0.75


@pytest.mark.parametrize("query_id", ["q1", 'q"1', 'q,"text":', "câu ٣\u2028", "q%0 a"])
def test_row_of_one_question_is_found_alone(archive: Archive, query_id: str) -> None:
    with archive.record(head_of(ID)) as recording:
        for name in ("q10", query_id, f"{query_id}0"):
            recording.add(row_of(name))
        recording.finish(State.DONE)
    assert archive.row(ID, query_id).query_id == query_id
    with pytest.raises(NotFoundError):
        archive.row(ID, query_id[:-1])


def test_rows_of_a_long_ranking_keep_what_pages_show_and_the_run_all(archive: Archive) -> None:
    found = " ".join(f"d{n}" for n in range(DOCUMENTS_KEPT + 5))
    with archive.record(head_of(ID, questions=1)) as recording:
        recording.add(row_of("q1", found, "d3"))
        recording.finish(State.DONE)
    assert len(archive.rows(ID)[0].documents) == DOCUMENTS_KEPT
    run = read_run(archive.file(ID, "run.trec"), make_testset("q1 d3 1"))
    assert len(run.rankings[0].documents) == DOCUMENTS_KEPT + 5


def test_evaluation_that_died_is_interrupted_and_keeps_whole_rows(archive: Archive) -> None:
    with archive.record(head_of(ID)) as recording:
        recording.add(row_of("q1"))  # and the block is left without `finish`
    path = archive.folder / ID / "rows.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + '{"asked": {"que', encoding="utf-8")
    assert (archive.head(ID).state, archive.head(ID).done) == (State.INTERRUPTED, 1)
    assert archive.interrupted(make_testset("q1 a 1"), CONFIGURATION) == ID
    with archive.record(archive.head(ID)) as recording:
        assert [row.query_id for row in recording.rows] == ["q1"]
        recording.add(row_of("q2"))
        recording.finish(State.DONE)
    assert [row.query_id for row in archive.rows(ID)] == ["q1", "q2"]
    assert archive.interrupted(make_testset("q1 a 1"), CONFIGURATION) is None


def test_unfinished_evaluation_of_another_set_is_not_gone_on_with(archive: Archive) -> None:
    with archive.record(head_of(ID, fingerprint="other")) as recording:
        recording.add(row_of("q1"))
    assert archive.interrupted(make_testset("q1 a 1"), CONFIGURATION) is None


def test_running_evaluation_is_neither_written_twice_nor_removed(archive: Archive) -> None:
    with archive.record(head_of(ID)) as recording:
        recording.add(row_of("q1"))
        assert archive.head(ID).state is State.RUNNING
        with pytest.raises(StoreLockedError), archive.record(head_of(ID)):
            pytest.fail("two writers")
        with pytest.raises(StoreLockedError):
            archive.remove(ID)
    archive.remove(ID)
    assert archive.heads() == ()


@pytest.mark.parametrize("name", ["", "..", "../x", ID.upper(), ID, "nothing"])
def test_evaluation_that_does_not_exist_is_not_found(archive: Archive, name: str) -> None:
    for look in (archive.head, archive.rows, archive.remove):
        with pytest.raises(NotFoundError):
            look(name)


def test_only_files_of_an_evaluation_are_given_out(archive: Archive) -> None:
    with archive.record(head_of(ID)) as recording:
        recording.finish(State.STOPPED)
    assert archive.file(ID, "head.json").is_file()
    for name in ("lock", "../../secret", "nothing"):
        with pytest.raises(NotFoundError):
            archive.file(ID, name)


def test_heads_stand_newest_first(archive: Archive) -> None:
    later = ID.replace("080000", "090000")
    for name in (ID, later):
        with archive.record(head_of(name)) as recording:
            recording.finish(State.DONE)
    assert [head.evaluation_id for head in archive.heads()] == [later, ID]


def test_new_id_of_any_name_is_one_that_is_found_again(archive: Archive) -> None:
    from dataclasses import replace
    from datetime import datetime

    for name in ("Bộ câu hỏi số 1", "---", "a" * 99):
        testset = replace(make_testset("q1 a 1"), name=name)
        evaluation_id = new_id(testset, datetime(2026, 11, 27, 8, 0, 0))
        with archive.record(head_of(evaluation_id)) as recording:
            recording.finish(State.DONE)
        assert archive.head(evaluation_id).evaluation_id == evaluation_id


def test_code_fingerprint_is_twelve_digits() -> None:
    assert len(code_fingerprint()) == 12
