"""Topics that a question names, and the topic a misspelt one means."""

import pytest

from hochoi.understanding.topic_names import suggest_topic
from tests.question_reading import TOPICS, asked


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("Các đoàn học về hành chính công", ["mot_cua"]),
        ("cac doan hoc ve chuyen doi so", ["chuyen_doi_so"]),
        ("Chỉ số cải cách hành chính và CĐS", ["PAR_INDEX", "chuyen_doi_so"]),
        ("Sở Kế hoạch và Đầu tư", []),
        ("HĐND tỉnh làm gì?", []),
    ],
)
def test_topics_are_named_by_their_longest_words(question: str, codes: list[str]) -> None:
    found = [c for c in asked(question).conditions if c.key.startswith("topic:")]
    assert [c.key.removeprefix("topic:") for c in found] == codes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("mot cua", "mot_cua"),
        ("chuyen_doi_so_", "chuyen_doi_so"),
        ("Chuyển đổi số", "chuyen_doi_so"),
        ("đô thị thông mình", "IOC_do_thi_thong_minh"),
        ("bóng đá", None),
        ("", None),
    ],
)
def test_suggested_topic_is_the_one_most_like_it(typed: str, code: str | None) -> None:
    assert suggest_topic(TOPICS, typed) == code
