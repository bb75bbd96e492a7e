"""A test set goes to a spreadsheet and back without losing an accent."""

import csv
import io
from pathlib import Path

import pytest

from evaluation.sheet import COLUMNS, from_csv, to_csv
from evaluation.testset import read_testset
from hochoi.errors import TestSetError
from hochoi.settings import SHIPPED

VISITS = SHIPPED / "corpus" / "testsets" / "visits"


def test_shipped_set_comes_back_from_csv_as_it_went(tmp_path: Path) -> None:
    testset = read_testset(VISITS)
    back = from_csv(to_csv(testset).encode(), "a.csv", tmp_path / "set")
    assert back.fingerprint == testset.fingerprint


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_as_any_spreadsheet_writes_it_is_read(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["ID", "Question", "relevant", "expected", "unknown"])
    writer.writerow(["1", "Đoàn “Huế”; gồm mấy người?", "a.txt=2\nb.txt", "57", "x"])
    testset = from_csv(stream.getvalue().encode(encoding), "a.csv", tmp_path)
    assert testset.questions[0].text == "Đoàn “Huế”; gồm mấy người?"
    assert [(q.doc_id, q.relevance) for q in testset.qrels] == [("a.txt", 2), ("b.txt", 1)]
    assert testset.expectations[0].expected == ("57",)


def test_csv_cell_that_looks_like_a_formula_is_not_run_and_comes_back(tmp_path: Path) -> None:
    head = ",".join(COLUMNS)
    text = f"{head}\nq1,'=1+1 là gì?,,,,0,0,,,\nq2,a,,,,1,0,x,d,\n"
    testset = from_csv(text.encode(), "a.csv", tmp_path)
    assert testset.questions[0].text == "=1+1 là gì?"
    assert "'=1+1 là gì?" in to_csv(testset)


def test_csv_bad_rows_are_all_named_and_nothing_is_written(tmp_path: Path) -> None:
    text = "id,question,relevant,answerable\n,Ai?,d,1\nq2,Ai?,d=x,1\nq3,Ai?,d,perhaps\n"
    with pytest.raises(TestSetError) as caught:
        from_csv(text.encode(), "a.csv", tmp_path / "set")
    assert [row.split(":")[1] for row in caught.value.rows] == ["2", "3", "4"]
    assert not (tmp_path / "set").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no column 'id'"),
        (b"id,question\n", "no question"),
        (b"id,question\n\n ,\n", "no question"),
        ("id,question\nq1,Ai?".encode("utf-16-le"), "no column"),
        (b"id,question\nq1,\xff", "not UTF-8"),
        (b'id,question\nq1,"Ai', "a.csv:2"),
    ],
)
def test_csv_that_is_none_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(TestSetError, match=reason):
        from_csv(content, "a.csv", tmp_path)


def test_csv_whose_rows_make_no_test_set_is_refused_by_the_set(tmp_path: Path) -> None:
    text = "id,question,relevant,answerable\nq1,Ai?,,1\n"
    with pytest.raises(TestSetError, match="names no relevant document"):
        from_csv(text.encode(), "a.csv", tmp_path)
