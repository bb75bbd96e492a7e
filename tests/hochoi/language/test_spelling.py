"""Suggested diacritics: learned from texts, never for a question that has its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hochoi.language.spelling import Restorer
from hochoi.text import fold

TEXTS = (
    "Trưởng đoàn công tác tỉnh Tuyên Quang là ông Tạ Văn Dũng, Chánh Văn phòng UBND tỉnh.",
    "Đoàn nghiên cứu cải cách hành chính, chuyển đổi số tại Thành phố Hồ Chí Minh.",
    "Tỉnh Bắc Ninh tiếp đoàn Nghệ An về kiểm soát thủ tục hành chính.",
    "Hội nghị bàn về số hóa hồ sơ. Số đại biểu là 57 người.",
)


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer(TEXTS)


@given(question=st.text())
def test_restore_any_question_changes_only_marks(restorer: Restorer, question: str) -> None:
    restored = restorer.restore(question)
    assert restored is None or (restored != question and fold(restored) == fold(question))


@given(words=st.lists(st.sampled_from(fold(" ".join(TEXTS)).split()), min_size=1, max_size=30))
def test_restore_words_of_the_corpus_changes_only_marks(
    restorer: Restorer, words: list[str]
) -> None:
    question = " ".join(words)
    assert fold(restorer.restore(question) or question) == question


@pytest.mark.parametrize(
    ("question", "suggestion"),
    [
        ("truong doan tuyen quang la ai", "trưởng đoàn tuyên quang là ai"),
        ("Chuyen doi so tai Bac Ninh?", "Chuyển đổi số tại Bắc Ninh?"),
        ("CAI CACH HANH CHINH", "CẢI CÁCH HÀNH CHÍNH"),
        ("so hoa ho so", "số hóa hồ sơ"),
        ("doan cua Nghe An gom bao nhieu nguoi", "đoàn cua Nghệ An gồm bao nhiêu người"),
    ],
)
def test_restore_unaccented_question_gets_the_marks_of_the_corpus(
    restorer: Restorer, question: str, suggestion: str
) -> None:
    assert restorer.restore(question) == suggestion


@pytest.mark.parametrize(
    "question",
    [
        "",
        "???",
        "2025",
        "trưởng doan la ai",
        "hồi so hoa ho so",
        "what is the name of this office",
        "UBND",
        "doan " * 1000,
    ],
)
def test_restore_nothing_to_suggest_is_none(restorer: Restorer, question: str) -> None:
    assert restorer.restore(question) is None


def test_restorer_without_texts_knows_question_words() -> None:
    assert Restorer(()).restore("o dau") == "ở đâu"


def test_restorer_reads_hoi_before_a_month_as_a_time() -> None:
    restorer = Restorer((*TEXTS, "Hội nghị tháng 7.", "Hội đồng nhân dân tỉnh."))
    assert restorer.restore("so hoa ho so hoi thang 7") == "số hóa hồ sơ hồi tháng 7"
