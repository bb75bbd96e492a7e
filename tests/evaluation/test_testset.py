"""Reading test sets: what is read, and that every bad row is named at once."""

import gzip
import random
from pathlib import Path

import pytest

from evaluation.testset import Expectation, Qrel, Question, read_testset
from hochoi.errors import TestSetError

QUERIES = '{"_id": "q1", "text": "Ai dẫn đầu?"}\n{"_id": "q2", "text": "Bao nhiêu người?"}\n'
QRELS = "query-id\tcorpus-id\tscore\nq1\tbáo cáo 1.md\t1\nq2\tb.md\t2\n"


def write(folder: Path, **files: str) -> Path:
    """Write files named by keyword (`qrels` is qrels/test.tsv, others NAME.jsonl)."""
    (folder / "qrels").mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / ("qrels/test.tsv" if name == "qrels" else f"{name}.jsonl")
        path.write_bytes(content.encode("utf-8"))
    return folder


def bad_rows(folder: Path) -> tuple[str, ...]:
    with pytest.raises(TestSetError) as caught:
        read_testset(folder)
    rows: tuple[str, ...] = caught.value.rows
    return rows


def test_read_testset_plain_folder_returns_rows_in_order(tmp_path: Path) -> None:
    testset = read_testset(write(tmp_path, queries=QUERIES, qrels=QRELS))
    assert testset.questions == (Question("q1", "Ai dẫn đầu?"), Question("q2", "Bao nhiêu người?"))
    assert testset.qrels == (Qrel("q1", "báo cáo 1.md", 1), Qrel("q2", "b.md", 2))
    assert testset.name == tmp_path.name
    assert (testset.expectations, testset.documents) == ((), ())


@pytest.mark.parametrize(
    "qrels",
    [
        "q1\td1\t1\n",
        "query-id\tcorpus-id\tscore\r\nq1\td1\t1\r\n",
        "\ufeffquery-id\tcorpus-id\tscore\nq1\td1\t1",
        "\nquery-id corpus-id score\nq1 d1 1\n",
        "q1 0 d1 1\n",
        "q1\t0\td1\t1\n\n",
    ],
)
def test_read_testset_qrels_shapes_give_the_same_judgement(tmp_path: Path, qrels: str) -> None:
    testset = read_testset(write(tmp_path, queries=QUERIES, qrels=qrels))
    assert testset.qrels == (Qrel("q1", "d1", 1),)


def test_read_testset_decomposed_text_becomes_nfc(tmp_path: Path) -> None:
    queries = '{"_id": "q1", "text": "a\u0302\u0301"}'
    testset = read_testset(write(tmp_path, queries=queries, qrels="q1\ta\u0302\t1\n"))
    assert (testset.questions[0].text, testset.qrels[0].doc_id) == ("ấ", "â")


def test_read_testset_answers_give_expectations_and_history(tmp_path: Path) -> None:
    answers = (
        '{"_id": "q1", "expected": ["Tạ Văn Dũng"], "kind": "who", "tags": ["accented"],'
        ' "history": ["Đoàn nào?"]}\n'
        '{"_id": "q2", "answerable": false, "nearest": "b.md"}\n'
    )
    folder = write(tmp_path, queries=QUERIES, qrels="q1\ta.md\t1\n", answers=answers)
    testset = read_testset(folder)
    assert testset.expectations == (
        Expectation("q1", kind="who", expected=("Tạ Văn Dũng",), tags=("accented",)),
        Expectation("q2", answerable=False, nearest="b.md"),
    )
    assert testset.questions[0].history == ("Đoàn nào?",)
    assert [question.query_id for question in testset.judged] == ["q1"]
    assert testset.relevant() == {"q1": frozenset({"a.md"}), "q2": frozenset()}


@pytest.mark.parametrize("name", ["corpus.jsonl", "corpus.jsonl.gz"])
def test_read_testset_corpus_plain_or_packed_is_read(tmp_path: Path, name: str) -> None:
    write(tmp_path, queries=QUERIES, qrels="q1\td1\t1\n")
    rows = '{"_id": "d1", "title": "Đoàn", "text": "Nội dung"}\n{"_id": 2, "text": "x"}\n'.encode()
    (tmp_path / name).write_bytes(gzip.compress(rows) if name.endswith("gz") else rows)
    documents = read_testset(tmp_path).documents
    assert [(d.doc_id, d.title, d.text) for d in documents] == [
        ("d1", "Đoàn", "Nội dung"),
        ("2", "", "x"),
    ]


