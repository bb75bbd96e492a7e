"""Training texts become documents of sentences, without copies of evaluation texts."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from training.documents import (
    LAWS_FILE,
    MAX_CHARS,
    WIKIPEDIA_FILE,
    Document,
    cut,
    law_documents,
    read_documents,
    shingles,
    wikipedia_documents,
    without_leaks,
)

SENTENCE = "Đoàn công tác của tỉnh học tập kinh nghiệm cải cách hành chính tại thành phố này."
OTHER = "Bãi biển dài hai mươi cây số nằm ở phía đông và thu hút nhiều du khách mỗi mùa hè."
LONG = " ".join([SENTENCE] * 60)


def write_rows(path: Path, rows: Iterable[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_cut_long_text_keeps_every_sentence_in_order() -> None:
    documents = list(cut("tiêu đề", LONG))
    assert [s for d in documents for s in d.sentences] == [SENTENCE] * 60


def test_cut_long_text_gives_documents_within_the_limit() -> None:
    documents = list(cut("tiêu đề", LONG))
    assert len(documents) == 5
    assert all(len(d.text) <= MAX_CHARS for d in documents)


def test_cut_single_overlong_sentence_stays_whole() -> None:
    words = "chữ " * 500 + "hết."
    assert [d.sentences for d in cut("tiêu đề", words)] == [(words,)]


@pytest.mark.parametrize("text", ["", " \n ", "Quá ngắn."])
def test_cut_text_without_content_gives_nothing(text: str) -> None:
    assert list(cut("tiêu đề", text)) == []


def test_wikipedia_documents_section_carries_title_and_heading() -> None:
    text = (
        f"{SENTENCE} {OTHER}\n\n== Lịch sử ==\n{OTHER} {SENTENCE}\n\n=== Cổ đại ===\n{LONG[:400]}"
    )
    headings = [d.heading for d in wikipedia_documents("hà nội", text)]
    assert headings == ["hà nội", "hà nội, Lịch sử", "hà nội, Cổ đại"]


def test_wikipedia_documents_reference_section_is_left_out() -> None:
    text = f"{SENTENCE} {OTHER}\n\n== Tham khảo ==\n{SENTENCE} {OTHER}"
    assert len(list(wikipedia_documents("hà nội", text))) == 1


def test_law_documents_heading_loses_article_number() -> None:
    title = "luat-di-san-van-hoa: Điều 30. 1. Thẩm quyền xếp hạng di tích:"
    (document,) = law_documents(title, f"{SENTENCE} {OTHER}")
    assert document.heading == "luat di san van hoa: Thẩm quyền xếp hạng di tích"


def test_shingles_case_and_spacing_change_nothing() -> None:
    assert shingles(SENTENCE) == shingles(SENTENCE.upper().replace(" ", "\n"))


def test_without_leaks_copied_text_is_dropped_and_new_text_stays() -> None:
    copied, new = Document("a", (SENTENCE,)), Document("b", (OTHER,))
    assert list(without_leaks([copied, new], shingles(f"Trước đó. {SENTENCE}"))) == [new]


def test_read_documents_evaluation_passages_and_questions_stay_out(tmp_path: Path) -> None:
    pages = [f"{SENTENCE} {SENTENCE}", f"{OTHER} {OTHER}"]
    write_rows(tmp_path / WIKIPEDIA_FILE, [{"title": "trang", "text": text} for text in pages])
    kept = "Cơ quan nhà nước có trách nhiệm trả lời công dân trong mười ngày kể từ khi nhận đơn. "
    write_rows(tmp_path / LAWS_FILE, [{"title": "luat-a: Điều 1. Tên", "text": kept * 2}])
    folder = tmp_path / "eval" / "set-dev"
    write_rows(folder / "corpus.jsonl.gz", [{"_id": "1", "title": "", "text": SENTENCE * 2}])
    (folder / "queries.jsonl").write_text(
        json.dumps({"_id": "q", "text": f"{OTHER} {OTHER}"}), encoding="utf-8"
    )
    assert [d.heading for d in read_documents(tmp_path)] == ["luat a: Tên"]


def test_read_documents_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_documents(tmp_path)
