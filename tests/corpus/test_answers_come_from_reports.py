"""Over the whole corpus: what an extractive answer shows comes from reports, whatever its shape."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evaluation.testset import TestSet
from hochoi.answering import answer
from hochoi.verification.answer_check import check_answer
from hochoi.verification.offers import Offered
from hochoi.workspace import Workspace

OVERVIEWS = (
    "Tỉnh Bình Dương (nay thuộc TP.HCM) từng tiếp những đoàn nào?",
    "Thống kê số đoàn theo năm và theo chủ đề.",
    "Dòng thời gian các đoàn đến Bình Dương",
    "So sánh các đoàn đến Huế và các đoàn đến Bình Dương",
    "Tỉnh nào tiếp nhiều đoàn nước ngoài nhất?",
    "Ai dẫn đầu các đoàn đến Bắc Ninh?",
    "cac doan nuoc ngoai nao da den binh duong",
    "Liệt kê các chuyến về đô thị thông minh",
    "Đoàn đến ngày nào?",
    "Ai làm trưởng đoàn Campuchia?",
)


def test_answers_every_shown_word_comes_from_a_report(ws: Workspace, testset: TestSet) -> None:
    fixed = [*ws.phrases.fixed, *(topic.name for topic in ws.topics.topics)]
    asked = [(q.text, q.history) for q in testset.questions[::10]] + [(q, ()) for q in OVERVIEWS]
    seen: Counter[str] = Counter()
    for question, history in asked:
        found = answer(ws, question, history=history)
        assert check_answer(found, ws.reports, ws.facts, fixed) == (), question
        seen["table" if found.table else found.outcome.value] += 1
        seen["follow-up"] += bool(history)
    assert min(seen[shape] for shape in ("table", "follow-up", "answered", "abstained")) >= 4
    assert seen["clarify"]


@dataclass
class _Listening:
    """A language model that only notes what it is asked."""

    name: str = "none"
    asked: list[str] = field(default_factory=list)

    def prepare(self) -> None:
        """Nothing to do."""

    def draft(self, question: str, offered: Sequence[Offered]) -> Iterator[str]:
        self.asked.append(question)
        return iter(())


def test_answers_unanswerable_question_reaches_no_model(ws: Workspace, testset: TestSet) -> None:
    refused = {e.query_id for e in testset.expectations if not e.answerable}
    model = _Listening()
    ws.generator = model
    try:
        for question in testset.questions:
            if question.query_id in refused:
                answer(ws, question.text, history=question.history)
    finally:
        ws.generator = None
    assert len(refused) >= 70
    assert len(model.asked) <= 0.05 * len(refused)
