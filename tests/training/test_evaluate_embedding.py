"""The measures of an embedding on a test set small enough to rank by hand."""

import json
from pathlib import Path

import pytest

from evaluation.testset import TestSet, read_testset
from hochoi.static_encoder import StaticEncoder
from training.evaluate_embedding import evaluate, main

MODEL = Path(__file__).parents[2] / "models" / "hochoi-static-256"
DOCUMENTS = {
    "gold": "Giá vàng trong nước tăng mạnh.",
    "sea": "Bãi biển đẹp thu hút du khách.",
    "law": "Luật này quy định về cán bộ, công chức.",
}
QUESTIONS = {"q1": ("Bãi biển có du khách không?", "sea"), "q2": ("giá vàng", "gold")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [{"_id": name, "title": "", "text": text} for name, text in DOCUMENTS.items()]
    asked = [{"_id": name, "text": text} for name, (text, _) in QUESTIONS.items()]
    judged = [f"{name}\t{doc_id}\t1" for name, (_, doc_id) in QUESTIONS.items()]
    (tmp_path / "qrels").mkdir()
    for name, lines in {
        "corpus.jsonl": map(json.dumps, rows),
        "queries.jsonl": map(json.dumps, asked),
        "qrels/test.tsv": ["query-id\tcorpus-id\tscore", *judged],
    }.items():
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_evaluate_easy_questions_are_all_found_first(folder: Path) -> None:
    lines = list(evaluate(read_testset(folder), StaticEncoder(MODEL), fused=True))
    assert [(line.questions, line.search) for line in lines] == [
        (questions, search)
        for questions in ("accented", "unaccented")
        for search in ("vectors", "keywords", "both")
    ]
    assert all(line.values == (1.0, 1.0, 1.0) for line in lines)


def test_evaluate_set_without_documents_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no corpus\.jsonl"):
        list(evaluate(TestSet("empty", (), ()), StaticEncoder(MODEL), fused=False))


def test_main_prints_a_table_row_per_search(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--model", str(MODEL), str(folder)])
    rows = capsys.readouterr().out.splitlines()
    assert rows[2:] == [
        f"| {folder.name} | accented | vectors | 1.000 / 1.000 / 1.000 |",
        f"| {folder.name} | unaccented | vectors | 1.000 / 1.000 / 1.000 |",
    ]
