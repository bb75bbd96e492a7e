"""`hochoi evaluate`: figures, run file, baseline, gold of visit fields, and refusals."""

import json
from pathlib import Path

import pytest

from tests.ui.command_line import Program

QUERIES = """{"_id": "q1", "text": "Đoàn Cà Mau gồm bao nhiêu người?"}
{"_id": "q2", "text": "Sơn La học chuyển đổi số ở đâu?"}
{"_id": "q3", "text": "Giá vàng hôm nay?"}
"""
QRELS = "query-id\tcorpus-id\tscore\nq1\tlong-an.txt\t1\nq2\tson-la.txt\t1\n"
ANSWERS = """{"_id": "q1", "expected": ["14"], "kind": "how_many"}
{"_id": "q3", "answerable": false, "kind": "out_of_scope"}
"""
CORPUS = """{"_id": "d 1", "title": "Cà Mau", "text": "Đoàn Cà Mau gồm 14 người."}
{"_id": "d2", "title": "", "text": "Sơn La học chuyển đổi số ở Quảng Ninh."}
{"_id": "d3", "title": "", "text": ""}
{"_id": "d4", "title": "Cà Mau", "text": "Đoàn Cà Mau gồm 14 người."}
"""
MEASURES = ["Success@1", "Success@5", "Success@10", "RR@10", "nDCG@10", "R@10"]


