"""What the judge of sentences learns from: clear questions only, evidence from other articles."""

import numpy as np
import pytest

from hochoi.ranking.sentence_features import known_columns
from hochoi.ranking.sentence_tokens import read_question, read_sentence
from training.answer_sentences import Example, Text

pytest.importorskip("lightgbm", reason="comes with the extra `train`")

from training.train_sentences import gather, is_clear, pairs


def example(title: str, question: str, sentences: list[str], right: list[bool]) -> Example:
    tokens = tuple(map(read_sentence, sentences))
    return Example(
        read_question(question), Text(title, tuple(sentences), tokens, frozenset()), tuple(right)
    )


CLEAR = [
    example(
        f"Bài {n}", f"Tỉnh {n} có mấy xã?", ["Đoàn đến.", f"Tỉnh {n} có {n} xã."], [False, True]
    )
    for n in range(1, 11)
]
UNCLEAR = example("Bài", "Mấy xã?", ["Có 3 xã.", "Còn 3 xã."], [True, True])
ALONE = example("Bài", "Mấy xã?", ["Có 3 xã."], [True])


def test_only_questions_with_one_right_sentence_of_several_are_learned_from() -> None:
    assert [is_clear(e) for e in (CLEAR[0], UNCLEAR, ALONE)] == [True, False, False]
    assert len(pairs([*CLEAR, UNCLEAR, ALONE])) == len(CLEAR)


def test_gather_gives_every_clear_question_once_with_all_columns() -> None:
    found = gather([*CLEAR, UNCLEAR], lambda term: 1.0)
    assert sorted(one.article for one in found) == sorted(e.text.title for e in CLEAR)
    for one in found:
        assert one.table.shape == (2, len(known_columns()))
        assert np.isfinite(one.table).all()
        assert one.right == 1
