"""Sentences and questions as terms: names, numbers, kinds of question."""

import pytest

from hochoi.ranking.sentence_tokens import (
    KINDS,
    MAX_QUESTION_SYLLABLES,
    joined,
    read_question,
    read_sentence,
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Vì sao Bình Dương gộp hai ban chỉ đạo?", "why"),
        ("Có bao nhiêu hồ sơ?", "how_many"),
        ("doan den khi nao", "when"),
        ("Ai dẫn đầu đoàn?", "who"),
        ("Đoàn làm việc ở đâu?", "where"),
        ("Trung tâm vận hành thế nào?", "how"),
        ("Đoàn tìm hiểu gì?", "what"),
        ("Kết quả của đoàn", "other"),
    ],
)
def test_read_question_kind_is_told_by_its_words(question: str, kind: str) -> None:
    assert KINDS[read_question(question).kind] == kind


def test_read_question_words_of_asking_are_no_content() -> None:
    asked = read_question("Đoàn có bao nhiêu người?")
    assert asked.content == ("doan", "nguoi")
    assert asked.focus == {"nguoi"}


def test_read_question_accents_keep_words_of_asking_apart_from_others() -> None:
    assert "cua" in read_question("Bộ phận một cửa").content
    assert "cua" not in read_question("Đoàn của tỉnh").content


def test_read_question_endless_question_is_cut() -> None:
    assert len(read_question("hồ sơ " * 5000).sequence) == MAX_QUESTION_SYLLABLES


def test_read_sentence_finds_names_and_numbers_behind_the_first_word() -> None:
    read = read_sentence("Ngày 21/7, ông Tạ Văn Dũng dẫn đầu 57 người của tỉnh Tuyên Quang.")
    assert read.names == {"ta van dung", "tuyen quang"}
    assert read.numbers == {"21/7", "57"}
    assert {"#n", "#name"} <= read.shapes


def test_joined_sentences_hold_what_each_holds() -> None:
    parts = [read_sentence("Thăm 2 nơi:"), read_sentence("- phường Kinh Bắc")]
    both = joined(parts)
    assert both.terms == parts[0].terms | parts[1].terms
    assert len(both.sequence) == sum(len(part.sequence) for part in parts)
