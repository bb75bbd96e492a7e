"""Evidence for candidates: counted by hand on texts one can read."""

from collections.abc import Sequence

import numpy as np
import pytest

from hochoi.ranking.features import Candidates, Column, features
from hochoi.ranking.tokens import QueryTokens, read_passage, read_query
from hochoi.text import fold

TITLE = "Vĩnh Long tiếp đoàn Cà Mau"


def query(question: str, rare: Sequence[str] = ()) -> QueryTokens:
    """Return a question whose terms all weigh 1, those in `rare` 3."""
    found = read_query(question, lambda term: 3.0 if term in rare else 1.0)
    assert found is not None
    return found


def columns(
    question: QueryTokens, *passages: tuple[str, str], **given: Column
) -> dict[str, Column]:
    n = len(passages)
    zeros = np.zeros(n, dtype=np.float32)
    return features(
        question,
        Candidates(
            [read_passage(header, body) for header, body in passages],
            lexical=given.get("lexical", zeros),
            cosine=given.get("cosine", zeros),
            fused=given.get("fused", zeros),
            report=given.get("report", np.arange(n)).astype(np.int64),
            header=given.get("header", np.full(n, -1)).astype(np.int64),
            is_first=np.ones(n, dtype=np.bool_),
        ),
    )


def test_passage_header_is_the_first_sentence() -> None:
    tokens = read_passage(TITLE, "Học một cửa. Nghe báo cáo!\nHỏi đáp")
    assert tokens.n_header == 6
    assert tokens.sentence.tolist() == [0] * 6 + [1] * 3 + [2] * 3 + [3] * 2


def test_passage_without_header_starts_with_sentence_0() -> None:
    assert read_passage("", "Một. Hai... Ba 12.5 ha").sentence.tolist() == [0, 1, 2, 2, 2, 2]


@pytest.mark.parametrize("text", ["", "... !!! \n\n", "🙂"])
def test_passage_without_syllables_is_empty(text: str) -> None:
    assert len(read_passage(text, text)) == 0


@pytest.mark.parametrize("text", ["", "?!", "🙂 …"])
def test_query_without_syllables_is_none(text: str) -> None:
    assert read_query(text, lambda term: 1.0) is None


def test_query_words_of_asking_weigh_nothing() -> None:
    found = query("cửa của ai")
    assert sorted(found.weight.tolist()) == [0, 1]  # "cửa" and "của" are one folded term
    assert sorted(query("cửa là gì").weight.tolist()) == [0, 0, 1]


def test_query_of_asking_words_only_keeps_them() -> None:
    assert query("là gì").weight.tolist() == [0.5, 0.5]


def test_features_cover_is_the_share_of_weight_found() -> None:
    found = columns(query("kho dữ liệu chung", rare=["kho"]), ("", "Kho dữ"), ("", "xa xôi"))
    assert found["cover"].tolist() == pytest.approx([4 / 6, 0])
    assert found["cover"].tolist() == found["report"].tolist()


def test_features_sentence_is_the_best_one_and_header_helps() -> None:
    question = query("Vĩnh Long kho dữ liệu")
    apart, together = "Có kho. Có dữ liệu.", "Có kho dữ liệu."
    found = columns(question, ("", apart), ("", together), (TITLE, together))
    assert found["sentence"].tolist() == pytest.approx([2 / 5, 3 / 5, 3 / 5])
    assert found["sentence_header"].tolist() == pytest.approx([2 / 5, 3 / 5, 1])
    assert found["two_sentences"].tolist() == pytest.approx([3 / 5, 3 / 5, 1])
    assert found["header"].tolist() == pytest.approx([0, 0, 2 / 5])


def test_features_run_is_the_longest_copied_one() -> None:
    question = query("kho dữ liệu dùng chung")
    found = columns(question, ("", "dùng kho dữ liệu"), ("", "chung dùng liệu dữ kho"))
    assert found["run_length"].tolist() == [3, 1]
    assert found["run_weight"].tolist() == pytest.approx([3 / 5, 1 / 5])


def test_features_window_needs_terms_close_together() -> None:
    filler = " xa" * 30
    question = query("kho chung")
    found = columns(question, ("", "kho chung"), ("", f"kho{filler} chung"))
    assert found["window_8"].tolist() == pytest.approx([1, 0.5])


