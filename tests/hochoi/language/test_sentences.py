"""Sentences: the laws of their spans, the marked paragraphs, and cases of each rule."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hochoi.language.sentences import sentence_spans
from training.bench_sentences import cut_own, load_paragraphs, measure

CASES = Path(__file__).parents[2] / "data" / "text_cases" / "sentences.jsonl"
TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            'Đoàn gồm TP. Q.1 ThS. v.v. 98,5% 1. a. … ?! ) ( " ” “ - • A. www.abc.vn \n \t .. Điều'
            " 5. là \u00a0 J.".split(" ")
        )
    ).map(" ".join),
)


@given(TEXTS)
def test_spans_any_text_cover_every_visible_character_once_in_order(text: str) -> None:
    spans = sentence_spans(text)
    joined = "".join(text[s.start : s.end] for s in spans)
    assert "".join(joined.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(TEXTS)
def test_spans_any_text_are_trimmed_and_within_a_line(text: str) -> None:
    for span in sentence_spans(text):
        sentence = text[span.start : span.end]
        assert sentence
        assert sentence == sentence.strip()
        assert "\n" not in sentence


@given(TEXTS, TEXTS)
def test_spans_lines_do_not_touch_each_other(first: str, second: str) -> None:
    assert cut_own(f"{first}\n{second}") == cut_own(first) + cut_own(second)


def test_spans_marked_paragraphs_agree() -> None:
    paragraphs = load_paragraphs(CASES)
    assert len(paragraphs) >= 150
    assert measure(cut_own, paragraphs).f1 >= 0.97


def test_spans_blank_text_are_none() -> None:
    assert sentence_spans(" \n\t\n") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Đoàn đến TP. Hồ Chí Minh, TX. Từ Sơn và Q. Tân Bình.",
        "Trưởng đoàn là PGS.TS. Nguyễn Văn Hùng cùng ThS. Đoàn Minh An.",
        "Ông Vũ Đ. Nam và J. Smith dự họp.",
        "Bangladesh cử Md. Shahidul Alam dẫn đầu.",
        "Điều 1. Phạm vi điều chỉnh",
        "Mẫu số 01. Phiếu tiếp nhận",
        "Biểu 2. Tổng hợp hồ sơ",
        "Ảnh của Nguyễn V. A. (Sở Nội vụ).",
        "ĐT. 028.3829.1052, Fax. 028.3829.1053.",
        "II. Kết quả chuyến đi",
        "2.1. Cải cách thủ tục hành chính đạt 98,5%.",
        "- a) Cấp tỉnh: đạt 1.234 hồ sơ; b) cấp xã: đạt 5.",
        "Xây dựng chính quyền điện tử.... và một số nội dung khác.",
        "Tỉnh học về hồ sơ, chữ ký số, v.v. để áp dụng.",
        "Xem http://sonoivu.hochiminhcity.gov.vn hoặc thư snv@tphcm.gov.vn.",
        "Công văn số 683/SNV-CCVC ngày 15.7.2022 (xem tr. 5) đã đến lúc 8.30.",
        "Đoàn nghe nhiều nội dung (...) Sở Nội vụ trình bày.",
        "KT. CHỦ TỊCH",
    ],
)
def test_spans_one_sentence_stays_whole(sentence: str) -> None:
    assert cut_own(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Đoàn đến TP.HCM.", "Đoàn gồm 57 người."],
        ["Có hồ sơ, chữ ký số, v.v.", "Đoàn cảm ơn."],
        ["Ông Nguyễn Văn A.", "Sau đó đoàn về."],
        ["Thuộc nhóm A.", "Tỉnh xếp thứ hai."],
        ["Khu vực Đông Nam Á.", "Quốc gia này đông dân."],
        ['Ông nói: "Rất bổ ích."', "Đoàn ra về."],
        ["Có thật vậy không?!", "Có."],
        ["Đạt 98,5%.", "57 người dự (cả khách)."],
        ["**Số liệu.**", "Tỉnh đạt 86,54 điểm."],
        ["Theo khoản 2 Điều 5.", "Đoàn làm việc đến 2022.", "Hết…"],
        ["Thăm trung tâm hành chính.", "Tại đó có 12 quầy."],
        ["1. Kết quả.", "2. Hạn chế."],
        ["Tiếp đoàn có ba sở.", "- Ngày 21, đoàn đến Quận 1."],
    ],
)
def test_spans_several_sentences_come_apart(sentences: list[str]) -> None:
    assert cut_own(" ".join(sentences)) == sentences


def test_spans_missing_space_after_stop_still_cuts() -> None:
    assert cut_own("cải cách hành chính.Tại hội nghị, ông phát biểu.") == [
        "cải cách hành chính.",
        "Tại hội nghị, ông phát biểu.",
    ]


@pytest.mark.parametrize("unit", [".", "1.", "a. ", '."', "a.A", "[(-", " ", "\n", "TP. ", "(s. "])
def test_spans_long_line_takes_time_in_proportion(unit: str) -> None:
    """A regular expression that looked twice at every stop made such lines take minutes."""
    line = unit * (300_000 // len(unit)) + "x"
    spans = sentence_spans(line)
    assert sum(s.end - s.start for s in spans) >= len(re.sub(r"\s", "", line))
