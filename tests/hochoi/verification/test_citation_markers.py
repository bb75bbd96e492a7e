"""Markers in every shape that models write, however the stream cuts them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hochoi.verification.draft_sentences import MarkedSentence, SentenceReader, read_sentences

# A marker and the sources it names.
FORMS = [
    ("[1]", (1,)),
    ("[ 1 ]", (1,)),
    ("[01]", (1,)),
    ("[12]", (12,)),
    ("[999]", (999,)),
    ("[0]", (0,)),
    ("[1, 2]", (1, 2)),
    ("[1,2]", (1, 2)),
    ("[1;2]", (1, 2)),
    ("[1; 2; 3]", (1, 2, 3)),
    ("[1、2]", (1, 2)),
    ("[1，2]", (1, 2)),
    ("[1 và 2]", (1, 2)),
    ("[1, 2 và 3]", (1, 2, 3)),
    ("[1, và 2]", (1, 2)),
    ("[1 & 2]", (1, 2)),
    ("[1][2]", (1, 2)),
    ("[1] [2]", (1, 2)),
    ("[1], [2]", (1, 2)),
    ("[2][1]", (2, 1)),
    ("[1][1]", (1,)),
    ("[1-3]", (1, 2, 3)),
    ("[1–3]", (1, 2, 3)),
    ("[1 - 3]", (1, 2, 3)),
    ("[1—2]", (1, 2)),
    ("[1~2]", (1, 2)),
    ("[1 đến 3]", (1, 2, 3)),
    ("[3-1]", (1, 2, 3)),
    ("[1-2, 5]", (1, 2, 5)),
    ("[1, 3-4]", (1, 3, 4)),
    ("[2-2]", (2,)),
    ("[1-500]", ()),
    ("【1】", (1,)),
    ("【1, 2】", (1, 2)),
    ("【1†source】", (1,)),
    ("【2†L3-L5】", (2,)),
    ("［1］", (1,)),
    ("［１］", (1,)),
    ("〔3〕", (3,)),
    ("\\[1\\]", (1,)),
    ("[nguồn 1]", (1,)),
    ("[Nguồn 1, nguồn 2]", (1, 2)),
    ("[Nguồn: 1]", (1,)),
    ("[nguồn số 2]", (2,)),
    ("[báo cáo 3]", (3,)),
    ("[Báo cáo số 3]", (3,)),
    ("[theo nguồn 4]", (4,)),
    ("[tài liệu 2]", (2,)),
    ("[source 1]", (1,)),
    ("[Sources: 1, 2]", (1, 2)),
    ("[ref 1]", (1,)),
    ("[^1]", (1,)),
    ("[#1]", (1,)),
    ("[n1]", (1,)),
    ("[1,]", (1,)),
    ("[1.]", (1,)),
    ("([1])", (1,)),
    ("([1], [2])", (1, 2)),
    ("(nguồn: [1])", (1,)),
    ("(Nguồn [1], [2])", (1, 2)),
    ("(theo [3])", (3,)),
    ("(xem [1][2])", (1, 2)),
    ("[1](#nguon-1)", (1,)),
    ("[1](https://vi-du.vn/a?b=c)", (1,)),
    ("[1](http://vi-du.vn)[2](http://vi-du.vn)", (1, 2)),
    ("[[1]]", (1,)),
    ("[[1, 2]]", (1, 2)),
    ("【【3】】", (3,)),
    ("[１，２]", (1, 2)),
    ("[¹]", (1,)),
    ("[¹,²]", (1, 2)),
    ("⁽¹⁾", (1,)),
    ("¹", (1,)),
    ("¹ ²", (1, 2)),
    ("¹,³", (1, 3)),
    ("¹²", (12,)),
    ("①", (1,)),
    ("②③", (2, 3)),
    ("⑳", (20,)),
    ("[1][2][3][4][5]", (1, 2, 3, 4, 5)),
    ("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
    ("[nguồn 1 và nguồn 2]", (1, 2)),
    ("[1 và 3-5]", (1, 3, 4, 5)),
]
FRAMES = {
    "before stop": ("Tỉnh có 126 điểm phục vụ {}.", "Tỉnh có 126 điểm phục vụ."),
    "after stop": ("Tỉnh có 126 điểm phục vụ. {}", "Tỉnh có 126 điểm phục vụ."),
    "inside": ("Tỉnh có {} 126 điểm phục vụ.", "Tỉnh có 126 điểm phục vụ."),
    "in front": ("{} Tỉnh có 126 điểm phục vụ.", "Tỉnh có 126 điểm phục vụ."),
    "list item": ("- Tỉnh có 126 điểm phục vụ {};", "Tỉnh có 126 điểm phục vụ;"),
    "before closing quote": ("Ông nói: “Tỉnh có 126 điểm {}.”", "Ông nói: “Tỉnh có 126 điểm.”"),
}


@pytest.mark.parametrize(("form", "numbers"), FORMS, ids=[f for f, _ in FORMS])
@pytest.mark.parametrize(("frame", "text"), FRAMES.values(), ids=FRAMES)
def test_read_marker_is_taken_out_and_resolved(
    frame: str, text: str, form: str, numbers: tuple[int, ...]
) -> None:
    assert read_sentences(frame.format(form)) == (MarkedSentence(text, numbers),)


CASES: list[tuple[str, list[tuple[str, tuple[int, ...]]]]] = [
    ("Hà Nội đi trước. Huế theo sau. [2]", [("Hà Nội đi trước.", ()), ("Huế theo sau.", (2,))]),
    (
        "Hà Nội đi trước [1]. Huế theo sau [2].",
        [("Hà Nội đi trước.", (1,)), ("Huế theo sau.", (2,))],
    ),
    (
        "Hà Nội đi trước. [1] Huế theo sau. [2]",
        [("Hà Nội đi trước.", (1,)), ("Huế theo sau.", (2,))],
    ),
    (
        "Hà Nội đi trước.[1] Huế theo sau.[2]",
        [("Hà Nội đi trước.", (1,)), ("Huế theo sau.", (2,))],
    ),
    (
        "[1] Hà Nội đi trước. [2] Huế theo sau.",
        [("Hà Nội đi trước.", (1,)), ("Huế theo sau.", (2,))],
    ),
    (
        "- [1] Hà Nội đi trước. [2] Huế theo sau.",
        [("Hà Nội đi trước.", (1,)), ("Huế theo sau.", (2,))],
    ),
    ("- Một cửa [1]\n- Liên thông [2]", [("Một cửa", (1,)), ("Liên thông", (2,))]),
    ("1. Một cửa [1]\n2. Liên thông [2]", [("Một cửa", (1,)), ("Liên thông", (2,))]),
    ("a) Một cửa [1]\nb) Liên thông [2]", [("Một cửa", (1,)), ("Liên thông", (2,))]),
    ("* **Một cửa** [1]", [("Một cửa", (1,))]),
    ("• Một cửa【1】", [("Một cửa", (1,))]),
    ("## Kết quả\nĐạt 98% [1].", [("Kết quả", ()), ("Đạt 98%.", (1,))]),
    ("> Đạt 98% [1].", [("Đạt 98%.", (1,))]),
    ("Lần thứ [2] họp [3].", [("Lần thứ 2 họp.", (3,))]),
    ("Tỉnh đứng thứ [2] cả nước [1].", [("Tỉnh đứng thứ 2 cả nước.", (1,))]),
    ("Tỉnh đứng thứ [1].", [("Tỉnh đứng thứ 1.", ())]),
    ("Kế hoạch năm [2024] xong [1].", [("Kế hoạch năm 2024 xong.", (1,))]),
    ("Kế hoạch [2021-2025] xong [1].", [("Kế hoạch 2021-2025 xong.", (1,))]),
    ("Ông nói “theo [1] thì thế” [2].", [("Ông nói “theo thì thế”.", (2,))]),
    ('Ông nói "theo [1] thì thế" [2].', [('Ông nói "theo thì thế".', (2,))]),
    ("Ông nói «theo [1] thì thế» [2].", [("Ông nói «theo thì thế».", (2,))]),
    ("Ông nói “đạt 98%” [2].", [("Ông nói “đạt 98%”.", (2,))]),
    ("Ông nói “đạt 98% [1][2]”.", [("Ông nói “đạt 98%”.", (1, 2))]),
    ("Đạt[1]98% hồ sơ.", [("Đạt 98% hồ sơ.", (1,))]),
    ("Đạt 98%[1], tăng 3% [2].", [("Đạt 98%, tăng 3%.", (1, 2))]),
    ("Đạt 98% [1] , tăng.", [("Đạt 98%, tăng.", (1,))]),
    ("Đạt 98%[1]!", [("Đạt 98%!", (1,))]),
    ("Đạt 98% [1]; [2].", [("Đạt 98%.", (1, 2))]),
    ("Đạt 98% [1].\n\n\nTăng 3% [2].", [("Đạt 98%.", (1,)), ("Tăng 3%.", (2,))]),
    ("Đạt 98% [1].\r\nTăng 3% [2].", [("Đạt 98%.", (1,)), ("Tăng 3%.", (2,))]),
    ("Đạt 98% [\u200b1\u200b].", [("Đạt 98%.", (1,))]),
    ("[1]", []),
    ("[1] [2]\n[3]", []),
    ("", []),
    ("   \n \n", []),
    ("...", []),
    ("Đạt 98% [x].", [("Đạt 98% [x].", ())]),
    ("Đạt 98% [].", [("Đạt 98% [].", ())]),
    ("Đạt 98% [1", [("Đạt 98% [1", ())]),
    ("Đạt 98% 1].", [("Đạt 98% 1].", ())]),
    ("Đạt 98% (1).", [("Đạt 98% (1).", ())]),
    ("Đạt 98% [1.2].", [("Đạt 98% [1.2].", ())]),
    ("Ông A, TP. Huế dự [1].", [("Ông A, TP. Huế dự.", (1,))]),
    ("Số 06/NQ-CP [1] nêu rõ.", [("Số 06/NQ-CP nêu rõ.", (1,))]),
    ("Ngày 12/3/2024 [1], đoàn đến.", [("Ngày 12/3/2024, đoàn đến.", (1,))]),
    ("Đạt 98,5% [1] hồ sơ.", [("Đạt 98,5% hồ sơ.", (1,))]),
    ("Có chuyển đổi số [1] và một cửa [2].", [("Có chuyển đổi số và một cửa.", (1, 2))]),
    ("Rộng 5 km² [1].", [("Rộng 5 km².", (1,))]),
    ("Rộng 10³ m² [1].", [("Rộng 10³ m².", (1,))]),
    ("Đạt 98% năm 2023¹.", [("Đạt 98% năm 2023.", (1,))]),
    ("Đạt 98%¹ hồ sơ [2].", [("Đạt 98% hồ sơ.", (1, 2))]),
    ("Đạt 98% [1[2]].", [("Đạt 98% [1.", (2,))]),
    ("Đạt 98% [1", [("Đạt 98% [1", ())]),
    ("Đạt 98% [1][", [("Đạt 98% [", (1,))]),
    ("Đạt 98% [1]\n[2]", [("Đạt 98%", (1,))]),
    ("Đạt 98% [1].[2]", [("Đạt 98%.", (1, 2))]),
    ("Đạt 98% [1]?!", [("Đạt 98%?!", (1,))]),
    ("[1]: Đạt 98%.", [("Đạt 98%.", (1,))]),
    ("[1]Đạt 98%.", [("Đạt 98%.", (1,))]),
    ("**[1]** Đạt 98%.", [("Đạt 98%.", (1,))]),
    ("Đạt 98% **[1]**.", [("Đạt 98%.", (1,))]),
    ("Đạt 98% ~[1]~.", [("Đạt 98%.", (1,))]),
    ("Đạt 98% [một].", [("Đạt 98% [một].", ())]),
    ("Đạt 98% {1}.", [("Đạt 98% {1}.", ())]),
    ("Đạt 98% (Nguồn 1).", [("Đạt 98% (Nguồn 1).", ())]),
    ("Đạt 98% [1](mailto:a@b.vn).", [("Đạt 98% (mailto:a@b.vn).", (1,))]),
    ("Ông nói: “Tốt. Rất tốt.” [1]", [("Ông nói: “Tốt. Rất tốt.”", (1,))]),
    (
        "Ông nói: “Tốt. Rất tốt [1]. Hết.",
        [
            ("Ông nói: “Tốt.", ()),
            ("Rất tốt.", (1,)),
            ("Hết.", ()),
        ],
    ),
    ("Tỉnh “ba không”. Huế theo sau [2].", [("Tỉnh “ba không”.", ()), ("Huế theo sau.", (2,))]),
]


@pytest.mark.parametrize(("draft", "expected"), CASES, ids=[d[:40] for d, _ in CASES])
def test_read_draft_gives_sentences_with_their_numbers(
    draft: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert [(s.text, s.numbers) for s in read_sentences(draft)] == expected


def in_pieces(pieces: list[str]) -> tuple[MarkedSentence, ...]:
    reader = SentenceReader()
    found = [sentence for piece in pieces for sentence in reader.feed(piece)]
    return (*found, *reader.close())


DRAFTS = [d for d, _ in CASES] + [
    frame.format(form) for frame, _ in FRAMES.values() for form, _ in FORMS
]


def test_cases_are_many_and_distinct() -> None:
    assert len(set(DRAFTS)) >= 500


@pytest.mark.parametrize("draft", [d for d, _ in CASES], ids=[d[:40] for d, _ in CASES])
def test_feed_draft_cut_anywhere_gives_the_same_sentences(draft: str) -> None:
    expected = read_sentences(draft)
    for cut in range(1, len(draft)):
        assert in_pieces([draft[:cut], draft[cut:]]) == expected, cut


@pytest.mark.parametrize("draft", DRAFTS)
def test_feed_draft_character_by_character_gives_the_same_sentences(draft: str) -> None:
    assert in_pieces(list(draft)) == read_sentences(draft)


@given(st.lists(st.sampled_from(DRAFTS), min_size=1, max_size=4), st.data())
def test_feed_drafts_in_random_pieces_give_the_same_sentences(
    drafts: list[str], data: st.DataObject
) -> None:
    draft = data.draw(st.sampled_from(["\n", " ", "\n\n"])).join(drafts)
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(draft) - 1)), max_size=12)))
    pieces = [draft[a:b] for a, b in pairwise([0, *cuts, len(draft)])]
    assert in_pieces(pieces) == read_sentences(draft)


@given(st.text(alphabet="[]【】()“” 129,.-^*\n¹²①Đạ%", max_size=60), st.data())
def test_feed_any_brackets_in_random_pieces_give_the_same_sentences(
    draft: str, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(draft) - 1)), max_size=8)))
    pieces = [draft[a:b] for a, b in pairwise([0, *cuts, len(draft)])]
    assert in_pieces(pieces) == read_sentences(draft)


def test_feed_every_marker_form_in_one_long_line_gives_the_same_sentences() -> None:
    draft = " ".join(f"Tỉnh thứ {n} có điểm phục vụ {f}." for n, (f, _) in enumerate(FORMS))
    expected = read_sentences(draft)
    assert len(expected) == len(FORMS)
    for size in (1, 17, 100):
        pieces = [draft[i : i + size] for i in range(0, len(draft), size)]
        assert in_pieces(pieces) == expected, size


def test_feed_sentence_comes_out_before_the_draft_ends() -> None:
    reader = SentenceReader()
    found = list(reader.feed("Hà Nội đi trước [1].\nHuế theo"))
    assert found == [MarkedSentence("Hà Nội đi trước.", (1,))]


def test_read_decomposed_letters_come_out_composed() -> None:
    assert read_sentences("Hue\u0302\u0301 họp [1].") == (MarkedSentence("Huế họp.", (1,)),)


def test_read_very_long_line_without_stops_is_linear_enough() -> None:
    assert len(read_sentences("hồ sơ [1] " * 2000)) == 1