def test_read_testset_many_bad_rows_names_each_with_file_and_line(tmp_path: Path) -> None:
    queries = (
        '{"_id": "q1", "text": "Ai?"}\n'
        "\n"
        "{not json}\n"
        '["q2"]\n'
        '{"_id": "q1", "text": "Lần nữa?"}\n'
        '{"_id": "", "text": "Không mã"}\n'
        '{"_id": "q7", "text": 5}\n'
    )
    qrels = "q1\td1\t1\nq1\td1\t1\nq9\td1\t1\nq1\td2\tcao\nq1\td2\nq7\td2\t1.0\n"
    answers = (
        '{"_id": "q8"}\n'
        '{"_id": "q1", "answerable": "yes", "tags": "x"}\n'
        '{"_id": "q7", "expected": ["a"]}\n'
    )
    rows = bad_rows(write(tmp_path, queries=queries, qrels=qrels, answers=answers))
    assert [row.split(": ")[0] for row in rows] == [
        "queries.jsonl:3",
        "queries.jsonl:4",
        "queries.jsonl:5",
        "queries.jsonl:6",
        "queries.jsonl:7",
        "qrels/test.tsv:2",
        "qrels/test.tsv:3",
        "qrels/test.tsv:4",
        "qrels/test.tsv:5",
        "qrels/test.tsv:6",
        "answers.jsonl:1",
        "answers.jsonl:2",
        "answers.jsonl:2",
        "answers.jsonl:3",
    ]
    assert rows[2] == "queries.jsonl:5: id 'q1' stands already in queries.jsonl:1"
    assert rows[7] == "qrels/test.tsv:4: score 'cao' is not a whole number"


def test_read_testset_unanswerable_with_a_document_is_refused(tmp_path: Path) -> None:
    answers = '{"_id": "q1", "answerable": false}\n'
    assert bad_rows(write(tmp_path, queries=QUERIES, qrels="q1\td1\t1\n", answers=answers)) == (
        "answers.jsonl:1: 'q1' is unanswerable but has an answer or a document",
    )


def test_read_testset_question_to_ask_back_must_be_answerable(tmp_path: Path) -> None:
    answers = '{"_id": "q2", "answerable": false, "ask_back": true}\n'
    assert bad_rows(write(tmp_path, queries=QUERIES, qrels="q1\td1\t1\n", answers=answers)) == (
        "answers.jsonl:1: 'q2' is to be asked back, so it must be answerable",
    )


def test_read_testset_missing_files_are_all_named(tmp_path: Path) -> None:
    assert bad_rows(tmp_path) == (
        "queries.jsonl: no such file",
        "qrels/test.tsv: no such file",
    )
    assert bad_rows(tmp_path / "nowhere") == ("no such folder",)


def test_read_testset_empty_files_are_an_error(tmp_path: Path) -> None:
    rows = bad_rows(write(tmp_path, queries="\n", qrels="query-id\tcorpus-id\tscore\n", corpus=""))
    assert rows == (
        "corpus.jsonl: no document",
        "queries.jsonl: no question",
        "qrels/test.tsv: no judgement",
    )


def test_read_testset_judged_document_outside_its_corpus_is_named(tmp_path: Path) -> None:
    corpus = '{"_id": "d1", "text": "x"}\n'
    folder = write(tmp_path, queries=QUERIES, qrels="q1\td1\t1\nq2\td2\t1\n", corpus=corpus)
    assert bad_rows(folder) == ("qrels/test.tsv:2: unknown document 'd2'",)


def test_read_testset_damaged_files_are_named(tmp_path: Path) -> None:
    write(tmp_path, qrels="q1\td1\t1\n")
    (tmp_path / "queries.jsonl").write_bytes(b'{"_id": "q1", "text": "\xff"}\n' + b"[" * 100_000)
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(random.Random(0).randbytes(99))[:50])
    places = [row.split(":")[0] for row in bad_rows(tmp_path)]
    assert places.count("queries.jsonl") == 3
    assert "corpus.jsonl.gz" in places


def test_relevant_leaves_out_documents_judged_not_relevant(tmp_path: Path) -> None:
    testset = read_testset(write(tmp_path, queries=QUERIES, qrels="q1\ta.md\t0\nq1\tb.md\t2\n"))
    assert testset.relevant()["q1"] == {"b.md"}


def test_fingerprint_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    swapped = "\n".join(reversed(QUERIES.strip().split("\n")))
    first = read_testset(write(tmp_path / "a", queries=QUERIES, qrels=QRELS))
    same = read_testset(write(tmp_path / "b", queries=swapped, qrels=QRELS))
    other = read_testset(write(tmp_path / "c", queries=QUERIES.replace("Ai", "Kẻ"), qrels=QRELS))
    assert first.fingerprint == same.fingerprint
    assert first.fingerprint != other.fingerprint


def test_document_ids_prefer_report_ids_and_fall_back_to_file_names(tmp_path: Path) -> None:
    testset = read_testset(write(tmp_path, queries=QUERIES, qrels="q1\tr1\t1\nq2\tb.md\t1\n"))
    file_names = {"r1": "a.md", "r2": "b.md", "r3": "c.md"}
    assert testset.document_ids(file_names) == {"r1": "r1", "r2": "b.md", "r3": "c.md"}
    assert testset.missing(file_names) == ()
    assert testset.missing({"r1": "a.md"}) == ("b.md",)
