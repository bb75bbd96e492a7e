"""How much a sentence tells about the matter of a visit, whatever the question's words are.

Figures, models, proposals and lists are the matter; who came, when, who received them, and lines
that announce or sum up others are not. Goes by signs; compares no sentence with a question.
"""

import re
from collections.abc import Sequence

from hochoi.ranking.sentence_tokens import AskedTokens
from hochoi.reading import Reading, Unit
from hochoi.text import fold
from hochoi.types import Visit

# In units of the judge's scores, whose best and second best lie about 1 apart.
INFORMATIVE_WORTH = 0.4  # a sentence that reports something
LISTED_WORTH = 1.5  # a list of what the question wants listed
FORMAL_LOSS = 1.0  # one that only says who attended, or thanks in general
DEPENDENT_LOSS = 1.5  # one that only announces or sums up others
MIN_LISTED_COMMAS = 2

_INFORMATIVE = re.compile(
    r"kinh nghiệm|mô hình|giải pháp|cách làm|kết quả|bài học|nội dung|đề xuất|đề nghị|khuyến nghị"
    r"|thống nhất|giới thiệu|chia sẻ|triển khai|vận hành|xây dựng|ứng dụng|đạt|giảm|tăng|gồm|%",
    re.IGNORECASE,
)
_ATTENDING = re.compile(
    r"trưởng đoàn|dẫn đầu đoàn|dẫn đầu đã|có sự tham dự|cùng dự|tiếp đoàn|tham dự", re.IGNORECASE
)
_FORMAL = re.compile(
    rf"{_ATTENDING.pattern}|dẫn đầu|chủ trì|góp phần|bày tỏ",
    re.IGNORECASE,
)
# "Các kết quả nêu trên ...", "Tổng hợp lại, ...": after what they sum up, nothing new.
_SUMMING_UP = re.compile(
    r"^(?:(?:các|những|hai|ba|bốn) [^,.]{2,40}?trên\b|như vậy,|tổng hợp lại|nhìn chung|tóm lại)"
    r"|(?:nói|nêu|kể) trên\b",
    re.IGNORECASE,
)
_ANNOUNCING = re.compile(r"(?:sau đây|dưới đây|như sau)\W*$|:$", re.IGNORECASE)
_LEANING = re.compile(r"^(?:đây|đó|trong đó|cụ thể|cùng với đó)\b|\b(?:này|đó)\b", re.IGNORECASE)
_WANTS_LIST = re.compile(r"\b(?:nhung|cac|gom)\b.{0,60}\b(?:nao|gi)\b")


def matter_worths(
    question: str, asked: AskedTokens, reading: Reading, units: Sequence[Unit]
) -> list[float]:
    """Return what each unit gains or loses for a question about contents.

    Args:
        question: As asked.
        asked: Its tokens.
        reading: The report.
        units: Of that report.
    """
    formal = _formal_spans(reading.report.visit)
    is_listing = wants_list(question)
    worths = []
    for unit in units:
        text = unit.sentence.text
        worth = INFORMATIVE_WORTH if _INFORMATIVE.search(text) else 0.0
        if depends_on_others(unit):
            worth = -DEPENDENT_LOSS
        elif _is_formal(unit, text, formal):
            worth = -FORMAL_LOSS
        elif is_listing and _lists(unit) and asked.focus & unit.tokens.terms:
            worth = LISTED_WORTH
        worths.append(worth)
    return worths


def wants_list(question: str) -> bool:
    """Return whether a question asks for several things: "những nền tảng nào", "gồm những gì"."""
    return _WANTS_LIST.search(fold(question)) is not None


def substance(reading: Reading) -> list[tuple[Unit, float]]:
    """Return the sentences and lists of a report with what they tell about its matter, 0..1."""
    formal = _formal_spans(reading.report.visit)
    found = []
    for unit in reading.wholes:
        text = reading.report.text[unit.span.start : unit.span.end]
        cues = {cue.lower() for cue in _INFORMATIVE.findall(text)}
        worth = 0.1 * min(4, len(cues)) + 0.1 * any(c.isdigit() for c in text)
        worth += 0.15 * unit.is_list
        if _ATTENDING.search(text) is not None:
            worth = 0.0
        elif _is_formal(unit, text, formal) or depends_on_others(unit):
            worth -= 0.3
        found.append((unit, max(0.0, worth)))
    return found


def depends_on_others(unit: Unit) -> bool:
    """Return whether a sentence alone says nothing: it announces or sums up what others say."""
    text = unit.sentence.text
    return _SUMMING_UP.search(text) is not None or (
        not unit.is_list and _ANNOUNCING.search(text) is not None
    )


def leans_on_previous(unit: Unit) -> bool:
    """Return whether a sentence goes on about the thing the one before it names ("chatbot này")."""
    return not unit.is_list and _LEANING.search(unit.sentence.text) is not None


def _lists(unit: Unit) -> bool:
    text = unit.sentence.text
    return unit.is_list or text.count(",") + text.count(";") >= MIN_LISTED_COMMAS


def _formal_spans(visit: Visit) -> list[tuple[int, int]]:
    """Return where a report says who came, when, and who received them."""
    head, words = visit.head_of_delegation, visit.date_text
    stated = (*visit.host_leads, *visit.host, *visit.visitors, head, words)
    return [(s.start, s.end) for s in stated if s is not None and s.end > 0]


def _is_formal(unit: Unit, text: str, formal: Sequence[tuple[int, int]]) -> bool:
    """Return whether a unit says who took part, or when, or thanks in general."""
    return _FORMAL.search(text) is not None or any(
        unit.span.start <= start and end <= unit.span.end for start, end in formal
    )
