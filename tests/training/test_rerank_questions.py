"""Questions for the re-ranker: seeded, answered by a text that is there, none from evaluation."""

import gzip
import json
from pathlib import Path

import pytest

from hochoi.text import fold
from training.rerank_questions import sources, terms

PASSAGE = " ".join(f"câu số {n} của bài về đồng bằng sông Cửu Long thứ {n}" for n in range(8)) + "."
ANSWER = " ".join(f"lời {n} về vùng cao phía bắc nước ta phần {n}" for n in range(9)) + "."


def write_rows(path: Path, *rows: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(lines)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    asked = {"question": "Sông nào chảy qua?", "title": "Đồng bằng"}
    write_rows(
        tmp_path / "train/viquad-train.jsonl.gz",
        {**asked, "passage_id": "p1", "passage": PASSAGE},
        {**asked, "passage_id": "p2", "passage": ANSWER},
    )
    law = {"title": "luat-dat-dai: Điều 1. Phạm vi", "text": PASSAGE.replace("câu", "khoản")}
    copied = {"title": "luat-cu: Điều 2. Khác", "text": ANSWER}
    write_rows(tmp_path / "train/laws-vi.jsonl.gz", law, copied)
    page = {"title": "Cần Thơ", "text": PASSAGE.replace("câu", "ý")}
    write_rows(tmp_path / "train/wikipedia-vi-2017.jsonl.gz", page, {**page, "text": ANSWER})
    folder = tmp_path / "eval" / "toy"
    write_rows(
        folder / "corpus.jsonl.gz",
        {"_id": "a", "title": "", "text": ANSWER},
        {"_id": "b", "title": "", "text": PASSAGE},
    )
    (folder / "qrels").mkdir()
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "Vùng cao ở đâu?"}\n')
    (folder / "qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n")
    return tmp_path


def test_sources_leave_out_what_answers_an_evaluation_question(data: Path) -> None:
    for source in sources(data, (10, 10, 10), seed=1):
        assert all(ANSWER[:40] not in text.text for text in source.texts), source.name


def test_sources_keep_viquad_passages_that_only_stand_among_wrong_answers(data: Path) -> None:
    viquad, *_ = sources(data, (10, 10, 10), seed=1)
    assert [text.text_id for text in viquad.texts] == ["p1"]


def test_sources_questions_are_answered_by_texts_that_are_there(data: Path) -> None:
    for source in sources(data, (10, 10, 10), seed=1):
        known = {text.text_id for text in source.texts}
        assert source.questions, source.name
        for asked in source.questions:
            assert asked.text_id in known
            assert asked.question.strip()


def test_sources_same_seed_gives_the_same(data: Path) -> None:
    assert sources(data, (10, 10, 10), seed=4) == sources(data, (10, 10, 10), seed=4)


def test_sources_fold_some_questions(data: Path) -> None:
    asked = [sources(data, (1, 0, 0), seed=n)[0].questions[0].question for n in range(30)]
    assert set(asked) == {"Sông nào chảy qua?", fold("Sông nào chảy qua?")}


def test_terms_are_what_an_article_that_explains_words_defines() -> None:
    explains = [
        "Trong Luật này, các từ ngữ dưới đây được hiểu như sau:",
        "1.",
        "Dịch vụ công là dịch vụ thiết yếu.",
        "a) Chữ ký số được hiểu là dữ liệu điện tử.",
        "Cơ quan, tổ chức là chủ thể.",
        "Không định nghĩa gì cả.",
    ]
    assert terms(explains) == ["Dịch vụ công", "Chữ ký số"]
    assert terms(explains[1:]) == []


def test_sources_ask_for_the_meaning_of_what_laws_define(data: Path) -> None:
    """They are answered by the article that explains words, not by those that use them."""
    explains = PASSAGE.replace("câu", "mục")
    text = f"Các từ ngữ sau được hiểu như sau: {explains} Thửa đất thổ cư là phần đất ở."
    write_rows(
        data / "train/laws-vi.jsonl.gz", {"title": "luat-dat-dai: Điều 3. Giải thích", "text": text}
    )
    laws = sources(data, (1, 8, 1), seed=1)[1]
    asked = [fold(q.question).lower() for q in laws.questions]
    assert any("thua dat tho cu" in a and ("la" in a or "khai niem" in a) for a in asked)