def test_features_order_of_the_question_counts() -> None:
    question = query("tỉnh nhà học")
    found = columns(question, ("", "tỉnh nhà học"), ("", "học nhà tỉnh"))
    assert found["order"].tolist() == pytest.approx([2 / 3, 0])


def test_features_folded_question_differs_in_accents_only() -> None:
    passages = (TITLE, "Học kho dữ liệu. Nghe 12 báo cáo."), ("", "Dự lieu khác, chung.")
    written, typed = "Kho dữ liệu Vĩnh Long?", fold("Kho dữ liệu Vĩnh Long?")
    a, b = columns(query(written), *passages), columns(query(typed), *passages)
    differing = {name for name in a if not np.allclose(a[name], b[name])}
    assert differing <= {"accents_agree", "question_accents", "names"}
    assert a["accents_agree"][0] == pytest.approx(1)


def test_features_report_joins_its_passages() -> None:
    question = query("kho chung")
    passages = ("", "kho"), ("", "chung"), ("", "kho")
    found = columns(question, *passages, report=np.array([1, 1, 2], dtype=np.float32))
    assert found["report"].tolist() == pytest.approx([1, 1, 0.5])
    assert found["report_passages"].tolist() == [2, 2, 1]


def test_features_header_mean_is_of_the_others() -> None:
    found = columns(
        query("kho"),
        *[("", "kho")] * 4,
        lexical=np.array([4, 2, 1, 4], dtype=np.float32),
        header=np.array([7, 7, 7, -1], dtype=np.float32),
    )
    assert found["header_mean"].tolist() == pytest.approx([0.375, 0.625, 0.75, 0])


def test_features_every_column_is_finite_and_gaps_end_at_0() -> None:
    passages = ("", ""), (TITLE, ""), ("", "một " * 400), (TITLE, "kho. 12/SNV-CC\n\n.")
    for question in ("kho", "là gì", "kho kho kho " * 60, "12/SNV-CC Vĩnh Long kho dữ liệu"):
        found = columns(query(question), *passages)
        for name, values in found.items():
            assert values.shape == (4,), name
            assert np.isfinite(values).all(), name
            if name.endswith("_gap"):
                assert values.max() == pytest.approx(0), name


def test_features_order_of_candidates_does_not_matter() -> None:
    passages = [(TITLE, "Học kho dữ liệu."), ("", "dữ kho"), ("", "Kho. Liệu dữ liệu kho.")]
    fused = np.array([0.9, 0.5, 0.7], dtype=np.float32)
    ahead = columns(query("kho dữ liệu"), *passages, fused=fused)
    back = columns(query("kho dữ liệu"), *passages[::-1], fused=fused[::-1])
    for name in ahead:
        if not name.startswith(("lexical_rank", "cosine_rank", "header_", "report")):
            assert ahead[name].tolist() == pytest.approx(back[name][::-1].tolist()), name


def test_features_no_candidate_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one candidate"):
        columns(query("kho"))


def test_a_passage_that_defines_what_is_asked_for_is_told_apart() -> None:
    """Articles that explain words lost to articles that use them often."""
    found = columns(
        query("thủ tục hành chính là gì"),
        ("Luật", "Giải thích từ ngữ.\n1. Thủ tục hành chính là trình tự."),
        ("", "Giảm thủ tục hành chính, rút ngắn thủ tục hành chính ở xã."),
        ("", ""),
    )
    assert found["defined"].tolist() == [1, 0, 0]
    assert found["defined_gap"].tolist() == [0, -1, -1]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Tấn công mạng là hành vi gì?", True),
        ("tai san the chap duoc hieu nhu the nao", True),
        ("Thế nào là một cửa?", True),
        ("Khái niệm dịch vụ công", True),
        ("Trưởng đoàn là ai?", False),
        ("Đoàn học được gì?", False),
    ],
)
def test_questions_for_a_meaning_are_known_with_and_without_accents(
    question: str, expected: bool
) -> None:
    for text in (question, fold(question)):
        assert query(text).asks_meaning is expected
