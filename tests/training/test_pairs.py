"""Pairs are made by rule, reproducibly, from the document they point at."""

import random
from itertools import islice

from hochoi.language.tokens import syllables
from hochoi.text import fold
from training.documents import Document
from training.pairs import batches, make_pair

DOCUMENT = Document(
    "cải cách hành chính",
    ("Ủy ban nhân dân tỉnh tiếp đoàn công tác.", "Hai bên trao đổi kinh nghiệm chuyển đổi số."),
)
MANY = [Document(f"tiêu đề {n}", (f"Câu thứ {n} của tài liệu.",)) for n in range(10)]


def pairs_of(document: Document, n: int) -> list[tuple[str, str]]:
    rng = random.Random(5)
    return [(p.anchor, p.positive) for p in (make_pair(document, rng) for _ in range(n))]


def test_make_pair_positive_holds_only_lines_of_the_document() -> None:
    allowed = {DOCUMENT.heading, *DOCUMENT.sentences}
    for _, positive in pairs_of(DOCUMENT, 200):
        assert set(positive.split("\n")) <= allowed


def test_make_pair_positive_always_holds_a_sentence() -> None:
    for document in (DOCUMENT, MANY[0]):
        for _, positive in pairs_of(document, 200):
            assert set(positive.split("\n")) & set(document.sentences)


def test_make_pair_anchor_shares_a_syllable_with_the_document() -> None:
    known = set(syllables(fold(f"{DOCUMENT.heading} {DOCUMENT.text}")))
    for anchor, _ in pairs_of(DOCUMENT, 200):
        assert known & set(syllables(fold(anchor)))


def test_make_pair_many_times_gives_accented_and_unaccented_anchors() -> None:
    anchors = {anchor for anchor, _ in pairs_of(DOCUMENT, 200)}
    assert "cải cách hành chính" in anchors
    assert "cai cach hanh chinh" in anchors


def test_make_pair_many_times_sometimes_takes_the_anchor_out_of_the_passage() -> None:
    lengths = {len(set(positive.split("\n")) & set(DOCUMENT.sentences))
               for _, positive in pairs_of(DOCUMENT, 200)}  # fmt: skip
    assert lengths == {1, 2}


def test_batches_same_seed_gives_same_pairs() -> None:
    first = list(islice(batches(MANY, 4, seed=3), 5))
    assert list(islice(batches(MANY, 4, seed=3), 5)) == first
    assert list(islice(batches(MANY, 4, seed=4), 5)) != first


def test_batches_one_round_uses_no_document_twice() -> None:
    round_of_two = list(islice(batches(MANY, 5, seed=3), 2))
    sentences = [p.positive.split("\n")[-1] for batch in round_of_two for p in batch]
    assert len(set(sentences)) == 10