@pytest.fixture
def testset(tmp_path: Path) -> Path:
    folder = tmp_path / "bộ 1"
    (folder / "qrels").mkdir(parents=True)
    (folder / "queries.jsonl").write_text(QUERIES, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(QRELS, encoding="utf-8")
    (folder / "answers.jsonl").write_text(ANSWERS, encoding="utf-8")
    return folder


@pytest.fixture
def own_corpus(testset: Path) -> Path:
    (testset / "corpus.jsonl").write_text(CORPUS, encoding="utf-8")
    (testset / "answers.jsonl").unlink()
    (testset / "qrels" / "test.tsv").write_text("q1\td 1\t1\nq2\td2\t1\n", encoding="utf-8")
    return testset


def test_evaluate_published_reports_prints_all_figures(filled: Program, testset: Path) -> None:
    ran = filled("evaluate", testset)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("test set     bộ 1 (")
    assert lines[0].endswith("): 2 judged of 3 questions, 2 documents")
    assert [line.split()[:2] for line in lines[1:7]] == [[name, "1.000"] for name in MEASURES]
    assert lines[7].startswith("search       p50 ")
    assert "right report first   1 of 1" in lines
    assert "answer strings       1 of 1" in lines
    assert "wrong refusals       0 of 1" in lines
    assert "missed refusals      0 of 1" in lines
    assert "altered quotes       0 of " in ran.out


def test_evaluate_writes_a_run_file_in_the_data_directory_or_where_told(
    filled: Program, testset: Path, var: Path, tmp_path: Path
) -> None:
    filled("evaluate", testset)
    (written,) = (var / "evaluations").glob("*-b-1-*/run.trec")
    first = written.read_text(encoding="utf-8").splitlines()[0].split()
    assert (first[0], first[1], first[2], first[3], first[5]) == (
        "q1", "Q0", "long-an.txt", "1", "hochoi",
    )  # fmt: skip
    own = tmp_path / "mine.run"
    assert filled("evaluate", testset, "--run", own).code == 0
    assert [line.split()[:4] for line in own.read_text().splitlines()] == [
        line.split()[:4] for line in written.read_text(encoding="utf-8").splitlines()
    ]


def test_evaluate_json_holds_every_part(filled: Program, testset: Path) -> None:
    found = filled("evaluate", testset, "--json").json
    assert isinstance(found, dict)
    assert list(found) == [
        "evaluation", "state", "test_set", "fingerprint", "questions", "judged", "documents",
        "missing", "configuration", "measures", "latency_ms", "latencies_ms", "run", "answers",
        "confidence", "slices", "baseline",
    ]  # fmt: skip
    assert (found["questions"], found["judged"], found["documents"]) == (3, 2, 2)
    assert list(found["measures"])[:6] == MEASURES
    assert found["measures"]["RR@10"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "questions": 2}
    assert set(found["latency_ms"]) == {"p50", "p95"}
    assert found["answers"]["overall"]["answer_hits"] == 1
    assert (found["answers"]["failures"], found["baseline"]) == ([], None)
    assert found["confidence"]["risk_at_coverage"] == {"0.80": 0.0, "0.90": 0.0, "0.95": 0.0}


def test_evaluate_own_corpus_leaves_the_library_alone(
    program: Program, own_corpus: Path, var: Path, tmp_path: Path
) -> None:
    found = program("evaluate", own_corpus, "--run", tmp_path / "a.run", "--json").json
    assert isinstance(found, dict)
    assert (found["documents"], found["answers"]) == (3, None)
    assert found["measures"]["Success@5"]["mean"] == 1.0
    assert "q1 Q0 d%201 " in (tmp_path / "a.run").read_text(encoding="utf-8")
    assert [path.name for path in var.iterdir()] == ["evaluations"]


def test_evaluate_own_corpus_keeps_documents_of_equal_text_apart(
    program: Program, own_corpus: Path, tmp_path: Path
) -> None:
    program("evaluate", own_corpus, "--run", tmp_path / "a.run")
    rows = [line.split() for line in (tmp_path / "a.run").read_text(encoding="utf-8").splitlines()]
    assert {row[2] for row in rows if row[0] == "q1"} >= {"d%201", "d4"}


def test_evaluate_accepted_baseline_passes_and_a_drop_exits_1(
    filled: Program, testset: Path, tmp_path: Path
) -> None:
    baseline = tmp_path / "base.json"
    assert filled("evaluate", testset, "--accept", baseline).code == 0
    same = filled("evaluate", testset, "--baseline", baseline)
    assert (same.code, same.out.splitlines()[-1]) == (0, "baseline     0 problems")
    kept = json.loads(baseline.read_text(encoding="utf-8"))
    for values in kept["values"].values():
        values["MAP"] = 1.0
    baseline.write_text(json.dumps(kept), encoding="utf-8")
    worse = filled("evaluate", testset, "--baseline", baseline)
    assert worse.code == 1
    assert worse.out.splitlines()[-2:] == [
        "missing MAP: 1.000 -> none",
        "baseline     1 problems",
    ]


def test_evaluate_baseline_of_another_set_is_refused_before_anything_runs(
    filled: Program, testset: Path, tmp_path: Path, var: Path
) -> None:
    baseline = tmp_path / "base.json"
    filled("evaluate", testset, "--accept", baseline)
    with (testset / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "q4", "text": "Ai?"}\n')
    before = sorted((var / "evaluations").iterdir())
    assert "made on test set bộ 1" in filled("evaluate", testset, "--baseline", baseline).sentence
    assert sorted((var / "evaluations").iterdir()) == before


def test_evaluate_bad_rows_are_all_named(filled: Program, testset: Path) -> None:
    (testset / "queries.jsonl").write_text("{\n[]\n", encoding="utf-8")
    ran = filled("evaluate", testset)
    assert "dòng sai" in ran.sentence
    assert "queries.jsonl:1: not JSON; queries.jsonl:2: not a JSON object" in ran.err


def test_evaluate_empty_library_is_refused_not_scored(program: Program, testset: Path) -> None:
    ran = program("evaluate", testset)
    assert "long-an.txt: not a published report" in ran.sentence


def test_evaluate_partly_published_set_says_what_is_missing(
    program: Program, testset: Path, reports: Path
) -> None:
    program("ingest", reports / "son-la.txt")
    ran = program("evaluate", testset)
    assert ran.code == 0
    assert ran.err == "note: 1 named reports are not published: long-an.txt\n"
    assert "Success@1    0.500" in ran.out


@pytest.mark.parametrize("option", ["--run", "--accept"])
def test_evaluate_unwritable_output_is_refused(
    filled: Program, testset: Path, tmp_path: Path, option: str
) -> None:
    path = tmp_path / "nowhere" / "file"
    ran = filled("evaluate", testset, option, path)
    assert ran.sentence.startswith(f"Không tạo hoặc ghi được vào “{path}”")


def test_evaluate_question_that_is_too_long_has_found_nothing(
    filled: Program, testset: Path
) -> None:
    long = json.dumps({"_id": "q1", "text": "Cà Mau " * 500}, ensure_ascii=False)
    rows = QUERIES.splitlines()[1:]
    (testset / "queries.jsonl").write_text("\n".join([long, *rows]), encoding="utf-8")
    ran = filled("evaluate", testset)
    assert ran.code == 0
    assert "Success@1    0.500" in ran.out
    assert "wrong refusals       1 of 1" in ran.out


def test_evaluate_visit_fields_scores_published_reports(
    filled: Program, tmp_path: Path, testset: Path
) -> None:
    rows = filled("reports", "--json").json
    assert isinstance(rows, list)
    gold = tmp_path / "gold.jsonl"
    labels = [{"file_name": row["file_name"], "visit": row["visit"]} for row in rows]
    gold.write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
    ran = filled("evaluate", "--visit-fields", gold)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "visit fields over 2 labelled reports"
    assert ran.out.splitlines()[-1].startswith("all read fields      P 1.000  R 1.000")
    both = filled("evaluate", testset, "--visit-fields", gold, "--json").json
    assert isinstance(both, dict)
    assert both["visit_fields"]["labels"] == 2
    assert both["visit_fields"]["overall"]["precision"] == 1.0
    assert both["test_set"] == "bộ 1"


@pytest.mark.parametrize("content", [b"{}", b"\xff\xff", b'{"file_name": "x", "visit": {}}', b""])
def test_evaluate_bad_gold_is_refused(filled: Program, tmp_path: Path, content: bytes) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(content)
    assert "dòng sai" in filled("evaluate", "--visit-fields", gold).sentence
    assert "dòng sai" in filled("evaluate", "--visit-fields", tmp_path / "none").sentence
